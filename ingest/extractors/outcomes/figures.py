"""The figures given with an outcome, as written."""

from __future__ import annotations

import re

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
