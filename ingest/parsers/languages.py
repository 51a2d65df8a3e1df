"""Languages by the code that catalogues of literature use (MARC's, three letters), from their English names."""

from __future__ import annotations

from ingest.parsers.decoding import normalise

_CODES = dict(
    each.split()
    for each in (
        "afrikaans afr,arabic ara,bosnian bos,bulgarian bul,catalan cat,chinese chi,croatian hrv,czech cze,danish dan,"
        "dutch dut,english eng,estonian est,finnish fin,french fre,german ger,greek gre,hebrew heb,hungarian hun,"
        "icelandic ice,italian ita,japanese jpn,korean kor,latvian lav,lithuanian lit,norwegian nor,persian per,"
        "polish pol,portuguese por,romanian rum,russian rus,serbian srp,slovak slo,slovenian slv,spanish spa,"
        "swedish swe,thai tha,turkish tur,ukrainian ukr,vietnamese vie"
    ).split(",")
)


def language_of(text: str) -> str | None:
    """The code of the first language in `text`; what is no known name is kept as written."""
    first = normalise(text).partition(";")[0].partition(",")[0].strip()
    return _CODES.get(first.casefold(), first) or None


def is_language(text: str) -> bool:
    """Whether `text` is the English name of a language."""
    return text.casefold() in _CODES
