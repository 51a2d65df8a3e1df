"""Who was blinded, as written: "single-blind", "assessors were masked to allocation", "open-label".

The first statement of the study's own counts. "Blind" is also a condition ("blind children"): of people it counts
only where it says to what.
"""

from __future__ import annotations

from ingest.extractors.design_cues import any_of
from ingest.extractors.own import speaks_of_itself
from ingest.extractors.reading import Reading
from ingest.extractors.stems import search
from kb.extraction import Finding

_STAFF = (
    r"(?:assessor|observer|investigator|evaluator|rater|examiner|therapist|researcher|clinician|physician|statistician"
    r"|analyst|practitioner|interviewer|physiotherapist|nurse|tester|operator|radiologist|data collector|assessment"
    r"|evaluation|outcome|staff|personnel)"
)
_PEOPLE = r"(?:participant|patient|subject|volunteer|parent|wom[ae]n|mother|child(?:ren)?)"
_WHO = rf"(?:{_STAFF}|{_PEOPLE})"
_LIST = rf"{_WHO}s?(?:,? (?:and |or |nor )?(?:the |all |[\w-]{{1,15}} ){{0,2}}{_WHO}s?){{0,4}}"
_ORDER = r"(?:allocations?|assignments?|groups?|treatments?|interventions?|conditions?|status|randomi[sz]ation)"
_TO = rf"(?: (?:to|of|from|as to|regarding) (?:[\w-]{{1,15}} ){{0,4}}?{_ORDER}(?: {_ORDER}){{0,2}})"
_BLINDED = r"(?:blinded|masked)"
_BLINDING = any_of(
    rf"\b(?:{_WHO}s?-?(?:, | and |-and-|/|, and )){{0,3}}(?:single|double|triple|quadruple|partially|{_WHO})[- ]?"
    r"(?:blind(?:ed|ing)?|masked)\b",
    rf"\b{_LIST} (?:was|were|are|is|remained|will be|being|be|both) (?:[\w-]{{1,15}} ){{0,2}}?"
    rf"(?:{_BLINDED}{_TO}?|(?:blind|unaware|na[iï]ve){_TO})\b",
    rf"\b{_LIST},? (?:who (?:was|were|is|are) )?(?:{_BLINDED}|blind|unaware){_TO}",
    rf"\b[\w-]{{3,20}},? (?:(?:who )?(?:was|were|is|are) )?(?:[\w-]{{1,15}} )?(?:{_BLINDED}|blind){_TO}",
    rf"\b{_BLINDED} (?:[\w-]{{1,15}} ){{0,2}}?{_WHO}s?(?: {_STAFF}s?)?\b|\bblind (?:[\w-]{{1,15}} )?{_STAFF}s?\b",
    r"\bblind(?:ed)?,? (?:[\w-]{1,15},? ){0,2}?(?:trial|fashion|manner|design|protocol|study)\b",
    rf"\b{_BLINDED} \((?:[\w-]{{1,15}} ){{0,3}}{_WHO}[^()]{{0,80}}\)",
    rf"\bblinding of (?:the )?{_LIST}\b",
    r"\b(?:open[- ]label(?:l?ed)?|unblinded|unmasked|non-?(?:blinded|masked)|not (?:blinded|masked)"
    r"|(?:no|without) (?:blinding|masking))\b"
    r"|\bblinding (?:[\w-]{1,15} ){0,4}?(?:was|is) (?:not (?:\w{1,10} )?|im)possible\b",
)
# What any statement of it holds: most sentences have none of it, and are read no further.
_STEM = any_of(r"blind|mask|open[- ]label|unaware|na[iï]ve")


def blinding(reading: Reading) -> Finding[str] | None:
    """The first statement of it, in the abstract or else the title."""
    for sentence in reading.sentences:
        if not search(_STEM, reading.abstract, sentence.start, sentence.end):
            continue
        match = _BLINDING.search(reading.abstract, sentence.start, sentence.end)
        if match and speaks_of_itself(reading.abstract, sentence):
            return Finding(match.group(), *match.span(), rule="blinding:said")
    match = _BLINDING.search(reading.title)
    return Finding(match.group(), *match.span(), rule="blinding:title", place="title") if match else None
