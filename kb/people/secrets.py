"""Secrets that let somebody in: 256 random bits, of which only a digest is kept."""

from __future__ import annotations

from hashlib import sha256
from secrets import token_urlsafe


def new_secret() -> str:
    """A secret for a session, an invitation or a token; it is shown once and kept nowhere."""
    return token_urlsafe(32)


def digest(secret: str) -> str:
    """What is kept of a secret. It has 256 random bits, so that one round of SHA-256 is enough."""
    return sha256(secret.encode()).hexdigest()
