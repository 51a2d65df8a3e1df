"""What each number of an abstract counts: the whole sample, an arm, or something else.

Learnt from labelled trials (`benchmarks/train_sample.py`); the wordings are too many for a table of rules.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import log

import msgspec

from ingest.extractors.arm_sizes import IN_GROUP, NOT_ENTERED, counts_people
from ingest.extractors.count_features import candidates, features
from ingest.extractors.models import load
from ingest.extractors.numbers import Number
from ingest.extractors.reading import Reading
from ingest.extractors.sentences import Sentence

_SURE = 0.95  # what a plain wording is worth, whatever the weights say


class Counted(msgspec.Struct, frozen=True):
    """A number with the probabilities (0 to 1) that it counts the whole sample, and that it counts an arm."""

    number: Number
    whole: float
    arm: float


@lru_cache(maxsize=2)  # groups and sample ask of the same reading in turn
def counted(reading: Reading) -> tuple[Counted, ...]:
    """Every number that could count people, in order."""
    model = load("sample")
    whole, arm = model.labels.index("whole"), model.labels.index("arm")
    found = candidates(reading)
    likely = (model.probabilities(each) for each in features(reading, found))
    read = (Counted(number, float(p[whole]), float(p[arm])) for number, p in zip(found, likely, strict=True))
    plain = _said_plainly(reading, found)
    return tuple(
        Counted(each.number, min(each.whole, 1 - _SURE), max(each.arm, _SURE)) if each.number in plain else each
        for each in read
    )


def _said_plainly(reading: Reading, found: Sequence[Number]) -> frozenset[Number]:
    """Numbers that their sentence puts into groups one after the other: "9 women in the massage group, 8 in ..."."""
    plain: dict[Sentence, list[Number]] = {}
    for number in found:
        sentence = reading.sentence_at(number.start)
        if sentence and counts_people(reading.abstract, number) and IN_GROUP.match(reading.abstract, number.end):
            plain.setdefault(sentence, []).append(number)
    told = (
        numbers for each, numbers in plain.items() if not NOT_ENTERED.search(reading.abstract, each.start, each.end)
    )
    return frozenset(number for numbers in told if len(numbers) > 1 for number in numbers)


def odds(p: float) -> float:
    """The log-odds of a probability, kept from infinity."""
    p = min(max(p, 1e-4), 1 - 1e-4)
    return log(p / (1 - p))
