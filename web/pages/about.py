"""`/about`: what this is, how to read an answer, and what it does not do."""

from __future__ import annotations

from flask import Blueprint, render_template

from kb.tally import LEAST
from web.port import KnowledgeBase


def blueprint(kb: KnowledgeBase) -> Blueprint:
    """The page over `kb`."""
    pages = Blueprint("about", __name__)

    @pages.get("/about")
    def page() -> str:
        return render_template("about.html", count=kb.count(), revision=kb.revision, least=LEAST)

    return pages
