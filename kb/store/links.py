"""What two publications are to each other. A person's word stands over the machine's, and stays.

About their identity: `same` (the one was joined into the other and lives on as an alias), `different` (never to be
joined), `version` (preprint, meeting abstract, update), `proposed` (a person should look). About the study they
report: `same` and `different`, which only a person says.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Literal

import msgspec
from sqlalchemy import Connection, delete, or_, select
from sqlalchemy.dialects.sqlite import insert as upsert

from kb.store import tables

About = Literal["identity", "study"]
Kind = Literal["same", "different", "version", "proposed"]
SaidBy = Literal["machine", "person"]

_link = tables.link.c


class Link(msgspec.Struct, frozen=True):
    """What `one` and `other` (publications, in the order of their ids) are to each other, who said so, and why."""

    one: str
    other: str
    kind: Kind
    said_by: SaidBy
    reason: str
    at: datetime
    about: About = "identity"

    def beyond(self, publication: str) -> str:
        """The other end, seen from `publication`."""
        return self.other if self.one == publication else self.one


def link(
    one: str, other: str, kind: Kind, said_by: SaidBy, reason: str, at: datetime, about: About = "identity"
) -> Link:
    """A link between two publications, whichever is named first."""
    first, second = sorted((one, other))
    return Link(first, second, kind, said_by, reason, at, about)


def write(connection: Connection, new: Link) -> None:
    """Keep a link; what a person said is replaced only by a person, and the machine says a thing once."""
    row = msgspec.structs.asdict(new) | {"at": new.at.astimezone(UTC).isoformat()}
    put = upsert(tables.link).values(row)
    if new.said_by == "person":
        put = put.on_conflict_do_update(index_elements=["about", "one", "other"], set_=row)
    else:
        put = put.on_conflict_do_nothing()
    connection.execute(put)


def read(connection: Connection, publication: str | None, about: About) -> tuple[Link, ...]:
    """All links of a publication, or all there are."""
    query = select(tables.link).where(_link.about == about).order_by(_link.one, _link.other)
    if publication is not None:
        query = query.where(or_(_link.one == publication, _link.other == publication))
    return tuple(
        Link(row.one, row.other, row.kind, row.said_by, row.reason, datetime.fromisoformat(row.at), row.about)
        for row in connection.execute(query)
    )


def repoint(connection: Connection, gone: str, kept: str) -> None:
    """Give the links of `gone` to `kept`, which it was joined into."""
    old = [*read(connection, gone, "identity"), *read(connection, gone, "study")]
    connection.execute(delete(tables.link).where(or_(_link.one == gone, _link.other == gone)))
    for each in sorted(old, key=lambda each: each.said_by == "person"):
        if (beyond := each.beyond(gone)) != kept:
            write(connection, link(kept, beyond, each.kind, each.said_by, each.reason, each.at, each.about))


def forget_alias(connection: Connection, publication: str) -> None:
    """`publication` lives again: it is no other's alias any more."""
    connection.execute(
        delete(tables.link).where(
            _link.about == "identity", _link.kind == "same", or_(_link.one == publication, _link.other == publication)
        )
    )


def alias_of(connection: Connection, id: str) -> str | None:
    """The publication that `id` was joined into, if it was."""
    for each in read(connection, id, "identity"):
        beyond = each.beyond(id)
        held = select(tables.publication.c.id).where(tables.publication.c.id == beyond)
        if each.kind == "same" and connection.scalar(held) is not None:
            return beyond
    return None
