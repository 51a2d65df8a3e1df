"""Where the names of a claim stand: before its verb, or behind "in", "of" and "for"."""

from __future__ import annotations

from typing import NamedTuple

from ingest.extractors.outcomes.lists import names_before, names_behind
from ingest.extractors.outcomes.names import Name
from ingest.extractors.outcomes.phrases import Clause
from ingest.extractors.outcomes.words import (
    AUXILIARY,
    BE,
    CONJUNCTION,
    FOUND_TO,
    LEADING,
    NEGATION,
    OBJECT_OF,
    PASSED,
    PREPOSITION,
    REPORTING,
    SEEN,
    TIME,
    Cue,
    Sense,
    adverb,
)

_REACH = 16
_OF_A_GROUP = (
    "benefit",
    "benefits",
    "effect",
    "effects",
    "influence",
    "impact",
)  # "no benefit of soy" names no measure
_WITH_TO = ("relation", "respect", "regard", "related", "relating")
_WITHIN_VERB = ("to", "no", "longer", "more", "much", "less", "also", "even")


class Claim(NamedTuple):
    """`names` changed as `sense` says. `at` is the cue's position, `after` the first position not read.

    `names` is empty where the clause leaves them to what was said before ("no difference between the
    groups"). `compares` marks comparisons of change ("greater improvement in").
    """

    names: tuple[Name, ...]
    sense: Sense
    cue: Cue
    at: int
    after: int
    compares: bool = False

    @property
    def rule(self) -> str:
        """The rule that read it: its cue, or "no_" and its cue where the clause denies it."""
        denied = self.sense == "none" and self.cue.sense != "none"
        return f"no_{self.cue.word}" if denied else self.cue.word


class Lead(NamedTuple):
    """The verb phrase before a cue: where it begins, whether it is denied, whether it has a form of "be"."""

    begin: int
    denied: bool
    be: bool


def lead(clause: Clause, i: int) -> Lead:
    """The verb phrase that ends at `i`: "were not significantly" before "lower"."""
    begin, denied, be = i, False, False
    for k in range(i - 1, max(-1, i - 7), -1):
        word = clause.word(k)
        found_to = word in FOUND_TO and clause.word(k + 1) == "to"
        if not (word in NEGATION or word in AUXILIARY or word in _WITHIN_VERB or found_to or adverb(word)):
            break
        begin, denied, be = k, denied or word in NEGATION, be or word in BE
    return Lead(begin, denied, be)


def past_adverbs(clause: Clause, i: int) -> int:
    """The position after `i` and the adverbs that follow it."""
    i += 1
    while adverb(clause.word(i)) and i not in clause.known:
        i += 1
    return i


def subject(clause: Clause, floor: int, end: int) -> tuple[Name, ...]:
    """Names in the subject that stands in `[floor, end)`."""
    at = floor
    for k in range(floor, end):
        opens = clause.word(k) in ("that", "which", "there") and k + 1 < end
        if opens or (clause.word(k) in REPORTING and k not in clause.known):
            at = k + 1
    while at < end and (clause.word(at) in CONJUNCTION or clause.word(at) in (",", "neither", "no")):
        at += 1
    while _opens_aside(clause, at):  # "After the intervention, pain ...": past its comma
        comma = next((k for k in range(at, end) if clause.word(k) == ","), None)
        if comma is None:
            break
        at = comma + 1
    if clause.word(at) in PREPOSITION:  # "At all time points pain ...": no comma
        marks = [k for k in range(at, end) if _no_name(clause, k)]
        at = marks[-1] + 1 if marks else end
    return names_before(clause, at, end)


def _opens_aside(clause: Clause, at: int) -> bool:
    return clause.word(at) in PREPOSITION or adverb(clause.word(at)) or clause.word(at) == "when"


def _no_name(clause: Clause, k: int) -> bool:
    return clause.word(k) in TIME or clause.word(k)[0].isdigit() or k in clause.groups


def objects(clause: Clause, i: int) -> tuple[tuple[Name, ...], int]:
    """Names behind the noun at `i`, after "in", "of" and the like, and the position after them.

    What may stand between is passed over: "between the groups", "were found", "of 20 %".
    """
    k, compared = i + 1, False
    while k < min(len(clause.tokens), i + _REACH):
        word = clause.word(k)
        if _leads_to_object(clause, i, k):
            names, after = names_behind(clause, k + 1, len(clause.tokens))
            if names:
                return names, after
        else:
            compared = compared or word in ("between", "among") or (word == "of" and clause.word(i) in _OF_A_GROUP)
            if not (_passed(clause, k) or (compared and word[0].isalnum() and not word.endswith("ed"))):
                break
        k += 1
    return (), i + 1


def _leads_to_object(clause: Clause, i: int, k: int) -> bool:
    word = clause.word(k)
    if word == "of":
        return clause.word(i) not in _OF_A_GROUP
    return word in OBJECT_OF or (word == "to" and clause.word(k - 1) in _WITH_TO)


def _passed(clause: Clause, k: int) -> bool:
    word = clause.word(k)
    small = word in BE or word in SEEN or word in PREPOSITION or word in LEADING or word in PASSED or word in TIME
    return k in clause.groups or small or word[0].isdigit() or adverb(word)
