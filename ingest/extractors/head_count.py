"""How many people: entered, analysed, completed; how many trials a review pooled.

Weights learnt from labelled trials (`counted`) say how likely a number is the whole sample, and a table of cues
(`people_counts`) keeps the wordings that were not among them; the best candidate wins, the first of equals. Where
no total is said but every group's size is, it is their sum, marked derived.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from ingest.extractors.both_sexes import both_of
from ingest.extractors.counted import Counted, counted, odds
from ingest.extractors.head_count_cues import (
    ANALYSED,
    BARE,
    COMPLETED,
    FROM_THOSE,
    OF_THOSE_ASKED,
    OF_THOSE_SCREENED,
    ONE_CASE,
    TRIALS_BEHIND,
    TRIALS_MEANT,
    WHO_CAME_OF_MORE,
)
from ingest.extractors.people_counts import Count, whole_number
from ingest.extractors.reading import Reading
from kb.extraction import Arm, DesignKind, Finding

_ACCEPTED = -1.25  # a candidate whose log-odds come to less counts something else
_CUES_WEIGH = 0.15  # of a cue's weight against the learnt log-odds; the cues keep wordings that were not learnt
_CUES_MIDDLE = 2.5
_CAME = 1.5  # the log-odds of "30 of 40 took part", which tells outright
_NEAR_SUM = 1.0
_MANY, _FAR = 4, 4.0  # so many more than were in the groups were only looked at
_BARE = -4.0
_UNSEEN = 0.02  # the probability of a number that the model was not asked about
# "(n = 50 and n = 39 for men and women)": each is but a part of its group.
_SPLIT = re.compile(r" ?(?:and|,|;|or|/) ?n ?=", re.IGNORECASE)
# "12 patients and 14 healthy controls": the last are not all that were studied.
_COMPANY = re.compile(r"\band $", re.IGNORECASE)
_NORMAL = re.compile(
    r" (?:[\w-]+ ){0,2}?(?:healthy|normal|asymptomatic|pain-free|matched) (?:[\w-]+ ){0,2}?"
    r"(?:controls?|volunteers|subjects|normals|individuals|adults|people|participants)\b",
    re.IGNORECASE,
)
# What an update added to the trials it had, and reviews that a review read.
_NEW = re.compile(r"\b(?:new|additional|further|systematic reviews)\b", re.IGNORECASE)
_REVIEWS: frozenset[DesignKind] = frozenset(("systematic_review", "overview_or_evidence_map", "narrative_review"))


def entered(
    reading: Reading, found: tuple[Count, ...], arms: tuple[Finding[Arm], ...], kind: DesignKind | None
) -> Finding[int] | None:
    """The number who entered: stated, one in a case report, or the sum of both sexes or of the groups."""
    if kind == "case_report":
        case = ONE_CASE.search(reading.abstract)
        return Finding(1, *case.span(), rule="sample:single_case") if case else None
    sizes = list(_sizes(arms))
    split = any(_SPLIT.match(reading.abstract, each.end or 0) for each in sizes)
    every = sizes if len(sizes) == len(arms) > 1 and not _each_of_some(arms) and not split else []
    best = max(_scored(reading, found, sizes, every), key=lambda each: (each.score, -each.start), default=None)
    if best is not None and best.score >= _ACCEPTED:
        both = both_of(reading, best.number)
        if both is not None and both.entered:
            return Finding(both.women_and_men, both.start, both.end, rule="sample:women_and_men", derived=True)
        return Finding(best.n, best.start, best.end, rule="sample:people_counted")
    return None if kind in _REVIEWS else _sum(every)


def _each_of_some(arms: tuple[Finding[Arm], ...]) -> bool:
    """Whether one size was given to each of groups that were only met in passing: how many there are is not said."""
    return arms[0].rule == "arms:called_group" and len({size.start for size in _sizes(arms)}) < len(arms)


def _scored(
    reading: Reading, found: tuple[Count, ...], sizes: Sequence[Finding[int]], every: Sequence[Finding[int]]
) -> Iterator[Count]:
    """The numbers that may be the whole, `score` now what all speaks for it; `every` is the sizes if none is missing.

    A whole is no less than its largest part, and near their sum: some came and were in no group.
    """
    likely = {each.number.start: each for each in counted(reading)}
    phrased = {each.number.start for each in found}
    bare = (each.number for start, each in likely.items() if start not in phrased)
    came, asked = _came(reading, found)
    parts = {each.start for each in sizes} if len(sizes) > 1 else set()
    largest, total = max((each.value for each in sizes), default=0), sum(each.value for each in every)
    for each in (*found, *(Count(number, number.start, number.end, _BARE) for number in bare)):
        start = each.number.start
        if (
            start in parts
            or start in asked
            or each.n < largest
            or TRIALS_BEHIND.match(reading.abstract, each.number.end)
            or _beside_patients(reading.abstract, start, each.number.end)
        ):
            continue
        score = _CAME if start in came else _weighed(each, likely)
        if total:
            score += _NEAR_SUM if total <= each.n <= 1.3 * total else -_NEAR_SUM
            score -= _FAR if each.n > _MANY * total else 0.0
        yield msgspec.structs.replace(each, score=score)


def _beside_patients(text: str, start: int, end: int) -> bool:
    return bool(_NORMAL.match(text, end) and _COMPANY.search(text, max(0, start - 4), start))


def _came(reading: Reading, found: tuple[Count, ...]) -> tuple[set[int], set[int]]:
    """Where those are counted who came in, and those who were asked: "30 of 40 eligible women took part"."""
    text = reading.abstract
    came: set[int] = set()
    asked: set[int] = set()
    for each in found:
        if WHO_CAME_OF_MORE.match(text, each.number.end):
            came.add(each.number.start)
            asked.update(number.start for number in reading.numbers_in(each.number.end, each.end))
    starts = {each.number.start for each in counted(reading)}
    for start, end in ((each.number.start, each.number.end) for each in counted(reading)):
        behind = FROM_THOSE.search(text, max(0, start - 16), start) and (
            OF_THOSE_ASKED.match(text, end) or OF_THOSE_SCREENED.match(text, end)
        )
        if behind and behind.start("came") in starts:
            came.add(behind.start("came"))
            asked.add(start)
    return came, asked


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
        if _NEW.search(behind.group()):
            continue
        if whole_number(number) and TRIALS_MEANT.search(reading.abstract, sentence.start, sentence.end):
            return Finding(int(number.value), number.start, behind.end(), rule="sample:trials_included")
    return None


def _first_followed_by(
    reading: Reading, found: tuple[Count, ...], cue: re.Pattern[str], rule: str
) -> Finding[int] | None:
    """The first number of people that `cue` follows; one without a word for people must stand right before it."""
    phrased = {each.number.start for each in found}
    spans = [(each.number, each.start, each.end) for each in found]
    for each in counted(reading):
        if each.number.start not in phrased and BARE.match(reading.abstract, each.number.end):
            spans.append((each.number, each.number.start, each.number.end))
    for number, start, end in sorted(spans, key=lambda each: each[1]):
        sentence = reading.sentence_at(start)
        if sentence is None or sentence.section in ("background", "objective"):
            continue
        if followed := cue.match(reading.abstract, end, sentence.end):
            if both := both_of(reading, number):
                return Finding(both.women_and_men, both.start, followed.end(), rule=rule, derived=True)
            return Finding(int(number.value), start, followed.end(), rule=rule)
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
