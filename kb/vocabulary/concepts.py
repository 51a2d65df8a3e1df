"""The types of the vocabulary: what the field talks about, under all its names.

A concept, an instrument or a comparator is a row of a file in `data/`; adding one is adding a row. Ids
of concepts are unique over all kinds, so that an id alone says what it is.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from kb.extraction import ComparatorClass, DesignKind, Polarity

Kind = Literal["condition", "technique", "outcome", "population"]
MentionKind = Literal["condition", "technique", "outcome", "population", "instrument", "comparator", "design"]
Group = Literal["inactive", "attention_or_sham", "active", "massage_vs_massage", "add_on", "none"]


class Concept(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing of the field, under all its names. Words of `excludes` hold it in another sense and are no mention.

    `asked_as` are names that only a question gives it: who asks what is safe means harms, an abstract may mean roads.
    `asked_with` are ids of concepts that a question of it means too, though they are no kinds of it: who asks for knee
    pain means the painful osteoarthritis of the knee.
    """

    id: str
    kind: Kind
    name: str
    synonyms: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    asked_as: tuple[str, ...] = ()
    asked_with: tuple[str, ...] = ()
    polarity: Polarity | None = None  # outcomes only: which way is better for the patient
    marker: bool = False  # outcomes only: what the body shows and nobody feels
    broader: str | None = None  # id of the wider concept of the same kind
    measured_as: str | None = None  # conditions only: the outcome meant by "low back pain decreased"
    comparator: ComparatorClass | None = None  # techniques only: the class where a control group had it
    mesh: str | None = None  # the MeSH heading, as NLM spells it
    sources: tuple[str, ...] = ()


class Instrument(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A measure. `outcome` is the id of the outcome concept it measures; `polarity` is of its score.

    The polarity of a score and of what it measures may differ: SF-36 is high where disability is low.
    """

    id: str
    name: str
    synonyms: tuple[str, ...] = ()
    outcome: str
    polarity: Polarity
    range: str | None = None
    sources: tuple[str, ...] = ()


class Comparator(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A class of comparators and the group it is tallied in.

    `asked_as` are names that it has in a question alone, behind a word of comparing: "than relaxation".
    """

    id: ComparatorClass
    name: str
    group: Group
    synonyms: tuple[str, ...] = ()
    asked_as: tuple[str, ...] = ()


class Design(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A study design with its level by OCEBM 2011 for treatment benefit (None: the scheme gives none)."""

    id: DesignKind
    name: str
    short: str  # for a badge: "RCT", "Review", "Protocol"
    synonyms: tuple[str, ...] = ()  # how a question names it
    broader: DesignKind | None = None  # the design that this one is a kind of: a crossover trial is a trial
    level: int | None = None
    why: str  # one sentence: why this level
    plain: str  # one sentence in lay words: what such a study can and cannot show


class Mention(msgspec.Struct, frozen=True):
    """`text[start:end]` names `concept` (an id of a Concept, Instrument, Comparator or Design, as `kind` says)."""

    concept: str
    kind: MentionKind
    start: int
    end: int
