"""How a question was read, as links: each part of it with the question less that part.

Where nothing is found, the same links say how much each part took away, so that who asks sees which one emptied the
answer (product map F11).
"""

from __future__ import annotations

import msgspec
from flask import url_for

from kb.facets import heading, named
from kb.search import Query, Results
from kb.vocabulary import Vocabulary
from web.port import KnowledgeBase
from web.urls import address

TOPICS = ("condition", "technique", "outcome")  # kinds of concepts that have a page


class Link(msgspec.Struct, frozen=True):
    """A way on. `kind` says what it is about, `also` adds to its text, `topic` is the page of the concept it names."""

    text: str
    url: str
    kind: str = ""
    also: tuple[str, ...] = ()
    senses: tuple[str, ...] = ()
    excluded: bool = False
    topic: str | None = None
    current: bool = False


class Way(msgspec.Struct, frozen=True):
    """A part of the question that may be left out, and how many publications answer what is left."""

    link: Link
    chosen: bool
    count: int


def url_of(query: Query) -> str:
    """The address of a search."""
    return address(url_for("search.results"), query)


def changed(query: Query, *, page: int = 1, **changes: object) -> Query:
    """`query` with `changes`, from its first page unless said."""
    return msgspec.structs.replace(query, page=page, **changes)


def chips(found: Results) -> tuple[Link, ...]:
    """What was understood, each with the question without it."""
    return tuple(
        Link(
            each.name,
            url_of(changed(found.query, text=each.without)),
            each.kind,
            each.also,
            senses=each.senses,
            excluded=each.excluded,
            topic=url_for("topics.topic", id=each.concept) if each.concept and each.kind in TOPICS else None,
        )
        for each in found.chips
    )


def filters(found: Results, vocabulary: Vocabulary) -> tuple[Link, ...]:
    """What was chosen, each with the question without it."""
    return tuple(
        Link(named(facet, value, vocabulary), url_of(query), heading(facet))
        for (facet, value), query in zip(found.query.filters, _each_left_out(found.query), strict=True)
    )


def ways_out(found: Results, kb: KnowledgeBase) -> tuple[Way, ...]:
    """The parts of a question that nothing answers, the one without which the most is found first."""
    texts = [changed(found.query, text=each.without) for each in found.chips]
    parts = [(link, False, query) for link, query in zip(chips(found), texts, strict=True)]
    chosen = zip(filters(found, kb.vocabulary), _each_left_out(found.query), strict=True)
    parts += [(link, True, query) for link, query in chosen]
    ways = [Way(link, narrowed, len(kb.find(query).ids)) for link, narrowed, query in parts]
    return tuple(sorted(ways, key=lambda each: -each.count))


def _each_left_out(query: Query) -> tuple[Query, ...]:
    """The query without each of its filters in turn."""
    return tuple(
        changed(query, filters=tuple(each for each in query.filters if each != left)) for left in query.filters
    )
