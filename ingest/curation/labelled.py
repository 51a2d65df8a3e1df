"""An entry beside the labels that other people gave the same abstract: numbers, dose, and the direction of each result.

Rows are about one thing if their names have half of their words in common. The labels tell what a sentence says
("lower in massage than in control"), and a row of ours is that of its `arm`: where the contrast is the other way
round, the direction is turned before it is compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ingest.curation.material import Labels, Row
from ingest.curation.words import words
from ingest.parsers.corpus_entry import Study
from kb.extraction import Outcome

_DOSE = {"minutes": "session_min", "per_week": "sessions_per_week", "weeks": "weeks", "sessions": "sessions_total"}
_BASES = {"between_groups": "between", "within_group": "within", "unclear": "unclear"}
_CHANGES = {"up": "increased", "down": "decreased", "none": "no_difference"}
_BENEFITS = {"better": "improved", "worse": "worsened"}
_TURNED = {"increased": "decreased", "decreased": "increased", "improved": "worsened", "worsened": "improved"}
_EMPTY = frozenset("the of and in a to level levels score scores group vs versus".split())


class Compared(NamedTuple):
    """How many rows of an entry have a labelled one beside them, of how many; and what disagrees."""

    rows: int
    of: int
    problems: tuple[str, ...]


def compared(study: Study, outcomes: Sequence[Outcome], labels: Labels) -> Compared:
    """Hold `study` with its `outcomes` against `labels`; rows that the labels have no name for are not compared."""
    told = list(_numbers(study, labels))
    beside = 0
    for number, row in enumerate(outcomes, start=1):
        alike = [each for each in labels.outcomes if _is_alike(row.name, each.outcome)]
        same = [each for each in alike if _BASES[row.basis] in (each.comparison, *each.comparison_alternatives)]
        beside += bool(alike)
        if alike and not any(_agrees(row, each) for each in same or labels.outcomes):
            said = " or ".join(sorted({f"{each.direction}, {each.comparison}" for each in alike}))
            told.append(f"study.outcomes {number} ({row.name}): {row.change}, {row.basis}; the labels say {said}")
    return Compared(beside, len(outcomes), tuple(told))


def _numbers(study: Study, labels: Labels) -> Iterator[str]:
    totals = (labels.n_total, *labels.n_total_alternatives)
    if study.n not in totals:
        yield f"study.n: {study.n}, and the labels say {' or '.join(map(str, totals))}"
    if labels.randomised is not None and bool(study.randomised) != labels.randomised:
        yield f"study.randomised: {study.randomised}, and the labels say {labels.randomised}"
    for ours, theirs in _DOSE.items():
        here, there = getattr(study.dose, ours), getattr(labels.dose, theirs)
        if here != there:
            yield f"study.dose.{ours}: {_amount(here)}, and the labels say {_amount(there)}"
    sizes = {each.n for each in labels.arms}
    for arm in study.arms:
        if arm.n is not None and arm.n not in sizes:
            yield f"study.arms ({arm.name}): {arm.n}, which no labelled group has"


def _amount(value: float | None) -> str:
    return "none" if value is None else f"{value:g}"


def _is_alike(ours: str, theirs: str) -> bool:
    one, other = _named(ours), _named(theirs)
    return 2 * len(one & other) >= max(len(one), len(other), 1)


def _named(text: str) -> frozenset[str]:
    return frozenset(words(text)) - _EMPTY


def _agrees(ours: Outcome, theirs: Row) -> bool:
    if _BASES[ours.basis] not in (theirs.comparison, *theirs.comparison_alternatives):
        return False
    said = {theirs.direction, *theirs.direction_alternatives}
    if "differs" in said and ours.change != "none":  # the sentence gives no direction; another may
        return True
    if ours.basis == "between_groups" and _is_turned(ours, theirs.contrast or ""):
        said = {_TURNED.get(each, each) for each in said}
    return bool(said & {_CHANGES.get(ours.change), ours.said, _BENEFITS.get(ours.benefit)})


def _is_turned(ours: Outcome, contrast: str) -> bool:
    """Whether the labels speak of our comparator first ("control vs massage")."""
    first, _, second = contrast.partition(" vs ")
    mine, other = _named(ours.arm or ""), _named(ours.versus or "")
    straight = len(mine & _named(first)) + len(other & _named(second))
    return len(mine & _named(second)) + len(other & _named(first)) > straight
