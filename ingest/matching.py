"""Which publication of the store a record belongs to; and joining and splitting by hand.

The store names candidates by their keys, `ingest.dedupe` decides, and what a person has said stands over both.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import msgspec

from ingest.dedupe import Doubt, Verdict, cite, may_join, place
from ingest.errors import IngestError
from ingest.extractors import extract
from kb.base import WritableKnowledgeBase
from kb.publication import merge, slug
from kb.record import Record
from kb.store import Link, Put, Store, link
from kb.store.links import Kind, SaidBy


class Home(msgspec.Struct, frozen=True):
    """Where a record goes: to `publication`, whose `members` are there already.

    `joined` are publications that the record shows to be the same, `near` those of which it does not say for sure.
    """

    publication: str
    members: tuple[Record, ...] = ()
    joined: tuple[str, ...] = ()
    near: tuple[Doubt, ...] = ()

    def links(self, record: Record, at: datetime) -> Iterator[Link]:
        """What is to be noted of the publications nearby."""
        for each in self.near:
            version = each.verdict is Verdict.VERSION
            kind: Kind = "version" if version else "proposed"
            why = f"{'another version' if version else 'perhaps one'}, by {record.source}:{record.key}"
            yield link(self.publication, each.publication, kind, "machine", why, at)


def find_home(record: Record, held: str | None, store: Store) -> Home | None:
    """Where `record` belongs; `held` is the publication that holds it already, in an older form.

    An annotation goes to the publication that it is surest of, and decides nothing; where there is none, None.
    """
    candidates = store.candidates(record)
    cited = {id: [cite(each) for each in members] for id, members in candidates.items() if id != held}
    placement = place(cite(record), cited.items())
    if record.annotation:
        home = held or next(iter(placement.same), None)
        return Home(home, store.members(home)) if home else None
    if not held and not placement.same:
        return Home(unused(slug(record), store), near=placement.near)
    home, *others = (held, *placement.same) if held else placement.same
    members = candidates[home] if home in candidates else store.members(home)
    if not others:
        return Home(home, members, near=placement.near)
    apart = {each.beyond(home) for each in store.links(home) if each.said_by == "person"}
    ours = [cite(each) for each in members]
    joined = [each for each in others if each not in apart and may_join(ours, cited[each])]
    doubts = [Doubt(each, Verdict.UNSURE) for each in others if each not in apart and each not in joined]
    return Home(home, members, tuple(joined), (*placement.near, *doubts))


def unused(id: str, store: Store) -> str:
    """`id`, or the first of `id-2`, `id-3`... that no publication has."""
    taken, number = id, 1
    while store.members(taken):
        number += 1
        taken = f"{id}-{number}"
    return taken


def join(kb: WritableKnowledgeBase, kept: str, gone: str, at: datetime, *, said_by: SaidBy, reason: str) -> Put:
    """Make `gone` part of `kept`, and read the merged text anew."""
    merged, _ = merge([*kb.store.members(kept), *kb.store.members(gone)])
    machine = extract(merged, kb.vocabulary)
    return kb.store.join(kept, gone, machine=machine, said_by=said_by, reason=reason, at=at)


def split(kb: WritableKnowledgeBase, name: str, at: datetime) -> Put:
    """Take the record `name` (`source:key`) out of its publication into one of its own, for good."""
    source, _, key = name.partition(":")
    held = kb.store.holder(source, key)
    if held is None:
        raise IngestError("there is no such record", where=name, remedy="Name it as reports do: pubmed:12345678.")
    members = kb.store.members(held)
    ours = [each for each in members if (each.source, each.key) == (source, key)]
    rest = [each for each in members if (each.source, each.key) != (source, key)]
    if not rest:
        raise IngestError(f"it is the only record of {held}", where=name, remedy="There is nothing to take it out of.")
    left, apart = (extract(merge(each)[0], kb.vocabulary) for each in (rest, ours))
    founded = unused(slug(ours[0]), kb.store)
    return kb.store.split(source, key, founded=founded, left=left, apart=apart, at=at)
