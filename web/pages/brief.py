"""`/brief`: the answer to a question on one printed page. It has the parameters of `/search`, in the same form."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec
from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kb.search import Query
from web.brief import brief, strongest
from web.port import KnowledgeBase
from web.tally import cautions
from web.urls import address, from_parameters, to_parameters


def blueprint(kb: KnowledgeBase) -> Blueprint:
    """The page over `kb`."""
    pages = Blueprint("brief", __name__)

    @pages.get("/brief")
    def page() -> Response:
        """The brief; order and page say nothing here, so that a question has one address."""
        sent = tuple(request.args.items(multi=True))
        query = msgspec.structs.replace(from_parameters(sent), sort="relevance", page=1)
        if to_parameters(query) != sent:
            return redirect(address(url_for("brief.page"), query))
        return make_response(_answer(kb, query))

    return pages


def _answer(kb: KnowledgeBase, query: Query) -> str:
    found = kb.search(query)
    return render_template(
        "brief.html",
        found=found,
        brief=brief(found, kb.vocabulary, strongest(query, kb)),
        cautions=cautions(found, kb.vocabulary),
        search_url=address(url_for("search.results"), query),
        today=datetime.now(UTC).date(),
        count=kb.count(),
        revision=found.revision,
        url=request.url,
    )
