"""Citations in the manner of the American Psychological Association, as people really type them.

`Family, A., Other, B., & Last, C. (2002). Title. Journal, 8(2), 72-76.`, mixed or not with citations in the manner of
PubMed (`Family A, Other B. Title. J Name. 2002 Apr;8(2):72-6.`). A citation is recognised by its
chain of authors and the year in parentheses behind it (see `authors`), wherever it stands in a text, with
or without a space before it. Behind the year it is read leniently: no space after the title, a journal
without volume, a chapter, a talk.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from ingest.parsers import fields
from ingest.parsers.authors import UPPER, Chain, chains
from ingest.parsers.decoding import normalise
from kb.record import Contributor, Identifier, identifier


class Citation(NamedTuple):
    """A citation at `text[start:end]`; `year` is None where none follows the authors."""

    start: int
    end: int
    contributors: tuple[Contributor, ...]
    year: int | None
    title: str | None
    container: str | None = None
    volume: str | None = None
    issue: str | None = None
    pages: str | None = None
    identifiers: tuple[Identifier, ...] = ()


# Volume, issue and pages behind a journal's name; the issue or the pages must be there.
_SERIAL = re.compile(
    r"(?:,|(?<=\w)\s)\s?(?:[Vv]ol(?:ume|\.)?\s?)?(?P<volume>\d{1,4})(?!\w)"
    r"(?:\s?\((?P<issue>[^()\n]{1,24})\))?"
    r"(?:\s?[,:;]\s?(?:[Pp]p?\.?\s?)?(?P<pages>[A-Za-z]{0,2}\d{1,7}(?:\s?[-–—]{1,2}\s?[A-Za-z]{0,2}\d{1,7})?)(?!\d))?"
)
# The date behind a journal's name, and the numbers behind the date.
_DATED = re.compile(
    r"(?<=[.,)\]\w]\s)(?P<year>(?:1[89]|20)\d\d)(?:[\s-](?:[A-Z][a-z]{2,8}|\d{1,2})(?![\w(])){0,5}\s?;"
    r"\s?(?P<volume>[\w-]{1,8})(?:\s?\((?P<issue>[^()\n]{1,24})\))?"
    r"(?:\s?:\s?(?P<pages>[A-Za-z]{0,4}\d{1,9}(?:\s?[-–—]{1,2}\s?[A-Za-z]{0,2}\d{1,7})?))?"
)
_SENTENCE_END = re.compile(f'[.?!]["”’)]?\\s{{0,9}}(?=["“({UPPER}])')
_ABBREVIATION = re.compile(r"\b(?:vs|Dr|St|Mr|Ms|No|vol|e\.g|i\.e)\Z")
_INITIAL = re.compile(r"\b[A-Z]\Z")
_LABELS = (
    "Abstract Aim Aims Background Conclusion Conclusions Design Discussion Findings Intervention Interventions "
    "Introduction Measures Method Methods Objective Objectives Participants Patients Purpose Result Results Setting "
    "Subjects"
).split()
_LABEL = re.compile(rf"(?<![\w-])(?:{'|'.join(each for name in _LABELS for each in (name, name.upper()))})\s?:")
_DOI = re.compile(r"[\s.,;]{0,9}(?:https?://(?:dx\.)?doi\.org/|doi:?\s?)(10\.\d{4,9}/\S{1,200})", re.IGNORECASE)
_PMID = re.compile(r"[\s.,;]{0,9}PMID:?\s?(\d{1,9})")
_STOP = re.compile(r" ?[.;]+")
_NAME_OF_JOURNAL = re.compile(r"[^.?!\n]{3,120}")
_CHAPTER = re.compile(
    r"In\s[^()\n]{3,120}\(Eds?\.?\)\s?,\s?(?P<book>[^.()\n]{3,150})(?:\(pp?\.?\s?(?P<pages>[\d–-]{1,15})\))?\.?"
    r"(?:\s?[^.:\n]{2,40}:\s?[^.:\n]{2,60}\.)?"
)
_MEETING = re.compile(r"(?:Paper|Poster)\s[^.\n]{3,200}\.")
_IN_PRESS = re.compile(r",\s?in press\Z")
_SMALL_WORDS = frozenset("a and at de der des die du et for für in la le of on the to und y &".split())
_LONGEST = 1_200  # characters of a citation behind its year
_MOST_SENTENCES = 2  # in a title
_MOST_NUMBERS = 12  # numbers in a title that may look like a volume


def find(text: str) -> Iterator[Citation]:
    """Every citation in `text`, in order."""
    dates = list(_DATED.finditer(text))
    sure: list[Chain] = []
    for chain in reversed(list(chains(text))):
        if not chain.medical or _medical(chain, text, _limit(chain, sure, text), dates) is not None:
            sure.append(chain)
    while sure:
        chain = sure.pop()
        limit = _limit(chain, sure, text)
        read = _medical(chain, text, limit, dates) if chain.medical else _citation(chain, text, limit)
        if read is not None:
            yield read


def _limit(chain: Chain, following: list[Chain], text: str) -> int:
    return min(following[-1].start if following else len(text), chain.end + _LONGEST)


def label_in(text: str) -> int | None:
    """Where the first label of a structured abstract (`METHOD:`) begins."""
    found = _LABEL.search(text)
    return found.start() if found else None


def _citation(chain: Chain, text: str, limit: int) -> Citation:
    """The citation of `chain`, read up to `limit` at most."""
    start = chain.end + len(text[chain.end : limit]) - len(text[chain.end : limit].lstrip(" .,:;\n\t"))
    label = _LABEL.search(text, start, limit)
    zone = text[start : label.start() if label else limit]
    for serial in islice(_SERIAL.finditer(zone), _MOST_NUMBERS):
        if serial["issue"] is None and serial["pages"] is None:
            continue
        cut = _title_end(zone[: serial.start()], is_plain=serial.group()[0] == "," and "-" in (serial["pages"] or ""))
        if cut is not None:
            end, identifiers = _identifiers(text, start + serial.end())
            return Citation(
                chain.start,
                end,
                chain.contributors,
                chain.year,
                fields.title_of(zone[:cut]),
                normalise(zone[cut : serial.start()]),
                serial["volume"],
                normalise(serial["issue"] or "") or None,
                fields.pages_of(serial["pages"] or ""),
                identifiers,
            )
    return _without_volume(chain, text, start, zone)


def _medical(chain: Chain, text: str, limit: int, dates: list[re.Match[str]]) -> Citation | None:
    """A citation in the National Library of Medicine's manner; None without a date and volume: then it was prose."""
    at = bisect_left(dates, chain.end, key=lambda date: date.start())
    if at == len(dates) or dates[at].end() > limit:
        return None
    dated = dates[at]
    head = text[chain.end : dated.start()].rstrip()
    cut = max(_sentence_ends(head.rstrip(".")), default=0)
    if not cut:
        return None
    end, identifiers = _identifiers(text, dated.end())
    return Citation(
        chain.start,
        end,
        chain.contributors,
        int(dated["year"]),
        fields.title_of(head[:cut]),
        normalise(head[cut:].rstrip(". ")) or None,
        dated["volume"],
        normalise(dated["issue"] or "") or None,
        fields.pages_of(dated["pages"] or ""),
        identifiers,
    )


