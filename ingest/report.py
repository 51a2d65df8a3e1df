"""What a run did: for a person as text, for a program as JSON, for a scheduler as an exit code."""

from __future__ import annotations

from datetime import datetime

import msgspec

from kb.store import Change

_SHOWN = 10  # names a list of the report holds before it is cut; the JSON has them all


class Problem(msgspec.Struct, frozen=True):
    """What did not arrive. `kept` says whether its bytes are in quarantine, to be tried again."""

    key: str
    reason: str
    remedy: str
    kept: bool


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """The counts of a run. Every record read is counted once: created, updated or unchanged.

    `merged` are the records that joined a publication known from elsewhere, as "source:key -> publication", and
    `retracted` the publications of which the run first brought a retraction; `unsure` are pairs that may be one
    publication, for a person to say. `rehearsal` marks a run that only
    found out what it would do.
    """

    started_at: datetime
    seconds: float
    payloads: int
    created: int
    updated: int
    unchanged: int
    indexed: int
    revision: int
    problems: tuple[Problem, ...] = ()
    merged: tuple[str, ...] = ()
    retracted: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    job: str | None = None
    rehearsal: bool = False

    @property
    def records(self) -> int:
        """How many records were read."""
        return self.created + self.updated + self.unchanged

    @property
    def exit_code(self) -> int:
        """0 where everything arrived; 1 where something did not, though all the rest did."""
        return 1 if self.problems else 0

    def text(self) -> str:
        """The report as a person reads it."""
        rate = f", {self.records / self.seconds:.0f} records a second" if self.seconds > 0 else ""
        lines = ["A rehearsal: nothing was changed."] if self.rehearsal else []
        lines += [f"Job {self.job}"] if self.job else []
        lines += [
            f"{_count(self.records, 'record')} from {_count(self.payloads, 'document')} in {self.seconds:.1f} s{rate}",
            f"  {self.created} created, {self.updated} updated, {self.unchanged} unchanged",
            f"  {self.indexed} indexed; the knowledge base is at revision {self.revision}",
        ]
        lists = (
            ("joined a publication known from elsewhere", self.merged),
            ("RETRACTED", self.retracted),
            ("may be one publication, for a person to say", self.unsure),
        )
        for name, found in lists:
            if found:
                lines.append(f"  {len(found):,} {name}: {', '.join(found[:_SHOWN])}{' ...' if found[_SHOWN:] else ''}")
        if self.problems:
            lines.append(f"{len(self.problems)} could not be read:")
            lines += [f"  {each.key}: {each.reason}\n    {each.remedy}" for each in self.problems]
        if any(each.kept for each in self.problems):
            lines.append("They are kept: `touchstone ingest quarantine list` names them, `... retry` tries again.")
        return "\n".join(lines)


class Tally(msgspec.Struct):
    """The running counts of a report."""

    payloads: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    problems: list[Problem] = []
    merged: list[str] = []
    retracted: list[str] = []
    unsure: list[str] = []

    def count(self, change: Change) -> None:
        """Count one record."""
        setattr(self, change.value, getattr(self, change.value) + 1)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
