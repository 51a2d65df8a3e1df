"""What tells that a number counts the people of a study, and which of them: entered, analysed, completed.

The weights are plain judgement on wordings met in abstracts: 3 and more decides, 1 leans.
"""

from __future__ import annotations

import re
from typing import Literal

from ingest.extractors.people import PEOPLE

# What may stand between a number and the people it counts: "120 consecutive breast cancer patients".
_NO_ADJECTIVE = (
    r"weeks?|days?|months?|years?|hours?|min|minutes?|sessions?|times|points?|percent|items?|mg|kg|ml"
    r"|of|in|from|with|for|at|per|to|on|than|by|vs|versus|that|who|which|whom|were|was|had|received"
    r"|trials?|studies|rcts?|centers?|centres?|hospitals?|clinics?|groups?|arms?|controls?"
    r"|(?:19|20)\d\d|january|february|march|april|may|june|july|august|september|october|november|december"
)
_GAP = rf"(?:(?!(?:{_NO_ADJECTIVE})\b)[\w'’/+®-]+,? (?:\([^()]{{1,40}}\) )?){{0,8}}?"
PEOPLE_BEHIND = re.compile(
    rf"(?: ?\([^()]{{1,25}}\))?[ -]+{_GAP}{PEOPLE}\b(?: (?!(?:{_NO_ADJECTIVE}|and"
    rf"|or)\b)[\w-]+(?: [\w-]+)? {PEOPLE}\b)?",
    re.IGNORECASE,
)
OF_MORE = re.compile(
    rf"(?: \([^()]{{1,20}}\))? (?:out )?of (?:the |all |these )?(?:\d[\d,]*|[a-z]+(?:-[a-z]+)?) {_GAP}{PEOPLE}\b",
    re.IGNORECASE,
)
# "Thirty of 40 eligible women took part": who were asked are not the sample.
WHO_CAME_OF_MORE = re.compile(
    rf"{OF_MORE.pattern}[^.;]{{0,40}}?\b(?:participated|took part|accepted|agreed|consented|volunteered"
    r"|(?:were|was) (?:\w+ ){0,2}?(?:randomi[sz]ed|enrolled|recruited|included|entered))\b",
    re.IGNORECASE,
)
# "From 49 smokers who were asked, 24 volunteered": neither are these.
OF_THOSE_ASKED = re.compile(
    r"[^.;,()]{3,80}, (?P<came>\d[\d,]*|[a-z]+(?:-[a-z]+)?) (?:\([^()]{1,20}\) )?(?:\w+ ){0,2}?(?:volunteered|agreed"
    r"|consented|accepted|participated|took part"
    r"|(?:were|was) (?:enrolled|recruited|included|randomi[sz]ed(?! (?:in)?to)))\b",
    re.IGNORECASE,
)
# "Of 90 women screened, 40 were randomised to ...": the many were only looked at.
_LOOKED_AT = r"(?:screened|approached|invited|contacted|referred|identified|assessed for eligibility|assessed|eligible)"
OF_THOSE_SCREENED = re.compile(
    rf"[^.;,()]{{0,60}}\b{_LOOKED_AT}\b[^.;,()]{{0,40}}, (?P<came>\d[\d,]*|[a-z]+(?:-[a-z]+)?) (?:\w+ ){{0,3}}?"
    r"(?:were|was) (?:\w+ ){0,2}?(?:randomi[sz]ed|enrolled|recruited|included|allocated|assigned)\b",
    re.IGNORECASE,
)
FROM_THOSE = re.compile(r"\b(?:from|of|among)(?: the| all| these)? $", re.IGNORECASE)
PEOPLE_BEFORE = re.compile(
    rf"\b{PEOPLE}(?: [\w'’≤≥<>.-]+){{0,14}} ?[(\[](?:[\w ]{{1,20}}[,;:] ?)?(?:total )?n ?= ?$", re.IGNORECASE
)
SAMPLE_OF = re.compile(
    r"\b(?:sample(?: size)? (?:was|of|consisted of|comprised|included)"
    r"|total (?:sample )?of)(?: about| approximately)? $",
    re.IGNORECASE,
)
NOT_A_COUNT = re.compile(
    r" ?%| ?(?:years?|yrs?|weeks?|days?|months?|mg|mm|cm|kg|ml|points?)\b|[ -](?:year|week|day"
    r"|month|item|point|minute)-",
    re.IGNORECASE,
)
REFUSED_BEFORE = re.compile(
    r"(?:[<>≤≥±/-]|\bp ?=?|\baged?|\bgrades?|\bstages?|\bweek|\bday|\bphase|\btype|\barms?|\bstatements?|\bgroup) ?$",
    re.IGNORECASE,
)

