"""Where a study was done, as written: a hospital, a clinic, a nursing home, at home.

A setting has a label of its own in many abstracts. Elsewhere a place is the setting only where a verb puts this
study's people or work there ("recruited from a pain clinic", "was conducted at"): hospitals also lend their names to
questionnaires, stays and committees. Own list of places and verbs.
"""

from __future__ import annotations

import re

from ingest.extractors.reading import Reading
from ingest.extractors.sentences import Sentence
from ingest.extractors.stems import search
from kb.extraction import Finding

_LABEL = re.compile(
    r"(?:^|[.;:\n]\s{0,3})(?:design(?: and| &|/|,) ?)?settings?"
    r"(?: and|/| &|,| ?\(s\)| ?participants| locations?| subjects){0,3}[.:]\s*$",
    re.IGNORECASE,
)
_REACH = 80  # characters before a place in which its preposition is looked for
_LONGEST = 160  # characters; what is longer tells of more than a place
_PLACE = (
    r"(?:hospitals?\b(?! (?:stay|anxiety|costs?))|clinics?\b|(?:nursing|care|retirement) homes?\b|NICUs?\b|ICUs?\b"
    r"|universit(?:y|ies)\b(?! (?:hospital|clinic|pain|community|and|affiliated|medical|teaching))|colleges?\b"
    r"|(?:neonatal |surgical |medical )?intensive care units?\b"
    r"|primary (?:health ?)?care\b(?: (?:cent(?:er|re)s?|clinics?|units?|practices?)\b)?|general practices?\b"
    r"|outpatient (?:departments?|services?)\b|schools?\b|(?<!-)cent(?:er|re)s?\b(?! for epid)|hospices?\b"
    r"|(?:maternity|delivery|postnatal|surgical|hospital) wards?\b|residential facilit(?:y|ies)\b|workplaces?\b"
    r"|(?:departments?|institutes?) of [\w-]+(?: [\w-]+(?= and ))?(?: and (?!w(?:ere|as))[\w-]+)?"
    r"|long-term care facilit(?:y|ies)\b|homes?\b(?! visits?)(?=[ .,;)])"
    r"|communit(?:y|ies)\b(?![- ](?:based|samples?|hospitals?|health|care)))"
)
_NAME = r"(?:,? (?:of|at|in|and) (?:the )?[A-Z][\w'’-]+(?:,? (?:of |and |& )?[A-Z][\w'’-]+){0,6})?"
_INTO = r"(?i:(?<!discharge )(?<!discharged )\b(?:at|in|from|within|to|through|attending|attended|visiting|visited|by))"
_NOT_OF_IT = (
    r"(?i:and|or|by|with|for|to|from|in|of|at|between|was|were|after|the|this|who|which|ethic\w{0,2}|committee|length"
    r"|trials?|randomi[sz]ed|controlled|cluster|study|baseline|present|groups?|patients|women)\b"
)
_WORDS = rf"(?:(?!{_NOT_OF_IT})[\w'’&.-]+,? )"
_WHERE = re.compile(
    rf"{_INTO} (?i:(?:an?|the|one|two|three|four|five|six|our|their|\d+) )?"
    rf"(?P<place>{_WORDS}{{0,6}}?(?i:{_PLACE}){_NAME})"
)
# A sentence that is a place and no more, as a setting's label leaves it.
_ALONE = re.compile(rf"(?:An? |The )?{_WORDS}{{0,7}}?(?i:{_PLACE})")
_HOME = re.compile(r"\b(?P<place>home visits?|home-based)\b", re.IGNORECASE)
_DONE = re.compile(
    r"\b(?:conducted|performed|carried out|t(?:ook|akes?) place|recruit\w*|admitted|hospitali[sz]ed|enrol\w*|undertaken"
    r"|resid(?:ed|ing|ents?)|liv(?:ed|ing)|selected|held|referred|seen|treated|attend\w*|visit\w*|patients|participants"
    r"|infants|neonates|newborns|chosen|included|delivered|done|implemented|applied|administered)\b",
    re.IGNORECASE,
)
# One of these makes a sentence tell of more than a place.
_VERB = re.compile(
    r"\b(?:was|were|is|are|has|have|had|will|may|can|could|should|did|we"
    r"|showed|\w+ed|\w+ing|trial|study|participants|patients)\b",
    re.IGNORECASE,
)
_CUE = re.compile(
    r"hospital|clinics?\b|home|universit|college|ICUs?\b|intensive care|primary|general practice|outpatient|school"
    r"|cent(?:er|re)|hospice|ward|department|facilit|institute|workplace|communit",
    re.IGNORECASE,
)


def setting(reading: Reading) -> Finding[str] | None:
    """What stands under a label of its own, else the first place where this study's work was done."""
    for sentence in reading.sentences:
        if search(_LABEL, reading.abstract, max(0, sentence.start - 45), sentence.start):
            return _labelled(reading.abstract, sentence)
    return next((found for each in reading.sentences if (found := _told(reading.abstract, each))), None)


def _labelled(text: str, sentence: Sentence) -> Finding[str] | None:
    end = sentence.end - (text[sentence.end - 1] == ".")
    if end - sentence.start > _LONGEST or ":" in text[sentence.start : end]:
        return None
    return Finding(text[sentence.start : end], sentence.start, end, rule="method:setting_label")


def _told(text: str, sentence: Sentence) -> Finding[str] | None:
    start, end = sentence.start, sentence.end
    cue = search(_CUE, text, start, end) if sentence.section in ("objective", "methods", None) else None
    if cue is None:
        return None
    if _ALONE.match(text, start, end) and end - start <= _LONGEST and not _VERB.search(text, start, end):
        last = start + len(text[start:end].rstrip(". "))
        return Finding(text[start:last], start, last, rule="method:setting_alone")
    near = max(start, cue.start() - _REACH)
    done = _DONE.search(text, start, end)
    match = (_WHERE.search(text, near, end) or _HOME.search(text, near, end)) if done else None
    return Finding(match["place"], *match.span("place"), rule="method:setting") if match else None
