"""How many people: entered, analysed, completed; how many trials a review pooled.

Every number before a word for people is a candidate, and so is "n = 12" behind such a word. What stands
around it speaks for or against its being the number who entered (`head_count_cues`); the best candidate
wins, the first of equals. Where no total is said but every group's size is, it is their sum, marked derived.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import msgspec

from ingest.extractors.counted import Counted, counted, odds
from ingest.extractors.head_count_cues import (
    ANALYSED,
    BY_PLACE,
    BY_SECTION,
    COMPLETED,
    CUES,
    NOT_A_COUNT,
    OF_MORE,
    ONE_CASE,
    PEOPLE_BEFORE,
    PEOPLE_BEHIND,
    REFUSED_BEFORE,
    SAMPLE_OF,
    TRIALS_BEHIND,
    TRIALS_MEANT,
    WHO_CAME_OF_MORE,
)
from ingest.extractors.numbers import Number
from ingest.extractors.reading import Reading
from kb.extraction import Arm, DesignKind, Finding

_ACCEPTED = -1.0  # a candidate whose log-odds come to less counts something else
_CUES_WEIGH = 0.3  # of a cue's weight against the learnt log-odds; the cues keep wordings that were not learnt
_CUES_MIDDLE = 2.5
_BARE = -4.0
_UNSEEN = 0.02  # the probability of a number that the model was not asked about
_LOOK_BACK = 120
_LOOK_AHEAD = 200
_REVIEWS: frozenset[DesignKind] = frozenset(("systematic_review", "overview_or_evidence_map", "narrative_review"))


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


def counts(reading: Reading) -> tuple[Count, ...]:
    """Every number that counts people, with how much speaks for its being the number who entered."""
    return tuple(each for number in reading.numbers if (each := _count(reading, number)) is not None)


def entered(
    reading: Reading, found: tuple[Count, ...], arms: tuple[Finding[Arm], ...], kind: DesignKind | None
) -> Finding[int] | None:
    """The number who entered: stated, one in a case report, or the sum of the groups."""
    if kind == "case_report":
        case = ONE_CASE.search(reading.abstract)
        return Finding(1, *case.span(), rule="sample:single_case") if case else None
    sizes = list(_sizes(arms))
    parts, largest = {each.start for each in sizes if len(sizes) > 1}, max((each.value for each in sizes), default=0)
    likely = {each.number.start: each for each in counted(reading)}
    phrased = {each.number.start for each in found}
    bare = [each.number for start, each in likely.items() if start not in phrased]
    told = [*found, *(Count(each, each.start, each.end, _BARE) for each in bare)]
    not_whole = parts | _asked(reading, found)
    whole = [each for each in told if each.number.start not in not_whole and each.n >= largest]
    best = max(whole, key=lambda each: (_weighed(each, likely), -each.start), default=None)
    if best is not None and _weighed(best, likely) >= _ACCEPTED:
        return Finding(best.n, best.start, best.end, rule="sample:people_counted")
    return None if kind in _REVIEWS or len(sizes) < len(arms) else _sum(sizes)


def _asked(reading: Reading, found: tuple[Count, ...]) -> set[int]:
    """Where those are counted of whom only some came in: "30 of 40 eligible women took part"."""
    text = reading.abstract
    came = [each for each in found if WHO_CAME_OF_MORE.match(text, each.number.end)]
    return {number.start for each in came for number in reading.numbers_in(each.number.end, each.end)}


def _weighed(count: Count, likely: Mapping[int, Counted]) -> float:
    """The log-odds learnt from labelled trials, moved by what the cues say; a bare number has none for it."""
    learnt = likely.get(count.number.start)
    return odds(learnt.whole if learnt else _UNSEEN) + _CUES_WEIGH * (max(-4.0, min(7.0, count.score)) - _CUES_MIDDLE)


def analysed(reading: Reading, found: tuple[Count, ...]) -> Finding[int] | None:
    """The number whose data were analysed, where the abstract says so."""
    return _first_followed_by(reading, found, ANALYSED, "sample:analysed")


def completed(reading: Reading, found: tuple[Count, ...]) -> Finding[int] | None:
    """The number who completed the study, where the abstract says so."""
    return _first_followed_by(reading, found, COMPLETED, "sample:completed")


def trials(reading: Reading, kind: DesignKind | None) -> Finding[int] | None:
    """In a review: the number of studies it included, the last stated of those found, eligible, pooled."""
    if kind not in _REVIEWS:
        return None
    for number in reading.numbers:
        sentence = reading.sentence_at(number.start)
        behind = TRIALS_BEHIND.match(reading.abstract, number.end)
        if sentence is None or sentence.section in ("background", "conclusions") or behind is None:
            continue
        if _whole(number) and TRIALS_MEANT.search(reading.abstract, sentence.start, sentence.end):
            return Finding(int(number.value), number.start, behind.end(), rule="sample:trials_included")
    return None


def _count(reading: Reading, number: Number) -> Count | None:
    text, sentence = reading.abstract, reading.sentence_at(number.start)
    lead = text[max(0, number.start - _LOOK_BACK) : number.start]
    if sentence is None or not _whole(number) or NOT_A_COUNT.match(text, number.end) or REFUSED_BEFORE.search(lead):
        return None
    people = PEOPLE_BEHIND.match(text, number.end)
    of_more = OF_MORE.match(text, number.end)
    in_brackets = PEOPLE_BEFORE.search(lead)
    if in_brackets:
        start, end = number.start - len(lead) + in_brackets.start(), number.end
        extra = 2.0
    elif of_more or people:
        start, end = number.start, (of_more or people).end()  # type: ignore[union-attr]
        extra = 1.0 if of_more else 0.5
    elif SAMPLE_OF.search(lead):
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


def _whole(number: Number) -> bool:
    return number.value >= 1 and number.value == int(number.value)


def _first_followed_by(
    reading: Reading, found: tuple[Count, ...], cue: re.Pattern[str], rule: str
) -> Finding[int] | None:
    for each in found:
        sentence = reading.sentence_at(each.start)
        if (
            sentence
            and sentence.section not in ("background", "objective")
            and (m := cue.match(reading.abstract, each.end, sentence.end))
        ):
            return Finding(each.n, each.start, m.end(), rule=rule)
    return None


def _sum(sizes: list[Finding[int]]) -> Finding[int] | None:
    if len(sizes) < 2:
        return None
    total = sum(each.value for each in sizes)
    start, end = min(each.start or 0 for each in sizes), max(each.end or 0 for each in sizes)
    return Finding(total, start, end, rule="sample:sum_of_arms", derived=True)


def _sizes(arms: tuple[Finding[Arm], ...]) -> Iterator[Finding[int]]:
    for each in arms:
        if each.value.n is not None:
            yield each.value.n
