"""The file of the vectors: a head, and rows of one length behind it, to which a commit only appends.

    head (256 bytes): what it is, the model's name, the size of a vector, a mark of this very file
    row: CRC-32 of the rest, id (UTF-8, NUL-padded), vector (16-bit floats)

A row counts when it is whole, by length and by sum. What a crash or a full disk left of one is passed over
by readers, and cut off by the writer before it appends; so are the zeros that a power cut can leave. The
head is written with the file's birth, beside its place, and never changed: it is there whole or not at all.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import ArrayLike, NDArray

_NAME = "vectors.bin"
_HEAD = 256
_ID = 124  # bytes; a publication's id has 116 at most, and perhaps a number behind them
_BLOCK = 4_096  # rows read at a time, so that little is in memory twice


class RowFile:
    """The file in `folder`, for vectors of that model and size. Everything here may raise OSError."""

    def __init__(self, folder: Path, model: str, size: int) -> None:
        self.path, self.size = folder / _NAME, size
        self._start = f"touchstone vectors 1\n{model}\n{size}\n".encode()
        self._row = np.dtype([("sum", "<u4"), ("id", f"S{_ID}"), ("vector", "<f2", (size,))])

    def head(self, file: BinaryIO) -> bytes:
        """The head of an open file; empty where it is not a file of this model."""
        file.seek(0)
        head = file.read(_HEAD)
        return head if len(head) == _HEAD and head.startswith(self._start) else b""

    def begin(self) -> None:
        """Make an empty file, in place of one of another model, where there is none of this."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        if self.path.exists():
            with self.path.open("rb") as file:
                if self.head(file):
                    return
        mark = os.urandom(16).hex().encode()
        draft = self.path.with_name(f"{_NAME}.new")
        with draft.open("wb") as file:
            file.write((self._start + mark + b"\n").ljust(_HEAD, b"\0"))
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self.path)

    def count(self, file: BinaryIO) -> int:
        """How many rows an open file has by its length, whole or broken."""
        return max(0, file.seek(0, os.SEEK_END) - _HEAD) // self._row.itemsize

    def read(self, file: BinaryIO, start: int, end: int) -> Iterator[tuple[int, NDArray[Any], NDArray[np.bool_]]]:
        """The rows of these numbers in blocks: the number of the first, the rows, and which of them are whole."""
        for at in range(start, end, _BLOCK):
            file.seek(_HEAD + at * self._row.itemsize)
            content = file.read((min(end, at + _BLOCK) - at) * self._row.itemsize)
            rows = np.frombuffer(content, self._row, len(content) // self._row.itemsize)
            yield at, rows, rows["sum"] == _sums(rows)

    def append(self, ids: Sequence[str], vectors: ArrayLike) -> None:
        """Write rows behind the last that is whole. When this returns, they are on the disk."""
        rows = self._rows(ids, vectors)
        with self.path.open("r+b") as file:
            file.seek(file.truncate(self._end(file)))
            file.write(rows.tobytes())
            file.flush()
            os.fsync(file.fileno())

    def _end(self, file: BinaryIO) -> int:
        number = self.count(file)
        while number and not next(self.read(file, number - 1, number))[2].all():
            number -= 1
        return _HEAD + number * self._row.itemsize

    def _rows(self, ids: Sequence[str], vectors: ArrayLike) -> NDArray[Any]:
        names, values = [each.encode() for each in ids], np.asarray(vectors, np.float32)
        if values.shape != (len(names), self.size) or not np.isfinite(values).all():
            raise ValueError(f"{len(names)} ids want as many vectors of {self.size} numbers, not {values.shape}")
        if any(not 0 < len(each) <= _ID or b"\0" in each for each in names):
            raise ValueError(f"an id has 1 to {_ID} bytes, and no NUL among them")
        rows = np.zeros(len(names), self._row)
        rows["id"], rows["vector"] = names, values
        rows["sum"] = _sums(rows)
        return rows


def ids_of(rows: NDArray[Any]) -> list[str]:
    """The ids of rows that are whole."""
    return [each.decode() for each in rows["id"].tolist()]


def _sums(rows: NDArray[Any]) -> NDArray[np.uint32]:
    content, size = memoryview(rows.tobytes()), rows.dtype.itemsize
    starts = range(0, len(content), size)
    return np.fromiter((zlib.crc32(content[at + 4 : at + size]) for at in starts), np.uint32, len(rows))
