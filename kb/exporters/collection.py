"""What is handed out together: the references of a list in its sections, or those of a search or one record.

On a list each has its place and what a curator says of it; as notes of a reference format that is

    Reading list: Begin with weavers
    Reading list section: First of all
    Reading list place: 3
    Reading list priority: essential
    Reading list minutes: 10
    Reading list note: Why it is here.
    Reading list question: What was compared?

so that it goes on through a reference manager, and nothing in it can pass for one of our other notes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from kb.exporters.reference import Reference, line
from kb.lists.types import Item, ReadingList, lookup_key


class Entry(msgspec.Struct, frozen=True):
    """A place of a collection, counted through; `reference` is None where the publication is not held here."""

    place: int
    reference: Reference | None
    item: Item | None = None


class Part(msgspec.Struct, frozen=True):
    """A section, without a title where there is only one."""

    title: str | None
    note: str | None
    entries: tuple[Entry, ...]


class Collection(msgspec.Struct, frozen=True):
    """What is handed out. `about` says in a sentence what it is and of when; notes are paragraphs."""

    title: str
    about: str
    parts: tuple[Part, ...]
    note: str | None = None

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All entries, part after part."""
        return tuple(each for part in self.parts for each in part.entries)


def of_references(title: str, about: str, references: Iterable[Reference]) -> Collection:
    """References one after the other, under a title of ours."""
    entries = tuple(Entry(place, each) for place, each in enumerate(references, start=1))
    return Collection(title, about, (Part(None, None, entries),))


def of_list(reading_list: ReadingList, references: Mapping[str, Reference], about: str) -> Collection:
    """A list with its references, by lookup key (`kb.lists.lookup_key`)."""
    place, parts = 0, list[Part]()
    for section in reading_list.sections:
        numbered = enumerate(section.items, start=place + 1)
        entries = tuple(Entry(at, references.get(lookup_key(item.study)), item) for at, item in numbered)
        parts.append(Part(section.title, section.note, entries))
        place += len(entries)
    return Collection(reading_list.title, about, tuple(parts), reading_list.note)


def noted(collection: Collection) -> Iterator[Reference]:
    """The references that are held, each with what a curator says of it as notes."""
    for part in collection.parts:
        for each in part.entries:
            if each.reference is not None:
                yield msgspec.structs.replace(each.reference, said=tuple(_said(collection, part, each)))


def _said(collection: Collection, part: Part, entry: Entry) -> Iterator[str]:
    if (item := entry.item) is None:
        return
    told = {
        "": collection.title,
        " section": part.title,
        " place": entry.place,
        " priority": item.priority,
        " minutes": item.minutes,
        " note": item.note,
        " question": item.question,
    }
    yield from (f"Reading list{name}: {line(str(value))}" for name, value in told.items() if value is not None)
