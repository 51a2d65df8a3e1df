"""The form of a curated study: what a file of `corpus/studies` may hold, as types.

A key that is not here is an error, since a misspelt one would otherwise be a fact silently lost. What is
not stated in the document is left out. `corpus/README.md` describes the same for whoever writes a file.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

import msgspec

from kb.extraction import ComparatorClass, DesignFlag, DesignKind, HarmState, Outcome

Text = Annotated[str, msgspec.Meta(min_length=1)]
Count = Annotated[int, msgspec.Meta(gt=0, le=100_000_000)]
Amount = Annotated[float, msgspec.Meta(gt=0, le=100_000)]  # TOML has inf and nan, which are no dose


class Citation(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the publication is. `authors` in order, each `Family AB` or `Family, Given Names`.

    `also_titled` are titles under which others cite it, so that such a citation joins it.
    """

    title: Text
    also_titled: tuple[Text, ...] = ()
    authors: tuple[Text, ...]
    journal: Text | None = None
    year: Annotated[int, msgspec.Meta(ge=1600, le=2200)]
    volume: Text | None = None
    issue: Text | None = None
    pages: Text | None = None
    pmid: Text | None = None
    doi: Text | None = None
    pmcid: Text | None = None
    language: Text | None = None
    types: tuple[Text, ...] = ()


class Document(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What was read: how it is called, whether whole, on which day, and which facts were compared with it.

    `read_again` is the day on which a second person compared the entry with it; `numbers` names the document that
    showed the identifiers together with the title, where this one did not.
    """

    id: Text
    kind: Literal["abstract", "article"]
    checked: date
    what: Text
    numbers: Text | None = None
    read_again: date | None = None


class DoseEntry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Minutes a session, sessions a week, weeks, sessions in all: as stated; the totals are computed."""

    minutes: Amount | None = None
    per_week: Amount | None = None
    weeks: Amount | None = None
    sessions: Amount | None = None


class ArmEntry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A group; `comparator` is its class where others are compared with it."""

    name: Text
    role: Literal["intervention", "comparator"] | None = None
    comparator: ComparatorClass | None = None
    n: Count | None = None


class OutcomeEntry(Outcome, frozen=True, forbid_unknown_fields=True):
    """A row of the ledger as it travels; `polarity` only where the vocabulary's does not fit the measure."""


class Study(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How it was done, in whom, and what was found.

    `includes` names the trials that a review counts, each by one identifier: "pmid:12345", "doi:10.1234/abc".
    """

    design: DesignKind | None = None
    flags: tuple[DesignFlag, ...] = ()
    randomised: bool | None = None
    blinding: Text | None = None
    n: Count | None = None
    n_analysed: Count | None = None
    n_completed: Count | None = None
    trials: Count | None = None
    includes: tuple[Text, ...] = ()
    conditions: tuple[Text, ...] = ()
    techniques: tuple[Text, ...] = ()
    populations: tuple[Text, ...] = ()
    comparators: tuple[ComparatorClass, ...] = ()
    age: Text | None = None
    sex: Text | None = None
    harms: HarmState | None = None
    registration: Text | None = None
    dose: DoseEntry = DoseEntry()
    arms: tuple[ArmEntry, ...] = ()
    outcomes: tuple[OutcomeEntry, ...] = ()


class Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A whole file. `summary` is ours: what was done and found, in a sentence or two, and no advice."""

    summary: Text
    citation: Citation
    document: Document
    study: Study
