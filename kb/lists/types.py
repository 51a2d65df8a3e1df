"""What a reading list is, and what it is where its publications are held."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from typing import Annotated, Literal

import msgspec
from msgspec.structs import replace

from kb.publication import Publication
from kb.record import Identifier, Scheme, identifier

Text = Annotated[str, msgspec.Meta(min_length=1, max_length=4000)]
Visibility = Literal["public", "unlisted", "private"]
VISIBILITIES: tuple[Visibility, ...] = ("public", "unlisted", "private")
Minutes = Annotated[int, msgspec.Meta(ge=1, le=600)]

_SCHEMES: dict[str, Scheme] = {"doi": "doi", "pmid": "pmid", "pmcid": "pmcid"}


class Item(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A publication on a list: `study` is "doi:10.1234/abc", "pmid:1", "pmcid:PMC1" or its id in a knowledge base.

    `note` says why it is here, `question` what to answer when it has been read, `minutes` how long that takes.
    Notes are Markdown; `private_note` is for the list's curators alone.
    """

    study: Text
    priority: Literal["essential", "further"] = "further"
    note: Text | None = None
    question: Text | None = None
    minutes: Minutes | None = None
    private_note: Text | None = None


class ListSection(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A part of a list, in the order in which it is read."""

    title: Text
    note: Text | None = None
    items: tuple[Item, ...] = ()


class ReadingList(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A list. `topics` are the concepts on whose pages it is named; notes are Markdown.

    Anybody may find a public list; an unlisted one has whoever knows its address; a private one has its `curators`,
    which are accounts by number. A list without curators came from a file, and is edited by administrators.
    """

    id: Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$", max_length=80)]
    title: Text
    note: Text
    updated: date
    topics: tuple[str, ...] = ()
    sections: tuple[ListSection, ...]
    visibility: Visibility = "public"
    curators: tuple[int, ...] = ()

    @property
    def items(self) -> tuple[Item, ...]:
        """All items, section after section."""
        return tuple(item for section in self.sections for item in section.items)


class Placed(msgspec.Struct, frozen=True):
    """An item and its publication; None where that is not held here."""

    item: Item
    publication: Publication | None


class PlacedSection(msgspec.Struct, frozen=True):
    """A section with the publications of its items."""

    section: ListSection
    items: tuple[Placed, ...]


def identifier_of(study: str) -> Identifier | None:
    """The identifier by which an item names its publication; None where it is an id, or has not its scheme's shape."""
    scheme, _, value = study.partition(":")
    return identifier(_SCHEMES[scheme], value) if scheme in _SCHEMES else None


def lookup_key(study: str) -> str:
    """What an item's publication is looked up by: an identity key (`kb.identity`), or an id."""
    known = identifier_of(study)
    return f"{known.scheme}:{known.value}" if known else study


def digest(reading_list: ReadingList) -> str:
    """What tells one state of a list from every other: what a form carries, so that a clash is seen."""
    return sha256(msgspec.json.encode(reading_list)).hexdigest()[:32]


def for_readers(reading_list: ReadingList) -> ReadingList:
    """The list without what is for its curators alone: private notes, and who they are."""
    sections = tuple(
        replace(section, items=tuple(replace(item, private_note=None) for item in section.items))
        for section in reading_list.sections
    )
    return replace(reading_list, sections=sections, curators=())


def placed(reading_list: ReadingList, held: Mapping[str, Publication]) -> tuple[PlacedSection, ...]:
    """The sections with their publications, of those `held` by lookup key."""
    return tuple(
        PlacedSection(section, tuple(Placed(item, held.get(lookup_key(item.study))) for item in section.items))
        for section in reading_list.sections
    )
