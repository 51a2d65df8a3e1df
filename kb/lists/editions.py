"""Editions: a reading list frozen for a term, and what has come since. Pure.

An edition holds the list as it was, and of each publication the reference that may leave (`kb.exporters.reference`):
whatever is ingested later, it can be read, cited and exported as it was on its day. The living list tells what is new
since: that is told on its page and never in the edition.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

import msgspec

from kb.exporters.reference import Reference
from kb.lists.types import Item, ReadingList, lookup_key
from kb.publication import Publication
from kb.record import Notice, is_retracted

LONGEST = 40  # characters of a name
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_CORRECTING = ("correction", "expression_of_concern", "retracted_and_replaced")


class Named(msgspec.Struct, frozen=True):
    """An edition by its name: of which list, when it was made, and of which revision of the knowledge base."""

    list: str
    name: str
    at: datetime
    revision: int


class Edition(msgspec.Struct, frozen=True):
    """An edition whole: the list as it was, and the references of what was held, by lookup key."""

    named: Named
    reading_list: ReadingList
    references: dict[str, Reference]


class Since(msgspec.Struct, frozen=True):
    """What is new since an edition. `more` is how many studies came on the list's topics; None where it names none.

    `retracted` and `corrected` are publications of the edition of which that was said after it.
    """

    retracted: tuple[Publication, ...]
    corrected: tuple[Publication, ...]
    added: tuple[Item, ...]
    removed: tuple[Item, ...]
    more: int | None

    @property
    def anything(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.retracted or self.corrected or self.added or self.removed or self.more)


def edition_name(text: str) -> str | None:
    """`text` as the name of an edition (`2026-autumn`), in lower case; None where it cannot be one."""
    name = text.strip().lower()
    return name if len(name) <= LONGEST and _NAME.fullmatch(name) else None


def freeze(named: Named, reading_list: ReadingList, references: Mapping[str, Reference]) -> Edition:
    """The edition `named` of a list; `references` are of those of its publications that are held, by lookup key."""
    keys = {lookup_key(each.study) for each in reading_list.items}
    return Edition(named, reading_list, {key: each for key, each in references.items() if key in keys})


def since(edition: Edition, now: ReadingList, held: Mapping[str, Publication], more: int | None) -> Since:
    """What is new since `edition`: the list is `now`, and `held` are the publications of both, by lookup key."""
    kept = [(held[key], each.record.notices) for key, each in edition.references.items() if key in held]
    retracted = [each for each, before in kept if is_retracted(each.record.notices) and not is_retracted(before)]
    corrected = [each for each, before in kept if each not in retracted and _corrected(each, before)]
    old, new = ({lookup_key(each.study): each for each in of.items} for of in (edition.reading_list, now))
    return Since(
        retracted=_once(retracted),
        corrected=_once(corrected),
        added=tuple(each for key, each in new.items() if key not in old),
        removed=tuple(each for key, each in old.items() if key not in new),
        more=more,
    )


def _corrected(publication: Publication, before: tuple[Notice, ...]) -> bool:
    """Whether a notice that corrects, or warns, came; a source's other words for the same are no news."""

    def told(notices: tuple[Notice, ...]) -> list[str]:
        return [each.kind for each in notices if each.kind in _CORRECTING]

    return len(told(publication.record.notices)) > len(told(before))


def _once(publications: list[Publication]) -> tuple[Publication, ...]:
    return tuple({each.id: each for each in publications}.values())
