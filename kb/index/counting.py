"""Facets and tally over the documents that match, in arrays: milliseconds for fifty thousand."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from kb.facets import COUNTED
from kb.index.bags import Documents, Numbers
from kb.index.columns import DIVIDER, Columns
from kb.votes import VERDICTS, Cell, Says, Verdicts, verdict

Counts = tuple[tuple[str, tuple[tuple[str, int], ...]], ...]

_SAID = int(~(Says.LATER | Says.LATER_ELSE))  # a verdict is of what is said of the end
_PLACE = np.array([VERDICTS.index(verdict(Says(says))) if says else 0 for says in range(32)], np.int64)


def counts(table: Columns, facets: Sequence[str], documents: Documents) -> Counts:
    """How many of `documents` have each value of these facets, the commonest first. All are of `COUNTED`."""
    assert table.carried is not None
    assert table.more is not None
    starts = np.cumsum([1, *(len(each.values) for each in table.facets[: len(COUNTED)])])
    found = np.bincount(table.carried.take(documents, axis=0).ravel(), minlength=starts[-1])
    if len(table.more.codes):
        found += np.bincount(table.more.codes[table.more.of(documents)[0]], minlength=starts[-1])
    told = []
    for name in facets:
        at = COUNTED.index(name)
        bag, times = table.facets[at], found[starts[at] : starts[at + 1]]
        codes = np.flatnonzero(times)
        codes = codes[np.lexsort((_ranks(bag.values)[codes], -times[codes]))]
        counted = zip(codes.tolist(), times[codes].tolist(), strict=True)
        told.append((name, tuple((bag.values[code], number) for code, number in counted)))
    return tuple(told)


def tally(table: Columns, documents: Documents) -> tuple[Verdicts, ...]:
    """The verdicts of the studies that `documents` are papers of, a row a cell that any of them speaks of."""
    at, numbers = table.cells.of(documents)
    cells, says = table.cells.codes[at].astype(np.int64), table.says[at]
    if len(table.study.codes):
        cells, says = _by_study(table, np.repeat(documents, numbers), cells, says)
    size = len(table.cells.values)
    counted = np.bincount(cells * len(VERDICTS) + _PLACE[says & _SAID], minlength=size * len(VERDICTS))
    later = np.bincount(cells[says & Says.LATER != 0], minlength=size)
    better = np.bincount(cells[says & (Says.LATER | Says.LATER_ELSE) == Says.LATER], minlength=size)
    order, named = _cells(table.cells.values)
    rows = np.column_stack((counted.reshape(-1, len(VERDICTS)), later, better))[order].tolist()
    return tuple(Verdicts(cell, *row) for cell, row in zip(named, rows, strict=True) if any(row))


def _by_study(
    table: Columns, documents: Documents, cells: NDArray[np.int64], says: Numbers
) -> tuple[NDArray[np.int64], Numbers]:
    """The cells and what is said in them, the papers of one study put together."""
    shared = table.study.starts[documents + 1] > table.study.starts[documents]
    if not shared.any():
        return cells, says
    study = table.study.codes[table.study.starts[documents[shared]]].astype(np.int64)
    keys = study * len(table.cells.values) + cells[shared]
    order = np.argsort(keys, kind="stable")
    first = np.flatnonzero(np.diff(keys[order], prepend=-1))
    together = np.bitwise_or.reduceat(says[shared][order], first)
    return (
        np.concatenate((cells[~shared], cells[shared][order][first])),
        np.concatenate((says[~shared], together)),
    )


@lru_cache(maxsize=64)
def _ranks(values: tuple[str, ...]) -> NDArray[np.int64]:
    """The place of each value in the order of the alphabet."""
    return np.argsort(np.array(sorted(range(len(values)), key=values.__getitem__), np.int64))


@lru_cache(maxsize=8)
def _cells(values: tuple[str, ...]) -> tuple[NDArray[np.int64], tuple[Cell, ...]]:
    """The codes of cells in the order of the cells, and these."""
    cells = [Cell(*each.split(DIVIDER)) for each in values]
    order = sorted(range(len(cells)), key=cells.__getitem__)
    return np.array(order, np.int64), tuple(cells[at] for at in order)
