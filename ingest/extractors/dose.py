"""Dose: minutes a session, sessions a week, weeks, sessions in all, as stated; totals from them, marked derived.

Of several candidates the one in the sentence that says most of the dose is taken, so that the parts
belong together; within a sentence the one nearest to a technique's name.

Converted, because it is the same fact in another unit: hours to minutes; days to weeks where they make
whole weeks; "daily" to 7 a week where the length is stated in weeks so. Three days of daily massage are
sessions (derived), not weeks. Months are not four weeks and stay unread; a range ("five to seven days a
week") states no number, and nothing is taken from it.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from ingest.extractors.dose_rows import (
    FREQUENCIES,
    FREQUENCY,
    RANGE,
    REFUSED_BEFORE,
    REFUSED_BEHIND,
    ROWS,
    TREATING,
    Row,
    Slot,
)
from ingest.extractors.numbers import Number
from ingest.extractors.reading import Reading
from kb.extraction import Dose, Finding

_LOOK_BACK = 40  # characters before a number that its rows may look at


class _Part(msgspec.Struct, frozen=True):
    slot: Slot
    finding: Finding[float]
    sentence: int
    distance: int


def dose(reading: Reading) -> Dose:
    """The dose of the treatment as stated, completed by the totals that follow from it."""
    found = sorted(_parts(reading), key=lambda each: (each.distance, each.finding.start))
    slots: dict[int, set[Slot]] = {}
    for each in found:
        slots.setdefault(each.sentence, set()).add(each.slot)
    chosen: dict[Slot, Finding[float]] = {}
    for i in sorted(slots, key=lambda i: (-len(slots[i]) - _treats(reading, i) / 2, i)):
        for each in found:
            if each.sentence == i:
                chosen.setdefault(each.slot, each.finding)
    return _with_totals(chosen)


def _treats(reading: Reading, i: int) -> bool:
    return bool(TREATING.search(reading.abstract, reading.sentences[i].start, reading.sentences[i].end))


def _parts(reading: Reading) -> Iterator[_Part]:
    techniques = [each for each in reading.mentions if each.kind == "technique"]
    for slot, finding in _stated(reading):
        at, end = finding.start or 0, finding.end or 0
        i = next((i for i, each in enumerate(reading.sentences) if each.start <= at < each.end), None)
        if i is None or reading.sentences[i].section in ("background", "conclusions"):
            continue
        here = (each for each in techniques if reading.sentences[i].start <= each.start < reading.sentences[i].end)
        distance = min((max(each.start - end, at - each.end, 0) for each in here), default=0)
        yield _Part(slot, finding, i, distance)


def _stated(reading: Reading) -> Iterator[tuple[Slot, Finding[float]]]:
    text = reading.abstract
    for number in reading.numbers:
        row = next((each for each in ROWS if _fits(text, number, each)), None)
        if row is not None:
            behind = row.after.match(text, number.end)
            end = behind.end() if behind else number.end
            yield row.slot, Finding(number.value * row.factor, number.start, end, rule=row.rule)
    for said in FREQUENCIES.finditer(text):
        unit = (said["unit"] or said["alone"]).lower()
        slot: Slot = "per_day" if unit in ("day", "daily") else "per_week"
        value = FREQUENCY[(said["word"] or said["alone"]).lower()]
        yield slot, Finding(value, *said.span(), rule="dose:frequency")


def _fits(text: str, number: Number, row: Row) -> bool:
    if not row.after.match(text, number.end) or RANGE.match(text, number.end):
        return False
    lead = text[max(0, number.start - _LOOK_BACK) : number.start]
    behind, before = REFUSED_BEHIND.get(row.slot), REFUSED_BEFORE.get(row.slot)
    if (behind and behind.match(text, number.end)) or (before and before.search(lead)):
        return False
    return row.before is None or bool(row.before.search(lead))


def _with_totals(said: dict[Slot, Finding[float]]) -> Dose:
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
