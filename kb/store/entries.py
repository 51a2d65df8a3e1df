"""What the store tells of itself: changes, quarantine entries, runs."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec


class Change(StrEnum):
    """What putting a record did, or joining publications: the one that was joined into another is removed."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REMOVED = "removed"


class Put(msgspec.Struct, frozen=True):
    """The outcome of one put: what it did, to which publication, and the store's revision after it."""

    change: Change
    publication: str
    revision: int


class Held(msgspec.Struct, frozen=True):
    """What the store holds under a record's source and key; `payload` is the digest of the document it was read in."""

    publication: str
    digest: str
    extractor: str
    payload: str


class Fetched(msgspec.Struct, frozen=True):
    """When the document that holds a record was fetched, and whence: the name of the payload's source."""

    at: datetime
    whence: str

    @property
    def by_hand(self) -> bool:
        """Whether it came as a file, so that the day says when it was taken in and not how old it is."""
        return self.whence in ("file", "folder")


class QuarantineEntry(msgspec.Struct, frozen=True, kw_only=True):
    """What could not be read, kept with its reason. `payload` is the digest under which its bytes are stored."""

    id: int
    source: str
    payload: str
    payload_key: str
    key: str
    reason: str
    remedy: str
    at: datetime
