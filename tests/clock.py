"""Time for the tests of fetching: it passes only by sleeping, so that rates and waits are seen and cost nothing."""

from __future__ import annotations

from datetime import datetime

from ingest.fetch import HttpFetch, Limits, Time
from ingest.sources.port import Means


class Clock:
    """A clock that stands at `at` and remembers each sleep."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self.slept: list[float] = []

    def time(self) -> Time:
        """What fetching is told of time and chance."""
        return Time(
            clock=lambda: self.at, monotonic=lambda: sum(self.slept), sleep=self.slept.append, chance=lambda: 0.5
        )

    def means(self, *, tries: int = 6) -> Means:
        """The means of a harvest from servers on loopback."""
        fetch = HttpFetch("Touchstone-tests", limits=Limits(tries=tries, silence=2), private=True, time=self.time())
        return Means(fetch=fetch, clock=lambda: self.at, largest=64 * 2**20)
