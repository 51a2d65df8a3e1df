"""Whom a change is compared with: the other arm, the same people before, or nobody that the text names.

Only wording that compares arms makes `between_groups` (Bland & Altman 2011, doi
10.1186/1745-6215-12-264): "only the massage group improved" and "both groups improved" are within.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from ingest.extractors.outcomes.places import Claim
from ingest.extractors.outcomes.words import KEPT, UNCHANGED
from ingest.extractors.stems import may_match
from kb.extraction import Basis

START = (
    r"(?:baselines?|before|pre-?test\w*|pre-?(?:treatment|intervention|values?)|initial|the start|entry|prior"
    r"|post-?operative day|(?:day|week) [01]|at rest)\b"
)
_TO_START = rf"(?:compar(?:ed|ison)\s+(?:with|to)|relative\s+to|versus|vs\.?|than|from)\s+(?:[\w'-]+\s+){{0,3}}?{START}"
_GROUPS = r"(?:groups?|arms|treatments|conditions|modalities|interventions)\b"
_ALL = r"(?:the\s+)?(?:two|both|three|four|all)?\s?(?:\w+\s+)?(?:groups|arms)\b"
_NO_TIME = r"(?!\d|weeks?\b|days?\b|the (?:first|start)|pre|before|baseline|sessions?\b)"
_ARM = r"(?:groups?|arms?|controls?|placebo|sham|usual|standard|waiting|wait-?list)\b"
_LOWER = r"(?:lower|higher|less|greater|better|worse|fewer|shorter|longer|larger|smaller)\b"
# Kinds of people set side by side: no comparison of what was done to them.
_KINDS = (
    r"(?:healthy|younger\b|older\b|non-?responders?|non-?completers|drop-?outs|(?:those|patients|people) without\b"
    r"|asymptomatic|pain-free|normative|norms\b|(?:the )?(?:u\.?s\.? )?general population|population norms?"
    r"|normals?\b(?! (?:saline|care|treatment|therapy|diet|group|unit|routine|practice|activit)))"
)
_PEOPLE = re.compile(
    r"\b(?:than|compared (?:to|with)|versus|vs\.?|relative to|(?:similar|comparable) to|differ\w* from)\s+"
    rf"(?:(?:that|those|in|of|the|with|for|did|age|sex|matched|age-matched)\s+){{0,5}}{_KINDS}"
    r"|\bbetween\s+(?:the\s+)?(?:men and women|women and men|males and females|females and males|(?:both )?sexes"
    r"|genders|boys and girls|girls and boys|patients and (?:\w+ )?(?:controls|volunteers|normals|subjects))\b"
    r"|\bthan (?:in |for |among )?(?:the )?(?:men|women|males|females|boys|girls)\b"
    r"(?! (?:who|in|receiv|treated|assigned|with|gi))",
    re.IGNORECASE,
)
# "In both groups pain fell as compared to ...": of each group, whatever it is compared with.
_IN_ALL = re.compile(
    r"^\W*(?:in|within) (?:both|all|all (?:two|three|four)|each of the) (?:\w+ )?(?:groups|arms)\b"
    r"(?!.*\b(?:differ\w*|similar\w*|same|between|among)\b)",
    re.IGNORECASE | re.DOTALL,
)
_ROWS: tuple[tuple[str, Basis, str], ...] = (
    (
        "than",
        "between_groups",
        (
            r"\b(?:than|compared (?:to|with)|versus|vs\.?)\s+"
            rf"(?:(?!after|at\b|{START})[\w-]+\s+){{0,4}}?{_ARM}"
        ),
    ),
    (
        "compared",
        "between_groups",
        rf"\bover\s+(?:the\s+)?(?:[\w-]+\s+)?{_ARM}|\bfavou?r(?:ing|ed|s)?\b|\boutperformed\b",
    ),
    ("compared", "between_groups", r"\b(?:comparing|comparison\s+(?:of|between))\s+(?:the\s+)?(?:\w+\s+)?groups\b"),
    ("compared", "between_groups", r"\b(?:as|equally|similarly)\s+(?:effective|beneficial)\b"),
    ("compared", "between_groups", r"\b(?:superior|inferior)\b[^,;]{0,60}?\bto\s+th(?:at|ose)\b"),
    (
        "interaction",
        "between_groups",
        r"\b(?:group|treatment|arm|condition)s?\s?[-–]?\s?(?:x|×|\*|by)\s?[-–]?\s?time\b",
    ),
    ("interaction", "between_groups", r"\btime\s?[-–]?\s?(?:x|×|\*|by)\s?[-–]?\s?(?:group|treatment|arm|condition)"),
    ("between", "between_groups", rf"\bbetween[\s-]+(?:[\w'-]+\s+){{0,4}}{_GROUPS}"),
    (
        "between",
        "between_groups",
        r"\bbetween-\s?(?:arm|group)|\binter-?\s?group|\b(?:no|significant)\s+group differences?",
    ),
    ("between", "between_groups", r"\bamong\s+(?:the\s+)?(?:\w+\s+){0,2}(?:groups|arms|treatments)\b"),
    ("between", "between_groups", rf"\bdifferen\w+\b[^;]{{0,120}}?\bacross\s+{_ALL}"),
    ("start", "within_group", rf"\b{_TO_START}"),
    (
        "start",
        "within_group",
        r"\bbefore\s+and\s+after\b|\bbefore\b[^;]{0,60}?\band\b[^;]{0,40}?\bafter\b|\bbetween\s+(?:the\s+)?(?:pre|before|baseline|initial)",
    ),
    ("start", "within_group", r"\bpre-?\s?(?:to|and|/|-)\s?-?post|\bover\s+time\b|\bfrom\s+session\s+to\s+session\b"),
    ("start", "within_group", r"\b(?:within|intra)[-\s]?\s?(?:the\s+)?groups?\b"),
    ("only", "within_group", r"\bonly\s+(?:in\s+)?(?:the\s+)?(?:[\w-]+\s+){1,4}(?:group|patients|participants)\b"),
    (
        "than",
        "between_groups",
        r"\bthan\s+(?!(?:a\s+|an\s+)?\d|half|one\b|two\b|three\b|usual\b|expected\b|(?:those\s+)?at\b|before\b|baseline\b)",
    ),
    ("compared", "between_groups", r"\b(?:compared|comparison|contrasted)\s+(?:with|to)\b|\bas\s+compared\b"),
    ("compared", "between_groups", r"\bversus\b|\bvs\b|\brelative to\b|\bwhen\b[^,;]{0,60}\bwere compared\b"),
    (
        "compared",
        "between_groups",
        r"\b(?:superior|inferior|similar|comparable|equivalent)\s+to\b|\bdiffer\w*\s+from\b",
    ),
    ("compared", "between_groups", rf"\b(?:similar|comparable|the same|equal)\s+(?:in|on|between|for|among)\s+{_ALL}"),
    ("compared", "between_groups", rf"\bdifferen\w+\b[^,;]{{0,80}}?\bbetween\s+{_NO_TIME}"),
    ("compared", "between_groups", r"\bgroup\s+and\s+(?:the\s+)?(?:[\w-]+\s+){1,3}groups?\b[^,;]{0,60}\bdiffer"),
    ("compared", "between_groups", r"\bdiffer\w*\s+(?:in|among|for)\s+the\s+(?:two|three|four)\s+(?:\w+\s+)?groups"),
    ("lowest", "between_groups", r"\b(?:lowest|highest|fewest|greatest|largest)\b[^;]{0,80}\bgroup\b"),
    (
        "lower_in",
        "between_groups",
        rf"\bsignificantly\s+{_LOWER}[^,;]{{0,60}}?\b(?:in|for)\s+the\s+(?:[\w-]+\s+){{1,3}}(?:group|arm)\b",
    ),
    ("both", "within_group", r"\bin both\b|\b(?:in|across) the (?:two|three) groups\b"),
    ("both", "within_group", r"\b(?:both|all|each|either|neither)\s+(?:of\s+the\s+)?(?:\w+\s+)?(?:groups?|arms)\b"),
    (
        "effect",
        "between_groups",
        r"\b(?:(?-i:SMD|WMD|MD|OR|RR|HR)|mean differences?|(?:odds|risk|hazard|rate) ratio|relative risk)\b",
    ),
    ("from_to", "within_group", r"\bfrom\s+[-–]?\d[^,;]{0,40}?\bto\s+[-–]?\d"),
)
# In the order of the table: what fits first is said most plainly.
_RULES = tuple((rule, basis, re.compile(pattern, re.IGNORECASE)) for rule, basis, pattern in _ROWS)


@lru_cache(maxsize=256)  # the claims of a clause share its words
def wording(text: str) -> tuple[str, Basis] | None:
    """The rule and basis that the words of `text` state, or None; of kinds of people no basis that counts."""
    lowered = text.lower()
    rules = ((rule, value) for rule, value, pattern in _RULES if may_match(pattern, lowered) and pattern.search(text))
    found = next(rules, None)
    if found is None or found[1] != "between_groups":
        return found
    if found[0] == "compared" and _IN_ALL.search(text):
        return ("both", "within_group")
    return ("people", "unclear") if _PEOPLE.search(text) else found


# A change told of people, or of a time after treatment, is a change of one group.
_OF_ONE = re.compile(
    r"\b(?:after|following|during|with time|sessions?|groups?|post-?treatment|patients|participants|subjects|women|men"
    r"|children|infants|volunteers)\b",
    re.IGNORECASE,
)
_DIFFERENCE = re.compile(r"\bdifferences?\b.*", re.IGNORECASE | re.DOTALL)
_ALSO = re.compile(r"\balso\b|\b(?:other|secondary)\s+(?:outcomes?|variables|measures?|parameters)\b", re.IGNORECASE)


class Told(NamedTuple):
    """What a claim is read in: its own words, its clause, its sentence; whether these name a group; one arm only."""

    own: str
    clause: str
    sentence: str
    groups: bool
    single: bool


class Ground(NamedTuple):
    """A basis, the rule that read it, and whether its words stand outside the clause."""

    basis: Basis
    rule: str
    outside: bool = False


def ground(claim: Claim, told: Told, before: Ground | None) -> Ground:
    """On which basis a claim is made; `before` is that of the claim before it, if that was one of differences."""
    differs = claim.cue.sense == "differs"
    # What a later "no difference between the groups" compares is not the change told before it.
    clause = told.clause if differs else _DIFFERENCE.sub("", told.clause)
    found = wording(told.own) or wording(clause)
    if found is not None:
        return Ground(found[1], found[0])
    if before is not None and claim.cue.word == "but_not":
        return Ground(before.basis, "continued", True)
    opening = wording(told.sentence.partition(",")[0])
    if opening is not None:
        return Ground(opening[1], opening[0], True)
    if claim.compares and (told.groups or claim.cue.word == "figures"):
        return Ground("between_groups", "greater_change")
    if before is not None and differs and _ALSO.search(clause):
        return Ground(before.basis, "continued", True)
    if (
        (claim.cue.part in ("verb", "noun") or claim.cue.word in KEPT + UNCHANGED)
        and not differs
        and (told.groups or told.single or _OF_ONE.search(told.sentence))
    ):
        return Ground("within_group", "change")
    if differs and wording(told.sentence) is not None and "between" in told.sentence:
        return Ground("between_groups", "between", True)
    return Ground("unclear", "unstated")
