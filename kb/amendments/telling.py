"""Corrections in words: what a fact said before, what it says now, and who said so."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import msgspec

from kb.amendments.fields import FIELDS
from kb.amendments.types import Correction, What
from kb.extraction import Outcome
from kb.factsheet import worded
from kb.plain import outcome_line
from kb.vocabulary import Vocabulary

SAID: dict[What, str] = {
    "confirm": "confirmed",
    "correct": "corrected",
    "dispute": "disputed",
    "add": "added",
}


class Spoken(msgspec.Struct, frozen=True, kw_only=True):
    """A correction in words. `before` is what had been read, where something else was."""

    id: int
    label: str
    said: str
    value: str
    before: str | None
    note: str | None
    who: str
    at: datetime | None
    undone: datetime | None


def in_words(path: str, value: Any, vocabulary: Vocabulary) -> str:
    """The value of a field in words."""
    if isinstance(value, Outcome):
        return outcome_line(value, vocabulary)
    return worded(FIELDS[path].label, value, vocabulary)


def spoken(corrections: Iterable[Correction], vocabulary: Vocabulary) -> tuple[Spoken, ...]:
    """Corrections in words; one of a field that is no more, or is of another type now, is told as it was sent."""
    return tuple(
        Spoken(
            id=each.id,
            label=_label(each),
            said=SAID[each.what],
            value=_value(each.path, each.value, vocabulary),
            before=_value(each.path, each.of, vocabulary) if each.of and each.of != each.value else None,
            note=each.note,
            who=each.who,
            at=each.at,
            undone=each.undone,
        )
        for each in corrections
    )


def _label(said: Correction) -> str:
    label = FIELDS[said.path].label if said.path in FIELDS else said.path
    return f"{label} ({said.arm})" if said.arm else label


def _value(path: str, json: str, vocabulary: Vocabulary) -> str:
    try:
        return in_words(path, msgspec.json.decode(json, type=FIELDS[path].type), vocabulary)
    except (msgspec.DecodeError, KeyError):
        return json
