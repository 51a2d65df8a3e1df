"""Whether a trial's primary endpoint was met."""

from __future__ import annotations

from benchmarks.tasks.rows import Row, keys
from ingest.extractors.primary import verdict
from ingest.extractors.reading import read
from kb.vocabulary import Vocabulary


def predict(row: Row, vocabulary: Vocabulary) -> Row:
    """`label` is Positive or Negative: asked of every trial, also where the record's own field stays silent."""
    met = verdict(read(row.get("abstract") or "", row.get("title") or "", (), vocabulary))
    return {**keys(row), "label": "Positive" if met else "Negative"}
