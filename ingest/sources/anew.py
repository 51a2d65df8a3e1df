"""A harvest that begins anew where the service has forgotten how far it had come.

Cursors and resumption tokens expire. What was given before the loss is given again, which ingestion takes for what it
is; a service that forgets again and again is left.
"""

from __future__ import annotations

from collections.abc import Callable

from ingest.fetch import FetchError
from ingest.sources.port import Harvest, HarvestError

_TRIES = 3


class ForgottenError(Exception):
    """The service no longer knows where in its list we are."""


def harvest_anew(job: str, begin: Callable[[], Harvest]) -> Harvest:
    """What `begin` yields, begun anew where it raises `ForgottenError`. Raises `HarvestError`, for `FetchError` too."""
    for attempt in range(1, _TRIES + 1):
        try:
            yield from begin()
            return
        except FetchError as error:
            raise HarvestError(error.what, where=f"job {job}", remedy=error.remedy) from error
        except ForgottenError as error:
            if attempt == _TRIES:
                what = "the service forgot again and again, before the end, how far we had come"
                raise HarvestError(what, where=f"job {job}", remedy="Run the job again later.") from error
