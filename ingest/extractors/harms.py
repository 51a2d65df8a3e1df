"""Harms: reported, said not to have occurred, or (most often) not mentioned; and what was reported.

Silence is no safety, so nothing is returned where nothing is said. That harms were
measured says nothing of whether they occurred, and neither does "safe" or "well tolerated", which is a
verdict and no observation. A denial of serious harms only is a state of its own.
"""

from __future__ import annotations

from typing import NamedTuple

from ingest.extractors.harm_words import (
    AFTER_TREATMENT,
    EVENTS,
    EXCEPT,
    GENERAL,
    HARM_CUE,
    NAMED,
    NOT_OBSERVED,
    OBSERVED,
    OF_CONTROL,
    RULES,
    TREATED,
)
from ingest.extractors.reading import Reading
from ingest.extractors.sentences import Sentence
from ingest.extractors.stems import may_match
from kb.extraction import DesignKind, Finding, HarmState


class Harms(NamedTuple):
    """What is said of harms, and each that was reported, as written."""

    state: Finding[HarmState] | None = None
    events: tuple[Finding[str], ...] = ()


def harms(reading: Reading, kind: DesignKind | None = None) -> Harms:
    """The first report of harm in results or conclusions, else the first denial there, with all harms reported."""
    denied: Finding[HarmState] | None = None
    reported: Finding[HarmState] | None = None
    events: dict[str, Finding[str]] = {}
    for sentence in reading.sentences:
        here = _said(reading, sentence, kind)
        if here is None:
            continue
        if here.value != "reported":
            denied = denied or here
            continue
        reported = reported or here
        for event in _events(reading.abstract, here, sentence):
            events.setdefault(event.value.casefold(), event)
    return Harms(reported or denied, tuple(events.values()))


def _said(reading: Reading, sentence: Sentence, kind: DesignKind | None) -> Finding[HarmState] | None:
    text, start, end = reading.abstract, sentence.start, sentence.end
    if sentence.section in ("background", "objective", "methods"):
        # A case of harm by a treatment is told from the first sentence on.
        treated = kind in ("case_report", "case_series") and any(
            start <= m.start < end for m in reading.mentions if m.kind == "technique"
        )
        case = AFTER_TREATMENT.search(text, start, end) if treated else None
        return Finding("reported", *case.span(), rule="harms:case") if case else None
    return _state(text, start, end)


def _state(text: str, start: int, end: int) -> Finding[HarmState] | None:
    lowered = text[start:end].lower()
    if (
        not may_match(HARM_CUE, lowered)
        or not HARM_CUE.search(text, start, end)
        or NOT_OBSERVED.search(text, start, end)
    ):
        return None
    for rule, state, pattern in RULES:
        match = pattern.search(text, start, end) if may_match(pattern, lowered) else None
        if match is None or (rule in ("harms:reported", "harms:worsened") and TREATED.search(text, start, end)):
            continue
        if state == "reported":
            return Finding(state, *match.span(), rule=rule)
        if OF_CONTROL.match(text, match.end(), end):
            return None
        if GENERAL.search(text, start, match.start()) and not OBSERVED.search(text, start, end):
            return None
        # "No serious events, but bruising in two": what follows the denial is what occurred.
        rest = _beyond(text, match.end(), end, serious=state == "none_serious")
        return rest or Finding(state, *match.span(), rule=rule)
    return None


def _beyond(text: str, start: int, end: int, serious: bool) -> Finding[HarmState] | None:
    """What is reported behind a denial: anything said of harm behind that of serious ones, else an exception."""
    but = EXCEPT.search(text, start, end)
    event = EVENTS.search(text, but.end(), end) if but else None
    if event is not None:
        return Finding("reported", *event.span(), rule="harms:exception")
    rest = _state(text, start, end) if serious else None
    return rest if rest and rest.value == "reported" else None


def _events(text: str, said: Finding[HarmState], sentence: Sentence) -> tuple[Finding[str], ...]:
    """The harms that the sentence of `said` names: all of them where it speaks of harms, else the one that fits."""
    start, end = said.start or 0, said.end or 0
    named = NAMED.search(text, sentence.start, sentence.end)
    end = sentence.end if named or said.rule == "harms:exception" else min(sentence.end, end + 40)
    if named and not EXCEPT.search(text, min(named.start(), start), start):
        start = min(named.start(), start)
    found = (match for match in EVENTS.finditer(text, start, end))
    return tuple(Finding(match.group(), *match.span(), rule="harms:event") for match in found)
