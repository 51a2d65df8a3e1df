"""What is known of a word by itself, as numbers: its spelling, hashed, and which words are used like it.

The words that are used alike were learnt from unlabelled abstracts (`benchmarks/word_vectors.py`): a vector a
word, and classes of words with near vectors, in three grains. They tell a drug from a symptom where the labelled
abstracts, being few, never had the word.
"""

from __future__ import annotations

import re
from functools import lru_cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

# The columns of a word, in the order in which `Lexicon.row` packs them.
COLUMNS = (
    "word",  # lower case, digits as 0
    "stem",
    "suffix3",
    "suffix4",
    "prefix3",
    "prefix5",
    "shape",  # "Xx-0" for "Mid-1990"
    "coarse",  # its class of some 32
    "middle",  # of 128
    "fine",  # of 512
    "function",  # the word itself where it only joins others, 1 for a number, else 0
    "vector",  # its row of the vectors; the last, of zeros, where it is not known
)
# Words that join others; the last one before a word tells much of what it is.
_FUNCTION = frozenset(
    "of in with for to and or by on at from after before during between than versus vs as who that which were was is "
    "are had have has be been being ( ) , ; : . received receiving treated undergoing using compared group groups the "
    "a an not no we this these their both among into either plus alone when while did showed significantly p".split()
)
_DIGIT = re.compile(r"\d")
_ENDING = re.compile(r"(?:ies|es|s|ing|ed|y)$")
_RUN = re.compile(r"(.)\1+")


def key(word: str) -> str:
    """The word as the vectors know it: lower case, each digit a 0."""
    return _DIGIT.sub("0", word.lower())


def stem(word: str) -> str:
    """A key without the endings that a name loses and gains from sentence to sentence."""
    return _ENDING.sub("", word) if len(word) > 4 else word


class Lexicon:
    """`keys` are the CRC-32 of the known words, sorted; `classes` (words, 3) their classes, coarse to fine."""

    def __init__(self, keys: NDArray[np.uint32], classes: NDArray[np.uint16]) -> None:
        self._places = {each: i for i, each in enumerate(keys.tolist())}
        self._classes = classes.tolist()
        self.row = lru_cache(maxsize=1 << 15)(self._row)
        edge = [0] * len(COLUMNS)
        edge[COLUMNS.index("function")] = crc32(b"edge")
        edge[COLUMNS.index("vector")] = len(keys)
        self.edge = np.array(edge, dtype=np.uint64).tobytes()  # the row of what lies between two sentences

    def _row(self, word: str) -> bytes:
        """The columns of `word`, each an unsigned 64-bit number."""
        known = key(word)
        place = self._places.get(crc32(known.encode()), -1)
        if place < 0:  # words that are not known go by their endings
            classes: tuple[object, ...] = (0, known[-2:], known[-4:])
        else:
            classes = tuple(self._classes[place])
        marks = "".join("0" if c.isdigit() else "X" if c.isupper() else "x" if c.isalpha() else c for c in word[:12])
        strings = (known, stem(known), known[-3:], known[-4:], known[:3], known[:5], _RUN.sub(r"\1", marks))
        function = crc32(known.encode()) if known in _FUNCTION else int(known[:1].isdigit())
        hashed = [crc32(f"{name}={value}".encode()) for name, value in zip(COLUMNS, (*strings, *classes), strict=False)]
        return np.array([*hashed, function, len(self._places) if place < 0 else place], dtype=np.uint64).tobytes()
