"""Putting a record: one transaction that leaves the record whole, its change numbered, its identities known."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec
from sqlalchemy import Connection, bindparam, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from kb.extraction import Extraction
from kb.record import Record
from kb.store import tables
from kb.store.entries import Change, Put
from kb.store.keys import add_keys, set_keys
from kb.store.references import add_references, set_references

# Made once: putting a query together costs as much as answering it.
_PUBLICATION = select(tables.publication).where(tables.publication.c.id == bindparam("id"))
_STORED = select(tables.record.c.digest, tables.record.c.publication).where(
    tables.record.c.source == bindparam("source"), tables.record.c.key == bindparam("key")
)
_MEMBERS = select(tables.record.c.body).where(tables.record.c.publication == bindparam("publication"))


def put(
    connection: Connection, record: Record, publication: str, machine: Extraction, payload: str, at: datetime
) -> Put:
    """`Store.put` on an open transaction."""
    reading = msgspec.json.encode(machine, order="deterministic").decode()
    held = connection.execute(_PUBLICATION, {"id": publication}).one_or_none()
    stored = connection.execute(_STORED, {"source": record.source, "key": record.key}).one_or_none()
    if held and stored and (stored.digest, stored.publication, held.machine) == (record.digest, publication, reading):
        return Put(Change.UNCHANGED, publication, held.revision)
    done = note(connection, publication, reading, Change.UPDATED if held else Change.CREATED, at)
    _put_record(connection, record, publication, payload, alone=held is None)
    return done


def reread(connection: Connection, publication: str, machine: Extraction, at: datetime) -> Put:
    """`Store.reread` on an open transaction."""
    reading = msgspec.json.encode(machine, order="deterministic").decode()
    held = connection.execute(select(tables.publication).where(tables.publication.c.id == publication)).one()
    if held.machine == reading:
        return Put(Change.UNCHANGED, publication, held.revision)
    return note(connection, publication, reading, Change.UPDATED, at)


def note(connection: Connection, publication: str, reading: str, kind: Change, at: datetime) -> Put:
    """Number the change, and set the publication to it."""
    revision = number(connection, publication, kind, at)
    row = {"id": publication, "revision": revision, "machine": reading}
    connection.execute(upsert(tables.publication).values(row).on_conflict_do_update(index_elements=["id"], set_=row))
    return Put(kind, publication, revision)


def touch(connection: Connection, publication: str, at: datetime) -> None:
    """Number a change of what is known beside the records of a publication, so that views look at it again."""
    revision = number(connection, publication, Change.UPDATED, at)
    table = tables.publication
    connection.execute(update(table).where(table.c.id == publication).values(revision=revision))


def _put_record(connection: Connection, record: Record, publication: str, payload: str, *, alone: bool) -> None:
    row = {
        "source": record.source,
        "key": record.key,
        "publication": publication,
        "digest": record.digest,
        "payload": payload,
        "body": record.canonical.decode(),
    }
    connection.execute(
        upsert(tables.record).values(row).on_conflict_do_update(index_elements=["source", "key"], set_=row)
    )
    if alone:
        add_keys(connection, publication, [record])
        add_references(connection, publication, [record])
    else:
        look_up_by(connection, publication, members(connection, publication))


def look_up_by(connection: Connection, publication: str, members: tuple[Record, ...]) -> None:
    """Let a publication be found by its `members` and by what they cite, and by nothing else."""
    set_keys(connection, publication, members)
    set_references(connection, publication, members)


def members(connection: Connection, publication: str) -> tuple[Record, ...]:
    """The records of a publication."""
    bodies = connection.scalars(_MEMBERS, {"publication": publication})
    return tuple(msgspec.json.decode(body, type=Record) for body in bodies)


def number(connection: Connection, publication: str, kind: Change, at: datetime) -> int:
    """Write a change down, and return its number: the store's revision from now on."""
    change = tables.change
    values = {"publication": publication, "kind": kind, "at": at.astimezone(UTC).isoformat()}
    revision: int = connection.execute(insert(change).values(values).returning(change.c.revision)).scalar_one()
    return revision
