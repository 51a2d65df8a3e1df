"""Asking: a question becomes concepts and words, these a query of the engine, and its answer a page of hits.

The read-back (chips and notes) is part of the answer: a reader always sees how the question was
understood, and every chip can be taken away. Where no publication has all the words, those that have the
concepts, or any of the words, are shown, and the answer says so.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from kb.index import IndexReader
from kb.index.document import FACETS
from kb.index.tree import Found, Order, Request
from kb.publication import Publication
from kb.question import Reading, Understood, read, tree
from kb.snippet import Span, marked, passage
from kb.store import Store
from kb.vocabulary import Vocabulary

PAGE = 20  # hits a page
_ALL = 10_000_000
_NAMES = {
    "condition": "Condition",
    "technique": "Technique",
    "design": "Study design",
    "outcome": "Outcome measured",
    "comparator": "Compared with",
    "population": "People",
    "harms": "Harms",
    "year": "Year",
}


class Query(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked. `filters` are (facet, value) pairs: values of one facet are alternatives, facets all hold.

    With `literal` the question is searched word by word and no concept is read into it.
    """

    text: str = ""
    filters: tuple[tuple[str, str], ...] = ()
    sort: Order = "relevance"
    page: int = 1
    literal: bool = False


class Chip(msgspec.Struct, frozen=True):
    """A concept that was understood: `text` named it, `also` are its other names, `without` is the question less it."""

    kind: str
    name: str
    text: str
    also: tuple[str, ...]
    without: str


class Hit(msgspec.Struct, frozen=True):
    """A publication of the answer, its title and a passage cut at the words of the question."""

    publication: Publication
    title: tuple[Span, ...]
    snippet: tuple[Span, ...]
    snippet_of: Literal["abstract", "summary"] | None


class FacetValue(msgspec.Struct, frozen=True):
    """A value of a facet, and how many publications choosing it shows."""

    value: str
    name: str
    count: int
    chosen: bool


class Facet(msgspec.Struct, frozen=True):
    """A facet and its values, the commonest first (years: the newest first)."""

    field: str
    name: str
    values: tuple[FacetValue, ...]


class Results(msgspec.Struct, frozen=True):
    """The answer to a query, as of `revision` of the store. `query` is as answered: its page exists."""

    query: Query
    total: int
    pages: int
    hits: tuple[Hit, ...]
    chips: tuple[Chip, ...]
    notes: tuple[str, ...]
    facets: tuple[Facet, ...]
    revision: int


class Matches(msgspec.Struct, frozen=True):
    """The ids of all that a query finds, in the order of its answer, and what a reader should know of how."""

    ids: tuple[str, ...]
    notes: tuple[str, ...]


def find(query: Query, index: IndexReader, vocabulary: Vocabulary) -> Matches:
    """All that `search` would show of `query` on all its pages, from one look at the index."""
    request, (found, _), notes = _ask(query, read(query.text, vocabulary, literal=query.literal), index, vocabulary)
    if found.total > len(found.ids):
        found, _ = index.search(msgspec.structs.replace(request, limit=_ALL))
    return Matches(found.ids, notes)


def search(query: Query, index: IndexReader, store: Store, vocabulary: Vocabulary) -> Results:
    """Answer `query`. Any text gives an answer; unknown facets in the filters are passed over."""
    reading = read(query.text, vocabulary, literal=query.literal)
    request, (found, revision), notes = _ask(query, reading, index, vocabulary)
    pages = max(1, -(-found.total // PAGE))
    page = min(max(1, query.page), pages)
    if page > 1:
        found, revision = index.search(msgspec.structs.replace(request, offset=(page - 1) * PAGE))
    marks = frozenset(id for each in reading.concepts for id in vocabulary.narrower(each.concept))
    return Results(
        query=msgspec.structs.replace(query, page=page),
        total=found.total,
        pages=pages,
        hits=tuple(_hit(each, marks, reading, vocabulary) for each in store.publications(found.ids)),
        chips=tuple(_chip(each, vocabulary) for each in reading.concepts),
        notes=notes,
        facets=_facets(found, query, vocabulary),
        revision=revision,
    )


def _ask(
    query: Query, reading: Reading, index: IndexReader, vocabulary: Vocabulary
) -> tuple[Request, tuple[Found, int], tuple[str, ...]]:
    """The request that finds something, the first page of its answer with its revision, and the notes on it."""
    asked = bool(reading.concepts or reading.required or reading.excluded)
    order = query.sort if asked or query.sort != "relevance" else "newest"
    request = Request(tree=tree(reading, vocabulary), chosen=_chosen(query), order=order, limit=PAGE)
    answer = index.search(request)
    if answer[0].total or len(reading.concepts) + len(reading.required) <= 1 or not reading.required:
        return request, answer, reading.notes
    request = msgspec.structs.replace(request, tree=tree(reading, vocabulary, every_word=False))
    note = "No publication here has all of these words; those with some of them are shown."
    return request, index.search(request), (*reading.notes, note)


def _chosen(query: Query) -> tuple[tuple[str, tuple[str, ...]], ...]:
    values = {facet: tuple(value for name, value in query.filters if name == facet) for facet in FACETS}
    return tuple((facet, chosen) for facet, chosen in values.items() if chosen)


def _hit(publication: Publication, concepts: frozenset[str], reading: Reading, vocabulary: Vocabulary) -> Hit:
    record = publication.record
    title = marked(record.title, concepts, reading.stems, vocabulary)
    if record.abstract:
        return Hit(publication, title, passage(record.abstract, concepts, reading.stems, vocabulary), "abstract")
    if record.summary:
        return Hit(publication, title, passage(record.summary, concepts, reading.stems, vocabulary), "summary")
    return Hit(publication, title, (), None)


def _chip(understood: Understood, vocabulary: Vocabulary) -> Chip:
    concept = vocabulary.concept(understood.concept)
    name = concept.name if concept else understood.concept
    also = concept.synonyms if concept else ()
    return Chip(understood.kind, name, understood.text, also, understood.without)


def _facets(found: Found, query: Query, vocabulary: Vocabulary) -> tuple[Facet, ...]:
    facets = []
    for field, counts in found.counts:
        chosen = {value for name, value in query.filters if name == field}
        missing = tuple((value, 0) for value in sorted(chosen - {value for value, _ in counts}))
        values = [FacetValue(each, _name(each, vocabulary), n, each in chosen) for each, n in (*counts, *missing)]
        if field == "year":
            values.sort(key=lambda each: each.value, reverse=True)
        facets.append(Facet(field, _NAMES[field], tuple(values)))
    return tuple(facets)


def _name(value: str, vocabulary: Vocabulary) -> str:
    found = vocabulary.concept(value) or vocabulary.design(value) or vocabulary.comparator(value)
    return found.name if found else value
