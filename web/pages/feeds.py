"""`/feeds/answers.atom`: what comes to be here and answers a question, under the parameters that `/search` has.

Newest is what came here last, whenever it was published: a feed ordered by year would never tell of an old study.
"""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kb.publication import Publication
from kb.record import is_retracted
from web.atom import NOTHING, atom
from web.letters import in_words, question_of
from web.port import KnowledgeBase
from web.urls import address, to_parameters

MOST = 50


def blueprint(kb: KnowledgeBase) -> Blueprint:
    """The feed over `kb`."""
    pages = Blueprint("feeds", __name__)

    @pages.get("/feeds/answers.atom")
    def answers() -> Response:
        query = question_of(request.args.items(multi=True))
        if to_parameters(query) != tuple(request.args.items(multi=True)):
            return redirect(address(url_for("feeds.answers"), query))
        arrived = kb.arrived(query, MOST)
        feed = render_template(
            "answers_atom.xml",
            name=in_words(query, kb.vocabulary),
            entries=[(each, at, _title(each)) for each, at in arrived],
            updated=arrived[0][1] if arrived else NOTHING,
            answer_url=address(url_for("search.results", _external=True), query),
            url=address(url_for("feeds.answers", _external=True), query),
        )
        return atom(feed)

    return pages


def _title(publication: Publication) -> str:
    gone = is_retracted(publication.record.notices)
    return f"Retracted: {publication.record.title}" if gone else publication.record.title
