"""The query tree in Whoosh's own queries, scored by the recipe of `kb.index.ranking`.

Four slips of Whoosh are gone round here, each found by holding it against the arrays over random trees: its quicker
unions lose what matches with a score of 0; its best-of-several takes the best of matchers that stand at different
documents; an optional part skips to where it was told to, and not to where the required one went; and a query of Not
alone finds deleted documents (which `kb.index.whoosh_plain` passes over).
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

from kb.index import ranking, tree
from kb.index.tree import Node

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # Whoosh 2.7.4's own source warns of its escapes when first compiled
    from whoosh import matching, query, scoring
    from whoosh.query.wrappers import WrappingQuery


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
