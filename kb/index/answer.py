"""From the documents that match to an answer: chosen facets, counts, tally, order, page. The same for every engine."""

from __future__ import annotations

import numpy as np

from kb.facets import COUNTED
from kb.index.bags import Documents, Mask, Scores
from kb.index.columns import Columns
from kb.index.counting import counts, tally
from kb.index.placing import place, raised
from kb.index.tree import Found, Request


def answer(request: Request, table: Columns, documents: Documents, scores: Scores) -> Found:
    """The answer to `request`, whose tree `documents` match (ascending) with `scores`."""
    carrying = {facet: table.facet(facet).having(values)[documents] for facet, values in request.chosen}
    kept = _all(carrying, len(documents))
    chosen = documents[kept]
    scores = scores[kept]
    page = _page(request, table, chosen, scores)
    ids = tuple(table.ids[number] for number in page)
    worth: tuple[float, ...] = ()
    if request.order == "relevance":
        worth = tuple(raised(table, chosen, scores)[np.searchsorted(chosen, page)].tolist())
    if not request.counted:
        return Found(len(chosen), ids, worth)
    free = [facet for facet in COUNTED if facet not in carrying]
    counted = dict(counts(table, free, chosen))
    for facet in carrying.keys() & set(COUNTED):
        counted |= dict(counts(table, [facet], documents[_others(facet, carrying)]))
    return Found(len(chosen), ids, worth, tuple((facet, counted[facet]) for facet in COUNTED), tally(table, chosen))


def _page(request: Request, table: Columns, documents: Documents, scores: Scores) -> Documents:
    if request.after is None:
        most = request.offset + request.limit
        return place(table, documents, scores, request.order, most)[request.offset :]
    sequence = place(table, documents, scores, request.order, len(documents))
    before = [at for at, number in enumerate(sequence) if table.ids[number] == request.after]
    start = before[0] + 1 if before else len(sequence)
    return sequence[start : start + request.limit]


def _all(carrying: dict[str, Mask], size: int) -> Mask:
    held: Mask = np.logical_and.reduce([np.ones(size, bool), *carrying.values()])
    return held


def _others(facet: str, carrying: dict[str, Mask]) -> Mask:
    """Who has all that was chosen in the other facets."""
    return _all({name: mask for name, mask in carrying.items() if name != facet}, len(carrying[facet]))
