"""`/sign-in`, `/invitation/<secret>`, `/account`: how somebody comes in, and what is theirs."""

from __future__ import annotations

from flask import Blueprint, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kb.desk import Desk
from kb.errors import AccountError, LinkUsedUpError, TooManyAttemptsError
from kb.people import SCOPES
from kb.store.accounts import Accounts
from web.port import KnowledgeBase
from web.visitor import device, known, needs, place, safe_next, signed_in, signed_out, visitor
from web.watched import watched

__all__ = ["blueprint"]

_WRONG = "This name and password do not belong together."


def blueprint(kb: KnowledgeBase, desk: Desk) -> Blueprint:
    """The pages over the accounts of `desk`."""
    accounts = desk.accounts
    pages = Blueprint("account", __name__)

    @pages.get("/sign-in")
    def sign_in() -> Response | str:
        if g.visitor is not None:
            return redirect(safe_next(request.args.get("next") or url_for("account.mine")), 303)
        return _sign_in_page(None)

    @pages.post("/sign-in")
    def enter() -> Response | tuple[str, int] | tuple[str, int, dict[str, str]]:
        name, password = request.form.get("name", ""), request.form.get("password", "")
        try:
            secret = accounts.sign_in(name, password[:1000], place(), device())
        except TooManyAttemptsError as error:
            wait = int(error.wait.total_seconds())
            told = f"Signing in failed too often. Try again in {wait // 60} minutes."
            return _sign_in_page(told), 429, {"Retry-After": str(wait)}
        if secret is None:
            return _sign_in_page(_WRONG), 403
        return _known(accounts, redirect(safe_next(request.form.get("next")), 303), secret)

    @pages.post("/sign-out")
    def sign_out() -> Response:
        if g.secret:
            accounts.sign_out(g.secret)
        return signed_out(redirect(url_for("search.home"), 303))

    @pages.get("/invitation/<secret>")
    def invited(secret: str) -> str | tuple[str, int]:
        return _invitation_page(accounts, secret, None)

    @pages.post("/invitation/<secret>")
    def accept(secret: str) -> Response | str | tuple[str, int]:
        try:
            new = accounts.accept(secret, request.form.get("password", "")[:1000], request.form.get("shown", ""))
        except LinkUsedUpError:
            return _invitation_page(accounts, secret, None)
        except AccountError as error:
            return _invitation_page(accounts, secret, str(error))
        return _known(accounts, redirect(url_for("account.mine"), 303), new)

    _of_ones_own(pages, desk)
    return pages


def _of_ones_own(pages: Blueprint, desk: Desk) -> None:
    """The pages of whoever is signed in."""

    def shown(token: str | None = None, wrong: str | None = None) -> str:
        return render_template(
            "account.html",
            tokens=desk.tokens.of(visitor()),
            scopes=SCOPES,
            issued=token,
            wrong=wrong,
            lists=desk.lists.of(visitor()),
            watches=watched(desk.watching, visitor()),
        )

    @pages.get("/account")
    @needs("curator")
    def mine() -> str:
        return shown()

    @pages.post("/account/sign-out-everywhere")
    @needs("curator")
    def everywhere() -> Response:
        desk.accounts.sign_out_everywhere(visitor())
        return signed_out(redirect(url_for("account.sign_in"), 303))

    @pages.post("/account/tokens")
    @needs("curator")
    def issue() -> str | tuple[str, int]:
        wanted = [each for each in SCOPES if each in request.form.getlist("scope")]
        try:
            return shown(token=desk.tokens.issue(visitor(), request.form.get("name", ""), wanted))
        except AccountError as error:
            return shown(wrong=str(error)), 400

    @pages.post("/account/tokens/<int:id>/revoke")
    @needs("curator")
    def revoke(id: int) -> Response:
        desk.tokens.revoke(visitor(), id)
        return redirect(url_for("account.mine"), 303)


def _known(accounts: Accounts, response: Response, secret: str) -> Response:
    """`response` to a browser that has come in with a password, and is known by that when it comes again."""
    return known(signed_in(response, secret), accounts.know(secret, device()))


def _sign_in_page(wrong: str | None) -> str:
    return render_template("sign_in.html", wrong=wrong, next=request.values.get("next", ""))


def _invitation_page(accounts: Accounts, secret: str, wrong: str | None) -> str | tuple[str, int]:
    invitation = accounts.invitation(secret)
    if invitation is None:
        return render_template("invitation.html", invitation=None, wrong=None), 410
    page = render_template("invitation.html", invitation=invitation, wrong=wrong, secret=secret)
    return (page, 400) if wrong else page
