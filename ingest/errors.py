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


class MaterialError(IngestError):
    """A file of documents to compare the corpus with is not in the form that its name tells."""

    def __init__(self, path: object, reason: str) -> None:
        super().__init__(reason, where=str(path), remedy="Mend the file, or take it out of the folder.")


class FetchError(IngestError):
    """A page could not be fetched. `status` is the answer's, None where there was none.

    `passing` says that the same request may succeed later, `after` seconds at the least where the server said so.
    Neither the query of the address nor the body of the answer is told, since both may hold a key.
    """

    def __init__(
        self,
        what: str,
        *,
        where: str,
        remedy: str,
        status: int | None = None,
        passing: bool = False,
        after: float | None = None,
    ) -> None:
        super().__init__(what, where=where, remedy=remedy)
        self.status = status
        self.passing = passing
        self.after = after

    @classmethod
    def for_now(cls, what: str, where: str, *, status: int | None = None, after: float | None = None) -> FetchError:
        """A failure that may pass."""
        remedy = "Run it again later; nothing that had arrived is lost."
        return cls(what, where=where, remedy=remedy, status=status, passing=True, after=after)
