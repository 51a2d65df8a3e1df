"""Browsers with which somebody has come in to an account.

After OWASP's "Slow down online guessing attacks with device cookies": failures are counted for a name, and would let
anybody keep its owner out by failing on purpose; a browser that came in before is counted by itself instead. What it
holds signs nobody in, and of it only the digest is kept, until `GOOD_FOR` after it came in last.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, delete, insert, select

from kb.store import tables

GOOD_FOR = timedelta(days=180)
_device = tables.device.c


def is_known(connection: Connection, digest: str, person: int, at: datetime) -> bool:
    """Whether this browser has come in to this account, not too long ago."""
    query = select(_device.at).where(_device.digest == digest, _device.person == person, _device.at > _oldest(at))
    return connection.scalar(query) is not None


def know(connection: Connection, digest: str, person: int, at: datetime) -> None:
    """A browser has come in to this account; those that have not for too long are forgotten."""
    connection.execute(insert(tables.device).values(digest=digest, person=person, at=at.astimezone(UTC).isoformat()))
    connection.execute(delete(tables.device).where(_device.at <= _oldest(at)))


def forget(connection: Connection, *, digest: str | None = None, person: int | None = None) -> None:
    """One browser is not known any more, or none of a person's."""
    gone = _device.digest == digest if digest is not None else _device.person == person
    connection.execute(delete(tables.device).where(gone))


def _oldest(at: datetime) -> str:
    return (at - GOOD_FOR).astimezone(UTC).isoformat()
