"""People: who may change what. Readers need no account; curators and administrators sign in.

Nothing that lets somebody in is kept as it is: passwords as argon2 hashes, the secrets of sessions, invitations and
tokens as SHA-256 of 256 random bits. A copied database signs nobody in.
"""

from __future__ import annotations

from kb.people.passwords import hashed, matches, weakness
from kb.people.secrets import digest, new_secret
from kb.people.types import ROLES, SCOPES, Entry, Invitation, Person, Role, Scope, Token, may

__all__ = [
    "ROLES",
    "SCOPES",
    "Entry",
    "Invitation",
    "Person",
    "Role",
    "Scope",
    "Token",
    "digest",
    "hashed",
    "matches",
    "may",
    "new_secret",
    "weakness",
]
