"""What a text must hold for a pattern to match at all, so that costly patterns are tried only where they may.

A pattern that begins at a word's edge and disregards case is tried at every character of a text; whether the text
holds one of a few stems is found a hundred times as fast. The stems are read off the parsed pattern.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

Stems = frozenset[str]  # every match holds one of them, in lower case; empty where nothing is known
_SHORTEST = 2  # single letters are in every text, though a single sign is not
_SIGNS = frozenset("?!%=<>±")


@cache  # read off once for each pattern of a table
def stems(pattern: re.Pattern[str]) -> tuple[str, ...]:
    """The strings of which every match of `pattern` holds one, in lower case; none where that cannot be told."""
    found = _sequence(parser.parse(pattern.pattern, pattern.flags))
    return tuple(sorted(each for each in found if not any(other in each for other in found - {each})))


def may_match(pattern: re.Pattern[str], lowered: str) -> bool:
    """Whether `pattern` could match in a text that is `lowered` in lower case."""
    wanted = stems(pattern)
    for stem in wanted:  # a generator would cost more than the search
        if stem in lowered:
            return True
    return not wanted


def search(pattern: re.Pattern[str], text: str, start: int, end: int) -> re.Match[str] | None:
    """`pattern.search(text, start, end)`, where the stretch holds what it needs."""
    return pattern.search(text, start, end) if may_match(pattern, text[start:end].lower()) else None


def _sequence(parsed: Iterable[tuple[Any, Any]]) -> Stems:
    """The best of what each part of a sequence demands: the one whose shortest stem is longest."""
    demanded: list[Stems] = []
    run = ""
    for kind, given in parsed:
        if kind is ops.LITERAL and given < 128:
            run += chr(given).lower()
            continue
        demanded += [frozenset((run,)), _demanded(kind, given)]
        run = ""
    demanded.append(frozenset((run,)))
    return max((each for each in demanded if _told(each)), key=_worth, default=frozenset())


def _demanded(kind: Any, given: Any) -> Stems:
    if kind is ops.SUBPATTERN:
        return _sequence(given[3])
    if kind in (ops.MAX_REPEAT, ops.MIN_REPEAT) and given[0] >= 1:
        return _sequence(given[2])
    if kind is ops.BRANCH:
        return _branches([_sequence(each) for each in given[1]])
    return frozenset()


def _branches(each: Sequence[Stems]) -> Stems:
    return frozenset().union(*each) if all(_told(stems) for stems in each) else frozenset()


def _told(stems: Stems) -> bool:
    return bool(stems) and all(len(stem) >= _SHORTEST or stem in _SIGNS for stem in stems)


def _worth(stems: Stems) -> tuple[int, int]:
    return min(len(stem) for stem in stems), -len(stems)
