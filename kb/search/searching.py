"""A page of an answer: hits with their words and reasons, chips and notes, facets and tally."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import msgspec

from kb.facets import heading, named
from kb.index.tree import Found
from kb.publication import Publication
from kb.question import read
from kb.search.answers import Facet, FacetValue, Matches, Query, Results
from kb.search.asking import Asked, Filters
from kb.search.hits import Shower, chips
from kb.search.index import Index
from kb.search.spelling import Spelling
from kb.store import Store
from kb.vocabulary import Vocabulary

PAGE = 20  # hits a page
_NOTHING = "No publication here has all of that."


def find(query: Query, index: Index, store: Store, vocabulary: Vocabulary) -> Matches:
    """All that answers `query`."""
    spelling = Spelling(index, vocabulary)
    reading = read(query.text, vocabulary, literal=query.literal, mend=spelling.mend)
    asked = Asked(reading, query.filters, query.sort, index, _texts(store))
    nothing = (_NOTHING,) if reading.parts and not asked.total else ()
    return Matches(asked.answer(asked.total), (*reading.notes, *_loosened(_spared(asked)[0], asked), *nothing))


def leading(
    query: Query, most: int, carrying: Filters, index: Index, store: Store, vocabulary: Vocabulary
) -> tuple[Publication, ...]:
    """The first `most` publications of what answers `query` and carries what `carrying` names."""
    reading = read(query.text, vocabulary, literal=query.literal, mend=Spelling(index, vocabulary).mend)
    asked = Asked(reading, query.filters, query.sort, index, _texts(store), counted=False)
    return tuple(store.publications(asked.answer(most, carrying=carrying)))


def search(query: Query, index: Index, store: Store, vocabulary: Vocabulary) -> Results:
    """Answer `query`. Any text gives an answer; unknown facets in the filters are passed over."""
    spelling = Spelling(index, vocabulary)
    reading = read(query.text, vocabulary, literal=query.literal, mend=spelling.mend)
    asked = Asked(reading, query.filters, query.sort, index, _texts(store))
    if index.revision != asked.revision:  # a commit came between two looks at the index: once more, then
        asked = Asked(reading, query.filters, query.sort, index, _texts(store))
    pages = max(1, -(-asked.shown // PAGE))
    page = min(max(1, query.page), pages)
    ids = asked.answer(PAGE, query.after) if query.after is not None else asked.page((page - 1) * PAGE, PAGE)
    show = Shower(reading, vocabulary, asked, ids)
    hits = tuple(map(show.hit, store.publications(ids)))
    without, ranking = _spared(asked)
    return Results(
        query=msgspec.structs.replace(query, page=page),
        total=asked.total,
        more=asked.more,
        pages=pages,
        hits=hits,
        chips=chips(reading, asked.rung.spared, vocabulary),
        notes=(*reading.notes, *_loosened(without, asked)),
        without=without,
        ranking=ranking,
        facets=_facets(asked.found, query, vocabulary),
        tally=asked.found.tally,
        instead=None if query.literal else spelling.instead(reading),
        next=ids[-1] if query.after is not None and len(ids) == PAGE else None,
        revision=asked.revision,
    )


def _texts(store: Store) -> Callable[[Sequence[str]], Iterable[str]]:
    """The words of publications, to learn from."""

    def text(publication: Publication) -> str:
        record = publication.record
        return " ".join(filter(None, (record.title, record.abstract, record.summary)))

    return lambda ids: map(text, store.publications(ids))


def _spared(asked: Asked) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What the question says besides what it is answered by: what nothing of the answer has so, and what only ranks.

    Where nothing has all of a question, none of its words is had together with all others.
    """
    spared = asked.spared() if asked.total else ()
    loosened = asked.rung.name == "concepts"
    lost = tuple(part.text for part, had in spared if loosened or not had)
    return lost, tuple(part.text for part, had in spared if had and not loosened)


def _loosened(without: tuple[str, ...], asked: Asked) -> tuple[str, ...]:
    """What to say where nothing has all of the question. Of several words, what is counted may still have some."""
    words = [f"“{each}”" for each in without]
    if len(words) > 1 and asked.rung.name == "concepts":
        return (f"None of these has all of {', '.join(words)} too: counted are those without one of them or more.",)
    return tuple(f"None of these has {each} too: counted are those without it." for each in words)


def _facets(found: Found, query: Query, vocabulary: Vocabulary) -> tuple[Facet, ...]:
    facets = []
    for field, counts in found.counts:
        chosen = {value for name, value in query.filters if name == field}
        missing = tuple((value, 0) for value in sorted(chosen - {value for value, _ in counts}))
        told = ((each, named(field, each, vocabulary), n) for each, n in (*counts, *missing))
        values = [FacetValue(each, name, n, each in chosen) for each, name, n in told]
        if field == "year":
            values.sort(key=lambda each: each.value, reverse=True)
        facets.append(Facet(field, heading(field), tuple(values)))
    return tuple(facets)
