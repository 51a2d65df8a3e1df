"""When an outcome was measured and the figures given with it, as written."""

from __future__ import annotations

import re

from kb.extraction import Timepoint

_COUNT = r"(?:\d+|one|two|three|four|five|six|eight|nine|ten|twelve)"
_ONE = r"(?:(?:the|a|an|each|one|first|last|single|every)\s+){1,3}"
_PROGRAMME = r"\s+(?:after|following)\s+(?:the\s+)?(?:[\w-]+\s+)?(?:intervention|program)"
_TREATMENT = r"(?:treatments?|interventions?|therapy|program(?:me)?|massages?|sessions|period)"
_ROWS: tuple[tuple[Timepoint, str], ...] = (
    ("follow_up", r"\bfollow(?:ed)?[-\s]?ups?\b|\blong[-\s]term\b|\bsustained\b"),
    ("follow_up", rf"\b(?:weeks?|months?|years?)\s+(?:after|later|post)\b|\b{_COUNT}[-\s]years?\b"),
    ("immediate", rf"\bimmediate(?:ly)?\b(?!{_PROGRAMME})|\bpost-?session|\bafter\s+(?:one|a single|each)\b"),
    ("immediate", rf"\b(?:after|following|during|within)\s+{_ONE}(?:[\w-]+\s+){{0,3}}?sessions?\b"),
    ("immediate", r"\b\d+\s*(?:min|minutes|hours?|h)\s+(?:after|later|post)\b"),
    ("end", r"\bpost-?\s?(?:treatment|intervention|test|therapy)\b|\b(?:at|by) the end\b|\bend of\b"),
    ("end", r"\b(?:first|last|final) (?:day|week)\b"),
    ("end", r"\b(?:over|across|during|throughout) the (?:course|study|treatment)\b"),
    ("end", rf"\b(?:after|at|over|following|within)\s+(?:the\s+)?{_COUNT}[-\s](?:weeks?|months?|sessions|days)\b"),
    ("end", rf"\b(?:after|following)\s+(?:the\s+|a\s+)?(?:[\w-]+\s+){{0,3}}?{_TREATMENT}\b"),
)
# In the order of the table: "immediately after the last session" is no end of treatment.
_TIMES = tuple((value, re.compile(pattern, re.IGNORECASE)) for value, pattern in _ROWS)


def timepoint(*texts: str) -> Timepoint:
    """When, by the first of `texts` (narrow to wide) that says it."""
    for text in texts:
        for value, pattern in _TIMES:
            if pattern.search(text):
                return value
    return "not_stated"


P = re.compile(r"\b[Pp]s?(?:[-\s]values?)?\s?(?:=|<|>|≤|≥|of|was)\s?\d?[.,·]?\d{1,6}\b")
INTERVAL = re.compile(
    r"\b9[059]\s?%\s?(?:CIs?|confidence intervals?(?:\s\[?CI\]?)?)\s?[:,=]?\s?[(\[]?\s?"
    r"[-–−]?\d[\d.,·]{0,8}\s?%?\s?(?:to|,|;|–|-|−)\s?[-–−]?\d[\d.·]{0,8}",
    re.IGNORECASE,
)
EFFECT = re.compile(
    r"\b(?:(?:standardi[sz]ed |weighted |adjusted )?mean (?:difference|change)|effect size|SMD|WMD|MD|Cohen'?s d|"
    r"(?:adjusted )?(?:odds|risk|hazard|rate) ratio|(?:a?OR|RR|HR|ES)|relative risk)\b"
    r"[\s,:=(]{0,3}(?:of |was )?[-–−+]?\d[\d.·]{0,8}(?:\s?(?:points?|kg|cm|mm|days?|%)\b)?"
)


def figure(pattern: re.Pattern[str], near: str, wide: str) -> str | None:
    """The figure right behind a name (`near`), else that of its claim (`wide`); None where several could be meant."""
    for text in (near, wide):
        every = pattern.findall(text)
        if every:
            return every[0] if len(every) == 1 else None
    return None
