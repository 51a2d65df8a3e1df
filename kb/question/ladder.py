"""The trees that answer a question, from all that was asked to some of it.

Publications with all of it, those with all its concepts, and those with any of it or near it: what is done with each
is said in `kb.search.asking`. Field words and exclusions are never loosened. Hints, and words that stand side by side
in a document as they do in the question, only raise.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from kb.index import ranking
from kb.index.tree import All, And, Boost, Maybe, Node, Or, Phrase
from kb.question.parts import Part, Reading

Name = Literal["all", "concepts", "any", "related"]


class Rung(msgspec.Struct, frozen=True):
    """A tree, and how much of the question its documents answer. `spared` are the words it does not require."""

    name: Name
    tree: Node
    spared: tuple[Part, ...] = ()


def rungs(reading: Reading, related: Node | None = None) -> tuple[Rung, ...]:
    """The rungs of a question, the strictest first; each matches all that the one before it matches.

    `related` is what may be meant though nothing of the question says it; the last rung has it too.
    """
    filters = tuple(each.strict for each in reading.parts if each.kind == "filter")
    wanted = asked(reading)
    concepts = tuple(each for each in wanted if each.kind == "concept")
    others = tuple(each for each in wanted if each.kind != "concept")
    hints = tuple(each.wide for each in reading.parts if each.kind == "hint" and each not in wanted)
    raising = (*hints, *(Boost(Phrase(each), ranking.PAIR) for each in reading.pairs))

    def rung(name: Name, nodes: tuple[Node, ...]) -> Rung:
        tree = _and((*filters, *nodes))
        return Rung(name, Maybe(tree, Or(raising)) if raising and nodes else tree)

    found = [rung("all", tuple(each.strict for each in wanted))]
    if reading.plain and len(concepts) >= len(others) > 0:
        optional = Or(tuple(each.wide for each in others))
        some = rung("concepts", (Maybe(_and(tuple(each.strict for each in concepts)), optional),))
        found.append(msgspec.structs.replace(some, spared=others))
    wide = tuple(each.wide for each in wanted)
    if related is not None and wanted:
        found.append(rung("related", (Or((*wide, related)),)))
    elif len(wanted) > 1:
        found.append(rung("any", (Or(wide),)))
    return tuple(found)


def asked(reading: Reading) -> tuple[Part, ...]:
    """What must be found: all but filters and hints, or the hints where there is nothing else."""
    asked = tuple(each for each in reading.parts if each.kind not in ("filter", "hint"))
    return asked or tuple(each for each in reading.parts if each.kind == "hint")


def _and(parts: tuple[Node, ...]) -> Node:
    return parts[0] if len(parts) == 1 else And(parts) if parts else All()
