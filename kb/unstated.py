"""What an abstract leaves out, of the facts that are looked for: a reader should see it in one place.

"Not in the abstract" is not "not done": even the full texts of 67 trials of massage gave the length of a session in
75 % and the practitioner's qualification in 15 % (PMC4925170, table 3, by the groups of STRICT-M). Which facts
belong: CONSORT for Abstracts (doi 10.1371/journal.pmed.0050020) for how a trial was made and for harms, STRICT-M for
what was done. A fact is asked only of a study that can have it: no allocation of a case report.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from kb.extraction import Dose, Extraction

_RANDOMISED = ("rct", "crossover_rct", "cluster_rct")
_TRIALS = (*_RANDOMISED, "controlled_allocation_unclear", "quasi_randomised", "protocol")
_REVIEWS = ("systematic_review", "overview_or_evidence_map", "narrative_review")
_TREATED = (*_TRIALS, "single_group_pre_post", "case_series", "case_report", None)
_PEOPLE = (*_TREATED, "cohort", "case_control", "cross_sectional", "survey", "qualitative")
_RESULTS = tuple(each for each in (*_PEOPLE, *_REVIEWS) if each != "protocol")
_ALL = (*_PEOPLE, *_REVIEWS)


class Slot(msgspec.Struct, frozen=True):
    """A fact that is not stated: in plain words, and the term for it."""

    words: str
    term: str | None = None


def _dose(name: str) -> Callable[[Extraction], Any]:
    """A part of the dose, of the study or of any group."""

    def stated(facts: Extraction) -> Any:
        doses: list[Dose] = [facts.method.dose, *(each.value.dose for each in facts.method.arms)]
        return next((part for each in doses if (part := getattr(each, name)) is not None), None)

    return stated


def _randomised(facts: Extraction) -> Any:
    return facts.method.randomised or (facts.design and facts.design.value in _RANDOMISED)


def _age(facts: Extraction) -> Any:
    return facts.sample.age or facts.sample.age_mean or facts.sample.age_range


# What is asked, of which designs (None: a design that is not stated), and what states it.
_SLOTS: tuple[tuple[Slot, tuple[str | None, ...], Callable[[Extraction], Any]], ...] = (
    (Slot("what kind of study it was", "design"), _ALL, lambda e: e.design),
    (Slot("whether chance decided who got what", "randomisation"), _TRIALS, _randomised),
    (Slot("how the groups were drawn and kept secret", "allocation"), _RANDOMISED, lambda e: e.method.allocation),
    (Slot("who knew which treatment was given", "blinding"), _TRIALS, lambda e: e.method.blinding),
    (Slot("which outcome counted most", "primary outcome"), _TRIALS, lambda e: e.primary),
    (Slot("its number in a register of trials", "registration"), _TRIALS, lambda e: e.registration),
    (Slot("how many trials it sums up"), _REVIEWS, lambda e: e.sample.trials),
    (Slot("how many people took part", "n"), _ALL, lambda e: e.sample.n),
    (
        Slot("how many were in each group", "n per group"),
        _TRIALS,
        lambda e: any(each.value.n for each in e.method.arms),
    ),
    (Slot("how many the results count", "n analysed"), _TRIALS[:-1], lambda e: e.sample.n_analysed),
    (Slot("what they had", "condition"), _ALL, lambda e: e.sample.conditions),
    (Slot("how old they were", "age"), _PEOPLE, _age),
    (Slot("how many were women or men", "sex"), _PEOPLE, lambda e: e.sample.sex or e.sample.female),
    (Slot("which kind of massage", "technique"), (*_TREATED, *_REVIEWS), lambda e: e.method.techniques),
    (Slot("what it was compared with", "comparator"), (*_TRIALS, *_REVIEWS), lambda e: e.method.comparators),
    (Slot("how long a session was", "minutes"), _TREATED, _dose("minutes")),
    (Slot("how often sessions were", "frequency"), _TREATED, _dose("per_week")),
    (Slot("for how many weeks", "duration"), _TREATED, _dose("weeks")),
    (Slot("how many sessions in all"), _TREATED, _dose("sessions")),
    (Slot("who gave it", "provider"), _TREATED, lambda e: e.method.provider),
    (Slot("where it was given", "setting"), _TREATED, lambda e: e.method.setting),
    (Slot("whether anybody was harmed", "harms, adverse events"), _RESULTS, lambda e: e.harms),
)


def unstated(facts: Extraction) -> tuple[Slot, ...]:
    """The facts that `facts` do not state and that a study of this design can have."""
    design = facts.design.value if facts.design else None
    return tuple(slot for slot, designs, stated in _SLOTS if design in designs and not stated(facts))
