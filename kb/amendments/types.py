"""What a curator says of a fact, and what a reader without an account reports of one."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

What = Literal["confirm", "correct", "dispute", "add"]
Answer = Literal["accepted", "not_changed", "put_away"]  # put away: no report of a mistake; it is shown to nobody
LONGEST_REPORT = 2_000  # characters

_RULE = "correction "


class Correction(msgspec.Struct, frozen=True, kw_only=True):
    """What a person says of one fact.

    `path` is that of the field (`sample.n`, `outcomes`), without numbers: an extractor that reads better may find
    the same fact in another place. Which fact of a field it is, `of` tells: the value that had been read (JSON), and
    `start` where; or `adds`, the correction that added it. `arm` is the group, for a fact of a group. `value` (JSON)
    is what the person says it is, or disputes. `words` are those of the abstract, `document` where it was read where
    no abstract is stored. `made_on` is the publication as it was then; another may have taken it in since.
    """

    path: str
    what: What
    value: str
    made_on: str
    words: str | None = None
    document: str | None = None
    note: str | None = None
    of: str | None = None
    start: int | None = None
    adds: int | None = None
    arm: str | None = None
    id: int = 0
    person: int | None = None
    who: str = ""
    at: datetime | None = None
    undone: datetime | None = None

    @property
    def rule(self) -> str:
        """The name by which a finding tells that it is as this correction says."""
        return f"{_RULE}{self.id}"

    @property
    def adding(self) -> int | None:
        """The correction that added the fact, where a person did: this one, or an earlier one."""
        return self.id if self.what == "add" else self.adds


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What a reader says is wrong, and what became of it. `fact` is the fact in words, as the reader saw it."""

    id: int
    publication: str
    fact: str | None
    words: str
    at: datetime
    outcome: Answer | None = None
    answer: str | None = None
    answered: datetime | None = None
