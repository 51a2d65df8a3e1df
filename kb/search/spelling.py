"""Misspelt words: put right where a concept is meant, asked back where another word of the titles is near.

A word that publications here use is spelt rightly, whatever it looks like. One that none, or next to none, uses and
that is a letter away from a name of the vocabulary is read as that name, and the answer says so; one that is near a
word of the titles gives a "did you mean". Near is the distance of Damerau and Levenshtein, in which a swap of two
letters is one slip.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz.distance import DamerauLevenshtein
from rapidfuzz.process import extract

from kb.index.tree import Word
from kb.question import Reading
from kb.question.fillers import FILLERS
from kb.search.index import Index
from kb.text import fold, stem, words, written
from kb.vocabulary import Vocabulary

_SHORTEST = 5  # letters; a shorter word is a letter away from too many
_LONG = 8  # letters, from which on two slips are forgiven
_RARE = 2  # publications; a word that no more use may still be a slip of theirs
_MOST = 3  # words of a question that are looked up


class Spelling:
    """The spelling of an index and a vocabulary."""

    def __init__(self, index: Index, vocabulary: Vocabulary) -> None:
        self._index, self._vocabulary = index, vocabulary

    def mend(self, word: str) -> str | None:
        """The word of a concept's name that a misspelt `word` is a letter away from."""
        folded, (names, known) = fold(word), _name_words(self._vocabulary)
        if not _may_err(folded) or stem(folded) in known or self._used(word) > _RARE:
            return None
        near = _near(folded, names, 1)
        return near[0] if near else None

    def instead(self, reading: Reading) -> str | None:
        """The question with the words that nobody here uses replaced by near ones of the titles, if there are any."""
        question = reading.question
        unknown = [each for each in reversed(list(words(question))) if each.stem in reading.stems][:_MOST]
        for each in unknown:
            word = fold(question[each.start : each.end])
            if _may_err(word) and not self._used(word):
                counts = self._index.written()
                near = _near(word, list(counts), 2 if len(word) >= _LONG else 1)
                best = max(near, key=lambda other: counts[other], default=word)
                question = question[: each.start] + best + question[each.end :]
        return question if question != reading.question else None

    def _used(self, word: str) -> int:
        return self._index.count((Word(stem(word)),))[0]


def _may_err(word: str) -> bool:
    return len(word) >= _SHORTEST and word.isalpha() and stem(word) not in FILLERS


def _near(word: str, others: Sequence[str], distance: int) -> list[str]:
    """The nearest of `others`, no farther than `distance`, in their order."""
    found = extract(word, others, scorer=DamerauLevenshtein.distance, score_cutoff=distance, limit=20)
    return [other for other, far, _ in found if far == found[0][1]]


@lru_cache(maxsize=4)
def _name_words(vocabulary: Vocabulary) -> tuple[Sequence[str], frozenset[str]]:
    """The words of the names of concepts, in the order of the data, and their stems."""
    names = dict.fromkeys(
        word for name, _ in vocabulary.names() for word in written(fold(name)) if len(word) >= _SHORTEST
    )
    return list(names), frozenset(map(stem, names))
