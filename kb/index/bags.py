"""Columns of numbers, and of any number of values a document: what `kb.index.columns` is made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int32]
Documents = NDArray[np.intp]  # their numbers, ascending: of the width that NumPy takes from arrays without a copy
Mask = NDArray[np.bool_]
Scores = NDArray[np.float64]

NOT_STATED = -1


class Bag(msgspec.Struct, frozen=True):
    """A column of any number of values a document: those of document d are `codes[starts[d]:starts[d + 1]]`."""

    values: tuple[str, ...]
    starts: Numbers
    codes: Numbers

    def of(self, documents: Documents) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
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


def numbers(values: Iterable[int | None]) -> Numbers:
    """A column of numbers; what is not stated is `NOT_STATED`."""
    return np.fromiter((NOT_STATED if each is None else min(each, 2**31 - 1) for each in values), np.int32)


def bag(values: Sequence[Sequence[str]]) -> Bag:
    """The column of documents with these values."""
    codes: dict[str, int] = {}
    found = [codes.setdefault(value, len(codes)) for each in values for value in each]
    starts = np.cumsum([0, *map(len, values)], dtype=np.int32)
    return Bag(tuple(codes), starts, np.array(found, np.int32))


def together(bags: Sequence[Bag]) -> Bag:
    """The columns of segments, one after the other, with one set of codes."""
    codes: dict[str, int] = {}
    again = [np.array([codes.setdefault(value, len(codes)) for value in each.values], np.int32) for each in bags]
    ends = np.cumsum([0, *(len(each.codes) for each in bags)])
    starts = [each.starts[:-1] + end for each, end in zip(bags, ends[:-1], strict=True)]
    recoded = [_recoded(each.codes, codes) for codes, each in zip(again, bags, strict=True) if len(each.codes)]
    return Bag(tuple(codes), concatenated([*starts, ends[-1:]]), concatenated(recoded))


def _recoded(codes: Numbers, again: Numbers) -> Numbers:
    """`codes` as the whole index has them; those of the first segment are that already."""
    return codes if np.array_equal(again, np.arange(len(again))) else again[codes]


def concatenated(parts: Sequence[NDArray[np.integer]]) -> Numbers:
    """Numbers one after the other, of 32 bits."""
    return np.concatenate([np.empty(0, np.int32), *parts], dtype=np.int32)
