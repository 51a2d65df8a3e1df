"""Jobs that run unattended: what is due, and one run of one job.

Whatever starts them (cron, a systemd timer, `ingest schedule`) only calls `due`. A run that fails, or is killed,
leaves the watermark where it was and what had arrived in the store; the next one goes on at the last mark.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from ingest import pipeline
from ingest.errors import IngestError
from ingest.pipeline import Watch
from ingest.report import Report
from ingest.sources import SOURCES, Ask, HarvestError, Means, Reached, Refusal
from kb.base import WritableKnowledgeBase
from kb.record import Payload
from kb.settings import JobSettings
from kb.store import JobState


class UnknownJobError(IngestError):
    """No job of that name, or a job that names no source."""


def due(jobs: Iterable[JobSettings], states: Mapping[str, JobState], now: datetime) -> tuple[JobSettings, ...]:
    """The jobs that should run now: those never run, those interrupted, and those whose interval has passed."""
    return tuple(each for each in jobs if _due(each, states.get(each.name, JobState()), now))


def _due(job: JobSettings, state: JobState, now: datetime) -> bool:
    return state.pending is not None or state.watermark is None or now - state.watermark >= job.interval


def find(jobs: Iterable[JobSettings], name: str) -> JobSettings:
    """The job called `name`; raises `UnknownJobError`."""
    known = {each.name: each for each in jobs}
    if name not in known:
        listed = ", ".join(sorted(known)) or "none"
        raise UnknownJobError(f"there is no job {name!r}", where="touchstone.toml", remedy=f"Jobs listed: {listed}.")
    return known[name]


def run(job: JobSettings, kb: WritableKnowledgeBase, means: Means, *, watch: Watch | None = None) -> Report:
    """One run of `job`; its watermark moves only if the source gave everything it promised."""
    if job.source not in SOURCES:
        known = ", ".join(SOURCES)
        raise UnknownJobError(
            f"there is no source {job.source!r}", where=f"job {job.name}", remedy=f"Sources: {known}."
        )
    state = kb.store.job(job.name)
    until = state.pending or means.clock()
    interrupted = state.pending is not None
    kb.store.set_job(job.name, JobState(state.watermark, until, state.mark if interrupted else None))
    ask = Ask(
        job=job.name,
        query=job.query,
        since=state.watermark,
        until=until,
        resume=state.mark if interrupted else None,
        memory=None if interrupted else state.mark,
        options={"email": kb.settings.contact, **job.options},
    )
    harvest = _Harvest(ask, job.source, kb, means)
    report = pipeline.ingest(harvest.items(), kb, clock=means.clock, watch=watch, job=job.name)
    if harvest.whole:
        kb.store.set_job(job.name, JobState(until, mark=kb.store.job(job.name).mark or ask.memory))
    return report


class _Harvest:
    """What a source yields, its marks noted as they pass; `whole` once it has come to its own end."""

    def __init__(self, ask: Ask, source: str, kb: WritableKnowledgeBase, means: Means) -> None:
        self._ask, self._source, self._kb, self._means = ask, source, kb, means
        self.whole = False

    def items(self) -> Iterator[Payload | Refusal]:
        """Payloads and refusals; a harvest that breaks off ends in one more refusal."""
        try:
            for each in SOURCES[self._source](self._ask, self._means):
                if isinstance(each, Reached):
                    state = JobState(self._ask.since, self._ask.until, each.mark)
                    self._kb.store.set_job(self._ask.job, state)
                else:
                    yield each
        except HarvestError as error:
            yield Refusal(error.where, error.what, error.remedy)
        else:
            self.whole = True
