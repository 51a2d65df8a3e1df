"""What readers report, in the store."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from kb.amendments import Report
from kb.store import tables

_ours = tables.report.c


def read(connection: Connection, publication: str | None) -> tuple[Report, ...]:
    """The reports of a publication, or all, the latest first."""
    query = select(tables.report).order_by(_ours.id.desc())
    if publication is not None:
        query = query.where(_ours.publication == publication)
    return tuple(map(_read, connection.execute(query)))


def one(connection: Connection, id: int) -> Report | None:
    """The report of this number."""
    row = connection.execute(select(tables.report).where(_ours.id == id)).one_or_none()
    return _read(row) if row else None


def waiting(connection: Connection, publication: str) -> int:
    """How many reports of a publication nobody has answered."""
    query = select(func.count()).where(_ours.publication == publication, _ours.outcome.is_(None))
    return connection.execute(query).scalar_one()


def add(connection: Connection, publication: str, fact: str | None, words: str, at: str) -> int:
    """Keep a report; returns its number."""
    row = {"publication": publication, "fact": fact, "words": words, "at": at}
    made: int = connection.scalars(insert(tables.report).values(row).returning(_ours.id)).one()
    return made


def change(connection: Connection, id: int, **values: Any) -> None:
    """Note what became of a report."""
    connection.execute(update(tables.report).where(_ours.id == id).values(values))


def move(connection: Connection, gone: str, kept: str) -> None:
    """Give all reports of `gone` to `kept`, which it was joined into."""
    connection.execute(update(tables.report).where(_ours.publication == gone).values(publication=kept))


def _read(row: Row[Any]) -> Report:
    return Report(
        id=row.id,
        publication=row.publication,
        fact=row.fact,
        words=row.words,
        at=datetime.fromisoformat(row.at),
        outcome=row.outcome,
        answer=row.answer,
        answered=datetime.fromisoformat(row.answered) if row.answered else None,
    )
