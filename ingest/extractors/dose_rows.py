"""What stands around a number that counts minutes, times, weeks or sessions, a row a wording.

A row says what must stand right behind the number and, where that is not enough, what must end right before it.
Phrases that say a dose without a number ("twice a week", "half an hour", "a single session") have rows of their own.
"""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from ingest.extractors.dose_words import (
    ARTICLE,
    EACH,
    GIVEN,
    HOUR,
    KIND,
    LENGTH,
    LENGTH_WORD,
    MIN,
    PLAIN,
    PROGRAMME,
    SESSION,
    THING,
    TIMES,
    TREATMENT,
    WEEK,
    WEEKS,
)

# `weekly` is "N weekly sessions", which may be N a week or N in all, one a week: `dose` settles it.
Slot = Literal["minutes", "per_week", "per_day", "weeks", "days", "sessions", "weekly"]


class Row(msgspec.Struct, frozen=True):
    """`after` matches behind the number, `before` (if any) ends before it; `factor` converts the unit."""

    slot: Slot
    rule: str
    after: re.Pattern[str]
    before: re.Pattern[str] | None
    factor: float


def _row(slot: Slot, rule: str, after: str, before: str | None = None, factor: float = 1.0) -> Row:
    behind = re.compile(rf"(?:{before})$", re.IGNORECASE) if before else None
    return Row(slot, f"dose:{rule}", re.compile(after, re.IGNORECASE), behind, factor)


# Rows so plain that what follows, or what goes before, cannot make another thing of them.
WHATEVER_FOLLOWS = frozenset(("dose:minutes_for", "dose:treatment_lasts"))
WHATEVER_PRECEDES = frozenset(("dose:weeks_of_treatment",))
_OFTEN = r"(?: ?/ ?\w+|,? (?:per|a|each|every|once|twice|daily|apiece)\b)"
_COUNT = r"(?:\d|two|three|four|five|six|seven)"
_BRACKET = rf"\b(?:{TREATMENT}|session|care|touch|reflexology|yoga)s? \( ?"
_LASTS = rf"\b{TREATMENT}s? (?:period )?(?:will )?(?:lasts?|lasted|last|was|is|continued)(?: for)? "
_FOR = rf"\b(?:for|over|lasting|lasted|duration (?:was|of)|of) {ARTICLE}"

# The first row that fits a number is taken.
ROWS: tuple[Row, ...] = (
    _row("minutes", "minutes_per_session", rf"{MIN}(?:{THING}|{_OFTEN})"),
    _row("minutes", "minutes_long", rf"{MIN} (?:of|long|duration|in (?:length|duration))\b"),
    _row(
        "minutes",
        "minutes_listed",
        rf"{MIN}(?:, ?(?:\d|once|twice|three|daily)|,? {_COUNT} ?(?:times|x|×|days|{SESSION})\b)",
    ),
    _row("minutes", "minutes_for", MIN, _FOR),
    _row("minutes", "minutes_in_brackets", rf"{MIN} ?[,;)]", _BRACKET),
    _row("minutes", "hours_per_session", rf"{HOUR}(?:{THING}| (?:daily|each|per|once|twice)\b)", factor=60),
    _row("minutes", "hours_for", HOUR, r"\b(?:lasting|lasted|for) (?:about )?", factor=60),
    _row("per_day", "times_a_day", rf"(?:{TIMES})?{EACH}day\b|{TIMES}[ -]daily\b"),
    _row("per_day", "daily_sessions", rf"[ -](?:{LENGTH_WORD} )?daily (?:{KIND}){SESSION}\b"),
    _row("per_week", "times_a_week", rf"(?:{TIMES})?{EACH}{WEEK}\b|{TIMES}[ -](?:times )?weekly\b"),
    _row("weekly", "weekly_sessions", rf"[ -](?:(?:{KIND}))?weekly,? (?:{KIND}){SESSION}\b"),
    _row("weeks", "treatment_lasts", rf"[ -]{WEEKS}\b", _LASTS),
    _row("weeks", "weeks_of_treatment", rf"[ -]{WEEKS} of (?:{KIND}){TREATMENT}\b"),
    _row("weeks", "weeks_for", rf"[ -](?:consecutive |successive )?{WEEKS}\b", LENGTH),
    _row("weeks", "weeks_in", rf"[ -]{WEEKS}\b", rf"{SESSION}(?: [\w-]+){{0,5}} (?:in|within) "),
    _row(
        "weeks", "weeks_long", rf"[ -]{WEEKS}(?:[ -]|, )(?:long )?(?:{KIND})(?:[\w-]+, ){{0,3}}(?:{KIND}){PROGRAMME}\b"
    ),
    _row("weeks", "weeks_of", rf"[ -]{WEEKS} of (?:{KIND})\w"),
    _row("days", "days_for", r"[ -](?:consecutive |successive )?(?:days?|d)\b", LENGTH),
    _row("days", "days_long", rf"[ -]days?[ -](?:long )?{PROGRAMME}\b"),
    _row("sessions", "sessions_stated", rf"[ -](?:{KIND}){PLAIN}\b"),
    _row("sessions", "treatments_stated", rf"[ -](?:{KIND}){GIVEN}\b"),
    _row("sessions", "sessions_in_all", r" times (?:in total|altogether|in all|overall)\b"),
    _row("sessions", "times_in_all", r" times\b", r"\btotal of "),
)
# Of two or three "treatments" these must follow, else they are kinds of treatment.
# The unit right behind a number tells which rows can fit it, and the words of a sentence whether any can.
UNIT = re.compile(
    r"[ -]?(?:(?P<minutes>min|h\b|hrs?\b|hour)|(?:consecutive |successive )?"
    r"(?:(?P<weeks>weeks?\b|wk)|(?P<days>d(?:ays?)?\b)))",
    re.IGNORECASE,
)
UNITS = re.compile(
    rf"\b(?:{SESSION}|weekly|daily|{WEEK}s?|days?|times|h|hrs?|hours?)\b|\d[ -]?(?:x|h)\b|min(?:ute)?s?\b",
    re.IGNORECASE,
)
_OF_DAYS: frozenset[Slot] = frozenset(("days", "per_week", "per_day"))
BY_UNIT: dict[str | None, tuple[Row, ...]] = {
    "minutes": tuple(each for each in ROWS if each.slot == "minutes"),
    "weeks": tuple(each for each in ROWS if each.slot == "weeks"),
    "days": tuple(each for each in ROWS if each.slot in _OF_DAYS),
    None: tuple(each for each in ROWS if each.slot not in ("minutes", "weeks", "days")),
}
# A single "session" of several is a name ("a six-session course"), and that of a course of treatment.
NAMED = re.compile(rf"[ -](?:{KIND})session (?:(?!educat)[\w-]+ ){{0,2}}{TREATMENT}s?\b", re.IGNORECASE)
COUNTED = re.compile(
    rf" (?:{KIND}){SESSION} (?:of \d|over|within|during|for \d|at |on |a |per |with (?:an? )?interval)", re.IGNORECASE
)


