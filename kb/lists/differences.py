"""What became of a list between two of its states, in words: for who is told that somebody else has changed it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kb.lists.editing import item_keys, section_keys
from kb.lists.types import Item, ReadingList

_SAID = {
    "note": "note",
    "private_note": "private note",
    "priority": "priority",
    "minutes": "minutes",
    "question": "question",
}


def differences(before: ReadingList, after: ReadingList, name: Callable[[str], str] = str) -> tuple[str, ...]:
    """Each difference as a phrase; `name` tells a study's title. Empty where the two differ in their date alone."""
    return (*_head(before, after), *_sections(before, after), *_items(before, after, name))


def _head(before: ReadingList, after: ReadingList) -> Iterator[str]:
    if before.title != after.title:
        yield f"title now “{after.title}”"
    if before.note != after.note:
        yield "note of the list changed"
    if before.topics != after.topics:
        yield "topics changed"
    if before.visibility != after.visibility:
        yield f"now {after.visibility}"
    if before.curators != after.curators:
        yield "curators changed"


def _sections(before: ReadingList, after: ReadingList) -> Iterator[str]:
    old = dict(zip(section_keys(before), before.sections, strict=True))
    new = dict(zip(section_keys(after), after.sections, strict=True))
    yield from (f"section “{each.title}” added" for key, each in new.items() if key not in old)
    yield from (f"section “{each.title}” gone" for key, each in old.items() if key not in new)
    both = [key for key in old if key in new]
    yield from (f"note of section “{old[key].title}” changed" for key in both if old[key].note != new[key].note)
    if both != [key for key in new if key in old]:
        yield "order of the sections changed"


def _items(before: ReadingList, after: ReadingList, name: Callable[[str], str]) -> Iterator[str]:
    old, new = _by_key(before), _by_key(after)
    yield from (f"added: {name(item.study)}" for key, (item, _) in new.items() if key not in old)
    yield from (f"removed: {name(item.study)}" for key, (item, _) in old.items() if key not in new)
    moved = False
    for key, (item, section) in new.items():
        if key not in old:
            continue
        was, where = old[key]
        if said := [word for field, word in _SAID.items() if getattr(was, field) != getattr(item, field)]:
            yield f"{', '.join(said)} changed: {name(item.study)}"
        if where != section and where in section_keys(after):
            moved = True
            yield f"moved to “{section.partition(':')[2]}”: {name(item.study)}"
    if not moved and [key for key in old if key in new] != [key for key in new if key in old]:
        yield "order of the publications changed"


def _by_key(reading_list: ReadingList) -> dict[str, tuple[Item, str]]:
    """Each item by its key, with the key of its section."""
    return {
        key: (item, section)
        for keys, section, each in zip(
            item_keys(reading_list), section_keys(reading_list), reading_list.sections, strict=True
        )
        for key, item in zip(keys, each.items, strict=True)
    }
