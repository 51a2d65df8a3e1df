"""Words in common: whether a sentence of ours is somebody else's."""

from __future__ import annotations

import re
from collections.abc import Collection

LIMIT = 8  # words in a row that are nobody's by chance: a sentence repeated, and no longer a name or a number

_WORD = re.compile(r"\w+")


def words(text: str) -> tuple[str, ...]:
    """The words of `text`, in small letters and without marks between them."""
    return tuple(_WORD.findall(text.casefold()))


def runs(text: tuple[str, ...], length: int) -> frozenset[tuple[str, ...]]:
    """Every run of `length` words in a row."""
    return frozenset(text[at : at + length] for at in range(len(text) - length + 1))


def longest_run(ours: Collection[tuple[str, ...]], theirs: tuple[str, ...], limit: int = LIMIT) -> tuple[str, ...]:
    """The longest run of words of any of `ours` that stands in `theirs` too; looked for up to `limit` words."""
    for length in range(limit, 0, -1):
        known = runs(theirs, length)
        common = next((each for text in ours for each in runs(text, length) if each in known), None)
        if common is not None:
            return common
    return ()
