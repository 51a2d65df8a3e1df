"""Which publications cite which, from either end: the keys of what is cited are those under which it is recognised.

A reference to what is not held costs a row and waits: once the cited publication arrives, both ends are known.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import BindParameter, Connection, Select, bindparam, delete, exists, func, insert, or_, select

from kb.extraction import DesignKind
from kb.identity import reference_keys
from kb.record import Record
from kb.store import tables

_citing, _reference, _identity = tables.citing.c, tables.reference.c, tables.identity.c

# Made once: putting a query together costs as much as answering it.
_NUMBER = select(_citing.number).where(_citing.publication == bindparam("publication"))
_CITED = (
    select(_identity.publication)
    .distinct()
    .join(tables.reference, _reference.key == _identity.key)
    .join(tables.citing, _citing.number == _reference.citing)
    .where(_citing.publication == bindparam("publication"), _identity.publication != _citing.publication)
    .order_by(_identity.publication)
)


def _citing_of_designs() -> Select[tuple[str]]:
    """Who cites a publication, and is of one of `designs` as the machine read it, or was read by a person.

    A classic is cited by thousands: to decode each, only to see that it is no review, would take seconds.
    """
    held, body = tables.publication.c, tables.record.c.body
    designs: BindParameter[str] = bindparam("designs", expanding=True)
    read = exists().where(tables.record.c.publication == held.id, func.instr(body, '"curated":{') > 0)
    return (
        select(_citing.publication)
        .distinct()
        .join(tables.reference, _reference.citing == _citing.number)
        .join(tables.identity, _identity.key == _reference.key)
        .join(tables.publication, held.id == _citing.publication)
        .where(_identity.publication == bindparam("publication"), _identity.publication != _citing.publication)
        .where(or_(func.json_extract(held.machine, "$.design.value").in_(designs), read))
        .order_by(_citing.publication)
    )


_CITING = _citing_of_designs()


def cited(connection: Connection, publication: str) -> tuple[str, ...]:
    """The publications held that `publication` cites, in the order of their ids."""
    return tuple(connection.scalars(_CITED, {"publication": publication}))


def citing(connection: Connection, publication: str, designs: Collection[DesignKind]) -> tuple[str, ...]:
    """The publications held that cite `publication` and may be of one of `designs`, in the order of their ids."""
    return tuple(connection.scalars(_CITING, {"publication": publication, "designs": sorted(designs)}))


def set_references(connection: Connection, publication: str, members: Iterable[Record]) -> None:
    """Replace what a publication cites by what its `members` cite."""
    clear_references(connection, publication)
    add_references(connection, publication, members)


def clear_references(connection: Connection, publication: str) -> None:
    """Forget what a publication cites."""
    number = connection.scalar(_NUMBER, {"publication": publication})
    if number is not None:
        connection.execute(delete(tables.reference).where(_reference.citing == number))
        connection.execute(delete(tables.citing).where(_citing.number == number))


def add_references(connection: Connection, publication: str, members: Iterable[Record]) -> None:
    """Write down what `members` cite, of a publication of which nothing is written yet."""
    keys = {key for each in members for key in reference_keys(each)}
    if keys:
        row = insert(tables.citing).values(publication=publication).returning(_citing.number)
        number = connection.scalars(row).one()
        connection.execute(insert(tables.reference), [{"key": key, "citing": number} for key in sorted(keys)])
