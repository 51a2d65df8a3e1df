"""Polite, tough fetching over HTTP: the only door to the network."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

import msgspec

from ingest.errors import IngestError


class FetchError(IngestError):
    """A page could not be fetched. `status` is the answer's, None where there was none.

    `passing` says that the same request may succeed later.
    """

    def __init__(self, what: str, *, where: str, remedy: str, status: int | None = None, passing: bool = False) -> None:
        super().__init__(what, where=where, remedy=remedy)
        self.status = status
        self.passing = passing


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What a server said: `body` is decompressed; header names are in lower case. A 304 has no body."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    at: datetime


class Fetch(Protocol):
    """Fetch `url`, following the rules of politeness; returns on 200 and 304, raises `FetchError` otherwise.

    `form` makes it a POST. `etag` and `modified` are the validators of an earlier answer.
    """

    def __call__(
        self,
        url: str,
        *,
        parameters: Mapping[str, str] = {},
        form: Mapping[str, str] | None = None,
        etag: str | None = None,
        modified: str | None = None,
    ) -> Answer:
        """See the class."""
