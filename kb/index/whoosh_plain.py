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
from kb.index import ranking, tree
from kb.index.answer import answer
from kb.index.columns import Columns, Row, columns, joined
from kb.index.document import Document
from kb.index.tree import Found, Node, Request
from kb.index.whoosh_schema import schema, values

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # Whoosh 2.7.4's own source warns of its escapes when first compiled
    from whoosh import index, matching, query, scoring
    from whoosh.query.wrappers import WrappingQuery
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
        documents = np.array([number for number, _ in scored], np.int32)
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


class Bm25(scoring.WeightingModel):  # type: ignore[misc]  # Whoosh 2.7.4 is untyped
    """The recipe of `kb.index.ranking`, its statistics those of the whole index."""

    def scorer(self, searcher: Any, fieldname: str, text: bytes, qf: int = 1) -> Any:
        return _Scorer(searcher, fieldname, text) if searcher.schema[fieldname].scorable else _NoScore()


class _Scorer(scoring.WeightLengthScorer):  # type: ignore[misc]
    def __init__(self, searcher: Any, fieldname: str, text: bytes) -> None:
        whole = searcher.get_parent()
        self._worth = ranking.idf(whole.doc_count_all(), whole.doc_frequency(fieldname, text))
        self._average = whole.avg_field_length(fieldname) or 1
        self.setup(searcher, fieldname, text)

    def _score(self, weight: float, length: int) -> float:
        return ranking.bm25(self._worth, weight, length, self._average)


class _NoScore(scoring.BaseScorer):  # type: ignore[misc]
    def score(self, matcher: Any) -> float:
        return 0.0

    def max_quality(self) -> float:
        return 0.0

    def block_quality(self, matcher: Any) -> float:
        return 0.0


class _Silent(WrappingQuery):  # type: ignore[misc]
    """A query that finds and gives no score."""

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        return _SilentMatcher(self.child.matcher(searcher, context))

    def normalize(self) -> Any:
        return self


class _SilentMatcher(matching.WrappingMatcher):  # type: ignore[misc]
    def score(self) -> float:
        return 0.0


class _Or(query.Or):  # type: ignore[misc]
    """Or by a tree of matchers: that which Whoosh prefers for small indexes loses what matches with a score of 0."""

    matcher_type = query.Or.DEFAULT_MATCHER


class _Best(query.Or):  # type: ignore[misc]
    """Or whose score is the best; Whoosh's own takes the best of matchers that stand at different documents."""

    def _matcher(self, subs: Any, searcher: Any, context: Any) -> Any:
        reader = searcher.reader()
        return self._tree_matcher(subs, _BestMatcher, searcher, context, lambda each: each.estimate_size(reader))


class _BestMatcher(matching.UnionMatcher):  # type: ignore[misc]
    def score(self) -> float:
        active = [each for each in (self.a, self.b) if each.is_active()]
        here = min(each.id() for each in active)
        found: float = max(each.score() for each in active if each.id() == here)
        return found


class _MaybeMatcher(matching.AndMaybeMatcher):  # type: ignore[misc]
    def skip_to(self, id: int) -> bool:
        """Whoosh's own leaves the optional side where it was told to go, and not where the required one went."""
        skipped = bool(self.a.skip_to(id))
        if self.a.is_active() and self.b.is_active():
            self.b.skip_to(self.a.id())
        return skipped


class _Maybe(query.AndMaybe):  # type: ignore[misc]
    """Required, and what raises it."""

    matcherclass = _MaybeMatcher


class _Phrase(WrappingQuery):  # type: ignore[misc]
    """A phrase that scores as one word would, and not as the sum of its words."""

    def __init__(self, stems: tuple[str, ...], field: str, whole: Any, weight: float) -> None:
        super().__init__(query.Phrase(field, list(stems)))
        having = sum(1 for _ in whole.docs_for_query(self.child))
        self._worth = weight * ranking.idf(whole.doc_count_all(), having)
        self._field, self._average = field, whole.avg_field_length(field) or 1

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        inner = self.child.matcher(searcher, context)
        return _PhraseMatcher(inner, self._score, searcher) if inner.is_active() else inner

    def normalize(self) -> Any:
        return self

    def _score(self, matcher: Any, searcher: Any) -> float:
        length = searcher.doc_field_length(matcher.id(), self._field, 1)
        return ranking.bm25(self._worth, len(matcher.spans()), length, self._average)


