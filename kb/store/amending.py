"""Corrections and reports as they are made: each change one transaction, with its line in the audit trail.

A correction raises its publication's revision, so that whatever follows the store looks at it again. A report comes
from somebody without an account: what is kept of the sender is how often it was sent, for a day.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import msgspec
from sqlalchemy import Connection, insert, select, update

from kb.amendments import LONGEST_REPORT, Answer, Correction, Report
from kb.errors import CorrectionError, PublicationNotFoundError, ReportError, TooManyReportsError
from kb.people.types import Person
from kb.store import people, reports, tables
from kb.store.put import touch
from kb.store.store import Store

MOST, MOST_OF_ALL, WINDOW = 5, 100, timedelta(hours=1)  # reports from one address, and from all together
MOST_WAITING = 20  # unanswered reports of one publication
_ALL = "report:all"
_correction = tables.correction.c


class Corrections:
    """What curators say of facts. Safe for the threads of a process, and for several processes."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store, self._clock = store, clock

    def keep(self, by: Person, publication: str, revision: int, said: Correction) -> int:
        """Keep what `by` says of a publication as it was at `revision`; returns its number.

        Raises `PublicationNotFoundError`, and `CorrectionError` where the publication has changed since.
        """
        now = self._clock()
        with self._store.transaction() as connection:
            held = _revision(connection, publication)
            if held is None:
                raise PublicationNotFoundError(publication)
            if held != revision:
                raise CorrectionError("The publication was changed while you looked at it. Look at it again.")
            row = {
                "publication": publication,
                "path": said.path,
                "body": msgspec.json.encode(said).decode(),
                "person": by.id,
                "at": _text(now),
            }
            id: int = connection.scalars(insert(tables.correction).values(row).returning(_correction.id)).one()
            after = msgspec.json.encode({"correction": id, "value": said.value}).decode()
            before = msgspec.json.encode({"value": said.of}).decode()
            people.note(
                connection, by.id, f"{said.what} {said.path}", _subject(publication), now, before=before, after=after
            )
            touch(connection, publication, now)
        return id

    def undo(self, by: Person, publication: str, id: int) -> bool:
        """Let a correction of a publication say nothing more; False where none of this number stands."""
        now = self._clock()
        with self._store.transaction() as connection:
            ours = (_correction.id == id) & (_correction.publication == publication) & _correction.undone.is_(None)
            row = connection.execute(select(tables.correction).where(ours)).one_or_none()
            if row is None:
                return False
            connection.execute(update(tables.correction).where(ours).values(undone=_text(now)))
            before = msgspec.json.encode({"correction": id, "value": msgspec.json.decode(row.body)["value"]}).decode()
            after = msgspec.json.encode({"correction": None}).decode()
            people.note(connection, by.id, f"undo: {row.path}", _subject(publication), now, before=before, after=after)
            touch(connection, publication, now)
        return True


class Reports:
    """What readers without an account report, and what becomes of it."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store, self._clock = store, clock

    def send(self, publication: str, fact: str | None, words: str, address: str) -> int:
        """Keep a report; returns its number. Raises `ReportError`, and `TooManyReportsError` by address and in all."""
        now, said = self._clock(), words.replace("\r\n", "\n").strip()
        if not said or len(said) > LONGEST_REPORT:
            raise ReportError(f"Say what is wrong, in at most {LONGEST_REPORT:,} characters.")
        if not said.replace("\n", "").replace("\t", "").isprintable():
            raise ReportError("There is a character in it that cannot be shown.")
        ours = f"report:{address}"
        with self._store.transaction() as connection:
            if _revision(connection, publication) is None:
                raise PublicationNotFoundError(publication)
            for key, most in ((ours, MOST), (_ALL, MOST_OF_ALL)):
                if people.failures(connection, key, now - WINDOW) >= most:
                    raise TooManyReportsError(WINDOW)
            if reports.waiting(connection, publication) >= MOST_WAITING:
                raise ReportError("There are many reports of this publication already; they wait for an answer.")
            people.failed(connection, (ours, _ALL), now)
            return reports.add(connection, publication, fact, said, _text(now))

    def answer(self, by: Person, id: int, outcome: Answer, words: str) -> Report:
        """Answer a report, or answer it anew; raises `ReportError`."""
        now, said = self._clock(), " ".join(words.split())
        if len(said) > LONGEST_REPORT or not said.isprintable():
            raise ReportError(f"An answer has at most {LONGEST_REPORT:,} characters, all of which can be shown.")
        if not said and outcome != "put_away":
            raise ReportError("Say why, in a sentence: the reader sees it.")
        with self._store.transaction() as connection:
            before = reports.one(connection, id)
            if before is None:
                raise ReportError("There is no such report.")
            reports.change(connection, id, outcome=outcome, answer=said or None, answered=_text(now))
            told = {
                "before": msgspec.json.encode({"outcome": before.outcome, "answer": before.answer}).decode(),
                "after": msgspec.json.encode({"outcome": outcome, "answer": said or None}).decode(),
            }
            people.note(connection, by.id, "answer a report on", _subject(before.publication), now, **told)
            return before


def _revision(connection: Connection, publication: str) -> int | None:
    held = tables.publication.c
    found: int | None = connection.scalar(select(held.revision).where(held.id == publication))
    return found


def _subject(publication: str) -> str:
    return f"publication:{publication}"


def _text(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()
