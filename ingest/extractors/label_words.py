"""The words of which section labels are made, and the roles that labels give.

From the labels in use: structured abstracts of MEDLINE and of open-access journals (NLM lists some thousands,
with a category each: https://lhncbc.nlm.nih.gov/ii/areas/structured-abstracts.html), and
what journals of rehabilitation and of complementary medicine print.
"""

from __future__ import annotations

import re
from typing import Literal

Role = Literal["background", "objective", "methods", "results", "conclusions"]
ROLES: tuple[Role, ...] = ("background", "objective", "methods", "results", "conclusions")

_AIM = r"objectives?\b|object\b|aim|purpose|goal|question|hypothes|problem"
_METHOD = (
    r"method|material|design|setting|patient|participant|subject|population|sample|animal|intervention|treatment"
    r"|procedure|measure|outcome|endpoint|variable|criteri|analys|statistic|data|source|search|selection"
    r"|extraction|stud(?:y|ies)|trial|review|randomi|protocol|strategy|approach|collection|exposure|description"
)
# First row that fits wins. A label of two roles leaves the choice to the wording of each sentence.
_ROLES_OF: tuple[tuple[str, tuple[Role, ...]], ...] = (
    (r"registration|registry|funding|key ?words|of evidence|ethic|disseminat|supplement|status", ()),
    (r"background data|already known", ("background",)),
    (r"^what|^how", ("conclusions",)),
    (r"synthesis|^cases?(?: \w+)?$", ("methods", "results")),
    (r"(?:method|design|procedure|material|measure).*(?:result|finding)", ("methods", "results")),
    (r"(?:result|finding).*(?:conclusion|discussion|interpretation)", ("results", "conclusions")),
    (rf"(?:{_AIM}|background|introduction).*(?:method|design)", ("background", "objective", "methods")),
    (rf"(?:background|introduction|context|rationale).*(?:{_AIM})", ("background", "objective")),
    (rf"(?:{_AIM}).*(?:background|introduction|context|rationale)", ("background", "objective")),
    (r"result|finding|observation", ("results",)),
    (r"conclusion|discussion|interpretation|implication|relevance|comment|summary|perspective", ("conclusions",)),
    (r"application|recommendation|limitation|significance|lesson|impact|(?:clinical|practical) imp", ("conclusions",)),
    (_AIM, ("objective",)),
    (r"background|introduction|context|rationale|importance", ("background",)),
    (_METHOD, ("methods",)),
)
_COMPILED = tuple((re.compile(pattern, re.IGNORECASE), roles) for pattern, roles in _ROLES_OF)

# What stands before a word of the next list, and is no label alone.
_MODIFIERS = (
    "additional author['’]?s?['’]? brief clinical dependent electronic eligibility experimental future independent "
    "key literature main major nursing other overall potential practical primary principal random research "
    "secondary specific statistical supplementary systematic"
).split()
_HEADS = (
    "abstract aims? analys[ei]s animals? application approach(?:es)? background cases? collection comments? "
    "conclusions? context controls criteria data descriptions? designs? discussions? dissemination endpoints? "
    "ethics evidence exposures? extraction findings? formulation funding goals? hypothes[ei]s impact implications? "
    "importance interpretation interventions? introduction keywords lessons? levels? limitations? materials? "
    "measurements? measures? methodology methodologies methods? number objects? objectives? observations? outcomes? "
    "participants? patients? perspectives? population practice presentation problem procedures? protocols? purposes? "
    "questions? randomi[sz]ation rationale recommendations? registrations? registry relevance reports? results? "
    "reviews? samples? search selection settings? significance sources? statement statistics status strategy "
    "stud(?:y|ies) subjects? summary synthesis treatments? trials? types? used variables words"
).split()
_PHRASES = (
    r"what (?:is|was) (?:already )?(?:known|new)(?: (?:on|about) (?:this|the) (?:topic|subject|field))?",
    r"what (?:this|the) (?:study|paper|article|review) adds",
    r"what (?:are|were) the (?:new|main) findings",
    r"how (?:might|could|will) (?:it|this) (?:impact on|affect|change) (?:clinical )?(?:practice|research|policy)",
    r"implications for [a-z]{1,20}(?: [a-z]{1,20})?(?= ?[:.])",
)
# What follows begins a word: "ResultsPain fell" and "RESULTSPain fell" have lost a space; "Resultsheet" has not.
_ENDS = r"(?-i:(?![a-z])(?:(?<=[a-z)])|(?![A-Z])|(?=[A-Z][a-z ])))"
_HEAD = rf"(?>(?:{'|'.join(_HEADS)})(?:\(s\))?{_ENDS})"
_MODIFIED = rf"(?>(?:(?:{'|'.join(_MODIFIERS)}) (?:(?:and|or) )?){{0,3}})"
_JOINT = r"(?> ?[/&+] ?|, ?(?:and )?| (?:(?:and|or|of|for|the|to|on|in|with) ){0,2})"
# A whole label: "Main outcome measure(s) and results". Atomic groups, so that no text can make it try twice.
NAME = rf"(?:(?>{'|'.join(_PHRASES)})|{_MODIFIED}{_HEAD}(?:{_JOINT}{_MODIFIED}{_HEAD}){{0,5}})"

# Labels so usual that they need no colon: what stands alone before a capital, "Results Pain fell".
SECTIONS = re.compile(
    r"background|introduction|context|objectives?|aims?|purpose|methods?|methodology|results?|(?:main |key )?findings"
    r"|conclusions?|discussion|interpretation|(?:materials?|patients?|subjects?|participants?|design|study design)"
    r"(?: and |/| ?& ?)methods?|methods?(?: and |/)(?:materials?|results|design|analysis|findings)"
    r"|(?:background|introduction)(?: and |/)(?:aims?|purpose|objectives?)|results? and (?:discussion|conclusions?)",
    re.IGNORECASE,
)


def roles_of(label: str) -> tuple[Role, ...]:
    """The roles that a label allows: `("methods",)` for "Design and setting", none for "Funding", all if unknown."""
    words = label.strip(" .:[]-–—*<>/")
    return next((roles for pattern, roles in _COMPILED if pattern.search(words)), ROLES)
