"""Chains of authors with initials, as citations begin: `Family, A., & Last, C. (2002)` or `Family AB, Other C.`

Read leniently: doubled full stops, missing spaces, `& A, B., & C`, a last author without initials. The second
manner is the National Library of Medicine's (`medical`); its year stands behind the journal, or, where manners are
mixed, behind the authors.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from ingest.parsers.decoding import normalise
from kb.record import Contributor


class Chain(NamedTuple):
    """Authors that stand together, from the first to the year behind the last."""

    start: int
    end: int
    contributors: tuple[Contributor, ...]
    year: int | None
    medical: bool = False


UPPER = "A-ZÀ-ÖØ-ÞĀ-Ž"
_PARTICLES = (
    "(?:(?:[Vv]an|[Vv]on|[Dd]e|[Dd]er|[Dd]en|[Dd]el|[Dd]i|[Dd]a|[Dd]os|[Dd]u|[Ll]a|[Ll]e|[Tt]en|[Tt]er|St\\.) ){0,3}"
)
_NAME = f"[{UPPER}][\\w'’]{{1,30}}"
_FAMILY = f"{_PARTICLES}{_NAME}(?:[-‐–] ?[\\w'’]{{1,30}}){{0,2}}(?: {_NAME})?"
_INITIALS = f"(?:[{UPPER}](?:\\.{{1,2}}|(?=\\s?[,;&(]))\\s?-?){{1,4}}"
_AUTHOR = re.compile(
    f"(?<![\\w'’-])(?P<family>{_FAMILY})\\s?,\\s{{0,9}}(?P<initials>{_INITIALS})(?P<suffix>,?\\s?(?:Jr|Sr|III|II)\\b\\.?)?"
)
_MEDICAL = re.compile(
    f"(?<![\\w'’-])(?P<family>{_FAMILY})\\s"
    f"(?P<initials>(?:-?[{UPPER}]\\.){{1,4}}(?=\\s?[,;&(]|\\sand\\s)|[{UPPER}]{{1,4}}(?:-[{UPPER}])?)"
    "(?P<suffix>\\s(?:Jr|Sr|2nd|3rd))?(?![\\w’'-])"
)
_MEDICAL_BETWEEN = re.compile(r"[,;]\s{1,3}(?:(?:and|&)\s)?|\s(?:&|and)\s")
_MEDICAL_END = re.compile(r"[.:]\s{1,3}(?=\S)")
_BETWEEN = re.compile(r"[\s,;.]{0,9}(?:(?:&|and)[\s,]{0,9})?")
_BARE_LAST = re.compile(f"[\\s,;]{{0,9}}(?:&|and)\\s{{1,9}}(?P<family>{_FAMILY})[\\s.,]{{0,9}}(?=\\()")
_ET_AL = re.compile(r"[\s,&]{0,9}et\.?\s?al\b\.?", re.IGNORECASE)
_EDITORS = re.compile(r"[\s,]{0,9}\(Eds?\.?\)", re.IGNORECASE)
_YEAR = re.compile(r"[\s,.]{0,9}\(\s?(?P<year>(?:1[89]|20)\d\d)[a-z]?(?:[,/–-][^()\n]{0,30})?\s?\)")
_BARE_YEAR = re.compile(r"[\s.,]{0,4}(?<=[\s.,])(?P<year>(?:19|20)\d\d)[a-z]?[.:](?=\s)")
_NO_YEAR = re.compile(r"[\s,.]{0,9}\((?:n\.\s?d\.?|in press|in preparation|submitted[^()\n]{0,40})\)", re.IGNORECASE)
_SENTENCE_BEFORE = re.compile(r"(?:\A|[^\w\s,'’-]|\n)\s*\Z")


def chains(text: str) -> Iterator[Chain]:
    """Every chain in `text` that a citation can begin with, in order; none overlaps the one before."""
    end = 0
    for each in sorted([*_all(text, _AUTHOR, _BETWEEN, _chain), *_all(text, _MEDICAL, _MEDICAL_BETWEEN, _medical)]):
        title = each.medical and each.start == end > 0  # "Vitamin A." right behind the authors
        if each.start >= end and not title:
            end = each.end
            yield each


def _all(
    text: str,
    author: re.Pattern[str],
    between: re.Pattern[str],
    made: Callable[[list[re.Match[str]], str], Iterator[Chain]],
) -> Iterator[Chain]:
    authors: list[re.Match[str]] = []
    for found in author.finditer(text):
        if authors and not between.fullmatch(text, authors[-1].end(), found.start()):
            yield from made(authors, text)
            authors = []
        authors.append(found)
    if authors:
        yield from made(authors, text)


def _medical(authors: list[re.Match[str]], text: str) -> Iterator[Chain]:
    """The authors as a chain where a sentence of nothing else begins and ends with them, or where a year follows."""
    start, end = authors[0].start(), authors[-1].end()
    people = tuple(_person(each["family"], each["initials"], each["suffix"]) for each in authors)
    et_al = _ET_AL.match(text, end)
    end = et_al.end() - et_al.group().endswith(".") if et_al else end
    begins = bool(_SENTENCE_BEFORE.search(text, max(0, start - 12), start))
    year, stop = _YEAR.match(text, end), _MEDICAL_END.match(text, end)
    if year and (begins or len(people) > 1):
        yield Chain(start, year.end(), people, int(year["year"]))
    elif stop and begins:
        yield Chain(start, stop.end(), people, None, medical=True)


def _chain(authors: list[re.Match[str]], text: str) -> Iterator[Chain]:
    """The authors as a chain if a year follows, or without one if they are clearly a citation's authors."""
    start, end = authors[0].start(), authors[-1].end()
    bare = _BARE_LAST.match(text, end)
    end = bare.end() if bare else end
    for tail in (_ET_AL, _EDITORS):
        found = tail.match(text, end)
        end = found.end() if found else end
    year, undated = _YEAR.match(text, end) or _BARE_YEAR.match(text, end), _NO_YEAR.match(text, end)
    count = len(authors) + (bare is not None)
    if not (year or undated or count > 2 or (count == 2 and "&" in text[start:end])):
        return
    people = [_person(each["family"], each["initials"], each["suffix"]) for each in authors]
    first, space, rest = authors[0]["family"].rpartition(" ")
    if space and first[0].isupper() and not _SENTENCE_BEFORE.search(text, max(0, start - 12), start):
        # A word of the sentence around it ("see Website Field, T."), not half of a double name.
        start, people[0] = start + len(first) + 1, _person(rest, authors[0]["initials"], authors[0]["suffix"])
    people += [Contributor(bare["family"])] if bare else []
    if year:
        yield Chain(start, year.end(), tuple(people), int(year["year"]))
    else:
        yield Chain(start, undated.end() if undated else end, tuple(people), None)


def _person(family: str, initials: str, suffix: str | None) -> Contributor:
    letters = re.findall(r"-?\w", initials)
    given = "".join(f"{each}." if each[0] == "-" else f" {each}." for each in letters).strip()
    return Contributor(normalise(family), f"{given} {suffix.strip(', ')}" if suffix else given)
