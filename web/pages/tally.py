"""`/tally.svg` and `/tally.csv`: the tally of a question to take away, under the parameters that `/search` has."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from kb.exporters import tally as csv
from kb.facets import heading, named
from kb.search import Query, Results
from kb.tally import tally
from web.plot import plot
from web.port import KnowledgeBase
from web.tally import asked, grouped
from web.urls import address, from_parameters, to_parameters


def blueprint(kb: KnowledgeBase) -> Blueprint:
    """The two addresses over `kb`."""
    pages = Blueprint("tally", __name__)

    @pages.get("/tally.svg")
    def svg() -> AnyResponse:
        """The effect-direction plot, all outcomes of it."""
        return _canonical("tally.svg") or _drawn(kb, kb.search(_query()))

    @pages.get("/tally.csv")
    def table() -> AnyResponse:
        """The numbers, for a spreadsheet."""
        return _canonical("tally.table") or _written(kb, kb.search(_query()))

    return pages


def _query() -> Query:
    return asked(from_parameters(request.args.items(multi=True)))


def _canonical(page: str) -> AnyResponse | None:
    """The way to the question's own address, where it was asked at another."""
    sent = tuple(request.args.items(multi=True))
    return redirect(address(url_for(page), _query())) if to_parameters(_query()) != sent else None


def _drawn(kb: KnowledgeBase, found: Results) -> Response:
    drawn = render_template(
        "tally_svg.xml",
        plot=plot(grouped(tally(found.tally, kb.vocabulary))),
        about=_about(found, kb),
    )
    return Response(drawn, mimetype="image/svg+xml")


def _written(kb: KnowledgeBase, found: Results) -> Response:
    written = Response("".join(csv.write(tally(found.tally, kb.vocabulary), _about(found, kb))), mimetype="text/csv")
    written.headers["Content-Disposition"] = "attachment; filename=tally.csv"
    return written


def _about(found: Results, kb: KnowledgeBase) -> tuple[tuple[str, str], ...]:
    """What the numbers are of: a count is nothing without it."""
    narrowed = ", ".join(
        f"{heading(field)}: {named(field, value, kb.vocabulary)}" for field, value in found.query.filters
    )
    return (
        ("Question", found.query.text or "all publications"),
        ("Narrowed to", narrowed),
        ("Publications that answer it", str(found.total)),
        ("Publications here", str(kb.count())),
        ("Revision", str(found.revision)),
        ("Address", address(url_for("search.results", _external=True), found.query)),
    )
