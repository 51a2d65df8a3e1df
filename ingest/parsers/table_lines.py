"""Tables in which a reference has several lines: below its row stand its summary and its keywords, each alone.

The Touch Research Institute's tables are so, on its pages and where these were copied as text. A line with one cell
below a row of the full width goes on about that row; signs or a dose (`pain (-), 2x/wk=8`) make it keywords.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ingest.parsers import table_columns
from ingest.parsers.table_columns import Columns, Row


def find(rows: Sequence[Row]) -> tuple[int, Columns] | None:
    """As `table_columns.find`, of the rows or else of those of the full width, where the others have one cell."""
    found = table_columns.find(rows)
    width = max(map(len, rows), default=0)
    full = [row for row in rows if len(row) == width]
    if found is None and len(full) > 2 and all(_is_alone(row) for row in rows if len(row) != width and any(row)):
        found = table_columns.find(full)
    return found


def gathered(
    rows: Iterable[tuple[str, Row]], columns: Columns, width: int
) -> tuple[Iterator[tuple[str, Row]], Columns]:
    """`rows` (with their places) with what stands below them put behind them, and the columns of that."""
    of = dict(columns.of)
    of["summary"] = (*of.get("summary", ()), width)
    of["keywords"] = (*of.get("keywords", ()), width + 1)
    names = (*columns.header, *[""] * (width - len(columns.header)), "summary below", "keywords below")
    return _gathered(rows, width), Columns(of, names)


def _gathered(rows: Iterable[tuple[str, Row]], width: int) -> Iterator[tuple[str, Row]]:
    held: list[str] = []
    where = ""
    for place, row in rows:
        if held and width > 2 and len(row) < width and _is_alone(row):
            said = next(each for each in row if each.strip())
            at = width + table_columns.is_signed(said)
            held[at] = " ".join(filter(None, (held[at], said)))
            continue
        if held:
            yield where, held
        where, held = place, [*row[:width], *[""] * (width - len(row)), "", ""]
    if held:
        yield where, held


def _is_alone(row: Row) -> bool:
    return sum(bool(each.strip()) for each in row) == 1
