"""What could not be read: kept with its reason, until it is read after all."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Connection, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from kb.store import tables
from kb.store.entries import QuarantineEntry

_ours = tables.quarantine.c


def enter(connection: Connection, *, payload: str, key: str, reason: str, remedy: str, at: datetime) -> None:
    """Note a failure; one entry for each payload and key within it."""
    row = {"payload": payload, "key": key, "reason": reason, "remedy": remedy, "at": at.isoformat(), "mended_at": None}
    statement = upsert(tables.quarantine).values(row)
    connection.execute(statement.on_conflict_do_update(index_elements=["payload", "key"], set_=row))


def open_entries(connection: Connection) -> tuple[QuarantineEntry, ...]:
    """Entries not yet mended, oldest first."""
    query = (
        select(tables.quarantine, tables.payload.c.source, tables.payload.c.key.label("payload_key"))
        .join(tables.payload)
        .where(_ours.mended_at.is_(None))
        .order_by(_ours.id)
    )
    return tuple(
        QuarantineEntry(
            id=row.id,
            source=row.source,
            payload=row.payload,
            payload_key=row.payload_key,
            key=row.key,
            reason=row.reason,
            remedy=row.remedy,
            at=datetime.fromisoformat(row.at),
        )
        for row in connection.execute(query)
    )


def close(connection: Connection, payload: str, at: datetime, still: Collection[str]) -> None:
    """Mark the payload's open entries as mended, but those whose keys are `still` unreadable."""
    ours = connection.execute(
        select(_ours.id, _ours.key).where(_ours.payload == payload, _ours.mended_at.is_(None))
    ).all()
    drop(connection, [row.id for row in ours if row.key not in still], at)


def drop(connection: Connection, ids: Sequence[int], at: datetime) -> int:
    """Close the open entries among `ids`; returns how many they were."""
    closing = update(tables.quarantine).where(_ours.id.in_(ids), _ours.mended_at.is_(None))
    return connection.execute(closing.values(mended_at=at.isoformat())).rowcount
