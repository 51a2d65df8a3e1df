"""How people use it: pages rendered on the server that need no script and get some, over one open knowledge base."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Flask, Response
from flask_compress import Compress
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from kb.desk import Desk
from kb.lists.notes import gist, passages
from web import errors, headers, reader, visitor
from web.pages import PAGES, PEOPLE_PAGES, SHARED_PAGES
from web.port import KnowledgeBase
from web.suggestions import Commonest

if TYPE_CHECKING:  # its library is an extra
    from web.provider import Provider

__all__ = ["behind", "create_app"]


def create_app(kb: KnowledgeBase, desk: Desk | None = None, provider: Provider | None = None) -> Flask:
    """The pages over `kb`, and with `desk` those of the people who sign in, through `provider` too if there is one.

    The caller opens both, after a fork if it forks, and closes them.
    """
    app = Flask(__name__)
    visitor.register(app, desk)
    app.jinja_options = {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    app.jinja_env.autoescape = True
    app.jinja_env.filters["passages"] = passages
    app.jinja_env.filters["gist"] = gist
    app.jinja_env.globals["commonest"] = Commonest(kb)
    for blueprint in PAGES.values():
        app.register_blueprint(blueprint(kb))
    for shared in SHARED_PAGES.values():
        app.register_blueprint(shared(kb, desk))
    if desk is not None:
        for of_people in PEOPLE_PAGES.values():
            app.register_blueprint(of_people(kb, desk))
    app.jinja_env.globals["provider_name"] = provider.name if provider else ""
    if desk is not None and provider is not None:
        from web.pages import provider as provider_pages

        app.register_blueprint(provider_pages.blueprint(desk.accounts, provider))
    errors.register(app)
    app.after_request(headers.secure)
    reader.register(app)
    Compress(app)
    app.after_request(_close_file)  # registered last, so it runs first
    return app


def behind(app: Flask, proxies: int) -> Flask:
    """`app` as it stands behind so many servers of ours that pass requests on, and tell for whom; 0: believe nobody.

    Without it all readers had one address, and one who guesses passwords kept everybody out.
    """
    if proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies)  # type: ignore[method-assign]
    return app


def _close_file(response: Response) -> Response:
    """Close a static file with its answer: Flask-Compress, which reads it through, would leave it open."""
    close = getattr(response.response, "close", None)
    if response.direct_passthrough and close is not None:
        response.call_on_close(close)
    return response
