"""Words and meaning put together: one order of the best by each.

The first hundred by words and the first hundred by meaning are candidates; each of the two scores is brought to mean
0 and deviation 1 over the candidates, and they are added, `ranking.MEANING` of meaning and the rest of words. So
measured best of the ways that were tried (docs/search.md); ranks alone, or the range of the scores, lose to it.
What is no candidate follows in the order of words.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean, pstdev

import msgspec

from kb.index import ranking
from kb.index.tree import Among, And, Not, Request
from kb.search.index import Index, Meaning

CANDIDATES = 100


def page(request: Request, index: Index, meaning: Meaning | None) -> tuple[str, ...]:
    """The ids of a request's page, in the order of words and meaning where its order is relevance."""
    if meaning is None or request.order != "relevance":
        return index.search(request)[0].ids
    best = _candidates(request, index, meaning)
    if request.after in best:
        start = best.index(request.after) + 1
    elif request.after is not None:
        return _rest(request, index, best)
    else:
        start = request.offset
    ids = best[start : start + request.limit]
    left = request.limit - len(ids)
    if not left or len(best) < CANDIDATES:
        return ids
    further = msgspec.structs.replace(request, after=None, offset=max(0, start - len(best)), limit=left)
    return ids + _rest(further, index, best)


def _candidates(request: Request, index: Index, meaning: Meaning) -> tuple[str, ...]:
    first = msgspec.structs.replace(request, offset=0, limit=CANDIDATES, after=None, counted=False)
    by_words, _ = index.search(first)
    held = frozenset(by_words.ids)
    near = tuple(id for id, _ in meaning.nearest(CANDIDATES) if id not in held)
    by_meaning, _ = index.search(msgspec.structs.replace(first, tree=And((request.tree, Among(near)))))
    ids = (*by_words.ids, *by_meaning.ids)
    nearness = meaning.near(ids)
    known = [each for each in nearness if each is not None]
    words = _standard((*by_words.scores, *by_meaning.scores))
    means = _standard([min(known, default=0.0) if each is None else each for each in nearness])
    share = ranking.MEANING
    worth = {id: (1 - share) * word + share * mean for id, word, mean in zip(ids, words, means, strict=True)}
    return tuple(sorted(worth, key=lambda id: (-worth[id], id)))


def _rest(request: Request, index: Index, best: tuple[str, ...]) -> tuple[str, ...]:
    """A page of what is no candidate."""
    return index.search(msgspec.structs.replace(request, tree=And((request.tree, Not(Among(best))))))[0].ids


def _standard(values: Sequence[float]) -> Sequence[float]:
    """`values` with mean 0 and deviation 1; all 0 where they do not differ."""
    if len(values) < 2 or not (spread := pstdev(values)):
        return [0.0] * len(values)
    middle = fmean(values)
    return [(each - middle) / spread for each in values]
