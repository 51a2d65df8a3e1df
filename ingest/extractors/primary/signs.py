"""What a sentence says of success or failure: its statistics, its words.

A sign is +1 (the hoped-for difference, or non-inferiority, is there), -1 (it is not), with where it stands.
Statistics come before words: a p value under .05, an interval that leaves out no difference.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from ingest.extractors.design_cues import any_of

_DECIMAL = r"[-−–]?\d{0,4}(?:[.·]\d{1,5})?"
_P = re.compile(
    r"\b[pP](?:[- ]?values?)?(?P<of>(?: ?\(?for (?:\w+[ -]?){1,3}\)?)?)\s*(?:was |of |is )?(?P<sign>[<>=≤≥])\s*"
    r"(?P<p>\d?[.·]\d{1,6}|1\b)"
)
_INTERVAL = re.compile(
    rf"(?:\bCIs?\b|confidence intervals?)(?:,? ?\[CI\])?[\])]?[^\d−–.·-]{{0,12}}"
    rf"(?P<low>{_DECIMAL})\s?%?\s?(?:to|-|–|,|and|;)\s?(?P<high>{_DECIMAL})"
)
_RATIO = any_of(r"\bratios?\b", r"\b[as]?HRs?\b", r"\b[a]?ORs?\b", r"\bRRs?\b", r"relative risk", r"\bhazards?\b")
_DIFFERENCE = any_of(r"\bdifferences?\b", r"\breduction\b")
_OTHER_P = any_of(r"interaction|heterogeneity|trend")

_NOT = r"(?:not|no|nor|neither|never|without|fail(?:ed|s|ure)?|lack(?:ed|s)?|unlikely|cannot|did ?n.t|little|futil\w+)"
_GAIN = (
    r"(?:improv\w+|prolong\w*|superior\w*|benefit\w*|effective\w*|efficac\w+|advantage|longer|better|greater|higher|lower|fewer"
    r"|shorter|delay\w*|reduc\w+|increas\w+|decreas\w+|prevent\w*|enhanc\w+|extend\w*|support\w*|differ\w*|effects?|favou?r\w*"
    r"|active|activity|promising|potential|recommend\w*|significan\w+)"
)
LOSS = any_of(
    rf"\b{_NOT}\b(?:[ -][^\s.;-]{{1,25}}){{0,9}}? {_GAIN}",
    rf"\b(?:fail(?:ed|s)?|unable) to\b[^.;]{{1,100}}? (?:{_GAIN}|more)\b",
    rf"\bneither\b[^.;]{{1,120}}? {_GAIN}",
    r"\b(?:worse|poorer|detriment\w*|harmful)\b",
    r"\btrends? (?:to|towards?|for|in favou?r)\b",
    r"\bnon-?significant",
    r"\b(?:similar(?! results)|similarly|alike|comparable|equivalent|equal|no different|the same)\b",
    r"\bfutility\b",
    r"\b(?:not|never) (?:\w+ )?(?:be )?(?:met|reached|achieved|justified|used|warranted|indicated|seen|observed|found"
    r"|demonstrated|detected|confirmed)\b",
    r"\b(?:unsuitable|unaffected|unchanged|ineffective|null (?:effect|result|finding)s?|only (?:a )?modest)\b",
    r"\b(?:is|are|still|remains?) lacking\b",
    r"\b(?:minimal|marginal|negligible|limited) (?:effects?|benefits?|advantages?|gains?)\b",
    r"\b(?:affect|chang|influenc|alter|improv)\w* neither\b",
)
# "Extending treatment ..." names what was tried and praises nothing.
WIN = any_of(
    rf"\b(?!\w{{2,15}}ing\b){_GAIN}",
    r"\b(?:new|a|the) (?:\w+ )?standard (?:of care|treatment|therapy)\b",
    r"\btreatment option\b",
)
_FIRM_WIN = any_of(
    r"\bsignificant(?:ly)? (?:\w+ ){0,3}?(?:improv|prolong|long|bett|great|high|low|few|short|delay|reduc|increas"
    r"|decreas|superior|benefi|differ|prevent|more|less)\w*",
    r"\b(?:improv|prolong|reduc|increas|decreas|delay|differ)\w*(?: \w+){0,2} significantly\b",
    r"\bsuperior(?:ity)?\b",
)
# Both groups' change from their start is no verdict on the treatment (Bland & Altman 2011).
_WITHIN = any_of(
    r"\bwithin[ -]group",
    r"\b(?:both|all|each|either)(?: [\w-]{1,20}){0,2}? (?:groups?|arms?|treatments?)\b[^.;]{0,60}"
    r"(?:improv|increas|decreas|reduc|declin|chang|fell|rose)",
    r"\b(?:improv|increas|decreas|reduc|declin|chang|fell|rose)\w*[^.;]{0,60} in (?:both|all|each)\b",
)
_BETWEEN = any_of(
    r"\bbetween[ -](?:the )?(?:two |three |treatment |study )?(?:group|arm|treatment)"
    r"|\bthan\b|\bcompared (?:with|to)\b|\bversus\b|\bvs?\b"
)
_FIRM_LOSS = any_of(
    r"\b(?:no|not|nor|neither|without)\b[^.;]{0,40}\bsignifican",
    r"\bnon-?significan",
    r"\b(?:did not|does not|do not) differ\b|\bno (?:[\w-]{1,20} ){0,2}differences?\b",
)
HEDGE = any_of(r"\b(?:may|might|could|possibly|hypothes\w+|suggest\w*)\b")
# Results that come before the answer, or beside it.
ASIDE = any_of(
    r"\bcharacteristics\b|\bpre-?treatment\b|\bat the (?:beginning|start)\b|\bside effects?\b",
    r"\bat baseline\b|\badverse\b|\btoxicit|\btolera|\bwithdr[ae]w|\bsafety\b|\bcomplian",
)
_MEETS = any_of(r"\b(?:met|meet|reach|achiev)")
_AHEAD = any_of(
    r"\b(?:further|future|larger|more|additional) (?:[\w-]{1,20} ){0,2}?"
    r"(?:stud|research|trial|investigat|evaluat|work|adjust)",
    r"\b(?:this|it) is(?:,? [\w-]{1,20}){0,6}?,? the (?:first|only|largest)\b",
)
_MEETING = r"(?:primary|co-?primary|main)? ?(?:\w+ )?(?:outcome|end[ -]?point|objective|criteri\w+)s?"
MET = any_of(
    rf"\b(?:met|reached|achieved) (?:its|the|their|both|all) {_MEETING}",
    rf"\b{_MEETING} (?:\w+ )?(?:was|were) (?:\w+ )?(?:met|reached|achieved)\b",
)
UNMET = any_of(
    rf"\b(?:not|failed to) (?:meet|reach|achieve) (?:its|the|their|either) {_MEETING}",
    rf"\b{_MEETING}[^.;]{{0,60}} (?:was|were) not (?:\w+ )?(?:met|reached|achieved)\b",
)
_ABSOLVED = any_of(r"\b(?:not|cannot)\b(?: \w{1,15}){0,3} inferior\b")
NOT_INFERIOR = any_of(
    r"\b(?:is|was|are|were|be|as|being|proved) (?:\w+ )?(?:non-?|not )inferior\b",
    r"\bnon-?inferiority[^.;]{0,40} (?:was|were|is|has been) (?:\w+ )?(?:met|shown|demonstrated|established|confirmed"
    r"|proven|achieved|reached|concluded)\b",
    r"\b(?:show|demonstrat|confirm|establish|prov|met|meet|achiev|support)\w* (?:\w+ ){0,4}non-?inferior",
    r"\bp ?(?:value )?(?:\(?for |\()?non-?inferiority\)? ?[<=] ?\d?[.·]0[0-4]",
    r"\bmeeting (?:\w+ ){0,3}non-?inferior",
    r"\bnot exceed\w* the (?:\w+ ){0,3}margin\b",
    r"\bnon-?inferior to\b",
    r"\b(?:similarly|as) effective\b",
)
INFERIOR = any_of(
    r"\b(?:not|never|cannot|neither)(?: \w{1,20}){0,6} non-?inferior",
    r"\bnon-?inferiority[^.;]{0,60} (?:not|rejected|could not|cannot)\b",
    r"\b(?:fail\w*|no)\b(?: \w+){0,6} non-?inferior",
    r"(?<!non-)(?<!non)(?<!not )\binferior (?:to|survival|outcome)",
)


def outright(text: str, start: int, end: int) -> int:
    """+1 where `text[start:end]` says that the endpoint was met, -1 where it says that it was not, else 0."""
    if not _MEETS.search(text, start, end):
        return 0
    return -1 if UNMET.search(text, start, end) else 1 if MET.search(text, start, end) else 0


def non_inferiority(text: str, start: int, end: int) -> int:
    """+1 where `text[start:end]` says that it is not inferior, -1 where inferior or not shown, else 0."""
    if _ABSOLVED.search(text, start, end):
        return 1
    return -1 if INFERIOR.search(text, start, end) else 1 if NOT_INFERIOR.search(text, start, end) else 0


class Sign(NamedTuple):
    """+1 or -1, and where it was read."""

    value: int
    at: int


def statistic(text: str, start: int, end: int) -> Sign | None:
    """The first p value or interval of `text[start:end]`; of a pair that stands together the p value counts."""
    for p in _P.finditer(text, start, end):
        if not _OTHER_P.search(p["of"]):
            value = float(p["p"].replace("·", "."))
            small = value < 0.05 if p["sign"] in "=≤<" else False
            if p["sign"] in "<≤":
                small = value <= 0.05
            interval = _interval(text, max(start, p.start() - 110), min(end, p.end() + 60))
            # One-sided tests and intervals of 80 % may disagree: neither is then believed.
            return None if interval and interval.value > 0 and not small else Sign(1 if small else -1, p.start())
    return _interval(text, start, end)


def _interval(text: str, start: int, end: int) -> Sign | None:
    for each in _INTERVAL.finditer(text, start, end):
        before = text[max(start, each.start() - 90) : each.start()]
        null = 1.0 if _RATIO.search(before) else 0.0 if _DIFFERENCE.search(before) else None
        low, high = _number(each["low"]), _number(each["high"])
        if null is not None and low is not None and high is not None:
            return Sign(-1 if low <= null <= high else 1, each.start())
    return None


def says_no_significance(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` denies a significant difference, or any difference, in so many words."""
    return _FIRM_LOSS.search(text, start, end) is not None


def within_group(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` tells of change in each group, and not of a difference between them."""
    return _WITHIN.search(text, start, end) is not None and _BETWEEN.search(text, start, end) is None


def looks_ahead(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` speaks of studies to come or of its own rank, and so judges nothing."""
    return _AHEAD.search(text, start, end) is not None


def wording(text: str, start: int, end: int, *, firm: bool) -> Sign | None:
    """What the words of `text[start:end]` say; with `firm`, a win only where they speak of significance."""
    loss = LOSS.search(text, start, end)
    win = (_FIRM_WIN if firm else WIN).search(text, start, end)
    if loss and (not win or loss.start() <= win.start()):
        return Sign(-1, loss.start())
    return Sign(1, win.start()) if win else None


def _number(written: str) -> float | None:
    plain = written.replace("·", ".").replace("−", "-").replace("–", "-")
    try:
        return float(plain)
    except ValueError:
        return None
