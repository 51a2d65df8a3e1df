"""What a person read laid over what a machine read: the person's word stands, the machine's is kept underneath.

What a person disputes stays in the record, and does not stand: nothing counts it, exports it or teaches it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeGuard, TypeVar

import msgspec

from kb.extraction import Arm, Extraction, Finding, Outcome, findings

S = TypeVar("S", bound=msgspec.Struct)
T = TypeVar("T")


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


def stands(finding: Finding[T] | None) -> TypeGuard[Finding[T]]:
    """Whether a fact is stated, and nobody disputes it."""
    return finding is not None and finding.state != "disputed"


def standing(facts: Extraction) -> Extraction:
    """`facts` without what somebody disputes: what counts, is exported and is taught."""
    disputed = any(each.state == "disputed" for _, each in findings(facts))
    return _standing(facts) if disputed else facts


def _standing(part: S) -> S:
    def kept(value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(kept(each) for each in value if not isinstance(each, Finding) or stands(each))
        if isinstance(value, Finding) and not stands(value):
            return None
        return _standing(value) if isinstance(value, msgspec.Struct) else value

    return msgspec.structs.replace(part, **{name: kept(getattr(part, name)) for name in part.__struct_fields__})
