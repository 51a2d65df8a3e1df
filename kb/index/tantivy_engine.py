"""Tantivy behind the port: for 200,000 publications and up to some millions on one machine. An extra.

It finds, scores, counts and orders in its own code; Python sees the page and the counts alone. What it cannot do
is done here. It orders by one thing, so the first of an order are fetched, more of them until none of the rest
can belong on the page, and put in order by all that decides. It knows nothing of studies: what papers of one
study say is counted by study and put together here.

What was learnt of it. Past 65,000 buckets an aggregation is an error and no answer: the votes of shared studies
are therefore counted a part of the studies at a time. Several long-lived `Index` objects that write leak segment
files: each commit has an `Index` of its own, one thread, and waits for its merges. Whatever it raises is a
`ValueError`, or, where Rust panicked, a `BaseException` that no `except Exception` catches. A lost or cut file is
told on opening, a flipped byte not always. Files are mapped into memory: one that is cut while a reader has it
open ends the reader's process (SIGBUS), so a folder is replaced as a whole and never touched. Opening for reading
writes nothing, but takes the lock file in the folder, for which it needs the right to write it.

Scores are Tantivy's own BM25 with the weights of `kb.index.ranking`: 32 bits, lengths of long texts rounded to one
byte. They are compared by `_DIGITS` digits of the best, for the parts of a sum are added in an order that may
differ from one segment to the next, and with it the last bits.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tantivy import DocAddress, Index, Order, Query

from kb.errors import IndexUnavailableError
from kb.facets import COUNTED
from kb.index import tantivy_schema as fields
from kb.index.bags import NOT_STATED
from kb.index.document import Document
from kb.index.ranking import EVIDENCE, evidence
from kb.index.tree import Found, Node, Request
from kb.votes import Verdicts

_HEAP = 100_000_000  # bytes that a commit may hold before it writes a segment
_VALUES = 60_000  # of a facet, and of anything else that is counted: the most that there may be
_AT_ONCE = 30_000  # votes of shared studies, about
_DIGITS = 5
_EVIDENCE = np.array([*(evidence(level) for level in range(fields.NO_LEVEL)), 0.0])

Counts = tuple[tuple[Any, int], ...]
_Hit = tuple[str, float]  # an id, and its score

# What is ordered by, and what makes the least of its values the first.
_ORDERS: dict[str, tuple[str, Callable[[int], float]]] = {
    "level": ("level", float),
    "newest": ("year", lambda year: -year),
    "oldest": ("year", lambda year: float("inf") if year == NOT_STATED else year),
    "largest": ("n", lambda n: -n),
}


class TantivyEngine:
    """See `kb.index.engine.Engine`."""

    def __init__(self, folder: Path, *, writable: bool) -> None:
        self._folder = str(folder)
        with _damage():
            if writable:
                folder.mkdir(parents=True, exist_ok=True)
                if not any(folder.iterdir()):  # a folder that lost its table of contents is damaged, not new
                    Index(fields.schema(), self._folder)
            self._index = Index.open(self._folder)
            self._index.config_reader("manual")
            self._searcher = self._index.searcher()

    def apply(self, documents: Iterable[Document], removed: Iterable[str] = ()) -> None:
        # Read first: what the store raises is no damage of the index.
        fresh = {each.id: fields.row(each) for each in documents}
        old = (*fresh, *removed)
        with _damage():
            writer = Index.open(self._folder).writer(_HEAP, num_threads=1)
            try:
                for id in old:
                    writer.delete_documents_by_term("id", id)
                for each in fresh.values():
                    writer.add_document(each)
                writer.commit()
            finally:
                writer.wait_merging_threads()
        self.refresh()

    def refresh(self) -> None:
        with _damage():
            self._index.reload()
            self._searcher = self._index.searcher()

    def search(self, request: Request) -> Found:
        with _damage():
            found = self._compiled(request.tree)
            chosen = {facet: fields.having(self._index.schema, facet, values) for facet, values in request.chosen}
            kept = fields.every([found, *chosen.values()])
            if not request.counted:
                total = self._count(kept)
                return _found(request, total, self._page(kept, request, total))
            others = tuple(facet for facet in COUNTED if facet not in chosen)
            counted = self._counted(kept, "vote", *map(fields.facet_field, others))
            for facet in chosen.keys() & set(COUNTED):
                rest = [query for name, query in chosen.items() if name != facet]
                counted |= self._counted(fields.every([found, *rest]), fields.facet_field(facet))
            counts = tuple((facet, counted[fields.facet_field(facet)]) for facet in COUNTED)
            tally = fields.tally(counted["vote"], self._shared(kept))
            total = self._count(kept)
            return _found(request, total, self._page(kept, request, total), counts, tally)

    def count(self, nodes: Sequence[Node]) -> tuple[int, ...]:
        with _damage():
            return tuple(self._count(self._compiled(node)) for node in nodes)

    def written(self) -> Mapping[str, int]:
        with _damage():
            return dict(self._searcher.terms_with_prefix("written", "", Query.all_query()))

    def ids(self) -> frozenset[str]:
        with _damage():
            return frozenset(id for id, _ in self._searcher.terms_with_prefix("id", "", Query.all_query()))

    def close(self) -> None:
        del self._searcher, self._index

    def _compiled(self, node: Node) -> Query:
        return fields.compiled(node, self._index.schema, self._searcher)

    def _count(self, query: Query, field: str = "year") -> int:
        """How many values of a field the documents found have; of one that all have, how many documents there are."""
        return int(self._searcher.aggregate(query, {"count": {"value_count": {"field": field}}})["count"]["value"])

    def _counted(self, query: Query, *names: str) -> dict[str, Counts]:
        """For each of these fields its values, and how many of the documents found have each, the commonest first."""
        asked = {name: {"terms": {"field": name, "size": _VALUES, "segment_size": _VALUES}} for name in names}
        answer = self._searcher.aggregate(query, asked)
        found = {name: [(each["key"], each["doc_count"]) for each in answer[name]["buckets"]] for name in names}
        return {name: tuple(sorted(each, key=lambda item: (-item[1], item[0]))) for name, each in found.items()}

    def _shared(self, query: Query) -> Iterator[str]:
        """What is said by the papers found that share their study."""
        parts = math.ceil(self._count(query, "shared") / _AT_ONCE)
        for part in range(parts):
            first, last = (fields.SHELVES * each // parts for each in (part, part + 1))
            some = fields.every([query, fields.equal(self._index.schema, "shelf", first, last - 1)])
            yield from (said for said, _ in self._counted(some, "shared")["shared"])

    def _page(self, query: Query, request: Request, total: int) -> Sequence[_Hit]:
        start, end = request.offset, min(request.offset + request.limit, total)
        if request.after is None:
            return self._hits(query, request, start, end, total)
        if not self._count(fields.every([query, fields.called(self._index.schema, request.after)])):
            return ()
        hits: Sequence[_Hit] = ()
        ids: list[str] = []
        while request.after not in ids[: -request.limit] and len(ids) < total:
            hits = self._hits(query, request, 0, min(4 * len(ids) + 2 * request.limit + 1, total), total)
            ids = [id for id, _ in hits]
        start = ids.index(request.after) + 1
        return hits[start : start + request.limit]

    def _hits(self, query: Query, request: Request, start: int, end: int, total: int) -> Sequence[_Hit]:
        if start >= end:
            return ()
        if request.order == "relevance":
            return tuple(self._best(query, start, end, total, EVIDENCE))
        return tuple(self._by_column(query, start, end, *_ORDERS[request.order]))

    def _by_column(
        self, query: Query, start: int, end: int, column: str, place: Callable[[int], float]
    ) -> Iterator[_Hit]:
        """From `start` to `end` of what `query` finds, by a column and then by score: each of its values by itself."""
        having: dict[int, int] = dict(self._counted(query, column)[column])
        at = 0
        for value in sorted(having, key=place):
            if at + having[value] > start:
                same = fields.every([query, fields.equal(self._index.schema, column, value, value)])
                yield from self._best(same, max(start - at, 0), min(end - at, having[value]), having[value], 0.0)
            at += having[value]
            if at >= end:
                return

    def _best(self, query: Query, start: int, end: int, total: int, share: float) -> Iterable[_Hit]:
        """From `start` to `end` of the `total` that `query` finds, by score, of which designs may add a `share`."""
        size = max(2 * end, 100)
        while True:
            hits = self._searcher.search(query, limit=min(size, total), count=False).hits
            best = hits[0][0]
            if not best:
                return self._unscored(query, start, end)
            places = [place for _, place in hits]
            scores = np.round(np.array([score for score, _ in hits]) / best, _DIGITS)
            raised = scores + share * _EVIDENCE[self._column("level", places)] if share else scores
            edge = np.partition(raised, len(raised) - end)[len(raised) - end]
            if size >= total or edge > scores[-1] + share:
                named = self._named(start, end, places, (raised, scores, self._column("year", places)))
                return [(id, float(score * best)) for id, score in named]
            size *= 4

    def _unscored(self, query: Query, start: int, end: int) -> list[_Hit]:
        """The same where nothing has a score: Tantivy orders by the column that is made for it."""
        found = self._searcher.search(query, end - start, False, "newest", start, Order.Asc)
        return [(key[fields.YEAR_DIGITS :], 0.0) for key, _ in found.hits]

    def _column(self, name: str, places: list[DocAddress]) -> NDArray[np.int64]:
        return np.array(self._searcher.fast_field_values(name, places), np.int64)

    def _named(
        self, start: int, end: int, places: Sequence[DocAddress], keys: Sequence[NDArray[Any]]
    ) -> Iterator[_Hit]:
        """The ids from `start` to `end` with their first key, by the keys, the highest first, and then by id."""
        at = 0
        for _, run in groupby(np.lexsort(keys[::-1])[::-1], lambda number: [key[number] for key in keys]):
            equals = list(run)
            if at + len(equals) > start:
                ids = sorted(self._searcher.doc(places[number])["id"][0] for number in equals)
                yield from ((id, keys[0][equals[0]]) for id in ids[max(start - at, 0) : end - at])
            at += len(equals)
            if at >= end:
                return


def _found(
    request: Request,
    total: int,
    hits: Sequence[_Hit],
    counts: tuple[tuple[str, Counts], ...] = (),
    tally: tuple[Verdicts, ...] = (),
) -> Found:
    scores = tuple(score for _, score in hits) if request.order == "relevance" else ()
    return Found(total, tuple(id for id, _ in hits), scores, counts, tally)


@contextmanager
def _damage() -> Iterator[None]:
    """Whatever Tantivy raises, as `IndexUnavailableError`; what Python itself raises to stop goes on its way."""
    try:
        yield
    except IndexUnavailableError:
        raise
    except BaseException as error:
        if isinstance(error, Exception) or type(error).__module__ == "pyo3_runtime":
            raise IndexUnavailableError(f"the index cannot be used: {error or type(error).__name__}") from error
        raise
