"""Who was studied: how many, with what condition, which people, of what age and sex.

The condition is that of the participants: named beside the people ("patients with", "fibromyalgia
patients"), else in the title or the aim; never one that a background merely passes by.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ingest.extractors.age import age
from ingest.extractors.head_count import analysed, completed, entered, trials
from ingest.extractors.people import PEOPLE
from ingest.extractors.people_counts import counts
from ingest.extractors.pico import people
from ingest.extractors.reading import Reading
from ingest.extractors.sex import Sex, sex
from kb.extraction import Arm, DesignKind, Finding, Sample
from kb.vocabulary import Mention

_PEOPLE_WITH = re.compile(
    rf"\b{PEOPLE}\b[^.;:]{{0,40}}?\b(?:with|suffering from|diagnosed with|who (?:had|have|suffered)"
    rf"|having|undergoing|after|treated for|complaining of|fulfilled)\b[^.;:]{{0,60}}$",
    re.IGNORECASE,
)
_PEOPLE_BEHIND = re.compile(rf"(?: (?!and\b|or\b|in\b|on\b|with\b)[\w-]+){{0,2}} {PEOPLE}\b", re.IGNORECASE)

_OF_STUDY = ("objective", "methods")
_WITHOUT = re.compile(
    r"(?:\b(?:without|nor|no|not|free of|except)\b[^.;,]{0,40}|\b(?:exclu\w{2,4})\b[^.;]{0,140})$", re.IGNORECASE
)

# "given by trained nurses", "advice from a nurse": who gave it; "transfer to intensive care": what came of it.
_AGENT = re.compile(r"\b(?:by|from an?|(?:transfer|admission|transferred) to) (?:[\w-]+ ){0,3}$")


def sample(reading: Reading, arms: tuple[Finding[Arm], ...], kind: DesignKind | None) -> Sample:
    """The sample of a study as the abstract gives it; of a record without abstract what the title says."""
    found = counts(reading)
    n = entered(reading, found, arms, kind)
    old, women = age(reading), sex(reading, n)
    return Sample(
        n=n,
        n_analysed=analysed(reading, found),
        n_completed=completed(reading, found),
        trials=trials(reading, kind),
        conditions=_conditions(reading),
        populations=_populations(reading, women),
        people=people(reading),
        age=old.said,
        age_mean=old.mean,
        age_sd=old.sd,
        age_range=old.range,
        sex=women.said,
        female=women.female,
    )


def pinned(reading: Reading, ids: Iterable[str], kind: str, rule: str) -> tuple[Finding[str], ...]:
    """Each concept of `ids` where the aim or the methods first say it, else the abstract, else the title."""
    found = []
    for each in dict.fromkeys(ids):
        said = [m for m in reading.mentions if m.concept == each and m.kind == kind]
        here = next((m for m in said if reading.section_at(m.start) in _OF_STUDY), said[0] if said else None)
        if here is not None:
            found.append(Finding(each, here.start, here.end, rule=rule))
            continue
        there = next(m for m in reading.title_mentions if m.concept == each and m.kind == kind)
        found.append(Finding(each, there.start, there.end, rule=rule, place="title"))
    return tuple(found)


def _conditions(reading: Reading) -> tuple[Finding[str], ...]:
    said = [each for each in reading.mentions if each.kind == "condition" and not _ruled_out(reading, each)]
    of_people = [each.concept for each in said if _beside_people(reading, each)]
    in_title = [each.concept for each in reading.title_mentions if each.kind == "condition"]
    in_aim = [each.concept for each in said if reading.section_at(each.start) in _OF_STUDY]
    chosen = [*in_title, *of_people] or in_aim[:1]
    return pinned(reading, chosen, "condition", "sample:condition")


def _beside_people(reading: Reading, mention: Mention) -> bool:
    sentence = reading.sentence_at(mention.start)
    if sentence is None or sentence.section not in _OF_STUDY:
        return False
    before = reading.abstract[max(sentence.start, mention.start - 120) : mention.start]
    return bool(_PEOPLE_WITH.search(before) or _PEOPLE_BEHIND.match(reading.abstract, mention.end, sentence.end))


def _ruled_out(reading: Reading, mention: Mention) -> bool:
    """Whether the sentence excludes what it mentions: "without", "exclusion criteria were"; or names care by it."""
    sentence = reading.sentence_at(mention.start)
    start = sentence.start if sentence is not None else mention.start
    if reading.abstract.startswith(" care", mention.end):
        return True
    return bool(_WITHOUT.search(reading.abstract, max(start, mention.start - 160), mention.start))


def _populations(reading: Reading, women: Sex) -> tuple[Finding[str], ...]:
    """Who is named in title, aim or methods; women, or men, only where the sample may be of them alone."""
    in_title = [each.concept for each in reading.title_mentions if each.kind == "population"]
    studied = [
        each.concept
        for each in reading.mentions
        if each.kind == "population"
        and reading.section_at(each.start) in _OF_STUDY
        and not _ruled_out(reading, each)
        and not _AGENT.search(reading.abstract, max(0, each.start - 60), each.start)
    ]
    share = women.female.value if women.female is not None else None
    both = {"women", "men"} <= {*in_title, *studied} or (women.said is not None and share not in (0.0, 1.0))
    chosen = [each for each in (*in_title, *studied) if not (both and each in ("women", "men"))]
    return pinned(reading, chosen, "population", "sample:population")
