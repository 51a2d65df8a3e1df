"""Jobs that run unattended: what is due, and one run of one job.

Whatever starts them (cron, a systemd timer, `ingest schedule`) only calls `due`. A run that fails, or is killed,
leaves the watermark where it was and what had arrived in the store; the next one goes on at the last mark.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from ingest import pipeline
from ingest.errors import IngestError
from ingest.pipeline import Watch
from ingest.report import Report
from ingest.sources import SOURCES, Ask, HarvestError, Means, Reached, Refusal
from kb.base import WritableKnowledgeBase
from kb.record import Payload
from kb.settings import JobSettings
from kb.store import JobState, Store

_REST = timedelta(hours=1)  # after a failure


class UnknownJobError(IngestError):
    """No job of that name, or a job that names no source."""


class Progress(NamedTuple):
    """How far a job has come, and when its last run that came to a report was started."""

    state: JobState = JobState()
    last: datetime | None = None


def due(jobs: Iterable[JobSettings], progress: Mapping[str, Progress], now: datetime) -> tuple[JobSettings, ...]:
    """The jobs that should run now, by their progress under `JobSettings.name`.

    Those never run, those whose interval has passed, those that were interrupted; and those that failed, but not
    before an hour has passed: what failed a moment ago mostly fails again, and a service wants its rest.
    """
    return tuple(each for each in jobs if _due(each, progress.get(each.name, Progress()), now))


def _due(job: JobSettings, progress: Progress, now: datetime) -> bool:
    state, last = progress
    failed = last is not None and (state.watermark is None or (state.pending is not None and last >= state.pending))
    if last is not None and failed:
        return now - last >= min(job.interval, _REST)
    return state.pending is not None or state.watermark is None or now - state.watermark >= job.interval


def progress(jobs: Iterable[JobSettings], store: Store) -> dict[str, Progress]:
    """The progress of each job, by its name."""
    return {each.name: Progress(store.job(each.key), store.last_run(each.name)) for each in jobs}


def find(jobs: Iterable[JobSettings], name: str) -> JobSettings:
    """The job called `name`; raises `UnknownJobError`."""
    known = {each.name: each for each in jobs}
    if name not in known:
        listed = ", ".join(sorted(known)) or "none"
        raise UnknownJobError(f"there is no job {name!r}", where="touchstone.toml", remedy=f"Jobs listed: {listed}.")
    return known[name]


def run_due(
    listed: Iterable[JobSettings], kb: WritableKnowledgeBase, means: Means, *, watch: Watch | None = None
) -> list[Report]:
    """Run what is due, one after the other; a job that cannot even begin is a failed report, and the rest run."""
    reports = []
    for job in due(listed, progress(listed, kb.store), means.clock()):
        try:
            reports.append(run(job, kb, means, watch=watch))
        except UnknownJobError as error:
            refusal = Refusal(f"job {job.name}", error.what, error.remedy)
            reports.append(pipeline.ingest([refusal], kb, clock=means.clock, job=job.name))
    return reports


def run(job: JobSettings, kb: WritableKnowledgeBase, means: Means, *, watch: Watch | None = None) -> Report:
    """One run of `job`; its watermark moves only if the source gave everything it promised."""
    if job.source not in SOURCES:
        known = ", ".join(SOURCES)
        raise UnknownJobError(
            f"there is no source {job.source!r}", where=f"job {job.name}", remedy=f"Sources: {known}."
        )
    state = kb.store.job(job.key)
    until = state.pending or means.clock()
    interrupted = state.pending is not None
    kb.store.set_job(job.key, JobState(state.watermark, until, state.mark if interrupted else None))
    ask = Ask(
        job=job.name,
        query=job.query,
        since=state.watermark,
        until=until,
        resume=state.mark if interrupted else None,
        memory=None if interrupted else state.mark,
        options={"email": kb.settings.contact, **job.options},
    )
    harvest = _Harvest(ask, job, kb, means)
    report = pipeline.ingest(harvest.items(), kb, clock=means.clock, watch=watch, job=job.name)
    if harvest.whole:
        kb.store.set_job(job.key, JobState(until, mark=kb.store.job(job.key).mark or ask.memory))
    return report


class _Harvest:
    """What a source yields, its marks noted as they pass; `whole` once it has come to its own end."""

    def __init__(self, ask: Ask, job: JobSettings, kb: WritableKnowledgeBase, means: Means) -> None:
        self._ask, self._job, self._kb, self._means = ask, job, kb, means
        self.whole = False

    def items(self) -> Iterator[Payload | Refusal]:
        """Payloads and refusals; a harvest that breaks off ends in one more refusal."""
        try:
            for each in SOURCES[self._job.source](self._ask, self._means):
                if isinstance(each, Reached):
                    state = JobState(self._ask.since, self._ask.until, each.mark)
                    self._kb.store.set_job(self._job.key, state)
                else:
                    yield each
        except HarvestError as error:
            yield Refusal(error.where, error.what, error.remedy)
        else:
            self.whole = True
