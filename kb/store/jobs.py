"""How far each job has come, and the log of runs.

A job's watermark moves only when a run of it succeeded. A run that was interrupted leaves what it was asked for
(`pending`) and how far it had come (`mark`, in the source's own words), and the next one goes on from there.
"""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec
from sqlalchemy import Connection, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from kb.store import tables

_job = tables.job.c


class JobState(msgspec.Struct, frozen=True):
    """`watermark`: up to when everything is here; `pending`: up to when an unfinished run was to fetch; `mark`."""

    watermark: datetime | None = None
    pending: datetime | None = None
    mark: str | None = None


class Run(msgspec.Struct, frozen=True):
    """A run of the log; `report` is its JSON, `job` the job's name or None for a command given by hand."""

    id: int
    job: str | None
    started_at: datetime
    report: str


def state(connection: Connection, name: str) -> JobState:
    """The state of a job; of one that never ran, nothing."""
    row = connection.execute(select(tables.job).where(_job.name == name)).one_or_none()
    return JobState() if row is None else JobState(_time(row.watermark), _time(row.pending), row.mark)


def write(connection: Connection, name: str, new: JobState) -> None:
    """Replace the state of a job."""
    row = {"name": name, "watermark": _text(new.watermark), "pending": _text(new.pending), "mark": new.mark}
    connection.execute(upsert(tables.job).values(row).on_conflict_do_update(index_elements=["name"], set_=row))


def log(connection: Connection, started_at: datetime, report: str, job: str | None) -> None:
    """Keep the report of a run."""
    connection.execute(insert(tables.run).values(started_at=started_at.isoformat(), report=report, job=job))


def runs(connection: Connection, most: int) -> tuple[Run, ...]:
    """The last runs, the latest first."""
    query = select(tables.run).order_by(tables.run.c.id.desc()).limit(most)
    return tuple(
        Run(row.id, row.job, datetime.fromisoformat(row.started_at), row.report) for row in connection.execute(query)
    )


def last_run(connection: Connection, job: str) -> datetime | None:
    """When the last run of a job that came to its report was started."""
    query = select(tables.run.c.started_at).where(tables.run.c.job == job).order_by(tables.run.c.id.desc()).limit(1)
    return _time(connection.scalar(query))


def _time(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _text(time: datetime | None) -> str | None:
    return None if time is None else time.astimezone(UTC).isoformat()
