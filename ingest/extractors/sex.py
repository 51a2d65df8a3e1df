"""Women and men of a sample: as written, and the share of women.

Both sexes counted give a share, and so does one of them as a percentage. A sample of which only one sex is named, where
its people are counted or called in title or aim, is of that sex alone. Counts that do not add up to the sample are
those of a group, or of another stage, and give no share; the counts of all groups together may.
"""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from ingest.extractors.numbers import numbers
from ingest.extractors.reading import Reading
from ingest.extractors.sex_words import ALL, ANY_FEMALE, ANY_MALE, CUE, FEMALE, MALE, PAIRS, PART, PERCENT, RATIO
from kb.extraction import Finding

_LONGEST = 160  # characters of a passage that is quoted
_ROUNDING = 0.011  # two percentages that differ by no more say the same share


class Sex(NamedTuple):
    """`said` is as written; `female` a share of 1."""

    said: Finding[str] | None = None
    female: Finding[float] | None = None


class _Count(msgspec.Struct, frozen=True):
    women: float
    men: float
    start: int
    end: int


def sex(reading: Reading, n: Finding[int] | None) -> Sex:
    """Sex as the abstract tells it of the sample of `n` people, where that is known."""
    spans = [
        (each.start, each.end)
        for each in reading.sentences
        if each.section not in ("background", "conclusions") and CUE.search(reading.abstract, each.start, each.end)
    ]
    counts = [each for start, end in spans for each in _counts(reading.abstract, start, end)]
    if counts:
        return _counted(reading.abstract, counts, n)
    text = reading.abstract
    found = _percentage(text, spans)
    for start, end in spans:
        found = found or _part(text, start, end, n) or _all(text, start, end)
    return found or _one_sex(reading, n)


def _counts(text: str, start: int, end: int) -> list[_Count]:
    if not (ANY_FEMALE.search(text, start, end) and ANY_MALE.search(text, start, end)) and not RATIO.search(
        text, start, end
    ):
        return []
    found = []
    for pattern in PAIRS:
        for match in pattern.finditer(text, start, end):
            women, men = numbers(match["f"]), numbers(match["m"])
            if women and men:
                found.append(_Count(women[0].value, men[0].value, *match.span()))
    return sorted(found, key=lambda each: each.start)


def _counted(text: str, counts: list[_Count], n: Finding[int] | None) -> Sex:
    """The counts of the whole sample, or of all its groups together; else only as written."""
    told = [each for each in counts if each.women + each.men]
    if not told:  # "0 women and 0 men": nobody has no share
        return Sex(_said(text, counts[0].start, counts[0].end))
    counts, first = told, told[0]
    whole = next((each for each in counts if n is not None and each.women + each.men == n.value), None)
    if whole is None and n is None and len(counts) == 1:
        whole = first
    if whole is None and n is not None and sum(each.women + each.men for each in counts) == n.value:
        women = sum(each.women for each in counts)
        share = Finding(round(women / n.value, 3), first.start, counts[-1].end, rule="sex:groups", derived=True)
        return Sex(_said(text, first.start, first.end), share)
    if whole is None:
        # Those of one group are not said of all: from the first count to the last.
        last = counts[-1].end if counts[-1].end - first.start <= _LONGEST else first.end
        return Sex(_said(text, first.start, last))
    share = Finding(
        round(whole.women / (whole.women + whole.men), 3), whole.start, whole.end, rule="sex:counts", derived=True
    )
    return Sex(_said(text, whole.start, whole.end), share)


def _percentage(text: str, spans: list[tuple[int, int]]) -> Sex | None:
    """The share that is stated; where several are (of groups, or of those who got better), only the words."""
    found = [match for start, end in spans if "%" in text[start:end] for match in PERCENT.finditer(text, start, end)]
    told = [(float(each["before"] or each["behind"]) / 100, bool(each["m1"] or each["m2"])) for each in found]
    shares = {round(1 - share if of_men else share, 3) for share, of_men in told if share <= 1}
    if not shares:
        return None
    said, of_men = found[0].span(), told[0][1]
    if max(shares) - min(shares) > _ROUNDING:
        return Sex(_said(text, *said))
    return Sex(_said(text, *said), Finding(min(shares), *said, rule="sex:percentage", derived=of_men))


def _part(text: str, start: int, end: int, n: Finding[int] | None) -> Sex | None:
    match = PART.search(text, start, end)
    part = numbers(match["part"]) if match else ()
    if match is None or not part:
        return None
    told = numbers(match["whole"]) if match["whole"] else ()
    whole = told[0].value if told else n.value if n is not None else 0.0
    if not (whole and part[0].value <= whole):
        return Sex(_said(text, *match.span()))
    share = part[0].value / whole
    female = Finding(round(share if match["f"] else 1 - share, 3), *match.span(), rule="sex:part", derived=True)
    return Sex(_said(text, *match.span()), female)


def _all(text: str, start: int, end: int) -> Sex | None:
    match = ALL.search(text, start, end)
    if match is None:
        return None
    one = bool(match["f"] or match["m"]) and not (ANY_MALE if match["f"] else ANY_FEMALE).search(text)
    female = Finding(1.0 if match["f"] else 0.0, *match.span(), rule="sex:all") if one else None
    return Sex(_said(text, *match.span()), female)


def _one_sex(reading: Reading, n: Finding[int] | None) -> Sex:
    """The one sex that the people are called where they are counted, else in the aim; none where the other is named."""
    text = reading.abstract
    places = [(n.start, n.end)] if n is not None and n.start is not None and n.end is not None else []
    places += [(each.start, each.end) for each in reading.sentences if each.section in ("objective", "methods")]
    for wanted, other, share in ((FEMALE, ANY_MALE, 1.0), (MALE, ANY_FEMALE, 0.0)):
        if other.search(text):
            continue
        match = next((match for start, end in places if (match := wanted.search(text, start, end))), None)
        if match is not None:
            return Sex(_said(text, *match.span()), Finding(share, *match.span(), rule="sex:one"))
    return Sex()


def _said(text: str, start: int, end: int) -> Finding[str]:
    written = text[start:end]
    if written.count("(") > written.count(")") and text.startswith(")", end):
        end += 1
    return Finding(text[start:end], start, end, rule="sex:said")
