"""Misspelt words: put right where a concept is meant, asked back where another word of the titles is near.

A word that publications here use is spelt rightly, whatever it looks like. One that none, or next to none, uses and
that is a letter away from a name of the vocabulary is read as that name, and the answer says so; one that is near a
word of the titles gives a "did you mean". Near is the distance of Damerau and Levenshtein, in which a swap of two
letters is one slip. A slip seldom is in the first letter, and a word that begins otherwise is another word: "worse" is
no "horse". An ordinary word (`kb.search.ordinary`) is no slip, though nobody here uses it.

Of short words many are near, so that a slip in one is mended only where a letter is missing, too many or swapped, and
one common word of the field alone is near: "bak" and "pian" are "back" and "pain".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import DamerauLevenshtein
from rapidfuzz.process import extract

from kb.index.tree import Word
from kb.question import Reading
from kb.question.fillers import FILLERS
from kb.search.index import Index
from kb.search.ordinary import ORDINARY
from kb.text import fold, stem, words, written
from kb.vocabulary import Vocabulary

_SHORTEST = 5  # letters; a shorter word is a letter away from too many, unless these are common words
_SHORTEST_COMMON = 3  # letters, of a slip in a common word
_COMMON = 15  # names that have a word which is common
_COMMONEST = 50  # and which is so common that a word of three letters may be meant for it
_LONG = 8  # letters, from which on two slips are forgiven
_RARE = 2  # publications; a word that no more use may still be a slip of theirs
_MOST = 3  # words of a question that are looked up


class Spelling:
    """The spelling of an index and a vocabulary."""

    def __init__(self, index: Index, vocabulary: Vocabulary) -> None:
        self._index, self._vocabulary = index, vocabulary

    def mend(self, word: str) -> str | None:
        """The word of a concept's name that a misspelt `word` is a letter away from."""
        folded, names = fold(word), _name_words(self._vocabulary)
        if stem(folded) in names.known or self._used(word) > _RARE:
            return None
        near = _near(folded, names.long, 1) if _may_err(folded) else []
        return _common(word, names) or (near[0] if near else None)

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


def _may_err(word: str, shortest: int = _SHORTEST) -> bool:
    return len(word) >= shortest and word.isalpha() and stem(word) not in FILLERS | ORDINARY


def _near(word: str, others: Sequence[str], distance: int) -> list[str]:
    """The nearest of `others` with the same beginning, no farther than `distance`, in their order."""
    found = extract(word, others, scorer=DamerauLevenshtein.distance, score_cutoff=distance, limit=20)
    alike = [(other, far) for other, far, _ in found if _begin_alike(word, other)]
    return [other for other, far in alike if far == alike[0][1]]


def _begin_alike(word: str, other: str) -> bool:
    """With the same letter, or the same two that were swapped."""
    return word[0] == other[0] or word[:2] == other[1::-1]


def _common(word: str, names: _Names) -> str | None:
    """The common word that `word` is a slip of, if it is one alone. Capitals are an abbreviation, and no slip."""
    folded = fold(word)
    if not _may_err(folded, _SHORTEST_COMMON) or not (word.islower() or word.istitle()):
        return None
    near = _near(folded, names.common if len(folded) > _SHORTEST_COMMON else names.commonest, 1)
    slips = [each for each in near if len(each) != len(folded) or sorted(each) == sorted(folded)]
    return slips[0] if len(slips) == 1 else None


class _Names(NamedTuple):
    """The words of the names of concepts: those long enough to be mended, the common ones; the stems of all."""

    long: Sequence[str]
    common: Sequence[str]
    commonest: Sequence[str]
    known: frozenset[str]


@lru_cache(maxsize=4)
def _name_words(vocabulary: Vocabulary) -> _Names:
    """The words of the names of concepts, in the order of the data."""
    counts = Counter(word for name, _ in vocabulary.names() for word in written(fold(name)))
    common = [each for each, n in counts.items() if n >= _COMMON and len(each) > _SHORTEST_COMMON]
    return _Names(
        [each for each in counts if len(each) >= _SHORTEST],
        [each for each in common if stem(each) not in FILLERS],
        [each for each in common if stem(each) not in FILLERS and counts[each] >= _COMMONEST],
        frozenset(map(stem, counts)),
    )
