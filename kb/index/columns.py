"""What is known of every document of an index beside its words, in columns: to filter, order, count and tally by.

Shared by every engine that numbers its documents 0, 1, 2 ...; all is arrays, so that counting over fifty
thousand documents takes milliseconds. Columns of segments are made once, kept in the segment's file, and
joined when an index is opened.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

import msgspec
import numpy as np
from numpy.typing import NDArray

from kb.facets import COUNTED, FACETS
from kb.index.bags import NOT_STATED, Bag, Mask, Numbers, bag, concatenated, numbers, together
from kb.index.document import Document
from kb.index.tree import Column

_WIDTH = 32  # values of facets that a row of `Columns.carried` has room for
DIVIDER = "\t"  # between outcome and comparator of a cell; in no id


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
        tuple((DIVIDER.join((each.cell.outcome, each.cell.comparator)), int(each.says)) for each in document.votes),
    )


class Columns(msgspec.Struct, frozen=True):
    """The columns of documents 0 to len(ids) - 1. `says` stands beside the codes of `cells`.

    `carried` are the values of all counted facets in a row a document, each facet's codes above those of the facets
    before it, and 0 for none: counting takes whole rows, four times as fast as value by value. `more` are those without
    room.
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


def columns(rows: Sequence[Row]) -> Columns:
    """The columns of documents with these rows."""
    return Columns(
        ids=tuple(each.id for each in rows),
        year=numbers(each.year for each in rows),
        n=numbers(each.n for each in rows),
        level=numbers(each.level or 0 for each in rows),
        study=bag([(each.study,) if each.study else () for each in rows]),
        facets=tuple(bag([each.facets[at] for each in rows]) for at in range(len(FACETS))),
        cells=bag([tuple(cell for cell, _ in each.votes) for each in rows]),
        says=numbers(says for each in rows for _, says in each.votes),
    )


def joined(parts: Sequence[Columns]) -> Columns:
    """The columns of the documents of all parts, one part after the other, to be counted."""
    facets = tuple(together([each.facets[at] for each in parts]) for at in range(len(FACETS)))
    carried, more = _rows(facets[: len(COUNTED)], sum(len(each.ids) for each in parts))
    return Columns(
        ids=tuple(chain.from_iterable(each.ids for each in parts)),
        year=concatenated([each.year for each in parts]),
        n=concatenated([each.n for each in parts]),
        level=concatenated([each.level for each in parts]),
        study=together([each.study for each in parts]),
        facets=facets,
        cells=together([each.cells for each in parts]),
        says=concatenated([each.says for each in parts]),
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
    for held, number in zip(facets, counts, strict=True):
        owner = np.repeat(np.arange(size), number)
        places = np.arange(len(held.codes)) + np.repeat(column - held.starts[:-1], number)
        room = places < _WIDTH
        if room.all():
            rows[owner, places] = held.codes + base
        else:
            rows[owner[room], places[room]] = held.codes[room] + base
            beyond.append((owner[~room], held.codes[~room] + base))
        column += number
        base += len(held.values)
    whose = concatenated([each for each, _ in beyond])
    order = np.argsort(whose, kind="stable")
    starts = np.searchsorted(whose[order], np.arange(size + 1)).astype(np.int32)
    return rows, Bag((), starts, concatenated([each for _, each in beyond])[order])
