"""Who is looking: the cookie of the session, what a form must carry, and what is open to whom.

Nothing is believed of a request but its cookie, or the token of a job. What changes something comes from a page of
ours: the browser says so (`Sec-Fetch-Site`, else `Origin`), and the form carries a token made from the session's
secret, which no other site knows (OWASP ASVS 5.0, 3.5.1). The cookie is out of reach of script, goes to this host
alone, and of what is shown to somebody who is signed in nothing is kept by caches (14.3.2).
"""

from __future__ import annotations

import hmac
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from hashlib import sha256
from ipaddress import IPv4Address, ip_address, ip_network
from typing import ParamSpec, TypeVar
from urllib.parse import urlsplit

import msgspec
from flask import Flask, Response, abort, current_app, g, redirect, request, url_for
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.wrappers import Response as AnyResponse

from kb.desk import Desk
from kb.people import Person, Role, may
from kb.store import devices
from kb.store.accounts import LONGEST
from kb.store.tokens import Tokens

MOST = 2**20  # bytes that a form may have
_SAFE = frozenset(("GET", "HEAD", "OPTIONS"))

P = ParamSpec("P")
R = TypeVar("R")


def register(app: Flask, desk: Desk | None) -> None:
    """Let `app` know who is looking; without `desk` nobody can sign in, and nothing can be sent."""
    app.config["MAX_CONTENT_LENGTH"] = MOST if desk else 0
    app.jinja_env.globals["has_accounts"] = desk is not None

    @app.before_request
    def recognise() -> None:
        g.secret, g.visitor = None, None
        if desk and (authorization := request.authorization) and authorization.type == "bearer":
            g.visitor = _of_job(desk.tokens, authorization.token or "")
            return
        if desk and (secret := request.cookies.get(cookie())):
            g.secret, g.visitor = secret, desk.accounts.visitor(secret)
        if request.method not in _SAFE:
            _ours()

    @app.after_request
    def keep_nothing(response: Response) -> Response:
        if g.get("visitor") is not None:
            response.headers["Cache-Control"] = "no-store"
        return response

    @app.context_processor
    def known() -> dict[str, object]:
        return {"visitor": g.get("visitor"), "form_token": form_token()}


def desk_open() -> bool:
    """Whether there are pages on which something can be changed."""
    return bool(current_app.jinja_env.globals["has_accounts"])


def cookie() -> str:
    """The name of the cookie: over HTTPS one that browsers take from this very host only."""
    return "__Host-touchstone" if request.is_secure else "touchstone"


def signed_in(response: AnyResponse, secret: str) -> AnyResponse:
    """`response` with the cookie of a session."""
    return holding(response, cookie(), secret, LONGEST)


def known(response: AnyResponse, secret: str) -> AnyResponse:
    """`response` with the cookie by which a browser is known when it comes to sign in again."""
    return holding(response, _device_cookie(), secret, devices.GOOD_FOR)


def device() -> str:
    """What the browser is known by; empty where it never came in."""
    return request.cookies.get(_device_cookie(), "")


def place() -> str:
    """Where a request comes from, as failures and reports are counted: an address, or of IPv6 the network of it.

    A household or a rented machine has 2 to the 64 addresses of its own (RFC 6177), and could use a new one each time.
    """
    try:
        address = ip_address(request.remote_addr or "")
    except ValueError:
        return request.remote_addr or ""
    if isinstance(address, IPv4Address):
        return str(address)
    return str(address.ipv4_mapped or ip_network((address, 64), strict=False))


def signed_out(response: AnyResponse) -> AnyResponse:
    """`response` that takes the cookie away."""
    return without(response, cookie())


def without(response: AnyResponse, name: str) -> AnyResponse:
    """`response` that takes a cookie away."""
    response.delete_cookie(name, secure=request.is_secure, httponly=True, samesite="Lax", path="/")
    return response


def form_token() -> str:
    """What a form of this session carries; empty where nobody is signed in."""
    secret = g.get("secret")
    return sha256(f"form:{secret}".encode()).hexdigest() if secret and g.get("visitor") else ""


def visitor() -> Person:
    """Who is signed in; only where `needs` has let somebody through."""
    person: Person = g.visitor
    return person


def needs(role: Role) -> Callable[[Callable[P, R]], Callable[P, R | AnyResponse]]:
    """A page for those who may what `role` may: others are sent to sign in, or told that it is not theirs."""

    def wrap(page: Callable[P, R]) -> Callable[P, R | AnyResponse]:
        @wraps(page)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R | AnyResponse:
            if g.visitor is None:
                back = request.full_path.rstrip("?") if request.method in _SAFE else None
                return redirect(url_for("account.sign_in", next=back), 303)
            if not may(g.visitor, role):
                abort(403)
            return page(*args, **kwargs)

        return guarded

    return wrap


def safe_next(target: str | None) -> str:
    """Where to go after signing in: a path of this site, and nothing that a browser may take for another."""
    home = url_for("search.home")
    if not target or not target.startswith("/") or target.startswith("//"):
        return home
    if any(each in target for each in "\\\r\n\t") or not target.isprintable():
        return home
    parts = urlsplit(target)
    return target if not parts.scheme and not parts.netloc else home


def _device_cookie() -> str:
    return f"{cookie()}-device"


def holding(response: AnyResponse, name: str, value: str, long: timedelta) -> AnyResponse:
    """`response` with a cookie that lasts so long: out of reach of script, and not sent from other sites' forms."""
    seconds = int(long.total_seconds())
    response.set_cookie(name, value, max_age=seconds, secure=request.is_secure, httponly=True, samesite="Lax", path="/")
    return response


def _of_job(tokens: Tokens, token: str) -> Person:
    """For whom a job acts: as a curator at the most, and never on accounts. No browser sends a token by itself."""
    person = tokens.bearer(token, "read" if request.method in _SAFE else "curate")
    if person is None:
        abort(401, www_authenticate=WWWAuthenticate("bearer"))
    if request.blueprint in ("account", "people"):
        abort(403)
    return msgspec.structs.replace(person, role="curator")


def _ours() -> None:
    """Refuse what was not sent from a page of ours."""
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site is not None and site not in ("same-origin", "none"):
        abort(403)
    if site is None and origin is not None and urlsplit(origin).netloc != request.host:
        abort(403)
    if g.visitor is not None and not hmac.compare_digest(request.form.get("token", ""), form_token()):
        abort(403)
