"""What each number of an abstract counts: the whole sample, an arm, or something else.

Learnt from labelled trials (`benchmarks/train_sample.py`); the wordings are too many for a table of rules.
"""

from __future__ import annotations

from functools import lru_cache
from math import log

import msgspec

from ingest.extractors.count_features import candidates, features
from ingest.extractors.models import load
from ingest.extractors.numbers import Number
from ingest.extractors.reading import Reading


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
    return tuple(Counted(number, float(p[whole]), float(p[arm])) for number, p in zip(found, likely, strict=True))


def odds(p: float) -> float:
    """The log-odds of a probability, kept from infinity."""
    p = min(max(p, 1e-4), 1 - 1e-4)
    return log(p / (1 - p))
