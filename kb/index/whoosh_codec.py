"""Whoosh's own codec, which gathers a segment's postings in arrays as they pass.

To read them again after the commit would cost as much as half of what Whoosh needs to write them. What is written
is Whoosh's format to the letter, and is read as such.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

from kb.index.segment import FieldBuilder

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # Whoosh 2.7.4's own source warns of its escapes when first compiled
    from whoosh.codec.whoosh3 import W3Codec, W3FieldWriter


class ArraysCodec(W3Codec):  # type: ignore[misc]  # Whoosh 2.7.4 is untyped
    """`built` has the postings by the segment's id and the field."""

    def __init__(self) -> None:
        super().__init__()
        self.built: dict[str, dict[str, FieldBuilder]] = {}

    def __reduce__(self) -> Any:
        return W3Codec, ()  # a segment is kept with its codec, and is read as any of Whoosh's

    def field_writer(self, storage: Any, segment: Any) -> Any:
        return _FieldWriter(self, storage, segment)


class _FieldWriter(W3FieldWriter):  # type: ignore[misc]
    def __init__(self, codec: ArraysCodec, storage: Any, segment: Any) -> None:
        super().__init__(codec, storage, segment)
        self._built = codec.built.setdefault(segment.segment_id(), {})

    def add_postings(self, schema: Any, lengths: Any, items: Any) -> None:
        super().add_postings(schema, _Lengths(lengths), items)

    def start_field(self, fieldname: str, fieldobj: Any) -> None:
        super().start_field(fieldname, fieldobj)
        self._builder = self._built.setdefault(fieldname, FieldBuilder())

    def start_term(self, btext: bytes) -> None:
        super().start_term(btext)
        self._documents, self._frequencies, self._positions = list[int](), list[float](), list[bytes]()

    def add(self, docnum: int, weight: float, vbytes: bytes, length: int) -> None:
        self._postwriter.add_posting(docnum, weight, vbytes, length)
        self._documents.append(docnum)
        self._frequencies.append(weight)
        self._positions.append(vbytes or b"")

    def finish_term(self) -> None:
        super().finish_term()
        self._builder.add(self._btext, self._documents, self._frequencies, b"".join(self._positions))


class _Lengths:
    """The lengths of documents, each field read once: Whoosh asks for every posting, and reads its column each time."""

    def __init__(self, lengths: Any) -> None:
        self._lengths = lengths
        self._held: dict[str, list[int]] = {}

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        return self.doc_field_length_reader(fieldname)(docnum)

    def doc_field_length_reader(self, fieldname: str) -> Callable[[int], int]:
        if fieldname not in self._held:
            numbers = range(self._lengths.doc_count_all())
            self._held[fieldname] = [self._lengths.doc_field_length(number, fieldname) for number in numbers]
        return self._held[fieldname].__getitem__
