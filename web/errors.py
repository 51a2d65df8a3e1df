"""What goes wrong becomes a page: its status, what it means for the reader, and what to do.

A knowledge base's own message may name files of the machine, so it goes to the log, not to the page.
"""

from __future__ import annotations

from flask import Flask, Response, make_response, render_template
from werkzeug.exceptions import HTTPException

from kb.errors import (
    BusyError,
    IndexUnavailableError,
    KnowledgeBaseError,
    ListNotFoundError,
    PublicationNotFoundError,
)

# The first row whose class fits wins.
_STATUSES: tuple[tuple[type[KnowledgeBaseError], int], ...] = (
    (PublicationNotFoundError, 404),
    (ListNotFoundError, 404),
    (IndexUnavailableError, 503),
    (BusyError, 503),
    (KnowledgeBaseError, 500),
)
_TEXTS = {
    400: ("This request cannot be read", "The address or the request is malformed."),
    401: ("This token opens nothing", "It was mistyped or revoked, or it was not made for this."),
    403: (
        "This is not open to you",
        "You are signed in as somebody who may not do this, or the form is too old. Go back and try again.",
    ),
    404: (
        "Nothing is kept at this address",
        "An address of a publication never changes, so it was mistyped, or it was never here. Search for its title.",
    ),
    413: ("This is too much at once", "A form of this size is not read. Send less at a time."),
    405: ("This page can only be read", "Nothing can be sent to this address."),
    500: ("Something went wrong here", "The fault is ours, not yours. It has been noted in the log of this service."),
    503: (
        "The index is being rebuilt",
        "Nothing is lost, and the pages of single publications go on working. Please try again in a few minutes.",
    ),
}


def register(app: Flask) -> None:
    """Answer every error of the knowledge base and of HTTP with a page."""
    app.register_error_handler(KnowledgeBaseError, lambda error: _of_knowledge_base(app, error))
    app.register_error_handler(HTTPException, _of_http)


def _of_knowledge_base(app: Flask, error: Exception) -> Response:
    status = next(status for kind, status in _STATUSES if isinstance(error, kind))
    if status >= 500:
        app.logger.error("%s: %s", type(error).__name__, error)
    return _page(status, Response())


def _of_http(error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    response = error.get_response()
    if error.code is None or error.code < 400:  # a redirect is no fault
        return make_response(response)
    return _page(error.code, make_response(response))


def _page(status: int, response: Response) -> Response:
    """`response` with our page in place of its body; its headers (Allow, Retry-After) stay."""
    title, text = _TEXTS.get(status, ("This request was refused", "It cannot be answered as it was sent."))
    response.data = render_template("error.html", status=status, title=title, text=text)
    response.content_type = "text/html; charset=utf-8"
    response.status_code = status
    if status == 503:
        response.headers["Retry-After"] = "120"
    return response
