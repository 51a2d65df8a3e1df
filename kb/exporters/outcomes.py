"""The outcomes of a study as lines of a document, honest at a glance: what stands on another basis stands apart.

As on the cards: first what compares groups, a line for who was compared with whom; then what changed within one group,
named as such; then what is not clear, and markers. Whom a line is of is said once, in its label, and what went the same
way at the same time is told once.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from kb.exporters.reference import line
from kb.extraction import Extraction, Method, Outcome
from kb.vocabulary import Vocabulary
from kb.wording import (
    FOOTINGS,
    NOT_CLEAR,
    TIMEPOINTS,
    UNJUDGED,
    compared_with,
    footing,
    result,
    sign,
    statistics,
    uncounted,
    way,
)

_NO_BREAK = "\u00a0"  # a sign stands on the line of its outcome
WITHIN = "Before and after within one group, no comparison"
_LABELS = {
    "within_group": WITHIN,
    "unclear": NOT_CLEAR,
    "marker": "Markers, neither better nor worse",
    "unjudged": UNJUDGED,
}


class OutcomeLine(msgspec.Struct, frozen=True):
    """A line: what it stands on and whom it is of, what it says, and whether a machine read any of it.

    Both texts are on one line, and have no-break spaces.
    """

    label: str
    text: str
    machine: bool

    @property
    def heading(self) -> str:
        """The label, and by whom it was read unless by a person."""
        return read_by(self.label, machine=self.machine)


def read_by(label: str, *, machine: bool) -> str:
    """`label`, marked where a machine read what stands below it."""
    return f"{label} (read by a machine)" if machine else label


def outcome_lines(facts: Extraction, vocabulary: Vocabulary) -> tuple[OutcomeLine, ...]:
    """Every outcome of `facts`, in the order of `FOOTINGS` and within it of the facts; empty where there is none."""
    found: dict[str, list[tuple[Outcome, bool]]] = {}
    for kind in FOOTINGS:
        for each in facts.outcomes:
            if footing(each.value, vocabulary) == kind:
                label = _label(kind, each.value, vocabulary)
                found.setdefault(label, []).append((each.value, each.state == "machine"))

    def told(label: str, read: list[tuple[Outcome, bool]]) -> OutcomeLine:
        said = _said([each for each, _ in read], facts.method, vocabulary)
        return OutcomeLine(label, "; ".join(said), any(by for _, by in read))

    return tuple(told(label, read) for label, read in found.items())


def _label(kind: str, outcome: Outcome, vocabulary: Vocabulary) -> str:
    if kind != "between_groups":
        return line(f"{_LABELS[kind]}{f' ({outcome.arm})' if outcome.arm else ''}")
    other = compared_with(outcome, vocabulary)
    return line(
        f"Between groups, {f'{outcome.arm} ' if outcome.arm else ''}compared with {other or 'a group not named'}"
    )


def _said(outcomes: list[Outcome], method: Method, vocabulary: Vocabulary) -> Iterator[str]:
    """What went the same way at the same time: "better, follow-up: pain ↓ (p = .03), sleep ↑"; and, as on the cards,
    why a comparison does not count for the treatment."""
    told: dict[str, dict[str, None]] = {}
    for each in outcomes:
        words = way(each) if footing(each, vocabulary) == "between_groups" else result(each, vocabulary)
        why = uncounted(each, method, vocabulary)
        said = line(", ".join(filter(None, (words, TIMEPOINTS.get(each.timepoint)))) + (f" ({why})" if why else ""))
        name, figures = f"{line(each.name)}{_NO_BREAK}{sign(each)}", statistics(each)
        told.setdefault(said, {})[f"{name} ({line(figures)})" if figures else name] = None
    yield from (f"{said}: {', '.join(names)}" for said, names in told.items())
