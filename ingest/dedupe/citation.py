"""A record as it is compared: folded once, so that looking at many candidates stays cheap."""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from kb.identity import authors, doi, first_page, fold, fold_name, last_page, title, volume_number
from kb.record import Record

# Words that come and go in titles and in the names of journals.
ARTICLES = frozenset("the of and for in on a an de la le des et der und fur di e del".split())

Kind = Literal["erratum", "retraction", "reply", "comment"]

# What stands at the beginning of a title (or, after a colon, in it) of a piece about another piece.
_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("erratum", re.compile(r"^(?:publishers? |authors? )?(?:erratum|errata|corrigend\w+|corrections?|addendum)\b")),
    ("erratum", re.compile(r"\b(?:erratum|corrigendum|correction to|author correction)\b")),
    ("retraction", re.compile(r"^(?:retraction|withdrawal|statement of retraction|notice of retraction)\b")),
    (
        "reply",
        re.compile(r"^(?:(?:the )?authors?s? )?(?:reply|replies|response|rejoinder|in reply)\b(?! (?:of|rates?)\b)"),
    ),
    ("reply", re.compile(r"\b(?:reply|authors? repl\w+|authors? response|in response)$")),
    ("comment", re.compile(r"^(?:comments?|commentary|invited commentary|letter|re|regarding)\b(?! (?:of|entry)\b)")),
    ("comment", re.compile(r"\b(?:commentary|comment|letter)$")),
)
_TYPES: dict[str, Kind] = {
    "published erratum": "erratum",
    "retraction of publication": "retraction",
    "retraction notice": "retraction",
}
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8", "ix": "9"}
_NUMBERED = re.compile(
    r"\b(?:part|phase|type|stage|study|paper|grade|class|group|chapter|section) (i{1,3}|iv|v|vi{0,3}|ix)\b"
)
_COUNTED = {"one": "1", "two": "2", "three": "3", "four": "4"}
_PART = re.compile(r"\b(?:part|phase) (one|two|three|four)\b")
_DIGITS = re.compile(r"\d+")
_MEETING = re.compile(
    r"\b(?:conference|congress|symposium|annual meeting|scientific (?:meeting|sessions)|abstracts?)\b"
)
_PREPRINT = re.compile(r"\b(?:biorxiv|medrxiv|arxiv|preprints?|research square|ssrn|osf)\b")
_PREPRINT_DOI = re.compile(r"10\.(?:1101/|21203/|20944/preprints|2139/ssrn|31219/|31234/|48550/)")
_COCHRANE = re.compile(r"10\.1002/14651858\.(cd\d{6}|mr\d{6})(?:\.pub(\d+))?")


class Citation(msgspec.Struct, frozen=True, kw_only=True):
    """What is compared of a record. `title` is folded to words, `squashed` to letters and digits alone."""

    pmid: str | None
    pmcid: str | None
    doi: str | None
    title: str
    squashed: str
    numbers: str
    kind: Kind | None
    authors: tuple[str, ...]
    year: int | None
    journal: tuple[str, ...]
    volume: str | None
    issue: str | None
    page: str | None
    last: str | None
    meeting: bool
    preprint: bool


def cite(record: Record) -> Citation:
    """`record` as it is compared."""
    text = title(record)
    journal = fold(record.container or record.container_abbreviation or "")
    value = doi(record)
    people = (fold_name(each.family) for each in authors(record)[:12])
    return Citation(
        pmid=record.value_of("pmid"),
        pmcid=record.value_of("pmcid"),
        doi=value,
        title=text,
        squashed=text.replace(" ", ""),
        numbers=_numbers(text),
        kind=_kind(text, record.publication_types),
        authors=tuple(each for each in people if each),
        year=record.year,
        journal=tuple(each for each in journal.split() if each not in ARTICLES),
        volume=volume_number(record.volume),
        issue=volume_number(record.issue),
        page=first_page(record.pages),
        last=last_page(record.pages),
        meeting=bool(_MEETING.search(journal)),
        preprint=bool(_PREPRINT.search(journal)) or bool(value and _PREPRINT_DOI.match(value)),
    )


def _kind(text: str, types: tuple[str, ...]) -> Kind | None:
    for kind, cue in _KINDS:
        if cue.search(text):
            return kind
    return next((_TYPES[each.lower()] for each in types if each.lower() in _TYPES), None)


def _numbers(text: str) -> str:
    """The digits of a title in order: `Part II` and `part 2` agree, `GLP 1` and `GLP-1` too."""
    text = _NUMBERED.sub(lambda found: found[0].removesuffix(found[1]) + _ROMAN[found[1]], text)
    text = _PART.sub(lambda found: _COUNTED[found[1]], text)
    last = text.rpartition(" ")[2]
    tail = _ROMAN.get(last, "") if len(last) > 1 else ""
    return "".join(_DIGITS.findall(text)) + tail


def cochrane(citation: Citation) -> str | None:
    """The number of a Cochrane review, which its updates (`pub2`, `pub3`) share."""
    found = _COCHRANE.match(citation.doi) if citation.doi else None
    return found[1] if found else None
