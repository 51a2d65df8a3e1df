"""What a curator does to a reading list: each a function from a list to a list, which loses and doubles nothing.

Items and sections are named by what they are (`item_keys`, `section_keys`) and not by their place, so that a form that
was filled in before others changed the list still means the same item. Every function takes whatever it is given:
what names nothing here, or goes nowhere, leaves the list as it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, TypeVar

from msgspec.structs import replace

from kb.lists.types import Item, ListSection, ReadingList, Visibility, for_readers, lookup_key

FIRST_SECTION = "To read"  # what a first section is called until somebody gives it a name

T = TypeVar("T")
Items = tuple[Item, ...]


def item_keys(reading_list: ReadingList) -> tuple[tuple[str, ...], ...]:
    """A name for each item, section after section: its study, and which of those it is if it stands here twice."""
    names = iter(_numbered(item.study for item in reading_list.items))
    return tuple(tuple(next(names) for _ in section.items) for section in reading_list.sections)


def section_keys(reading_list: ReadingList) -> tuple[str, ...]:
    """A name for each section: its title, and which of those it is."""
    return tuple(_numbered(section.title for section in reading_list.sections))


def holds(reading_list: ReadingList, study: str) -> bool:
    """Whether this publication, under this very name, is on the list."""
    return lookup_key(study) in {lookup_key(each.study) for each in reading_list.items}


# Items


def add(reading_list: ReadingList, item: Item, section: str | None = None) -> ReadingList:
    """Put an item at the end of a section, or of the last one; what is on the list already is not put there again."""
    if holds(reading_list, item.study):
        return reading_list
    if not reading_list.sections:
        return replace(reading_list, sections=(ListSection(title=FIRST_SECTION, items=(item,)),))
    at = _section(reading_list, section)
    return _with_items(reading_list, len(reading_list.sections) - 1 if at is None else at, lambda items: (*items, item))


def remove(reading_list: ReadingList, item: str) -> ReadingList:
    """Take an item away."""
    found = _item(reading_list, item)
    if found is None:
        return reading_list
    section, at = found
    return _with_items(reading_list, section, lambda items: (*items[:at], *items[at + 1 :]))


def step(reading_list: ReadingList, item: str, by: int) -> ReadingList:
    """Move an item a place up (`by` is -1) or down (1); from the edge of a section it goes into the next one."""
    found = _item(reading_list, item)
    if found is None or by not in (-1, 1):
        return reading_list
    section, at = found
    if 0 <= at + by < len(reading_list.sections[section].items):
        return _place(reading_list, found, section, at + by)
    to = section + by
    if not 0 <= to < len(reading_list.sections):
        return reading_list
    return _place(reading_list, found, to, len(reading_list.sections[to].items) if by < 0 else 0)


def move(reading_list: ReadingList, item: str, section: str, place: int) -> ReadingList:
    """Move an item into a section, to the place that is counted from 1; one beyond its end is its end."""
    found, to = _item(reading_list, item), _section(reading_list, section)
    if found is None or to is None:
        return reading_list
    return _place(reading_list, found, to, max(place - 1, 0))


def change(reading_list: ReadingList, item: str, **said: Any) -> ReadingList:
    """Say something else of an item: `note`, `private_note`, `priority`, `minutes`, `question`."""
    found = _item(reading_list, item)
    if found is None:
        return reading_list
    section, at = found
    return _with_items(reading_list, section, lambda items: (*items[:at], replace(items[at], **said), *items[at + 1 :]))


# Sections


def add_section(reading_list: ReadingList, title: str, note: str | None = None) -> ReadingList:
    """Put an empty section at the end."""
    return replace(reading_list, sections=(*reading_list.sections, ListSection(title=title, note=note)))


def rename_section(reading_list: ReadingList, section: str, title: str, note: str | None = None) -> ReadingList:
    """Give a section another title and note."""
    at = _section(reading_list, section)
    if at is None:
        return reading_list
    sections = list(reading_list.sections)
    sections[at] = replace(sections[at], title=title, note=note)
    return replace(reading_list, sections=tuple(sections))


def step_section(reading_list: ReadingList, section: str, by: int) -> ReadingList:
    """Move a section a place up (`by` is -1) or down (1), with all that is in it."""
    at = _section(reading_list, section)
    if at is None or by not in (-1, 1) or not 0 <= at + by < len(reading_list.sections):
        return reading_list
    return replace(reading_list, sections=_moved(reading_list.sections, at, at + by))


def remove_section(reading_list: ReadingList, section: str) -> ReadingList:
    """Take a section away; its items go to the one before it, or after it. The only one stays while it has any."""
    at, sections = _section(reading_list, section), reading_list.sections
    if at is None or (len(sections) == 1 and sections[0].items):
        return reading_list
    left = [*sections[:at], *sections[at + 1 :]]
    if at > 0:
        left[at - 1] = replace(left[at - 1], items=(*left[at - 1].items, *sections[at].items))
    elif left:
        left[0] = replace(left[0], items=(*sections[at].items, *left[0].items))
    return replace(reading_list, sections=tuple(left))


# The whole list


def entitle(reading_list: ReadingList, title: str, note: str, visibility: Visibility) -> ReadingList:
    """Give the list another title, note and visibility."""
    return replace(reading_list, title=title, note=note, visibility=visibility)


def about(reading_list: ReadingList, topics: Iterable[str]) -> ReadingList:
    """The list with other topics: concepts by id, on whose pages it is named, and whose new studies it is told."""
    return replace(reading_list, topics=tuple(dict.fromkeys(topics)))


def with_curator(reading_list: ReadingList, person: int) -> ReadingList:
    """The list with one curator more."""
    return replace(reading_list, curators=tuple(dict.fromkeys((*reading_list.curators, person))))


def without_curator(reading_list: ReadingList, person: int) -> ReadingList:
    """The list with one curator less; the last one stays."""
    left = tuple(each for each in reading_list.curators if each != person)
    return replace(reading_list, curators=left) if left else reading_list


def duplicate(reading_list: ReadingList, id: str, title: str, by: int, today: date) -> ReadingList:
    """The same under another name, for the next year: private, and `by` curates it.

    Private notes go along for whoever curates the list that they are of.
    """
    whole = reading_list if by in reading_list.curators else for_readers(reading_list)
    return replace(whole, id=id, title=title, updated=today, visibility="private", curators=(by,))


def _numbered(names: Iterable[str]) -> Iterable[str]:
    seen: Counter[str] = Counter()
    for each in names:
        seen[each] += 1
        yield f"{seen[each]}:{each}"


def _item(reading_list: ReadingList, key: str) -> tuple[int, int] | None:
    """Where an item is: its section, and its place there."""
    keys = item_keys(reading_list)
    return next(((section, each.index(key)) for section, each in enumerate(keys) if key in each), None)


def _section(reading_list: ReadingList, key: str | None) -> int | None:
    keys = section_keys(reading_list)
    return keys.index(key) if key in keys else None


def _place(reading_list: ReadingList, found: tuple[int, int], section: int, at: int) -> ReadingList:
    item = reading_list.sections[found[0]].items[found[1]]
    without = _with_items(reading_list, found[0], lambda items: (*items[: found[1]], *items[found[1] + 1 :]))
    return _with_items(without, section, lambda items: (*items[:at], item, *items[at:]))


def _with_items(reading_list: ReadingList, section: int, edit: Callable[[Items], Items]) -> ReadingList:
    sections = list(reading_list.sections)
    sections[section] = replace(sections[section], items=edit(sections[section].items))
    return replace(reading_list, sections=tuple(sections))


def _moved(those: Sequence[T], at: int, to: int) -> tuple[T, ...]:
    left = [*those[:at], *those[at + 1 :]]
    return (*left[:to], those[at], *left[to:])
