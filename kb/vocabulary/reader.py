"""Reads the data files into one `Vocabulary`, the room's only object with something to hold."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from kb.vocabulary.concepts import Comparator, Concept, Design, Instrument, Kind, Mention
from kb.vocabulary.matcher import Matcher

_DATA = Path(__file__).parent / "data"
_CONCEPT_FILES: tuple[tuple[str, Kind], ...] = (
    ("conditions", "condition"),
    ("techniques", "technique"),
    ("outcomes", "outcome"),
    ("populations", "population"),
)
Row = TypeVar("Row", Concept, Instrument, Comparator, Design)


class Vocabulary:
    """All rows by id, and the matcher of their names. Immutable; share it freely."""

    def __init__(
        self,
        concepts: tuple[Concept, ...],
        instruments: tuple[Instrument, ...] = (),
        comparators: tuple[Comparator, ...] = (),
        designs: tuple[Design, ...] = (),
    ) -> None:
        self._concepts = {each.id: each for each in concepts}
        self._instruments = {each.id: each for each in instruments}
        self._comparators = {str(each.id): each for each in comparators}
        self._designs = {str(each.id): each for each in designs}
        self._matcher = Matcher((*concepts, *instruments, *comparators))
        plain = tuple(msgspec.structs.replace(each, asked_as=()) for each in comparators)
        self._asked_matcher = Matcher((*concepts, *instruments, *plain), asked=True)
        self._comparator_matcher = Matcher(comparators, asked=True)  # apart: "relaxation" is an outcome elsewhere
        self._design_matcher = Matcher(designs)  # apart, for abstracts name the designs of other people's studies

    def concept(self, id: str) -> Concept | None:
        """The concept of that id, of whatever kind."""
        return self._concepts.get(id)

    def concepts(self, kind: Kind | None = None) -> tuple[Concept, ...]:
        """All concepts, or those of one kind, in the order of the data."""
        return tuple(each for each in self._concepts.values() if kind is None or each.kind == kind)

    def narrower(self, id: str) -> frozenset[str]:
        """The id itself and those of every concept that is a kind of it, at any depth."""
        found, grown = {id}, 0
        while len(found) > grown:
            grown = len(found)
            found |= {each.id for each in self._concepts.values() if each.broader in found}
        return frozenset(found)

    def names(self) -> tuple[tuple[str, str], ...]:
        """Every (name, id) of the concepts, a concept's own name before its synonyms, in the order of the data."""
        return tuple((name, each.id) for each in self._concepts.values() for name in (each.name, *each.synonyms))

    def instrument(self, id: str) -> Instrument | None:
        """The instrument of that id."""
        return self._instruments.get(id)

    def instruments(self) -> tuple[Instrument, ...]:
        """All instruments in the order of the data."""
        return tuple(self._instruments.values())

    def comparator(self, id: str) -> Comparator | None:
        """The class of comparators of that id."""
        return self._comparators.get(id)

    def comparators(self) -> tuple[Comparator, ...]:
        """All classes of comparators in the order of the data, inactive first."""
        return tuple(self._comparators.values())

    def design(self, id: str) -> Design | None:
        """The study design of that id."""
        return self._designs.get(id)

    def designs_within(self, id: str) -> tuple[str, ...]:
        """The id itself and those of the designs that are a kind of it."""
        return tuple(each for each, row in self._designs.items() if id in (each, row.broader))

    def designs(self) -> tuple[Design, ...]:
        """All designs, by level of evidence and then by kind."""
        return tuple(self._designs.values())

    def mentions(self, text: str, *, question: bool = False) -> tuple[Mention, ...]:
        """Every mention, left to right, longest first, not overlapping.

        `question`: a person's query, so case is no evidence ("fm" is FM unless it is an ordinary word).
        """
        return (self._asked_matcher if question else self._matcher).mentions(text, question=question)

    def comparator_mentions(self, text: str) -> tuple[Mention, ...]:
        """The classes of comparators that a question names, each name also as it stands behind a word of comparing."""
        return self._comparator_matcher.mentions(text, question=True)

    def design_mentions(self, text: str) -> tuple[Mention, ...]:
        """The study designs that a person's question names ("randomised trials of ..."), left to right, longest first.

        They are no part of `mentions`; a word may lie in a mention of either.
        """
        return self._design_matcher.mentions(text, question=True)


@cache
def load_vocabulary() -> Vocabulary:
    """The vocabulary of this package's data files. They are read once for a process, a tenth of a second or two."""
    return Vocabulary(
        concepts=tuple(row for name, kind in _CONCEPT_FILES for row in _read(name, Concept, kind=kind)),
        instruments=_read("instruments", Instrument),
        comparators=_read("comparators", Comparator),
        designs=_read("designs", Design),
    )


def _read(name: str, row_type: type[Row], **constant: str) -> tuple[Row, ...]:
    """The rows of a file, one table each; its key is the id. Raises msgspec.ValidationError for a row that fits not."""
    table: dict[str, dict[str, Any]] = tomllib.loads((_DATA / f"{name}.toml").read_text("utf-8"))
    return tuple(msgspec.convert({"id": id, **constant, **row}, row_type) for id, row in table.items())
