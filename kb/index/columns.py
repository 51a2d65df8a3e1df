"""What is known of every document of an index beside its words, in columns: to filter, order, count and tally by.

Shared by every engine that numbers its documents 0, 1, 2 ...; all is arrays, so that counting over fifty
thousand documents takes milliseconds. Columns of segments are made once, kept in the segment's file, and
joined when an index is opened.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from kb.index.document import FACETS, Document
from kb.index.ranking import EVIDENCE, evidence
from kb.index.tree import Column, Order, Request
from kb.votes import Cell, Says, Verdicts, verdict

Numbers = NDArray[np.int32]
Mask = NDArray[np.bool_]
Scores = NDArray[np.float64]

NOT_STATED = -1
_DIVIDER = "\t"  # between outcome and comparator of a cell; in no id
_VERDICTS = (Says.BETTER, Says.WORSE, Says.MIXED, Says.NOT_STATED, Says.WITHIN)
_PLACE = np.array([_VERDICTS.index(verdict(Says(says))) if says else 0 for says in range(32)], np.int64)
_EVIDENCE = np.array([evidence(level) for level in range(6)])


class Row(msgspec.Struct, frozen=True, array_like=True):
    """What an engine keeps of one document to make its columns from. Facets are in the order of `FACETS`."""

    id: str
    year: int | None
    n: int | None
    level: int | None
    study: str | None
    facets: tuple[tuple[str, ...], ...]
    votes: tuple[tuple[str, int], ...]


def row(document: Document) -> Row:
    """The row of a document."""
    return Row(
        document.id,
        document.year,
        document.n,
        document.level,
        document.study,
        tuple(values for _, values in document.facets),
        tuple((_DIVIDER.join((each.cell.outcome, each.cell.comparator)), int(each.says)) for each in document.votes),
    )


class Bag(msgspec.Struct, frozen=True):
    """A column of any number of values a document: those of document d are `codes[starts[d]:starts[d + 1]]`."""

    values: tuple[str, ...]
    starts: Numbers
    codes: Numbers

    def of(self, documents: Numbers) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Where in `codes` the values of `documents` stand, and how many each has."""
        starts = self.starts[documents].astype(np.int64)
        counts = self.starts[documents + 1] - starts
        ends = np.cumsum(counts)
        return np.repeat(starts - ends + counts, counts) + np.arange(ends[-1] if len(ends) else 0), counts

    def having(self, values: Iterable[str]) -> Mask:
        """The documents that have any of `values`."""
        wanted = np.isin(self.codes, [code for code, value in enumerate(self.values) if value in set(values)])
        before = np.concatenate(([0], np.cumsum(wanted)))
        return np.asarray(before[self.starts[1:]] > before[self.starts[:-1]])


class Columns(msgspec.Struct, frozen=True):
    """The columns of documents 0 to len(ids) - 1. `says` stands beside the codes of `cells`."""

    ids: tuple[str, ...]
    year: Numbers
    n: Numbers
    level: Numbers
    study: Bag
    facets: tuple[Bag, ...]
    cells: Bag
    says: Numbers

    def ranged(self, column: Column, low: int | None, high: int | None) -> Mask:
        """The documents whose number is stated and within the range."""
        numbers = self.year if column == "year" else self.n
        found: Mask = numbers != NOT_STATED
        if low is not None:
            found &= numbers >= low
        if high is not None:
            found &= numbers <= high
        return found

    def facet(self, name: str) -> Bag:
        """The column of a facet."""
        return self.facets[FACETS.index(name)]

    def count(self, facet: str, documents: Numbers) -> tuple[tuple[str, int], ...]:
        """How many of `documents` have each value of a facet, the commonest first."""
        bag = self.facet(facet)
        counts = np.bincount(bag.codes[bag.of(documents)[0]], minlength=len(bag.values))
        found = [(bag.values[code], int(counts[code])) for code in np.flatnonzero(counts)]
        return tuple(sorted(found, key=lambda item: (-item[1], item[0])))

    def tally(self, documents: Numbers) -> tuple[Verdicts, ...]:
        """The verdicts of the studies that `documents` are papers of, a row a cell that any of them speaks of."""
        at, counts = self.cells.of(documents)
        cells, says = self.cells.codes[at].astype(np.int64), self.says[at]
        if len(self.study.codes):
            cells, says = self._by_study(np.repeat(documents, counts), cells, says)
        table = np.bincount(cells * len(_VERDICTS) + _PLACE[says], minlength=len(self.cells.values) * len(_VERDICTS))
        rows = table.reshape(-1, len(_VERDICTS))
        named = ((Cell(*self.cells.values[code].split(_DIVIDER)), rows[code]) for code in np.flatnonzero(rows.any(1)))
        return tuple(sorted((Verdicts(cell, *map(int, row)) for cell, row in named), key=lambda each: each.cell))

    def _by_study(
        self, documents: Numbers, cells: NDArray[np.int64], says: Numbers
    ) -> tuple[NDArray[np.int64], Numbers]:
        """The cells and what is said in them, the papers of one study put together."""
        shared = self.study.starts[documents + 1] > self.study.starts[documents]
        study = documents.astype(np.int64)
        study[shared] = len(self.ids) + self.study.codes[self.study.starts[documents[shared]]]
        keys = study * len(self.cells.values) + cells
        order = np.argsort(keys, kind="stable")
        first = np.flatnonzero(np.diff(keys[order], prepend=-1))
        return cells[order][first], np.bitwise_or.reduceat(says[order], first) if len(first) else says

    def place(self, documents: Numbers, scores: Scores, order: Order, most: int) -> Numbers:
        """The first `most` of `documents` in that order; equals by score, then the newest, then by id."""
        if not len(documents):
            return documents
        every: tuple[NDArray[Any], ...] = (self._keys(documents, scores, order), -scores, -self.year[documents])
        first = _first(every, most)
        keys = [each[first] for each in every]
        sequence = np.lexsort(keys[::-1])
        return self._by_id(documents[first][sequence], [each[sequence] for each in keys])[:most]

    def raised(self, documents: Numbers, scores: Scores) -> Scores:
        """The scores of an answer, each raised by the design of its document."""
        found: Scores = scores + EVIDENCE * scores.max(initial=0) * _EVIDENCE[self.level[documents]]
        return found

    def _keys(self, documents: Numbers, scores: Scores, order: Order) -> Scores:
        """What is ordered by, the least first."""
        year, n, level = self.year[documents], self.n[documents], self.level[documents]
        match order:
            case "relevance":
                return -self.raised(documents, scores)
            case "level":
                return np.where(level, level, 9).astype(np.float64)
            case "newest":
                return -year.astype(np.float64)
            case "oldest":
                return np.where(year == NOT_STATED, 9999, year).astype(np.float64)
            case "largest":
                return -n.astype(np.float64)

    def _by_id(self, documents: Numbers, keys: Sequence[NDArray[Any]]) -> Numbers:
        """`documents` with every run of equals put in the order of their ids."""
        same = np.logical_and.reduce([each[1:] == each[:-1] for each in keys])
        ordered = documents.copy()
        bounds = np.flatnonzero(np.diff(np.concatenate(([False], same, [False])).astype(np.int8)))
        for start, end in zip(bounds[::2], bounds[1::2] + 1, strict=True):
            ordered[start:end] = sorted(documents[start:end], key=lambda each: self.ids[each])
        return ordered


