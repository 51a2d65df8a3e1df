"""Which words name the participants, the interventions and the outcomes."""

from __future__ import annotations

from benchmarks.tasks.rows import Row, keys
from kb.vocabulary import Vocabulary


def predict(row: Row, vocabulary: Vocabulary) -> Row:
    """A prediction for `score.py pico`: a label a token."""
    return {**keys(row), "labels": [["O"] * len(sentence) for sentence in row["sentences"]]}
