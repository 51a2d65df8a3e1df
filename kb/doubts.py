"""What a machine read with doubt: the publications that a person should look at first.

A reading may be whole and still be unlikely: a trial without people, a result section without an outcome. Such a
publication is shown as it was read, with every fact marked as a machine's, and waits here until somebody has looked.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from kb.extraction import Extraction, findings
from kb.publication import Publication

_TRIALS = ("rct", "crossover_rct", "cluster_rct", "quasi_randomised", "controlled_allocation_unclear")
_FEW = 4  # a trial with fewer people is mostly a number misread


class Doubt(msgspec.Struct, frozen=True):
    """A publication by its id and title, and why it should be looked at."""

    publication: str
    title: str
    reasons: tuple[str, ...]


_Rule = tuple[str, Callable[[Extraction, bool], bool]]

# What is doubted, and of which facts of an abstract (True: it tells of results).
_RULES: tuple[_Rule, ...] = (
    ("a trial, and no number of people was read", lambda e, _: _is(e, *_TRIALS) and e.sample.n is None),
    ("a trial of fewer than four people", lambda e, _: _is(e, *_TRIALS) and 0 < _n(e) < _FEW),
    ("no design was read", lambda e, _: e.design is None),
    (
        "it tells of results, and no outcome was read",
        lambda e, told: told and not e.outcomes and not _is(e, "protocol"),
    ),
    ("more people in its groups than entered", lambda e, _: 0 < _n(e) < sum(_sizes(e))),
    ("randomised, and only one group was read", lambda e, _: _is(e, "rct", "cluster_rct") and len(e.method.arms) == 1),
)


def doubts(publication: Publication) -> Doubt | None:
    """Why a person should look at `publication`; None where nothing is unlikely, or somebody has looked."""
    facts, record = publication.facts, publication.record
    if record.abstract is None or any(each.state != "machine" for _, each in findings(facts)):
        return None
    told = facts.conclusion is not None or "results" in record.abstract.casefold()
    reasons = tuple(name for name, fits in _RULES if fits(facts, told))
    return Doubt(publication.id, record.title, reasons) if reasons else None


def _is(facts: Extraction, *kinds: str) -> bool:
    return facts.design is not None and facts.design.value in kinds


def _n(facts: Extraction) -> int:
    return facts.sample.n.value if facts.sample.n else 0


def _sizes(facts: Extraction) -> list[int]:
    return [each.value.n.value for each in facts.method.arms if each.value.n is not None]
