"""`/changes`: who changed what; a list that was taken away is brought back from here."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from kb.desk import Desk
from web.changed import Trail
from web.port import KnowledgeBase
from web.visitor import needs, visitor

_MOST = 200  # lines


def blueprint(kb: KnowledgeBase, desk: Desk) -> Blueprint:
    """The page over the audit trail of `desk`."""
    pages = Blueprint("changes", __name__)

    @pages.get("/changes")
    @needs("curator")
    def page() -> str:
        trail = Trail(kb, desk, visitor())
        return render_template("changes.html", entries=tuple(trail.told(desk.accounts.trail(most=_MOST))))

    @pages.post("/changes/<int:id>/back")
    @needs("curator")
    def back(id: int) -> Response:
        return redirect(url_for("curating.edit", id=desk.lists.bring_back(visitor(), id).id), 303)

    return pages
