"""`/suggest`: what is being typed may become which concepts; for our own script, and for a browser's search field.

Only concepts of the vocabulary are offered: what others asked is nobody's business, and is not kept. An answer may
be kept by the browser that asked, and by nobody between.
"""

from __future__ import annotations

import msgspec
from flask import Blueprint, Response, render_template, request

from web.port import KnowledgeBase
from web.suggestions import Offer, offers
from web.urls import typed

_KEPT = 300  # seconds; whoever types goes back and forth over the same letters


def blueprint(kb: KnowledgeBase) -> Blueprint:
    """The addresses over `kb`."""
    pages = Blueprint("suggest", __name__)

    @pages.get("/suggest")
    def suggest() -> Response:
        """The suggestions as objects (`web.suggestions.Offer`); an empty list where nothing fits."""
        return _kept(msgspec.json.encode(_offers(kb)), "application/json")

    @pages.get("/suggest/opensearch")
    def opensearch() -> Response:
        """The same as OpenSearch Suggestions 1.1 has it: what was typed, questions, what they are, where they lead."""
        found = _offers(kb)
        lists = [each.question for each in found], [each.label for each in found], [_absolute(each) for each in found]
        return _kept(
            msgspec.json.encode((typed(request.args.items(multi=True)), *lists)), "application/x-suggestions+json"
        )

    @pages.get("/opensearch.xml")
    def description() -> Response:
        """What a browser needs to add this service to its search engines."""
        return Response(render_template("opensearch.xml"), mimetype="application/opensearchdescription+xml")

    return pages


def _offers(kb: KnowledgeBase) -> tuple[Offer, ...]:
    return offers(kb.suggest(typed(request.args.items(multi=True))))


def _absolute(offer: Offer) -> str:
    return request.host_url.rstrip("/") + offer.url


def _kept(body: bytes, mimetype: str) -> Response:
    response = Response(body, mimetype=mimetype)
    response.cache_control.private = True
    response.cache_control.max_age = _KEPT
    response.add_etag()
    response.make_conditional(request)
    return response
