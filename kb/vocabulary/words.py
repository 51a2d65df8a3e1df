"""Words of a text and the keys under which they are compared.

Two writings of one word get one key: case, accents, plural and British or American spelling do not
count. An abbreviation is compared in capitals, so that "MS" is no "ms" and "DASH" no "dash".
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

_WORD = re.compile(r"[^\W_]+|[,&]")  # a comma divides names, unless the name has it
_JOINT = re.compile(r"[\s'’/\-\u2010-\u2013]{0,3}")  # what may stand between two words of one name

_SPELLING = (("ae", "e"), ("oe", "e"), ("our", "or"), ("isation", "ization"), ("ysing", "yzing"))
_PLURALS = (
    *(("yses", "ysis"), ("noses", "nosis"), ("ies", "y")),
    *(("ss", "ss"), ("us", "us"), ("is", "is"), ("s", "")),
)
_BRITISH = (
    *(("ise", "ize"), ("ised", "ized"), ("ising", "izing"), ("yse", "yze"), ("ysed", "yzed")),
    *(("tre", "ter"), ("bre", "ber"), ("mme", "m")),
)

# Abbreviations of the data which a person may type as an ordinary word.
_ORDINARY = frozenset({"AIDS", "DASH", "HR", "LOS", "MIDAS", "PROM", "SAS", "SIP", "TENS", "TUG"})


class Word(NamedTuple):
    """`text[start:end]`; `joined` where it may continue a name begun by the word before it."""

    start: int
    end: int
    joined: bool
    key: str
    abbreviation: str | None


@lru_cache(maxsize=65_536)
def fold(word: str) -> str:
    """The key of one word: "Oedemas" and "edema" give "edema", "stretches" and "stretch" one key.

    A key is for comparing only: it loses a final e, which some plurals bring and others keep.
    """
    key = "and" if word == "&" else word.casefold()
    if not key.isascii():
        key = "".join(c for c in unicodedata.normalize("NFKD", key) if not unicodedata.combining(c))
    for british, american in _SPELLING:
        key = key.replace(british, american)
    if len(key) > 3:
        key = _swap_ending(_swap_ending(key, _PLURALS), _BRITISH)
    return key[:-1] if len(key) > 4 and key.endswith("e") else key


def words(text: str, *, question: bool = False) -> list[Word]:
    """The words of `text` in order. In a question any word may be an abbreviation, unless it is an ordinary one."""
    found: list[Word] = []
    last = 0
    for match in _WORD.finditer(text):
        start, end = match.span()
        joined = (start == last + 1 and text[last] == " ") or _JOINT.fullmatch(text, last, start) is not None
        found.append(Word(start, end, joined, *_keys(match[0], question)))
        last = end
    return found


@lru_cache(maxsize=65_536)
def _keys(word: str, question: bool) -> tuple[str, str | None]:
    return fold(word), _abbreviation(word, question)


def _abbreviation(word: str, question: bool) -> str | None:
    stem = word[:-1] if len(word) > 2 and word.endswith("s") else word
    if stem.isupper():
        return stem
    upper = word.upper()
    return upper if question and upper not in _ORDINARY else None


def _swap_ending(key: str, endings: tuple[tuple[str, str], ...]) -> str:
    for ending, instead in endings:
        if key.endswith(ending):
            return key[: -len(ending)] + instead
    return key
