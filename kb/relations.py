"""What else there is of a publication: its other versions, the other papers of its study, and where its notices stand.

Only what was recorded is told. A machine may say that two records are versions of one work (a preprint, a meeting
abstract, an update); that two publications report one study only a person says, for it decides what is counted twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Literal

import msgspec

from kb.publication import Publication
from kb.record import Notice
from kb.store import Link, Store

Kind = Literal["version", "study"]


class Relation(msgspec.Struct, frozen=True):
    """Another publication, and what it is to the first: a version of it, or a paper of the same study."""

    kind: Kind
    publication: Publication


class Noticed(msgspec.Struct, frozen=True):
    """A notice, the source whose record carries it, and the day on which that record was fetched."""

    notice: Notice
    source: str
    fetched: date | None


def relations(publication: Publication, store: Store) -> tuple[Relation, ...]:
    """The other versions of `publication`, then the other papers of its study, as far as they are held."""
    id = publication.id
    links = store.links(id)
    found: dict[str, Kind] = {each.beyond(id): "version" for each in links if each.kind == "version"}
    if any(each.kind == "same" for each in store.links(id, "study")):
        found |= {each: "study" for each in _family(id, store.links(about="study")) if each not in found}
    return tuple(Relation(found[each.id], each) for each in store.publications(tuple(found)))


def noticed(publication: Publication, fetched: Mapping[tuple[str, str], datetime]) -> tuple[Noticed, ...]:
    """The notices of `publication` with their sources; `fetched` says when a record (source, key) was."""
    return tuple(_noticed(each, publication, fetched) for each in publication.record.notices)


def _family(id: str, links: Iterable[Link]) -> Iterator[str]:
    """Whoever is of one study with `id`, also by way of a third; not whom a person held apart from it."""
    said = tuple(links)
    near = {each.beyond(id) for each in said if each.kind == "different" and id in (each.one, each.other)}
    joined = [each for each in said if each.kind == "same"]
    seen, waiting = {id} | near, [id]
    while waiting:
        here = waiting.pop()
        for each in joined:
            if here in (each.one, each.other) and (there := each.beyond(here)) not in seen:
                seen.add(there)
                waiting.append(there)
    return iter(sorted(seen - near - {id}))


def _noticed(notice: Notice, publication: Publication, fetched: Mapping[tuple[str, str], datetime]) -> Noticed:
    member = next((each for each in publication.members if notice in each.notices), publication.record)
    day = fetched.get((member.source, member.key))
    return Noticed(notice, member.source, day.date() if day else None)
