"""Whoosh alone, embedded and pure Python: right, and slow from some ten thousand publications on.

The default engine (`kb.index.whoosh_engine`) keeps its index through this one, and is held to its answers.
What was learnt of Whoosh, each by a test that failed: `Searcher.refresh()` goes on showing deleted
documents, so a new searcher is opened after each commit (30 to 100 ms) and kept until the next; a searcher
shared by threads returns wrong results silently, so `kb.index.IndexReader` lets one thread in at a time; its
files are never synced, so anything it raises on reading means "damaged", and a damaged index is rebuilt from
the store.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from math import log
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from kb.errors import IndexUnavailableError
from kb.index.answer import answer
from kb.index.columns import Columns, Row, columns, joined
from kb.index.document import Document
from kb.index.tree import Found, Node, Request
from kb.index.whoosh_query import Bm25, compiled
from kb.index.whoosh_schema import schema, values

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # Whoosh 2.7.4's own source warns of its escapes when first compiled
    from whoosh import index
    from whoosh.reading import SegmentReader

_GROWTH = 14  # segments of one size that are merged, and how much larger the next size is


class PlainWhooshEngine:
    """See `kb.index.engine.Engine`."""

    def __init__(self, folder: Path, *, writable: bool) -> None:
        with damage():
            if writable and not index.exists_in(folder):
                folder.mkdir(parents=True, exist_ok=True)
                self._index = index.create_in(folder, schema())
            else:
                self._index = index.open_dir(folder)
            self._look()

    def apply(self, documents: Iterable[Document], removed: Iterable[str] = ()) -> None:
        # Read first: what the store raises is no damage of the index.
        fresh = {each.id: values(each) for each in documents}
        with damage():
            write(self._index, fresh, removed)
        self.refresh()

    def refresh(self) -> None:
        with damage():
            self._searcher.close()
            self._look()

    def search(self, request: Request) -> Found:
        with damage():
            results = self._searcher.search(compiled(request.tree, self._searcher), limit=None)
            # A query of Not alone finds deleted documents too.
            held = ((self._numbers.get(number), score) for number, score in results.items())
            scored = sorted((number, score) for number, score in held if number is not None)
        documents = np.array([number for number, _ in scored], np.intp)
        return answer(request, self._columns, documents, np.array([score for _, score in scored], np.float64))

    def count(self, nodes: Sequence[Node]) -> tuple[int, ...]:
        return tuple(self.search(Request(tree=node, limit=0, counted=False)).total for node in nodes)

    def written(self) -> Mapping[str, int]:
        with damage():
            reader = self._searcher.reader()
            return {term.decode(): reader.doc_frequency("written", term) for term in reader.lexicon("written")}

    def ids(self) -> frozenset[str]:
        return frozenset(self._columns.ids)

    def close(self) -> None:
        self._searcher.close()
        self._index.close()

    def _look(self) -> None:
        self._searcher = self._index.searcher(weighting=Bm25())
        decoder = msgspec.json.Decoder(Row)
        stored = [(number, decoder.decode(each["row"])) for number, each in self._searcher.reader().iter_docs()]
        self._numbers = {number: at for at, (number, _) in enumerate(stored)}
        self._columns: Columns = joined([columns([row for _, row in stored])])


@contextmanager
def damage() -> Iterator[None]:
    """Whatever Whoosh raises, as `IndexUnavailableError`: an emptied or cut file shows itself in many ways."""
    try:
        yield
    except IndexUnavailableError:
        raise
    except Exception as error:  # TypeError, struct.error, KeyError, EOFError ...
        raise IndexUnavailableError(f"the index cannot be used: {error or type(error).__name__}") from error


def numbers(writer: Any, ids: Iterable[str]) -> list[int]:
    """The numbers of the documents of these ids. Opening a searcher costs Whoosh a copy of the whole index."""
    if not writer.segments:
        return []
    with writer.searcher() as searcher:
        return [number for id in ids for number in searcher.document_numbers(id=id)]


def write(
    opened: Any,
    fresh: dict[str, dict[str, Any]],
    removed: Iterable[str],
    numbered: Callable[[Any, Iterable[str]], Iterable[int]] = numbers,
    **options: Any,
) -> None:
    """One commit: `fresh` rows in place of those of the same id, and `removed` forgotten."""
    # Room for all of a commit: postings that Whoosh has to put aside and fetch again cost a third of the speed.
    writer = opened.writer(limitmb=1_024, **options)
    try:
        for number in numbered(writer, (*fresh, *removed)):
            writer.delete_document(number)
        for each in fresh.values():
            writer.add_document(**each)
    except BaseException:
        writer.cancel()
        raise
    writer.commit(mergetype=merged)


def merged(writer: Any, segments: list[Any]) -> list[Any]:
    """Merge segments of one size where there are many, and what is half deleted: a document is written a few times.

    Sizes are powers of `_GROWTH`. Returns the segments that stay. (Whoosh's own policy merges all small ones each
    time there are five, and a first indexing in parts would write most of them twice.)
    """
    sizes: dict[int, list[Any]] = {}
    for each in segments:
        sizes.setdefault(int(log(max(each.doc_count_all(), 1), _GROWTH)), []).append(each)
    many = [each for group in sizes.values() if len(group) >= _GROWTH for each in group]
    many += [each for each in segments if each not in many and 2 * each.deleted_count() > each.doc_count_all()]
    for each in many:
        reader = SegmentReader(writer.storage, writer.schema, each)
        writer.add_reader(reader)
        reader.close()
    return [each for each in segments if each not in many]
