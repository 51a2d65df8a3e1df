"""What an engine is asked: a small query tree of our own, and what it answers.

Engines compile the tree; none ever sees a person's text, so no engine's own query language can be
reached from outside, and every engine answers the same questions. A node says which documents match;
`Word`, `Phrase` and `Concept` also give them a score (`kb.index.ranking` says which), all others none.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from kb.votes import Verdicts

TextField = Literal["text", "title", "author", "container"]
Column = Literal["year", "n"]


class Word(msgspec.Struct, frozen=True):
    """Documents in which a word of this stem occurs in `field`; `text` is all that can be read of a document.

    A word of `text` scores more where the title has it too.
    """

    stem: str
    field: TextField = "text"


class Phrase(msgspec.Struct, frozen=True):
    """Documents in which words of these stems stand one after the other in `field`; scores as one word would."""

    stems: tuple[str, ...]
    field: TextField = "text"


class Prefix(msgspec.Struct, frozen=True):
    """Documents with a word whose stem begins so, of the `ranking.EXPANSIONS` commonest such stems."""

    start: str
    field: TextField = "text"


class Concept(msgspec.Struct, frozen=True):
    """Documents whose title, abstract or summary names the concept, or a kind of it, under any of its names.

    By sense, not by word: "cardiac massage" names no technique. All its names count as one word.
    """

    id: str


class Has(msgspec.Struct, frozen=True):
    """Documents that carry `value` in a facet."""

    facet: str
    value: str


class Named(msgspec.Struct, frozen=True):
    """The document with this identifier (`pmid:12345`, `doi:10.1/x`)."""

    identifier: str


class Among(msgspec.Struct, frozen=True):
    """The documents of these ids."""

    ids: tuple[str, ...]


class Range(msgspec.Struct, frozen=True):
    """Documents whose number in `column` is stated and lies from `low` to `high`, both included; None is open."""

    column: Column
    low: int | None = None
    high: int | None = None


class And(msgspec.Struct, frozen=True):
    """Documents that match all of `parts`; an empty one matches all."""

    parts: tuple[Node, ...]


class Or(msgspec.Struct, frozen=True):
    """Documents that match any of `parts`; an empty one matches none."""

    parts: tuple[Node, ...]


class Best(msgspec.Struct, frozen=True):
    """Documents that match any of `parts`; the best of their scores counts, and not the sum."""

    parts: tuple[Node, ...]


class Maybe(msgspec.Struct, frozen=True):
    """Documents that match `required`; those that match `optional` too stand higher."""

    required: Node
    optional: Node


class Not(msgspec.Struct, frozen=True):
    """Documents that do not match `part`."""

    part: Node


class Boost(msgspec.Struct, frozen=True):
    """`part`, its score multiplied by `weight`."""

    part: Node
    weight: float


class All(msgspec.Struct, frozen=True):
    """Every document."""


Node = Word | Phrase | Prefix | Concept | Has | Named | Among | Range | And | Or | Best | Maybe | Not | Boost | All
Order = Literal["relevance", "level", "newest", "oldest", "largest"]


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """A search: the tree, the facet values chosen (alternatives within a facet, all facets hold), the page.

    `after`: the page begins after the document of this id, wherever it stands
    now, or is empty where it does not stand at all. `counted`: facets and tally are wanted, and not the page alone.
    """

    tree: Node
    chosen: tuple[tuple[str, tuple[str, ...]], ...] = ()
    order: Order = "relevance"
    offset: int = 0
    limit: int = 20
    after: str | None = None
    counted: bool = True


class Found(msgspec.Struct, frozen=True):
    """The answer: how many in all, the page's ids in order, and for each facet its values with their counts.

    `scores` stand beside the ids of an answer by relevance, raised by the evidence (see `kb.index.ranking`).

    A facet's counts are taken without that facet's own choice, so that each count says what choosing the
    value would add. `tally` is over all that was found, and not over the page.
    """

    total: int
    ids: tuple[str, ...]
    scores: tuple[float, ...] = ()
    counts: tuple[tuple[str, tuple[tuple[str, int], ...]], ...] = ()
    tally: tuple[Verdicts, ...] = ()
