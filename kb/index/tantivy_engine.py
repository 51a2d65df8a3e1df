"""Tantivy behind the port: for 200,000 publications and up to some millions on one machine. An extra.

It finds, scores, counts and orders in its own code; Python sees the page and the counts alone. What it cannot do
is done here. It orders by one thing, so the first of an order are fetched, more of them until none of the rest
can belong on the page, and put in order by all that decides. It knows nothing of studies: what papers of one
study say is counted by study and put together here.

What was learnt of it, each by trying. Its limit is 65,000 buckets an aggregation, and past it there is an error
and no answer: the votes of shared studies are therefore read in pages. Several long-lived `Index` objects that
write leak segment files: each commit has an `Index` of its own, one thread, and waits for its merges. Whatever
it raises is a `ValueError`, or, where Rust panicked, a `BaseException` that no `except Exception` catches. Its
files are mapped into memory: one that is cut short while a reader has it open ends the reader's process, so a
folder is replaced as a whole and never touched. Opening for reading writes nothing, but needs the right to take
the lock file that the writer left in the folder.

Scores are Tantivy's own BM25 with the weights of `kb.index.ranking`: 32 bits, lengths of texts rounded to one
byte. They are compared by `_DIGITS` digits of the best, for the same sum comes out differently in the last bit
from one segment to the next. `Request.likeness` is not looked at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tantivy import DocAddress, Index, Order, Query

from kb.errors import IndexUnavailableError
from kb.index import tantivy_schema as fields
from kb.index.document import FACETS, Document
from kb.index.ranking import EVIDENCE, evidence
from kb.index.tree import Found, Request
from kb.votes import Cell, Says, Verdicts, verdict

_HEAP = 100_000_000  # bytes that a commit may hold before it writes a segment
_VALUES = 60_000  # of a facet, and of anything that is counted at once
_DIGITS = 5
_EVIDENCE = np.array([*(evidence(level) for level in range(fields.NO_LEVEL)), 0.0])
_VERDICTS = (Says.BETTER, Says.WORSE, Says.MIXED, Says.NOT_STATED, Says.WITHIN)

# What is ordered by, and what makes the least of its values the first.
_ORDERS: dict[str, tuple[str, Callable[[int], float]]] = {
    "level": ("level", float),
    "newest": ("year", lambda year: -year),
    "oldest": ("year", lambda year: float("inf") if year == fields.NOT_STATED else year),
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
        with _damage():
            writer = Index.open(self._folder).writer(_HEAP, num_threads=1)
            try:
                for id in (*fresh, *removed):
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
            found = fields.compiled(request.tree, self._index.schema, self._searcher)
            chosen = {facet: fields.having(self._index.schema, facet, values) for facet, values in request.chosen}
            kept = fields.every([found, *chosen.values()])
            asked = {"total": {"value_count": {"field": "year"}}}
            if not request.counted:
                total = int(self._searcher.aggregate(kept, asked)["total"]["value"])
                return Found(total, self._page(kept, request, total))
            asked |= {each: _values(fields.facet_field(each)) for each in FACETS if each not in chosen}
            answer = self._searcher.aggregate(kept, asked | {"vote": _values("vote")})
            for facet in chosen:
                others = [query for name, query in chosen.items() if name != facet]
                asked = {facet: _values(fields.facet_field(facet))}
                answer |= self._searcher.aggregate(fields.every([found, *others]), asked)
            total = int(answer["total"]["value"])
            counts = tuple((facet, _counts(answer[facet])) for facet in FACETS)
            tally = _tally(_counts(answer["vote"]), self._shared(kept))
            return Found(total, self._page(kept, request, total), counts, tally)

    def ids(self) -> frozenset[str]:
        with _damage():
            return frozenset(id for id, _ in self._searcher.terms_with_prefix("id", "", Query.all_query()))

    def close(self) -> None:
        del self._searcher, self._index

    def _shared(self, query: Query) -> Iterator[str]:
        """What is said by the papers found that share their study."""
        pages: dict[str, Any] = {"sources": [{"said": {"terms": {"field": "shared"}}}], "size": _VALUES}
        while True:
            page = self._searcher.aggregate(query, {"shared": {"composite": pages}})["shared"]
            yield from (each["key"]["said"] for each in page["buckets"])
            if len(page["buckets"]) < _VALUES:
                return
            pages["after"] = page["after_key"]

    def _page(self, query: Query, request: Request, total: int) -> tuple[str, ...]:
        start, end = request.offset, min(request.offset + request.limit, total)
        if start >= end:
            return ()
        if request.order == "relevance":
            return tuple(self._best(query, start, end, total, EVIDENCE))
        return tuple(self._by_column(query, start, end, *_ORDERS[request.order]))

    def _by_column(
        self, query: Query, start: int, end: int, column: str, place: Callable[[int], float]
    ) -> Iterator[str]:
        """From `start` to `end` of what `query` finds, by a column and then by score: each of its values by itself."""
        asked = {column: _values(column)}
        having = {int(value): count for value, count in _counts(self._searcher.aggregate(query, asked)[column])}
        at = 0
        for value in sorted(having, key=place):
            if at + having[value] > start:
                same = fields.every([query, fields.equal(self._index.schema, column, value, value)])
                yield from self._best(same, max(start - at, 0), min(end - at, having[value]), having[value], 0.0)
            at += having[value]
            if at >= end:
                return

    def _best(self, query: Query, start: int, end: int, total: int, share: float) -> Iterable[str]:
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
                return self._named(start, end, places, (raised, scores, self._column("year", places)))
            size *= 4

    def _unscored(self, query: Query, start: int, end: int) -> list[str]:
        """The same where nothing has a score: Tantivy orders by the column that is made for it."""
        found = self._searcher.search(query, end - start, False, "newest", start, Order.Asc)
        return [key[fields.YEAR_DIGITS :] for key, _ in found.hits]

    def _column(self, name: str, places: list[DocAddress]) -> NDArray[np.int64]:
        return np.array(self._searcher.fast_field_values(name, places), np.int64)

    def _named(self, start: int, end: int, places: Sequence[DocAddress], keys: Sequence[NDArray[Any]]) -> Iterator[str]:
        """The ids from `start` to `end`, by the keys, the highest first, and then by id."""
        at = 0
        for _, run in groupby(np.lexsort(keys[::-1])[::-1], lambda number: [key[number] for key in keys]):
            equals = list(run)
            if at + len(equals) > start:
                ids = sorted(self._searcher.doc(places[number])["id"][0] for number in equals)
                yield from ids[max(start - at, 0) : end - at]
            at += len(equals)
            if at >= end:
                return


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


def _values(field: str) -> dict[str, Any]:
    return {"terms": {"field": field, "size": _VALUES, "segment_size": _VALUES}}


def _counts(answer: dict[str, Any]) -> tuple[tuple[str, int], ...]:
    """The values and how many documents have each, the commonest first."""
    found = [(each["key"], each["doc_count"]) for each in answer["buckets"]]
    return tuple(sorted(found, key=lambda item: (-item[1], item[0])))


def _tally(alone: Iterable[tuple[str, int]], shared: Iterable[str]) -> tuple[Verdicts, ...]:
    """The verdicts of all studies, a row a cell; the papers of a shared one say together what each of them says."""
    counted: Counter[tuple[Cell, Says]] = Counter()
    for said, count in alone:
        _, cell, says = _read(said)
        counted[cell, verdict(says)] += count
    together: dict[tuple[str, Cell], Says] = {}
    for said in shared:
        study, cell, says = _read(said)
        together[study, cell] = together.get((study, cell), Says(0)) | says
    counted.update((cell, verdict(says)) for (_, cell), says in together.items())
    cells = sorted({cell for cell, _ in counted})
    return tuple(Verdicts(cell, *(counted[cell, each] for each in _VERDICTS)) for cell in cells)


def _read(said: str) -> tuple[str, Cell, Says]:
    outcome, comparator, says, study = said.split(fields.DIVIDER, 3)
    return study, Cell(outcome, comparator), Says(int(says))
