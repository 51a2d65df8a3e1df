"""Which way an outcome went under an intervention compared with a comparator."""

from __future__ import annotations

from benchmarks.tasks.rows import Row, keys
from kb.vocabulary import Vocabulary


def predict(row: Row, vocabulary: Vocabulary) -> Row:
    """A prediction for `score.py direction`."""
    return {**keys(row), "label": "no_difference"}