def _title_end(head: str, *, is_plain: bool) -> int | None:
    """Where the title ends in what stands before a volume: where all that follows looks like a journal's name.

    None where nothing does, for numbers in an abstract ("20 (3 men)") may look like a volume too. Only
    `is_plain` numbers (", 8(2), 72-76"), after few sentences, make a journal of a name in small letters.
    """
    cuts = _sentence_ends(head)
    named = next((each for each in cuts if _is_journal(head[each:])), None)
    return cuts[-1] if named is None and is_plain and 0 < len(cuts) <= _MOST_SENTENCES else named


def _sentence_ends(text: str) -> list[int]:
    """Where sentences end. A single capital ends one (substance P.) only where nothing else does."""
    ends = [
        each
        for each in _SENTENCE_END.finditer(text)
        if not _ABBREVIATION.search(text, max(0, each.start() - 4), each.start())
    ]
    sure = [each for each in ends if not _INITIAL.search(text, max(0, each.start() - 1), each.start())]
    return [each.end() for each in sure or ends]


def _is_journal(name: str) -> bool:
    """Whether every word but the small ones has a capital, as a journal's name has and a sentence has not."""
    words = re.findall(r"[^\W\d_][\w'’]*|&", name)
    return 0 < len(words) <= 14 and all(each[0].isupper() or each.lower() in _SMALL_WORDS for each in words)


def _without_volume(chain: Chain, text: str, start: int, zone: str) -> Citation:
    """A journal without volume, a chapter, a talk or nothing behind the title, which is the first sentence."""
    cut = next(iter(_sentence_ends(zone)), len(zone.rstrip()))
    container, pages, end = None, None, cut
    chapter, meeting, name = (each.match(zone, cut) for each in (_CHAPTER, _MEETING, _NAME_OF_JOURNAL))
    if chapter:
        container, pages, end = normalise(chapter["book"]), fields.pages_of(chapter["pages"] or ""), chapter.end()
    elif meeting:
        end = meeting.end()
    elif name and _is_journal(journal := _IN_PRESS.sub("", name.group())):
        container, end = normalise(journal), name.end()
    end, identifiers = _identifiers(text, start + end)
    title = fields.title_of(zone[:cut]) or None
    found = Citation(chain.start, end, chain.contributors, chain.year, title, container)
    return found._replace(pages=pages, identifiers=identifiers)


def _identifiers(text: str, end: int) -> tuple[int, tuple[Identifier, ...]]:
    """A DOI and a PMID that stand right behind the citation, and where they end; a full stop is passed over."""
    found: list[Identifier | None] = []
    for scheme, pattern in (("doi", _DOI), ("pmid", _PMID)):
        match = pattern.match(text, end)
        if match:
            found.append(identifier("doi" if scheme == "doi" else "pmid", _closed(match[1])))
            end = match.end()
    stop = _STOP.match(text, end)
    return stop.end() if stop else end, tuple(each for each in found if each is not None)


def _closed(text: str) -> str:
    """`text` without a parenthesis that was opened before it."""
    while text.rstrip(".,;").endswith(")") and text.count(")") > text.count("("):
        text = text.rstrip(".,;")[:-1]
    return text