class _PhraseMatcher(matching.WrappingMatcher):  # type: ignore[misc]
    def __init__(self, child: Any, score: Callable[[Any, Any], float], searcher: Any) -> None:
        super().__init__(child)
        self._score, self._searcher = score, searcher

    def _replacement(self, newchild: Any) -> Any:
        return _PhraseMatcher(newchild, self._score, self._searcher)

    def copy(self) -> Any:
        return self._replacement(self.child.copy())

    def score(self) -> float:
        return self._score(self.child, self._searcher)

    def supports_block_quality(self) -> bool:
        return False


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
    writer = opened.writer(limitmb=256, **options)
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
    """Merge segments of one size where there are many, so that a document is written again a few times in all.

    Sizes are powers of `_GROWTH`. Returns the segments that stay. (Whoosh's own policy merges all small ones each
    time there are five, and a first indexing in parts would write most of them twice.)
    """
    sizes: dict[int, list[Any]] = {}
    for each in segments:
        sizes.setdefault(int(log(max(each.doc_count_all(), 1), _GROWTH)), []).append(each)
    many = [each for group in sizes.values() if len(group) >= _GROWTH for each in group]
    for each in many:
        reader = SegmentReader(writer.storage, writer.schema, each)
        writer.add_reader(reader)
        reader.close()
    return [each for each in segments if each not in many]


def compiled(node: Node, searcher: Any, weight: float = 1.0) -> Any:
    """The tree as a query of Whoosh. Weights go down to the terms: on the way Whoosh may lose them."""

    def part(node: Node) -> Any:
        return compiled(node, searcher, weight)

    match node:
        case tree.Word(stem, field):
            return _word(stem, field, weight)
        case tree.Phrase(stems, field):
            return _Phrase(stems, field, searcher, weight) if len(stems) > 1 else _word(stems[0], field, weight)
        case tree.Prefix(start, field):
            return _Silent(_either([query.Term(field, each) for each in _expanded(start, field, searcher.reader())]))
        case tree.Concept(id):
            return query.Term("concept", id, boost=weight)
        case tree.Has(facet, value):
            return query.Term("facet", f"{facet}:{value}")
        case tree.Named(identifier):
            return query.Term("identifier", identifier)
        case tree.Among(ids):
            return _Silent(_either([query.Term("id", each) for each in ids]))
        case tree.Range(column, low, high):
            return _Silent(query.NumericRange(column, _known(low), _known(high)))
        case tree.And(parts):
            return query.And([part(each) for each in parts]) if parts else _all()
        case tree.Or(parts):
            return _either([part(each) for each in parts])
        case tree.Best(parts):
            return _Best([part(each) for each in parts]) if parts else query.NullQuery
        case tree.Maybe(required, optional):
            return _Maybe(part(required), part(optional))
        case tree.Not(excluded):
            return _Silent(query.Not(part(excluded)))
        case tree.Boost(inner, factor):
            return compiled(inner, searcher, weight * factor)
        case tree.All():
            return _all()


def _word(stem: str, field: str, weight: float) -> Any:
    if field != "text":
        return query.Term(field, stem, boost=weight)
    (first, share), *others = ranking.FIELDS
    found = query.Term(first, stem, boost=share * weight)
    for name, share in others:
        found = _Maybe(found, query.Term(name, stem, boost=share * weight))
    return found


def _expanded(start: str, field: str, reader: Any) -> list[str]:
    terms = [each.decode() for each in reader.expand_prefix(field, start)]
    return sorted(terms, key=lambda term: (-reader.doc_frequency(field, term), term))[: ranking.EXPANSIONS]


def _either(parts: list[Any]) -> Any:
    return _Or(parts) if parts else query.NullQuery


def _known(number: int | None) -> int | None:
    """A bound as Whoosh takes it: it raises an error at one of more than 32 bits."""
    return None if number is None else max(-1, min(number, 2**31 - 1))


def _all() -> Any:
    return _Silent(query.Every())
