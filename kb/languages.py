"""Languages by the code that catalogues of literature use (MARC 21, three letters), with their English names."""

from __future__ import annotations

from collections.abc import Mapping

NAMES: Mapping[str, str] = {
    code: name.capitalize()
    for name, code in (
        each.split()
        for each in (
            "afrikaans afr,arabic ara,bosnian bos,bulgarian bul,catalan cat,chinese chi,croatian hrv,czech cze,"
            "danish dan,dutch dut,english eng,estonian est,finnish fin,french fre,german ger,greek gre,hebrew heb,"
            "hungarian hun,icelandic ice,italian ita,japanese jpn,korean kor,latvian lav,lithuanian lit,norwegian nor,"
            "persian per,polish pol,portuguese por,romanian rum,russian rus,serbian srp,slovak slo,slovenian slv,"
            "spanish spa,swedish swe,thai tha,turkish tur,ukrainian ukr,vietnamese vie"
        ).split(",")
    )
}


def foreign(language: str | None) -> str | None:
    """The name of a language other than English, or its code where that is unknown; None where nothing is stated."""
    return None if language in (None, "en", "eng") else NAMES.get(language, language)
