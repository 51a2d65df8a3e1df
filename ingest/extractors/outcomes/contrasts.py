"""Claims made by two figures alone: "pain was 3.2 in the massage group versus 5.1 in the control group (p = .01)".

The direction is that of the treated against the compared, or of the later against the earlier; where the text
gives a p that is no proof of a difference, there is none.
"""

from __future__ import annotations

import re

from ingest.extractors.outcomes.figures import P
from ingest.extractors.outcomes.phrases import Clause
from ingest.extractors.outcomes.places import Claim, subject
from ingest.extractors.outcomes.words import BE, Cue, Sense

_AGAINST = frozenset("versus vs compared and whereas against".split())
_COMPARED = frozenset("control controls placebo sham usual waiting standard".split())
_BEFORE = frozenset("before baseline pre pretest pre-test pretreatment pre-treatment initially".split())
_AFTER = frozenset("after post posttest post-test post-treatment afterwards end".split())
_OF_ONE = frozenset("for in with on after".split())
_CUE = Cue("figures", "same", "differs")
_REACH = 20
_VALUE = re.compile(r"([<>=≤≥])\s?(0?[.,·]\d{1,6}|[01])\b")
_SIGNIFICANT = 0.05


def contrast(clause: Clause, text: str) -> Claim | None:
    """The claim of the first two figures behind "was" in `clause`, whose words and brackets are `text`."""
    be = next((k for k in range(len(clause.tokens)) if clause.word(k) in BE and _figure(clause, k) is not None), None)
    if be is None:
        return None
    first = _figure(clause, be)
    second = None if first is None else _second(clause, first)
    names = subject(clause, 0, be)
    proved = verdict(text)
    if names and second is None and proved is not None and _one_each(clause, be):
        return Claim(names, "differs" if proved else "none", _CUE, be, len(clause.tokens), True)
    if first is None or second is None or not names:
        return None
    if proved is None:
        return None
    sense = _direction(clause, first, second) if proved else "none"
    return Claim(names, sense, _CUE, be, second + 1, True)


def _figure(clause: Clause, be: int) -> int | None:
    """Where a figure stands behind "was"."""
    return next((k for k in range(be + 1, be + 4) if clause.word(k)[:1].isdigit()), None)


def _second(clause: Clause, first: int) -> int | None:
    """Where the figure stands that the first is compared with."""
    against = False
    for k in range(first + 1, min(len(clause.tokens), first + _REACH)):
        word = clause.word(k)
        against = against or word in _AGAINST
        if against and word[0].isdigit() and (_percent(clause, k) == _percent(clause, first)):
            told = (
                _OF_ONE & _words(clause, first, k)
                or clause.groups.intersection(range(first, len(clause.tokens)))
                or _times(clause, first, k)
            )
            return k if told or "vs" in _words(clause, first, k) or "versus" in _words(clause, first, k) else None
    return None


def _one_each(clause: Clause, be: int) -> bool:
    """Three figures or more, "respectively", of groups."""
    words = [clause.word(k) for k in range(be, len(clause.tokens))]
    return "respectively" in words and sum(word[0].isdigit() for word in words) > 2


def _words(clause: Clause, start: int, end: int) -> set[str]:
    return {clause.word(k) for k in range(start, end)}


def _times(clause: Clause, first: int, second: int) -> bool:
    here = _words(clause, first, min(len(clause.tokens), second + 6))
    return bool(here & _BEFORE and here & _AFTER)


def _percent(clause: Clause, k: int) -> bool:
    return clause.word(k + 1) == "%"


def verdict(text: str) -> bool | None:
    """Whether the p of `text` proves a difference; None where it gives none or several that disagree."""
    found = {_proves(each) for each in P.findall(text)} - {None}
    return found.pop() if len(found) == 1 else None


def _proves(p: str) -> bool | None:
    value = _VALUE.search(p)
    if value is None:
        return None
    number = float(value[2].replace(",", ".").replace("·", "."))
    return value[1] not in (">", "≥") and (number < _SIGNIFICANT or (value[1] == "<" and number <= _SIGNIFICANT))


def _direction(clause: Clause, first: int, second: int) -> Sense:
    one, other = _number(clause.word(first)), _number(clause.word(second))
    if one is None or other is None or one == other:
        return "differs"
    before = _words(clause, 0, second) & _BEFORE
    against = next(k for k in range(first, second) if clause.word(k) in _AGAINST)
    control = _words(clause, first, against) & _COMPARED
    lower = one < other
    return "down" if lower != bool(before or control) else "up"


def _number(word: str) -> float | None:
    try:
        return float(word.replace(",", ".").replace("·", "."))
    except ValueError:
        return None
