"""Numbers that may count people, and what stands around each: the features of the model `sample`.

Whether a number is the whole sample, one arm or something else (an age, an event, a p value) is told by the words
on both sides, by its place, and by arithmetic: two arms add up to the total, and are much of a size.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations

from ingest.extractors.numbers import Number
from ingest.extractors.people_counts import Count, counts
from ingest.extractors.reading import Reading

_TOKEN = re.compile(r"[a-z]+|\d[\d.,]*|[^\w\s]", re.IGNORECASE)
# A decimal, a percentage, a measure, a range's end, a comparison: never a number of people.
_MEASURED = re.compile(
    r" ?%| percent| ?(?:years?|yrs?|y|weeks?|wks?|days?|months?|hours?|h|min|mg|g|mm|cm|kg|ml|mcg|ng|[uµμ]g|gy|mmhg"
    r"|mmol|iu|ppm|kcal|kj|hz|points?|(?:\w+ )?(?:sessions?|treatments?|visits?|injections?|cycles|doses|times))\b"
    r"|[ -](?:year|week|day|month|item|point|minute)s?-|\.\d",
    re.IGNORECASE,
)
_COMPARED = re.compile(r"(?:[<>≤≥±+]|\+/-|\bp ?=|\bper|\brange,?|\d ?[-–]|\d (?:to|±)) ?$|\d\.$", re.IGNORECASE)
_SCALE = re.compile(r"\d ?/ ?(?:10|100)$")  # "24/100" on a scale
_MOST = 60  # an abstract of more numbers than this is a table; the first are enough
_NEAR = 250  # characters between the sizes of two arms that are told together


class Tokens:
    """The words, signs and numbers ("#") of a text in lower case, with their places."""

    def __init__(self, text: str) -> None:
        found = [(each.start(), each.group()) for each in _TOKEN.finditer(text)]
        self.starts = [start for start, _ in found]
        self.words = ["#" if word[0].isdigit() else word.lower() for _, word in found]

    def before(self, at: int, start: int, most: int) -> list[str]:
        """The words of `text[start:at]`, the nearest first."""
        end = bisect_left(self.starts, at)
        return self.words[max(end - most, bisect_left(self.starts, start)) : end][::-1]

    def behind(self, at: int, end: int, most: int) -> list[str]:
        """The words from `at` up to `end`."""
        first = bisect_left(self.starts, at)
        return self.words[first : min(first + most, bisect_left(self.starts, end))]


def candidates(reading: Reading) -> tuple[Number, ...]:
    """The whole numbers that could count people, in order."""
    text = reading.abstract
    return tuple(
        each
        for each in reading.numbers
        if each.value >= 2
        and each.value == int(each.value)
        and not _MEASURED.match(text, each.end)
        and not _SCALE.search(text, max(0, each.start - 4), each.end)
        and not _COMPARED.search(text, max(0, each.start - 6), each.start)
    )[:_MOST]


def features(reading: Reading, found: Sequence[Number]) -> Iterator[list[str]]:
    """The features of each of the numbers `found`."""
    tokens, sums = Tokens(reading.abstract), _sums(found)
    often = Counter(each.value for each in found)
    cued = {each.number.start: each for each in counts(reading)}
    best = max(cued.values(), key=lambda each: each.score, default=None)
    largest = max((each.value for each in found if not _year(each)), default=0)
    for i, number in enumerate(found):
        yield [
            *_words(reading, tokens, number),
            *sums.get(i, ()),
            *_cues(cued.get(number.start), best),
            f"order={min(i, 6)}",
            f"size={len(str(int(number.value)))}{number.value > 3}",
            f"often={min(often[number.value], 3)}",
            f"largest={number.value == largest}",
            f"year={_year(number)}",
            f"spelt={not reading.abstract[number.start].isdigit()}",
        ]


def _year(number: Number) -> bool:
    return 1900 <= number.value < 2100 and number.end - number.start == len("2002")


def _cues(count: Count | None, best: Count | None) -> tuple[str, ...]:
    """What the table of cues says of a number that stands with a word for people."""
    if count is None:
        return ("cue=none",)
    return f"cue={int(max(-4, min(8, count.score)))}", f"cued={count.score >= 1}", f"best={count is best}"


def _words(reading: Reading, tokens: Tokens, number: Number) -> Iterator[str]:
    sentence = reading.sentence_at(number.start)
    start, end = (sentence.start, sentence.end) if sentence else (number.start - 60, number.end + 60)
    before, behind = tokens.before(number.start, start, 14), tokens.behind(number.end, end, 14)
    left, right = [*before[:5], *["^"] * (5 - len(before))], [*behind[:6], *["$"] * (6 - len(behind))]
    yield from (f"-{i}{word}" for i, word in enumerate(left))
    yield from (f"+{i}{word}" for i, word in enumerate(right))
    yield from (f"<{word}" for word in before)
    yield from (f">{word}" for word in behind)
    yield from (f"--{left[1]} {left[0]}", f"---{left[2]} {left[1]} {left[0]}", f"-+{left[0]} {right[0]}")
    yield from (f"++{right[0]} {right[1]}", f"+2{right[1]} {right[2]}", f"-++{left[0]} {right[0]} {right[1]}")
    section = sentence.section if sentence else None
    yield from (f"section={section}", f"place={10 * number.start // (len(reading.abstract) + 1)}")
    yield f"opens={sentence is not None and sentence.start == number.start}"


def _sums(found: Sequence[Number]) -> dict[int, set[str]]:
    """By position: whether a number is the sum of two that stand together, or a part of one, or one of a like pair."""
    said: dict[int, set[str]] = {}
    values = {each.value: i for i, each in reversed(list(enumerate(found)))}
    for i, first in enumerate(found):
        if first.value < 4 or _year(first):
            continue
        last = bisect_right(found, first.end + _NEAR, key=lambda each: each.start)
        for j in range(i + 1, last):
            second = found[j]
            if second.value < 4 or _year(second):
                continue
            whole = values.get(first.value + second.value)
            if whole is not None:
                said.setdefault(whole, set()).add("sum")
                for part in (i, j):
                    said.setdefault(part, set()).add("part")
            if 2 / 3 <= first.value / second.value <= 3 / 2:
                said.setdefault(i, set()).add("like behind")
                said.setdefault(j, set()).add("like before")
    for i, j, k in combinations([i for i, each in enumerate(found) if each.value >= 4][:12], 3):
        whole = values.get(found[i].value + found[j].value + found[k].value)
        if whole is not None and found[k].start - found[i].start < _NEAR:
            said.setdefault(whole, set()).add("sum of three")
            for part in (i, j, k):
                said.setdefault(part, set()).add("part of three")
    return said
