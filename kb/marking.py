"""Marking the words that say a fact, in the text they stand in.

A *passage* is a distinct stretch of a text that some fact quotes; facts that quote the same stretch
share it, as footnotes share a number. Passages may contain, touch or cross one another, and HTML may
only nest: so the text is cut at every boundary, and where a passage ends inside another, what was
opened after it is closed and opened again. A passage that merely contains others stays in one piece,
which is what lets `:target` light all of it without a script.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise

import msgspec

from kb.record import Section

Stretch = tuple[int, int]


class Opening(msgspec.Struct, frozen=True):
    """Passage `number` begins here, or (`first` False) goes on after a cut."""

    number: int
    first: bool


class Step(msgspec.Struct, frozen=True):
    """One cut: passages in `ended` are complete, `closes` marks are closed, these open, `text` follows."""

    ended: tuple[int, ...]
    closes: int
    opens: tuple[Opening, ...]
    text: str


class _Span(msgspec.Struct, frozen=True):
    """A passage as far as it lies in the part shown; `first` and `last` are where it really begins and ends."""

    start: int
    end: int
    number: int
    first: int
    last: int


class Block(msgspec.Struct, frozen=True):
    """A paragraph of an abstract: `abstract[start:end]` under its label."""

    label: str | None
    start: int
    end: int


def number_passages(stretches: Iterable[Stretch]) -> dict[Stretch, int]:
    """Distinct stretches numbered from 1 in reading order, an outer one before those inside it."""
    ordered = sorted({each for each in stretches if 0 <= each[0] < each[1]}, key=lambda each: (each[0], -each[1]))
    return {stretch: number for number, stretch in enumerate(ordered, 1)}


def mark(text: str, passages: Mapping[Stretch, int], start: int = 0, end: int | None = None) -> tuple[Step, ...]:
    """`text[start:end]` cut at every boundary of `passages`. The texts of the steps join to it exactly.

    The last step has no text and closes what is open.
    """
    stop = len(text) if end is None else min(end, len(text))
    spans = [_Span(max(a, start), min(b, stop), n, a, b) for (a, b), n in passages.items() if a < stop and b > start]
    cuts = sorted({start, stop}.union(*((each.start, each.end) for each in spans)))
    steps: list[Step] = []
    opened: list[_Span] = []
    for here, there in pairwise([*cuts, stop]):
        keep = next((i for i, each in enumerate(opened) if each.end == here), len(opened))
        closing, opened = opened[keep:], opened[:keep]
        opening = [each for each in closing if each.end > here] + [each for each in spans if each.start == here]
        opening.sort(key=lambda each: (-each.end, each.number))
        ended = (each.number for each in closing if each.last == here)
        opens = (Opening(each.number, each.first == here) for each in opening)
        steps.append(Step(tuple(sorted(ended)), len(closing), tuple(opens), text[here:there]))
        opened += opening
    return tuple(steps)


def blocks(abstract: str, sections: Iterable[Section]) -> tuple[Block, ...]:
    """The abstract as labelled paragraphs.

    Text between two sections is kept as a paragraph of its own, unless it only repeats the label, as
    "METHODS: " does. Sections that overlap, or reach beyond the text, are ignored.
    """
    found: list[Block] = []
    here = 0
    for section in sorted(sections, key=lambda each: each.start):
        if section.start < here or not section.start < section.end <= len(abstract):
            continue
        gap = abstract[here : section.start]
        if gap.strip(" .:-–—\n").casefold() not in ("", section.label.strip(" .:").casefold()):
            found.append(Block(None, here, section.start))
        found.append(Block(section.label, section.start, section.end))
        here = section.end
    if abstract[here:].strip():
        found.append(Block(None, here, len(abstract)))
    return tuple(found)
