"""Alerts: who watches a question is told when its answer changes, and only then.

An answer is remembered as what is counted, which studies and reviews it has, and which of them carry a notice. A new
title, another order or a new wording are no change. What is told is told once: of each change one letter to each
address, and a letter that may have arrived is never sent again (`kb.alerts.rounds`).
"""

from __future__ import annotations

from kb.alerts.address import checked_address
from kb.alerts.changes import Changes, compare, told
from kb.alerts.types import Answer, Event, Flag, Letter, Question, Watch

__all__ = [
    "Answer",
    "Changes",
    "Event",
    "Flag",
    "Letter",
    "Question",
    "Watch",
    "checked_address",
    "compare",
    "told",
]
