"""What travels of alerts: an answer as remembered, a question that is watched, by whom, and what became of it."""

from __future__ import annotations

from datetime import datetime

import msgspec

from kb.record import NoticeKind
from kb.votes import Verdicts


class Flag(msgspec.Struct, frozen=True, order=True):
    """A publication of an answer that carries a notice of this kind."""

    id: str
    kind: NoticeKind


class Answer(msgspec.Struct, frozen=True):
    """What is remembered of an answer: its tally, the ids of what is counted and of reviews, and who has a notice.

    Nothing in it depends on the order of an answer, on a revision, or on how something is worded.
    """

    tally: tuple[Verdicts, ...] = ()
    studies: tuple[str, ...] = ()
    reviews: tuple[str, ...] = ()
    flags: tuple[Flag, ...] = ()


class Question(msgspec.Struct, frozen=True):
    """A question that was watched once: `query` is what its address says after the question mark, in canonical form.

    `name` is the question in words; `seen` is its answer as it was looked at last.
    """

    id: int
    query: str
    name: str
    seen: Answer | None


class Watch(msgspec.Struct, frozen=True):
    """Who is told of a question: a person with an account, an address, or both. `confirmed`: the address was."""

    id: int
    question: Question
    person: int | None
    address: str | None
    at: datetime
    confirmed: bool


class Event(msgspec.Struct, frozen=True):
    """That an answer changed: `lines` say how, in words, with denominators."""

    id: int
    question: Question
    at: datetime
    lines: tuple[str, ...]


class Letter(msgspec.Struct, frozen=True):
    """An event that is to be told to an address. `stop` is the secret of the link that ends it."""

    watch: int
    event: Event
    address: str
    stop: str
