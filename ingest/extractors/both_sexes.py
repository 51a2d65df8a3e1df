"""Women and men counted side by side are one sample: "25 men and 15 women were randomised" are 40 who entered.

Their sum is derived; where it is also stated, the stated number is kept.
"""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

from ingest.extractors.numbers import Number
from ingest.extractors.reading import Reading
from ingest.extractors.sex_words import ANY_FEMALE, ANY_MALE, PAIRS

_SIDE_BY_SIDE = PAIRS[:2]
_NEAR = 120  # characters: no pair is longer
_ENTERED_BEHIND = re.compile(
    r"[^.;]{0,160}?\b(?:participated|took part|volunteered|attended|entered|received|underwent"
    r"|(?:were|was|have been|are|will be|being) (?:\w+ ){0,2}?(?:randomi[sz]ed|assigned|allocated|divided|enrolled"
    r"|enroled|recruited|included|entered|studied|treated|followed|selected|investigated|examined|observed|interviewed))"
    r"\b",
    re.IGNORECASE,
)
_ENTERED_BEFORE = re.compile(
    r"(?:\b(?:total of|in total,?|altogether,?|sample of|consisted of|comprised|observations of|included|enrolled"
    r"|recruited|randomi[sz]ed|studied|involving|subjects were|participants were|patients were)|\b[Oo]f the) $"
)
# A third kind of people, or a pair that is but a part: "and 2 of unknown sex", "in each group", "who improved".
_NOT_ALL = re.compile(
    r"(?: \w+)?,? (?:and|plus) (?:\d|[a-z]+ (?:infants|controls|of (?:un|in)))"
    r"|[^.;]{0,60}?\b(?:(?:in|per|to|for|of) (?:each|every|both|one)\b"
    r"|each\b|per group|(?:in|from) (?:the )?(?:[\w-]+ ){0,4}group\b|controls?\b|respectively)",
    re.IGNORECASE,
)


class Both(msgspec.Struct, frozen=True):
    """`text[start:end]` counts `women_and_men` together; `entered` where a verb beside them says that they came in."""

    women_and_men: int
    start: int
    end: int
    entered: bool


def both_of(reading: Reading, number: Number) -> Both | None:
    """The women and men of whom `number` counts the one sex; None where it stands alone or for a part."""
    near = max(0, number.start - _NEAR), number.end + _NEAR
    if not ANY_FEMALE.search(reading.abstract, *near) or not ANY_MALE.search(reading.abstract, *near):
        return None
    return _pairs(reading).get(number.start)


@lru_cache(maxsize=2)  # who entered, were analysed and completed is asked in turn
def _pairs(reading: Reading) -> dict[int, Both]:
    """By the place of either number."""
    text, ending = reading.abstract, {each.end: each for each in reading.numbers}
    found: dict[int, Both] = {}
    for pattern in _SIDE_BY_SIDE:
        for match in pattern.finditer(text):
            # By their ends: of "one hundred and two men" the pattern has met the two alone.
            sides = [ending.get(match.end(sex)) for sex in ("f", "m")]
            counts = [each for each in sides if each is not None and each.value == int(each.value)]
            if len(counts) < len(sides) or _NOT_ALL.match(text, match.end()):
                continue
            start = min(each.start for each in counts)
            entered = _ENTERED_BEHIND.match(text, match.end()) or _ENTERED_BEFORE.search(
                text, max(0, start - 30), start
            )
            both = Both(int(sum(each.value for each in counts)), start, match.end(), entered is not None)
            found.update((each.start, both) for each in counts)
    return found
