"""Lines of the audit trail in words: who did what to which, with a link to what it was done to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import msgspec
from flask import url_for

from kb.amendments import FIELDS
from kb.desk import Desk
from kb.errors import PublicationNotFoundError
from kb.people import Entry, Person, may
from kb.store.curating import dropped, may_edit
from web.port import KnowledgeBase

_LONGEST = 120  # characters of a value

Named = tuple[str, str | None]


class Changed(msgspec.Struct, frozen=True, kw_only=True):
    """A line in words. `before` and `after` are values, where they are short; `back`: it can be undone from here."""

    id: int
    at: datetime
    who: str
    action: str
    what: str
    url: str | None
    before: str | None
    after: str | None
    back: bool


class Trail:
    """Tells lines to whoever looks: curators what was done to lists that are theirs or public, and to publications."""

    def __init__(self, kb: KnowledgeBase, desk: Desk, visitor: Person) -> None:
        self._kb, self._visitor = kb, visitor
        self._people = {str(each.id): each.shown for each in desk.accounts.people()}
        public = (each for each in kb.lists() if each.visibility == "public")
        self._lists = {each.id: each for each in (*public, *desk.lists.of(visitor))}
        self._naming: dict[str, Callable[[str], Named]] = {
            "list": self._list,
            "edition": self._edition,
            "publication": self._publication,
            "person": lambda id: (self._people.get(id, id), url_for("people.index")),
            "question": lambda _: ("an answer", None),
        }

    def told(self, entries: tuple[Entry, ...]) -> Iterator[Changed]:
        """The lines that the visitor may see, in words."""
        for entry in entries:
            kind, _, id = entry.subject.partition(":")
            if self._open(kind, id, entry):
                what, url = self._naming[kind](id) if id and kind in self._naming else (entry.subject, None)
                gone = dropped(entry)
                yield Changed(
                    id=entry.id,
                    at=entry.at,
                    who=entry.who,
                    action=_action(entry.action),
                    what=gone.title if gone else what,
                    url=url,
                    before=_value(entry.before),
                    after=_value(entry.after),
                    back=gone is not None and gone.id not in self._lists and may_edit(self._visitor, gone),
                )

    def _open(self, kind: str, id: str, entry: Entry) -> bool:
        if may(self._visitor, "administrator") or entry.person == self._visitor.id:
            return True
        if kind in ("list", "edition"):
            gone = dropped(entry)
            return may_edit(self._visitor, gone) if gone else id.partition("/")[0] in self._lists
        return kind == "publication"

    def _list(self, id: str) -> Named:
        held = self._lists.get(id)
        if held is None:
            return f"the list {id}", None
        mine = may_edit(self._visitor, held)
        return held.title, url_for("curating.edit" if mine else "lists.one", id=id)

    def _edition(self, id: str) -> Named:
        of, _, name = id.partition("/")
        return f"{name} of {self._list(of)[0]}", url_for("editions.page", id=of, name=name)

    def _publication(self, id: str) -> Named:
        try:
            publication = self._kb.publication(id)
        except PublicationNotFoundError:
            return id, None
        return publication.record.title, url_for("corrections.page", id=publication.id)


def _action(told: str) -> str:
    """What was done; a fact is called as on the page where it is checked."""
    done, _, path = told.rpartition(" ")
    return f"{done}: {FIELDS[path].label}" if done and path in FIELDS else told


def _value(body: str | None) -> str | None:
    """What changed, where that is a word or two: a list whole, and a long passage, are on their own pages."""
    said: Any = msgspec.json.decode(body) if body else None
    if not isinstance(said, dict) or "sections" in said:
        return None
    told = [
        str(value) if name == "value" else f"{name} {'yes' if value is True else 'no' if value is False else value}"
        for name, value in said.items()
        if name != "correction" and value is not None
    ]
    words = "; ".join(told)
    return words if words and len(words) <= _LONGEST else None
