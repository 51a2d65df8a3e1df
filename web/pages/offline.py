"""`/offline` and `/worker.js`: what a reader sees when there is no network, and the worker that shows it.

The worker keeps that one page and its looks, and nothing else: an answer that is shown was fetched just now. It lies
at the top so that it may answer for every page.
"""

from __future__ import annotations

from flask import Blueprint, Response, current_app, render_template

from web.port import KnowledgeBase


def blueprint(_kb: KnowledgeBase) -> Blueprint:
    """The two addresses; they need no knowledge."""
    pages = Blueprint("offline", __name__)

    @pages.get("/offline")
    def page() -> str:
        return render_template("offline.html")

    @pages.get("/worker.js")
    def worker() -> Response:
        """The worker, asked for anew each time: a browser must never be left with an old one."""
        response = current_app.send_static_file("worker.js")
        response.cache_control.no_cache = True
        return response

    return pages
