"""The trees that answer a question, from all that was asked to some of it.

What is asked in full is answered first. Where few publications have all of it, those that have its concepts, and
then those that have any of it, follow; a reader is told where the one ends and the other begins. Field words and
exclusions are never loosened.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from kb.index.tree import All, And, Maybe, Node, Or
from kb.question.reading import Part, Reading

Name = Literal["all", "concepts", "any"]


class Rung(msgspec.Struct, frozen=True):
    """A tree, and how much of the question its documents answer."""

    name: Name
    tree: Node


def rungs(reading: Reading) -> tuple[Rung, ...]:
    """The rungs of a question, the strictest first; each matches all that the one before it matches."""
    filters = tuple(each.strict for each in reading.parts if each.kind == "filter")
    asked = [each for each in reading.parts if each.kind != "filter"]
    concepts = tuple(each for each in asked if each.kind == "concept")
    others = tuple(each for each in asked if each.kind != "concept")
    found = [Rung("all", _and((*filters, *(each.strict for each in asked))))]
    if concepts and others:
        optional = Or(tuple(each.wide for each in others))
        found.append(Rung("concepts", _and((*filters, Maybe(And(_strict(concepts)), optional)))))
    if len(asked) > 1:
        found.append(Rung("any", _and((*filters, Or(tuple(each.wide for each in asked))))))
    return tuple(found)


def _strict(parts: tuple[Part, ...]) -> tuple[Node, ...]:
    return tuple(each.strict for each in parts)


def _and(parts: tuple[Node, ...]) -> Node:
    return parts[0] if len(parts) == 1 else And(parts) if parts else All()
