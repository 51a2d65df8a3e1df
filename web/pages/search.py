"""`/` and `/search`: the question, how it was read, and what was found, with its denominators."""

from __future__ import annotations

import msgspec
from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from kb.search import Facet, Query, Results
from web.card import card
from web.counter import counter_studies
from web.glance import glance
from web.handed import MOST, files
from web.port import KnowledgeBase
from web.readback import Link, changed, chips, filters, url_of, ways_out
from web.reader import number
from web.tally import asked, strip, table
from web.urls import SORTS, address, from_parameters, to_parameters
from web.visitor import desk_open

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


def blueprint(kb: KnowledgeBase) -> Blueprint:
    """The pages over `kb`."""
    pages = Blueprint("search", __name__)

    @pages.get("/")
    def home() -> str:
        newest = kb.search(Query(sort="newest"))
        return render_template(
            "home.html",
            examples=tuple(Link(each, url_of(Query(text=each))) for each in EXAMPLES),
            browse=_browse(newest.facets),
            cards=tuple(card(each, kb.vocabulary, kb.shown(each.publication)) for each in newest.hits[:NEWEST]),
            all_url=url_of(Query()),
            count=kb.count(),
            revision=newest.revision,
        )

    @pages.get("/search")
    def results() -> AnyResponse:
        """The answer; a question in another than its canonical form is sent to its own address."""
        sent = tuple(request.args.items(multi=True))
        query = from_parameters(sent)
        if to_parameters(query) != sent:
            return redirect(url_of(query))
        return _answer(kb, kb.search(query))

    return pages


def _answer(kb: KnowledgeBase, found: Results) -> Response:
    query = found.query
    against, tallied = strip(found, kb.vocabulary), table(found, kb.vocabulary)
    at_first = glance(found, tallied, kb)
    return make_response(
        render_template(
            "search.html",
            found=found,
            query=query,
            sentence=_said(query),
            cards=tuple(card(each, kb.vocabulary, kb.shown(each.publication)) for each in found.hits),
            chips=chips(found),
            filters=filters(found, kb.vocabulary),
            instead=Link(found.instead, url_of(changed(query, text=found.instead))) if found.instead else None,
            literal=Link("only these words", url_of(changed(query, literal=True))),
            meaning=Link("by meaning", url_of(changed(query, literal=False))),
            sorts=tuple(Link(_SORT_NAMES[s], url_of(changed(query, sort=s)), current=s == query.sort) for s in SORTS),
            before=url_of(changed(query, page=query.page - 1)) if query.page > 1 else None,
            after=url_of(changed(query, page=query.page + 1)) if query.page < found.pages else None,
            ways=() if found.total else ways_out(found, kb),
            browse=_browse(kb.search(Query()).facets) if not found.total else (),
            strip=against,
            counter=counter_studies(found, kb) if against else (),
            harms_url=url_of(_with_harms(query, against.harms.values)) if against else "",
            table=tallied,
            glance=at_first,
            reviews_url=url_of(at_first.reviews.every) if at_first.reviews else "",
            csv_url=address(url_for("tally.table"), asked(query)),
            svg_url=address(url_for("tally.svg"), asked(query)),
            files=tuple(
                msgspec.structs.replace(each, url=address(each.url, changed(query, page=1)))
                for each in files("exports.of_search")
            ),
            files_most=MOST,
            feed_url=address(url_for("feeds.answers"), asked(query)),
            watch_url=address(url_for("watch.page"), asked(query)) if desk_open() else None,
            brief_url=address(url_for("brief.page"), asked(query)),
            count=kb.count(),
            revision=found.revision,
            url=request.url,
        )
    )


def _with_harms(query: Query, values: tuple[str, ...]) -> Query:
    """`query`, of its publications those that say one of `values` of harms."""
    others = tuple(each for each in query.filters if each[0] != "harms")
    return changed(query, filters=(*others, *(("harms", value) for value in values)))


def _browse(facets: tuple[Facet, ...]) -> tuple[tuple[str, tuple[Link, ...]], ...]:
    """Conditions and techniques with their counts, as ways in."""
    return tuple(
        (
            facet.name,
            tuple(
                Link(each.name, url_of(Query(filters=((facet.field, each.value),))), also=(number(each.count),))
                for each in facet.values[:BROWSE]
            ),
        )
        for facet in facets
        if facet.field in ("condition", "technique") and facet.values
    )


def _said(query: Query) -> str:
    """The question as a page's title."""
    return f"“{query.text}”" if query.text else "All publications"
