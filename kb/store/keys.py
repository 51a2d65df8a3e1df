"""The keys under which publications are looked up, and the look-up."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from sqlalchemy import BindParameter, Connection, Select, bindparam, delete, func, insert, select

from kb.identity import CROWD, MOST, identity_keys
from kb.record import Record
from kb.store import tables

_identity, _record = tables.identity.c, tables.record.c
_BATCH = 1_000


def _likeliest() -> Select[tuple[str, int]]:
    """Which publications share how many of `keys`; one that shares only a key of many tells nothing."""
    crowd = func.count().over(partition_by=_identity.key).label("crowd")
    wanted: BindParameter[str] = bindparam("keys", expanding=True)
    keys = select(_identity.publication, crowd).where(_identity.key.in_(wanted)).subquery().c
    shared = func.count().label("shared")
    return (
        select(keys.publication, shared)
        .group_by(keys.publication)
        .having((shared > 1) | (func.min(keys.crowd) <= CROWD))
        .order_by(shared.desc(), keys.publication)
        .limit(MOST)
    )


# Made once: putting a query together costs as much as answering it.
_FOUND = _likeliest().subquery().c
_RECOGNISED = select(_FOUND.publication).order_by(_FOUND.shared.desc(), _FOUND.publication)
_CANDIDATES = (
    select(_record.publication, _record.body)
    .where(_record.publication == _FOUND.publication)
    .order_by(_FOUND.shared.desc(), _FOUND.publication, _record.source, _record.key)
)


def recognised(connection: Connection, record: Record) -> tuple[str, ...]:
    """Publications that share a key with `record`: those that share most first, and no more than a few."""
    return tuple(connection.scalars(_RECOGNISED, {"keys": identity_keys(record)}))


def candidates(connection: Connection, record: Record) -> dict[str, tuple[Record, ...]]:
    """The same publications with their records."""
    members: dict[str, tuple[Record, ...]] = {}
    for row in connection.execute(_CANDIDATES, {"keys": identity_keys(record)}):
        members[row.publication] = (*members.get(row.publication, ()), msgspec.json.decode(row.body, type=Record))
    return members


def set_keys(connection: Connection, publication: str, members: Iterable[Record]) -> None:
    """Replace the keys of a publication by those of its `members`."""
    connection.execute(delete(tables.identity).where(_identity.publication == publication))
    add_keys(connection, publication, members)


def add_keys(connection: Connection, publication: str, members: Iterable[Record]) -> None:
    """Write the keys of `members` down, of a publication that has none yet."""
    keys = {key for each in members for key in identity_keys(each)}
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
