"""The wording of sex: both counted, one as a share, all of one. Own list, from wordings met in abstracts."""

from __future__ import annotations

import re

from ingest.extractors.people import PEOPLE

_F = r"(?:wom[ae]n|females?|girls?|mothers)\b"
_M = r"(?:m[ae]n|males?|boys?)\b"
_PEOPLE = r"(?: (?:patients?|participants?|subjects?|volunteers?|adults?|infants?|children|students?|residents?))?"
_COUNTED = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w{3,6}teen|(?:twen|thir|for|fif|six|seven|eigh"
    r"|nine)ty(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?)"
)
_N = rf"(?:(?<!\d[,.])(?:\d{{1,3}},\d{{3}}|\d{{1,5}})|{_COUNTED})"
_SHARE = r"(?: ?[(\[,] ?\d{1,3}(?:\.\d+)? ?% ?[)\]]?)?"
_AND = r"(?:,? (?:and|plus|vs\.?|versus) |, ?| ?[/:;] ?)"
_EQ = r",? ?[(\[]? ?(?:[nN] ?)?[=:]? ?"
# Both sexes counted, whichever comes first: "18 women and 6 men", "women (n = 18), men (n = 6)", "male 17, female 25".
PAIRS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?P<f>{_N}){_SHARE} {_F}{_PEOPLE}{_SHARE}{_AND}(?P<m>{_N}){_SHARE} {_M}",
        rf"\b(?P<m>{_N}){_SHARE} {_M}{_PEOPLE}{_SHARE}{_AND}(?P<f>{_N}){_SHARE} {_F}",
        rf"\b{_F}{_EQ}(?P<f>\d{{1,5}}) ?[)\]]?{_SHARE}{_AND}{_M}{_EQ}(?P<m>\d{{1,5}})\b",
        rf"\b{_M}{_EQ}(?P<m>\d{{1,5}}) ?[)\]]?{_SHARE}{_AND}{_F}{_EQ}(?P<f>\d{{1,5}})\b",
        r"\b(?:M ?[:/] ?F|male ?[:/] ?female)(?: ratio)?(?: was| of|,)?[ =:]{1,3}(?P<m>\d{1,4}) ?[:/] ?(?P<f>\d{1,4})",
        r"\b(?:F ?[:/] ?M|female ?[:/] ?male)(?: ratio)?(?: was| of|,)?[ =:]{1,3}(?P<f>\d{1,4}) ?[:/] ?(?P<m>\d{1,4})",
    )
)
# "99% of the women recovered" says of whom a share is told, not how many of them were women.
_WERE = (
    r" ?(?:(?:of (?:them|the \w+|\w+) )?(?:were|was|are|being) |of (?:the |our |all )?"
    rf"(?:{PEOPLE}|samples?|cases|groups?|cohorts?|total|respondents|whom|them) (?:were |was )?)?"
)
# One sex as a percentage, or counted with one: "79% female", "22 (73%) female", "women (85%)".
PERCENT = re.compile(
    rf"(?:\b(?:\d{{1,5}}|most|all|{_COUNTED}) ?[(\[])?(?<![\d.])(?P<before>\d{{1,3}}(?:\.\d+)?) ?%[)\]]?,?{_WERE}"
    rf"(?:(?P<f1>{_F})|(?P<m1>{_M}))"
    # "Men and women (51% vs 49%)" gives two shares, and whose is the first is not said by its place
    r"|(?<!men and )(?<!males and )(?<!boys and )(?<!girls and )"
    rf"\b(?:(?P<f2>{_F})|(?P<m2>{_M}))(?: ?[:=(\[] ?|(?= \d+ ?[(\[]) |, (?=\d+ ?[(\[]))(?:\d{{1,5}},? ?[(\[]?)?"
    r"(?<![\d.])(?P<behind>\d{1,3}(?:\.\d+)?) ?%[)\]]?",
    re.IGNORECASE,
)
ALL = re.compile(
    rf"\b(?:all|only|exclusively)(?: of)?(?: (?:the|were|was|them|participants|patients|subjects|infants)){{0,4}} "
    rf"(?:(?P<f>{_F})|(?P<m>{_M}))"
    rf"|\b(?:both sexes|either sex|both genders|(?:men and women|women and men|boys and girls|girls and boys))\b",
    re.IGNORECASE,
)
# "Five of 6 patients were female", "20 were women" (of the sample).
PART = re.compile(
    rf"\b(?P<part>{_N})(?: of (?:the )?(?P<whole>{_N}))?{_PEOPLE} (?:were|was) (?:(?P<f>{_F})|(?P<m>{_M}))",
    re.IGNORECASE,
)
FEMALE = re.compile(
    rf"\b(?:wom[ae]n|girls?|pregnant|parturients?|primigravid\w{{1,2}}|primipar\w{{1,3}}|(?<=old )females?|females"
    rf"|females?(?= (?:[\w-]+ ){{0,2}}{PEOPLE}\b))\b",
    re.IGNORECASE,
)
MALE = re.compile(rf"\b(?:m[ae]n|boys?|(?<=old )males?|males|males?(?= (?:[\w-]+ ){{0,2}}{PEOPLE}\b))\b", re.IGNORECASE)
RATIO = re.compile(r"\b[MF] ?[:/] ?[MF]\b")
ANY_FEMALE = re.compile(r"\b(?:wom[ae]n|females?|girls?|pregnant)\b", re.IGNORECASE)
ANY_MALE = re.compile(rf"\b{_M}", re.IGNORECASE)
CUE = re.compile(rf"\b(?:{_F}|{_M}|sex(?:es)?\b|genders\b|M ?[:/] ?F\b|F ?[:/] ?M\b)", re.IGNORECASE)
