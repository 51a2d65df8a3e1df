"""Which way an outcome went under an intervention compared with a comparator.

Read from the abstract; a row without one holds only the passages that doctors found in the full text, and
these are read instead.
"""

from __future__ import annotations

from benchmarks.tasks.rows import Row, keys
from ingest.extractors.direction import direction, passages
from ingest.extractors.sentences import sentences
from kb.vocabulary import Vocabulary


def predict(row: Row, vocabulary: Vocabulary) -> Row:
    """A prediction for `score.py direction`, with the sentence that it was read from."""
    asked = (row["outcome"], row["intervention"], row["comparator"])
    text = row.get("abstract")
    if not text:
        return {**keys(row), "label": passages(row["evidence"], *asked) or "no_difference"}
    found = direction(text, sentences(text), *asked)
    if found is None:
        return {**keys(row), "label": "no_difference"}
    return {**keys(row), "label": found.label, "evidence": text[found.start : found.end]}
