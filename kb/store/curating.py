"""Editing reading lists: each edit a transaction, with how the list was before and after in the audit trail.

An edit carries the digest of the list as its form showed it. Where the list is another by then, nothing is done and
`ListChangedError` is raised: whoever asked is told what became of it (`since`), and sends it again or not.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime

import msgspec
from msgspec.structs import replace
from sqlalchemy import Connection

from kb.errors import ListChangedError, ListEditError, ListNotFoundError
from kb.identity import fold
from kb.lists import editing
from kb.lists.pasting import Outcome, Pasted, cites, read_lines
from kb.lists.types import Item, ReadingList, Visibility, digest, lookup_key
from kb.people import Person, may
from kb.people.types import Entry
from kb.publication import Publication
from kb.store import lists, people
from kb.store.store import Store

_TRAIL = 50  # edits that are looked back upon, to tell what others did
DROPPED = "take the list away"
_SCHEMES = ("doi", "pmid", "pmcid")  # a publication is put on a list by what travels, if it has that


class ReadingLists:
    """The lists of a store, for those who edit them. Safe for the threads of a process, and for several processes."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store, self._clock = store, clock

    def one(self, person: Person | None, id: str) -> ReadingList:
        """The whole list, for who may edit it; raises `ListNotFoundError` for everybody else."""
        with self._store.look() as connection:
            return _mine(connection, person, id)

    def of(self, person: Person) -> tuple[ReadingList, ...]:
        """The lists that a person may edit, in the order of their titles."""
        with self._store.look() as connection:
            return tuple(each for each in lists.read(connection) if may_edit(person, each))

    def last_used(self, person: Person) -> ReadingList | None:
        """The list that a person changed last, as far as it is still theirs to edit."""
        with self._store.look() as connection:
            for subject in lists.subjects_of(connection, person.id):
                found = lists.one(connection, subject.removeprefix("list:"))
                if found is not None and may_edit(person, found):
                    return found
        return None

    def make(self, by: Person, title: str, note: str, visibility: Visibility) -> ReadingList:
        """A new list without anything on it; raises `ListEditError` where it cannot be kept."""
        new = ReadingList(
            id="new",
            title=title,
            note=note,
            updated=self._clock().date(),
            sections=(),
            visibility=visibility,
            curators=(by.id,),
        )
        return self._found(by, new, "make a list")

    def duplicate(self, by: Person, reading_list: ReadingList, title: str) -> ReadingList:
        """A list like this one, of which `by` is the curator."""
        new = editing.duplicate(reading_list, "new", title, by.id, self._clock().date())
        return self._found(by, new, f"duplicate {reading_list.id}")

    def edit(
        self, by: Person, id: str, shown: str, change: Callable[[ReadingList], ReadingList], action: str
    ) -> ReadingList:
        """Apply an edit to the list whose digest was `shown`, and return it as it is now.

        Raises `ListNotFoundError`, `ListChangedError`, and `ListEditError` where the result cannot be kept. What
        changes nothing leaves no line in the trail.
        """
        with self._store.transaction() as connection:
            before = _mine(connection, by, id)
            if digest(before) != shown:
                raise ListChangedError
            return self._keep(connection, by, before, change(before), action)

    def add(self, by: Person, id: str, publication: Publication) -> ReadingList:
        """Put a publication on a list, whatever else became of the list meanwhile: nothing of it is overwritten."""
        with self._store.transaction() as connection:
            before = _mine(connection, by, id)
            if publication.id in lists.named(connection, _keys(before)).values():
                return before
            return self._keep(connection, by, before, editing.add(before, Item(study=study(publication))), "add to it")

    def undo(self, by: Person, id: str, shown: str) -> ReadingList:
        """Take the last edit back; raises `ListChangedError` where it is not the one that was shown."""
        with self._store.transaction() as connection:
            now = _mine(connection, by, id)
            last = _last(connection, now)
            if digest(now) != shown or last is None or last.before is None:
                raise ListChangedError
            return self._keep(connection, by, now, _decode(last.before), f"undo: {last.action}")

    def back(self, by: Person, id: str, shown: str, edit: int) -> ReadingList:
        """Make a list again what it was before one of its edits; raises `ListChangedError` as `edit` does."""
        with self._store.transaction() as connection:
            now, entry = _mine(connection, by, id), people.entry(connection, edit)
            if digest(now) != shown or entry is None or entry.subject != f"list:{id}" or entry.before is None:
                raise ListChangedError
            return self._keep(connection, by, now, _decode(entry.before), f"go back to before “{entry.action}”")

    def drop(self, by: Person, id: str, shown: str) -> None:
        """Take a list away; its editions stay, and it can be brought back. Raises `ListChangedError` as `edit` does."""
        with self._store.transaction() as connection:
            now = _mine(connection, by, id)
            if digest(now) != shown:
                raise ListChangedError
            lists.drop(connection, id)
            people.note(connection, by.id, DROPPED, f"list:{id}", self._clock(), before=_encode(now))

    def bring_back(self, by: Person, edit: int) -> ReadingList:
        """The list that was taken away by this edit, there again; raises `ListNotFoundError`."""
        with self._store.transaction() as connection:
            entry = people.entry(connection, edit)
            gone = dropped(entry) if entry else None
            if gone is None or not may_edit(by, gone) or lists.one(connection, gone.id) is not None:
                raise ListNotFoundError(gone.id if gone else "")
            now = self._clock()
            lists.put(connection, gone, now)
            people.note(connection, by.id, "bring it back", f"list:{gone.id}", now, after=_encode(gone))
        return gone

    def history(self, id: str) -> tuple[Entry, ...]:
        """The last edits of a list, the latest first."""
        with self._store.look() as connection:
            return people.trail(connection, f"list:{id}", _TRAIL)

    def last(self, reading_list: ReadingList) -> Entry | None:
        """The edit that made the list what it is; None where it came from a file since."""
        with self._store.look() as connection:
            return _last(connection, reading_list)

    def since(self, id: str, shown: str) -> tuple[ReadingList | None, tuple[Entry, ...]]:
        """The list as it was when its digest was `shown`, and what was done since, the earliest first.

        None, and nothing, where that is too long ago to be told.
        """
        trail = self.history(id)
        for number, entry in enumerate(trail):
            if entry.before is not None and digest(before := _decode(entry.before)) == shown:
                return before, tuple(reversed(trail[: number + 1]))
        return None, ()

    def read(self, text: str) -> tuple[Outcome, ...]:
        """What each line that somebody pasted names: a publication that is held, one that is not, or nothing."""
        lines = read_lines(text)
        ids = self._store.named({key for each in lines for key in each.keys})
        held = {each.id: each for each in self._store.publications(sorted(set(ids.values())))}
        return tuple(_outcome(each, [held[ids[key]] for key in each.keys if ids.get(key) in held]) for each in lines)

    def on(self, reading_list: ReadingList) -> frozenset[str]:
        """The ids of the publications on a list that are held, however it names them."""
        return frozenset(self._store.named(_keys(reading_list)).values())

    def _found(self, by: Person, new: ReadingList, action: str) -> ReadingList:
        with self._store.transaction() as connection:
            new = _checked(replace(new, id=lists.free_id(connection, _slug(new.title))))
            now = self._clock()
            lists.put(connection, new, now)
            people.note(connection, by.id, action, f"list:{new.id}", now, after=_encode(new))
        return new

    def _keep(
        self, connection: Connection, by: Person, before: ReadingList, after: ReadingList, action: str
    ) -> ReadingList:
        if after == before:
            return before
        now = self._clock()
        after = _checked(replace(after, id=before.id, updated=now.date()))
        lists.put(connection, after, now)
        told = {"before": _encode(before), "after": _encode(after)}
        people.note(connection, by.id, action, f"list:{before.id}", now, **told)
        return after


