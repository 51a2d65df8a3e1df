"""The labelled parts of an abstract, and the roles that each label allows its sentences.

Authors label in many ways: "METHODS:" in mid-paragraph, "Design and setting -", "Settings.", "[Purpose]",
a heading on a line of its own, and headings that lost their marks on the way ("ResultsPain fell"). So a
label is known by its words (`label_words`) and by what sets it off. The less that sets it off, the more it
must be one of the usual ones and be in company. Roles are the five of PubMed's structured abstracts.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

import msgspec

from ingest.extractors.label_words import NAME, ROLES, SECTIONS, Role, roles_of
from kb.record import Section

__all__ = ["ROLES", "Part", "Role", "parts", "roles_of"]


class Part(msgspec.Struct, frozen=True):
    """A stretch of the abstract without its label, and the roles its sentences may have (none: no role).

    `first` is what the first sentence may have: after "Methods:" a method, whatever else the part comes to.
    """

    start: int
    end: int
    roles: tuple[Role, ...]
    first: tuple[Role, ...]


class _Stretch(NamedTuple):
    start: int
    end: int
    label: str | None


_TAG = r"(?:</?[a-z][a-z\d]{0,7}>|\*\*|__)"
_LABEL = re.compile(
    rf"(?-i:(?=[A-Z[<*_]))(?<![\w-])(?:{_TAG}|\[){{0,2}}(?-i:(?=[A-Z]))(?P<name>{NAME})(?:"
    rf"(?P<colon>[\])]?{_TAG}? ?::?{_TAG}?)|(?P<bracket>\]{_TAG}?)|(?P<tag>{_TAG})"
    r"|(?P<line>(?= {0,3}\n))|(?P<stop>\.(?:[-–—]{1,2}|(?=\s{1,3}(?-i:[A-Z\d(]))))"
    r"|(?P<dash>—(?=(?-i:[A-Z\d]))| ?[-–—]{1,2}(?=\s))"
    r"|(?P<bare>(?= ?(?-i:[A-Z\d]))))\s*",
    re.IGNORECASE,
)
_SENTENCE_ENDS = frozenset(".!?:;)]\"'”>*")
# Labels that only an abstract of many labels may have: words in capitals, then a colon.
_CAPITALS = re.compile(r"(?<![\w-])(?P<name>[A-Z]{4,20}(?:[ /&-]{1,3}[A-Z]{2,20}){0,5})(?P<colon>:)\s+")
_WHOLE = re.compile(r"abstract|unlabell?ed|summary", re.IGNORECASE)
_METHODS: tuple[Role, ...] = ("methods",)
_PLAINLY_METHODS = re.compile(r"method|design|material", re.IGNORECASE)


def parts(abstract: str, sections: tuple[Section, ...] = ()) -> tuple[Part, ...]:
    """The parts of `abstract` in order: by the source's own sections where it gives any, else by its labels."""
    stretches = _by_sections(abstract, sections) if sections else _by_labels(abstract, 0, len(abstract))
    return tuple(_with_roles(stretches))


def _by_sections(abstract: str, sections: tuple[Section, ...]) -> list[_Stretch]:
    found: list[_Stretch] = []
    at = 0
    for section in sorted(sections, key=lambda each: each.start):
        start, end = max(section.start, at), min(section.end, len(abstract))
        if start >= end:
            continue
        gap = abstract[at:start].strip()
        if gap and gap.rstrip(" :.-–—").casefold() != section.label.strip(" :.-–—").casefold():
            found += _by_labels(abstract, at, start)
        if len(sections) == 1 and _WHOLE.fullmatch(section.label.strip(" :.")):
            found += _by_labels(abstract, start, end)
        else:
            found.append(_Stretch(start, end, section.label))
        at = end
    return found + _by_labels(abstract, at, len(abstract))


def _by_labels(abstract: str, start: int, end: int) -> list[_Stretch]:
    labels = _labels(abstract, start, end)
    stops = [each.start() for each in labels] + [end]
    found = [_Stretch(start, stops[0], None)] if abstract[start : stops[0]].strip() else []
    for label, stop in zip(labels, stops[1:], strict=True):
        found.append(_Stretch(label.end(), stop, label["name"]))
    return [each for each in found if each.start < each.end]


