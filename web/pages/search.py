"""`/` and `/search`: the question, how it was read, and what was found, with its denominators."""

from __future__ import annotations

import msgspec
from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from kb.facets import heading, named
from kb.search import Facet, Query, Results
from kb.vocabulary import Vocabulary
from web.card import card
from web.counter import counter_studies
from web.pages.topics import KINDS
from web.port import KnowledgeBase
from web.reader import number
from web.tally import asked, strip, table
from web.urls import SORTS, address, from_parameters, to_parameters

EXAMPLES = (
    "massage for fibromyalgia",
    "does massage help people sleep",
    "massage compared with relaxation",
)
NEWEST = 3  # publications on the front page
BROWSE = 12  # values of a facet on the front page
_SORT_NAMES = {
    "relevance": "best match",
    "newest": "newest",
    "oldest": "oldest",
    "largest": "largest study",
    "level": "level of evidence",
}


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


def blueprint(kb: KnowledgeBase) -> Blueprint:
    """The pages over `kb`."""
    pages = Blueprint("search", __name__)

    @pages.get("/")
    def home() -> str:
        newest = kb.search(Query(sort="newest"))
        return render_template(
            "home.html",
            examples=tuple(Link(each, _url(Query(text=each))) for each in EXAMPLES),
            browse=_browse(newest.facets),
            cards=tuple(card(each, kb.vocabulary, kb.shown(each.publication)) for each in newest.hits[:NEWEST]),
            all_url=_url(Query()),
            count=kb.count(),
            revision=newest.revision,
        )

    @pages.get("/search")
    def results() -> AnyResponse:
        """The answer; a question in another than its canonical form is sent to its own address."""
        sent = tuple(request.args.items(multi=True))
        query = from_parameters(sent)
        if to_parameters(query) != sent:
            return redirect(_url(query))
        return _answer(kb, kb.search(query))

    return pages


def _answer(kb: KnowledgeBase, found: Results) -> Response:
    query = found.query
    against = strip(found)
    return make_response(
        render_template(
            "search.html",
            found=found,
            query=query,
            sentence=_said(query),
            cards=tuple(card(each, kb.vocabulary, kb.shown(each.publication)) for each in found.hits),
            chips=_chips(found),
            filters=_filters(found, kb.vocabulary),
            instead=Link(found.instead, _url(_changed(query, text=found.instead))) if found.instead else None,
            literal=Link("only these words", _url(_changed(query, literal=True))),
            meaning=Link("by meaning", _url(_changed(query, literal=False))),
            sorts=tuple(Link(_SORT_NAMES[s], _url(_changed(query, sort=s)), current=s == query.sort) for s in SORTS),
            before=_url(_changed(query, page=query.page - 1)) if query.page > 1 else None,
            after=_url(_changed(query, page=query.page + 1)) if query.page < found.pages else None,
            browse=_browse(kb.search(Query()).facets) if not found.total else (),
            strip=against,
            counter=counter_studies(found, kb) if against else (),
            harms_url=_url(_with_harms(query, against.harms.values)) if against else "",
            table=table(found, kb.vocabulary),
            csv_url=address(url_for("tally.table"), asked(query)),
            svg_url=address(url_for("tally.svg"), asked(query)),
            brief_url=address(url_for("brief.page"), asked(query)),
            count=kb.count(),
            revision=found.revision,
            url=request.url,
        )
    )


def _url(query: Query) -> str:
    return address(url_for("search.results"), query)


def _changed(query: Query, *, page: int = 1, **changes: object) -> Query:
    """`query` with `changes`, from its first page unless said."""
    return msgspec.structs.replace(query, page=page, **changes)


def _with_harms(query: Query, values: tuple[str, ...]) -> Query:
    """`query`, of its publications those that say one of `values` of harms."""
    others = tuple(each for each in query.filters if each[0] != "harms")
    return _changed(query, filters=(*others, *(("harms", value) for value in values)))


def _chips(found: Results) -> tuple[Link, ...]:
    """What was understood, each with the question without it."""
    return tuple(
        Link(
            each.name,
            _url(_changed(found.query, text=each.without)),
            each.kind,
            each.also,
            senses=each.senses,
            excluded=each.excluded,
            topic=url_for("topics.topic", id=each.concept) if each.concept and each.kind in KINDS else None,
        )
        for each in found.chips
    )


def _filters(found: Results, vocabulary: Vocabulary) -> tuple[Link, ...]:
    """What was chosen, each with the question without it."""
    links = []
    for facet, value in found.query.filters:
        rest = tuple(each for each in found.query.filters if each != (facet, value))
        links.append(Link(named(facet, value, vocabulary), _url(_changed(found.query, filters=rest)), heading(facet)))
    return tuple(links)


def _browse(facets: tuple[Facet, ...]) -> tuple[tuple[str, tuple[Link, ...]], ...]:
    """Conditions and techniques with their counts, as ways in."""
    return tuple(
        (
            facet.name,
            tuple(
                Link(each.name, _url(Query(filters=((facet.field, each.value),))), also=(number(each.count),))
                for each in facet.values[:BROWSE]
            ),
        )
        for facet in facets
        if facet.field in ("condition", "technique") and facet.values
    )


def _said(query: Query) -> str:
    """The question as a page's title."""
    return f"“{query.text}”" if query.text else "All publications"
