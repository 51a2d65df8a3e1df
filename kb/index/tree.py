"""What an engine is asked: a small query tree of our own, and what it answers.

Engines compile the tree; none ever sees a person's text, so no engine's own query language can be
reached from outside, and every engine answers the same questions.
"""

from __future__ import annotations

from typing import Literal

import msgspec


class Word(msgspec.Struct, frozen=True):
    """Documents in which a word of this stem occurs in any text field, weighed by the field's boost."""

    stem: str


class Phrase(msgspec.Struct, frozen=True):
    """Documents in which words of these stems stand one after the other in one text field."""

    stems: tuple[str, ...]


class Has(msgspec.Struct, frozen=True):
    """Documents that carry `value` in a facet."""

    facet: str
    value: str


class Named(msgspec.Struct, frozen=True):
    """The document with this identifier (`pmid:12345`, `doi:10.1/x`)."""

    identifier: str


class And(msgspec.Struct, frozen=True):
    """Documents that match all of `parts`; an empty one matches all."""

    parts: tuple[Node, ...]


class Or(msgspec.Struct, frozen=True):
    """Documents that match any of `parts`; an empty one matches none."""

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


Node = Word | Phrase | Has | Named | And | Or | Maybe | Not | Boost | All
Order = Literal["relevance", "newest", "oldest", "largest"]


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """A search: the tree, the facet values chosen (alternatives within a facet, all facets hold), the page."""

    tree: Node
    chosen: tuple[tuple[str, tuple[str, ...]], ...] = ()
    order: Order = "relevance"
    offset: int = 0
    limit: int = 20


class Found(msgspec.Struct, frozen=True):
    """The answer: how many in all, the page's ids in order, and for each facet its values with their counts.

    A facet's counts are taken without that facet's own choice, so that each count says what choosing the
    value would add.
    """

    total: int
    ids: tuple[str, ...]
    counts: tuple[tuple[str, tuple[tuple[str, int], ...]], ...]
