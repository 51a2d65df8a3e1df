"""How many people, and how many in each arm."""

from __future__ import annotations

from benchmarks.tasks.rows import Row, found, keys, value
from kb.vocabulary import Vocabulary


def predict(row: Row, vocabulary: Vocabulary) -> Row:
    """A prediction for `score.py sample_size`."""
    facts = found(row, vocabulary)
    sizes = [each.value.n.value for each in facts.method.arms if each.value.n is not None]
    return {**keys(row), "n_total": value(facts.sample.n), "n_arms": sizes}
