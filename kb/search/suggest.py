"""Suggestions while typing: concepts whose names begin so, never what others asked."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from kb.index.tree import Concept
from kb.search.answers import Suggestion
from kb.search.index import Index
from kb.text import fold
from kb.vocabulary import Vocabulary

_SHORTEST = 2  # letters
_CANDIDATES = 60  # concepts whose publications are counted


def suggest(typed: str, index: Index, vocabulary: Vocabulary, most: int = 8) -> tuple[Suggestion, ...]:
    """At most `most` concepts with a name that begins as `typed`, or a word of it does; the most studied first.

    Each concept once, by its own name where that fits, and never one that no publication here names.
    """
    begun = " ".join(fold(typed).split())
    if len(begun) < _SHORTEST:
        return ()
    found: dict[str, str] = {}
    for inside in (False, True):  # names that begin so, then names with a word that does
        for folded, name, id in _names(vocabulary):
            if id not in found and (f" {begun}" in folded if inside else folded.startswith(begun)):
                found[id] = name
    ids = list(found)[:_CANDIDATES]
    counts = index.count([Concept(id) for id in ids])
    known = [_suggestion(id, found[id], count, vocabulary) for id, count in zip(ids, counts, strict=True) if count]
    return tuple(sorted(known, key=lambda each: (not fold(each.text).startswith(begun), -each.count, each.text))[:most])


def _suggestion(id: str, text: str, count: int, vocabulary: Vocabulary) -> Suggestion:
    concept = vocabulary.concept(id)
    assert concept is not None
    return Suggestion(text, concept.name, concept.kind, count)


@lru_cache(maxsize=4)
def _names(vocabulary: Vocabulary) -> Sequence[tuple[str, str, str]]:
    return [(fold(name), name, id) for name, id in vocabulary.names()]
