"""Randomised controlled trial or not."""

from __future__ import annotations

from benchmarks.tasks.rows import Row, found, keys, value
from kb.vocabulary import Vocabulary

RANDOMISED = ("rct", "crossover_rct", "cluster_rct")


def predict(row: Row, vocabulary: Vocabulary) -> Row:
    """A prediction for `score.py design`."""
    return {**keys(row), "is_rct": value(found(row, vocabulary).design) in RANDOMISED}
