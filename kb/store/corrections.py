"""Corrections in the store. What was undone stays, and says nothing more; all go along when publications are joined."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, select, update

from kb.amendments import Correction
from kb.store import tables

_ours = tables.correction.c
_ROWS = select(tables.correction, tables.person.c.shown).outerjoin(
    tables.person, tables.person.c.id == tables.correction.c.person
)


def standing(connection: Connection, publications: Sequence[str]) -> dict[str, tuple[Correction, ...]]:
    """The corrections that stand, oldest first, by publication; publications without any are not in it."""
    query = _ROWS.where(_ours.publication.in_(publications), _ours.undone.is_(None)).order_by(_ours.id)
    found: dict[str, tuple[Correction, ...]] = {}
    for row in connection.execute(query):
        found[row.publication] = (*found.get(row.publication, ()), _read(row))
    return found


def told(connection: Connection, publication: str) -> tuple[Correction, ...]:
    """All corrections of a publication, what was undone too, the latest first."""
    query = _ROWS.where(_ours.publication == publication).order_by(_ours.id.desc())
    return tuple(map(_read, connection.execute(query)))


def move(connection: Connection, gone: str, kept: str) -> None:
    """Give all corrections of `gone` to `kept`, which it was joined into."""
    connection.execute(update(tables.correction).where(_ours.publication == gone).values(publication=kept))


def take_back(connection: Connection, old: str, founded: str) -> None:
    """Give to `founded`, which is taken out of `old` again, what was said of it before it was joined."""
    for each in told(connection, old):
        if each.made_on == founded:
            connection.execute(update(tables.correction).where(_ours.id == each.id).values(publication=founded))


def _read(row: Row[Any]) -> Correction:
    said = msgspec.json.decode(row.body, type=Correction)
    return msgspec.structs.replace(
        said,
        id=row.id,
        person=row.person,
        who=row.shown or "the command line",
        at=datetime.fromisoformat(row.at),
        undone=datetime.fromisoformat(row.undone) if row.undone else None,
    )
