"""Which sentences speak of the study itself, and which of the studies of others.

A background cites trials and reviews, a conclusion calls for more of them: their words are not this study's unless
the sentence says "we" or "this trial".
"""

from __future__ import annotations

from ingest.extractors.design_cues import any_of
from ingest.extractors.sentences import Sentence
from ingest.extractors.stems import may_match

_OTHERS_STUDIES = any_of(
    r"\b(?:previous|prior|earlier|recent|future|further|more|additional|several|many|few|larger?"
    r"|other|published|well-designed)"
    r" (?:\w+[ ,-]+){0,6}(?:trials?|studies|reviews?|research)\b",
    r"\b(?:trials?|studies|research) (?:are|is) (?:needed|warranted|required)",
)
_OWN = any_of(
    r"\bwe\b",
    r"\bcase report is\b",
    r"\bthis (?:[\w-]+ ){0,3}(?:study|trial|review|paper|article|report)\b",
    r"\b(?:present|our) (?:\w+ )?study\b",
)
# A background that ran into the methods, where nothing labels them.
_DONE = any_of(
    r"\b(?:study|trial|design) was (?:performed|conducted|carried out|undertaken)\b",
    r"\bis an? (?:[\w-]{1,20},? ){0,5}(?:trial|study)\b",
)


def speaks_of_itself(text: str, sentence: Sentence) -> bool:
    """Whether the sentence is about the study of this abstract."""
    elsewhere = sentence.section in ("background", "conclusions")
    if elsewhere and not _OWN.search(text, sentence.start, sentence.end):
        done = sentence.section == "background" and _DONE.search(text, sentence.start, sentence.end)
        if not done:
            return False
    lowered = text[sentence.start : sentence.end].lower()
    return not may_match(_OTHERS_STUDIES, lowered) or not _OTHERS_STUDIES.search(text, sentence.start, sentence.end)
