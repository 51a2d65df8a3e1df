"""A small picture of doses: sessions to the right, minutes upwards, each line twice the one before.

Doubling scales, for a study of one session and one of sixty must both be seen. The table beside it is the source.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import msgspec

from kb.wording import number

WIDTH, HEIGHT = 400, 300
LEFT, RIGHT, TOP, BOTTOM = 52, 388, 14, 250
_APART = 11  # between studies of the same dose


class Tick(msgspec.Struct, frozen=True):
    """A line of the grid and what it says."""

    at: float
    text: str


class Mark(msgspec.Struct, frozen=True):
    """A study: where it stands, and the name of its direction for the stylesheet."""

    x: float
    y: float
    tone: str


class Scatter(msgspec.Struct, frozen=True):
    """The picture."""

    across: tuple[Tick, ...]
    up: tuple[Tick, ...]
    marks: tuple[Mark, ...]


def scatter(points: Sequence[tuple[float, float, str]]) -> Scatter | None:
    """The picture of (sessions, minutes, tone), None where there is nothing to show; equals stand side by side."""
    shown = [each for each in points if each[0] > 0 and each[1] > 0]
    if not shown:
        return None
    sessions, minutes = _doubling([each[0] for each in shown], 1), _doubling([each[1] for each in shown], 10)
    seen: Counter[tuple[float, float]] = Counter()
    marks = []
    for x, y, tone in shown:
        nth = seen[x, y]
        seen[x, y] += 1
        aside = _APART * ((nth + 1) // 2) * (1 if nth % 2 else -1)
        left = min(max(_place(x, sessions, LEFT, RIGHT) + aside, LEFT), RIGHT)
        marks.append(Mark(round(left, 1), round(_place(y, minutes, BOTTOM, TOP), 1), tone))
    return Scatter(_ticks(sessions, LEFT, RIGHT), _ticks(minutes, BOTTOM, TOP), tuple(marks))


def _doubling(values: Sequence[float], unit: float) -> tuple[float, ...]:
    """The lines from below the least value to above the greatest; two at the least."""
    first = unit
    while first > min(values):
        first /= 2
    while first * 2 < min(values):
        first *= 2
    lines = [first, first * 2]
    while lines[-1] < max(values):
        lines.append(lines[-1] * 2)
    return tuple(lines)


def _place(value: float, lines: tuple[float, ...], start: float, end: float) -> float:
    """Where a value stands between the first line, at `start`, and the last, at `end`."""
    step, low = 0, lines[0]
    while value > low * 2:
        low, step = low * 2, step + 1
    share = value / low - 1  # straight between two lines
    return start + (end - start) * (step + share) / (len(lines) - 1)


def _ticks(lines: tuple[float, ...], start: float, end: float) -> tuple[Tick, ...]:
    return tuple(Tick(round(_place(each, lines, start, end), 1), number(each)) for each in lines)
