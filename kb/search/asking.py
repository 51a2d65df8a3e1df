"""From a question to the publications that answer it, in one order.

Publications with all of the question are the answer, and what is counted; where there are none, those with all its
concepts are, and where there are none of those either, nothing is. What has less is shown too, and marked.

A question that was understood whole, concept by concept, or that its concepts settle (other words then rank), shows
all of its answer first, and of this what was read before what is only cited here, whose title alone would score high
for being short. One with other words in it is ranked in one go: who writes many words does not mean each of them, and
to put a publication that happens to have them all before one that speaks of the matter costs long questions two points
of nDCG (docs/search.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import msgspec

from kb.facets import FACETS
from kb.index.tree import Among, And, Has, Node, Not, Or, Order, Request
from kb.question import Part, Reading, Rung, rungs
from kb.search.feedback import FEW, LONGEST, Texts, related
from kb.search.fusion import CANDIDATES, page
from kb.search.index import Index

MORE = 100  # hits that are shown after the answer

Filters = tuple[tuple[str, str], ...]


_CITED = Has("held", "citation")


class Tier(msgspec.Struct, frozen=True):
    """Publications that have one part of the question and no more, how many they are, and whether they answer it."""

    tree: Node
    total: int
    answers: bool


class Asked:
    """A question put to an index: `found` counts its answer, and `rung` says how much of the question that is.

    `more` have only some of it. Not `counted`: neither facets and tally are wanted, nor what has less than the answer.
    """

    def __init__(
        self, reading: Reading, filters: Filters, sort: Order, index: Index, texts: Texts, *, counted: bool = True
    ) -> None:
        self._index = index
        # Without a question nothing is relevant, and what is new is.
        order: Order = sort if reading.parts or sort != "relevance" else "newest"
        self._request = Request(
            tree=rungs(reading)[0].tree, chosen=_chosen(filters), order=order, limit=0, counted=counted
        )
        asks = order == "relevance" and reading.plain
        self._meaning = index.meaning(reading.question) if asks else None
        self.found, self.revision = index.search(self._request)
        self.more, self._tiers = 0, tuple[Tier, ...]()
        if not counted:
            self.rung = self._answering(rungs(reading))
            return
        ladder = rungs(reading, self._related(reading, texts))
        self.rung = self._answering(ladder)
        stepwise = self.total > 0 and not (order == "relevance" and reading.worded and not reading.settled)
        below = ladder[ladder.index(self.rung) :]
        self._tiers = self._tiered(below if stepwise else below[-1:], apart=stepwise and order == "relevance")
        some = rungs(reading)[-1]
        self.more = 0 if some.name == "all" else self._index.count((self._filtered(some.tree),))[0] - self.total

    @property
    def total(self) -> int:
        """How many publications answer the question."""
        return self.found.total

    @property
    def shown(self) -> int:
        """How many can be paged through: the answer, and so many of what has less as are shown."""
        answer = sum(each.total for each in self._tiers if each.answers)
        return answer + min(sum(each.total for each in self._tiers if not each.answers), MORE)

    def page(self, start: int, size: int) -> tuple[str, ...]:
        """The ids from `start`, `size` at the most, of the answer and of what has less."""
        ids: tuple[str, ...] = ()
        for tier in self._tiers:
            if len(ids) < size and start < tier.total:
                ids += self._ids(tier.tree, offset=start, limit=size - len(ids))
            start = max(0, start - tier.total)
        return ids

    def answer(self, size: int, after: str | None = None, carrying: Filters = ()) -> tuple[str, ...]:
        """The ids of the answer alone, from its first or those after one, `size` at the most.

        Of those that carry what `carrying` names: this narrows the answer, and is not asked for.
        """
        chosen, more = self._request.chosen, _chosen(carrying)
        tree = self.rung.tree
        if {facet for facet, _ in chosen} & {facet for facet, _ in more}:
            tree = And((tree, *_carrying(more)))
        else:
            chosen += more  # an engine looks at all values of a facet at once, and a tree at each
        return self._ids(tree, after=after or None, limit=size, chosen=chosen)

    def whole(self, ids: tuple[str, ...]) -> frozenset[str]:
        """Those of `ids` that are of the answer."""
        return self._among(self.rung.tree, ids)

    def spared(self) -> tuple[tuple[Part, bool], ...]:
        """What the answer does not require, and whether anything of the answer has it."""
        parts = self.rung.spared
        counts = self._index.count(tuple(self._filtered(And((self.rung.tree, each.strict))) for each in parts))
        return tuple((part, count > 0) for part, count in zip(parts, counts, strict=True))

    def having(self, part: Part, ids: tuple[str, ...]) -> frozenset[str]:
        """Those of `ids` that have a part of the question."""
        return self._among(part.strict, ids)

    def _among(self, tree: Node, ids: tuple[str, ...]) -> frozenset[str]:
        asked = Request(tree=And((tree, Among(ids))), order="newest", limit=len(ids), counted=False)
        return frozenset(self._index.search(asked)[0].ids)

    def _ids(self, tree: Node, **place: object) -> tuple[str, ...]:
        request = msgspec.structs.replace(self._request, tree=tree, counted=False, **place)
        return page(request, self._index, self._meaning)

    def _answering(self, ladder: tuple[Rung, ...]) -> Rung:
        """The rung that answers: the first, unless only that of the concepts finds something."""
        concepts = next((rung for rung in ladder if rung.name == "concepts"), None)
        if self.found.total or concepts is None:
            return ladder[0]
        found, revision = self._index.search(msgspec.structs.replace(self._request, tree=concepts.tree))
        if not found.total:
            return ladder[0]
        self.found, self.revision = found, revision
        return concepts

    def _tiered(self, ladder: tuple[Rung, ...], *, apart: bool) -> tuple[Tier, ...]:
        """What each rung adds to the one above it; `apart`: of the first, what is only cited comes behind the rest."""
        first = ladder[0].tree
        answer = (And((first, Not(_CITED))), And((first, _CITED))) if apart else (first,)
        below = (And((lower.tree, Not(upper.tree))) for upper, lower in pairwise(ladder))
        trees = [*((tree, True) for tree in answer), *((tree, False) for tree in below)]
        return tuple(Tier(tree, self._index.count((self._filtered(tree),))[0], whole) for tree, whole in trees)

    def _related(self, reading: Reading, texts: Texts) -> Node | None:
        """What a question may also mean: what is near it in meaning, or in the words of what answers it best."""
        if self._meaning is not None:
            return Among(tuple(id for id, _ in self._meaning.nearest(CANDIDATES)))
        words = len(reading.content)
        short = reading.plain and 0 < words <= LONGEST
        if not short or self.found.total >= FEW or self._request.order != "relevance":
            return None
        return related(msgspec.structs.replace(self._request, tree=rungs(reading)[-1].tree), words, self._index, texts)

    def _filtered(self, tree: Node) -> Node:
        """`tree` within the chosen facets."""
        return And((tree, *_carrying(self._request.chosen)))


def counts(each_filters: Sequence[Filters], index: Index) -> tuple[int, ...]:
    """How many publications a search with each of these filters, and no question, finds; all counted in one go."""
    return index.count(tuple(And(_carrying(_chosen(filters))) for filters in each_filters))


def _carrying(chosen: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[Node, ...]:
    return tuple(Or(tuple(Has(facet, value) for value in values)) for facet, values in chosen)


def _chosen(filters: Filters) -> tuple[tuple[str, tuple[str, ...]], ...]:
    values = {facet: tuple(value for name, value in filters if name == facet) for facet in FACETS}
    return tuple((facet, chosen) for facet, chosen in values.items() if chosen)
