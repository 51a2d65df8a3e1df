"""More like this: the publications that share a publication's most telling words and its concepts."""

from __future__ import annotations

from collections import Counter

from kb.index import ranking
from kb.index.tree import All, Boost, Concept, Node, Or, Request, Word
from kb.publication import Publication
from kb.question.fillers import FILLERS
from kb.search.index import Index
from kb.text import stems

_LOOKED_UP = 60  # words whose worth is looked up: the commonest of the text
_TELLING = 20  # words that are searched by


def similar(publication: Publication, index: Index, most: int) -> tuple[str, ...]:
    """The ids of at most `most` publications like this one, the most alike first."""
    record, facts = publication.record, publication.facts
    title = stems(record.title)
    found = Counter(stems(record.abstract or record.summary or ""))
    found.update(dict.fromkeys(title, 2))
    often = [(stem, n) for stem, n in found.most_common() if stem not in FILLERS and len(stem) > 2][:_LOOKED_UP]
    size, *having = index.count((All(), *(Word(stem) for stem, _ in often)))
    worth = {stem: n * ranking.idf(size, have) for (stem, n), have in zip(often, having, strict=True) if have > 1}
    telling = sorted(worth, key=lambda stem: (-worth[stem], stem))[:_TELLING]
    concepts = (*facts.sample.conditions, *facts.method.techniques)
    parts: tuple[Node, ...] = (
        *(Boost(Word(stem), worth[stem] / worth[telling[0]]) for stem in telling),
        *(Concept(id) for id in dict.fromkeys(each.value for each in concepts)),
    )
    answer, _ = index.search(Request(tree=Or(parts), limit=most + 1, counted=False))
    return tuple(id for id in answer.ids if id != publication.id)[:most]
