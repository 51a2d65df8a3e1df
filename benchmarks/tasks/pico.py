"""Which words name the participants, the interventions and the outcomes."""

from __future__ import annotations

from benchmarks.tasks.rows import Row, keys
from ingest.extractors.pico import tag
from kb.vocabulary import Vocabulary


def predict(row: Row, vocabulary: Vocabulary) -> Row:
    """A prediction for `score.py pico`: a label a token."""
    return {**keys(row), "labels": tag(row["sentences"])}
