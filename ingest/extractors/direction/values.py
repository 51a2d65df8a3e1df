"""Two values compared: "12.3 vs 15.4" is a decrease where the intervention is named first.

The order of the arms is the order of their values ("in the massage and control groups, 12 and 15
respectively"); numbers that count people, time, doses or scatter are no values.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from ingest.extractors.direction.figures import number
from ingest.extractors.direction.marking import ARMS, COMPARATOR, INTERVENTION, NUMBER, OUTCOME, Word

_COUNTED = frozenset(
    "patients participants subjects women men children infants times fold studies trials st nd rd th".split()
)
_BEFORE_NO_VALUE = frozenset(
    "week weeks day days month months hour year n ± + sd se sem at after for during within by over every than phase "
    "type table fig figure of first initial from grade stage age".split()
)
_DOSES = frozenset("mg g iu mcg ml % kg".split())
_OPEN = {"(": 1, "[": 1, ")": -1, "]": -1}
_RATIO = frozenset("ratio ratios or rr hr irr odds aor ahr hazard hazards".split())
_DIFFERENCE = frozenset("difference smd md wmd β beta".split())


class Value(NamedTuple):
    """A value at a position, and how many brackets stand around it."""

    at: int
    number: float
    depth: int


def compared(words: Sequence[Word], pvalue: str) -> list[str]:
    """Features: how the first two values behind the outcome compare, and what a ratio or difference says."""
    values = _values(words)
    outcome = next((i for i, each in enumerate(words) if each.sign == OUTCOME), 0)
    found: list[str] = []
    behind_all = [each for each in values if each.at > outcome]
    behind = _plainest(behind_all)
    for name, pair in (
        ("far", behind if len(behind) > 1 else _plainest(values)),
        ("vs", _versus(words, values)),
    ):
        if len(pair) > 1:
            way = "up" if pair[0].number > pair[1].number else "down" if pair[0].number < pair[1].number else "even"
            known = _order(words, pair[0].at, pair[1].at)
            if known < 0:
                way = {"up": "down", "down": "up"}.get(way, way)
            sure = ("?", "*", "")[abs(known)]
            found += [f"{name}:{way}{sure}", f"{name}:{way}{sure}:{pvalue}"]
    mine = _beside(words, behind_all if len(behind_all) > 1 else values)
    if mine is not None:
        found += [f"own:{mine}", f"own:{mine}:{pvalue}"]
    return found + list(_effects(words, pvalue))


def _plainest(values: Sequence[Value]) -> list[Value]:
    """The first two values outside brackets, or else the first two."""
    outside = [each for each in values if each.depth <= 0]
    return list(outside[:2] if len(outside) > 1 else values[:2])


def _order(words: Sequence[Word], first: int, second: int) -> int:
    """2 if the first of two values is the intervention's, -2 if the comparator's, 1 and -1 if one arm is named, 0."""
    named = [i for i, each in enumerate(words) if each.sign in ARMS]
    pairs = [(i, k) for i, k in pairwise(named) if words[i].sign != words[k].sign]
    if pairs:
        nearest = min(pairs, key=lambda each: abs(each[0] - first) + abs(each[1] - second))
        return -2 if words[nearest[0]].sign == COMPARATOR else 2
    if not named:
        return 0
    own = min(named, key=lambda i: min(abs(i - first), abs(i - second)))
    sign = -1 if words[own].sign == COMPARATOR else 1
    return -sign if own > second else sign


def _beside(words: Sequence[Word], values: Sequence[Value]) -> str | None:
    """How the value that stands beside the intervention compares with the one beside the comparator."""
    plain = [each for each in values if each.depth <= 0]
    told = plain if len(plain) > 1 else values
    arms = [i for i, each in enumerate(words) if each.sign in ARMS]
    if len(told) < 2 or not arms or any(each.sign == "respectively" for each in words):
        return None
    after = arms[0] < told[0].at
    own: dict[str, float] = {}
    for value in told:
        near = [i for i in arms if i < value.at] if after else [i for i in reversed(arms) if i > value.at]
        if near and abs(near[-1] - value.at) < 12:
            own.setdefault(words[near[-1]].sign, value.number)
    if len(own) < 2:
        return None
    treated, other = own[INTERVENTION], own[COMPARATOR]
    return "up" if treated > other else "down" if treated < other else "even"


def _versus(words: Sequence[Word], values: Sequence[Value]) -> list[Value]:
    """The values on the two sides of "versus"."""
    for i, each in enumerate(words):
        if each.sign in ("vs", "versus"):
            before = [value for value in values if i - 20 < value.at < i]
            behind = [value for value in values if i < value.at < i + 12]
            if before and behind:
                depth = min(value.depth for value in before)
                return [next(value for value in reversed(before) if value.depth == depth), behind[0]]
    return []


def _values(words: Sequence[Word]) -> list[Value]:
    found = []
    depth = 0
    for i, each in enumerate(words):
        depth += _OPEN.get(each.sign, 0)
        if each.sign == NUMBER and _tells(words, i):
            value = number(each.figure)
            if value is not None:
                found.append(Value(i, -value if _negative(words, i) else value, depth))
    return found


def _negative(words: Sequence[Word], i: int) -> bool:
    """Whether a minus stands before the number at `i`; a hyphen is one behind a bracket or a small word."""
    before = words[i - 1].sign if i else ""
    return before in ("−", "–") or (before == "-" and i > 1 and words[i - 2].sign in ("(", "[", ",", "by", "=", "was"))


def _tells(words: Sequence[Word], i: int) -> bool:
    """Whether the number at `i` is a value: no head count, time, dose, scatter or level of confidence."""
    before = words[i - 1].sign if i else ""
    behind = words[i + 1].sign if i + 1 < len(words) else ""
    if behind == "%" and i + 2 < len(words) and words[i + 2].sign in ("ci", "confidence", "c"):
        return False
    if before in ARMS and behind in _DOSES and behind != "%":
        return False
    if before == "-" and not _negative(words, i):
        return False
    counts = before == "=" and i > 1 and words[i - 2].sign == "n"
    return not (behind in _COUNTED or before in _BEFORE_NO_VALUE or counts)


def _effects(words: Sequence[Word], pvalue: str) -> Iterator[str]:
    for i, each in enumerate(words):
        if each.sign not in _RATIO and each.sign not in _DIFFERENCE:
            continue
        k = next((k for k in range(i + 1, min(len(words), i + 8)) if words[k].sign == NUMBER), None)
        value = number(words[k].figure) if k is not None else None
        if k is None or value is None or (each.sign == "or" and k > i + 2):
            continue
        if each.sign in _RATIO:
            yield f"ratio:{'up' if value > 1 else 'down' if value < 1 else 'even'}:{pvalue}"
        else:
            negative = words[k - 1].sign in ("-", "−", "–")
            yield f"diff:{'down' if negative else 'up'}:{pvalue}"
