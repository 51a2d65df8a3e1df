"""Signing in through a provider of OpenID Connect, where `touchstone.toml` names one (the extra `oidc`).

The code flow with PKCE, and nothing of it that can be left out (OpenID Connect Core 1.0, 3.1; RFC 9700): `state` and
`nonce` are held by the browser that began, the answer is taken once, and the ID token is believed only if the
provider signed it, for us, for this sign-in, and not too long ago. An account is known by issuer and subject, never
by an e-mail address: providers let people choose those.
"""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import Any

import msgspec
import requests
from authlib.common.errors import AuthlibBaseError
from authlib.common.security import generate_token
from authlib.integrations.requests_client import OAuth2Session
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from joserfc.jwt import JWTClaimsRegistry

from kb.settings import ProviderSettings

_PATIENCE = 10  # seconds that the provider has for an answer
_GOOD_FOR = 600  # seconds that what it says of itself is kept
_SIGNED_BY = ["RS256", "PS256", "ES256", "ES384", "EdDSA", "Ed25519"]  # with keys that only the provider has


class ProviderError(Exception):
    """The provider is out of reach, or what came from it cannot be believed."""


class Asked(msgspec.Struct, frozen=True):
    """What the browser that began a sign-in holds until its answer comes."""

    state: str
    nonce: str
    verifier: str


class Provider:
    """A provider, and us as it knows us. `secret` is what we prove ourselves with, empty for a public client."""

    def __init__(self, settings: ProviderSettings, secret: str, clock: Callable[[], float] = monotonic) -> None:
        self.name = settings.name
        self._settings, self._secret, self._clock = settings, secret, clock
        self._heard: tuple[float, dict[str, Any]] | None = None

    def ask(self, back: str) -> tuple[str, Asked]:
        """The address at which the provider asks who somebody is, to answer at `back`; raises `ProviderError`."""
        asked = Asked(generate_token(32), generate_token(32), generate_token(64))
        address, _ = self._session(back).create_authorization_url(
            self._told()["authorization_endpoint"],
            state=asked.state,
            nonce=asked.nonce,
            code_verifier=asked.verifier,
        )
        return str(address), asked

    def subject(self, answer: str, asked: Asked, back: str) -> str:
        """Who it is, from the address with which the provider sent the browser back; raises `ProviderError`."""
        told = self._told()
        try:
            given = self._session(back).fetch_token(
                told["token_endpoint"],
                authorization_response=answer,
                state=asked.state,
                code_verifier=asked.verifier,
                timeout=_PATIENCE,
            )
            keys = KeySet.import_key_set({"keys": self._json(told["jwks_uri"])["keys"]})
            claims = jwt.decode(given["id_token"], keys, algorithms=_SIGNED_BY).claims
            self._believable(claims, asked)
        except (AuthlibBaseError, JoseError, requests.RequestException, KeyError, ValueError) as error:
            raise ProviderError(f"{type(error).__name__}: {error}") from error
        return f"{claims['iss']} {claims['sub']}"

    def _believable(self, claims: dict[str, Any], asked: Asked) -> None:
        """Raises where an ID token was not made by this provider, for us, for this sign-in, and lately."""
        us = self._settings.client_id
        JWTClaimsRegistry(
            leeway=60,
            iss={"essential": True, "value": self._settings.issuer},
            aud={"essential": True, "value": us},
            nonce={"essential": True, "value": asked.nonce},
            sub={"essential": True},
            exp={"essential": True},
            iat={"essential": True},
        ).validate(claims)
        if claims.get("azp", us) != us:
            raise ProviderError("the ID token was made for somebody else")

    def _session(self, back: str) -> OAuth2Session:
        return OAuth2Session(
            self._settings.client_id,
            self._secret or None,
            scope="openid",
            redirect_uri=back,
            code_challenge_method="S256",
            token_endpoint_auth_method="client_secret_basic" if self._secret else "none",
        )

    def _told(self) -> dict[str, Any]:
        """What the provider says of itself (OpenID Connect Discovery 1.0, 4), asked again after `_GOOD_FOR`.

        So a stranger who asks for our page without end does not let us ask the provider without end.
        """
        now = self._clock()
        if self._heard is not None and now - self._heard[0] < _GOOD_FOR:
            return self._heard[1]
        told = self._json(f"{self._settings.issuer.rstrip('/')}/.well-known/openid-configuration")
        if told.get("issuer") != self._settings.issuer:
            raise ProviderError(f"{self._settings.issuer} says that it is {told.get('issuer')}")
        self._heard = now, told
        return told

    @staticmethod
    def _json(address: str) -> dict[str, Any]:
        try:
            answer = requests.get(address, timeout=_PATIENCE)
            answer.raise_for_status()
            return dict(answer.json())
        except (requests.RequestException, ValueError, TypeError) as error:
            raise ProviderError(f"{address}: {error}") from error
