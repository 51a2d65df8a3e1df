"""Joining publications and splitting them: records change hands, none is lost, and each step is a change of its own."""

from __future__ import annotations

from datetime import datetime

import msgspec
from sqlalchemy import Connection, delete, select, update

from kb.errors import PublicationNotFoundError
from kb.extraction import Extraction
from kb.store import corrections, links, reports, tables
from kb.store.entries import Change, Put
from kb.store.links import Link
from kb.store.put import look_up_by, members, note, number
from kb.store.references import clear_references

_record, _publication, _identity = tables.record, tables.publication, tables.identity


def join(connection: Connection, kept: str, gone: str, machine: Extraction, said: Link) -> Put:
    """`Store.join` on an open transaction."""
    for id in (kept, gone):
        if connection.scalar(select(_publication.c.id).where(_publication.c.id == id)) is None:
            raise PublicationNotFoundError(id)
    connection.execute(update(_record).where(_record.c.publication == gone).values(publication=kept))
    connection.execute(delete(_identity).where(_identity.c.publication == gone))
    clear_references(connection, gone)
    connection.execute(delete(_publication).where(_publication.c.id == gone))
    number(connection, gone, Change.REMOVED, said.at)
    look_up_by(connection, kept, members(connection, kept))
    links.repoint(connection, gone, kept)
    corrections.move(connection, gone, kept)
    reports.move(connection, gone, kept)
    links.write(connection, said)
    return note(connection, kept, _text(machine), Change.UPDATED, said.at)


def split(
    connection: Connection, source: str, key: str, founded: str, left: Extraction, apart: Extraction, at: datetime
) -> Put:
    """`Store.split` on an open transaction."""
    ours = (_record.c.source == source) & (_record.c.key == key)
    old = connection.scalars(select(_record.c.publication).where(ours)).one()
    done = note(connection, founded, _text(apart), Change.CREATED, at)
    connection.execute(update(_record).where(ours).values(publication=founded))
    for id in (old, founded):
        look_up_by(connection, id, members(connection, id))
    links.forget_alias(connection, founded)
    corrections.take_back(connection, old, founded)
    said = links.link(old, founded, "different", "person", f"{source}:{key} was taken out by hand", at)
    links.write(connection, said)
    note(connection, old, _text(left), Change.UPDATED, at)
    return done


def _text(machine: Extraction) -> str:
    return msgspec.json.encode(machine, order="deterministic").decode()
