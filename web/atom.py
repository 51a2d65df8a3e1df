"""An Atom feed (RFC 4287) as an answer: whoever has it already is told so, and not sent it again."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Response, request

NOTHING = datetime(1970, 1, 1, tzinfo=UTC)  # since when an empty feed is as it is: the format asks for a time


def atom(feed: str) -> Response:
    """The answer of a feed that is written."""
    response = Response(feed, mimetype="application/atom+xml")
    response.add_etag()
    response.make_conditional(request)
    return response
