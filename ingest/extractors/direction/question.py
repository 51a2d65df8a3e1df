"""What is asked: an outcome, an intervention and a comparator, as the stems by which a sentence names them.

A question words things otherwise than the abstract: in another number or spelling, long for short. Stems are
crude on purpose (six letters), and initials stand for their words. What both arms share ("aspirin plus ..."
against "aspirin") names neither.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

_TOKEN = re.compile(r"\d+(?:[.,·]\d+)*(?![^\W\d_])|[^\W_]+|[^\w\s]")
_LETTERED = re.compile(r"\b(group|arm|protocol|cohort)\s+([a-e]|\d|i{1,3}|iv)\b", re.IGNORECASE)
_STOP = frozenset(
    """
    a an the of in on at to for from by with without and or as is was were be been than vs versus per over under both
    all each any this that these those their its it his her not no who which when while during after before between
    among within against into up out only plus group groups arm arms treatment treatments therapy
    therapies patients patient participants subjects people mg g kg ml l mcg mm cm day days daily week weeks weekly
    month months year years hour hours h min minutes once twice time times using use used receive received receiving
    given followed follow dose doses study trial compared comparison mean median total overall number rate rates
    percentage percent proportion level levels change changes score scores value values incidence measured assessed
    based including other more less effect effects
    """.split()
)
# Names that go with many outcomes; they stand for the outcome where nothing better does.
_SYNONYMS = (
    "mortality death deaths died fatal survival",
    "haemorrhage bleeding bleed",
    "adherence compliance",
    "adverse side harms toxicity safety tolerability tolerated",
    "hospitalisation hospital hospitalization stay admission",
    "pain analgesia analgesic painful",
    "weight bmi",
    "satisfaction satisfied",
    "tumour cancer",
    "heart cardiac",
    "kidney renal",
    "nausea vomiting ponv",
    "fall falls faller",
    "infection infections sepsis",
)
_FOLD = (("ae", "e"), ("oe", "e"), ("our", "or"), ("ph", "f"), ("is", "iz"), ("y", "i"))


def lettered(text: str) -> str:
    """`text` with "group B" as one word, so that its letter names it; every offset holds."""
    return _LETTERED.sub(lambda found: found[0].replace(" ", "_") if " " in found[0] else found[0], text)


def tokens(text: str) -> list[re.Match[str]]:
    """Words, numbers and marks, in order."""
    return list(_WORD_OR_GROUP.finditer(text))


_WORD_OR_GROUP = re.compile(rf"(?:group|arm|protocol|cohort)_[a-z\d]{{1,3}}|{_TOKEN.pattern}", re.IGNORECASE)


@cache
def stem(word: str) -> str:
    """What the forms and spellings of a word share: "haemorrhages" and "hemorrhage" give "hemorr"."""
    kept = word.lower()
    if "_" in kept:
        return kept
    if len(kept) > 3 and kept.endswith("s") and not kept.endswith("ss"):
        kept = kept[:-1]
    if len(kept) > 4:
        for spelt, folded in _FOLD:
            kept = kept.replace(spelt, folded)
    return kept[:6] if len(kept) > 6 else kept


_SMALL = frozenset("a an the of in on at to for from by with and or as is was were between".split())
_STOP_STEMS = frozenset(stem(each) for each in _STOP)
_CLASSES = tuple(frozenset(stem(word) for word in row.split()) for row in _SYNONYMS)


class Term(NamedTuple):
    """A name as written, in the ways that it is compared.

    `stems` are those of its words that tell it from others, in their order, and `full` those of nearly all its
    words; `wider` are stems of other words that mean nearly the same.
    """

    text: str
    stems: tuple[str, ...]
    full: tuple[str, ...]
    wider: frozenset[str]
    initials: str

    def names(self, word: str) -> bool:
        """Whether a written `word` is one of its own, or its initials ("FC" for "functional capacity")."""
        return stem(word) in self.stems or self.shortened(word)

    def shortened(self, word: str) -> bool:
        """Whether `word` is written as an abbreviation of it."""
        kept = word.rstrip("s")
        if len(kept) < 2 or not kept.isupper():
            return False
        return kept.lower() == self.initials if len(kept) == 2 else kept.lower() in self.initials


class Question(NamedTuple):
    """The three names that are asked for, each without what the others say too."""

    outcome: Term
    intervention: Term
    comparator: Term


def question(outcome: str, intervention: str, comparator: str) -> Question:
    """The question as stems. An outcome keeps its own words though an arm has them where it has no others."""
    treated, compared = _words(intervention), _words(comparator)
    measured = _words(outcome)
    arms = set(treated) | set(compared)
    return Question(
        _term([each for each in measured if each not in arms] or measured, outcome),
        _term(_without(treated, compared, intervention, comparator), intervention),
        _term(_without(compared, treated, comparator, intervention), comparator),
    )


def _words(text: str) -> list[str]:
    stems = [stem(each.group()) for each in tokens(lettered(text)) if each.group()[0].isalpha()]
    named = [each for each in stems if each not in _STOP_STEMS and len(each) > 1]
    return list(dict.fromkeys(named or [each for each in stems if len(each) > 1]))


def _without(own: list[str], other: list[str], text: str, other_text: str) -> list[str]:
    """Its own words that the other has not; all of them where the other only adds; numbers where neither does."""
    kept = [each for each in own if each not in other]
    if kept or set(own) != set(other):
        return kept or own
    figures = {each.group() for each in tokens(other_text) if each.group()[0].isdigit()}
    return [each.group() for each in tokens(text) if each.group()[0].isdigit() and each.group() not in figures]


def _term(stems: list[str], text: str) -> Term:
    wider = frozenset().union(*(each for each in _CLASSES if each.intersection(stems)))
    initials = "".join(each.group()[0].lower() for each in tokens(text) if each.group()[0].isalpha())
    full = [stem(each.group()) for each in tokens(text) if each.group()[0].isalnum()]
    return Term(
        text,
        tuple(stems),
        tuple(each for each in dict.fromkeys(full) if each not in _SMALL),
        wider.difference(stems),
        initials,
    )
