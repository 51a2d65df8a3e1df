"""How text becomes words: one analysis for indexing, asking and highlighting, whatever the engine.

Words are runs of letters and digits; a stem is the word without case, accents and English endings
(Snowball's English stemmer, Porter 2, compiled). Because every room uses this one function, a word that finds a
publication is always a word that can be marked in it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

import msgspec
import Stemmer

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


class Word(msgspec.Struct, frozen=True):
    """A word of a text: `text[start:end]` is how it is written, `stem` what it is compared by."""

    stem: str
    start: int
    end: int


def words(text: str) -> Iterator[Word]:
    """The words of `text`, left to right."""
    for match in _WORD.finditer(text):
        yield Word(stem(match.group()), match.start(), match.end())


def stems(text: str) -> tuple[str, ...]:
    """The stems of `text`, in order."""
    return tuple(map(stem, _WORD.findall(text)))


def written(text: str) -> tuple[str, ...]:
    """The different words of `text` as written, in small letters; no numbers, and none of one or two letters."""
    return tuple(dict.fromkeys(each.casefold() for each in _WORD.findall(text) if len(each) > 2 and each.isalpha()))


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """The stem of one word. A stemmer holds state while it works, so each call has its own (under a microsecond)."""
    stemmed: str = Stemmer.Stemmer("english", 0).stemWord(fold(word))
    return stemmed


def fold(word: str) -> str:
    """A word without case and accents."""
    folded = unicodedata.normalize("NFKD", word.replace("’", "'").casefold())
    return "".join(each for each in folded if not unicodedata.combining(each))
