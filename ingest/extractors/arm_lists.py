"""Groups that an abstract names together with their sizes: in one list, counted one by one, or each in its place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.extractors.arm_names import ALLOCATED, Name, named
from ingest.extractors.arm_sizes import GROUPS, IN_GROUP, N_BEFORE, NOT_ENTERED, counts_people
from ingest.extractors.people import PEOPLE
from ingest.extractors.reading import Reading
from ingest.extractors.stems import search
from kb.extraction import Finding

_BEHIND = re.compile(
    r"\b(?:the|a|an|either|or|and|to|,|one) "
    r"((?:(?!the |a |an |or |and |to |either )[\w'’/+-]+ ){0,4}(?:group|arm))\s?$",
    re.IGNORECASE,
)
_GROUP_OF = re.compile(r"\b((?:[\w'’/+-]+ ){1,2}group) (?:of|with|included|comprised|consisted of) $", re.IGNORECASE)
_OPENS_NAME = re.compile(r"(?<!-)\b(?:or|versus|vs\.?|to|received?|receiving|either)\b(?!-)|[,;:]", re.IGNORECASE)
_PEOPLE_LAST = re.compile(rf"\b{PEOPLE}\s?$", re.IGNORECASE)
_ENDS_NAME = re.compile(
    r"[,;.]|(?<=group) (?=\w+ed\b|had\b|were\b|was\b)|\band\b(?! (?!\w+ (?:group|arm))\w+ \w+ (?:group|arm))",
    re.IGNORECASE,
)
_MOST_ARMS = 5
_FEWEST = 4  # below it, "two in the control group" mostly counts events


def listed_with_sizes(reading: Reading) -> tuple[tuple[Name, Finding[int]], ...]:
    """The groups of the first sentence that lists at least two with sizes: "massage (n = 12) or rest (n = 13)"."""
    for sentence in reading.sentences:
        if sentence.section in ("background", "conclusions"):
            continue
        told = search(ALLOCATED, reading.abstract, sentence.start, sentence.end)
        grouped = sentence.section != "results" and search(GROUPS, reading.abstract, sentence.start, sentence.end)
        if not told and not grouped:
            continue
        found = tuple(_bracketed(reading, told.end() if told else sentence.start, sentence.end))
        if 2 <= len(found) <= _MOST_ARMS:
            return found
    return ()


def _bracketed(reading: Reading, start: int, end: int) -> Iterator[tuple[Name, Finding[int]]]:
    text, at = reading.abstract, start
    for number in reading.numbers_in(start, end):
        if not N_BEFORE.search(text, max(start, number.start - 40), number.start):
            continue
        opened = max(text.rfind("(", at, number.start), text.rfind("[", at, number.start))
        if opened < 0 or not counts_people(text, number):
            continue
        begin = max((each.end() for each in _OPENS_NAME.finditer(text, at, opened)), default=at)
        name = None if _PEOPLE_LAST.search(text, at, opened) else named(text, begin, opened)
        if name is not None:
            yield name, Finding(int(number.value), number.start, number.end, rule="arms:n_in_brackets")
        at = number.end


def counted_groups(reading: Reading) -> tuple[tuple[Name, Finding[int]], ...]:
    """The groups of the first sentence that counts people into at least two: "12 to massage and 13 to rest"."""
    for sentence in reading.sentences:
        if sentence.section in ("background", "conclusions"):
            continue
        if not search(NOT_ENTERED, reading.abstract, sentence.start, sentence.end):
            found = tuple(_counted(reading, sentence.start, sentence.end))
            if 2 <= len({reading.abstract[name.start : name.end] for name, _ in found}) == len(found) <= _MOST_ARMS:
                return found
    return ()


def _counted(reading: Reading, start: int, end: int) -> Iterator[tuple[Name, Finding[int]]]:
    here = reading.numbers_in(start, end)
    for i, number in enumerate(here):
        behind = IN_GROUP.match(reading.abstract, number.end, end)
        if behind is None or not counts_people(reading.abstract, number) or number.value < _FEWEST:
            continue
        stop = here[i + 1].start if i + 1 < len(here) else end
        name = named(reading.abstract, behind.start("name"), _first_end(reading.abstract, behind.start("name"), stop))
        if name is not None:
            yield name, Finding(int(number.value), number.start, number.end, rule="arms:n_in_group")


def _first_end(text: str, start: int, end: int) -> int:
    found = _ENDS_NAME.search(text, start, end)
    return found.start() if found else end


def named_with_sizes(reading: Reading) -> tuple[tuple[Name, Finding[int]], ...]:
    """Groups that no sentence lists but that carry their size: "the massage group (n = 12)"."""
    found: dict[str, tuple[Name, Finding[int]]] = {}
    for number in reading.numbers:
        elsewhere = reading.section_at(number.start) in ("background", "conclusions")
        if elsewhere or not counts_people(reading.abstract, number):
            continue
        lead = N_BEFORE.search(reading.abstract, max(0, number.start - 40), number.start)
        before = lead.start() if lead else number.start
        name = (_BEHIND if lead else _GROUP_OF).search(reading.abstract, max(0, before - 60), before)
        if name:
            rule = "arms:n_in_brackets" if lead else "arms:group_of_n"
            size = Finding(int(number.value), number.start, number.end, rule=rule)
            found.setdefault(name[1].lower(), (Name(*name.span(1)), size))
    return tuple(found.values())