_ENTERED = r"(?:randomi[sz]ed|randomly|assigned|allocated|divided|enrolled|recruited|included|entered|apportioned)"
_CUES: tuple[tuple[Literal["before", "behind"], float, str], ...] = (
    (
        "before",
        3,
        (
            r"\b(?:total of|in total,?|totally|altogether,?|overall,?|sample of|population comprised"
            r"|consisted of|among|of the) (?:the )?$"
        ),
    ),
    ("before", 3, r"(?:^|[.:;] ) ?of (?:the )?$"),
    ("before", 1.5, r"(?:^|[.:;]\s)$"),
    (
        "before",
        1,
        (
            r"\b(?:in|on|including|included|enrolled|recruited|randomi[sz]ed|involving|studied|assigned"
            r"|with|comprised|were) (?:a )?$"
        ),
    ),
    ("before", -3, r"\b(?:group|arm)s? (?:of|with|included|comprised|consisted of|had) (?:\w+ )?$"),
    (
        "before",
        -3,
        (
            r"\b(?:remaining|other|another|additional|first|last|least|only|each|per|every|to|or|these"
            r"|whom|them,|which|and) $"
        ),
    ),
    (
        "before",
        -2,
        (
            r"\b(?:planned|power|needed|required|target|estimated|approximately|screened|invited"
            r"|approached|previous)\b[^.;]{0,40}$"
        ),
    ),
    ("behind", 4, rf"^[^.;]{{0,160}}?\b(?:were|was|have been|are|will be|being) (?:\w+ ){{0,2}}?{_ENTERED}\b"),
    (
        "behind",
        2.5,
        (
            r"^[^.;]{0,120}?\b(?:participated|took part|volunteered|randomi[sz]ed|recruited|enrolled"
            r"|underwent|received|were (?:studied|treated|followed|selected|investigated))\b"
        ),
    ),
    ("behind", -3.5, r"^[^.;]{0,60}?\b(?:in (?:the|each|both) (?:[\w-]+ ){0,4}(?:group|arm)s?|per group|in each)\b"),
    ("behind", -2.5, r"^[^.;]{0,60}?\b(?:to|into|received) (?:the )?(?:[\w-]+ ){0,4}(?:group )?(?:\([^()]*\) )?and \d"),
    (
        "behind",
        -3,
        (
            r"^[^.;]{0,60}?\b(?:completed|dropped|withdrew|lost|discontinued|analy[sz]ed|evaluable"
            r"|available|finished|remained|excluded|declined|refused|died)\b"
        ),
    ),
    (
        "behind",
        -2,
        (
            r"^[^.;]{0,40}?\b(?:reported|showed|experienced|developed|had|improved|responded|achieved"
            r"|suffered|rated|required)\b"
        ),
    ),
    ("behind", -1.5, r"^[^.;]{0,40}?\b(?:screened|approached|invited|contacted|assessed for eligibility)\b"),
    ("behind", 1, r"^(?: ?,| (?:with|who|aged|suffering|undergoing|diagnosed|were|in this)\b)"),
)
CUES = tuple((where, weight, re.compile(cue, re.IGNORECASE)) for where, weight, cue in _CUES)
# The total is mostly told before its parts: what is lost from the first to the last character.
BY_PLACE = -2.0
BY_SECTION = {"background": -4.0, "objective": 0.5, "methods": 1.5, "results": 1.0, "conclusions": -3.0, None: 0.0}

# Between a number and what became of those people no other number stands but a share in brackets.
_UP_TO = r"(?: ?\([^()]{1,20}\))?[^.;\d]{0,80}?"
BARE = re.compile(
    r"(?: ?\([^()]{1,20}\))?(?: of (?:them|these|whom))? (?:were|was|completed|finished)\b", re.IGNORECASE
)
COMPLETED = re.compile(
    rf"{_UP_TO}\b(?:completed|finished)\b(?! (?:\w+ )?(?:baseline|questionnaires?|surveys?|forms?|diar(?:y|ies)))",
    re.IGNORECASE,
)
ANALYSED = re.compile(
    rf"{_UP_TO}\b(?:(?:were|was) (?:\w+ ){{0,3}}?(?:analy[sz]ed|evaluable|evaluated|assessable"
    r"|included in (?:the|our) (?:\w+ ){0,2}analys[ei]s)"
    r"|evaluable|available for)\b",
    re.IGNORECASE,
)
TRIALS_BEHIND = re.compile(
    r"[ -]+(?:(?!(?:patients|participants|women|weeks|that|which|were)\b)[\w,()-]+ ){0,6}?"
    r"(?:trials?|studies|rcts|articles|papers|reviews|publications)\b",
    re.IGNORECASE,
)
TRIALS_MEANT = re.compile(
    r"\b(?:included?|met|eligible|identified|analy[sz]ed|selected|found|reviewed|appropriate"
    r"|fulfilled|satisfied|pooled|retrieved|involving)\b",
    re.IGNORECASE,
)
ONE_CASE = re.compile(
    r"\b(?:an? )?\d{1,3}[ -](?:years?|months?|weeks?)[ -]old (?:\w+[ ,-]+){0,4}?"
    r"(?:woman|man|girl|boy|female|male|patient|infant|child|athlete|player|runner)\b",
    re.IGNORECASE,
)
