"""From a question to the publications that answer it, tier by tier, in one order.

Publications with all of the question are the answer, and what is counted. Where there are none, those with its
concepts are, or with any of it; those that have less than the answer follow it. `Asked` is one such run.
"""

from __future__ import annotations

import msgspec

from kb.index.document import FACETS
from kb.index.tree import Among, And, Has, Node, Not, Or, Order, Request
from kb.question import Reading, Rung, rungs
from kb.search.feedback import FEW, LONGEST, Texts, related
from kb.search.fusion import CANDIDATES, page
from kb.search.index import Index

Filters = tuple[tuple[str, str], ...]


class Tier(msgspec.Struct, frozen=True):
    """Publications that have as much of the question as `rung` says and no more, and how many they are."""

    rung: Rung
    tree: Node
    total: int


class Asked:
    """A question put to an index: `found` is the count of its answer, `more` what follows it."""

    def __init__(self, reading: Reading, filters: Filters, sort: Order, index: Index, texts: Texts) -> None:
        self._index = index
        # Without a question nothing is relevant, and what is new is.
        order: Order = sort if reading.parts or sort != "relevance" else "newest"
        self._request = Request(tree=rungs(reading)[0].tree, chosen=_chosen(filters), order=order, limit=0)
        self._meaning = index.meaning(reading.question) if order == "relevance" else None
        self.found, self.revision = index.search(self._request)
        self.tiers = self._tiers(rungs(reading, self._related(reading, texts)))

    @property
    def total(self) -> int:
        """How many publications answer the question."""
        return self.tiers[0].total

    @property
    def more(self) -> int:
        """How many have only some of it."""
        return sum(each.total for each in self.tiers[1:])

    def page(self, start: int, size: int) -> tuple[str, ...]:
        """The ids from `start`, `size` at the most: of the answer, and where it ends of what follows."""
        ids: tuple[str, ...] = ()
        for tier in self.tiers:
            if len(ids) < size and start < tier.total:
                ids += self._ids(tier, offset=start, limit=size - len(ids))
            start = max(0, start - tier.total)
        return ids

    def after(self, id: str, size: int) -> tuple[str, ...]:
        """The ids of the answer that stand after `id`, `size` at the most."""
        return self._ids(self.tiers[0], after=id, limit=size)

    def _ids(self, tier: Tier, **place: object) -> tuple[str, ...]:
        request = msgspec.structs.replace(self._request, tree=tier.tree, counted=False, **place)
        return page(request, self._index, self._meaning)

    def _tiers(self, ladder: tuple[Rung, ...]) -> tuple[Tier, ...]:
        """The first rung that finds something, or the last, and what each rung below it adds."""
        first, *below = ladder
        while not self.found.total and below:
            first, *below = below
            self.found, self.revision = self._index.search(msgspec.structs.replace(self._request, tree=first.tree))
        tiers = [Tier(first, first.tree, self.found.total)]
        above = first
        for rung in below:
            tree = And((rung.tree, Not(above.tree)))
            tiers.append(Tier(rung, tree, self._index.count((self._filtered(tree),))[0]))
            above = rung
        return tuple(tiers)

    def _related(self, reading: Reading, texts: Texts) -> Node | None:
        """What a question may also mean: what is near it in meaning, or in the words of what answers it best."""
        if self._meaning is not None:
            return Among(tuple(id for id, _ in self._meaning.nearest(CANDIDATES)))
        words = len(reading.content)
        if not 0 < words <= LONGEST or self.found.total >= FEW or self._request.order != "relevance":
            return None
        return related(msgspec.structs.replace(self._request, tree=rungs(reading)[-1].tree), words, self._index, texts)

    def _filtered(self, tree: Node) -> Node:
        """`tree` within the chosen facets."""
        chosen = (Or(tuple(Has(facet, value) for value in values)) for facet, values in self._request.chosen)
        return And((tree, *chosen))


def _chosen(filters: Filters) -> tuple[tuple[str, tuple[str, ...]], ...]:
    values = {facet: tuple(value for name, value in filters if name == facet) for facet in FACETS}
    return tuple((facet, chosen) for facet, chosen in values.items() if chosen)
