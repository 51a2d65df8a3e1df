"""What is known of every document of an index beside its words, in columns: to filter, order, count and tally by.

Shared by every engine that numbers its documents 0, 1, 2 ...; all is arrays, so that counting over fifty
thousand documents takes milliseconds. Columns of segments are made once, kept in the segment's file, and
joined when an index is opened.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain
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
Counts = tuple[tuple[str, tuple[tuple[str, int], ...]], ...]

NOT_STATED = -1
_WIDTH = 32  # values of facets that a row of `Columns.carried` has room for
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
        places = np.arange(ends[-1] if len(ends) else 0)
        places += np.repeat(starts - ends + counts, counts)
        return places, counts

    def having(self, values: Iterable[str]) -> Mask:
        """The documents that have any of `values`."""
        wanted = np.isin(self.codes, [code for code, value in enumerate(self.values) if value in set(values)])
        before = np.concatenate(([0], np.cumsum(wanted)))
        return np.asarray(before[self.starts[1:]] > before[self.starts[:-1]])


class Columns(msgspec.Struct, frozen=True):
    """The columns of documents 0 to len(ids) - 1. `says` stands beside the codes of `cells`.

    `carried` are the values of all facets in a row a document, each facet's codes above those of the facets before it,
    and 0 for none: counting takes whole rows, four times as fast as value by value. `more` are those without room.
    """

    ids: tuple[str, ...]
    year: Numbers
    n: Numbers
    level: Numbers
    study: Bag
    facets: tuple[Bag, ...]
    cells: Bag
    says: Numbers
    carried: NDArray[np.uint16] | None = None
    more: Bag | None = None

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

    def counts(self, facets: Sequence[str], documents: Numbers) -> Counts:
        """How many of `documents` have each value of these facets, the commonest first."""
        assert self.carried is not None
        assert self.more is not None
        starts = np.cumsum([1, *(len(each.values) for each in self.facets)])
        found = np.bincount(self.carried.take(documents, axis=0).ravel(), minlength=starts[-1])
        if len(self.more.codes):
            found += np.bincount(self.more.codes[self.more.of(documents)[0]], minlength=starts[-1])
        told = []
        for name in facets:
            at = FACETS.index(name)
            bag, times = self.facets[at], found[starts[at] : starts[at + 1]]
            codes = np.flatnonzero(times)
            codes = codes[np.lexsort((_ranks(bag.values)[codes], -times[codes]))]
            counted = zip(codes.tolist(), times[codes].tolist(), strict=True)
            told.append((name, tuple((bag.values[code], number) for code, number in counted)))
        return tuple(told)

    def tally(self, documents: Numbers) -> tuple[Verdicts, ...]:
        """The verdicts of the studies that `documents` are papers of, a row a cell that any of them speaks of."""
        at, counts = self.cells.of(documents)
        cells, says = self.cells.codes[at].astype(np.int64), self.says[at]
        if len(self.study.codes):
            cells, says = self._by_study(np.repeat(documents, counts), cells, says)
        table = np.bincount(cells * len(_VERDICTS) + _PLACE[says], minlength=len(self.cells.values) * len(_VERDICTS))
        order, named = _cells(self.cells.values)
        rows = table.reshape(-1, len(_VERDICTS))[order].tolist()
        return tuple(Verdicts(cell, *row) for cell, row in zip(named, rows, strict=True) if any(row))

    def _by_study(
        self, documents: Numbers, cells: NDArray[np.int64], says: Numbers
    ) -> tuple[NDArray[np.int64], Numbers]:
        """The cells and what is said in them, the papers of one study put together."""
        shared = self.study.starts[documents + 1] > self.study.starts[documents]
        if not shared.any():
            return cells, says
        study = self.study.codes[self.study.starts[documents[shared]]].astype(np.int64)
        keys = study * len(self.cells.values) + cells[shared]
        order = np.argsort(keys, kind="stable")
        first = np.flatnonzero(np.diff(keys[order], prepend=-1))
        together = np.bitwise_or.reduceat(says[shared][order], first)
        return (
            np.concatenate((cells[~shared], cells[shared][order][first])),
            np.concatenate((says[~shared], together)),
        )

    def place(self, documents: Numbers, scores: Scores, order: Order, most: int) -> Numbers:
        """The first `most` of `documents` in that order; equals by score, then the newest, then by id."""
        if not len(documents):
            return documents
        if order == "relevance" and 0 < most < len(documents):
            # What a design adds is bounded: who is farther below the last of the page cannot come on it.
            edge = np.partition(scores, -most)[-most] - 1.01 * EVIDENCE * scores.max()
            near = np.flatnonzero(scores >= edge)
            documents, scores = documents[near], scores[near]
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
        match order:
            case "relevance":
                return -self.raised(documents, scores)
            case "level":
                level = self.level[documents]
                return np.where(level, level, 9).astype(np.float64)
            case "newest":
                return -self.year[documents].astype(np.float64)
            case "oldest":
                year = self.year[documents]
                return np.where(year == NOT_STATED, 9999, year).astype(np.float64)
            case "largest":
                return -self.n[documents].astype(np.float64)

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
    """The columns of the documents of all parts, one part after the other, to be counted."""
    facets = tuple(_together([each.facets[at] for each in parts]) for at in range(len(FACETS)))
    carried, more = _rows(facets, sum(len(each.ids) for each in parts))
    return Columns(
        ids=tuple(chain.from_iterable(each.ids for each in parts)),
        year=_concatenated([each.year for each in parts]),
        n=_concatenated([each.n for each in parts]),
        level=_concatenated([each.level for each in parts]),
        study=_together([each.study for each in parts]),
        facets=facets,
        cells=_together([each.cells for each in parts]),
        says=_concatenated([each.says for each in parts]),
        carried=carried,
        more=more,
    )


def _rows(facets: Sequence[Bag], size: int) -> tuple[NDArray[np.uint16], Bag]:
    """The values of all facets in rows, and those that have no room in them."""
    counts = [np.diff(each.starts) if size else np.empty(0, np.int32) for each in facets]
    total = np.sum(counts, axis=0, dtype=np.int32) if size else np.empty(0, np.int32)
    rows = np.zeros((size, min(_WIDTH, int(total.max(initial=0)))), np.uint16)
    column, base = np.zeros(size, np.int64), 1
    beyond: list[tuple[NDArray[np.integer], NDArray[np.integer]]] = []
    for bag, number in zip(facets, counts, strict=True):
        owner = np.repeat(np.arange(size), number)
        places = np.arange(len(bag.codes)) + np.repeat(column - bag.starts[:-1], number)
        room = places < _WIDTH
        if room.all():
            rows[owner, places] = bag.codes + base
        else:
            rows[owner[room], places[room]] = bag.codes[room] + base
            beyond.append((owner[~room], bag.codes[~room] + base))
        column += number
        base += len(bag.values)
    whose = _concatenated([each for each, _ in beyond])
    order = np.argsort(whose, kind="stable")
    starts = np.searchsorted(whose[order], np.arange(size + 1)).astype(np.int32)
    return rows, Bag((), starts, _concatenated([each for _, each in beyond])[order])


@lru_cache(maxsize=64)
def _ranks(values: tuple[str, ...]) -> NDArray[np.int64]:
    """The place of each value in the order of the alphabet."""
    return np.argsort(np.array(sorted(range(len(values)), key=values.__getitem__), np.int64))


@lru_cache(maxsize=8)
def _cells(values: tuple[str, ...]) -> tuple[NDArray[np.int64], tuple[Cell, ...]]:
    """The codes of cells in the order of the cells, and these."""
    cells = [Cell(*each.split(_DIVIDER)) for each in values]
    order = sorted(range(len(cells)), key=cells.__getitem__)
    return np.array(order, np.int64), tuple(cells[at] for at in order)


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
    recoded = [_recoded(each.codes, codes) for codes, each in zip(again, bags, strict=True) if len(each.codes)]
    return Bag(tuple(codes), _concatenated([*starts, ends[-1:]]), _concatenated(recoded))


def _recoded(codes: Numbers, again: Numbers) -> Numbers:
    """`codes` as the whole index has them; those of the first segment are that already."""
    return codes if np.array_equal(again, np.arange(len(again))) else again[codes]


def _concatenated(parts: Sequence[NDArray[np.integer]]) -> Numbers:
    return np.concatenate([np.empty(0, np.int32), *parts], dtype=np.int32)
