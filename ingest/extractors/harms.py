"""Harms: reported, said not to have occurred, or (most often) not mentioned.

Silence is no safety (product map F8), so nothing is returned where nothing is said. That harms were
measured says nothing of whether they occurred, and neither does "safe" or "well tolerated", which is a
verdict and no observation. A denial of serious harms only is a state of its own.
"""

from __future__ import annotations

import re

from ingest.extractors.design_cues import any_of
from ingest.extractors.reading import Reading
from kb.extraction import Finding, HarmState

_EVENT = r"(?:events?|effects?|reactions?|outcomes?|experiences?)"
_HARM = (
    rf"\b(?:(?:adverse|side|untoward|unwanted|harmful|ill)[ -](?:\w+ )?{_EVENT}|side-?effects?|complications?"
    r"|harms?\b|injur(?:y|ies)|safety (?:issues?|concerns?|problems?))"
)
# "No difference in side effects" denies a difference, "any side effects were noted" denies nothing.
_NO = r"\b(?:no|without|nor|free of|neither|zero|(?:not|never) (?:\w+ ){0,3}any)\b(?![^.;]{0,40}\bdifferen)"
_SORE = r"(?:bruising|soreness|discomfort|dizziness|ha?ematomas?)"
_MINOR = r"(?:minor|mild|transient|temporary|slight)"
_INJURY = r"(?:isch(?:a)?emi\w+|stroke|dissection|fracture|ha?ematoma|pneumothorax|rupture)"
_SAID = r"(?:were|was|occurred|included?|reported|observed|such as|consisted|more (?:common|frequent)|in \d)"
_SOME = r"(?:\d+|one|two|three|four|five|six|some|several|few|most common|reported)"

# Tried in order in each sentence; the first that fits gives the state.
_RULES: tuple[tuple[str, HarmState, re.Pattern[str]], ...] = (
    (
        "harms:minor",
        "reported",
        any_of(
            rf"\b{_MINOR}\b[^.;]{{0,40}}\b(?:{_SORE}|adverse|side)",
            rf"\b(?:discomfort|soreness)\b[^.;]{{0,40}}\b{_MINOR}\b",
        ),
    ),
    (
        "harms:none_serious",
        "none_serious",
        any_of(rf"{_NO} (?:\w+ ){{0,2}}(?:serious|severe|major|significant|important)\b[^.;]{{0,25}}{_HARM}"),
    ),
    (
        "harms:none",
        "none_occurred",
        any_of(
            rf"{_NO} (?:[\w-]+ ){{0,4}}{_HARM}",
            rf"\bnone of the\b[^.;]{{0,60}}{_HARM}",
            rf"{_HARM}[^.;]{{0,30}}\b(?:not (?:observed|reported|occur|seen|noted)|none|absent)",
        ),
    ),
    (
        "harms:reported",
        "reported",
        any_of(rf"{_HARM}\b[^.;]{{0,60}}\b{_SAID}\b", rf"\b{_SOME}\b[^.;]{{0,30}}{_HARM}"),
    ),
    (
        "harms:worsened",
        "reported",
        any_of(
            r"\breported an? (?:increase|aggravation|worsening|exacerbation)\b",
            rf"\bassociated with (?:\w+ ){{0,2}}{_INJURY}",
            rf"\b{_SORE}\b[^.;]{{0,30}}\b(?:was|were|occurred|reported)\b",
        ),
    ),
)
# The words of a plan, a question or a wish, not of an observation.
_NOT_OBSERVED = any_of(
    r"\bwill be\b",
    r"\bto (?:assess|determine|evaluate|examine|investigate|monitor|prevent|avoid)\b",
    r"\b(?:aims?|objectives?|whether|hypothes\w+|should|further|future|more research|criteria|measures?)\b",
)
# Where these stand, the harms are those of a disease or of another treatment.
_TREATED = any_of(
    r"\b(?:reduc\w+|decreas\w+|prevent\w*|incidence of|risk of|rates? of|chemotherapy|surg\w+|toxicit\w+)\b"
)


def harms(reading: Reading) -> Finding[HarmState] | None:
    """The first report of harm in results or conclusions; else the first denial of harm there."""
    found: Finding[HarmState] | None = None
    for sentence in reading.sentences:
        if sentence.section in ("background", "objective", "methods"):
            continue
        here = _state(reading.abstract, sentence.start, sentence.end)
        if here is not None and here.value == "reported":
            return here
        found = found or here
    return found


def _state(text: str, start: int, end: int) -> Finding[HarmState] | None:
    if _NOT_OBSERVED.search(text, start, end):
        return None
    for rule, state, pattern in _RULES:
        match = pattern.search(text, start, end)
        if match and not (rule == "harms:reported" and _TREATED.search(text, start, end)):
            # "No serious events, but bruising in two": what follows the denial is what occurred.
            rest = _state(text, match.end(), end) if state == "none_serious" else None
            return rest if rest and rest.value == "reported" else Finding(state, *match.span(), rule=rule)
    return None
