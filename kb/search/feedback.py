"""What a short question may also mean: the most telling words of the publications that answer it best.

Pseudo-relevance feedback (after Lavrenko & Croft, "Relevance-Based Language Models", SIGIR 2001, in BM25's weights).
It pays for short questions that few publications answer in full, and harms all others, so that it is done for
those alone; where meaning is at hand (`kb.search.fusion`), that does it better.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

import msgspec

from kb.index import ranking
from kb.index.tree import All, Boost, Node, Or, Request, Word
from kb.question.fillers import FILLERS
from kb.search.index import Index
from kb.text import stems

LONGEST = 3  # words of a question that is short
FEW = 10  # publications with all of a question, from which on nothing need be added
_BEST = 8  # publications that are learnt from
_WORDS = 12  # words that are learnt
_LOOKED_UP = 80  # words whose worth is looked up
_SHARE = 0.3  # the weight of what is learnt beside the question

Texts = Callable[[Sequence[str]], Iterable[str]]


def related(request: Request, words: int, index: Index, texts: Texts) -> Node | None:
    """What a question of so many `words`, asked by `request`, may also mean; None where nothing is learnt."""
    found, _ = index.search(msgspec.structs.replace(request, offset=0, limit=_BEST, counted=False))
    total = sum(found.scores)
    if not total:
        return None
    learnt_from = [Counter(filter(_tells, stems(text))) for text in texts(found.ids)]
    telling = _telling(learnt_from, [score / total for score in found.scores], index)
    kept = sorted(telling, key=lambda stem: (-telling[stem], stem))[:_WORDS]
    said = sum(telling[stem] for stem in kept)
    scale = _SHARE / (1 - _SHARE) * words / said if said else 0.0
    return Or(tuple(Boost(Word(stem), scale * telling[stem]) for stem in kept)) if scale else None


def _telling(texts: Sequence[Counter[str]], shares: Sequence[float], index: Index) -> dict[str, float]:
    """The stems of `texts` with what they tell: their BM25 in each, times its share."""
    often: dict[str, float] = {}
    for counts, share in zip(texts, shares, strict=True):
        for stem, number in counts.items():
            often[stem] = often.get(stem, 0.0) + share * number
    looked_up = sorted(often, key=lambda stem: (-often[stem], stem))[:_LOOKED_UP]
    size, *having = index.count((All(), *map(Word, looked_up)))
    lengths = [each.total() for each in texts]
    average = sum(lengths) / len(lengths) or 1.0
    telling: dict[str, float] = {}
    for stem, number in zip(looked_up, having, strict=True):
        if number > 1:
            worth = ranking.idf(size, number)
            parts = zip(shares, texts, lengths, strict=True)
            telling[stem] = sum(share * ranking.bm25(worth, text[stem], n, average) for share, text, n in parts if n)
    return telling


def _tells(stem: str) -> bool:
    return len(stem) > 2 and stem not in FILLERS and not any(letter.isdigit() for letter in stem)
