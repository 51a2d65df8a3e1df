"""The wording of ages: a value (a span, or a number with its SD) behind "age", before "old", beside people.

Own list, from wordings met in abstracts.
"""

from __future__ import annotations

import re

from ingest.extractors.people import PEOPLE

_NUM = r"\d{1,3}(?:[.·]\d{1,2})?(?![\d%])"
_WORD = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    r"|eighteen|twenty)\b"
)
_UNIT = r"(?:years?|yrs?|y|months?|mo|weeks?|wks?|days?)\b"
_PM = r"(?:±|\+ ?/ ?[-−]|\[\+/-\])"
_SD = r"(?:S\.?D\.?|standard deviation(?: \(SD\))?)"
_SPREAD = (
    rf"(?: ?{_PM} ?(?P<sd>{_NUM})"
    rf"|,? ?[(\[]? ?{_SD}(?: of| was)? ?[=:,]? ?{_PM}? ?(?P<sd_named>{_NUM})(?: ?{_UNIT})? ?[)\]]?"
    rf"| ?[(\[] ?{_PM}? ?(?P<sd_bare>{_NUM})(?: ?{_UNIT})? ?[)\]])"
)
_SPAN = (
    rf"(?P<lo>{_NUM}|{_WORD})(?:[ -]?(?P<lo_unit>{_UNIT}))?(?: ?[-–−] ?| to | and | through )"
    rf"(?P<hi>{_NUM}|{_WORD})(?:[ -]?(?P<hi_unit>{_UNIT}))?"
)
_ONE = rf"(?P<one>{_NUM})(?:[ -]?(?P<unit>{_UNIT}))?(?:{_SPREAD})?(?:(?: ?\) ?|[ -]?)(?P<last>{_UNIT}))?"
_VALUE = rf"(?<![\d.])(?:{_SPAN}|{_ONE})"
_OF = (
    r"(?P<fill>(?:[ ,:=()\[\]≥≤<>±/+-]|(?:of|was|were|is|from|in|years|yr|participants|patients|subjects|women|men"
    r"|children|the|all|both|groups|at|between|ranging|ranged|range|over|above|than|older|least|under|mean|average|SD"
    r"|about|approximately|a|with|baseline|study|sample|limits|M|these|this|our|their|group|adults|infants|total|entire"
    r"|whole|mothers|respondents|population)\b){0,12})"
)
_LIMIT = r"(?P<limit> ?(?:or|and) (?:older|over|above|more|younger|under)\b| ?\+)"
_BEFORE = r"(?P<fill>(?:[≥≤<>] ?|\b(?:over|above|(?:older|younger) than|at least|under|between|mean|average) ))"
_OLD = r"[ -](?:of age|olds?)\b"

# Beside people a span needs no "age", but may then be no length of illness or of follow-up.
BESIDE_PEOPLE = re.compile(
    rf"(?P<lead>)(?P<limit>)(?P<fill>\b{PEOPLE}\b,? ?\(?(?:between |from |of |aged? ){{0,2}})(?<![\d.]){_SPAN}"
    r"(?<=years)(?! (?:after|before|post|since|later|follow|of|ago|prior|history|apart))",
    re.IGNORECASE,
)
# Each has the groups of a value, what stands between it and "age" (`fill`), and what kind of age that is (`lead`).
AGES = (
    re.compile(
        r"(?P<lead>\b(?:mean|average|median|gestational|postmenstrual|corrected)\b[^.;\d]{0,25}?)?"
        rf"\bage[sd]?\b{_OF}{_VALUE}(?:{_OLD})?{_LIMIT}?",
        re.IGNORECASE,
    ),
    re.compile(rf"(?P<lead>){_BEFORE}?{_VALUE}{_OLD}{_LIMIT}?", re.IGNORECASE),
    re.compile(
        rf"(?P<lead>){_BEFORE}?(?<![\d.]){_ONE}(?P<limit> (?:or|and) (?:older|over|above|younger)\b)", re.IGNORECASE
    ),
    re.compile(rf"(?P<lead>)(?P<fill>\b(?:older|younger) than )(?P<limit>){_ONE}", re.IGNORECASE),
    BESIDE_PEOPLE,
)
RANGE_NEXT = re.compile(rf"[ ,;(\[]{{0,3}}(?:age )?range[sd]?(?:[ :=,]|from|of|was){{0,4}}{_SPAN}", re.IGNORECASE)
# Behind a mean: it was that of one group.
GROUPED = re.compile(r"(?:[ ,)\]]|years?|yrs?){0,4}(?:(?:in|for) (?:the |group)|vs\b|versus\b|and \d)", re.IGNORECASE)
ONE_GROUP = re.compile(r"(?<!both )(?<!all )(?<!the )\bgroups?\b(?! mean)|\bin the\b.{0,20}\bgroup\b", re.IGNORECASE)
MEAN = re.compile(r"\b(?:mean|average|M)\b", re.IGNORECASE)
SD_NAMED = re.compile(rf"{_SD}|{_PM}", re.IGNORECASE)
OTHER_KIND = re.compile(r"\b(?:median|gestational|postmenstrual|corrected)\b", re.IGNORECASE)
BOUND = re.compile(r"[≥≤<>]|\b(?:over|above|older|least|under|younger)\b", re.IGNORECASE)
CUE = re.compile(r"\bage[sd]?\b|[ -]olds?\b|\bolder\b|\byears\b", re.IGNORECASE)
