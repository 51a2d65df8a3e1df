"""What makes a number of minutes, weeks or sessions no dose.

Most minutes and weeks of abstracts are times of measurement, of illness, of waiting ("5 minutes after", "at 12
weeks", "pain for six weeks"), and a range ("10 to 15 treatments") states no number. Each slot has its refusals:
what may not stand behind the number, and what may not end before it.
"""

from __future__ import annotations

import re

from ingest.extractors.dose_words import EACH, KIND, MIN, SESSION

# "30 minutes after massage" is no length, "30 minutes after which ..." is.
_LATER = r"(?:before|after (?!which)|later|prior|apart|post|following|interval|rest|recovery|break)"
_NO_TREATMENT = r"(?:follow(?!ed)|wash|control|baseline|wait|gestation|old|no-|run|lead|observation|screening|history)"
_JOINED = r"(?:and|or|an?|the|to|in|with|of|for|by)\b"
REFUSED_BEHIND = {
    "minutes": re.compile(
        rf"[ -]?\w+[ -](?:of )?(?:{_LATER}|walk|demonstration|follow|intervals|at rest|on the|rest)"
        rf"|{MIN}{EACH}(?:week|wk|month)",
        re.IGNORECASE,
    ),
    "weeks": re.compile(
        rf"[ -]\w+[ -](?:{_LATER}|of (?:gestation|age|pregnan|no |daily|pain|symptom|onset|surgery|birth|rest"
        rf"|life|observ|recruit|randomi|delivery|admission|injury|stroke|enrol|{_NO_TREATMENT})"
        rf"|(?:(?!{_JOINED})[\w-]+,? ){{0,3}}{_NO_TREATMENT})",
        re.IGNORECASE,
    ),
    "days": re.compile(rf"[ -]\w+[ -](?:{_LATER}|old|of (?:age|life))", re.IGNORECASE),
    "sessions": re.compile(
        rf"[ -]?(?:{KIND}){SESSION}(?:{EACH}(?:day|week|wk|cycle)| ?/|[ -](?:groups?|arms?|conditions?|methods"
        r"|modalities|were compared|weekly|daily|periods?|apart))",
        re.IGNORECASE,
    ),
}
_COUNT = r"(?:\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|fifteen|twenty|thirty|forty))"
_RANGE_BEFORE = (
    rf"(?:{_COUNT}-? ?(?:(?:to|or|and|vs\.?|versus) |[-–] ?)|, (?:and|or) "
    rf"|\b(?:up to|at (?:least|most)|(?:less|more) than"
    rf"|minimum of|than) |\bbetween {_COUNT}\w{{0,6}} and )$"
)
_STILL = r"(?:rest\w*|sat|sitting|supine|lay|lying|waited|observed|monitored|recorded|measured|walk\w*|follow\w*)"
_LASTS = r"(?:maintained|persist\w*|sustained|remained|effects? lasted|relief lasted|followed|monitored|symptoms?|pain)"
_OTHER_WEEKS = r"(?:first|second|last|next|following|previous|past|another|additional|further|final|initial|remaining)"
REFUSED_BEFORE = {
    "minutes": re.compile(
        rf"{_RANGE_BEFORE}|\b(?:every|at|within|after|first|last|next|before|following) (?:the )?$"
        rf"|\b{_STILL} (?:\w+ ){{0,3}}for (?:\w+ )?$",
        re.IGNORECASE,
    ),
    "weeks": re.compile(
        rf"\b(?:at|after|weeks?|every|than|least|before|until) (?:the )?$"
        rf"|\b(?:follow(?:ed)?[ -]?up|within) (?:\w+ ){{0,4}}$|\b(?:wash-?out|run-?in) (?:\w+ ){{0,2}}$"
        rf"|\b(?:{_LASTS} (?:for|of|over)|{_OTHER_WEEKS}) (?:the |a )?$"
        rf"|{_COUNT} ?(?:to|or|[-–]) ?$",
        re.IGNORECASE,
    ),
    "days": re.compile(r"\b(?:at|after|days?|past|every|than|least|within|first|last) (?:the )?$", re.IGNORECASE),
    "sessions": re.compile(
        rf"{_COUNT} ?(?:to|or|[-–]) ?$|\bbetween {_COUNT}\w{{0,6}} and $|\bat least $"
        r"|\b(?:first|last|after|session|these|either|between|group|than|which|other|both|only"
        r"|every|each|per|mean of|average of|median of) $"
        r"|(?:\b(?:each|one|either|any|out|some)|\d) of (?:the )?$",
        re.IGNORECASE,
    ),
    "per_week": re.compile(_RANGE_BEFORE, re.IGNORECASE),
    "per_day": re.compile(_RANGE_BEFORE, re.IGNORECASE),
}
# What stands behind one number of several: of a range, of a list, of an order.
# And behind minutes that are those of a point or a leg only.
RANGE = re.compile(
    r" ?(?:[-–]|to|or) ?(?:\d|one|two|three|four|five|six|seven|eight|nine|ten)|, ?\d+(?:, ?\d+){0,5},? (?:and|or) \d"
    rf"|{MIN} (?:on|in) the (?:first|second|third|\d)"
    rf"|{MIN} (?:at|on|in|for|to|per|over) (?:each|every) (?:\w+ ){{0,2}}(?:(?:acu)?point|site|area|leg|foot)",
    re.IGNORECASE,
)
TREATING = re.compile(rf"\b(?:received?|treated|underwent|given|administered|{SESSION})\b", re.IGNORECASE)
# A quantity of a drug: how often it is taken is no dose of a treatment by hand.
DRUG = re.compile(
    r"\d ?(?:m?g|[µμ]g|mcg|ml|iu)\b|\b(?:drops|tablets?|capsules?|dos(?:es?|ed|ing)|pills?|orally)\b", re.IGNORECASE
)
# Where only the first stand in a sentence, and none of the second, how often and how long is said of measuring.
MEASURING = re.compile(
    r"\b(?:assessed|measured|recorded|rated|evaluated|monitored|assessments?|measurements?|diary|diaries)\b",
    re.IGNORECASE,
)
GIVING = re.compile(
    r"\b(?:receiv\w{1,3}|treated|underwent|undergo\w{0,5}|given|gave|administered|appl(?:y|ied)|perform(?:ed)?"
    r"|delivered|provided|massaged|assigned|allocated|randomi[sz]ed|attended|consisted|comprised|exercised|trained|conducted"
    r"|subjected|completed)\b",
    re.IGNORECASE,
)
