"""Randomised controlled trial or not, as the indexers of MEDLINE understand it.

They file a protocol with its trial, and count a double-blind controlled trial as randomised though its abstract
leaves the word out; what is shown of a record keeps to the words.
"""

from __future__ import annotations

from benchmarks.tasks.rows import Row, found, keys, value
from kb.extraction import Extraction
from kb.vocabulary import Vocabulary

RANDOMISED = ("rct", "crossover_rct", "cluster_rct")


def predict(row: Row, vocabulary: Vocabulary) -> Row:
    """A prediction for `score.py design`."""
    return {**keys(row), "is_rct": is_randomised_trial(found(row, vocabulary))}


def is_randomised_trial(facts: Extraction) -> bool:
    """Whether the design is that of a randomised trial, done or planned, stated or implied by its blinding."""
    kind = value(facts.design)
    if kind in RANDOMISED or value(facts.method.randomised):
        return True
    blinding = (value(facts.method.blinding) or "").casefold()
    return kind == "controlled_allocation_unclear" and blinding.startswith(("double", "triple"))
