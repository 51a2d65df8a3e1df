"""The query tree evaluated on segments' arrays: which documents match, and with what score.

The same sums as Whoosh's matchers do posting by posting, done for all postings of a word at once; a test
holds the two against each other. Documents of all segments are numbered through, and statistics (how many
documents have a word, how long they are) are of all segments together, so that a score does not depend on
how the index is cut. Deleted documents count in the statistics until they are merged away, as in Whoosh.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property, reduce
from itertools import chain

import msgspec
import numpy as np
from numpy.typing import NDArray

from kb.index import ranking, tree
from kb.index.bags import Documents, Mask, Scores
from kb.index.columns import Columns, joined
from kb.index.segment import Segment, head_of
from kb.index.tree import Node


class Hits(msgspec.Struct, frozen=True):
    """Documents, ascending, and the score of each."""

    documents: Documents
    scores: Scores


class Reading:
    """All segments of an index at one commit. Nothing of it changes, so that threads may share it."""

    def __init__(self, segments: Sequence[tuple[Segment, frozenset[int]]]) -> None:
        """`segments` with the numbers of their deleted documents."""
        sizes = [len(segment.columns.ids) for segment, _ in segments]
        bases = np.cumsum([0, *sizes])[:-1]
        self._segments = [segment for segment, _ in segments]
        self._parts = list(zip(bases, self._segments, strict=True))
        self._size = sum(sizes)
        self.live: Mask = np.ones(self._size, bool)
        for base, (_, deleted) in zip(bases, segments, strict=True):
            self.live[[base + number for number in deleted]] = False
        self._kept: dict[Node, Hits] = {}
        self._kept_size = 0
        self._norms = {name: self._norm(name) for name in (self._segments[0].fields if segments else ())}

    @cached_property
    def columns(self) -> Columns:
        """The columns of all documents, joined when first asked for: whoever only writes needs none."""
        return joined([segment.columns for segment in self._segments])

    def numbers(self, ids: frozenset[str]) -> list[int]:
        """The numbers of the living documents of these ids."""
        every = chain.from_iterable(segment.columns.ids for segment in self._segments)
        return [number for number, id in enumerate(every) if id in ids and self.live[number]]

    @cached_property
    def _numbers(self) -> dict[str, int]:
        """The living documents by id."""
        return {self.columns.ids[number]: int(number) for number in np.flatnonzero(self.live)}

    def match(self, node: Node) -> Hits:
        """The living documents that match `node`."""
        found = self._match(node)
        if self.live.all():
            return found
        kept = self.live[found.documents]
        return Hits(found.documents[kept], found.scores[kept])

    def written(self) -> Mapping[str, int]:
        """See `kb.index.engine.Engine`."""
        found: Counter[str] = Counter()
        for segment in self._segments:
            part = segment.fields["written"]
            having = np.diff(part.starts).tolist()
            found.update({part.term(number).decode(): having[number] for number in range(len(having))})
        return found

    def _norm(self, field: str) -> Scores:
        """What BM25 adds to a frequency, for every document."""
        parts = [each.fields[field] for each in self._segments]
        average = sum(each.total for each in parts) / self._size
        lengths = np.concatenate([each.lengths for each in parts]).astype(np.float64)
        if not average:
            return np.full(self._size, ranking.K1)
        return ranking.K1 * ((1 - ranking.B) + ranking.B * lengths / average)

    def forget(self) -> None:
        """Keep nothing of what was found: for those who measure."""
        self._kept, self._kept_size = {}, 0

    def _match(self, node: Node) -> Hits:
        """What `node` finds; parts of one question come up again in its several searches."""
        hits = self._kept.get(node)
        if hits is None:
            hits = self._found(node)
            self._kept_size += len(hits.documents)
            if self._kept_size > _KEPT:
                self._kept, self._kept_size = {}, len(hits.documents)
            self._kept[node] = hits
        return hits

    def _found(self, node: Node) -> Hits:
        match node:
            case tree.Word(stem, field):
                return self._word(stem, field)
            case tree.Phrase(stems, field):
                return self._phrase(stems, field)
            case tree.Prefix(start, field):
                return self._prefix(start, field)
            case tree.Concept(id):
                return self._term("concept", id)
            case tree.Has(facet, value):
                return self._where(self.columns.facet(facet).having((value,)))
            case tree.Named(identifier):
                return _silent(self._term("identifier", identifier))
            case tree.Among(ids):
                wanted = [number for id in set(ids) if (number := self._numbers.get(id)) is not None]
                return Hits(np.array(sorted(wanted), np.intp), np.zeros(len(wanted)))
            case tree.Range(column, low, high):
                return self._where(self.columns.ranged(column, low, high))
            case tree.And(parts):
                return self._all(parts)
            case tree.Or(parts):
                return self._any(self._each(parts))
            case tree.Best(parts):
                return self._best([self._match(part) for part in parts])
            case tree.Maybe(required, optional):
                return self._maybe(self._match(required), self._match(optional))
            case tree.Not(part):
                others = np.ones(self._size, bool)
                others[self._match(part).documents] = False
                return self._where(others)
            case tree.Boost(part, weight):
                found = self._match(part)
                return Hits(found.documents, found.scores * weight)
            case tree.All():
                return self._where(np.ones(self._size, bool))

    def _where(self, mask: Mask) -> Hits:
        documents = np.flatnonzero(mask)
        return Hits(documents, np.zeros(len(documents)))

    def _word(self, stem: str, field: str) -> Hits:
        if field != "text":
            return self._term(field, stem)
        (first, weight), *others = ranking.FIELDS
        found = self._term(first, stem, weight)
        for name, weight in others:
            found = self._maybe(found, self._term(name, stem, weight))
        return found

    def _term(self, field: str, term: str, weight: float = 1.0) -> Hits:
        """The postings of a term with their BM25."""
        key = term.encode()
        head = head_of(key)
        found: list[NDArray[np.int64]] = []
        often: list[NDArray[np.uint16]] = []
        for base, segment in self._parts:
            part = segment.fields[field]
            if (number := part.find(key, head)) is not None:
                start, end = part.starts[number], part.starts[number + 1]
                found.append(part.documents[start:end] + base)
                often.append(part.frequencies[start:end])
        if not found:
            return _NONE
        documents = np.concatenate(found)
        return self._scored(field, documents, np.concatenate(often).astype(np.float64), weight)

    def _scored(self, field: str, documents: Documents, frequencies: Scores, weight: float = 1.0) -> Hits:
        worth = weight * ranking.idf(self._size, len(documents))
        norms = self._norms[field][documents]
        norms += frequencies
        np.divide(frequencies, norms, out=norms)
        norms *= worth
        return Hits(documents, norms)

    def _phrase(self, stems: Sequence[str], field: str) -> Hits:
        if len(stems) == 1:
            return self._word(stems[0], field)
        keys = [each.encode() for each in stems]
        found = [_NOWHERE]
        for base, segment in self._parts:
            part = segment.fields[field]
            numbers = [part.find(key, head_of(key)) for key in keys]
            if None not in numbers:
                spots = [part.spots(number) - at for at, number in enumerate(numbers) if number is not None]
                found.append(base + (reduce(_common, sorted(spots, key=len)) >> 16))
        places = np.concatenate(found)
        if not len(places):
            return _NONE
        places = places[self.live[places]]
        documents, frequencies = np.unique(places, return_counts=True)
        return self._scored(field, documents, frequencies.astype(np.float64))

    def _prefix(self, start: str, field: str) -> Hits:
        key, having = start.encode(), dict[bytes, int]()
        for segment in self._segments:
            part = segment.fields[field]
            for number in part.beginning(key):
                term = part.term(number)
                having[term] = having.get(term, 0) + int(part.starts[number + 1] - part.starts[number])
        terms = sorted(having, key=lambda term: (-having[term], term))[: ranking.EXPANSIONS]
        return _silent(self._any([self._term(field, term.decode()) for term in terms]))

    def _all(self, parts: Sequence[Node]) -> Hits:
        if not parts:
            return self._where(np.ones(self._size, bool))
        shorter, *longer = sorted(self._each(parts), key=lambda each: len(each.documents))
        for each in longer:
            places, kept = _places(shorter.documents, each.documents, self._size)
            shorter = Hits(shorter.documents[kept], shorter.scores[kept] + each.scores[places])
        return shorter

    def _each(self, parts: Sequence[Node]) -> list[Hits]:
        """The hits of every part; one that is asked for several times is looked for once."""
        found = ((self._match(part), times) for part, times in Counter(parts).items())
        return [each if times == 1 else Hits(each.documents, each.scores * times) for each, times in found]

    def _any(self, parts: Sequence[Hits]) -> Hits:
        having = [each for each in parts if len(each.documents)]
        if len(having) < 2:
            return having[0] if having else _NONE
        every = np.concatenate([each.documents for each in having])
        summed = np.bincount(every, np.concatenate([each.scores for each in having]), self._size)
        scores = summed.astype(np.float64, copy=False)
        found = np.zeros(self._size, bool)
        found[every] = True
        documents = np.flatnonzero(found)
        return Hits(documents, scores[documents])

    def _best(self, parts: Sequence[Hits]) -> Hits:
        scores, found = np.zeros(self._size), np.zeros(self._size, bool)
        for each in parts:
            scores[each.documents] = np.maximum(scores[each.documents], each.scores)
            found[each.documents] = True
        documents = np.flatnonzero(found)
        return Hits(documents, scores[documents])

    def _maybe(self, required: Hits, optional: Hits) -> Hits:
        if not len(optional.documents):
            return required
        scores = np.zeros(self._size)
        scores[optional.documents] = optional.scores
        return Hits(required.documents, required.scores + scores[required.documents])


_KEPT = 2_000_000  # documents of parts found that are kept: 32 MB
_NOWHERE = np.empty(0, np.int64)
_NONE = Hits(np.empty(0, np.intp), np.empty(0))


def _silent(hits: Hits) -> Hits:
    return Hits(hits.documents, np.zeros(len(hits.documents)))


def _places(few: Documents, many: Documents, size: int) -> tuple[NDArray[np.intp], Mask]:
    """Where those of `few` that are in `many` stand there, and which of `few` they are. Both ascend."""
    places = np.searchsorted(many, few)
    kept = places < len(many)
    kept[kept] = many[places[kept]] == few[kept]
    return places[kept], kept


def _common(few: NDArray[np.int64], many: NDArray[np.int64]) -> NDArray[np.int64]:
    """The numbers that are in both; both ascend."""
    places = np.searchsorted(many, few)
    places[places == len(many)] = 0
    return few[many[places] == few] if len(many) else few[:0]
