"""How a question was read, as links: each part of it with the question less that part.

Where nothing is found, links lead to what is: without one part, with a broader concept in place of one, and where
none of these finds anything, without two parts, or with one alone. What finds nothing is not offered, so that who asks
sees which part emptied the answer (product map F11).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec
from flask import url_for

from kb.facets import heading, named
from kb.search import Chip, Query, Results
from kb.vocabulary import Vocabulary
from web.port import KnowledgeBase
from web.urls import address

MOST = 6  # ways on
_PARTS = 4  # of a question, of which two are left out; each pair costs a search
TOPICS = ("condition", "technique", "outcome")  # kinds of concepts that have a page


class Link(msgspec.Struct, frozen=True):
    """A way on. `kind` says what it is about, `also` adds to its text, `topic` is the page of the concept it names."""

    text: str
    url: str
    kind: str = ""
    also: tuple[str, ...] = ()
    senses: tuple[str, ...] = ()
    excluded: bool = False
    either: bool = False
    topic: str | None = None
    current: bool = False


class Way(msgspec.Struct, frozen=True):
    """Another question: what it does with the one asked, to what, and how many publications answer it."""

    said: str
    link: Link
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
            either=each.either,
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
    """What finds something where a question does not, the nearest to the question first; `MOST` at the most."""
    less = [(chip, kb.search(changed(found.query, text=chip.without))) for chip in found.chips]
    one = [_less((chip,), answer) for chip, answer in less]
    chosen = zip(filters(found, kb.vocabulary), _each_left_out(found.query), strict=True)
    one += [Way("No longer narrow to", link, len(kb.find(query).ids)) for link, query in chosen]
    ways = (*_broader(found, kb), *sorted(one, key=lambda each: -each.count))
    return (_finding(ways) or _finding(_without_two(less, kb)) or _finding(_alone(found, kb)))[:MOST]


def _finding(ways: Iterable[Way]) -> tuple[Way, ...]:
    return tuple(each for each in ways if each.count)


def _broader(found: Results, kb: KnowledgeBase) -> Iterator[Way]:
    """With the broader concept in place of each."""
    for chip in found.chips:
        if chip.wider and not chip.excluded:
            name, text = chip.wider
            query = changed(found.query, text=text)
            yield Way("Ask for", Link(f"“{name}” in place of “{chip.text}”", url_of(query)), len(kb.find(query).ids))


def _without_two(less: Sequence[tuple[Chip, Results]], kb: KnowledgeBase) -> tuple[Way, ...]:
    """Without two parts, of the first `_PARTS`; `less` are the answers without one."""
    ways = []
    for number, (chip, without) in enumerate(less[:_PARTS]):
        for other in without.chips[number:_PARTS]:
            ways.append(_less((chip, other), kb.search(changed(without.query, text=other.without))))
    return tuple(sorted(ways, key=lambda each: -each.count))


def _alone(found: Results, kb: KnowledgeBase) -> Iterator[Way]:
    """Each concept by itself."""
    for chip in found.chips:
        if chip.concept and not chip.excluded:
            query = changed(found.query, text=chip.text)
            yield Way("Ask for", Link(f"“{chip.text}” alone", url_of(query)), len(kb.find(query).ids))


def _less(left: tuple[Chip, ...], found: Results) -> Way:
    said = " and ".join(f"{'not ' if each.excluded else ''}{each.kind} “{each.text}”" for each in left)
    return Way("Ask without", Link(said, url_of(changed(found.query))), found.total)


def _each_left_out(query: Query) -> tuple[Query, ...]:
    """The query without each of its filters in turn."""
    return tuple(
        changed(query, filters=tuple(each for each in query.filters if each != left)) for left in query.filters
    )
