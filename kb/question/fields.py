"""Field words: `name:value` narrows a question to what stands in one field. To add one, add a line to `FIELDS`."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Literal, get_args

from kb.extraction import HarmState
from kb.index.tree import Column, Has, Named, Node, Or, Phrase, Range, TextField, Word
from kb.record import identifier
from kb.text import stems
from kb.vocabulary import Kind, Vocabulary

_NUMBER = r"(\d{1,9})"
_BETWEEN = re.compile(rf"{_NUMBER}?(?:\.\.+|-|–){_NUMBER}?")
_BEYOND = re.compile(rf"([<>])(=?){_NUMBER}")

FieldWord = Callable[[str, Vocabulary], Node | None]


def _words(field: TextField, value: str, vocabulary: Vocabulary) -> Node | None:
    found = stems(value)[-1:] if field == "author" else stems(value)  # family names alone are known
    return None if not found else Word(found[0], field) if len(found) == 1 else Phrase(found, field)


def _numbers(column: Column, value: str, vocabulary: Vocabulary) -> Node | None:
    """`1996`, `1996..2005`, `1996-2005`, `..2005`, `>50`, `<=50`."""
    if re.fullmatch(_NUMBER, value):
        return Range(column, int(value), int(value))
    if (beyond := _BEYOND.fullmatch(value)) is not None:
        open_end = int(beyond[3]) + (not beyond[2]) * (1 if beyond[1] == ">" else -1)
        return Range(column, open_end, None) if beyond[1] == ">" else Range(column, None, open_end)
    between = _BETWEEN.fullmatch(value)
    if between is None or not any(between.groups()):
        return None
    low, high = (int(each) if each else None for each in between.groups())
    return Range(column, low, high)


def _concept(kind: Kind, value: str, vocabulary: Vocabulary) -> Node | None:
    """What the facts of a publication speak of, under any of its names; a value may also be the concept's id."""
    named = [each.concept for each in vocabulary.mentions(value, question=True) if each.kind == kind]
    known = vocabulary.concept(value.casefold())
    if known is not None and known.kind == kind:
        named = [known.id]
    return Has(kind, named[0]) if named else None


def _design(value: str, vocabulary: Vocabulary) -> Node | None:
    """A design and all that are a kind of it: `rct` means crossover and cluster trials too."""
    named = [each.concept for each in vocabulary.design_mentions(value)]
    known = vocabulary.design(value.casefold())
    ids = vocabulary.designs_within(known.id if known else named[0]) if known or named else ()
    return Or(tuple(Has("design", each) for each in ids)) if ids else None


def _harms(value: str, vocabulary: Vocabulary) -> Node | None:
    states = (*get_args(HarmState), "not_stated")
    return Has("harms", value) if (value := value.casefold().replace(" ", "_")) in states else None


def _identifier(scheme: Literal["pmid", "doi"], value: str, vocabulary: Vocabulary) -> Node | None:
    found = identifier(scheme, value)
    return Named(f"{found.scheme}:{found.value}") if found else None


FIELDS: dict[str, FieldWord] = {
    "title": partial(_words, "title"),
    "author": partial(_words, "author"),
    "journal": partial(_words, "container"),
    "year": partial(_numbers, "year"),
    "n": partial(_numbers, "n"),
    "condition": partial(_concept, "condition"),
    "technique": partial(_concept, "technique"),
    "outcome": partial(_concept, "outcome"),
    "population": partial(_concept, "population"),
    "design": _design,
    "harms": _harms,
    "pmid": partial(_identifier, "pmid"),
    "doi": partial(_identifier, "doi"),
}
