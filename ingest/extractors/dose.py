"""Dose: minutes a session, sessions a week, weeks, sessions in all, as stated; totals from them, marked derived.

Of several candidates the one in the sentence that says most of the dose is taken, so that the parts
belong together; within a sentence the one nearest to a technique's name.

Converted, because it is the same fact in another unit: hours to minutes; days to weeks where they make
whole weeks; "daily" to 7 a week where the length is stated in weeks so. Three days of daily massage are
sessions (derived), not weeks. Months are not four weeks and stay unread; a range ("five to seven days a
week") states no number, and nothing is taken from it. "Biweekly" is twice a week or every second week,
"every other day" three times or four: neither states a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import msgspec

from ingest.extractors.dose_refusals import DRUG, GIVING, MEASURING, RANGE, REFUSED_BEFORE, REFUSED_BEHIND, TREATING
from ingest.extractors.dose_rows import (
    BY_UNIT,
    COUNTED,
    NAMED,
    PHRASED,
    PHRASES,
    UNIT,
    UNITS,
    WHATEVER_FOLLOWS,
    WHATEVER_PRECEDES,
    Row,
    Slot,
)
from ingest.extractors.dose_totals import with_totals
from ingest.extractors.numbers import Number
from ingest.extractors.reading import Reading
from ingest.extractors.sentences import Sentence
from ingest.extractors.stems import search
from kb.extraction import Dose, Finding

_LOOK_BACK = 45  # characters before a number that its rows may look at
_LOOK_AHEAD = 300  # characters behind a number; a run without spaces is else read again for each number in it
_DRUG_NEAR = 60  # characters before a frequency in which a drug's quantity makes it the drug's
_LONGEST = 240  # minutes; what lasts longer is no session
_COUNTS = frozenset(("per_day", "per_week", "weekly", "sessions"))
_OF_MEASURING = frozenset(
    f"dose:{each}" for each in ("frequency", "times_a_day", "times_a_week", "weeks_for", "a_week")
)
_SECTIONS = ("background", "conclusions")
_UNSURE = {"results": 0.75}  # results tell of what was attended, and of times of measurement
# "A 10-minute or 20-minute massage" has no one length.
_ALTERNATIVE = re.compile(r"\d[ -]?min\w{0,5}(?: \w+)?,? (?:or|versus|vs\.?) (?:an? )?$", re.IGNORECASE)
# "Twice a week for two weeks, then once a week": a course of several frequencies has not one.
_PHASES = re.compile(
    r"\b(?:then|followed by|thereafter|subsequently|(?:first|next|following|remaining|last|initial) (?:\w+ )?weeks?)\b",
    re.IGNORECASE,
)


class Part(msgspec.Struct, frozen=True):
    """One stated part of a dose, in the sentence at index `sentence`; `distance` to a technique's name."""

    slot: Slot
    finding: Finding[float]
    sentence: int
    distance: int


def dose(reading: Reading) -> Dose:
    """The dose of the treatment as stated, completed by the totals that follow from it."""
    return chosen(reading, parts(reading))


def parts(reading: Reading) -> tuple[Part, ...]:
    """Every stated part of a dose outside background and conclusions, in order."""
    return tuple(
        each
        for i, sentence in enumerate(reading.sentences)
        if sentence.section not in _SECTIONS
        for each in _settled(_of_one_phase(reading, tuple(_in_sentence(reading, i, sentence))))
    )


def chosen(reading: Reading, found: Iterable[Part]) -> Dose:
    """The one dose that `found` amount to, completed by the totals that follow from it."""
    ordered = sorted(found, key=lambda each: (each.distance, each.finding.start))
    slots: dict[int, set[Slot]] = {}
    for each in ordered:
        slots.setdefault(each.sentence, set()).add(each.slot)
    said: dict[Slot, Part] = {}
    for i in sorted(slots, key=lambda i: (-len(slots[i]) - _weight(reading, i), i)):
        for each in ordered:
            if each.sentence == i:
                said.setdefault(each.slot, each)
    return with_totals({slot: each.finding for slot, each in _agreeing(said).items()})


def _weight(reading: Reading, i: int) -> float:
    sentence = reading.sentences[i]
    treats = bool(TREATING.search(reading.abstract, sentence.start, sentence.end))
    return treats / 2 - _UNSURE.get(sentence.section or "", 0.0)


def _agreeing(said: dict[Slot, Part]) -> dict[Slot, Part]:
    """Without a number of sessions that another sentence gives and that frequency and length gainsay."""
    sessions, per_week, weeks = said.get("sessions"), said.get("per_week"), said.get("weeks")
    if sessions is None or per_week is None or weeks is None or per_week.sentence != weeks.sentence:
        return said
    if sessions.sentence == weeks.sentence or sessions.finding.value == per_week.finding.value * weeks.finding.value:
        return said
    return {slot: each for slot, each in said.items() if slot != "sessions"}