def _labels(abstract: str, start: int, end: int) -> list[re.Match[str]]:
    """The labels in order: first those that look like it, of these the ones whose company bears them out."""
    likely = [each for each in _LABEL.finditer(abstract, start, end) if _may_be_label(abstract, each, start)]
    company = Counter(each.lastgroup for each in likely)
    usual = {roles_of(each["name"]) for each in likely if each.lastgroup == "bare" and SECTIONS.fullmatch(each["name"])}
    found = [each for each in likely if _stands(each, company, len(usual) > 1)]
    if sum(each["name"].isupper() for each in found) > 1:
        taken = {each.start("name") for each in found} | {each.start("colon") for each in found}
        odd = [each for each in _CAPITALS.finditer(abstract, start, end) if _at_start(abstract, each.start(), start)]
        found += [each for each in odd if not taken & {each.start("name"), each.start("colon")}]
        found.sort(key=lambda each: each.start())
    return found


def _stands(match: re.Match[str], company: Counter[str | None], usual: bool) -> bool:
    """Whether a label set off by little is borne out: by its own words, or by others set off like it."""
    kind = match.lastgroup
    if kind == "bare":
        glued = not match.group()[-1].isspace()
        return usual or (glued and SECTIONS.fullmatch(match["name"]) is not None)
    return kind not in ("stop", "dash") or company[kind] > 1 or SECTIONS.fullmatch(match["name"]) is not None


def _may_be_label(abstract: str, match: re.Match[str], start: int) -> bool:
    """A label begins in upper case at the start of a sentence; one wholly in capitals may stand anywhere."""
    name, kind = match["name"], match.lastgroup
    if kind == "colon" and name.isupper():
        return True
    if kind == "line":
        before = abstract[start : match.start()]
        return name[0].isupper() and (not before.strip() or before.rstrip(" ").endswith("\n"))
    if kind in ("bracket", "tag") and match.group()[0] not in "[<*_":
        return False
    return name[0].isupper() and _at_start(abstract, match.start(), start)


def _at_start(abstract: str, at: int, start: int) -> bool:
    before = abstract[max(start, at - 40) : at]
    return not before.strip() or before.endswith("\n") or before.rstrip()[-1:] in _SENTENCE_ENDS


def _with_roles(stretches: list[_Stretch]) -> list[Part]:
    """What each stretch may hold: its label's roles, and the roles between that label and the next one's."""
    labels = [each.label for each in stretches]
    # "Main outcome measures:" alone, in running text, says little of what stands around it.
    told = any(each and (roles_of(each) not in ((), _METHODS) or _PLAINLY_METHODS.search(each)) for each in labels)
    owns = [_own(each, told) for each in labels]
    found: list[Part] = []
    past_results = False
    for i, (stretch, own) in enumerate(zip(stretches, owns, strict=True)):
        following = next((k for k in range(i + 1, len(stretches)) if labels[k] is not None and owns[k]), None)
        upto = len(ROLES) if following is None else ROLES.index(owns[following][0])
        if stretch.label is None:
            vague = (
                following is not None
                and owns[following] == _METHODS
                and not _PLAINLY_METHODS.search(labels[following] or "")
            )
            own = wide = ROLES[: max(2, upto + 2 if not told else upto + vague)]
        else:
            if past_results and own == _METHODS and not _PLAINLY_METHODS.search(stretch.label):
                own = ("results",)  # "Primary outcome:" among the results
            past_results = past_results or own == ("results",)
            last = ROLES.index(own[-1]) if own else len(ROLES)
            wide = own + tuple(each for each in ROLES[last + 1 : upto] if each != "objective")
        found.append(Part(stretch.start, stretch.end, wide, own))
    return found


def _own(label: str | None, told: bool) -> tuple[Role, ...]:
    own = ROLES if label is None else roles_of(label)
    return ("methods", "results") if own == _METHODS and not told else own
