"""Whose news a comparison is: that of the group that had the treatment, of the other, or nobody knows.

"Lower in usual care than with massage" is no good news of massage, whatever became lower; and of "lower in group A"
nobody knows whose news it is. So a result counts for a treatment only where the group it is told of is known to have
had it, by its arm, by how it is called, or by what it names.
"""

from __future__ import annotations

from typing import Literal

from kb.extraction import Method, Outcome
from kb.vocabulary import Vocabulary

_OF_GROUPS = frozenset(
    "the a an group groups arm arms given received therapy treatment alone patients participants".split()
)
# How the name of a group begins, or ends, that is a control's, or the treated one's, whatever else is said of it.
_CONTROL = frozenset("control controls comparison placebo sham dummy untreated no without".split())
_CONTROL_END = frozenset("control controls comparator comparators comparison".split())
TREATED = frozenset("experimental intervention treatment treated active study".split())

# "other": of the group compared with; "apart": of what is no hands-on treatment; "unknown": nobody can say.
Role = Literal["intervention", "comparator"]
News = Literal["treated", "other", "apart", "unknown"]


def credited(outcome: Outcome, method: Method, vocabulary: Vocabulary) -> bool:
    """Whether the treated group is known to be the subject of a comparison."""
    return news(outcome, method, vocabulary) == "treated"


def news(outcome: Outcome, method: Method, vocabulary: Vocabulary) -> News:
    """Whose news a comparison is.

    Where no group is named, it is told of the treated one that it did so against a comparator.
    """
    arm, versus = outcome.arm or "", outcome.versus or ""
    told_of, against = _side(arm, method, vocabulary), _side(versus, method, vocabulary)
    if told_of == "comparator":
        return "apart" if _named(arm, vocabulary) == "comparator" and not _role(arm, method) else "other"
    if against == "intervention":
        return "unknown"
    unnamed = not arm and outcome.comparator is not None
    return "treated" if told_of == "intervention" or against == "comparator" or unnamed else "unknown"


def _side(name: str, method: Method, vocabulary: Vocabulary) -> Role | None:
    """Which side of a comparison a group of this name is on: by the arms, by how it is called, by what it names."""
    role = _role(name, method)
    words = called(name).split()
    if role or not words:
        return role
    first, last = words[0], words[-1]
    if first in _CONTROL or last in _CONTROL_END:
        return "comparator"
    return "intervention" if first in TREATED else _named(name, vocabulary)


def _role(name: str, method: Method) -> Role | None:
    """The side of the arm of this name."""
    sides = {called(each.value.name): each.value.role for each in method.arms if each.state != "disputed"}
    return sides.get(called(name))


def _named(name: str, vocabulary: Vocabulary) -> Role | None:
    """The side of what a name names: of "massage and exercise" nobody can say."""
    kinds = {mention.kind for mention in vocabulary.mentions(name)} & {"comparator", "technique"}
    if len(kinds) != 1:
        return None
    return "comparator" if "comparator" in kinds else "intervention"


def called(name: str) -> str:
    """What a group is called, without the word for a group unless that is all: "the control group" is "control"."""
    words = name.casefold().replace("-", " ").split()
    return " ".join([word for word in words if word not in _OF_GROUPS] or words)
