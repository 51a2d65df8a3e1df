"""When an outcome was measured: by the claim's own words, else by the plan of measurements that the methods tell.

Results seldom repeat when they were measured. A plan with one kind of measurement after the start ("at baseline
and after ten weeks of treatment") says it for all of them; a plan with several says it for none. Whether "at
twelve weeks" is the end of treatment or a follow-up depends on how long the treatment lasted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from ingest.extractors.stems import may_match
from kb.extraction import Timepoint

_COUNT = (
    r"(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|eighteen|twenty|twenty-four|sixty)"
)
_ONE = r"(?:(?:the|a|an|each|one|every|single)\s+){1,3}"
_TREATMENT = (
    r"(?:treatments?|interventions?|therap(?:y|ies)|program(?:me)?s?|massages?|sessions|training|course|trial"
    r"|manipulations?|acupuncture|exercises?)"
)
_START = r"(?:baseline|randomi[sz]|starting|(?:the )?(?:start|begin|first|inclusion|initiation)|entry|enrol)"
_FROM_END = rf"(?!\s+{_START})(?!\s+of\b)(?:[-\s](?:the\s+)?(?:\w+\s+)?{_TREATMENT})?"
_PROGRAMME = (
    r"\s+(?:after|following|post)\s+(?:the\s+)?(?:[\w-]+\s+)?(?:intervention|program|treatment\s+(?:period|course))"
)
_ROWS: tuple[tuple[Timepoint, str], ...] = (
    ("follow_up", r"\bfollow(?:ed)?[-\s]?ups?\b(?!\s+(?:rate|data|process|tests?\b|analys))|\blong(?:er)?[-\s]term\b"),
    ("follow_up", r"\b(?:sustained|maintained|persisted|lasted)\b"),
    ("follow_up", rf"\b(?:weeks?|months?|years?)\s+(?:later|(?:post|after|following)\b{_FROM_END})"),
    ("follow_up", rf"\b{_COUNT}[-\s]years?\b|\byear after\b"),
    ("follow_up", rf"\b{_COUNT}-month\s(?:effects?|outcomes?|assessment|evaluation|visit|results?|risk)\b"),
    ("immediate", rf"\bimmediate(?:ly)?\b(?!{_PROGRAMME})|\bpost-?session|\bafter\s+(?:one|a single|each)\b"),
    ("immediate", rf"\b(?:after|following|during|within)\s+{_ONE}(?:[\w-]+\s+){{0,3}}?session\b"),
    ("immediate", r"\b(?:after|following)\s+(?:the\s+)?(?:first|last)\s+(?:[\w-]+\s+){0,2}?session\b"),
    ("immediate", r"\b\d+\s*(?:min|minutes|hours?|h)\s+(?:after|later|post)\b"),
    ("end", r"\bpost-?\s?(?:treatment|intervention|test|therapy)|\b(?:at|by) the end\b|\bend of\b"),
    ("end", r"\b(?:last|final) (?:day|week|treatment)\b|\bpre-?\s?(?:to|and|/|-)\s?-?post\b"),
    ("end", r"\b(?:over|across|during|throughout) the (?:course|study|treatment|intervention|program)"),
    ("end", rf"\b(?:after|following)\s+(?:the\s+|a\s+|{_COUNT}\s+)?(?:[\w-]+\s+){{0,3}}?{_TREATMENT}\b"),
)
# In the order of the table: "immediately after the last session" is no end of treatment.
_TIMES = tuple((value, re.compile(pattern, re.IGNORECASE)) for value, pattern in _ROWS)
_MAY_TELL = re.compile(
    r"follow|term|sustain|maintain|persist|lasted|later|post|year|immediate|after|during|within|end|last|final|pre"
    r"|over|across|throughout|day|week|month|session",
    re.IGNORECASE,
)

_UNITS = {"day": 1 / 7, "week": 1.0, "wk": 1.0, "month": 4.33, "mo": 4.33, "year": 52.0}
_NUMBERS = dict(
    zip(
        "one two three four five six seven eight nine ten twelve fifteen eighteen twenty twenty-four sixty".split(),
        (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 18, 20, 24, 60),
        strict=True,
    )
)
_LIST = rf"{_COUNT}(?:(?:,\s?|\s?,?\s?(?:and|to|or)\s){_COUNT}){{0,4}}"
_AT = re.compile(
    rf"\b(?:at|after|over|following|within|by|and|in|baseline,?)\s+(?:the\s+)?"
    rf"(?:({_LIST})[-\s](day|week|wk|month|mo|year)s?(?:'|’)?(?!\s+before)|(?:the\s+)?(day|week|month)s?\s({_LIST}))\b",
    re.IGNORECASE,
)
_ORDINAL = re.compile(
    r"\b(?:time|assessment|measurement)[-\s]?points?\b|\bfirst\s(?:week|month|day|(?:\w+\s)?treatment)\b", re.IGNORECASE
)
_EACH = re.compile(_COUNT, re.IGNORECASE)
# Shares of the treatment's length up to which a time is on the way, and from which it is after the end.
_ON_THE_WAY, _AFTER = 0.8, 1.25

_MEASURED = re.compile(
    r"\b(?:assess|measur|evaluat|record|collect|complet|examin|tested|follow|outcome|administ|obtain|scor|questionnaire"
    r"|analy[sz]|pre-?\s?(?:and|test)|determin|compar|repeat|testing)",
    re.IGNORECASE,
)
_FOLLOWED = re.compile(
    rf"\bfollow(?:ed)?(?:[-\s]up)?\s+(?:for|over|period|through|study|of)\b|\b{_COUNT}[-\s](?:weeks?|months?)\s+follow",
    re.IGNORECASE,
)
_BEFORE_AND_AFTER = re.compile(
    r"\bbefore\s+(?:and|and/or)\s+(?:\w+\s+)?after\b|\bpre-?\s?(?:and|to|/|-)\s?-?post|\bbefore,?\s+and\s+after\b",
    re.IGNORECASE,
)
_ON_TREATMENT = re.compile(r"during|within|over|across|throughout|maintained|sustained|persisted|lasted", re.IGNORECASE)
_PHASE = re.compile(r"\b(?:treatment|intervention)\s(?:phase|period)\b", re.IGNORECASE)
_OTHER_EVENT = re.compile(
    r"\b(?:after|post|following)[-\s](?:the\s+)?(?:\w+\s+)?(?:surgery|operation|operative|birth|delivery|injury|stroke)",
    re.IGNORECASE,
)


class Schedule(NamedTuple):
    """How long the treatment lasted, in weeks, and when results without a time of their own were measured.

    `told` is whether the methods say anything of either; only then a result takes the time of the one before it.
    """

    weeks: float | None = None
    usual: Timepoint = "not_stated"
    told: bool = False


def schedule(planned: Iterable[str], weeks: float | None) -> Schedule:
    """The plan of measurements that the sentences before the results tell; `weeks` is the treatment's length."""
    kinds: set[Timepoint] = set()
    for text in planned:
        if _MEASURED.search(text) is not None and _OTHER_EVENT.search(text) is None:
            kinds |= _planned(text, weeks)
    if not kinds and weeks is not None:
        kinds = {"end"}  # a course of treatment, and no other time is told
    return Schedule(weeks, next(iter(kinds)) if len(kinds) == 1 else "not_stated", bool(kinds))


