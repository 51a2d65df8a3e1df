"""What a teaching sheet is: a head, questions with room to write, and a key of stored facts.

A `Blank` holds nothing of a record, and only a `Filled` can: so no sheet for a class can give an answer away. Page
and Word file are written from the same `Sheet` and say the same.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from kb.extraction import State
from kb.record import Identifier

Name = Literal["worksheet", "key", "journal-club", "consort", "spin"]
# What a record's sheets ask: a study of people who were treated, one that looked on, a review, a plan.
Form = Literal["study", "observed", "review", "protocol"]


class HeadNotice(msgspec.Struct, frozen=True):
    """A notice on the publication: its kind in a word, the source's reference, where it can be read."""

    kind: str
    text: str
    link: str | None


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """The record's head, which every sheet has. None is "not stated"; `where` is journal, year, volume and pages."""

    title: str
    by: str | None
    where: str
    identifiers: tuple[Identifier, ...]
    notices: tuple[HeadNotice, ...]
    retracted: bool
    language: str | None


class Blank(msgspec.Struct, frozen=True, kw_only=True):
    """A question with room for an answer: `lines` to write on, a table of `columns` with `rows`, `boxes` to tick."""

    ask: str
    help: str | None = None
    lines: int = 0
    columns: tuple[str, ...] = ()
    rows: int = 0
    boxes: tuple[str, ...] = ()


class Part(msgspec.Struct, frozen=True):
    """Questions under a heading, or under none."""

    title: str | None
    blanks: tuple[Blank, ...]


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """Where an answer was read: the stored words, as far as they may be shown, or the document; and by whom."""

    quote: str | None
    place: str
    document: str | None
    state: State
    derived: bool = False


class Answer(msgspec.Struct, frozen=True):
    """A stored fact in words, under its label."""

    label: str
    words: str
    evidence: Evidence


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the ledger in words; None is "not stated", or "not held here"."""

    outcome: str
    instrument: str | None
    arm: str | None
    sign: str
    change: str
    benefit: str
    basis: str
    compared_with: str | None
    when: str | None
    statistics: str | None
    evidence: Evidence


class Filled(msgspec.Struct, frozen=True, kw_only=True):
    """A question of the key. `missing` are facts that are not held; `notes` are ours; all empty: nothing is held."""

    ask: str
    answers: tuple[Answer, ...] = ()
    results: tuple[Result, ...] = ()
    missing: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def silent(self) -> bool:
        """Whether the answer is that nothing is stated, or held."""
        return not (self.answers or self.results or self.missing or self.notes)


class Passage(msgspec.Struct, frozen=True):
    """A paragraph of an abstract that may be shown; `conclusion`: the authors conclude here."""

    label: str | None
    text: str
    conclusion: bool = False


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """A sheet. `key` stays hidden where there are blanks; `unfit` says why there is nothing to fill in, `instead` what
    can be done then.

    `abstract`: one is held here, so that what is missing is not stated in it; without one it is only not held here.
    `documents` are what people read for the key; an answer names its own where they are several.
    """

    name: Name
    title: str
    head: Head
    intro: tuple[str, ...] = ()
    passages: tuple[Passage, ...] = ()
    parts: tuple[Part, ...] = ()
    key: tuple[Filled, ...] = ()
    key_intro: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    abstract: bool = True
    unfit: str | None = None
    instead: str | None = None
