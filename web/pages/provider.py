"""`/sign-in/provider`: to the provider, and back from it, as somebody who has an account or was invited to one."""

from __future__ import annotations

import hmac
from datetime import timedelta

import msgspec
from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kb.errors import AccountError
from kb.store.accounts import Accounts
from web.provider import Asked, Provider, ProviderError
from web.visitor import holding, safe_next, signed_in, without

__all__ = ["blueprint"]

_LONG = timedelta(minutes=10)  # that somebody has for telling the provider who they are


class _Begun(msgspec.Struct, frozen=True):
    """What the cookie of a sign-in that has begun holds."""

    asked: Asked
    next: str
    invitation: str


def blueprint(accounts: Accounts, provider: Provider) -> Blueprint:
    """The way to `provider` and back."""
    pages = Blueprint("provider", __name__)

    @pages.get("/sign-in/provider")
    def ask() -> Response | tuple[str, int]:
        if "invitation" in request.args and request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
            abort(403)  # a link of ours is used on our page, lest somebody is led to bind their account to another's
        try:
            address, asked = provider.ask(url_for("provider.back", _external=True))
        except ProviderError as error:
            return _failed(error)
        begun = _Begun(asked, request.args.get("next", ""), request.args.get("invitation", ""))
        return holding(redirect(address, 303), _cookie(), msgspec.json.encode(begun).hex(), _LONG)

    @pages.get("/sign-in/provider/back")
    def back() -> Response | tuple[str, int]:
        begun = _begun()
        if begun is None or not hmac.compare_digest(request.args.get("state", ""), begun.asked.state):
            return _page("This sign-in did not begin here, or it took too long. Begin again."), 403
        try:
            subject = provider.subject(request.url, begun.asked, url_for("provider.back", _external=True))
            secret = _secret(accounts, begun, subject)
        except ProviderError as error:
            return _failed(error)
        except AccountError as error:
            return _page(str(error)), 403
        if secret is None:
            return _page(f"{provider.name} knows you, but you have no account here. Ask an administrator."), 403
        done = signed_in(redirect(safe_next(begun.next), 303), secret)
        return without(done, _cookie())

    return pages


def _secret(accounts: Accounts, begun: _Begun, subject: str) -> str | None:
    return accounts.accept_as(begun.invitation, subject) if begun.invitation else accounts.sign_in_as(subject)


def _failed(error: ProviderError) -> tuple[str, int]:
    current_app.logger.warning("signing in through the provider: %s", error)
    return _page("The provider could not tell who you are. Try again, or sign in with your password."), 502


def _page(wrong: str) -> str:
    return render_template("sign_in.html", wrong=wrong, next="")


def _cookie() -> str:
    return "__Host-touchstone-asked" if request.is_secure else "touchstone-asked"


def _begun() -> _Begun | None:
    try:
        return msgspec.json.decode(bytes.fromhex(request.cookies.get(_cookie(), "")), type=_Begun)
    except (ValueError, msgspec.DecodeError):
        return None
