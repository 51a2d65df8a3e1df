"""Where a person read something else than the machine did: both readings in words, the person's on top.

The machine's reading is never thrown away (`kb.overlay`): who doubts a correction can see what it replaced.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kb.extraction import Extraction, Finding
from kb.factsheet import sheet
from kb.plain import outcome_line
from kb.vocabulary import Vocabulary


def replaced(machine: Extraction, facts: Extraction, vocabulary: Vocabulary) -> Mapping[str, tuple[str, ...]]:
    """Label of the factsheet -> what the machine had read there, where a person's reading stands in its place."""
    before, now = _said(machine, vocabulary), _said(facts, vocabulary)
    return {
        label: tuple(values)
        for label, values in before.items()
        if label in now and set(values) != set(now[label]) and any(map(_vouched, now[label].values()))
    }


def replaced_outcomes(machine: Extraction, facts: Extraction, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The rows of the machine's ledger that a person's does not have; none where the ledger is the machine's."""
    if not any(map(_vouched, facts.outcomes)):
        return ()
    kept = {outcome_line(each.value, vocabulary) for each in facts.outcomes}
    lines = dict.fromkeys(outcome_line(each.value, vocabulary) for each in machine.outcomes)
    return tuple(each for each in lines if each not in kept)


def _said(facts: Extraction, vocabulary: Vocabulary) -> dict[str, dict[str, Finding[Any]]]:
    said: dict[str, dict[str, Finding[Any]]] = {}
    for row in (row for group in sheet(facts, vocabulary) for row in group.rows):
        if row.finding is not None and row.value is not None:
            said.setdefault(row.label, {})[row.value] = row.finding
    return said


def _vouched(finding: Finding[Any]) -> bool:
    return finding.state != "machine"
