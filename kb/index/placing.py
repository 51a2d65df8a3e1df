"""The order of an answer: the first of what matches, by relevance and evidence, or by a column."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kb.index.bags import NOT_STATED, Documents, Scores
from kb.index.columns import Columns
from kb.index.ranking import EVIDENCE, evidence
from kb.index.tree import Order

_EVIDENCE = np.array([evidence(level) for level in range(6)])


def place(table: Columns, documents: Documents, scores: Scores, order: Order, most: int) -> Documents:
    """The first `most` of `documents` in that order; equals by score, then the newest, then by id."""
    if not len(documents):
        return documents
    if order == "relevance" and 0 < most < len(documents):
        # What a design adds is bounded: who is farther below the last of the page cannot come on it.
        edge = np.partition(scores, -most)[-most] - 1.01 * EVIDENCE * scores.max()
        near = np.flatnonzero(scores >= edge)
        documents, scores = documents[near], scores[near]
    every: tuple[NDArray[Any], ...] = (_keys(table, documents, scores, order), -scores, -table.year[documents])
    first = _first(every, most)
    keys = [each[first] for each in every]
    sequence = np.lexsort(keys[::-1])
    return _by_id(table, documents[first][sequence], [each[sequence] for each in keys])[:most]


def raised(table: Columns, documents: Documents, scores: Scores) -> Scores:
    """The scores of an answer, each raised by the design of its document."""
    found: Scores = scores + EVIDENCE * scores.max(initial=0) * _EVIDENCE[table.level[documents]]
    return found


def _keys(table: Columns, documents: Documents, scores: Scores, order: Order) -> Scores:
    """What is ordered by, the least first."""
    match order:
        case "relevance":
            return -raised(table, documents, scores)
        case "level":
            level = table.level[documents]
            return np.where(level, level, 9).astype(np.float64)
        case "newest":
            return -table.year[documents].astype(np.float64)
        case "oldest":
            year = table.year[documents]
            return np.where(year == NOT_STATED, 9999, year).astype(np.float64)
        case "largest":
            return -table.n[documents].astype(np.float64)


def _by_id(table: Columns, documents: Documents, keys: Sequence[NDArray[Any]]) -> Documents:
    """`documents` with every run of equals put in the order of their ids."""
    same = np.logical_and.reduce([each[1:] == each[:-1] for each in keys])
    ordered = documents.copy()
    bounds = np.flatnonzero(np.diff(np.concatenate(([False], same, [False])).astype(np.int8)))
    for start, end in zip(bounds[::2], bounds[1::2] + 1, strict=True):
        ordered[start:end] = sorted(documents[start:end], key=lambda each: table.ids[each])
    return ordered


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
