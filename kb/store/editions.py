"""Editions in the store: each whole as JSON, and its page as the bytes that are served for good.

There is a way to make one and none to change it: a name that is taken is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import UTC, datetime

import msgspec
from sqlalchemy import Connection, func, insert, literal_column, select

from kb.errors import EditionError
from kb.lists.editions import Edition, Named
from kb.people import Person
from kb.store import people, tables
from kb.store.reading import ReadStore
from kb.store.store import Store

_edition = tables.edition.c
_AT_ONCE = 500  # ids of one query


class ReadEditions:
    """The editions of a store, to be read."""

    def __init__(self, store: ReadStore) -> None:
        self._reading = store

    def of_list(self, list: str) -> tuple[Named, ...]:
        """The editions of a list, the newest first."""
        with self._reading.look() as connection:
            return _of_list(connection, list)

    def read(self, list: str, name: str) -> Edition | None:
        """An edition whole."""
        with self._reading.look() as connection:
            return _read(connection, list, name)

    def page(self, list: str, name: str) -> bytes | None:
        """The page of an edition, as it was made."""
        with self._reading.look() as connection:
            return _page(connection, list, name)

    def came_since(self, publications: Collection[str], revision: int) -> int:
        """How many of these publications came to be here after `revision`."""
        with self._reading.look() as connection:
            return _came_since(connection, publications, revision)


class Editions(ReadEditions):
    """The editions of a store, to be made. Safe for several threads and processes."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        super().__init__(store)
        self._store, self._clock = store, clock

    def named(self, list: str, name: str, revision: int) -> Named:
        """What an edition that is made now would be called."""
        return Named(list, name, self._clock().astimezone(UTC).replace(microsecond=0), revision)

    def freeze(self, by: Person, edition: Edition, page: bytes) -> None:
        """Keep an edition and its page, for good; raises `EditionError` where there is one of its name."""
        named = edition.named
        row = {
            "list": named.list,
            "name": named.name,
            "at": named.at.isoformat(),
            "revision": named.revision,
            "body": msgspec.json.encode(edition).decode(),
            "page": page,
        }
        with self._store.transaction() as connection:
            if _page(connection, named.list, named.name) is not None:
                raise EditionError(f"There is an edition {named.name!r} already, and editions are never overwritten.")
            connection.execute(insert(tables.edition).values(row))
            subject = f"edition:{named.list}/{named.name}"  # it changes nothing of the list
            people.note(connection, by.id, "freeze an edition", subject, self._clock())


def _of_list(connection: Connection, list: str) -> tuple[Named, ...]:
    query = select(_edition.list, _edition.name, _edition.at, _edition.revision).where(_edition.list == list)
    rows = connection.execute(query.order_by(_edition.at.desc(), literal_column("rowid").desc()))
    return tuple(Named(row.list, row.name, datetime.fromisoformat(row.at), row.revision) for row in rows)


def _read(connection: Connection, list: str, name: str) -> Edition | None:
    body = connection.scalar(select(_edition.body).where(_edition.list == list, _edition.name == name))
    return msgspec.json.decode(body, type=Edition) if body is not None else None


def _page(connection: Connection, list: str, name: str) -> bytes | None:
    page: bytes | None = connection.scalar(select(_edition.page).where(_edition.list == list, _edition.name == name))
    return page


def _came_since(connection: Connection, publications: Collection[str], revision: int) -> int:
    ids, change = sorted(publications), tables.change.c
    total = 0
    for start in range(0, len(ids), _AT_ONCE):
        batch = ids[start : start + _AT_ONCE]
        first = (
            select(change.publication)
            .where(change.publication.in_(batch))
            .group_by(change.publication)
            .having(func.min(change.revision) > revision)
        )
        total += connection.scalar(select(func.count()).select_from(first.subquery())) or 0
    return total
