"""Who gave the treatment, as written: a licensed massage therapist, a nurse, the mother, oneself.

Therapists are named in many parts: they assess, refer, are blinded. One is the provider only where a verb of giving
joins them to the treatment ("given by a nurse", "therapists gave", "nurse-led"). Own list of callings and verbs.
"""

from __future__ import annotations

import re

from ingest.extractors.reading import Reading
from kb.extraction import Finding

_CALLING = (
    r"(?:therapists?|physiotherapists?|masseu(?:rs?|ses?)|nurses?|midwi(?:fe|ves)|chiropractors?|osteopaths?"
    r"|acupuncturists?|reflexologists?|aromatherapists?|kinesiologists?|practitioners?|clinicians?|physicians?|doctors?"
    r"|mothers?|fathers?|parents?|caregivers?|carers?|partners?|spouses?|husbands?|volunteers?|researchers?"
    r"|investigators?|instructors?|trainers?|doulas?|specialists?|students?)"
)
_NOT_OF_IT = r"(?:and|or|who|which|that|was|were|by|with|for|to|in|on|of|at|from|patients?|after|groups?)\b"
_WHO = rf"(?P<who>(?:(?!{_NOT_OF_IT})[\w'’-]+ ){{0,4}}{_CALLING})\b"
_GIVEN = (
    r"\b(?:performed|given|delivered|provided|administered|applied|carried out|treated|massaged|supervised|led|offered"
    r"|done|implemented|instructed|taught|treatments?|massages?|therapy|sessions?)"
)
_GIVE = (
    r"(?:will |can )?(?:(?:gave|gives?|giving|perform(?:ed)?(?! (?:less|more|better|worse|well))|provided?"
    r"|deliver(?:ed)?|administer(?:ed)?|appl(?:y|ied)|render(?:ed)?|massaged?|treated?) "
    r"|were (?:taught|trained|instructed) (?:how )?to (?:massage|perform|give|apply))"
)
_TREATMENT = (
    r"(?:massages?|treatments?|acupressure|therapy|MLD|(?:manual )?lymph\w{0,4} drainage|reflexology|stretching)"
)
_ARTICLE = r"(?:(?:an?|the|their|one of|one|two|three|four|same|\d+) ){0,3}"
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_GIVEN} (?:[\w-]+ ){{0,4}}?(?:by|from) {_ARTICLE}{_WHO}",
        rf"\b(?P<who>{_CALLING})[- ](?:led|delivered|administered|provided|supervised|given)\b(?! units?| care)",
        rf"\b(?P<who>self)-(?:administered (?:[\w-]+ ){{0,2}})?{_TREATMENT}\b",
        rf"\b(?:an?|the|by|team of|same) {_WHO} {_GIVE}",
        rf"(?:^|(?<=[.;:] )){_WHO} {_GIVE}",
        rf"\b{_TREATMENT} (?:was |were )?by (?:the |their |an? )?{_WHO}",
    )
)
# What these do is no treatment.
_OTHER_ACT = re.compile(
    r"\b(?:assess\w*|measur\w+|evaluat\w+|interview\w*|questionnaires?|diagnos\w+|refer(?:red|rals?)|blind\w*|examin\w+"
    r"|recruit\w*|usual care|education|prescri\w+)\b",
    re.IGNORECASE,
)
_REACH = 90  # characters to either side of a calling in which its verb is looked for
_CUE = re.compile(rf"\b{_CALLING}\b|\bself-", re.IGNORECASE)


def provider(reading: Reading) -> Finding[str] | None:
    """The first who is said to give the treatment outside background and conclusions."""
    text = reading.abstract
    for sentence in reading.sentences:
        if sentence.section in ("background", "conclusions"):
            continue
        for named in _CUE.finditer(text, sentence.start, sentence.end):
            start, end = max(sentence.start, named.start() - _REACH), min(sentence.end, named.end() + _REACH)
            match = next((found for each in _PATTERNS if (found := each.search(text, start, end))), None)
            if match and not _OTHER_ACT.search(text, max(sentence.start, match.start() - _REACH), match.end()):
                return Finding(match["who"], *match.span("who"), rule="method:provider")
    return None
