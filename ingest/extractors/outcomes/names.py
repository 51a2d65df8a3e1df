"""The name of an outcome: which words it may hold, and where it begins and ends.

There is no grammar here, only small words: a name ends at a preposition (except "of" and the like), at a
verb, at a group of the study. A phrase the vocabulary knows is taken as a name; an unknown one is kept as
written only if it could be a measure and no person, time or bare word ("scores").
"""

from __future__ import annotations

from typing import NamedTuple

from ingest.extractors.outcomes.phrases import Clause
from ingest.extractors.outcomes.words import (
    ACTIVITY,
    AUXILIARY,
    BARE,
    CUES,
    ENDING,
    LEADING,
    MODAL,
    NEGATION,
    NEVER_NAMED,
    NO_MEASURE,
    NOT_LAST,
    PERSON,
    PREPOSITION,
    REPORTING,
    SUBORDINATE,
    adverb,
)

_LONGEST = 11
_INSIDE = {("visits", "to"), ("return", "to"), ("time", "to"), ("impact", "on"), ("amount", "for"), ("need", "for")}
_INSIDE |= {(score, small) for score in ("score", "scores", "ratings") for small in ("for", "on")}
_JOINTS = frozenset("% - – / & +".split())
_TRAILING = frozenset("for on of over also too both all respectively even a the due".split())
_COUNTS = frozenset("number proportion percentage rate rates incidence".split())
# "Swelling" is measured, "concentrating" is no measure.
_MEASURED_DOING = frozenset(
    "functioning well-being wellbeing bruising swelling walking coping bleeding vomiting itching sleeping suffering "
    "smoking drinking crying breathing feeding scarring wheezing snoring".split()
)
_ENDS = MODAL | NEGATION | AUXILIARY | REPORTING | SUBORDINATE | ENDING


class Name(NamedTuple):
    """Positions in a clause of the words of a name, in reading order."""

    words: tuple[int, ...]


def ends_phrase(clause: Clause, i: int) -> bool:
    """Whether no name can go on over the word at `i`."""
    word, following = clause.word(i), clause.word(i + 1)
    if i in clause.groups or not word:
        return True
    if word in PREPOSITION:
        return (clause.word(i - 1), word) not in _INSIDE and following not in ACTIVITY
    if i in clause.known:
        return False
    if word in _ENDS or (word == "of" and following[:1].isdigit()):
        return True
    if word in CUES and following != "of":
        return CUES[word][0].part != "noun" or word.startswith("difference")
    return not (word[0].isalnum() or word in _JOINTS)


def has_head(clause: Clause, words: list[int]) -> bool:
    """Whether `words` hold more than articles and adjectives of degree."""
    return any(k in clause.known or not _leads(clause.word(k)) for k in words)


def name_of(clause: Clause, words: list[int]) -> Name | None:
    """The words without leading articles and trailing fill, or None where they name no measure."""
    words = _trimmed(clause, words)
    if not words or len(words) > _LONGEST:
        return None
    texts = [clause.word(k) for k in words]
    if texts[0].startswith(("baseline", "pretreatment", "pre-treatment")):
        return None
    if not clause.known.isdisjoint(words) and texts[-1] not in PERSON:
        return Name(tuple(words))
    counted = texts[0] in _COUNTS and len(texts) > 3  # "number of patients with relapse"
    of_people = not (counted or NEVER_NAMED.isdisjoint(texts)) or (len(texts) == 1 and texts[0].endswith("ed"))
    doing = len(texts) == 1 and texts[0].endswith("ing") and texts[0] not in _MEASURED_DOING
    none = doing or of_people or texts[0] in NO_MEASURE or texts[-1] in NOT_LAST
    return None if none or all(_bare(text) for text in texts) else Name(tuple(words))


def _trimmed(clause: Clause, words: list[int]) -> list[int]:
    first, last = 0, len(words)
    while first < last and words[first] not in clause.known and _leads(clause.word(words[first])):
        if clause.word(words[first]).isdigit() and clause.word(words[first] + 2) == "walk":  # "6 min walk test"
            break
        first += 1
    while first < last and words[last - 1] not in clause.known and _trails(clause, words[last - 1]):
        last -= 1
    return words[first:last]


def _leads(word: str) -> bool:
    return word in LEADING or adverb(word) or not word[0].isalnum() or not word.strip("0123456789.,·")


def _trails(clause: Clause, k: int) -> bool:
    word = clause.word(k)
    if clause.word(k + 1) == "%" and word[0].isdigit():
        return True
    return word in _TRAILING or adverb(word) or not word[-1].isalnum()


def _bare(word: str) -> bool:
    return word in BARE or word in LEADING or word in CUES or adverb(word) or not word.strip("0123456789.,·")
