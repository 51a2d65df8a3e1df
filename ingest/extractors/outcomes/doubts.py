"""What a sentence says and does not claim: what is unknown, what is not significant, what only looks compared.

A reader takes a row of the ledger for a result. "Proof that it works better is lacking", "lower, but not
significantly" and "in 40% against 45%" have the words of a result and are none, or none of a difference.
"""

from __future__ import annotations

import re
from functools import lru_cache

from ingest.extractors.outcomes.contrasts import verdict
from ingest.extractors.outcomes.places import Claim

_DOUBT = re.compile(
    r"\b(?:is|are|remains?|was|were|seems?) (?:still |currently |yet )?(?:lacking|missing|insufficient|inconclusive"
    r"|unclear|uncertain|unknown|unproven|questionable)\b|\bwhether\b"
    r"|\b(?:insufficient|inconclusive|little|lack of|anecdotal|conflicting) (?:\w+ )?"
    r"(?:evidence|data|proof|support) (?:that|for|of|to)\b"
    r"|^\W*(?:(?:several|many|some|few|all|two|three|most) )?(?:previous|earlier|prior|other|past|recent) (?:\w+ )?"
    r"(?:studies|trials|reports|research|reviews|work)\b",
    re.IGNORECASE,
)
# "... , but this was not significant", right behind a claim: no difference was shown.
_TAKEN_BACK = re.compile(
    r"[,;]?\s*(?:(?:but|however|although|though|which|yet|and)\b,?\s*){1,2}"
    r"(?:(?:it|this|these|the)\s+)?(?:(?:difference|change|increase|decrease|reduction|improvement|result|trend)s?\s+)?"
    r"(?:(?:was|were|is|did)\s+)?(?:not|non-?)\s?(?:reach\w*\s+)?(?:statistical(?:ly)?\s+)?significan\w{1,4}"
    r"(?!\s+(?:\w+\s+)?(?:differ|chang|effect|improve|reduc|increas|decreas))",
    re.IGNORECASE,
)
# "In the one group 40% (8/20) reported improvement compared with 45% of the other": shares, which may be alike.
_SHARES = re.compile(
    r"(\d{1,3}(?:\.\d{1,2})?) ?%[)\]]?(?: ?[(\[][^()\[\]]{1,20}[)\]])?(?: of (?:\w+ ){1,4}?)?(?: ?\w+)?"
    r" ?(?:reported|experienced|had|showed|achieved|noted|felt)\b[^%;]{1,160}?"
    r"\b(?:compared (?:to|with)|versus|vs\.?|than|and|whereas|while|against)\b[^%;]{1,80}?(\d{1,3}(?:\.\d{1,2})?) ?%",
    re.IGNORECASE,
)
# An interval of a difference that goes through nought (ratios have no sign).
_INTERVAL = re.compile(
    r"\b9[059] ?% ?(?:c\.? ?i\.?|confidence intervals?)\b\.?[ ,:=(\[]{0,3}(-?\d{1,5}(?:\.\d{1,4})?) ?%?"
    r"(?: to |, ?|; ?|–| - )(-?\d{1,5}(?:\.\d{1,4})?)",
    re.IGNORECASE,
)
_DIFFERS = re.compile(r"\bdiffer(?:s|ed|ences?|ent)?\b", re.IGNORECASE)
_WHICH = re.compile(
    r"\b(?:greater|more|larger|better|higher|lower|less|smaller|superior|favou?r\w*|than|compared)\b", re.IGNORECASE
)
_CHANGED = ("up", "down", "improved", "worsened")
# Told of the start alone, whichever group was higher then.
_AT_START = re.compile(
    r"^\W*(?:[\w ]{1,30}, )?(?:at (?:baseline|entry|study entry|admission|the start)|initially"
    r"|(?:before|prior to) (?:the )?(?:treatment|intervention|massage|study))\b(?! and\b)"
    r"|\bat (?:baseline|entry)\W*(?:\([^()]{1,30}\)\W*)?$",
    re.IGNORECASE,
)


@lru_cache(maxsize=4)  # the claims of a sentence ask in turn
def told_in_doubt(text: str) -> bool:
    """Whether a sentence says what is not known, or what others found."""
    return _DOUBT.search(text) is not None


def unproven(claim: Claim, text: str, since: int, until: int) -> bool:
    """Whether `text[since:until]`, in which a claim of change is told, or what follows takes it back as chance."""
    if claim.sense not in _CHANGED:
        return False
    proved = verdict(text[since:until])
    if proved is None:
        straddling = [
            float(each[1]) * float(each[2]) < 0 for each in _INTERVAL.finditer(text.replace("−", "-"), since, until)
        ]
        proved = False if straddling and all(straddling) else None
    return proved is False or _TAKEN_BACK.match(text, until) is not None


def only_differs(claim: Claim, text: str) -> bool:
    """ "The improvement differed between the groups": which had more of it is not said."""
    told = claim.cue.part == "noun" and claim.sense in _CHANGED
    return told and _DIFFERS.search(text) is not None and _WHICH.search(text) is None


def no_comparison(claim: Claim, text: str) -> bool:
    """Whether what looks compared between groups is their start, or shares of which none is proven the greater."""
    if _AT_START.search(text):
        return True
    shares = _SHARES.search(text) if claim.sense in _CHANGED else None
    return shares is not None and not (float(shares[1]) > float(shares[2]) and verdict(text) is True)
