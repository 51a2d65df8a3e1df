"""Numbers that stand with a word for people, and what the cues around each say of its being the number who entered.

Every number before a word for people is one, and so is "n = 12" behind such a word (`head_count_cues`).
"""

from __future__ import annotations

from functools import lru_cache

import msgspec

from ingest.extractors.head_count_cues import (
    BY_PLACE,
    BY_SECTION,
    CUES,
    NOT_A_COUNT,
    OF_MORE,
    PEOPLE_BEFORE,
    PEOPLE_BEHIND,
    REFUSED_BEFORE,
    SAMPLE_OF,
)
from ingest.extractors.numbers import Number
from ingest.extractors.reading import Reading

_LOOK_BACK = 120
_LOOK_AHEAD = 200
_LONGEST = 500  # characters from a number to the people it counts, whatever has no spaces between


class Count(msgspec.Struct, frozen=True):
    """`text[start:end]` counts people (`24 adult patients`); `score` is what the cues say for its being the whole."""

    number: Number
    start: int
    end: int
    score: float

    @property
    def n(self) -> int:
        """How many."""
        return int(self.number.value)


@lru_cache(maxsize=2)  # the model and the sample ask of the same reading in turn
def counts(reading: Reading) -> tuple[Count, ...]:
    """Every number that counts people, with how much speaks for its being the number who entered."""
    return tuple(each for number in reading.numbers if (each := _count(reading, number)) is not None)


def _count(reading: Reading, number: Number) -> Count | None:
    text, sentence = reading.abstract, reading.sentence_at(number.start)
    lead = text[max(0, number.start - _LOOK_BACK) : number.start]
    if (
        sentence is None
        or not whole_number(number)
        or NOT_A_COUNT.match(text, number.end)
        or REFUSED_BEFORE.search(lead[-20:])
    ):
        return None
    people = PEOPLE_BEHIND.match(text, number.end, number.end + _LONGEST)
    of_more = OF_MORE.match(text, number.end, number.end + _LONGEST)
    in_brackets = PEOPLE_BEFORE.search(lead) if lead.rstrip().endswith("=") else None
    if in_brackets:
        start, end = number.start - len(lead) + in_brackets.start(), number.end
        extra = 2.0
    elif of_more or people:
        start, end = number.start, (of_more or people).end()  # type: ignore[union-attr]
        extra = 1.0 if of_more else 0.5
    elif SAMPLE_OF.search(lead[-60:]):
        start, end, extra = number.start, number.end, 0.0
    else:
        return None
    before, behind = (
        text[max(sentence.start, start - _LOOK_BACK) : start],
        text[end : min(sentence.end, end + _LOOK_AHEAD)],
    )
    score = BY_SECTION[sentence.section] + BY_PLACE * start / len(text) + extra
    score += sum(weight for where, weight, cue in CUES if cue.search(before if where == "before" else behind))
    return Count(number, start, end, score)


def whole_number(number: Number) -> bool:
    """Whether `number` is a count at all: whole, and one or more."""
    return number.value >= 1 and number.value == int(number.value)
