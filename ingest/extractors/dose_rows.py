"""The wording of doses: what stands around a number that counts minutes, times, weeks or sessions.

A row says what must stand right behind the number and, where that is not enough, what must end right
before it. Most numbers of minutes and weeks in abstracts are times of measurement ("5 minutes after",
"at 12 weeks"), so each slot also has its refusals. Own list, from wordings met in abstracts.
"""

from __future__ import annotations

import re
from typing import Literal

import msgspec

Slot = Literal["minutes", "per_week", "per_day", "weeks", "days", "sessions"]

SESSION = (
    r"(?:sessions?|treatments?|massages?|visits?|applications?|therap(?:y|ies)|manipulations?|interventions?|lessons?|"
    r"appointments?|meetings?|cycles)"
)
_OTHER = (
    r"week|day|patient|participant|trial|stud|min|month|who|were|was|for|and|of|in|per|a\b|different|active"
    r"|had\b|receiv|underw|got\b|given|\d|w?omen|m[ae]n\b|adults|people"
)
KIND = rf"(?:(?!{_OTHER})[\w'’-]+ ){{0,4}}"
EACH = r" ?(?:a|per|each|every|/) ?"
_TIMES = rf"[ -]?(?:\d+[ -]?min(?:ute)? )?(?:(?:{KIND})(?:times?|x|×|days?|{SESSION}))?"
_MIN = r"[ -]?min(?:ute)?s?\b"
_HOUR = r"[ -]?(?:h|hr|hour)s?\b"
_WEEKS = r"(?:weeks?|wks?)"
_THING = rf"[ -](?:(?:long|duration|daily|weekly|of|a) )?(?:{KIND}){SESSION}\b"
_PROGRAMME = (
    r"(?:program(?:me)?|intervention|treatment|course|trial|regimen|period|training|therapy"
    r"|protocol|massage|exercise)s?"
)
_ARTICLE = r"(?:(?:a|an|the|about|approximately|up to|total|period|duration|course|of|first|consecutive) ){0,5}"
_LENGTH = rf"(?:\b(?:for|over|during|across|lasted|lasting|(?:period|duration) (?:was|of)) |[x×] ?){_ARTICLE}"


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


# The first row that fits a number is taken.
ROWS: tuple[Row, ...] = (
    _row("minutes", "minutes_per_session", rf"{_MIN}(?:{_THING}| ?/ ?\w+|,? (?:per|a|each|every|once|twice|daily)\b)"),
    _row("minutes", "minutes_long", rf"{_MIN} (?:of|long|in (?:length|duration))\b"),
    _row("minutes", "minutes_listed", rf"{_MIN}, ?(?:\d|once|twice|three|daily)"),
    _row("minutes", "minutes_for", _MIN, rf"\b(?:for|lasting|lasted|duration (?:was|of)|of) {_ARTICLE}"),
    _row("minutes", "hours_per_session", rf"{_HOUR}(?:{_THING}| (?:daily|each|per|once|twice)\b)", factor=60),
    _row("minutes", "hours_for", _HOUR, r"\b(?:lasting|lasted) (?:about )?", factor=60),
    _row("per_day", "times_a_day", rf"{_TIMES}(?:{EACH}day\b|[ -]daily\b)"),
    _row("per_week", "times_a_week", rf"{_TIMES}(?:{EACH}(?:week|wk)\b|[ -](?:times )?weekly\b)"),
    _row("weeks", "weeks_for", rf"[ -](?:consecutive |successive )?{_WEEKS}\b", _LENGTH),
    _row("weeks", "weeks_long", rf"[ -]{_WEEKS}[ -](?:long )?(?:{KIND}){_PROGRAMME}\b"),
    _row("weeks", "weeks_of", rf"[ -]{_WEEKS} of (?:{KIND})\w"),
    _row("days", "days_for", r"[ -](?:consecutive |successive )?(?:days?|d)\b", _LENGTH),
    _row("days", "days_long", rf"[ -]days?[ -](?:long )?{_PROGRAMME}\b"),
    _row("sessions", "sessions_stated", rf" (?:{KIND}){SESSION}\b"),
    _row("sessions", "sessions_in_all", r" times (?:in total|altogether|in all|overall)\b"),
)

# "30 minutes after massage" is no length, "30 minutes after which ..." is.
_LATER = r"(?:before|after (?!which)|later|prior|apart|post|following|interval|rest|recovery|break)"
REFUSED_BEHIND: dict[Slot, re.Pattern[str]] = {
    "minutes": re.compile(
        rf"[ -]?\w+[ -](?:of )?(?:{_LATER}|walk|demonstration|follow|intervals|at rest)", re.IGNORECASE
    ),
    "weeks": re.compile(
        (
            rf"[ -]\w+[ -](?:{_LATER}|of (?:gestation|age|pregnan|no |follow|wash)|(?:\w+ )?(?:follow|wash"
            r"|control|baseline|wait|gestation|old|no-))"
        ),
        re.IGNORECASE,
    ),
    "days": re.compile(rf"[ -]\w+[ -](?:{_LATER}|old|of (?:age|life))", re.IGNORECASE),
    "sessions": re.compile(
        (
            rf"(?: [\w'’-]+){{0,5}}? {SESSION}(?:{EACH}(?:day|week|wk|cycle)| ?/|[ -](?:groups?|arms?"
            r"|conditions?|methods|modalities|were compared|weekly|daily|periods?))"
        ),
        re.IGNORECASE,
    ),
}
_RANGE_BEFORE = r"(?:\b(?:to|or|least|than) |\d ?[-–] ?)$"
REFUSED_BEFORE: dict[Slot, re.Pattern[str]] = {
    "minutes": re.compile(
        rf"{_RANGE_BEFORE}|\b(?:every|at|within|after|first|last|next|before) (?:the )?$", re.IGNORECASE
    ),
    "weeks": re.compile(
        (
            r"\b(?:at|after|weeks?|every|than|past|previous|follow(?:ed)?[ -]?up (?:for|of|at)"
            r"|followed for) (?:the )?$"
        ),
        re.IGNORECASE,
    ),
    "days": re.compile(r"\b(?:at|after|days?|past|every|than) (?:the )?$", re.IGNORECASE),
    "sessions": re.compile(
        (
            r"\b(?:first|last|after|session|the|(?<!total )(?<!maximum )(?<!course )(?<!series )of|these"
            r"|either|between|or|group|than|which|other|both|only) $"
        ),
        re.IGNORECASE,
    ),
    "per_week": re.compile(_RANGE_BEFORE, re.IGNORECASE),
    "per_day": re.compile(_RANGE_BEFORE, re.IGNORECASE),
}

# Frequencies without a number: "twice a week", "twice daily"; "weekly sessions", "massage daily for".
FREQUENCY: dict[str, float] = {"once": 1.0, "twice": 2.0, "thrice": 3.0, "weekly": 1.0, "daily": 1.0}
FREQUENCIES = re.compile(
    rf"\b(?P<word>once|twice|thrice)(?:{EACH}| )(?P<unit>week(?:ly)?|wk|day|daily)\b"
    rf"|(?<!bi)(?<!bi-)(?<!times )(?<!once )(?<!twice )\b(?P<alone>weekly|daily)(?= (?:{KIND}){SESSION}\b| for )",
    re.IGNORECASE,
)
RANGE = re.compile(r" ?(?:[-–]|to|or) ?(?:\d|one|two|three|four|five|six|seven|eight|nine|ten)\b", re.IGNORECASE)
TREATING = re.compile(rf"\b(?:received?|treated|underwent|given|administered|{SESSION})\b", re.IGNORECASE)
