"""Whether a trial's primary endpoint was met."""

from __future__ import annotations

from benchmarks.tasks.rows import Row, found, keys
from kb.vocabulary import Vocabulary

LABELS = {True: "Positive", False: "Negative", None: None}


def predict(row: Row, vocabulary: Vocabulary) -> Row:
    """`label` is Positive, Negative, or null where the abstract was not understood."""
    primary = found(row, vocabulary).primary
    return {**keys(row), "label": LABELS[primary.value.met if primary else None]}
