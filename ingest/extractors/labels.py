"""The labelled parts of an abstract, and the role that each label gives its sentences.

Authors label in many ways ("METHODS:", "Design and setting -", "Settings.", "METHODS AND RESULTS:" in
mid-paragraph), so a label is known by its words: a run of words from one list, set off by a colon, dash
or full stop. Roles are the five of PubMed's structured abstracts.
"""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from kb.record import Section

Role = Literal["background", "objective", "methods", "results", "conclusions"]
ROLES: tuple[Role, ...] = ("background", "objective", "methods", "results", "conclusions")


class Part(msgspec.Struct, frozen=True):
    """A stretch of the abstract without its label, and the roles its sentences may have (none: no role)."""

    start: int
    end: int
    roles: tuple[Role, ...]


# First row that fits wins. A label of two roles leaves the choice to the wording of each sentence.
_LABEL_ROLES: tuple[tuple[str, tuple[Role, ...]], ...] = (
    (r"registration|registry|funding|key ?words|level of evidence", ()),
    (r"(?:method|design|procedure|material).*(?:result|finding)", ("methods", "results")),
    (r"(?:result|finding).*(?:conclusion|discussion|interpretation)", ("results", "conclusions")),
    (r"(?:objective|aim|purpose|background).*(?:method|design)", ("background", "objective", "methods")),
    (r"result|finding|observation", ("results",)),
    (r"conclusion|discussion|interpretation|implication|relevance|comment|summary|perspective", ("conclusions",)),
    (r"application|recommendation|limitation|significance|lesson", ("conclusions",)),
    (r"objective|aim|purpose|goal|question|hypothes", ("objective",)),
    (r"background|introduction|context|rationale|importance", ("background",)),
    (r"", ("methods",)),
)
_WORDS = (
    "aims? analys[ei]s application approach background case clinical collection comments? conclusions? context "
    "criteria data descriptions? designs? discussion eligibility evidence experimental extraction findings? "
    "funding goals? hypothes[ei]s implications? importance interpretation interventions? introduction key keywords "
    "lessons? levels? limitations? main major materials? measurements? measures? methodology methods? number nursing "
    "objectives? observations? outcomes? participants? patients? perspectives? population practice presentation "
    "primary procedures? purposes? questions? rationale recommendations? registration registry relevance reports? "
    "research results? review sample search secondary selection settings? significance sources? statistical "
    "strategy study subjects? summary synthesis treatments? trial variables words"
).split()
_WORD = f"(?:{'|'.join(_WORDS)})"
_LABEL = re.compile(
    rf"(?<![\w-]){_WORD}(?:(?: ?[/&] ?|, ?| )(?:(?:and|of|for"
    rf"|the) )?{_WORD}){{0,4}}(?P<mark> ?::?(?=\s|[A-Z])|\.(?=\s+[A-Z\d])| ?[-–—](?=\s))\s*",
    re.IGNORECASE,
)
_SENTENCE_ENDS = frozenset(".!?:;)]\"'”")


def parts(abstract: str, sections: tuple[Section, ...] = ()) -> tuple[Part, ...]:
    """The parts of `abstract` in order: by the source's own sections where it gives any, else by its labels."""
    return _by_sections(abstract, sections) if sections else _by_labels(abstract, 0, len(abstract))


def roles_of(label: str) -> tuple[Role, ...]:
    """The roles that a label allows: `("methods",)` for "Design and setting", none for "Funding"."""
    return next(roles for pattern, roles in _LABEL_ROLES if re.search(pattern, label, re.IGNORECASE))


def _by_sections(abstract: str, sections: tuple[Section, ...]) -> tuple[Part, ...]:
    found: list[Part] = []
    at = 0
    for section in sorted(sections, key=lambda each: each.start):
        start, end = max(section.start, at), min(section.end, len(abstract))
        if start >= end:
            continue
        gap = abstract[at:start].strip()
        if gap and gap.rstrip(" :.-–—").casefold() != section.label.strip(" :.-–—").casefold():
            found += _by_labels(abstract, at, start)
        found.append(Part(start, end, roles_of(section.label)))
        at = end
    return (*found, *_by_labels(abstract, at, len(abstract)))


def _by_labels(abstract: str, start: int, end: int) -> tuple[Part, ...]:
    labels = [each for each in _LABEL.finditer(abstract, start, end) if _is_label(abstract, each, start)]
    if not labels:
        return (Part(start, end, ROLES),) if abstract[start:end].strip() else ()
    ends = [each.start() for each in labels[1:]] + [end]
    lead = Part(start, labels[0].start(), ("background", "objective"))
    found = [lead] if abstract[start : lead.end].strip() else []
    for label, stop in zip(labels, ends, strict=True):
        found.append(Part(label.end(), stop, roles_of(label.group())))
    return tuple(each for each in found if each.start < each.end)


def _is_label(abstract: str, match: re.Match[str], start: int) -> bool:
    """A label begins in upper case at the start of a sentence; one wholly in capitals may stand anywhere."""
    words, mark = match.group()[: match.start("mark") - match.start()], match["mark"]
    before = abstract[start : match.start()]
    at_start = not before.strip() or before.endswith("\n") or before.rstrip()[-1:] in _SENTENCE_ENDS
    if ":" in mark:
        return words.isupper() or (words[0].isupper() and at_start)
    return words[0].isupper() and at_start
