"""Reading lists in the store, each whole as JSON, and the publications that items name."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime
from itertools import chain, count

import msgspec
from sqlalchemy import Connection, delete, func, select
from sqlalchemy.dialects.sqlite import insert as upsert

from kb.lists.types import ReadingList
from kb.store import links, tables

_list, _identity, _audit = tables.reading_list.c, tables.identity.c, tables.audit.c


def put(connection: Connection, reading_list: ReadingList, at: datetime) -> None:
    """Keep a list; one of the same id is replaced."""
    row = {
        "id": reading_list.id,
        "body": msgspec.json.encode(reading_list).decode(),
        "at": at.astimezone(UTC).isoformat(),
    }
    new = upsert(tables.reading_list).values(row)
    connection.execute(new.on_conflict_do_update(index_elements=["id"], set_=row))


def drop(connection: Connection, id: str) -> bool:
    """Take a list away; False where there is none of this id."""
    return connection.execute(delete(tables.reading_list).where(_list.id == id)).rowcount == 1


def read(connection: Connection) -> tuple[ReadingList, ...]:
    """All lists, in the order of their titles."""
    bodies = connection.scalars(select(_list.body))
    found = (msgspec.json.decode(each, type=ReadingList) for each in bodies)
    return tuple(sorted(found, key=lambda each: each.title))


def one(connection: Connection, id: str) -> ReadingList | None:
    """The list of this id."""
    body = connection.scalars(select(_list.body).where(_list.id == id)).one_or_none()
    return msgspec.json.decode(body, type=ReadingList) if body is not None else None


def edited(connection: Connection, id: str) -> bool:
    """Whether somebody with an account has made or changed this list, so that a file would take away their work."""
    made = select(_audit.id).where(_audit.subject == f"list:{id}").limit(1)
    return one(connection, id) is not None and connection.scalars(made).one_or_none() is not None


def free_id(connection: Connection, wanted: str) -> str:
    """`wanted`, or with a number behind it where there is, or was, a list of that id."""
    taken = set(connection.scalars(select(_list.id)))
    taken |= {
        each.removeprefix("list:")
        for each in connection.scalars(select(_audit.subject).where(_audit.subject.startswith("list:")).distinct())
    }
    taken |= set(connection.scalars(select(tables.edition.c.list).distinct()))  # editions outlive their list
    taken |= {"add", "new"}  # addresses of pages beside those of lists
    return next(each for each in chain([wanted], (f"{wanted}-{n}" for n in count(2))) if each not in taken)


def subjects_of(connection: Connection, person: int) -> tuple[str, ...]:
    """The lists (`list:<id>`) that a person has changed, the last first."""
    last = func.max(_audit.id)
    query = select(_audit.subject).where(_audit.person == person, _audit.subject.startswith("list:"))
    return tuple(connection.scalars(query.group_by(_audit.subject).order_by(last.desc())))


def named(connection: Connection, names: Collection[str]) -> dict[str, str]:
    """The ids of the publications held that have `names`: identity keys, ids, or ids that were joined into others."""
    keys = select(_identity.key, _identity.publication).where(_identity.key.in_(names)).order_by(_identity.publication)
    found = {row.key: row.publication for row in connection.execute(keys)}
    held = select(tables.publication.c.id).where(tables.publication.c.id.in_(names))
    found |= {id: id for id in connection.scalars(held)}
    joined = ((each, links.alias_of(connection, each)) for each in names if each not in found and ":" not in each)
    return found | {name: alias for name, alias in joined if alias is not None}
