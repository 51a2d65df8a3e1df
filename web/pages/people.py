"""`/people`: what administrators do with accounts."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kb.desk import Desk
from kb.errors import AccountError
from kb.people import ROLES, Role
from kb.store.accounts import GOOD_FOR
from web.port import KnowledgeBase
from web.visitor import needs, visitor


def blueprint(kb: KnowledgeBase, desk: Desk) -> Blueprint:
    """The pages over the accounts of `desk`."""
    accounts = desk.accounts
    pages = Blueprint("people", __name__)

    def listed(link: str | None = None, wrong: str | None = None) -> str:
        return render_template(
            "people.html", people=accounts.people(), roles=ROLES, link=link, days=GOOD_FOR.days, wrong=wrong
        )

    def linked(secret: str) -> str:
        return listed(link=url_for("account.invited", secret=secret, _external=True))

    @pages.get("/people")
    @needs("administrator")
    def index() -> str:
        return listed()

    @pages.post("/people")
    @needs("administrator")
    def invite() -> str | tuple[str, int]:
        try:
            return linked(accounts.invite(visitor(), request.form.get("name", ""), _role()))
        except AccountError as error:
            return listed(wrong=str(error)), 400

    @pages.post("/people/<int:id>/reset")
    @needs("administrator")
    def reset(id: int) -> str:
        return linked(accounts.reset(visitor(), id))

    @pages.post("/people/<int:id>/role")
    @needs("administrator")
    def role(id: int) -> Response | tuple[str, int]:
        try:
            accounts.set_role(visitor(), id, _role())
        except AccountError as error:
            return listed(wrong=f"{error} {error.remedy}"), 409
        return redirect(url_for("people.index"), 303)

    @pages.post("/people/<int:id>/disabled")
    @needs("administrator")
    def disabled(id: int) -> Response | tuple[str, int]:
        try:
            accounts.set_disabled(visitor(), id, request.form.get("disabled") == "yes")
        except AccountError as error:
            return listed(wrong=f"{error} {error.remedy}"), 409
        return redirect(url_for("people.index"), 303)

    return pages


def _role() -> Role:
    return "administrator" if request.form.get("role") == "administrator" else "curator"
