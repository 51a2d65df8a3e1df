"""What a source is: asked for what is new, it yields payloads, refusals for what it could not get, and marks.

A source that breaks off raises `HarvestError` after what it has yielded; that is kept, and the job's watermark
stays where it was, so that the next run asks again. Time and network come in as arguments.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

import msgspec

from ingest.errors import IngestError
from ingest.fetch import Fetch
from ingest.sources.refusal import Refusal
from kb.record import Payload


class HarvestError(IngestError):
    """A source ended before it had given everything it promised."""


class Ask(msgspec.Struct, frozen=True, kw_only=True):
    """What a job asks of a source.

    `query` is in the source's own language (a PubMed term, a folder, an address). `since` is the watermark, the
    `until` of the last run that succeeded: what came or changed from then on is wanted, with whatever overlap
    the source's rules ask for; None asks for everything. `resume` is the last mark that an interrupted run for the
    same `since` and `until` reached; `memory` the last mark of the run that succeeded before. `options` are the
    job's further settings by name.
    """

    job: str
    query: str
    since: datetime | None
    until: datetime
    resume: str | None = None
    memory: str | None = None
    options: dict[str, str] = {}


class Reached(msgspec.Struct, frozen=True):
    """Everything up to `mark` (in the source's own words) has been yielded: an interrupted run may go on from here."""

    mark: str


class Means(msgspec.Struct, frozen=True, kw_only=True):
    """What a source works with: the network, the clock, the largest payload in bytes."""

    fetch: Fetch
    clock: Callable[[], datetime]
    largest: int


Harvest = Iterator[Payload | Refusal | Reached]
Source = Callable[[Ask, Means], Harvest]
