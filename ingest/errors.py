"""What can go wrong on the way in. Each error says what, where, and how to mend it."""

from __future__ import annotations


class IngestError(Exception):
    """Base of all errors of `ingest`: `what` is wrong, `where`, and the `remedy`, a sentence for whoever mends it."""

    def __init__(self, what: str, *, where: str, remedy: str) -> None:
        super().__init__(f"{where}: {what}")
        self.what = what
        self.where = where
        self.remedy = remedy


class UnreadablePayloadError(IngestError):
    """A whole payload cannot be read; `key` is what its source calls it."""

    def __init__(self, key: str, reason: str, remedy: str) -> None:
        super().__init__(reason, where=key, remedy=remedy)
        self.key = key
        self.reason = reason
