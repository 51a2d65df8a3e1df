"""Whole records of massage and manual therapy."""

from __future__ import annotations

from bisect import bisect_right

from benchmarks.tasks.rows import Row, found, value
from kb.extraction import Finding, Outcome
from kb.vocabulary import Vocabulary

DESIGNS = {
    "single_group_pre_post": "single_group",
    "controlled_allocation_unclear": "controlled_trial",
    "quasi_randomised": "controlled_trial",
    "overview_or_evidence_map": "systematic_review",
}
DIRECTIONS = {"up": "increased", "down": "decreased", "none": "no_difference"}
BASES = {"between_groups": "between", "within_group": "within", "unclear": "unclear"}
HARMS = {
    "reported": "reported",
    "none_serious": "none_reported_explicitly",
    "none_occurred": "none_reported_explicitly",
    None: "not_mentioned",
}
SLOTS = {"session_min": "minutes", "sessions_per_week": "per_week", "weeks": "weeks", "sessions_total": "sessions"}


def predict(row: Row, vocabulary: Vocabulary) -> Row:
    """A prediction for `score_domain.py`."""
    facts = found(row, vocabulary)
    design = value(facts.design)
    dose = {slot: getattr(facts.method.dose, name) for slot, name in SLOTS.items()}
    starts = _starts(row)
    return {
        "id": row["id"],
        "design": DESIGNS.get(design, design) or "not_stated",
        "n_total": value(facts.sample.n),
        "arms": [{"name": each.value.name, "n": value(each.value.n)} for each in facts.method.arms],
        "dose": {slot: None if each is None or each.derived else each.value for slot, each in dose.items()},
        "harms": HARMS[value(facts.harms)],
        "outcomes": [_outcome(each, starts) for each in facts.outcomes],
    }


def _starts(row: Row) -> list[int]:
    starts, at = [], 0
    for sentence in row["sentences"]:
        at = max(at, row["text"].find(sentence, at))
        starts.append(at)
    return starts


def _outcome(finding: Finding[Outcome], starts: list[int]) -> Row:
    outcome = finding.value
    return {
        "outcome": outcome.name,
        "direction": DIRECTIONS.get(outcome.change) or outcome.said or "differs",
        "comparison": BASES[outcome.basis],
        "timepoint": outcome.timepoint,
        # A quote that names its measure in the sentence before ends in the sentence that claims.
        "sentence": bisect_right(starts, (finding.end or 1) - 1) - 1,
    }
