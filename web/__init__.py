"""How people use it: pages rendered on the server that need no script and get some, over one open knowledge base."""

from __future__ import annotations

from flask import Flask, Response
from flask_compress import Compress
from jinja2 import StrictUndefined

from kb.desk import Desk
from web import errors, headers, reader, visitor
from web.pages import PAGES, PEOPLE_PAGES, SHARED_PAGES
from web.port import KnowledgeBase
from web.suggestions import Commonest
from web.written import written

__all__ = ["create_app"]


def create_app(kb: KnowledgeBase, desk: Desk | None = None) -> Flask:
    """The pages over `kb`, and with `desk` those of the people who sign in.

    The caller opens both, after a fork if it forks, and closes them.
    """
    app = Flask(__name__)
    visitor.register(app, desk.accounts if desk else None)
    app.jinja_options = {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    app.jinja_env.autoescape = True
    app.jinja_env.filters["written"] = written
    app.jinja_env.globals["commonest"] = Commonest(kb)
    for blueprint in PAGES.values():
        app.register_blueprint(blueprint(kb))
    for shared in SHARED_PAGES.values():
        app.register_blueprint(shared(kb, desk))
    if desk is not None:
        for of_people in PEOPLE_PAGES.values():
            app.register_blueprint(of_people(kb, desk))
    errors.register(app)
    app.after_request(headers.secure)
    reader.register(app)
    Compress(app)
    app.after_request(_close_file)  # registered last, so it runs first
    return app


def _close_file(response: Response) -> Response:
    """Close a static file with its answer: Flask-Compress, which reads it through, would leave it open."""
    close = getattr(response.response, "close", None)
    if response.direct_passthrough and close is not None:
        response.call_on_close(close)
    return response
