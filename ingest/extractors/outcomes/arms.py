"""Whose change a claim tells of, and whom it is compared with."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ingest.extractors.outcomes.basis import START
from ingest.extractors.outcomes.phrases import Clause
from ingest.extractors.outcomes.words import LEADING
from kb.extraction import Arm, ComparatorClass

_VERSUS = re.compile(
    r"\b(?:than|compar(?:ed|ison)\s+(?:with|to)|versus|vs\.?|(?:relative|superior|inferior|similar)\s+to|differ\w*\s+from)"
    r"\s+(?:(?:that|those|of|in|for|with|the|a|by|did|at|to|patients|participants|subjects|women|people|individuals"
    r"|children|infants|who|received|receiving|treated|assigned|randomi[sz]ed|allocated)\s+){0,7}"
    r"(?!not\b)((?:[\w+'’/-]+\s?){1,7})",
    re.IGNORECASE,
)
_ENDS_ARM = re.compile(
    r"\b(?:(?:group|arm)(?: (?-i:[A-Z]|\d))?|groups|arms|controls|patients|participants|subjects)\b"
    r"|\s+(?:in|at|on|with|after|was|were|had|did|for|but|who|during|receiving|from|by|experienced|showed"
    r"|compared|than|versus|vs|respectively|(?-i:RR|OR|HR|MD|SMD))\b",
    re.IGNORECASE,
)
# "Than the mean score in the control group": whose it is.
_MEASURE_OF = re.compile(
    r"(?:(?:mean|median|average|total|corresponding) )?(?:[\w-]+ ){1,2}(?:in|of|for) (?:the )?"
    r"((?:[\w-]+ ){1,2}(?:group|arm))\b",
    re.IGNORECASE,
)
_STARTS = re.compile(START, re.IGNORECASE)
_NUMBER = re.compile(
    r"\d|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty)\b|each other\b|one another\b",
    re.IGNORECASE,
)
_NO_NAME = frozenset("the group groups arm arms patients participants therapy treatment and of in with".split())


def versus(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The span that names whom `text[start:end]` compares with; None where that is only the start."""
    for found in _VERSUS.finditer(text, start, end):
        phrase = found[1]
        measured = _MEASURE_OF.match(text, found.start(1), end)
        if measured is not None:
            return measured.span(1)
        cut = _ENDS_ARM.search(phrase)
        if cut is not None:
            phrase = phrase[: cut.end() if cut[0][0].isalpha() else cut.start()]
        phrase = phrase.rstrip(" ,.")
        if phrase and not _STARTS.match(phrase) and not _NUMBER.match(phrase):
            return found.start(1), found.start(1) + len(phrase)
    return None


def whose(abstract: str, clause: Clause, at: int, until: int, other: tuple[int, int] | None) -> tuple[str, ...]:
    """The groups whose change is told at position `at` and before offset `until`, as written.

    Mostly one: the first behind "in", else the nearest before. Several where each has its own "in" ("by 14%
    in the massage group and by 9% in the control group"). Never the span `other` it is compared with.
    """
    between = next((k for k in range(len(clause.tokens)) if clause.word(k) in ("between", "among")), len(clause.tokens))
    named = [run for run in _runs(clause) if run[0] < between and not _within(clause, run, other)]
    behind = [run for run in named if run[0] > at and _stands_in(clause, run) and clause.tokens[run[0]].start < until]
    before = [run for run in named if run[-1] < at]
    chosen = behind or before[-1:] or named[:1]
    return tuple(abstract[clause.tokens[run[0]].start : clause.tokens[run[-1]].end] for run in chosen)


def _stands_in(clause: Clause, run: list[int]) -> bool:
    return bool({clause.word(run[0] - 1), clause.word(run[0] - 2)} & {"in", "for", "of"})


def _runs(clause: Clause) -> list[list[int]]:
    """The groups a clause names, each as the positions of its words without articles."""
    runs: list[list[int]] = []
    for i in sorted(clause.groups):
        if not (runs and runs[-1] and runs[-1][-1] == i - 1):
            runs.append([])
        if runs[-1] or clause.word(i) not in LEADING - {"both", "all", "each"}:
            runs[-1].append(i)
    return [run for run in runs if run]


def _within(clause: Clause, run: list[int], span: tuple[int, int] | None) -> bool:
    return span is not None and span[0] < clause.tokens[run[-1]].end and clause.tokens[run[0]].start < span[1]


def comparator(versus: str | None, arms: Iterable[Arm]) -> ComparatorClass | None:
    """The class of the arm that `versus` names; else that of the study's comparator, if it has but one.

    A group that is named and is of no known class has none, whatever the others are.
    """
    words = _words(versus or "")
    every = tuple(arms)
    named = [each for each in every if words & _words(each.name)]
    others = named or [each for each in every if each.role != "intervention"]
    classes = {each.comparator for each in others}
    return classes.pop() if len(classes) == 1 else None


def _words(name: str) -> set[str]:
    return set(re.findall(r"\w+", name.lower())) - _NO_NAME
