"""A provider of OpenID Connect on loopback, which answers as real ones do, and on request as an attacker would."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

from flask import Flask, Response, jsonify, redirect, request
from joserfc import jwt
from joserfc.jwk import RSAKey
from werkzeug.wrappers import Response as AnyResponse

from tests.servers import wsgi

CLIENT, SECRET = "touchstone", "a secret of tests"
_KEY = RSAKey.generate_key(2048, parameters={"kid": "one"})


@dataclass
class Server:
    """What the provider says, to be changed by a test: claims that it adds, and the key it signs with."""

    issuer: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    calls_itself: str | None = None
    key: RSAKey = field(default_factory=lambda: _KEY)
    signs_with: RSAKey | None = None
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    told: int = 0  # how often it was asked what it is


@contextmanager
def serving(now: float) -> Iterator[Server]:
    """A provider on a port of its own, whose clock stands at `now`."""
    server = Server()
    with wsgi.serving(_app(server, now)) as server.issuer:
        yield server


def _app(server: Server, now: float) -> Flask:
    app = Flask("provider")

    @app.get("/.well-known/openid-configuration")
    def told() -> Response:
        at = server.issuer
        server.told += 1
        return jsonify(
            issuer=server.calls_itself or at,
            authorization_endpoint=f"{at}/authorize",
            token_endpoint=f"{at}/token",
            jwks_uri=f"{at}/keys",
        )

    @app.get("/keys")
    def keys() -> Response:
        return jsonify(keys=[server.key.as_dict(private=False)])

    @app.get("/authorize")
    def authorize() -> AnyResponse:
        asked = request.args
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        assert asked["client_id"] == CLIENT
        code = f"code{len(server.codes)}"
        server.codes[code] = {**asked}
        return redirect(f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}")

    @app.post("/token")
    def token() -> tuple[Response, int] | Response:
        asked = server.codes.pop(request.form["code"], None)
        proof = base64.urlsafe_b64encode(sha256(request.form["code_verifier"].encode()).digest()).rstrip(b"=").decode()
        sent = request.authorization
        ours = sent is not None and (sent.username, sent.password) == (CLIENT, SECRET)
        if asked is None or asked["code_challenge"] != proof or not ours:
            return jsonify(error="invalid_grant"), 400
        claims = {
            "iss": server.issuer,
            "aud": CLIENT,
            "sub": "cora-17",
            "nonce": asked["nonce"],
            "iat": int(now),
            "exp": int(now) + 300,
        }
        claims = {name: value for name, value in (claims | server.claims).items() if value is not None}
        signed = jwt.encode({"alg": "RS256", "kid": "one"}, claims, server.signs_with or server.key)
        return app.response_class(
            json.dumps({"access_token": "opaque", "token_type": "Bearer", "id_token": signed}),
            mimetype="application/json",
        )

    return app
