"""The counts of a tally in words: what was measured, what it was compared with, and how many studies say what."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from kb.vocabulary import Vocabulary
from kb.votes import Verdicts
from kb.wording import concept_name

GROUPS: dict[str, str] = {  # the groups of kb/vocabulary/data/comparators.toml
    "inactive": "no treatment, waiting or usual care",
    "attention_or_sham": "attention or a sham",
    "active": "another treatment",
    "massage_vs_massage": "another kind of massage",
    "add_on": "the same without massage",
    "none": "nothing (one group)",
    "not_stated": "not stated",
}


class CountRow(msgspec.Struct, frozen=True):
    """A cell of the tally. `within` studies compare nobody, and are none of `compared`."""

    outcome: str
    against: str
    better: int
    worse: int
    mixed: int
    not_stated: int
    within: int

    @property
    def compared(self) -> int:
        """How many studies compare groups, or may: their basis is not stated."""
        return self.better + self.worse + self.mixed + self.not_stated

    @property
    def directed(self) -> int:
        """How many of them state a direction."""
        return self.better + self.worse + self.mixed


def count_rows(tally: Iterable[Verdicts], vocabulary: Vocabulary) -> tuple[CountRow, ...]:
    """A row a cell, those with the most studies first; by what they say, the kindest rows would stand first."""
    rows = (_row(each, vocabulary) for each in tally)
    return tuple(sorted(rows, key=lambda each: (-each.compared, -each.within, each.outcome, each.against)))


def _row(each: Verdicts, vocabulary: Vocabulary) -> CountRow:
    return CountRow(
        concept_name(each.cell.outcome, vocabulary),
        GROUPS.get(each.cell.comparator, each.cell.comparator),
        each.better,
        each.worse,
        each.mixed,
        each.not_stated,
        each.within_only,
    )
