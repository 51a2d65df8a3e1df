"""How old the participants were: as written, and in years where a mean, its SD or a range is stated.

Ages stand beside durations of illness and dates of follow-up, so a number is an age only behind "age" or "aged",
before "old" or "of age", or right behind the people it tells of ("patients between 25 and 40 years"). Gestational
age is kept as written and never converted: it is no age. A limit ("over 65 years") is no range, a median is no mean,
and the means of two groups are no mean of the sample.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ingest.extractors.age_words import (
    AGES,
    BESIDE_PEOPLE,
    BOUND,
    CUE,
    GROUPED,
    MEAN,
    ONE_GROUP,
    OTHER_KIND,
    RANGE_NEXT,
    SD_NAMED,
)
from ingest.extractors.numbers import numbers
from ingest.extractors.reading import Reading
from ingest.extractors.sentences import Sentence
from ingest.extractors.stems import search
from kb.extraction import Finding

_PER_YEAR = {"y": 1.0, "m": 12.0, "w": 365.25 / 7, "d": 365.25}
_OLDEST = 110.0


class Age(NamedTuple):
    """`said` is as written; the others are in years."""

    said: Finding[str] | None = None
    mean: Finding[float] | None = None
    sd: Finding[float] | None = None
    range: Finding[tuple[float, float]] | None = None


def age(reading: Reading) -> Age:
    """The first age told of the participants, by preference a mean; with the first mean, SD and range in years."""
    found = [
        each
        for sentence in reading.sentences
        if sentence.section not in ("background", "conclusions")
        for each in _in_sentence(reading.abstract, sentence)
    ]
    first = next(iter(found), Age())
    mean = next((each for each in found if each.mean), Age())
    if len({each.mean.value for each in found if each.mean}) > 1:
        # The means of groups, and so are the ranges that stand behind them.
        return Age(first.said, range=next((each.range for each in found if each.range and not each.mean), None))
    span = next((each.range for each in found if each.range), None)
    return Age(mean.said or first.said, mean.mean, mean.sd, span)


def _in_sentence(text: str, sentence: Sentence) -> Iterator[Age]:
    if not search(CUE, text, sentence.start, sentence.end):
        return
    done = sentence.start
    for pattern in AGES:
        for match in pattern.finditer(text, done, sentence.end):
            yield _read(text, match)
            done = match.end()


def _read(text: str, match: re.Match[str]) -> Age:
    words = f"{match['lead'] or ''} {match['fill'] or ''}"
    start = match.start("lo") if match.re is BESIDE_PEOPLE else match.start()
    said = Finding(text[start : match.end()], start, match.end(), rule="age:said")
    if OTHER_KIND.search(words) or BOUND.search(words) or match["limit"]:
        return Age(said)
    if match["lo"]:
        two_means = MEAN.search(words) and " and " in match.group()
        return Age(said) if two_means else Age(said, range=_span(match))
    return _mean(text, match, said, words)


def _mean(text: str, match: re.Match[str], said: Finding[str], words: str) -> Age:
    sd = match["sd"] or match["sd_named"] or (match["sd_bare"] if SD_NAMED.search(words) else None)
    of_group = GROUPED.match(text, match.end()) or ONE_GROUP.search(words)
    if of_group or not (sd or MEAN.search(words)):
        return Age(said)
    unit = match["unit"] or match["last"]
    mean, deviation = _years(match["one"], unit), _years(sd, unit) if sd else None
    if mean is None:
        return Age(said)
    following = RANGE_NEXT.match(text, match.end())
    start, end = match.start("one"), match.end()
    return Age(
        said,
        Finding(mean, start, end, rule="age:mean"),
        None if deviation is None else Finding(deviation, start, end, rule="age:sd"),
        _span(following) if following else None,
    )


def _span(match: re.Match[str]) -> Finding[tuple[float, float]] | None:
    until = match["hi_unit"]
    low, high = _years(match["lo"], match["lo_unit"] or until), _years(match["hi"], until)
    if low is None or high is None or low >= high:
        return None
    return Finding((low, high), match.start("lo"), match.end(), rule="age:range")


def _years(written: str, unit: str | None) -> float | None:
    """`written` in years, to a hundredth; None for what is no age of a person."""
    found = numbers(written.replace("·", "."))
    value = found[0].value / _PER_YEAR[unit[0].lower() if unit else "y"] if found else _OLDEST + 1
    return round(value, 2) if value <= _OLDEST else None
