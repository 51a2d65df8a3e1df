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
    """What the store holds under a record's source and key."""

    publication: str
    digest: str
    extractor: str


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
