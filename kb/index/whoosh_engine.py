"""Whoosh, embedded and pure Python: the default engine.

Only what Whoosh 2.7.4 has too is used, so that the maintained line (`whoosh3`, imported as `whoosh`) can be
left by changing one line. What was learnt of it, each by a test that failed: `Searcher.refresh()` goes on
showing deleted documents, so a new searcher is opened after each commit (30 to 100 ms) and kept until the
next; a searcher shared by threads returns wrong results silently, so `kb.index.IndexReader` lets one thread
in at a time; its files are never synced, so anything it raises on reading means "damaged", and a damaged
index is rebuilt from the store.
"""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial, reduce
from pathlib import Path
from typing import Any

import msgspec

from kb.errors import IndexUnavailableError
from kb.index import tree
from kb.index.document import FACETS, MENTIONED, TEXT_FIELDS, Document
from kb.index.tree import Found, Node, Order, Request
from kb.text import words

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # Whoosh 2.7.4's own source warns of its escapes when first compiled
    from whoosh import fields, index, query
    from whoosh.analysis import Token, Tokenizer


class WordTokenizer(Tokenizer):  # type: ignore[misc]  # Whoosh 2.7.4 is untyped
    """Our own analysis (`kb.text`) as Whoosh wants it. Kept by name in the index's schema."""

    def __call__(self, value: str, positions: bool = False, start_pos: int = 0, **options: Any) -> Iterator[Any]:
        token = Token(positions, False, **{key: options[key] for key in ("mode",) if key in options})
        for at, word in enumerate(words(value), start_pos):
            token.text, token.boost, token.stopped, token.pos = word.stem, 1.0, False, at
            yield token


class _Facts(msgspec.Struct, frozen=True, array_like=True):
    """What is kept of a document beside its postings, to order and count by."""

    id: str
    year: int | None
    n: int | None
    facets: tuple[tuple[str, ...], ...]


class WhooshEngine:
    """See `kb.index.engine.Engine`."""

    def __init__(self, folder: Path, *, writable: bool) -> None:
        with _damage():
            if writable and not index.exists_in(folder):
                folder.mkdir(parents=True, exist_ok=True)
                self._index = index.create_in(folder, _schema())
            else:
                self._index = index.open_dir(folder)
            self._searcher = self._index.searcher()
            self._facts = _facts(self._searcher)

    def apply(self, documents: Iterable[Document], removed: Iterable[str] = ()) -> None:
        rows = [_row(each) for each in documents]  # read first: what the store raises is no damage of the index
        with _damage():
            writer = self._index.writer(limitmb=128)
            try:
                for id in removed:
                    writer.delete_by_term("id", id)
                for row in rows:
                    writer.update_document(**row)
            except BaseException:
                writer.cancel()
                raise
            writer.commit()
        self.refresh()

    def refresh(self) -> None:
        with _damage():
            fresh = self._index.searcher()
            self._searcher.close()
            self._searcher, self._facts = fresh, _facts(fresh)

    def search(self, request: Request) -> Found:
        with _damage():
            results = self._searcher.search(_compile(request.tree), limit=None)
            scored = [(self._facts[number], score) for number, score in results.items()]
        matching = [(facts, score) for facts, score in scored if _carries(facts, request.chosen)]
        matching.sort(key=partial(_place, order=request.order))
        page = matching[request.offset : request.offset + request.limit]
        counts = tuple((facet, _count(facet, scored, request)) for facet in FACETS)
        return Found(len(matching), tuple(facts.id for facts, _ in page), counts)

    def ids(self) -> frozenset[str]:
        return frozenset(facts.id for facts in self._facts.values())

    def close(self) -> None:
        self._searcher.close()
        self._index.close()


@contextmanager
def _damage() -> Iterator[None]:
    # An emptied or cut file shows itself as TypeError, struct.error, KeyError ... : any error is damage.
    try:
        yield
    except Exception as error:
        raise IndexUnavailableError(f"the index cannot be used: {error or type(error).__name__}") from error


def _schema() -> Any:
    texts = {name: fields.TEXT(analyzer=WordTokenizer(), phrase=True) for name in TEXT_FIELDS}
    facets = {name: fields.KEYWORD(scorable=False) for name in (*FACETS, MENTIONED)}
    return fields.Schema(
        id=fields.ID(unique=True), identifiers=fields.KEYWORD(lowercase=True), facts=fields.STORED, **texts, **facets
    )


def _row(document: Document) -> dict[str, Any]:
    facts = _Facts(document.id, document.year, document.n, tuple(values for _, values in document.facets))
    return {
        "id": document.id,
        "identifiers": " ".join(document.identifiers),
        MENTIONED: " ".join(document.mentioned),
        "facts": msgspec.json.encode(facts),
        **dict(document.texts),
        **{facet: " ".join(values) for facet, values in document.facets},
    }


def _facts(searcher: Any) -> dict[int, _Facts]:
    decoder = msgspec.json.Decoder(_Facts)
    return {number: decoder.decode(stored["facts"]) for number, stored in searcher.reader().iter_docs()}


def _compile(node: Node) -> Any:
    match node:
        case tree.Word(stem):
            return query.Or([query.Term(field, stem, boost=boost) for field, boost in TEXT_FIELDS.items()])
        case tree.Phrase(stems):
            return query.Or([query.Phrase(field, list(stems), boost=boost) for field, boost in TEXT_FIELDS.items()])
        case tree.Has(facet, value):
            return query.Term(facet, value)
        case tree.Named(identifier):
            return query.Term("identifiers", identifier)
        case tree.And(parts):
            return query.And([_compile(part) for part in parts]) if parts else query.Every()
        case tree.Or(parts):
            return query.Or([_compile(part) for part in parts]) if parts else query.NullQuery
        case tree.Maybe(required, optional):
            return query.AndMaybe(_compile(required), _compile(optional))
        case tree.Not(part):
            return query.And([query.Every(), query.Not(_compile(part))])
        case tree.Boost(part, weight):
            return _compile(part).with_boost(weight)
        case tree.All():
            return query.Every()


def _carries(facts: _Facts, chosen: Iterable[tuple[str, tuple[str, ...]]]) -> bool:
    return all(not set(values).isdisjoint(facts.facets[FACETS.index(facet)]) for facet, values in chosen)


def _place(item: tuple[_Facts, float], order: Order) -> tuple[float, float, str]:
    facts, score = item
    newest = -(facts.year or 0)
    match order:
        case "relevance":
            return (-score, newest, facts.id)
        case "newest":
            return (newest, -score, facts.id)
        case "oldest":
            return (facts.year or 9999, -score, facts.id)
        case "largest":
            return (-(facts.n or 0), -score, facts.id)


def _count(facet: str, scored: list[tuple[_Facts, float]], request: Request) -> tuple[tuple[str, int], ...]:
    others = tuple(each for each in request.chosen if each[0] != facet)
    at = FACETS.index(facet)
    counter = reduce(_tally, (facts.facets[at] for facts, _ in scored if _carries(facts, others)), Counter[str]())
    return tuple(sorted(counter.items(), key=lambda item: (-item[1], item[0])))


def _tally(counter: Counter[str], values: tuple[str, ...]) -> Counter[str]:
    counter.update(values)
    return counter
