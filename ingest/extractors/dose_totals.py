"""What follows from the stated parts of a dose: weeks from days, times a week from times a day, and the totals.

A total that is computed is marked derived, and its quote covers the parts that it was computed from.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from ingest.extractors.dose_rows import Slot
from kb.extraction import Dose, Finding


def with_totals(said: Mapping[Slot, Finding[float]]) -> Dose:
    """The dose that `said` states, with the sessions and minutes in all that follow."""
    minutes, per_week, weeks, sessions = (said.get(slot) for slot in ("minutes", "per_week", "weeks", "sessions"))
    days, per_day = said.get("days"), said.get("per_day")
    if weeks is None and days is not None and days.value % 7 == 0:
        weeks = msgspec.structs.replace(days, value=days.value / 7)
    if per_week is None and per_day is not None and weeks is not None:
        per_week = msgspec.structs.replace(per_day, value=per_day.value * 7)
    if sessions is None and per_week is not None and weeks is not None:
        sessions = _product(per_week, weeks, "dose:per_week_times_weeks")
    elif sessions is None and per_day is not None and days is not None:
        sessions = _product(per_day, days, "dose:per_day_times_days")
    contact = _product(sessions, minutes, "dose:sessions_times_minutes") if sessions and minutes else None
    return Dose(minutes=minutes, per_week=per_week, weeks=weeks, sessions=sessions, contact_minutes=contact)


def _product(one: Finding[float], other: Finding[float], rule: str) -> Finding[float]:
    start = min(one.start or 0, other.start or 0)
    return Finding(one.value * other.value, start, max(one.end or 0, other.end or 0), rule=rule, derived=True)
