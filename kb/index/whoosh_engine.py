"""The default engine: Whoosh keeps the index, arrays answer from it.

Whoosh has the schema, the postings and the commits (`kb.index.whoosh_plain`). After a commit the writing
process reads every new segment once into a file of arrays beside it (`kb.index.segment`), named after the
segment, which never changes under that name; readers map these files and evaluate the query tree on them.
A commit of one publication makes a small segment, so that this costs milliseconds. Where a file is missing or
damaged (a killed writer, a cut disk), plain Whoosh answers in its stead, slower and the same, until the next
opening for writing makes the file again.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from kb.errors import IndexUnavailableError
from kb.index.answer import answer
from kb.index.columns import Row, columns
from kb.index.document import TEXT_FIELDS, Document
from kb.index.evaluate import Reading
from kb.index.segment import Field, FieldBuilder, Segment, open_segment, write_segment
from kb.index.tree import Found, Node, Request
from kb.index.whoosh_codec import ArraysCodec
from kb.index.whoosh_plain import PlainWhooshEngine, damage, numbers, write
from kb.index.whoosh_schema import schema, values

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # Whoosh 2.7.4's own source warns of its escapes when first compiled
    from whoosh import index
    from whoosh.reading import SegmentReader

_POSTINGS = (*TEXT_FIELDS, "concept", "identifier", "written")
_ENDING = ".arrays"


class WhooshEngine:
    """See `kb.index.engine.Engine`."""

    def __init__(self, folder: Path, *, writable: bool) -> None:
        self._folder = folder
        self._plain: PlainWhooshEngine | None = None
        self._opened: dict[str, Segment] = {}
        with damage():
            if writable and not index.exists_in(folder):
                folder.mkdir(parents=True, exist_ok=True)
                self._index = index.create_in(folder, schema())
            else:
                self._index = index.open_dir(folder)
            if writable:
                self._read_segments()
        self.refresh()

    def apply(self, documents: Iterable[Document], removed: Iterable[str] = ()) -> None:
        # Read first: what the store raises is no damage of the index.
        fresh = {each.id: values(each) for each in documents}
        with damage():
            codec = ArraysCodec()
            write(self._index, fresh, removed, self._numbers, codec=codec)
            self._read_segments(codec.built)
        self.refresh()

    def refresh(self) -> None:
        with damage():
            segments = self._segments()
        self._close_plain()
        try:
            self._opened = {each.segment_id(): self._open(each) for each in segments}
            parts = [(self._opened[each.segment_id()], frozenset(each.deleted_docs())) for each in segments]
            self._reading = Reading(parts)
            self._names = [each.segment_id() for each in segments]
        except IndexUnavailableError:
            self._reading, self._names = Reading(()), []
            self._plain = PlainWhooshEngine(self._folder, writable=False)

    def search(self, request: Request) -> Found:
        if self._plain is not None and all(self._file(each).exists() for each in self._segments()):
            self.refresh()  # the writer may have made the files again
        if self._plain is not None:
            return self._plain.search(request)
        found = self._reading.match(request.tree)
        return answer(request, self._reading.columns, found.documents, found.scores)

    def count(self, nodes: Sequence[Node]) -> tuple[int, ...]:
        if self._plain is not None:
            return self._plain.count(nodes)
        return tuple(len(self._reading.match(node).documents) for node in nodes)

    def written(self) -> Mapping[str, int]:
        return self._reading.written() if self._plain is None else self._plain.written()

    def ids(self) -> frozenset[str]:
        if self._plain is not None:
            return self._plain.ids()
        held = self._reading
        return frozenset(id for id, alive in zip(held.columns.ids, held.live, strict=True) if alive)

    def close(self) -> None:
        self._close_plain()
        self._index.close()

    def _close_plain(self) -> None:
        if self._plain is not None:
            self._plain.close()
        self._plain = None

    def _segments(self) -> list[Any]:
        segments: list[Any] = index.TOC.read(self._index.storage, self._index.indexname).segments
        return segments

    def _file(self, segment: Any) -> Path:
        return self._folder / f"{segment.segment_id()}{_ENDING}"

    def _open(self, segment: Any) -> Segment:
        opened = self._opened.get(segment.segment_id())
        return opened or open_segment(self._file(segment), segment.doc_count_all())

    def _numbers(self, writer: Any, ids: Iterable[str]) -> list[int]:
        """What `numbers` finds, from what was read already where nobody has written since."""
        if self._reading is None or [each.segment_id() for each in writer.segments] != self._names:
            return numbers(writer, ids)
        return self._reading.numbers(frozenset(ids))

    def _read_segments(self, built: Mapping[str, Mapping[str, FieldBuilder]] | None = None) -> None:
        """Make the arrays of every segment that has none or damaged ones; forget those of segments merged away.

        `built` are the postings that were gathered while a segment was written.
        """
        segments = self._segments()
        for segment in segments:
            try:
                self._opened[segment.segment_id()] = self._open(segment)
            except IndexUnavailableError:
                gathered = (built or {}).get(segment.segment_id())
                write_segment(self._file(segment), _arrays(self._index, segment, gathered))
        kept = {self._file(each).name for each in segments}
        for file in self._folder.glob(f"*{_ENDING}*"):
            if file.name not in kept:
                file.unlink(missing_ok=True)


def _arrays(opened: Any, segment: Any, gathered: Mapping[str, FieldBuilder] | None) -> Segment:
    """A segment as Whoosh reads it, in arrays."""
    reader = SegmentReader(opened.storage, opened.schema, segment)
    try:
        decoder = msgspec.json.Decoder(Row)
        rows = [decoder.decode(reader.stored_fields(number)["row"]) for number in range(reader.doc_count_all())]
        built = {name: _read(reader, name) for name in _POSTINGS} if gathered is None else gathered
        fields = {name: _field(reader, name, built.get(name) or FieldBuilder()) for name in _POSTINGS}
        return Segment(fields, columns(rows))
    finally:
        reader.close()


def _read(reader: Any, name: str) -> FieldBuilder:
    builder = FieldBuilder()
    for term in reader.lexicon(name):
        documents, frequencies, positions = [], [], bytearray()
        matcher = reader.postings(name, term)
        while matcher.is_active():
            documents.append(matcher.id())
            frequencies.append(int(matcher.weight()))
            positions += matcher.value() or b""
            matcher.next()
        builder.add(term, documents, frequencies, positions)
    return builder


def _field(reader: Any, name: str, builder: FieldBuilder) -> Field:
    numbers = range(reader.doc_count_all())
    scorable = reader.schema[name].scorable
    lengths = [reader.doc_field_length(number, name) or 0 for number in numbers] if scorable else [1] * len(numbers)
    return builder.field(lengths, reader.field_length(name) if scorable else len(numbers))
