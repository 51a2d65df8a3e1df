"""The gap map: how many studies there are of each technique and outcome (or condition), and where there is none.

A cell is what a search with its filters finds, number for number, so that every number can be looked at. An empty cell
says that no study is held here, and not that there is none anywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from kb.search import Filters

ROWS, COLUMNS = 10, 8  # what a reader can still look over


class Axis(msgspec.Struct, frozen=True):
    """A row or a column: its name, and the filters that narrow a search to it (alternatives within a facet)."""

    name: str
    filters: Filters


class GapMap(msgspec.Struct, frozen=True):
    """Rows and columns, and for each row the number of studies in each column. `base` holds for every cell."""

    base: Filters
    rows: tuple[Axis, ...]
    columns: tuple[Axis, ...]
    counts: tuple[tuple[int, ...], ...]

    @property
    def empty(self) -> int:
        """How many cells have no study."""
        return sum(not number for row in self.counts for number in row)

    def filters(self, row: Axis, column: Axis) -> Filters:
        """The filters of a cell."""
        return (*self.base, *row.filters, *column.filters)


def gap_map(
    base: Filters,
    rows: Sequence[Axis],
    columns: Sequence[Axis],
    counts: Callable[[Sequence[Filters]], tuple[int, ...]],
) -> GapMap:
    """The map within `base`; all cells are counted in one go."""
    numbers = iter(counts([(*base, *row.filters, *column.filters) for row in rows for column in columns]))
    return GapMap(base, tuple(rows), tuple(columns), tuple(tuple(next(numbers) for _ in columns) for _ in rows))
