"""What can be read of the store; `kb.store.store` adds what writes."""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime

import msgspec
from sqlalchemy import Connection, Engine, Row, bindparam, func, select
from sqlalchemy.exc import DatabaseError

from kb.amendments import Correction, Report, amended
from kb.errors import PublicationNotFoundError, StoreError
from kb.extraction import DesignKind, Extraction
from kb.lists.types import ReadingList
from kb.overlay import overlay
from kb.publication import Publication, merge
from kb.record import Payload, Record
from kb.store import corrections, jobs, keys, links, lists, quarantine, references, reports, tables
from kb.store.entries import Change, Fetched, Held, QuarantineEntry
from kb.store.jobs import JobState, Run
from kb.store.links import About, Link
from kb.store.put import members
from kb.store.sqlite import LOOKS

_BATCH = 200
_HELD = (
    select(tables.record.c.publication, tables.record.c.digest, tables.record.c.payload, tables.publication.c.machine)
    .join(tables.publication)
    .where(tables.record.c.source == bindparam("source"), tables.record.c.key == bindparam("key"))
)


class ReadStore:
    """An open store, to be read."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._together: Connection | None = None

    def close(self) -> None:
        """Release the database file."""
        self._engine.dispose()

    # What is held.

    @property
    def revision(self) -> int:
        """The number of the last change; 0 for an empty store."""
        with self._reading() as connection:
            return connection.execute(select(func.max(tables.change.c.revision))).scalar() or 0

    def count(self) -> int:
        """How many publications are held."""
        with self._reading() as connection:
            return connection.execute(select(func.count()).select_from(tables.publication)).scalar_one()

    def ids(self) -> tuple[str, ...]:
        """The ids of all publications, in order."""
        with self._reading() as connection:
            return tuple(connection.scalars(select(tables.publication.c.id).order_by(tables.publication.c.id)))

    def publication(self, id: str) -> Publication:
        """The publication `id`, or that which it was joined into; raises `PublicationNotFoundError`."""
        found = next(iter(self.publications([id])), None)
        if found is None:
            with self._reading() as connection:
                alias = links.alias_of(connection, id)
            found = next(iter(self.publications([alias])), None) if alias else None
        if found is None:
            raise PublicationNotFoundError(id)
        return found

    def publications(self, ids: Sequence[str]) -> Iterator[Publication]:
        """The publications with these ids, in the order given; ids that are not held are passed over."""
        for at in range(0, len(ids), _BATCH):
            yield from self._batch(ids[at : at + _BATCH])

    def _batch(self, ids: Sequence[str]) -> Iterator[Publication]:
        held, records = tables.publication.c, tables.record.c
        with self._reading() as connection:
            rows = {row.id: row for row in connection.execute(select(tables.publication).where(held.id.in_(ids)))}
            members: dict[str, list[Record]] = {id: [] for id in ids}
            for row in connection.execute(
                select(records.publication, records.body).where(records.publication.in_(ids))
            ):
                members[row.publication].append(msgspec.json.decode(row.body, type=Record))
            said = corrections.standing(connection, ids)
        return (_publication(rows[id], members[id], said.get(id, ())) for id in ids if id in rows)

    def gone(self, ids: Sequence[str]) -> frozenset[str]:
        """Those of `ids` that are no publications: they were joined into others."""
        found: set[str] = set()
        with self._reading() as connection:
            for at in range(0, len(ids), _BATCH):
                held = tables.publication.c.id
                found.update(connection.scalars(select(held).where(held.in_(ids[at : at + _BATCH]))))
        return frozenset(ids) - found

    def changes(self, since: int) -> tuple[tuple[int, str], ...]:
        """Publications changed after revision `since`, each once with its last revision, oldest first."""
        last = func.max(tables.change.c.revision).label("last")
        query = (
            select(last, tables.change.c.publication)
            .where(tables.change.c.revision > since)
            .group_by(tables.change.c.publication)
            .order_by(last)
        )
        with self._reading() as connection:
            return tuple((row.last, row.publication) for row in connection.execute(query))

    # What it rests on.

    def held(self, record: Record) -> Held | None:
        """What is stored under the record's source and key."""
        with self._reading() as connection:
            row = connection.execute(_HELD, {"source": record.source, "key": record.key}).one_or_none()
        if row is None:
            return None
        version = msgspec.json.decode(row.machine, type=Extraction).version
        return Held(row.publication, row.digest, version, row.payload)

    def members(self, publication: str) -> tuple[Record, ...]:
        """The records of a publication; empty where there is none of this id."""
        with self._reading() as connection:
            return members(connection, publication)

    def fetched(self, publication: str) -> dict[tuple[str, str], Fetched]:
        """When each record (source, key) of a publication was fetched, as it now stands, and whence."""
        ours, body = tables.record.c, tables.payload.c
        columns = (ours.source, ours.key, body.source.label("whence"), body.fetched_at)
        query = select(*columns).join(tables.payload).where(ours.publication == publication)
        with self._reading() as connection:
            return {
                (row.source, row.key): Fetched(datetime.fromisoformat(row.fetched_at), row.whence)
                for row in connection.execute(query)
            }

    def listed(self, format: str, least: int) -> Fetched | None:
        """When a document of `format`, of `least` bytes or more, was fetched last, and whence; None: there is none."""
        kept = tables.payload.c
        whole = select(kept.fetched_at, kept.source).where(kept.format == format, kept.size >= least)
        last = whole.order_by(kept.fetched_at.desc())
        with self._reading() as connection:
            row = connection.execute(last.limit(1)).one_or_none()
        return Fetched(datetime.fromisoformat(row.fetched_at), row.source) if row else None

    def founded(self, publication: str) -> datetime | None:
        """When the publication came to be, as it is now; None where it is not held."""
        change = tables.change.c
        query = select(func.max(change.at)).where(change.publication == publication, change.kind == Change.CREATED)
        with self._reading() as connection:
            at = connection.scalar(query)
        return datetime.fromisoformat(at) if at else None

    def arrived(self, ids: Collection[str], most: int) -> dict[str, datetime]:
        """Of these publications the `most` that came to be last, the last first, and when that was."""
        change, found = tables.change.c, dict[str, datetime]()
        query = select(change.publication, change.at).where(change.kind == Change.CREATED)
        with self._reading() as connection:
            for row in connection.execute(query.order_by(change.revision.desc())):
                if row.publication in ids and row.publication not in found:
                    found[row.publication] = datetime.fromisoformat(row.at)
                if len(found) == most:
                    break
        return found

    def cited(self, publication: str) -> tuple[str, ...]:
        """The ids of the publications held that it cites, or is said to include."""
        with self._reading() as connection:
            return references.cited(connection, publication)

    def citing(self, publication: str, designs: Collection[DesignKind]) -> tuple[str, ...]:
        """The ids of the publications held that cite it, or are said to include it, and may be of one of `designs`.

        Of those that a person read the design is for the caller to see: all of them are named.
        """
        with self._reading() as connection:
            return references.citing(connection, publication, designs)

    def recognised(self, record: Record) -> tuple[str, ...]:
        """Publications that may be the record's: they share an identifier, a stretch of the title, or the place."""
        with self._reading() as connection:
            return keys.recognised(connection, record)

    def candidates(self, record: Record) -> dict[str, tuple[Record, ...]]:
        """The publications that `recognised` names, the likeliest first, with their records."""
        with self._reading() as connection:
            return keys.candidates(connection, record)

    def holder(self, source: str, key: str) -> str | None:
        """The publication that holds the record `source`:`key`."""
        ours = tables.record.c
        query = select(ours.publication).where(ours.source == source, ours.key == key)
        with self._reading() as connection:
            return connection.scalar(query)

    def payload(self, digest: str) -> Payload:
        """The payload with this digest, as it was received."""
        with self._reading() as connection:
            row = connection.execute(select(tables.payload).where(tables.payload.c.digest == digest)).one_or_none()
        if row is None:
            raise StoreError(f"no payload {digest}")
        return Payload(
            source=row.source,
            key=row.key,
            body=zlib.decompress(row.body),
            fetched_at=datetime.fromisoformat(row.fetched_at),
            format=row.format,
        )

    def documents(self) -> tuple[str, ...]:
        """The digests of all payloads on which a record rests as it now stands, the first fetched first."""
        kept = tables.payload.c
        query = select(kept.digest).where(kept.digest.in_(select(tables.record.c.payload)))
        with self._reading() as connection:
            return tuple(connection.scalars(query.order_by(kept.fetched_at, kept.digest)))

    def studies(self) -> dict[str, str]:
        """Publications of which a person said that they report one study with another, and a name for each study."""
        study: dict[str, str] = {}
        for each in self.links(about="study"):
            if each.kind == "same":
                names = {study.get(each.one, each.one), study.get(each.other, each.other)}
                members = [id for id, name in study.items() if name in names]
                study |= dict.fromkeys([*members, each.one, each.other], min(names))
        return study

    def links(self, publication: str | None = None, about: About = "identity") -> tuple[Link, ...]:
        """What was noted of a publication, or of all."""
        with self._reading() as connection:
            return links.read(connection, publication, about)

    def lists(self) -> tuple[ReadingList, ...]:
        """All reading lists, in the order of their titles."""
        with self._reading() as connection:
            return lists.read(connection)

    def named(self, names: Collection[str]) -> dict[str, str]:
        """The ids of the publications held that have these names: identity keys, or ids."""
        with self._reading() as connection:
            return lists.named(connection, names)

    def corrections(self, publication: str) -> tuple[Correction, ...]:
        """All that curators said of a publication's facts, what was undone too, the latest first."""
        with self._reading() as connection:
            return corrections.told(connection, publication)

    def reports(self, publication: str | None = None) -> tuple[Report, ...]:
        """What readers reported of a publication, or of all, the latest first."""
        with self._reading() as connection:
            return reports.read(connection, publication)

    def quarantined(self) -> tuple[QuarantineEntry, ...]:
        """Everything that is still to be mended, oldest first."""
        with self._reading() as connection:
            return quarantine.open_entries(connection)

    def runs(self, most: int) -> tuple[Run, ...]:
        """The last runs, the latest first."""
        with self._reading() as connection:
            return jobs.runs(connection, most)

    def last_run(self, job: str) -> datetime | None:
        """When the last run of the job that came to its report was started; one that was killed left none."""
        with self._reading() as connection:
            return jobs.last_run(connection, job)

    def job(self, name: str) -> JobState:
        """How far the job has come."""
        with self._reading() as connection:
            return jobs.state(connection, name)

    def problems(self) -> tuple[str, ...]:
        """What is wrong with the database, as SQLite's own checks and our digests find it; empty when whole."""
        with self._reading() as connection:
            found = [row[0] for row in connection.exec_driver_sql("PRAGMA integrity_check") if row[0] != "ok"]
            found += [
                f"{row[0]}: a row refers to a missing {row[2]}"
                for row in connection.exec_driver_sql("PRAGMA foreign_key_check")
            ]
            for row in connection.execute(select(tables.record.c.digest, tables.record.c.key, tables.record.c.body)):
                if msgspec.json.decode(row.body, type=Record).digest != row.digest:
                    found.append(f"record {row.key}: its content does not agree with its digest")
        return tuple(found)

    def look(self) -> AbstractContextManager[Connection]:
        """A connection to read with, for the modules of this room."""
        return self._reading()

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        # Short by construction: a read transaction left open makes the write-ahead log grow.
        if self._together is not None:
            yield self._together
            return
        with translated(), self._engine.connect() as connection:
            yield connection.execution_options(**{LOOKS: True})


@contextmanager
def translated() -> Iterator[None]:
    """What the database refuses within is a `StoreError`."""
    try:
        yield
    except DatabaseError as error:
        raise StoreError(f"the store cannot be used: {error.orig}") from error


def _publication(
    row: Row[tuple[str, int, str]], members: Sequence[Record], said: tuple[Correction, ...]
) -> Publication:
    merged, sources = merge(members)
    machine = msgspec.json.decode(row.machine, type=Extraction)
    return Publication(
        id=row.id,
        revision=row.revision,
        record=merged,
        sources=sources,
        members=tuple(members),
        machine=machine,
        facts=amended(overlay(machine, merged.curated), said, merged.abstract),
        corrections=said,
    )
