"""What an answer's studies say together: directions counted, an outcome and a kind of comparison at a time.

Counted is the direction of effect, never a p-value of a study (Cochrane Handbook 12.2.1.3): "no significant
difference" gives no direction, and what gives none is counted aloud beside it. The test is the exact two-sided sign
test over better and worse, as in Boon & Thomson 2021 (doi 10.1002/jrsm.1458), the interval Wilson's of 1927 (doi
10.1080/01621459.1927.10502953). Kinds of comparison are never mixed: better than waiting is not better than
exercise. Nor are times: counted is the end of treatment, and beside it what was found at a follow-up
(`kb.votes` has the rule and its source). How large an effect is, or how well a study was done, is in none of these
numbers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from math import comb, sqrt

import msgspec

from kb.vocabulary import Vocabulary
from kb.votes import Verdicts

LEAST = 6  # studies with a direction: six of six is the least that comes below .05
_Z = 1.959963984540054  # of 95 % two-sided


class Against(msgspec.Struct, frozen=True):
    """A kind of comparison in plain words, and what the field calls it (empty: nothing else)."""

    plain: str
    term: str


GROUPS: dict[str, Against] = {  # in the order of the tally
    "inactive": Against("no treatment, waiting or usual care", "inactive control"),
    "attention_or_sham": Against("attention, education, rest or a sham", "attention or sham control"),
    "active": Against("another treatment", "active control"),
    "massage_vs_massage": Against("another kind of massage", "head to head"),
    "add_on": Against("the same care without massage", "add-on design"),
    "none": Against("nobody: one group alone", "single group"),
    "not_stated": Against("something not stated", ""),
}


class Interval(msgspec.Struct, frozen=True):
    """From `low` to `high`, both between 0 and 1."""

    low: float
    high: float


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """What is said in a place of the tally, or in several: each study, or each result of it, is in one of the five.

    `later` of them compared groups at a follow-up, and `later_better` were better there throughout.
    """

    better: int
    worse: int
    mixed: int
    not_stated: int
    within_only: int
    later: int = 0
    later_better: int = 0

    @property
    def compared(self) -> int:
        """The denominator: all but those that only looked before and after."""
        return self.better + self.worse + self.mixed + self.not_stated


class Row(Counts, frozen=True, kw_only=True):
    """One outcome against one kind of comparison, in studies."""

    concept: str
    outcome: str
    group: str
    against: Against

    @property
    def directional(self) -> int:
        """The studies that say one direction."""
        return self.better + self.worse

    @property
    def p(self) -> float | None:
        """The sign test of better against worse; None: too few to test."""
        return sign_test(self.better, self.worse) if self.directional >= LEAST else None

    @property
    def interval(self) -> Interval | None:
        """The 95 % interval of the share that is better among those with a direction."""
        return wilson(self.better, self.directional) if self.directional else None

    @property
    def worst(self) -> float | None:
        """The share that is better where all mixed and all without a direction are counted against it."""
        return self.better / self.compared if self.compared else None


class Sums(Counts, frozen=True, kw_only=True):
    """What is found over all cells. A study is counted once for each outcome and comparison that it speaks of."""

    @property
    def counter(self) -> int:
        """All compared that is not better."""
        return self.worse + self.mixed + self.not_stated


def tally(found: Iterable[Verdicts], vocabulary: Vocabulary) -> tuple[Row, ...]:
    """The rows of `found`: outcomes that most was compared of first, and in each the comparisons in their order."""
    found = tuple(found)
    weight: Counter[str] = Counter()
    looked: Counter[str] = Counter()
    for each in found:
        weight[each.cell.outcome] += each.better + each.worse + each.mixed + each.not_stated
        looked[each.cell.outcome] += each.within_only
    names = {id: _name(id, vocabulary) for id in weight}
    places = {group: place for place, group in enumerate(GROUPS)}

    def place(each: Verdicts) -> tuple[int, int, str, str, int]:
        id = each.cell.outcome
        return -weight[id], -looked[id], names[id].casefold(), id, places.get(each.cell.comparator, len(places))

    return tuple(_row(each, names[each.cell.outcome]) for each in sorted(found, key=place))


def sums(found: Iterable[Verdicts]) -> Sums:
    """The numbers of `found`, added up over its cells."""
    found = tuple(found)
    return Sums(
        better=sum(each.better for each in found),
        worse=sum(each.worse for each in found),
        mixed=sum(each.mixed for each in found),
        not_stated=sum(each.not_stated for each in found),
        within_only=sum(each.within_only for each in found),
        later=sum(each.later for each in found),
        later_better=sum(each.later_better for each in found),
    )


@lru_cache(maxsize=4096)  # a row of a page is asked for it more than once
def sign_test(better: int, worse: int) -> float:
    """How often a fair coin falls as unevenly as `better` to `worse`, or more so, either way (exact, two-sided)."""
    n = better + worse
    tail = sum(comb(n, k) for k in range(max(better, worse), n + 1))
    return min(1.0, 2 * tail / (1 << n))


def wilson(part: int, whole: int) -> Interval:
    """Wilson's 95 % score interval of `part` in `whole`, which is above 0."""
    share, z2 = part / whole, _Z**2
    middle = (share + z2 / (2 * whole)) / (1 + z2 / whole)
    half = _Z / (1 + z2 / whole) * sqrt(share * (1 - share) / whole + z2 / (4 * whole**2))
    return Interval(max(0.0, min(middle - half, share)), min(1.0, max(middle + half, share)))


def _row(each: Verdicts, outcome: str) -> Row:
    group = each.cell.comparator
    return Row(
        concept=each.cell.outcome,
        outcome=outcome,
        group=group,
        against=GROUPS.get(group, Against(group.replace("_", " "), "")),
        better=each.better,
        worse=each.worse,
        mixed=each.mixed,
        not_stated=each.not_stated,
        within_only=each.within_only,
        later=each.later,
        later_better=each.later_better,
    )


def _name(id: str, vocabulary: Vocabulary) -> str:
    known = vocabulary.concept(id)
    return known.name if known else id.replace("_", " ")
