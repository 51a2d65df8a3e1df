"""Roles of sentences that no label settles, from their wording, their neighbours' wording and their place.

A linear-chain conditional random field (Lafferty et al. 2001) over the sentences of an abstract, learnt from
abstracts whose headings were taken away (`benchmarks/train_roles.py`). Roles go forward: background,
objective, methods, results, conclusions. What labels settle is fixed, and informs what stands beside it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ingest.extractors.label_words import ROLES, Role
from ingest.extractors.models import Linear, load

__all__ = ["BLOCKS", "assign", "features", "step"]

# What a sentence's features speak for, each with a weight a role: its own role, that of the sentence after it and
# of the one before it, and that it is the first or the last of its role.
BLOCKS = ("own", "next", "previous", "first", "last")
_FORBIDDEN = -1e4
_STEP_BACK = -60.0  # only where labels force it
_LONGEST = 90  # tokens of a sentence that are read
_TOKEN = re.compile(r"[a-z]+|0+(?:[.,·]0+)*|[<>=≤≥±%(:;?]")
_DIGITS = re.compile(r"\d+")

Scores = NDArray[np.float64]


def assign(
    texts: Sequence[str], allowed: Sequence[tuple[Role, ...]], model: Linear | None = None
) -> tuple[Role | None, ...]:
    """A role for each sentence of an abstract, in order, of those `allowed` to it; None where none is allowed."""
    found: list[Role | None] = [each[0] if each else None for each in allowed]
    held = [i for i, each in enumerate(allowed) if each]
    open_ = [len(allowed[i]) > 1 for i in held]
    if any(open_):
        model = model or load("roles")
        near = [any(open_[max(0, k - 1) : k + 2]) for k in range(len(held))]
        scores = _scores(model, [texts[i] for i in held], near)
        barred = np.array([[role not in allowed[i] for role in ROLES] for i in held])
        for i, role in zip(held, _best(_chances(scores, _steps(model), barred)), strict=True):
            found[i] = ROLES[role]
    return tuple(found)


def features(text: str, i: int, count: int) -> set[str]:
    """What is known of sentence `i` of `count`: runs of one to three words (numbers as their shape), and its place."""
    words = _TOKEN.findall(_DIGITS.sub("0", text.lower()))[:_LONGEST]
    after = words[1:]
    found = {
        *words,
        *map(" ".join, zip(words, after, strict=False)),
        *map(" ".join, zip(words, after, words[2:], strict=False)),
        *(f"^{' '.join(words[:k])}" for k in (1, 2, 3)),
        f"${' '.join(words[-2:])}",
        f"length {min(len(words) // 6, 9)}",
        f"numbers {min(sum(each[0] == '0' for each in words), 6)}",
    }
    left, size = count - 1 - i, min(count // 3, 6)
    found |= {
        "any",
        f"count {min(count, 16)}",
        f"from start {min(i, 9)}",
        f"to end {min(left, 9)}",
        f"tenth {10 * i // count}",
        f"twentieth {20 * i // count}",
        f"from start {min(i, 4)} of {size}",
        f"to end {min(left, 4)} of {size}",
    }
    return found


def step(role: str) -> str:
    """The feature that holds the scores of going on from `role` to each role."""
    return f"step from {role}"


def _scores(model: Linear, texts: Sequence[str], near: Sequence[bool]) -> Scores:
    """Scores (sentence, block, role); zero for sentences that are neither open nor `near` to one that is."""
    found = np.zeros((len(texts), len(BLOCKS), len(ROLES)))
    for i, text in enumerate(texts):
        if near[i]:
            found[i] = model.scores(features(text, i, len(texts))).reshape(len(BLOCKS), len(ROLES))
    return found


def _steps(model: Linear) -> Scores:
    """Scores (from, to) of two roles in a row; stepping back all but forbidden."""
    forward = np.array([model.scores([step(role)])[: len(ROLES)] for role in ROLES], dtype=np.float64)
    return np.where(np.tri(len(ROLES), k=-1, dtype=bool), _STEP_BACK, forward)


def _chances(scores: Scores, steps: Scores, barred: NDArray[np.bool_]) -> Scores:
    """The chance (sentence, role) of each role, over all the ways to label the abstract: forward, backward."""
    own, to_next, to_previous, first, last = np.moveaxis(scores, 1, 0)
    own = own.copy()
    own[1:] += to_next[:-1]
    own[:-1] += to_previous[1:]
    own[barred] = _FORBIDDEN
    change = last[:-1, :, None] + first[1:, None, :]
    change[:, np.eye(len(ROLES), dtype=bool)] = 0.0
    pairs = change + steps + own[1:, None, :]
    ahead, behind = np.empty_like(own), np.empty_like(own)
    ahead[0], behind[-1] = own[0] + first[0], last[-1]
    for i in range(1, len(own)):
        ahead[i] = np.logaddexp.reduce(ahead[i - 1][:, None] + pairs[i - 1], axis=0)
    for i in range(len(own) - 2, -1, -1):
        behind[i] = np.logaddexp.reduce(pairs[i] + behind[i + 1], axis=1)
    total = ahead + behind
    odds = np.exp(total - total.max(axis=1, keepdims=True))
    return np.where(barred, _FORBIDDEN, odds / odds.sum(axis=1, keepdims=True))


def _best(chances: Scores) -> list[int]:
    """The roles that never step back, where they need not, with the highest sum of chances."""
    back = np.where(np.tri(len(ROLES), k=-1, dtype=bool), _STEP_BACK, 0.0)
    best, ways = chances[0], []
    for chance in chances[1:]:
        sums = best[:, None] + back
        ways.append(sums.argmax(axis=0))
        best = sums.max(axis=0) + chance
    found = [int(best.argmax())]
    for way in reversed(ways):
        found.append(int(way[found[-1]]))
    return found[::-1]
