"""A question becomes concepts and words, these a query tree, and the engine's answer a page of hits.

Publications with all of the question are the answer, and what is counted. Where there are none, those with its
concepts are, or with any of it, and a note says so; those that have less than the answer follow it.
"""

from __future__ import annotations

import msgspec

from kb.index import IndexReader
from kb.index.document import FACETS
from kb.index.tree import And, Found, Node, Not, Request
from kb.question import Reading, Rung, read, rungs
from kb.search.answers import Facet, FacetValue, Matches, Query, Results
from kb.search.hits import Shower, chips
from kb.search.spelling import Spelling
from kb.store import Store
from kb.vocabulary import Vocabulary

PAGE = 20  # hits a page
MORE = 100  # hits that are shown of those that have only some of the question
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
_HARMS = {
    "reported": "reported",
    "none_serious": "none serious",
    "none_occurred": "none",
    "not_stated": "not mentioned",
}
_LOOSENED = {
    "concepts": "No publication here has all of these words; those with the same concepts are shown.",
    "any": "No publication here has all of these words; those with some of them are shown.",
}


class _Answer(msgspec.Struct, frozen=True):
    """The rung that finds something, its first page, and what follows it, rung by rung, with how many it adds."""

    request: Request
    found: Found
    revision: int
    rung: Rung
    following: tuple[tuple[Node, int], ...]

    @property
    def more(self) -> int:
        return sum(number for _, number in self.following)


def find(query: Query, index: IndexReader, vocabulary: Vocabulary) -> Matches:
    """All that answers `query`, from one look at the index."""
    reading = read(query.text, vocabulary, literal=query.literal, mend=Spelling(index, vocabulary).mend)
    answer = _answer(query, reading, index)
    found = answer.found
    if found.total > len(found.ids):
        found, _ = index.search(msgspec.structs.replace(answer.request, limit=_ALL, counted=False))
    return Matches(found.ids, _notes(reading, answer))


def search(query: Query, index: IndexReader, store: Store, vocabulary: Vocabulary) -> Results:
    """Answer `query`. Any text gives an answer; unknown facets in the filters are passed over."""
    spelling = Spelling(index, vocabulary)
    reading = read(query.text, vocabulary, literal=query.literal, mend=spelling.mend)
    answer = _answer(query, reading, index)
    pages = max(1, -(-(answer.found.total + min(answer.more, MORE)) // PAGE))
    page = min(max(1, query.page), pages)
    ids = _page(query, answer, page, index)
    show = Shower(reading, vocabulary)
    whole = answer.found.total - (page - 1) * PAGE
    hits = tuple(show.hit(each, whole=at < whole) for at, each in enumerate(store.publications(ids)))
    return Results(
        query=msgspec.structs.replace(query, page=page),
        total=answer.found.total,
        more=answer.more,
        pages=pages,
        hits=hits,
        chips=chips(reading, vocabulary),
        notes=_notes(reading, answer),
        facets=_facets(answer.found, query, vocabulary),
        tally=answer.found.tally,
        instead=spelling.instead(reading) if not query.literal else None,
        next=ids[-1] if ids and (page < pages or query.after is not None) else None,
        revision=answer.revision,
    )


def _answer(query: Query, reading: Reading, index: IndexReader) -> _Answer:
    """The first rung of the question's ladder that finds something, or the last."""
    order = query.sort if reading.parts or query.sort != "relevance" else "newest"
    request = Request(tree=rungs(reading)[0].tree, chosen=_chosen(query), order=order, limit=PAGE)
    ladder = list(rungs(reading))
    while True:
        rung = ladder.pop(0)
        request = msgspec.structs.replace(request, tree=rung.tree)
        found, revision = index.search(request)
        if found.total or not ladder:
            break
    following: list[tuple[Node, int]] = []
    above, total = rung.tree, found.total
    for lower in ladder:
        tree = And((lower.tree, Not(above)))
        number = index.search(msgspec.structs.replace(request, tree=tree, limit=0, counted=False))[0].total
        following.append((tree, number))
        above, total = lower.tree, total + number
    return _Answer(request, found, revision, rung, tuple(following))


def _page(query: Query, answer: _Answer, page: int, index: IndexReader) -> tuple[str, ...]:
    """The ids of a page: of the answer, and where it ends, of what follows it."""
    request = msgspec.structs.replace(answer.request, counted=False)
    if query.after is not None:
        return index.search(msgspec.structs.replace(request, after=query.after))[0].ids
    if page == 1 and len(answer.found.ids) == PAGE:
        return answer.found.ids
    ids: tuple[str, ...] = ()
    offset = (page - 1) * PAGE
    for tree, number in ((request.tree, answer.found.total), *answer.following):
        if len(ids) < PAGE and offset < number:
            wanted = msgspec.structs.replace(request, tree=tree, offset=offset, limit=PAGE - len(ids))
            ids += index.search(wanted)[0].ids
        offset = max(0, offset - number)
    return ids


def _notes(reading: Reading, answer: _Answer) -> tuple[str, ...]:
    loosened = _LOOSENED.get(answer.rung.name) if answer.found.total else None
    return (*reading.notes, loosened) if loosened else reading.notes


def _chosen(query: Query) -> tuple[tuple[str, tuple[str, ...]], ...]:
    values = {facet: tuple(value for name, value in query.filters if name == facet) for facet in FACETS}
    return tuple((facet, chosen) for facet, chosen in values.items() if chosen)


def _facets(found: Found, query: Query, vocabulary: Vocabulary) -> tuple[Facet, ...]:
    facets = []
    for field, counts in found.counts:
        chosen = {value for name, value in query.filters if name == field}
        missing = tuple((value, 0) for value in sorted(chosen - {value for value, _ in counts}))
        named = ((each, _name(field, each, vocabulary), n) for each, n in (*counts, *missing))
        values = [FacetValue(each, name, n, each in chosen) for each, name, n in named]
        if field == "year":
            values.sort(key=lambda each: each.value, reverse=True)
        facets.append(Facet(field, _NAMES[field], tuple(values)))
    return tuple(facets)


def _name(field: str, value: str, vocabulary: Vocabulary) -> str:
    if field == "harms":
        return _HARMS.get(value, value)
    found = vocabulary.concept(value) or vocabulary.design(value) or vocabulary.comparator(value)
    return found.name if found else value
