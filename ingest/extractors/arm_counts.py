"""Which numbers are the sizes of the arms: those that count arms best together.

Sizes are told side by side ("12 to massage and 13 to rest"), in one sentence or in two that follow each other,
and add up to the whole where that is said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations

from ingest.extractors.arm_labels import cases_and_controls
from ingest.extractors.counted import Counted, counted, odds
from ingest.extractors.numbers import Number
from ingest.extractors.reading import Reading

# "44 men and 16 women" divides the sample, but not into arms.
_BY_SEX = re.compile(
    r" (?:were )?(?:(?:men|males?|boys),? (?:and )?\S+ (?:were )?(?:women|females?|girls)"
    r"|(?:women|females?|girls),? (?:and )?\S+ (?:were )?(?:men|males?|boys))\b",
    re.IGNORECASE,
)
# "39 patients (29 women)"
_OF_ONE_SEX = re.compile(r"(?:s|n|ren) \(\S{1,12} (?:wom[ae]n|m[ae]n|females?|males?)\b", re.IGNORECASE)
_SHARE = re.compile(r"[^.;,\d]{0,50}?[(\[] ?(\d{1,3}(?:\.\d{1,2})?) ?% ?[)\]]")
_LIKELY = 0.1  # a number less likely to count an arm is no candidate
_ACCEPTED = -1.0  # two sizes whose log-odds and bonuses come to less are none
_BESIDE = 0.4  # the least probability of a further arm beside two
_NEAR = 300  # characters from one size to the next
_SAME_SENTENCE = 1.0
_ADD_UP = 1.5  # to a number that is likely the whole
_UNLIKE = 5  # arms are of a size; few trials assign more than four to one
_LATER = -6.0  # what is lost from the first to the last character: who entered is told before who was analysed
_MOST_ARMS = 5


def sized(reading: Reading) -> tuple[Number, ...]:
    """The sizes of the arms as stated, in order; none where fewer than two are."""
    found = counted(reading)
    likely = [each for each in found if each.arm >= _LIKELY and not _OF_ONE_SEX.search(_around(reading, each.number))]
    pairs = [(_score(reading, found, a, b), a, b) for a, b in combinations(likely, 2)]
    good = [each for each in pairs if each[0] >= _ACCEPTED]
    late = _LATER / (len(reading.abstract) + 1)
    best = max(good, key=lambda each: each[0] + late * each[1].number.start, default=None)
    return tuple(each.number for each in _company(reading, found, likely, best[1], best[2])) if best else ()


def events(reading: Reading, a: Number, b: Number) -> bool:
    """Whether each is a share of its group ("19 in the massage group (95%)"): those of arms come to 100 together."""
    shares = [_SHARE.match(reading.abstract, each.end) for each in (a, b)]
    if shares[0] is None or shares[1] is None or shares[0].end() > b.start:
        return False
    return not 95 <= float(shares[0][1]) + float(shares[1][1]) <= 105


def _around(reading: Reading, number: Number) -> str:
    return reading.abstract[max(0, number.start - 16) : number.end + 10]


def _score(reading: Reading, found: Sequence[Counted], a: Counted, b: Counted) -> float:
    if (
        b.number.start - a.number.end > _NEAR
        or _BY_SEX.match(reading.abstract, a.number.end)
        or events(reading, a.number, b.number)
    ):
        return -99.0
    score = odds(a.arm) + odds(b.arm)
    if cases_and_controls(reading, (a.number, b.number)):
        score += _ADD_UP
    if max(a.number.value, b.number.value) > _UNLIKE * min(a.number.value, b.number.value):
        score -= _SAME_SENTENCE + _ADD_UP
    if reading.sentence_at(a.number.start) == reading.sentence_at(b.number.start):
        score += _SAME_SENTENCE
    if any(each.whole > 0.2 and each.number.value == a.number.value + b.number.value for each in found):
        score += _ADD_UP
    return score


def _company(
    reading: Reading, found: Sequence[Counted], likely: Sequence[Counted], a: Counted, b: Counted
) -> list[Counted]:
    """The pair with the further arms that are told beside it."""
    wholes = {each.number.value for each in found if each.whole > 0.2}
    chosen = [a, b]
    for each in likely:
        near = any(abs(each.number.start - other.number.start) < _NEAR / 2 for other in chosen)
        same = reading.sentence_at(each.number.start) == reading.sentence_at(a.number.start)
        if each not in chosen and near and same and each.arm > _BESIDE and each.arm > each.whole:
            chosen.append(each)
    chosen.sort(key=lambda each: each.number.start)
    if a.number.value + b.number.value in wholes and sum(each.number.value for each in chosen) not in wholes:
        return [a, b]
    return chosen[:_MOST_ARMS]
