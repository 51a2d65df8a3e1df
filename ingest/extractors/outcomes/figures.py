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
    r"(?:\s\(9[059]\s?%\sCI\))?[\s,:=(]{0,3}(?!9[059]\s?%)(?:of |was )?[-–−+]?\d[\d.·]{0,8}"
    r"(?:\s?(?:points?|kg|cm|mm|days?|%)\b)?"
)


_NUMBER = r"[-–−]?\d{1,5}(?:[.,·]\d{1,4})?"
_SCATTER = (
    r"(?:\s?(?:±|\+/-)\s?\d[\d.,·]{0,7}|\s?[(\[](?:(?:SD|SE|SEM|s\.d\.|±|standard deviation)[\s:=,]{0,3})?"
    r"[-–−]?\d[\d.,·\s–-]{0,12}[)\]])?"
)
_UNIT = r"(?:\s?(?:%|points?|cm|mm|mmHg|mm\sHg|kg|min(?:utes)?|hours?|h|days?|beats/min|bpm|degrees?|°)(?!\w))?"
_NO_VALUE = r"(?!\d|[-\s]?(?:weeks?|months?|years?|sessions?|patients|participants|controls|women|men|subjects)\b)"
_VALUE = rf"{_NUMBER}{_NO_VALUE}{_UNIT}{_SCATTER}{_UNIT}"
_WHO = r"(?:\s(?!(?:and|to|vs|versus)\b)[\w-]{1,20}){0,6}?"
MEANS = re.compile(
    rf"\bfrom\s{_VALUE}{_WHO}\sto\s{_VALUE}|(?<![\w.])(?<![=<>]\s){_VALUE}{_WHO}"
    rf"\s?,?\s(?:vs\.?|versus|compared\s(?:with|to))\s{_VALUE}",
    re.IGNORECASE,
)


def means(near: str, wide: str) -> str | None:
    """The values given for a change or a comparison: "from 6.1 (1.2) to 3.4 (1.0)", "3.2 vs 5.1"; as `figure`."""
    for text in (near, wide):
        every = [each[0].strip() for each in MEANS.finditer(text)]
        if every:
            return every[0] if len(every) == 1 else None
    return None


def figure(pattern: re.Pattern[str], near: str, wide: str) -> str | None:
    """The figure right behind a name (`near`), else that of its claim (`wide`); None where several could be meant."""
    for text in (near, wide):
        every = pattern.findall(text)
        if every:
            return every[0] if len(every) == 1 else None
    return None
