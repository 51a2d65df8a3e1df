"""The effect-direction plot of a tally: where each mark stands, for the template that draws it.

After the revised plot of Boon & Thomson 2021 (doi 10.1002/jrsm.1458): an arrow up is better, down worse, sideways
mixed, and nothing marks significance. Theirs has an arrow a study, sized by its sample and shaded by its design; a
tally knows numbers of studies alone, so that a mark here is all studies of one direction against one kind of
comparison, sized by how many they are, with the number beside it. An open ring is a study without a direction.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from kb.tally import Row

MARKS = (("better", 288), ("worse", 341), ("mixed", 394), ("not_stated", 453))  # and where their columns stand
WIDTH = 486
BANDS = ((6, 1.0), (2, 0.75), (1, 0.5))  # from how many studies on, and how large
_TOP, _HEADING, _LINE, _FOOT = 14, 38, 28, 24


class Mark(msgspec.Struct, frozen=True):
    """`count` studies of one kind. `size` 1 is the largest."""

    kind: str
    x: int
    count: int
    size: float


class Line(msgspec.Struct, frozen=True):
    """A line of the plot; without marks it is the heading of those below it."""

    text: str
    y: int
    marks: tuple[Mark, ...] = ()


class Plot(msgspec.Struct, frozen=True):
    """The plot from top to bottom, and in words."""

    lines: tuple[Line, ...]
    height: int
    words: tuple[str, ...]
    width: int = WIDTH
    columns: tuple[tuple[str, int], ...] = MARKS


def plot(outcomes: Iterable[tuple[str, tuple[Row, ...]]]) -> Plot:
    """The plot of `outcomes`. What was not compared has no mark and no line."""
    lines: list[Line] = []
    words = []
    y = _TOP
    for name, rows in outcomes:
        compared = [each for each in rows if each.compared]
        if compared:
            y += _HEADING
            lines.append(Line(name, y))
        for each in compared:
            y += _LINE
            lines.append(Line(each.against.plain, y, _marks(each)))
            words.append(
                f"{name}; compared with: {each.against.plain}; {each.better} better, {each.worse} worse, "
                f"{each.mixed} mixed, {each.not_stated} without a clear direction."
            )
    return Plot(tuple(lines), y + _FOOT, tuple(words))


def size(count: int) -> float:
    """The size of a mark for `count` studies, at least one."""
    return next(size for least, size in BANDS if count >= least)


def _marks(row: Row) -> tuple[Mark, ...]:
    counts = {"better": row.better, "worse": row.worse, "mixed": row.mixed, "not_stated": row.not_stated}
    return tuple(Mark(kind, x, counts[kind], size(counts[kind])) for kind, x in MARKS if counts[kind])
