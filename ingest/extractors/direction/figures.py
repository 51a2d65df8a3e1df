"""What the figures of a sentence say: p-values and intervals as one sign each, and two values compared.

A sign takes the place of its figures, so that "(P = 0.34)" and "(p=0.60)" are one wording. The usual level of
.05 decides, as the authors' own words nearly always do.
"""

from __future__ import annotations

import re

SIGNIFICANT, NOT_SIGNIFICANT = "psig", "pnot"
APART, CROSSING = "ciapart", "cicross"

_VALUE = r"[-–−]?\s?\d{0,6}[.·,]?\d{1,6}"
_P = re.compile(
    r"\b[pP](?:\s?-?\s?values?)?\s{0,2}(?:of|for\s\w{1,12}|was|is)?\s{0,2}([=<>≤≥:⩽⩾]{1,2}|&[lg]t;)?\s{0,2}"
    r"(\d?[.·,]\d{1,6}|0|1|00\d{1,4})(?:\s?[x×]\s?10[-–−]?\d{1,2})?"
)
_NS = re.compile(r"\b[pP]\s?[=:]?\s?(?:NS|ns|n\.s\.)(?!\w)|\(\s?(?:NS|ns|n\.s\.)\s?\)|\bNS\b|\bn\.s\.")
_INTERVAL = re.compile(
    rf"(?:\b9[059](?:\.\d)?\s?%\s{{0,2}})?(?:\bCIs?\b|\bconfidence\s+intervals?(?:\s?\[\(?CI\)?\]?)?|\bCrI\b)"
    rf"[^\d\-–−.]{{0,12}}({_VALUE})\s?%?\s{{0,2}}(?:to|[-–−,;]|and)\s{{0,2}}({_VALUE})\s?%?",
)
_RATIO = re.compile(r"\b(?:ratios?|[aA]?OR|[aA]?RR|[aA]?HR|IRR|odds|relative risk)\b", re.IGNORECASE)


def number(written: str) -> float | None:
    """The number in words such as "−0.4" or "1,2"; None where there is none."""
    plain = re.sub(r"[–−]", "-", written.replace(" ", "").replace("·", "."))
    plain = plain.replace(",", ".") if re.fullmatch(r"-?\d{0,3},\d{1,2}", plain) else plain.replace(",", "")
    try:
        return float(plain)
    except ValueError:
        return None


def signed(text: str) -> str:
    """`text` with a sign in the place of each p-value and interval."""
    if "CI" in text or "onfidence" in text or "CrI" in text:
        text = _INTERVAL.sub(lambda found: _interval(found, text), text)
    text = _P.sub(_p, text)
    return _NS.sub(f" {NOT_SIGNIFICANT} ", text)


def _p(found: re.Match[str]) -> str:
    value = number(found[2])
    sign = found[1] or "="
    if value is None or (not found[1] and value >= 1):
        return found[0]
    if found[2].startswith("00") and value >= 1:
        value = 0.001
    above = sign[0] in ">≥⩾" or sign == "&gt;"
    return f" {NOT_SIGNIFICANT if above or value > 0.05 or (value == 0.05 and sign == '=') else SIGNIFICANT} "


def _interval(found: re.Match[str], text: str) -> str:
    low, high = number(found[1]), number(found[2])
    if low is None or high is None:
        return found[0]
    if high < 0 <= low or high < low:
        high = abs(high) if high < low and abs(high) >= low else high
    before = text[max(0, found.start() - 70) : found.start()]
    null = 1.0 if low >= 0 and (_RATIO.search(before) or low < 1 < high) else 0.0
    # An interval "0.4 to 1.2" without a minus is a ratio's far more often than a difference's.
    return f" {CROSSING if low <= null <= high else APART} "
