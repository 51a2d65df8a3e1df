"""The role of each sentence of an abstract whose headings were taken away."""

from __future__ import annotations

from benchmarks.tasks.rows import Row, keys
from ingest.extractors.labels import ROLES
from ingest.extractors.roles import assign
from kb.vocabulary import Vocabulary


def predict(row: Row, vocabulary: Vocabulary) -> Row:
    """A prediction for `score.py roles`: a label a sentence."""
    texts = row["sentences"]
    return {**keys(row), "labels": [str(each).upper() for each in assign(texts, [ROLES] * len(texts))]}
