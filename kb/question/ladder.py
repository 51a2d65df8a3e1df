"""The trees that answer a question, from all that was asked to some of it.

Publications with all of it, those with all its concepts, and those with any of it or near it: what is done with each
is said in `kb.search.asking`. Field words, exclusions and what stands in quotation marks are never loosened. Hints, and
words that stand side by side in a document as they do in the question, only raise; so do all words of a question that
its concepts settle (`Reading.settled`), for it is answered without them.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from kb.index import ranking
from kb.index.tree import All, And, Boost, Maybe, Node, Or, Phrase
from kb.question.parts import Part, Reading

Name = Literal["all", "concepts", "any", "related"]


class Rung(msgspec.Struct, frozen=True):
    """A tree, and how much of the question its documents answer. `spared` are the parts it does not require."""

    name: Name
    tree: Node
    spared: tuple[Part, ...] = ()


def rungs(reading: Reading, related: Node | None = None) -> tuple[Rung, ...]:
    """The rungs of a question, the strictest first; each matches all that the one before it matches.

    `related` is what may be meant though nothing of the question says it; the last rung has it too.
    """
    filters = tuple(each.strict for each in reading.parts if each.kind == "filter")
    wanted = asked(reading)
    concepts = tuple(each for each in wanted if each.kind in ("concept", "quoted"))
    others = tuple(each for each in wanted if each.kind not in ("concept", "quoted"))
    ranked = tuple(each for each in others if each.kind == "word" and reading.settled)
    hints = tuple(each.wide for each in reading.parts if each.kind == "hint" and each not in wanted)
    raising = (*hints, *(Boost(Phrase(each), ranking.PAIR) for each in reading.pairs))

    def rung(name: Name, nodes: tuple[Node, ...], spared: tuple[Part, ...] = ()) -> Rung:
        required = (Maybe(_and(nodes), Or(tuple(each.wide for each in spared))),) if spared else nodes
        tree = _and((*filters, *required))
        return Rung(name, Maybe(tree, Or(raising)) if raising and nodes else tree, spared)

    found = [rung("all", tuple(each.strict for each in wanted if each not in ranked), ranked)]
    loosened = len(others) > len(ranked) and (reading.settled or len(concepts) >= len(others))
    if reading.plain and loosened:
        found.append(rung("concepts", tuple(each.strict for each in concepts), others))
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