class Phrase(msgspec.Struct, frozen=True):
    """A dose said without a number: `pattern` says `value`."""

    slot: Slot
    rule: str
    pattern: re.Pattern[str]
    value: float


def _often(slot: Slot, unit: str, alone: str) -> tuple[Phrase, ...]:
    """ "Once a week" to "thrice weekly", and "weekly" alone beside what is done weekly."""
    beside = rf"(?= (?:{KIND}){SESSION}\b| for | over | during | until )"
    said = rf"(?<!bi)(?<!bi-)(?<!times )(?<!once )(?<!twice )(?<!once-)(?<!twice-)\b{alone}{beside}"
    counts = {rf"\b{word}(?:{EACH}|[ -]){unit}\b": value for value, word in enumerate(("once", "twice", "thrice"), 1)}
    return tuple(_phrase(slot, "frequency", words, float(value)) for words, value in {**counts, said: 1}.items())


def _phrase(slot: Slot, rule: str, words: str, value: float) -> Phrase:
    return Phrase(slot, f"dose:{rule}", re.compile(words, re.IGNORECASE), float(value))


PHRASED = re.compile(r"\b(?:once|twice|thrice|weekly|daily|(?:every|each) day|hour|a week|single)\b", re.IGNORECASE)
_HOUR_NOUN = rf"(?: (?:of|daily|each|per|once|twice)\b|(?:[ -]long)?(?: (?:{KIND}){SESSION})\b)"
PHRASES: tuple[Phrase, ...] = (
    *_often("per_week", r"(?:week(?:ly)?|wk)", "weekly"),
    *_often("per_day", r"(?:day|daily)", "daily"),
    _phrase("per_day", "every_day", r"(?<!once )(?<!twice )\b(?:every|each) day (?:for|over|during)\b", 1),
    _phrase("minutes", "half_an_hour", r"\bhalf[ -](?:an?[ -])?hour\b(?! (?:after|before|later|prior))", 30),
    _phrase(
        "minutes",
        "an_hour",
        rf"\b(?:an|a) hour{_HOUR_NOUN}|\bfor an hour\b(?! (?:after|before|later))|\bhour-long\b",
        60,
    ),
    _phrase("weeks", "a_week", r"\b(?:for|over|during) a (?:single )?week\b(?! (?:there)?after)", 1),
    _phrase(
        "sessions",
        "single",
        rf"\bsingle (?!blind|cent|site)(?:{LENGTH_WORD} )?(?:{KIND})"
        r"(?:session|treatment|massage|application)\b(?! (?:arm|gro))",
        1,
    ),
)
