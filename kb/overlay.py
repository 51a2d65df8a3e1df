"""What a person read laid over what a machine read: the person's word stands, the machine's is kept underneath."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from kb.extraction import Arm, Extraction, Finding, Outcome


def overlay(machine: Extraction, person: Extraction | None) -> Extraction:
    """`machine` with what a person read laid over it, field by field.

    A field that the person left empty keeps the machine's reading; one that the person filled replaces
    it whole, the ledger included, so that a machine's row never stands beside a person's as its equal.
    Where the machine read the same, its place in the text goes to the person's finding: the words that
    say a fact can be shown, whoever vouches for it.
    """
    return machine if person is None else _overlay(machine, person)


def _overlay(below: Any, above: Any) -> Any:
    changes: dict[str, Any] = {}
    for name in above.__struct_fields__:
        lower, upper = getattr(below, name), getattr(above, name)
        if name == "version" or upper is None or upper == ():
            continue
        if isinstance(upper, tuple):
            changes[name] = tuple(_placed(each, lower) for each in upper)
        elif isinstance(upper, Finding):
            changes[name] = _placed(upper, (lower,) if lower else ())
        else:
            changes[name] = _overlay(lower, upper)
    return msgspec.structs.replace(below, **changes)


def _placed(finding: Finding[Any], read: Iterable[Finding[Any]]) -> Finding[Any]:
    """`finding` with the place of the one of `read` that says the same, if it has none of its own."""
    same = next((each for each in read if says(each.value) == says(finding.value)), None)
    if same is None or finding.start is not None:
        return finding
    return msgspec.structs.replace(finding, start=same.start, end=same.end, place=same.place)


def says(value: Any) -> object:
    """What two readings of one fact have in common, though they word it differently."""
    if isinstance(value, Outcome):
        return (value.concept or value.name.casefold(), value.change, value.basis)
    return value.name.casefold() if isinstance(value, Arm) else value