def _planned(text: str, weeks: float | None) -> set[Timepoint]:
    kinds: set[Timepoint] = {"follow_up"} if _FOLLOWED.search(text) else set()
    for value, pattern in _TIMES:
        found = pattern.search(text) if may_match(pattern, text.lower()) else None
        if found is not None and not _ON_TREATMENT.match(found[0]):
            kinds.add(value)
            text = pattern.sub(" ", text)
    if "follow_up" in kinds and _PHASE.search(text):
        kinds.add("end")  # "a treatment period of six weeks, and a follow-up"
    times = _weeks(text)
    if "immediate" not in kinds and "follow_up" not in kinds and (times or _BEFORE_AND_AFTER.search(text)):
        kinds |= _against(times, weeks) if times else {"end"}
    return kinds - {"not_stated"}


def timepoint(texts: Iterable[str], plan: Schedule) -> Timepoint | None:
    """When, by the first of `texts` (narrow to wide) that says it; None where none does."""
    return next((told for told in (_told(text, plan) for text in texts) if told is not None), None)


@lru_cache(maxsize=256)  # the claims of a sentence share its words
def _told(text: str, plan: Schedule) -> Timepoint | None:
    lowered = text.lower()
    if not may_match(_MAY_TELL, lowered) or _MAY_TELL.search(text) is None:
        return None
    told = next((value for value, pattern in _TIMES if may_match(pattern, lowered) and pattern.search(text)), None)
    if told in ("follow_up", "immediate"):
        return told
    if _ORDINAL.search(text):
        return "not_stated"
    times = _weeks(text)
    if times and plan.weeks is None and plan.usual != "not_stated":
        return plan.usual
    if times:
        kinds = _against(times, plan.weeks)
        return kinds.pop() if len(kinds) == 1 else plan.usual
    if told is not None:
        return plan.usual if told == "end" and plan.usual == "follow_up" else told
    return None


def _weeks(text: str) -> list[float]:
    """The times that `text` names, in weeks."""
    found: list[float] = []
    for each in _AT.finditer(text):
        counts, unit = (each[1], each[2]) if each[1] else (each[4], each[3])
        for count in _EACH.findall(counts):
            # Without regard to case "ſix" is "six" to a pattern, and to no table.
            number = float(count) if count.isdigit() else _NUMBERS.get(count.lower())
            if number is not None:
                found.append(number * _UNITS[unit.lower()])
    return found


def _against(times: list[float], weeks: float | None) -> set[Timepoint]:
    """What `times` are, against the length of the treatment; without one, a single time is its end."""
    if weeks is None:
        return {"end"} if len({time for time in times if time}) == 1 else {"end", "follow_up"}
    kinds: set[Timepoint] = set()
    for time in times:
        if time > weeks * _AFTER + 1:
            kinds.add("follow_up")
        elif time >= weeks * _ON_THE_WAY:
            kinds.add("end")
        else:
            kinds.add("not_stated")
    return kinds - {"not_stated"} if len(kinds) > 1 else kinds