def columns(rows: Sequence[Row]) -> Columns:
    """The columns of documents with these rows."""
    return Columns(
        ids=tuple(each.id for each in rows),
        year=_numbers(each.year for each in rows),
        n=_numbers(each.n for each in rows),
        level=_numbers(each.level or 0 for each in rows),
        study=_bag([(each.study,) if each.study else () for each in rows]),
        facets=tuple(_bag([each.facets[at] for each in rows]) for at in range(len(FACETS))),
        cells=_bag([tuple(cell for cell, _ in each.votes) for each in rows]),
        says=_numbers(says for each in rows for _, says in each.votes),
    )


def joined(parts: Sequence[Columns]) -> Columns:
    """The columns of the documents of all parts, one part after the other."""
    if len(parts) == 1:
        return parts[0]
    return Columns(
        ids=tuple(id for each in parts for id in each.ids),
        year=_concatenated([each.year for each in parts]),
        n=_concatenated([each.n for each in parts]),
        level=_concatenated([each.level for each in parts]),
        study=_together([each.study for each in parts]),
        facets=tuple(_together([each.facets[at] for each in parts]) for at in range(len(FACETS))),
        cells=_together([each.cells for each in parts]),
        says=_concatenated([each.says for each in parts]),
    )


def _first(keys: Sequence[NDArray[Any]], most: int) -> NDArray[np.intp]:
    """Where the `most` least stand, by the first key, then the next; with all that equal the last in every key."""
    kept: list[NDArray[np.intp]] = []
    pool = np.arange(len(keys[0]))
    for key in keys:
        if len(pool) <= most:
            break
        values = key[pool]
        edge = np.partition(values, most - 1)[most - 1] if most else values.min()
        kept.append(pool[values < edge])
        most -= len(kept[-1])
        pool = pool[values == edge]
    return np.concatenate([*kept, pool])


def chosen(request: Request, table: Columns) -> dict[str, Mask]:
    """For each facet in which values were chosen, the documents that have one of them."""
    return {facet: table.facet(facet).having(values) for facet, values in request.chosen}


def _numbers(values: Iterable[int | None]) -> Numbers:
    return np.fromiter((NOT_STATED if each is None else min(each, 2**31 - 1) for each in values), np.int32)


def _bag(values: Sequence[Sequence[str]]) -> Bag:
    codes: dict[str, int] = {}
    found = [codes.setdefault(value, len(codes)) for each in values for value in each]
    starts = np.cumsum([0, *map(len, values)], dtype=np.int32)
    return Bag(tuple(codes), starts, np.array(found, np.int32))


def _together(bags: Sequence[Bag]) -> Bag:
    codes: dict[str, int] = {}
    again = [np.array([codes.setdefault(value, len(codes)) for value in each.values], np.int32) for each in bags]
    ends = np.cumsum([0, *(len(each.codes) for each in bags)])
    starts = [each.starts[:-1] + end for each, end in zip(bags, ends[:-1], strict=True)]
    recoded = [codes[each.codes] for codes, each in zip(again, bags, strict=True) if len(each.codes)]
    return Bag(tuple(codes), _concatenated([*starts, ends[-1:]]), _concatenated(recoded))


def _concatenated(parts: Sequence[NDArray[np.integer]]) -> Numbers:
    return np.concatenate([np.empty(0, np.int32), *parts]).astype(np.int32)
