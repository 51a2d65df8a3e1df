"""Passwords: argon2id (RFC 9106) by argon2-cffi with its own parameters, and which are refused.

As OWASP ASVS 5.0 chapter 6.2 asks: at least 12 characters, up to 128, any of them, no rules on kinds of characters,
and none that is common or easily guessed (zxcvbn, Wheeler 2016, which knows the lists of broken passwords and the
person's own name). A password of another strength of argon2 is hashed anew when its person signs in.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

LEAST, MOST = 12, 128  # characters
_STRENGTH = 3  # of 4: more than 100 million guesses

_HASHER = PasswordHasher()


def weakness(password: str, known: Iterable[str] = ()) -> str | None:
    """Why a password is refused, as a sentence; None: it is not. `known` are the person's names."""
    if len(password) < LEAST:
        return f"A password has at least {LEAST} characters. Four ordinary words in a row are easy to remember."
    if len(password) > MOST:
        return f"A password has at most {MOST} characters."
    from zxcvbn import zxcvbn  # type: ignore[import-untyped]  # loads its lists, which only a new password needs

    if zxcvbn(password, user_inputs=list(known), max_length=MOST)["score"] < _STRENGTH:
        return "This password is common or easily guessed. Four ordinary words in a row are easy to remember."
    return None


def hashed(password: str) -> str:
    """What is kept of a password."""
    return _HASHER.hash(password)


def matches(kept: str | None, password: str) -> bool:
    """Whether `password` is the one of which `kept` is the hash.

    Where there is none, as for a name that nobody has, the work is done all the same: who tries names learns nothing
    from how long it takes.
    """
    try:
        return _HASHER.verify(kept or _nobodys(), password) and kept is not None
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(kept: str) -> bool:
    """Whether a hash was made with other parameters than are used now."""
    return _HASHER.check_needs_rehash(kept)


@cache
def _nobodys() -> str:
    return _HASHER.hash("nobody's")
