"""Wordings between a size and the name of its group, on either side: the patterns of `arm_labels`."""

from __future__ import annotations

import re

from ingest.extractors.people import PEOPLE

_COUNTED = rf"(?:{PEOPLE}|cases|pts|dyads|pairs|eyes|knees|breasts)"
# "(n = ", "; n = ", ", 12 patients)": the name stands before.
OPENED = re.compile(r"[(\[][^()\[\]]{0,60}$")
CLOSES = re.compile(
    rf" ?(?:[(\[]\d[\d.]*%[)\]])?(?: {_COUNTED}| ?each| ?eligible)?(?: ?[)\]]|, ?\d|;|, (?:median|mean|\w+ ?=))"
    rf"|(?: {_COUNTED})? in (?:each|total)\b",
    re.IGNORECASE,
)
# "369 cases and 662 controls": groups that were not made but met.
CASES = re.compile(r" (?P<name>(?:(?!and\b)[\w-]{1,40} ){0,4}cases)\b", re.IGNORECASE)
CONTROLS = re.compile(r" (?P<name>(?:(?!and\b)[\w-]{1,40} ){0,4}controls)\b", re.IGNORECASE)
N_IS = re.compile(r"(?:[,;:] ?)?\bn ?= ?$", re.IGNORECASE)
GROUP_BEFORE = re.compile(
    r"\b(?P<name>(?:(?!(?:the|an?|and|or|in|of|to|for|with)\b)[\w'’/+-]{1,40} ){1,4}(?:group|arm)"
    r"|(?:group|arm) (?:[a-z]|\d|[iv]{1,3}))"
    r"(?: ?[:,=]| of| had| with| included| comprised| consisted of| numbered)? ?$",
    re.IGNORECASE,
)
# Between a number and the name behind it: people, "were randomly assigned", "in", "to receive", "the".
UP_TO_NAME = re.compile(
    rf"(?: ?[(\[][\d.,% ]{{1,12}}[)\]])?(?: of (?:them|these|whom|which)\b"
    rf"| (?:of the |of )?(?:[\w'’-]{{1,40}} ){{0,2}}{_COUNTED}\b)?"
    r"(?: ?[(\[][\d.,% ]{1,12}[)\]])?(?: (?:who|were|was|being|are|have been|had been))*"
    r"(?: (?:randomly|initially|randomi[sz]ed|assigned|allocated|included|placed|treated|enrolled|entered|given|only))*"
    r"(?: (?:in|into|to|on|with|for|by|from|of|using|received?|receiving|underwent|taking|took|had))*"
    r"(?: (?:the|an?|either))?(?= )",
    re.IGNORECASE,
)
GROUP_BEHIND = re.compile(
    r"[^.;]{0,80}?\b(?:in|of|to|on|for|receiving|received|with) (?:the )?"
    r"(?P<name>(?:[\w'’/+-]{1,40} ){1,6}?(?:group|arm)|[\w/+]{1,40}-arm|(?:group|arm)[ -](?:[a-z]|\d|[iv]{1,3}))\b",
    re.IGNORECASE,
)
IN_GROUP_FIRST = re.compile(
    r"\bin (?:the )?(?P<name>(?:[\w'’/+-]{1,40} ){1,4}(?:group|arm)|[\w/+]{1,40}-(?:group|arm)"
    r"|(?:group|arm) (?:[a-z]|\d|[iv]{1,3})),[^.;,]{0,60}$",
    re.IGNORECASE,
)
FEW_WORDS = re.compile(
    r"(?<![\w'’/+-])"
    r"(?P<name>(?:(?!(?:the|an?|and|or|in|of|to|for|with|from|by|on|was|were|had|than)\b)[\w'’/+-]{1,40} ){0,3}"
    r"[\w'’/+-]{1,40}) ?$",
    re.IGNORECASE,
)
FRACTION = re.compile(r"(?:\d ?/|\bof(?: the)?) ?$", re.IGNORECASE)
GROUP_LAST = re.compile(
    r"\b(?:in|for|of|to|with|on) (?:the )?"
    r"(?P<name>(?:(?!in |for |of |to |with |on |the )[\w'’/+-]{1,40} ){1,5}(?:group|arm))"
    r",? ?[(\[][^()\[\]]{0,30}$",
    re.IGNORECASE,
)
RECEIVING = re.compile(
    r"[^.;,]{0,40}?\b(?:receiving|treated with|given|on|who received) (?:the )?"
    r"(?P<name>[\w'’/+-]{1,40}(?: [\w'’/+-]{1,40}){0,3})",
    re.IGNORECASE,
)
# "one group (n = 12) was given massage, the other (n = 13) rest"
ONE_OR_OTHER = re.compile(r"\b(?:one|(?:the )?other|another)(?: groups?| arm)? ?$", re.IGNORECASE)
GIVEN = re.compile(
    r"[)\]],?(?: (?:was|were|received?|receiving|administered|given|treated|with|underwent|had|got|to))*"
    r" (?P<name>(?!(?:and|or)\b)[\w'’/+-]{1,40}(?: [\w'’/+-]{1,40}){0,5})",
    re.IGNORECASE,
)
IN_BRACKET_BEHIND = re.compile(
    r"[^.;()]{0,80}\((?:the )?(?P<name>(?:[\w'’/+-]{1,40} ){1,3}(?:group|arm)|(?:group|arm) (?:[a-z]|\d|[iv]{1,3}))\)",
    re.IGNORECASE,
)
OPENS = re.compile(
    r"(?<!-)\b(?:or|versus|vs\.?|to|received?|receiving|either|compar(?:ed?|ing)|between|with|than|were|was|for|using|and)"
    r"\b(?!-)|[,;:]",
    re.IGNORECASE,
)
PLUS = re.compile(
    r"(?<!-)\b(?:or|versus|vs\.?|to|received?|receiving|either|compar(?:ed?|ing)|between)\b(?!-)|[;:]|\(\w\)",
    re.IGNORECASE,
)
ENDS = re.compile(
    r"[,;.()\[\]]|\b(?:and|or|versus|vs|while|whereas|completed|reported|showed|developed|had|who|did|after)\b"
    r"|(?<=group) |(?<=arm) ",
    re.IGNORECASE,
)
ACRONYM = re.compile(r"[ ;,“\"']*(?P<name>[A-Z][A-Z\d/+-]{1,12})[ ,:”\"']*")
BRACKETED = re.compile(r" ?[(\[][^()\[\]]{1,80}[)\]]")
LETTERED = re.compile(
    r"\b(?:first|second|third|fourth) (?:group|arm)\b|\b(?:group|arm|cohort)s? (?:[a-z]|\d|[iv]{1,3})\b", re.IGNORECASE
)
NOTHING_BETWEEN = re.compile(
    rf",? ?(?:and|or|vs\.?|versus)? ?(?:{_COUNTED})? ?(?:and|or|vs\.?|versus)? ?", re.IGNORECASE
)
LISTED = re.compile(
    r"[^.;]{0,80}?\b(?:in|to|into|received|receiving|for|on|with) (?:the )?(?P<list>[^.;]{3,160}?)"
    r"(?: (?:groups|arms|group|arm))?,? ?(?:respectively|\(|\.|$)",
    re.IGNORECASE,
)
SCHEDULE = re.compile(
    r"\W*(?P<name>(?:once |twice |thrice )?(?:daily|weekly|monthly)|every (?:[\w-]+ )?(?:days?|weeks?|months?)"
    r"|\d[ -]weekly)\b",
    re.IGNORECASE,
)
SEPARATOR = re.compile(r",? (?:and|or|versus|vs\.?) (?:the )?|, ", re.IGNORECASE)
NO_NAME = re.compile(
    rf"\b(?:\d+|hundred|\w+ty|total of n?\W*\d*)[ -](?:[\w'’-]{{1,40}} ){{0,5}}{PEOPLE}\b|^\W"
    r"|^(?:also|(?:lower|higher) (?:than|in)|well as|ratio)\b"
    r"|^(?:and|or|were|was|did|didn|had|them|presented|became|underwent|developed|reported|showed)\b"
    r"|\b(?:median|occurred|observed|enrolled|participated|contacted|evaluated|analysed|analyzed|detected|trial|rates?"
    r"|reasons|this|these|we|homogeneous|months?|cr|pcr|(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
LONGEST = 60
EMPTY = frozenset(
    (
        "patients women participants subjects people cases group groups arm arms men total all each both per year "
        "years case data baseline times os received receiving i.e respectively declining them whom these those "
        "responders events deaths died alive eligible evaluable only months days weeks"
    ).split()
)
