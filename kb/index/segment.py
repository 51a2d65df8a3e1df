"""One segment of an index as arrays in one file: every posting of it, its lengths and its columns.

The file is made once from an engine's segment, never changed, and mapped into memory: opening it reads its
table of contents and checks its sum, and a query touches only the postings of its words.

    magic, length of the table, table (JSON), arrays (each at a multiple of 64), CRC-32 of all before it

For each field the terms stand sorted, so that a word is found by halving (`heads`, the first eight bytes of every
term as a number, make this quick) and a prefix is a stretch; term t
has the documents `docs[starts[t]:starts[t + 1]]`, ascending, with their frequencies beside them, and the
positions of all of these one after the other from `places[t]` on.
"""

from __future__ import annotations

import mmap
import os
import zlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from kb.errors import IndexUnavailableError
from kb.index.bags import Bag
from kb.index.columns import Columns

_MAGIC = b"touchstone segment 2\n"
_ALIGN = 64
_HEAD = 8  # bytes of a term that a head holds


class Field(msgspec.Struct, frozen=True):
    """The postings of one field. `lengths` is the number of words by document, `total` of all of them."""

    terms: bytes
    ends: NDArray[np.uint32]
    heads: NDArray[np.uint64]
    starts: NDArray[np.int64]
    documents: NDArray[np.uint32]
    frequencies: NDArray[np.uint16]
    places: NDArray[np.int64]
    positions: NDArray[np.uint16]
    lengths: NDArray[np.uint16]
    total: float

    def term(self, number: int) -> bytes:
        """The term of that number."""
        return self.terms[int(self.ends[number - 1]) if number else 0 : int(self.ends[number])]

    def find(self, term: bytes, head: int) -> int | None:
        """The number of `term`, whose head is `head`, where it is there."""
        heads = self.heads.data
        at = bisect_left(heads, head)
        if at == len(heads) or heads[at] != head:
            return None
        if len(term) <= _HEAD:  # the head is all of it: no term has a zero byte, nor is one with this head shorter
            return at if self.ends[at] - (self.ends[at - 1] if at else 0) == len(term) else None
        at = bisect_left(range(len(heads)), term, lo=at, hi=bisect_right(heads, head, lo=at), key=self.term)
        return at if at < len(heads) and self.term(at) == term else None

    def beginning(self, start: bytes) -> range:
        """The numbers of the terms that begin so."""
        numbers, heads = range(len(self.ends)), self.heads.data
        first, last = bisect_left(heads, head_of(start)), bisect_right(heads, head_of(start, b"\xff"))
        low = bisect_left(numbers, start, lo=first, hi=last, key=self.term)
        return range(
            low, bisect_left(numbers, True, lo=low, hi=last, key=lambda at: not self.term(at).startswith(start))
        )

    def spots(self, number: int) -> NDArray[np.int64]:
        """Every place of a term, ascending: document * 65,536 + position."""
        stretch = slice(self.starts[number], self.starts[number + 1])
        documents: NDArray[np.int64] = np.repeat(
            self.documents[stretch].astype(np.int64) * 65_536, self.frequencies[stretch]
        )
        return documents + self.positions[self.places[number] : self.places[number] + len(documents)]


class Segment(msgspec.Struct, frozen=True):
    """A segment's fields by name, and its columns; its documents are numbered from 0."""

    fields: Mapping[str, Field]
    columns: Columns


class _Table(msgspec.Struct, frozen=True):
    name: str  # of the file; one that was put under another's is told
    arrays: dict[str, tuple[str, int, int]]  # name -> type, offset, number
    values: dict[str, tuple[str, ...]]
    totals: dict[str, float]


