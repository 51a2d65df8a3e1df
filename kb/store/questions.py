"""Questions in the store that are watched: who is told, what was told of them, and which letters have gone out."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, Select, delete, exists, func, insert, or_, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from kb.alerts.types import Answer, Event, Letter, Question, Watch
from kb.store import tables

_question, _watch, _event, _letter = tables.question.c, tables.watch.c, tables.event.c, tables.letter.c
_LIVE = _watch.confirm.is_(None)
_WATCHES: Select[Any] = select(tables.watch, _question.query, _question.name, _question.id.label("asked")).join(
    tables.question
)
_HAPPENED = (tables.event, _question.query, _question.name, _question.id.label("asked"))
_EVENTS: Select[Any] = select(*_HAPPENED).join(tables.question)


def hold(connection: Connection, query: str, name: str, at: datetime) -> Question:
    """The question of this address, as it is held from now on."""
    row = {"query": query, "name": name, "at": _text(at)}
    connection.execute(upsert(tables.question).values(row).on_conflict_do_nothing())
    return _read(connection.execute(select(tables.question).where(_question.query == query)).one())


def question(connection: Connection, id: int) -> Question | None:
    """The question of this number."""
    row = connection.execute(select(tables.question).where(_question.id == id)).one_or_none()
    return _read(row) if row else None


def watched(connection: Connection) -> tuple[Question, ...]:
    """The questions of which somebody is told."""
    live = exists().where(_watch.question == _question.id, _LIVE)
    return tuple(map(_read, connection.execute(select(tables.question).where(live).order_by(_question.id))))


def see(connection: Connection, id: int, answer: Answer) -> None:
    """Remember the answer that was looked at."""
    connection.execute(update(tables.question).where(_question.id == id).values(seen=_json(answer)))


def happen(connection: Connection, question: int, at: datetime, lines: tuple[str, ...]) -> None:
    """An answer has changed."""
    connection.execute(insert(tables.event).values(question=question, at=_text(at), body=_json(lines)))


def events(connection: Connection, query: str, most: int) -> tuple[Event, ...]:
    """The last events of a question, the latest first."""
    rows = connection.execute(_EVENTS.where(_question.query == query).order_by(_event.id.desc()).limit(most))
    return tuple(map(_happened, rows))


def last_event(connection: Connection, question: int) -> int:
    """The number of the last event of a question; 0 where nothing has happened."""
    return connection.scalar(select(func.max(_event.id)).where(_event.question == question)) or 0


def add(connection: Connection, question: int, at: datetime, **values: str | int | None) -> None:
    """Somebody watches a question."""
    row = {"question": question, "at": _text(at), "after": last_event(connection, question), **values}
    connection.execute(insert(tables.watch).values(row))


def change(connection: Connection, id: int, **values: str | int | None) -> None:
    """Change a watch."""
    connection.execute(update(tables.watch).where(_watch.id == id).values(values))


def watches(connection: Connection, **having: str | int | None) -> tuple[Watch, ...]:
    """The watches with these columns, the newest first."""
    query = _WATCHES.where(*(tables.watch.c[name].is_not_distinct_from(value) for name, value in having.items()))
    return tuple(map(_watching, connection.execute(query.order_by(_watch.id.desc()))))


def stop_of(connection: Connection, id: int) -> str:
    """The secret of the link that ends a watch."""
    found: str = connection.execute(select(_watch.stop).where(_watch.id == id)).scalar_one()
    return found


def end(connection: Connection, id: int) -> None:
    """Nobody is told by this watch any more; its address and what was sent to it are forgotten."""
    connection.execute(delete(tables.letter).where(_letter.watch == id))
    connection.execute(delete(tables.watch).where(_watch.id == id))


def end_unconfirmed(connection: Connection, before: datetime) -> int:
    """Forget addresses that nobody confirmed; returns how many."""
    old = delete(tables.watch).where(_watch.confirm.is_not(None), _watch.at < _text(before))
    return connection.execute(old).rowcount


def due(connection: Connection) -> tuple[Letter, ...]:
    """What is to be sent: each event that came after a watch began, to its address, unless it was begun already."""
    begun = exists().where(_letter.watch == _watch.id, _letter.event == _event.id)
    columns = (_watch.id.label("watcher"), _watch.address, _watch.stop)
    told = tables.event.join(tables.question).join(tables.watch, _watch.question == _question.id)
    query = (
        select(*_HAPPENED, *columns)
        .select_from(told)
        .where(_LIVE, _watch.address.is_not(None), _event.id > _watch.after, ~begun)
        .order_by(_event.id, _watch.id)
    )
    rows = connection.execute(query)
    return tuple(Letter(row.watcher, _happened(row), row.address, row.stop) for row in rows)


def begin(connection: Connection, letter: Letter, at: datetime) -> bool:
    """A letter is about to be handed over; False where it was begun before, or nobody wants it any more."""
    if not connection.scalar(select(_watch.id).where(_watch.id == letter.watch)):
        return False
    row = {"watch": letter.watch, "event": letter.event.id, "at": _text(at), "state": "begun"}
    return connection.execute(upsert(tables.letter).values(row).on_conflict_do_nothing()).rowcount == 1


def mark(connection: Connection, letter: Letter, state: str) -> None:
    """What became of a letter."""
    connection.execute(update(tables.letter).where(*_this(letter)).values(state=state))


def unbegin(connection: Connection, letter: Letter) -> None:
    """A letter was certainly not sent: it is due again."""
    connection.execute(delete(tables.letter).where(*_this(letter)))


def interrupted(connection: Connection) -> int:
    """Call lost what was begun and not finished; returns how many letters that are."""
    lost = update(tables.letter).where(_letter.state == "begun").values(state="lost")
    return connection.execute(lost).rowcount


def counted(connection: Connection, **whose: str | int) -> int:
    """How many watches a person or an address has."""
    named = [tables.watch.c[name] == value for name, value in whose.items()]
    return connection.execute(select(func.count()).select_from(tables.watch).where(or_(*named))).scalar_one()


def _this(letter: Letter) -> tuple[Any, ...]:
    return _letter.watch == letter.watch, _letter.event == letter.event.id


def _read(row: Row[Any]) -> Question:
    return Question(row.id, row.query, row.name, _answer(row.seen))


def _asked(row: Row[Any]) -> Question:
    return Question(row.asked, row.query, row.name, None)


def _watching(row: Row[Any]) -> Watch:
    at = datetime.fromisoformat(row.at)
    return Watch(row.id, _asked(row), row.person, row.address, at, row.confirm is None)


def _happened(row: Row[Any]) -> Event:
    lines = msgspec.json.decode(row.body, type=tuple[str, ...])
    return Event(row.id, _asked(row), datetime.fromisoformat(row.at), lines)


def _answer(text: str | None) -> Answer | None:
    return msgspec.json.decode(text, type=Answer) if text else None


def _json(value: object) -> str:
    return msgspec.json.encode(value, order="deterministic").decode()


def _text(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()
