"""Tokens: what a job shows in place of a password, each with the few things that it may do."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, insert, select, update

from kb.errors import AccountError
from kb.people import digest, new_secret
from kb.people.types import Person, Scope, Token
from kb.store import people, tables
from kb.store.store import Store

_LONGEST = 100  # characters of a name
_SEEN = timedelta(minutes=5)  # a token's last use is noted no oftener
_token = tables.token.c


class Tokens:
    """The tokens of a store. Safe for the threads of a process, and for several processes."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store, self._clock = store, clock

    def issue(self, person: Person, name: str, scopes: Collection[Scope]) -> str:
        """The secret of a new token for jobs; raises `AccountError` where it may nothing or has no name."""
        called = name.strip()[:_LONGEST]
        if not called or not scopes:
            raise AccountError("A token has a name, and at least one thing that it may do.")
        now, secret = self._clock(), new_secret()
        row = {
            "digest": digest(secret),
            "person": person.id,
            "name": called,
            "scopes": msgspec.json.encode(sorted(scopes)).decode(),
            "at": _text(now),
            "revoked": 0,
        }
        with self._store.transaction() as connection:
            connection.execute(insert(tables.token).values(row))
            people.note(connection, person.id, "issue a token", called, now)
        return secret

    def of(self, person: Person) -> tuple[Token, ...]:
        """The tokens of a person, the newest first."""
        query = select(tables.token).where(_token.person == person.id).order_by(_token.id.desc())
        with self._store.look() as connection:
            return tuple(map(_read, connection.execute(query)))

    def revoke(self, person: Person, id: int) -> None:
        """Make one of a person's own tokens good no more."""
        mine = select(_token.name).where(_token.id == id, _token.person == person.id, _token.revoked == 0)
        with self._store.transaction() as connection:
            name = connection.scalar(mine)
            if name is not None:
                connection.execute(update(tables.token).where(_token.id == id).values(revoked=1))
                people.note(connection, person.id, "revoke a token", name, self._clock())

    def bearer(self, secret: str, scope: Scope) -> Person | None:
        """For whom a token acts, if it may do this."""
        now = self._clock()
        with self._store.look() as connection:
            row = connection.execute(select(tables.token).where(_token.digest == digest(secret))).one_or_none()
            found = _read(row) if row else None
            person = people.person(connection, found.person) if found else None
        if found is None or found.revoked or scope not in found.scopes or person is None or person.disabled:
            return None
        if found.used is None or now - found.used > _SEEN:
            with self._store.transaction() as connection:
                connection.execute(update(tables.token).where(_token.id == found.id).values(used=_text(now)))
        return person


def revoke_all(connection: Connection, person: int) -> None:
    """No token of this account is good any more."""
    connection.execute(update(tables.token).where(_token.person == person).values(revoked=1))


def _read(row: Row[Any]) -> Token:
    return Token(
        id=row.id,
        person=row.person,
        name=row.name,
        scopes=msgspec.json.decode(row.scopes, type=tuple[Scope, ...]),
        at=datetime.fromisoformat(row.at),
        used=datetime.fromisoformat(row.used) if row.used else None,
        revoked=bool(row.revoked),
    )


def _text(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()