class FieldBuilder:
    """Gathers the postings of one field, term by term in the order of the terms."""

    def __init__(self) -> None:
        self._terms, self._ends, self._heads = bytearray(), list[int](), list[int]()
        self._starts, self._places = [0], [0]
        self._documents, self._frequencies, self._positions = bytearray(), bytearray(), bytearray()

    def add(
        self, term: bytes, documents: Sequence[int], frequencies: Sequence[float], positions: bytes | bytearray
    ) -> None:
        """The postings of the next term; `positions` are those of all its documents as 16-bit numbers."""
        self._terms += term
        self._ends.append(len(self._terms))
        self._heads.append(head_of(term))
        self._documents += np.array(documents, np.uint32).tobytes()
        self._frequencies += np.minimum(frequencies, 0xFFFF).astype(np.uint16).tobytes()
        self._positions += positions
        self._starts.append(len(self._documents) // 4)
        self._places.append(len(self._positions) // 2)

    def field(self, lengths: Iterable[int], total: float) -> Field:
        """The field, with the lengths of its documents."""
        return Field(
            bytes(self._terms),
            np.array(self._ends, np.uint32),
            np.array(self._heads, np.uint64),
            np.array(self._starts, np.int64),
            np.frombuffer(bytes(self._documents), np.uint32),
            np.frombuffer(bytes(self._frequencies), np.uint16),
            np.array(self._places, np.int64),
            np.frombuffer(bytes(self._positions), np.uint16),
            np.minimum(np.fromiter(lengths, np.int64), 0xFFFF).astype(np.uint16),
            total,
        )


def write_segment(path: Path, segment: Segment) -> None:
    """Write a segment's file, so that whoever looks finds it whole or not at all."""
    arrays: dict[str, NDArray[Any]] = {}
    for name, field in segment.fields.items():
        arrays[f"{name}.terms"] = np.frombuffer(field.terms, np.uint8)
        arrays |= {f"{name}.{part}": getattr(field, part) for part in Field.__struct_fields__[1:-1]}
    held = segment.columns
    arrays |= {part: getattr(held, part) for part in ("year", "n", "level", "says")}
    arrays["ids"] = np.frombuffer("\n".join(held.ids).encode(), np.uint8)
    for name, bag in _bags(held):
        arrays |= {f"{name}.starts": bag.starts, f"{name}.codes": bag.codes}
    places: dict[str, tuple[str, int, int]] = {}
    end = 0
    for name, array in arrays.items():
        places[name] = (array.dtype.str, end, len(array))
        end += -(-array.nbytes // _ALIGN) * _ALIGN
    totals = {name: field.total for name, field in segment.fields.items()}
    table = msgspec.json.encode(_Table(path.name, places, {name: bag.values for name, bag in _bags(held)}, totals))
    head = _MAGIC + len(table).to_bytes(8, "little") + table
    head += b"\0" * (-len(head) % _ALIGN)
    draft = path.with_name(path.name + ".new")
    with draft.open("wb") as file:
        checked = zlib.crc32(head)
        file.write(head)
        for array in arrays.values():
            padded = array.tobytes() + b"\0" * (-array.nbytes % _ALIGN)
            checked = zlib.crc32(padded, checked)
            file.write(padded)
        file.write(checked.to_bytes(4, "little"))
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def open_segment(path: Path, documents: int) -> Segment:
    """The segment in a file, which must be whole and of that many documents: else `IndexUnavailableError`."""
    try:
        with path.open("rb") as file:
            content = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        if zlib.crc32(content[:-4]) != int.from_bytes(content[-4:], "little") or content[: len(_MAGIC)] != _MAGIC:
            raise ValueError("it is damaged")
        begins = len(_MAGIC) + 8
        ends = begins + int.from_bytes(content[len(_MAGIC) : begins], "little")
        table = msgspec.json.decode(content[begins:ends], type=_Table)
        segment = _segment(table, content[-(-ends // _ALIGN) * _ALIGN :])
        if (table.name, len(segment.columns.ids)) != (path.name, documents):
            raise ValueError("it is of another segment")
    except (OSError, ValueError, KeyError) as error:
        raise IndexUnavailableError(f"{path.name} cannot be used: {error}") from error
    return segment


def _segment(table: _Table, content: memoryview) -> Segment:
    def array(name: str) -> NDArray[Any]:
        kind, start, number = table.arrays[name]
        return np.frombuffer(content, np.dtype(kind), number, start)

    def bag(name: str) -> Bag:
        return Bag(table.values[name], array(f"{name}.starts"), array(f"{name}.codes"))

    def field(name: str) -> Field:
        parts = {part: array(f"{name}.{part}") for part in Field.__struct_fields__[1:-1]}
        return Field(array(f"{name}.terms").tobytes(), **parts, total=table.totals[name])

    ids = bytes(array("ids")).decode()
    held = Columns(
        ids=tuple(ids.split("\n")) if ids else (),
        facets=tuple(bag(f"facet {at}") for at in range(sum(name.startswith("facet ") for name in table.values))),
        year=array("year"),
        n=array("n"),
        level=array("level"),
        says=array("says"),
        study=bag("study"),
        cells=bag("cells"),
    )
    return Segment({name: field(name) for name in table.totals}, held)


def head_of(term: bytes, rest: bytes = b"\0") -> int:
    """The first bytes of a term as a number: terms are in the order of their heads."""
    return int.from_bytes(term[:_HEAD].ljust(_HEAD, rest), "big")


def _bags(held: Columns) -> Iterator[tuple[str, Bag]]:
    yield "study", held.study
    yield "cells", held.cells
    yield from ((f"facet {at}", bag) for at, bag in enumerate(held.facets))
