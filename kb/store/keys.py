"""The keys under which publications are looked up, and the look-up."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from sqlalchemy import Connection, delete, func, insert, select

from kb.identity import identity_keys
from kb.record import Record
from kb.store import tables

_identity, _record = tables.identity.c, tables.record.c
# A record that shares keys with more publications than this has a title like everybody's; the likest are looked at.
_MOST = 20
_BATCH = 1_000


def recognised(connection: Connection, record: Record) -> tuple[str, ...]:
    """Publications that share a key with `record`: those that share most first, and no more than a few."""
    shared = func.count().label("shared")
    query = (
        select(_identity.publication)
        .where(_identity.key.in_(identity_keys(record)))
        .group_by(_identity.publication)
        .order_by(shared.desc(), _identity.publication)
        .limit(_MOST)
    )
    return tuple(connection.scalars(query))


def set_keys(connection: Connection, publication: str, members: Iterable[Record]) -> None:
    """Replace the keys of a publication by those of its `members`."""
    keys = {key for each in members for key in identity_keys(each)}
    connection.execute(delete(tables.identity).where(_identity.publication == publication))
    if keys:
        connection.execute(insert(tables.identity), [{"key": key, "publication": publication} for key in sorted(keys)])


def cut_anew(connection: Connection) -> None:
    """Make all keys again from the records, after the way they are cut has changed."""
    connection.execute(delete(tables.identity))
    last = ("", "")
    while True:
        query = (
            select(_record.source, _record.key, _record.publication, _record.body)
            .where((_record.source > last[0]) | ((_record.source == last[0]) & (_record.key > last[1])))
            .order_by(_record.source, _record.key)
            .limit(_BATCH)
        )
        rows = connection.execute(query).all()
        if not rows:
            return
        last = (rows[-1].source, rows[-1].key)
        pairs = {
            (key, row.publication) for row in rows for key in identity_keys(msgspec.json.decode(row.body, type=Record))
        }
        connection.execute(
            insert(tables.identity).prefix_with("OR IGNORE"),
            [{"key": key, "publication": publication} for key, publication in sorted(pairs)],
        )
