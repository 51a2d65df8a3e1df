"""`/healthz`: the state of store and index as JSON, for whoever watches the service."""

from __future__ import annotations

import msgspec
from flask import Blueprint, Response

from web.port import KnowledgeBase


def blueprint(kb: KnowledgeBase) -> Blueprint:
    """The page over `kb`."""
    pages = Blueprint("health", __name__)

    @pages.get("/healthz")
    def healthz() -> Response:
        """200 where questions can be answered (the index may be some revisions behind), else 503."""
        health = kb.health()
        body = {
            "status": "no index" if health.index_revision is None else "ok",
            "store_revision": health.store_revision,
            "index_revision": health.index_revision,
            "publications": health.publications,
        }
        response = Response(msgspec.json.encode(body), mimetype="application/json")
        response.status_code = 503 if health.index_revision is None else 200
        response.headers["Cache-Control"] = "no-store"
        return response

    return pages
