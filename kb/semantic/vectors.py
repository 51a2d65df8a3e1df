"""The vectors of an index's documents: the reader that compares, and the writer that appends.

Vectors of another model, and a file that is something else, are treated as absent and not as an error: they
are a view of the store, search goes on by words without them, and the next writer begins the file anew. The
newest row of an id wins. Rows of documents that are gone may stay: whoever asks leaves them out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kb.errors import IndexUnavailableError
from kb.semantic.rows import RowFile, ids_of

_SLACK = 1e-5  # more than a cosine in 32 bits can be wrong by


class Vectors:
    """The vectors in a folder, in memory, from any thread: 1.5 KB a document, in each process.

    They are kept in 32 bits there, for NumPy multiplies those of 16 bits 25 times slower.
    """

    _head: bytes
    _done: int  # rows of the file that were read
    _ids: list[str]
    _row: dict[str, int]
    _matrix: NDArray[np.float32]  # a row an id, and room for more

    def __init__(self, folder: Path, model: str, size: int = 384) -> None:
        self._file = RowFile(folder, model, size)
        self._lock = Lock()
        self._forget(b"")
        self.refresh()

    def __len__(self) -> int:
        """How many ids have a vector."""
        return len(self._ids)

    def refresh(self) -> None:
        """Take up the rows appended since the last time, or all of a file that was begun anew.

        This costs 0.01 ms where nothing is new. A file that cannot be read is absent.
        """
        with self._lock:
            try:
                with self._file.path.open("rb") as file:
                    self._follow(file)
            except OSError:
                self._forget(b"")

    def nearest(self, vector: ArrayLike, most: int) -> tuple[tuple[str, float], ...]:
        """The ids whose vectors are most like `vector`, with their cosines, best first; equal ones by id."""
        asked = _unit(vector)
        with self._lock:
            most = min(most, len(self._ids))
            if most < 1:
                return ()
            rough = self._matrix[: len(self._ids)] @ asked
            rows = np.flatnonzero(rough >= np.partition(rough, -most)[-most] - _SLACK)
            found = zip((self._ids[row] for row in rows), self._cosines(asked, rows), strict=True)
            return tuple(sorted(found, key=lambda each: (-each[1], each[0]))[:most])

    def likeness(self, vector: ArrayLike, ids: Sequence[str]) -> tuple[float | None, ...]:
        """The cosine of each of `ids` with `vector`; None for one that has no vector."""
        asked = _unit(vector)
        with self._lock:
            rows = [self._row.get(each) for each in ids]
            known = np.array([row for row in rows if row is not None], np.int64)
            cosines = iter(self._cosines(asked, known))
            return tuple(None if row is None else next(cosines) for row in rows)

    def _cosines(self, asked: NDArray[np.float32], rows: NDArray[np.int64]) -> list[float]:
        """Summed row by row, so that equal vectors are equally like; a matrix product sums as its blocks fall."""
        products = self._matrix[rows].astype(np.float64) * asked
        found: list[float] = products.sum(axis=1).tolist()
        return found

    def _follow(self, file: BinaryIO) -> None:
        head, there = self._file.head(file), self._file.count(file)
        if head != self._head or there < self._done:
            self._forget(head)
        if head:
            self._make_room(len(self._ids) + there - self._done)
            for at, rows, whole in self._file.read(file, self._done, there):
                self._take(at, rows, whole)

    def _take(self, at: int, rows: NDArray[Any], whole: NDArray[np.bool_]) -> None:
        """Take up those rows that are whole. Broken ones at the end are looked at again: they may be in the making."""
        places = []
        for each in ids_of(rows[whole]):
            places.append(self._row.setdefault(each, len(self._ids)))
            if places[-1] == len(self._ids):
                self._ids.append(each)
        if places:
            self._matrix[places] = _unit(rows["vector"][whole])  # of a place named twice, NumPy keeps the last
            self._done = at + int(np.flatnonzero(whole)[-1]) + 1

    def _make_room(self, wanted: int) -> None:
        if wanted > len(self._matrix):
            grown = np.zeros((wanted + wanted // 8, self._file.size), np.float32)
            grown[: len(self._ids)] = self._matrix[: len(self._ids)]
            self._matrix = grown

    def _forget(self, head: bytes) -> None:
        self._head, self._done, self._ids, self._row = head, 0, [], {}
        self._matrix = np.zeros((0, self._file.size), np.float32)


class VectorWriter:
    """Appends to the vectors in a folder, beginning the file where there is none of this model.

    Used by one process at a time. `ids` tells what is there, and no note need be kept beside it: what was
    lost, or is of another model, is simply not among them. What cannot be read or written ends in
    `kb.errors.IndexUnavailableError`.
    """

    def __init__(self, folder: Path, model: str, size: int = 384) -> None:
        self._file = RowFile(folder, model, size)
        with self._translated():
            self._file.begin()

    def add(self, ids: Sequence[str], vectors: ArrayLike) -> None:
        """Append the vector of each of `ids`, in place of one it had. When this returns, they are on the disk."""
        with self._translated():
            self._file.append(ids, vectors)

    def ids(self) -> frozenset[str]:
        """The ids that have a vector, those of removed documents too. This reads the file."""
        with self._translated(), self._file.path.open("rb") as file:
            blocks = self._file.read(file, 0, self._file.count(file))
            return frozenset(each for _, rows, whole in blocks for each in ids_of(rows[whole]))

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise IndexUnavailableError(f"{self._file.path} cannot be used: {error.strerror or error}") from error


def _unit(vectors: ArrayLike) -> NDArray[np.float32]:
    """At length 1, which 16 bits have moved a little; a vector of nothing stays as it is."""
    wide = np.asarray(vectors, np.float32)
    lengths = np.linalg.norm(wide, axis=-1, keepdims=True)
    return (wide / np.where(lengths > 0, lengths, 1)).astype(np.float32, copy=False)
