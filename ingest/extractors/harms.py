"""Harms: reported, said not to have occurred, or (most often) not mentioned.

Silence is no safety (product map F8), so nothing is returned where nothing is said. That harms were
measured says nothing of whether they occurred; a denial of serious harms only is kept apart by its rule.
"""

from __future__ import annotations

import re

from ingest.extractors.reading import Reading
from kb.extraction import Finding, HarmState

_HARM = (
    r"\b(?:(?:adverse|side|untoward|unwanted|harmful|ill)[ -](?:\w+ )?(?:events?|effects?"
    r"|reactions?|outcomes?|experiences?)"
    r"|side-?effects?|complications?|harms?\b|injur(?:y|ies)|safety (?:issues?|concerns?|problems?))"
)
# Tried in order in each sentence; the first that fits gives the state.
_RULES: tuple[tuple[str, HarmState, str], ...] = (
    (
        "harms:minor_reported",
        "reported",
        (
            r"\b(?:minor|mild|transient|temporary|slight)\b[^.;]{0,40}\b(?:discomfort|soreness|bruising"
            r"|adverse|side)|\b(?:discomfort|soreness)\b[^.;]{0,40}\b(?:minor|mild|transient)\b"
        ),
    ),
    (
        "harms:none_serious",
        "none_occurred",
        (
            rf"\b(?:no|without|nor|free of|any)\b (?:\w+ ){{0,2}}(?:serious|severe|major|significant"
            rf"|important)\b[^.;]{{0,25}}(?:{_HARM})"
        ),
    ),
    (
        "harms:none",
        "none_occurred",
        (
            rf"\b(?:no|without|nor|free of|neither|zero)\b (?:[\w-]+ ){{0,4}}(?:{_HARM})"
            rf"|\bnone of the\b[^.;]{{0,60}}(?:{_HARM})|(?:{_HARM})[^.;]{{0,30}}\b(?:not (?:observed"
            r"|reported|occur|seen|noted)|none|absent)"
        ),
    ),
    (
        "harms:reported",
        "reported",
        (
            rf"(?:{_HARM})\b[^.;]{{0,60}}\b(?:were|was|occurred|included?|reported|observed|such as"
            r"|consisted|more (?:common|frequent)|in \d)|\b(?:\d+|one|two|three|four|five|six|some|several"
            rf"|few|most common|reported)\b[^.;]{{0,30}}(?:{_HARM})"
        ),
    ),
    (
        "harms:worsened",
        "reported",
        (
            r"\breported an? (?:increase|aggravation|worsening|exacerbation)\b"
            r"|\bassociated with (?:\w+ ){0,2}(?:isch(?:a)?emi\w+|stroke|dissection|fracture|ha?ematoma"
            r"|pneumothorax|rupture)|\b(?:bruising|soreness|discomfort|dizziness"
            r"|ha?ematoma)\b[^.;]{0,30}\b(?:was|were|occurred|reported)"
        ),
    ),
    (
        "harms:said_safe",
        "none_occurred",
        r"\bwell[ -]tolerated\b|\bsafely\b|\b(?:is|are|was|were|be|as|proved|a|and) (?:a )?safe\b",
    ),
)
_COMPILED = tuple((rule, state, re.compile(pattern, re.IGNORECASE)) for rule, state, pattern in _RULES)
# The words of a plan, a question or a wish, not of an observation.
_NOT_OBSERVED = re.compile(
    r"\b(?:will be|to (?:assess|determine|evaluate|examine|investigate|monitor|prevent|avoid)"
    r"|aims?|objectives?|whether|"
    r"hypothes\w+|should|further|future|more research|criteria|measures?)\b",
    re.IGNORECASE,
)
_TREATED = re.compile(
    r"\b(?:reduc\w+|decreas\w+|prevent\w*|incidence of|risk of|rates? of|chemotherapy|surg\w+|toxicit\w+)\b", re.I
)


def harms(reading: Reading) -> Finding[HarmState] | None:
    """The state of the first sentence of results or conclusions that speaks of harm; reports go before denials."""
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
    for rule, state, pattern in _COMPILED:
        match = pattern.search(text, start, end)
        if match and not (rule == "harms:reported" and _TREATED.search(text, start, end)):
            return Finding(state, *match.span(), rule=rule)
    return None
