"""Reads the data files: what a topic is, which outcomes were agreed on for it, and what reviews of harm found.

Every sentence there is ours and has its source beside it; a topic without a text has none yet.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import Literal, TypeVar

import msgspec

_DATA = Path(__file__).parent / "data"
Row = TypeVar("Row")


class Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a statement comes from."""

    name: str
    url: str


class Text(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A few sentences on what a topic is."""

    paragraphs: tuple[str, ...]
    sources: tuple[Source, ...]


class Domain(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A core outcome in plain words, its clinical term, and the concepts that are it.

    `asked`: every trial should measure it, or some.
    """

    name: str
    outcomes: tuple[str, ...]
    asked: Literal["all", "some"]
    clinical: str | None = None


class CoreSet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The outcomes that `by` agreed on for trials of a condition."""

    by: str
    source: Source
    domains: tuple[Domain, ...]


class Caution(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a review of harm found; `short` for where there is little room.

    With `topics`, the ids of concepts, it is of these alone, and stands on their pages only.
    """

    text: str
    short: str
    source: Source
    topics: tuple[str, ...] = ()


class Pointer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a commentary points to; a book has no address."""

    name: str
    url: str | None = None


class Commentary(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What somebody thinks of a topic, in our words; `origin` says whose thoughts they are. It is no evidence."""

    title: str
    origin: str
    paragraphs: tuple[str, ...]
    pointers: tuple[Pointer, ...]


class Texts(msgspec.Struct, frozen=True):
    """All of it; texts, core sets and commentary by the id of their concept. `cautions` are those of any topic."""

    texts: dict[str, Text]
    core_sets: dict[str, CoreSet]
    commentary: dict[str, Commentary]
    cautions: tuple[Caution, ...]
    special: tuple[Caution, ...] = ()

    def cautions_on(self, ids: Collection[str]) -> tuple[Caution, ...]:
        """What is told of these concepts, and of what they are kinds of: reviews of any massage, then of these."""
        return (*self.cautions, *(each for each in self.special if not set(each.topics).isdisjoint(ids)))


@cache
def load_texts() -> Texts:
    """The data files of this package, read once."""
    cautions = _read("cautions", Caution).values()
    return Texts(
        texts=_read("texts", Text),
        core_sets=_read("core_sets", CoreSet),
        commentary=_read("commentary", Commentary),
        cautions=tuple(each for each in cautions if not each.topics),
        special=tuple(each for each in cautions if each.topics),
    )


def _read(name: str, row: type[Row]) -> dict[str, Row]:
    """The rows of a file, one table each. Raises msgspec.ValidationError for a row that does not fit."""
    table = tomllib.loads((_DATA / f"{name}.toml").read_text("utf-8"))
    return {id: msgspec.convert(each, row) for id, each in table.items()}
