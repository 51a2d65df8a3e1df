"""Who was studied: how many, with what condition, which people, of what age and sex.

The condition is that of the participants: named beside the people ("patients with", "fibromyalgia
patients"), else in the title or the aim; never one that a background merely passes by.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ingest.extractors.head_count import analysed, completed, counts, entered, trials
from ingest.extractors.people import PEOPLE
from ingest.extractors.pico import people
from ingest.extractors.reading import Reading
from kb.extraction import Arm, DesignKind, Finding, Sample
from kb.vocabulary import Mention

_PEOPLE_WITH = re.compile(
    rf"\b{PEOPLE}\b[^.;:]{{0,40}}?\b(?:with|suffering from|diagnosed with|who (?:had|have|suffered)"
    rf"|having|undergoing|after|treated for|complaining of|fulfilled)\b[^.;:]{{0,60}}$",
    re.IGNORECASE,
)
_PEOPLE_BEHIND = re.compile(rf"(?: (?!and\b|or\b|in\b|on\b|with\b)[\w-]+){{0,2}} {PEOPLE}\b", re.IGNORECASE)
_UNIT = r"(?:years?|yrs?|months?|weeks?|days?|y)\b"
_NUMBERS = r"\d[\d.]*(?: ?(?:±|\+/-|\(|sd|[-–]|to|and) ?[\d.]+\)?){0,2}"
_AGE = re.compile(
    rf"\bmean age (?:\w+ ){{0,3}}{_NUMBERS}(?: {_UNIT})?"
    rf"|\b(?:gestational )?age[ds]?:? (?:\w+ ){{0,4}}{_NUMBERS}(?: ?{_UNIT})?"
    rf"|\bbetween (?:the ages of )?{_NUMBERS} {_UNIT}(?: of age| old)|\b{_NUMBERS}[ -]{_UNIT}[ -](?:old|of age)\b"
    rf"|\b{_NUMBERS} {_UNIT} (?:or|and) (?:older|over|above)|\bages? of {_NUMBERS}(?: {_UNIT})?",
    re.IGNORECASE,
)
_SEX = re.compile(
    r"\b(?:\d+(?:\.\d+)? ?%?|[a-z]+(?:-[a-z]+)? \(\d[\d.]* ?%\)|all|only|most) (?:of them "
    r"|participants )?(?:were |was )?(?:women|females?|men|males?)\b(?:,? (?:and )?\d+ (?:women"
    r"|females?|men|males?))?",
    re.IGNORECASE,
)
_ONE_SEX = re.compile(r"\b(?:women|men|girls|boys|woman|man|females|males)\b", re.IGNORECASE)


def sample(reading: Reading, arms: tuple[Finding[Arm], ...], kind: DesignKind | None) -> Sample:
    """The sample of a study as the abstract gives it; of a record without abstract what the title says."""
    found = counts(reading)
    n = entered(reading, found, arms, kind)
    return Sample(
        n=n,
        n_analysed=analysed(reading, found),
        n_completed=completed(reading, found),
        trials=trials(reading, kind),
        conditions=_conditions(reading),
        populations=_populations(reading),
        people=people(reading),
        age=_age(reading),
        sex=_sex(reading, n),
    )


def pinned(reading: Reading, ids: Iterable[str], kind: str, rule: str) -> tuple[Finding[str], ...]:
    """Each concept of `ids` where the abstract first says it, else where the title does."""
    found = []
    for each in dict.fromkeys(ids):
        here = next((m for m in reading.mentions if m.concept == each and m.kind == kind), None)
        if here is not None:
            found.append(Finding(each, here.start, here.end, rule=rule))
            continue
        there = next(m for m in reading.title_mentions if m.concept == each and m.kind == kind)
        found.append(Finding(each, there.start, there.end, rule=rule, place="title"))
    return tuple(found)


def _conditions(reading: Reading) -> tuple[Finding[str], ...]:
    said = [each for each in reading.mentions if each.kind == "condition"]
    of_people = [each.concept for each in said if _beside_people(reading, each)]
    in_title = [each.concept for each in reading.title_mentions if each.kind == "condition"]
    in_aim = [each.concept for each in said if reading.section_at(each.start) in ("objective", "methods")]
    chosen = [*in_title, *of_people] or in_aim[:1]
    return pinned(reading, chosen, "condition", "sample:condition")


def _beside_people(reading: Reading, mention: Mention) -> bool:
    sentence = reading.sentence_at(mention.start)
    if sentence is None or sentence.section not in ("objective", "methods"):
        return False
    before = reading.abstract[max(sentence.start, mention.start - 120) : mention.start]
    return bool(_PEOPLE_WITH.search(before) or _PEOPLE_BEHIND.match(reading.abstract, mention.end, sentence.end))


def _populations(reading: Reading) -> tuple[Finding[str], ...]:
    in_title = [each.concept for each in reading.title_mentions if each.kind == "population"]
    studied = [
        each.concept
        for each in reading.mentions
        if each.kind == "population" and reading.section_at(each.start) in ("objective", "methods")
    ]
    return pinned(reading, [*in_title, *studied], "population", "sample:population")


def _age(reading: Reading) -> Finding[str] | None:
    return _first(reading, _AGE, "sample:age")


def _sex(reading: Reading, n: Finding[int] | None) -> Finding[str] | None:
    """Numbers of either sex as written; else the one sex that the count of people names."""
    told = _first(reading, _SEX, "sample:sex")
    if told is not None or n is None or n.start is None or n.end is None:
        return told
    one = _ONE_SEX.search(reading.abstract, n.start, n.end)
    return Finding(one.group(), *one.span(), rule="sample:one_sex") if one else None


def _first(reading: Reading, pattern: re.Pattern[str], rule: str) -> Finding[str] | None:
    for match in pattern.finditer(reading.abstract):
        if reading.section_at(match.start()) not in ("background", "conclusions"):
            return Finding(match.group(), *match.span(), rule=rule)
    return None
