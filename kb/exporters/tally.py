"""A tally as CSV: a row an outcome and kind of comparison, each with its denominators and the question it answers.

The same rules as `kb.exporters.csv`. The question stands in every row, so that a row copied elsewhere still says of
what it is a count. Counted is the end of treatment; the last two columns before the question are of what came later.
An empty cell: there is nothing to compute it from, or too few studies to test.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kb.exporters.csv import MARK, row
from kb.tally import Row

COLUMNS = (
    "Outcome",
    "Compared with",
    "Called",
    "Studies compared",
    "Better",
    "Worse",
    "Mixed",
    "No clear direction",
    "Before-after only (not counted)",
    "With a direction",
    "Share better of those with a direction",
    "95 % from",
    "95 % to",
    "Sign test p",
    "Share better at worst",
    "Compared at follow-up too",
    "Better at follow-up",
)


def write(rows: Iterable[Row], about: Sequence[tuple[str, str]]) -> Iterator[str]:
    """The rows below a header; `about` are columns that are the same in each: the question, of how many it is."""
    yield MARK + row((*COLUMNS, *(name for name, _ in about)))
    for each in rows:
        yield row((*_cells(each), *(value for _, value in about)))


def _cells(each: Row) -> Iterator[str]:
    yield from (each.outcome, each.against.plain, each.against.term, str(each.compared))
    yield from map(str, (each.better, each.worse, each.mixed, each.not_stated, each.within_only, each.directional))
    interval = each.interval
    yield _share(each.better / each.directional if each.directional else None)
    yield from (_share(interval.low if interval else None), _share(interval.high if interval else None))
    yield "" if each.p is None else f"{each.p:.4g}"
    yield _share(each.worst)
    yield from (str(each.later), str(each.later_better))


def _share(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"
