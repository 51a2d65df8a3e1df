"""The truth: every payload, record and publication, and the numbered changes that views follow.

One process writes (the ingest lock sees to it), many read. Each put is one transaction, so that after
a crash a record is there whole or not at all, with its change. What can be derived is not stored: a
publication is merged from its records whenever it is read; only the extractor's reading is kept.
"""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, update
from sqlalchemy.dialects.sqlite import insert as upsert

from kb.errors import HomeMissingError, SchemaMismatchError
from kb.extraction import Extraction
from kb.lists.types import ReadingList
from kb.record import Payload, Record
from kb.store import jobs, links, lists, quarantine, rearrange, schema, sqlite, tables
from kb.store.entries import Put
from kb.store.jobs import JobState
from kb.store.links import Link, SaidBy
from kb.store.put import put, reread, touch
from kb.store.reading import ReadStore, translated


class Store(ReadStore):
    """An open store. Open it with `open_store`; a read-only one refuses every write."""

    def keep(self, payload: Payload) -> None:
        """Keep the payload's bytes, compressed, under their digest; the same bytes are kept once."""
        row = {
            "digest": payload.digest,
            "source": payload.source,
            "key": payload.key,
            "format": payload.format,
            "fetched_at": payload.fetched_at.isoformat(),
            "size": len(payload.body),
            "body": zlib.compress(payload.body),
        }
        with self._writing() as connection:
            connection.execute(upsert(tables.payload).values(row).on_conflict_do_nothing())

    def taken_in(self, digest: str, format: str) -> None:
        """Note that all of a payload was read, and what it proved to be."""
        kept = tables.payload.c
        with self._writing() as connection:
            unknown = update(tables.payload).where(kept.digest == digest, kept.format.is_(None))
            connection.execute(unknown.values(format=format))

    def put(self, record: Record, *, publication: str, machine: Extraction, payload: str, at: datetime) -> Put:
        """Store `record` as part of `publication` (founded if new) with the extractor's reading of the merged text.

        Idempotent: a record and reading equal to those held change nothing and take no revision.
        """
        with self._writing() as connection:
            return put(connection, record, publication, machine, payload, at)

    def reread(self, publication: str, machine: Extraction, at: datetime) -> Put:
        """Replace the extractor's reading of a publication that is held; an equal reading changes nothing."""
        with self._writing() as connection:
            return reread(connection, publication, machine, at)

    def put_list(self, reading_list: ReadingList, at: datetime, *, over_edits: bool = True) -> bool:
        """Keep a reading list; one of the same id is replaced.

        Without `over_edits` one that somebody with an account has made or changed is left as it is; False then.
        """
        with self._writing() as connection:
            if not over_edits and lists.edited(connection, reading_list.id):
                return False
            lists.put(connection, reading_list, at)
            return True

    def drop_list(self, id: str) -> bool:
        """Take a reading list away; False where there is none of this id."""
        with self._writing() as connection:
            return lists.drop(connection, id)

    # What publications are to each other.

    def join(self, kept: str, gone: str, *, machine: Extraction, said_by: SaidBy, reason: str, at: datetime) -> Put:
        """Make `gone` part of `kept`, whose merged text `machine` is read from; its id lives on as an alias.

        Raises `PublicationNotFoundError`.
        """
        with self._writing() as connection:
            return rearrange.join(connection, kept, gone, machine, links.link(kept, gone, "same", said_by, reason, at))

    def split(self, source: str, key: str, *, founded: str, left: Extraction, apart: Extraction, at: datetime) -> Put:
        """Take the record `source`:`key` out of its publication, for good: it founds another, `founded`.

        `left` and `apart` are the readings of what stays and of what goes.
        """
        with self._writing() as connection:
            return rearrange.split(connection, source, key, founded, left, apart, at)

    def link(self, link: Link) -> None:
        """Note what two publications are to each other; a person's word stands over the machine's."""
        with self._writing() as connection:
            links.write(connection, link)
            if link.about == "study":  # what is counted changes with it
                for publication in (link.one, link.other):
                    touch(connection, publication, link.at)

    # What could not be read, and what was done.

    def quarantine(self, *, payload: str, key: str, reason: str, remedy: str, at: datetime) -> None:
        """Keep a note of what of a payload could not be read; the same failure again is the same entry."""
        with self._writing() as connection:
            quarantine.enter(connection, payload=payload, key=key, reason=reason, remedy=remedy, at=at)

    def drop_quarantined(self, ids: Sequence[int], at: datetime) -> int:
        """Close these entries, whatever became of them; returns how many were open."""
        with self._writing() as connection:
            return quarantine.drop(connection, ids, at)

    def mended(self, payload: str, at: datetime, *, still: Collection[str] = ()) -> None:
        """Close the quarantine entries of a payload that was read again, but those whose keys failed `still`."""
        with self._writing() as connection:
            quarantine.close(connection, payload, at, still)

    def log_run(self, started_at: datetime, report: str, job: str | None = None) -> None:
        """Keep the report of a run (JSON)."""
        with self._writing() as connection:
            jobs.log(connection, started_at, report, job)

    def set_job(self, name: str, state: JobState) -> None:
        """Note how far the job has come."""
        with self._writing() as connection:
            jobs.write(connection, name, state)

    @contextmanager
    def together(self) -> Iterator[None]:
        """Make the writes within one transaction: afterwards all are there, or none. Reads within see them.

        A commit waits for the disk, so many small writes are many times quicker together.
        """
        with translated(), self._engine.begin() as connection:
            self._together = connection
            try:
                yield
            finally:
                self._together = None

    def transaction(self) -> AbstractContextManager[Connection]:
        """A transaction for the modules of this room: it is committed at its end, or nothing of it is there."""
        return self._writing()

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        if self._together is not None:
            yield self._together
            return
        with translated(), self._engine.begin() as connection:
            yield connection


def open_store(path: Path, *, writable: bool = False) -> Store:
    """Open the store in the file `path`. A writer makes it and brings its schema up to date.

    Raises `HomeMissingError` where a reader finds no store, `SchemaMismatchError` where it finds another
    version's, `StoreError` where the file is no store at all.
    """
    if not writable and not path.exists():
        raise HomeMissingError(path.parent)
    engine = sqlite.connect(path, writable=writable)
    with translated():
        if writable:
            path.parent.mkdir(parents=True, exist_ok=True)
            schema.migrate(engine)
        elif (found := schema.version(engine)) != tables.SCHEMA:
            raise SchemaMismatchError(found, tables.SCHEMA)
    return Store(engine)
