"""People in the store: accounts, sessions, invitations, failed attempts, and the audit trail."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, delete, func, insert, select, update

from kb.people.types import Entry, Invitation, Person, Role
from kb.store import tables

_person, _session = tables.person.c, tables.session.c
_REMEMBERED = timedelta(days=1)
_invitation, _attempt, _audit = tables.invitation.c, tables.attempt.c, tables.audit.c


def everybody(connection: Connection) -> tuple[Person, ...]:
    """All accounts, in the order of their names."""
    return tuple(map(_read, connection.execute(select(tables.person).order_by(_person.name))))


def person(connection: Connection, id: int) -> Person | None:
    """The account of this number."""
    row = connection.execute(select(tables.person).where(_person.id == id)).one_or_none()
    return _read(row) if row else None


def called(connection: Connection, name: str) -> tuple[Person, str | None] | None:
    """The account that signs in as `name`, and the hash of its password."""
    row = connection.execute(select(tables.person).where(_person.name == name)).one_or_none()
    return (_read(row), row.password) if row else None


def known_as(connection: Connection, subject: str) -> Person | None:
    """The account that a provider calls `subject`."""
    row = connection.execute(select(tables.person).where(_person.subject == subject)).one_or_none()
    return _read(row) if row else None


def add(connection: Connection, name: str, role: Role, at: datetime, **kept: str | None) -> int:
    """Make an account; `kept` are its password's hash or its provider's subject. Returns its number."""
    row = {"name": name, "shown": name.title(), "role": role, "disabled": 0, "at": _text(at), **kept}
    made: int = connection.scalars(insert(tables.person).values(row).returning(_person.id)).one()
    return made


def change(connection: Connection, id: int, **values: Any) -> None:
    """Change an account."""
    connection.execute(update(tables.person).where(_person.id == id).values(values))


def open_session(connection: Connection, digest: str, id: int, at: datetime) -> None:
    """Somebody has signed in."""
    connection.execute(insert(tables.session).values(digest=digest, person=id, at=_text(at), seen=_text(at)))


def session(connection: Connection, digest: str) -> tuple[int, datetime, datetime] | None:
    """Whose session it is, since when, and when it was last seen."""
    row = connection.execute(select(tables.session).where(_session.digest == digest)).one_or_none()
    return (row.person, datetime.fromisoformat(row.at), datetime.fromisoformat(row.seen)) if row else None


def see(connection: Connection, digest: str, at: datetime) -> None:
    """A session was used."""
    connection.execute(update(tables.session).where(_session.digest == digest).values(seen=_text(at)))


def close_sessions(connection: Connection, *, digest: str | None = None, person: int | None = None) -> int:
    """End one session, or all of a person; returns how many."""
    ends = _session.digest == digest if digest is not None else _session.person == person
    return connection.execute(delete(tables.session).where(ends)).rowcount


def invite(connection: Connection, digest: str, invitation: Invitation) -> None:
    """Keep an invitation."""
    row = msgspec.structs.asdict(invitation) | {"digest": digest, "expires": _text(invitation.expires)}
    connection.execute(insert(tables.invitation).values(row))


def invitation(connection: Connection, digest: str) -> Invitation | None:
    """An invitation that was not used yet, whether or not its time is over."""
    row = connection.execute(select(tables.invitation).where(_invitation.digest == digest)).one_or_none()
    return Invitation(row.name, row.role, row.person, datetime.fromisoformat(row.expires)) if row else None


def take_invitation(connection: Connection, digest: str) -> bool:
    """Use an invitation up; False where somebody has done so meanwhile."""
    return connection.execute(delete(tables.invitation).where(_invitation.digest == digest)).rowcount == 1


def revoke_invitations(connection: Connection, person: int) -> None:
    """No link for a new password of this account is good any more."""
    connection.execute(delete(tables.invitation).where(_invitation.person == person))


def failed(connection: Connection, keys: Collection[str], at: datetime) -> None:
    """Note a failure to sign in under each of these keys, and forget those of more than a day ago."""
    connection.execute(insert(tables.attempt), [{"key": each, "at": _text(at)} for each in keys])
    connection.execute(delete(tables.attempt).where(_attempt.at < _text(at - _REMEMBERED)))


def failures(connection: Connection, key: str, since: datetime) -> int:
    """How often signing in failed under a key."""
    query = select(func.count()).where(_attempt.key == key, _attempt.at > _text(since))
    return connection.execute(query).scalar_one()


def note(
    connection: Connection,
    person: int | None,
    action: str,
    subject: str,
    at: datetime,
    *,
    before: str | None = None,
    after: str | None = None,
) -> int:
    """Write a line of the audit trail; returns its number."""
    row = {"at": _text(at), "person": person, "action": action, "subject": subject, "before": before, "after": after}
    made: int = connection.scalars(insert(tables.audit).values(row).returning(_audit.id)).one()
    return made


def trail(connection: Connection, subject: str | None, most: int) -> tuple[Entry, ...]:
    """The last lines of the audit trail, of one subject or of all, the latest first."""
    query = select(tables.audit, _person.shown).outerjoin(tables.person, _person.id == _audit.person)
    if subject is not None:
        query = query.where(_audit.subject == subject)
    rows = connection.execute(query.order_by(_audit.id.desc()).limit(most))
    return tuple(map(_entry, rows))


def entry(connection: Connection, id: int) -> Entry | None:
    """One line of it."""
    query = select(tables.audit, _person.shown).outerjoin(tables.person, _person.id == _audit.person)
    row = connection.execute(query.where(_audit.id == id)).one_or_none()
    return _entry(row) if row else None


def _entry(row: Row[Any]) -> Entry:
    at = datetime.fromisoformat(row.at)
    return Entry(
        row.id, at, row.person, row.shown or "the command line", row.action, row.subject, row.before, row.after
    )


def _read(row: Row[Any]) -> Person:
    return Person(row.id, row.name, row.shown, row.role, bool(row.disabled), datetime.fromisoformat(row.at))


def _text(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()