def may_edit(person: Person | None, reading_list: ReadingList) -> bool:
    """Whether a person may edit a list: its curators may, as long as they are any, and administrators."""
    if person is None or not may(person, "curator"):
        return False
    return person.id in reading_list.curators or may(person, "administrator")


def dropped(entry: Entry) -> ReadingList | None:
    """The list that this line of the trail took away; None where it did something else."""
    return _decode(entry.before) if entry.action == DROPPED and entry.before is not None else None


def study(publication: Publication) -> str:
    """What an item calls a publication: an identifier if it has one, so that the list can travel."""
    known = {each.scheme: each for each in reversed(publication.record.identifiers)}
    found = next((known[each] for each in _SCHEMES if each in known), None)
    return f"{found.scheme}:{found.value}" if found else publication.id


def _outcome(pasted: Pasted, held: Collection[Publication]) -> Outcome:
    fits = next((each for each in held if pasted.identifiers or cites(pasted.line, each)), None)
    if fits is not None:
        return Outcome(pasted.line, "found", fits)
    return Outcome(pasted.line, "absent" if pasted.identifiers else "unread")


def _mine(connection: Connection, person: Person | None, id: str) -> ReadingList:
    found = lists.one(connection, id)
    if found is None or not may_edit(person, found):
        raise ListNotFoundError(id)
    return found


def _last(connection: Connection, reading_list: ReadingList) -> Entry | None:
    last = next(iter(people.trail(connection, f"list:{reading_list.id}", 1)), None)
    return last if last and last.after and _decode(last.after) == reading_list else None


def _keys(reading_list: ReadingList) -> set[str]:
    return {lookup_key(each.study) for each in reading_list.items}


def _checked(reading_list: ReadingList) -> ReadingList:
    try:
        return msgspec.convert(msgspec.to_builtins(reading_list), ReadingList)
    except msgspec.ValidationError as error:
        raise ListEditError(f"The list cannot be kept like this: {error}.") from error


def _slug(title: str) -> str:
    return "-".join(fold(title).encode("ascii", "ignore").decode().split())[:60].strip("-") or "list"


def _encode(reading_list: ReadingList) -> str:
    return msgspec.json.encode(reading_list).decode()


def _decode(body: str) -> ReadingList:
    return msgspec.json.decode(body, type=ReadingList)