def _in_sentence(reading: Reading, i: int, sentence: Sentence) -> Iterator[Part]:
    text, end = reading.abstract, sentence.end
    techniques = [m for m in reading.mentions if m.kind == "technique" and sentence.start <= m.start < end]
    measured = bool(search(MEASURING, text, sentence.start, end)) and not GIVING.search(text, sentence.start, end)
    taken: list[tuple[int, int]] = []
    for slot, finding in (*_numbered(reading, sentence), *_phrased(text, sentence)):
        start, stop = finding.start or 0, finding.end or 0
        overlaps = any(start < until and begin < stop for begin, until in taken)
        often = slot in ("per_day", "per_week") and DRUG.search(text, max(sentence.start, start - _DRUG_NEAR), start)
        if (overlaps and finding.rule == "dose:frequency") or often or (measured and finding.rule in _OF_MEASURING):
            continue
        if slot in _COUNTS:
            taken.append((start, stop))
        distance = min((max(m.start - stop, start - m.end, 0) for m in techniques), default=0)
        yield Part(slot, finding, i, distance)


def _numbered(reading: Reading, sentence: Sentence) -> Iterator[tuple[Slot, Finding[float]]]:
    text = reading.abstract
    if not UNITS.search(text, sentence.start, sentence.end):
        return
    for number in reading.numbers_in(sentence.start, sentence.end):
        unit = UNIT.match(text, number.end)
        rows = BY_UNIT[unit.lastgroup if unit else None]
        row = next((each for each in rows if _fits(text, number, each)), None)
        if row is not None:
            behind = row.after.match(text, number.end, number.end + _LOOK_AHEAD)
            end = behind.end() if behind else number.end
            yield row.slot, Finding(number.value * row.factor, number.start, end, rule=row.rule)


def _phrased(text: str, sentence: Sentence) -> Iterator[tuple[Slot, Finding[float]]]:
    for phrase in PHRASES if search(PHRASED, text, sentence.start, sentence.end) else ():
        for match in phrase.pattern.finditer(text, sentence.start, sentence.end):
            yield phrase.slot, Finding(phrase.value, *match.span(), rule=phrase.rule)


def _fits(text: str, number: Number, row: Row) -> bool:
    upto = number.end + _LOOK_AHEAD
    if not row.after.match(text, number.end, upto) or RANGE.match(text, number.end, upto):
        return False
    lead = text[max(0, number.start - _LOOK_BACK) : number.start]
    behind, before = REFUSED_BEHIND.get(row.slot), REFUSED_BEFORE.get(row.slot)
    if behind and row.rule not in WHATEVER_FOLLOWS and behind.match(text, number.end, upto):
        return False
    if before and row.rule not in WHATEVER_PRECEDES and before.search(lead):
        return False
    if row.slot == "minutes" and _ALTERNATIVE.search(lead):
        return False
    if not _plausible(text, number, row):
        return False
    return row.before is None or bool(row.before.search(lead))


def _plausible(text: str, number: Number, row: Row) -> bool:
    if row.slot == "minutes":
        return number.value * row.factor <= _LONGEST
    if row.slot in ("sessions", "weekly") and not number.value.is_integer():
        return False
    if row.rule == "dose:sessions_stated" and number.value > 1:
        behind = row.after.match(text, number.end, number.end + _LOOK_AHEAD)
        return bool(behind and behind.group().endswith("s")) or bool(NAMED.match(text, number.end))
    kinds = row.rule == "dose:treatments_stated" and number.value < 4
    return not kinds or bool(COUNTED.match(text, number.end))


def _of_one_phase(reading: Reading, found: tuple[Part, ...]) -> tuple[Part, ...]:
    """`found` of one sentence without the parts that hold for some weeks only."""
    often = [each for each in found if each.slot == "per_week"]
    weeks = [each.finding.value for each in found if each.slot == "weeks"]
    if len({each.finding.value for each in often}) < 2 or len(weeks) < 2:
        return found
    if not _PHASES.search(reading.abstract, min(each.finding.start or 0 for each in often), _end(found)):
        return found
    whole = max(weeks) if 2 * max(weeks) == sum(weeks) else None
    return tuple(
        each for each in found if each.slot != "per_week" and not (each.slot == "weeks" and each.finding.value != whole)
    )


def _end(found: tuple[Part, ...]) -> int:
    return max(each.finding.end or 0 for each in found) + 40


def _settled(found: tuple[Part, ...]) -> tuple[Part, ...]:
    """`found` of one sentence with "N weekly sessions" settled: N a week, or N in all, one each week.

    N a week where the length is stated and N fits into a week and is not the number of weeks ("three weekly
    sessions for 6 weeks"), or where N is three at most; else N in all ("ten weekly sessions").
    """
    weeks = next((each.finding.value for each in found if each.slot == "weeks"), None)
    settled: list[Part] = []
    for each in found:
        n = each.finding.value
        if each.slot == "per_day" and each.finding.rule == "dose:daily_sessions" and n > 6:
            settled.append(msgspec.structs.replace(each, slot="sessions"))
        elif each.slot != "weekly":
            settled.append(each)
        elif n <= 3 if weeks is None else n <= 7 and n != weeks:
            settled.append(msgspec.structs.replace(each, slot="per_week"))
        else:
            once = msgspec.structs.replace(each.finding, value=1.0)
            settled.append(msgspec.structs.replace(each, slot="sessions"))
            settled.append(msgspec.structs.replace(each, slot="per_week", finding=once))
    return tuple(settled)
