"""Corrections laid over what was read, whoever read it: the latest word on each fact stands.

A correction is about a fact, not about a place in a list: after an extractor has read the abstract again, the fact is
found by its value, then by what it says, then by what the person said instead. Where the machine now says what was
corrected to, there is one fact, the person's. A dispute of what nobody reads any more says nothing; what a person
stated stands, whatever is read. All this only reads: with the corrections gone, the reading is there as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import msgspec

from kb.amendments.fields import FIELDS, IN_ARMS
from kb.amendments.types import Correction
from kb.amendments.values import canonical
from kb.amendments.words import located
from kb.extraction import Arm, Extraction, Finding
from kb.overlay import says

_Facts = tuple[Finding[Any], ...]


def amended(base: Extraction, corrections: Sequence[Correction], abstract: str | None) -> Extraction:
    """`base` with `corrections` (those that stand, oldest first) on top; the words are found in `abstract`."""
    fields: dict[str, list[Correction]] = {}
    for each in corrections:
        fields.setdefault(each.path, []).append(each)
    of_arms = {path: said for path, said in fields.items() if path.startswith(IN_ARMS)}
    facts = _in_arms(base, of_arms, abstract)
    for path, said in fields.items():
        if path in FIELDS and path not in of_arms:
            facts = _at(facts, path.split("."), _change(path, said, abstract))
    added = [each for each in fields.get("method.arms", ()) if each.what == "add"]
    return _in_arms(facts, of_arms, abstract, {each.rule for each in added}) if added else facts


def _at(part: Any, steps: Sequence[str], change: Callable[[Any], Any]) -> Any:
    name, *rest = steps
    old = getattr(part, name)
    return msgspec.structs.replace(part, **{name: _at(old, rest, change) if rest else change(old)})


def _change(path: str, said: Sequence[Correction], abstract: str | None) -> Callable[[Any], Any]:
    if FIELDS[path].many:
        return lambda old: _many(path, old, said, abstract)
    return lambda old: _folded(path, old, said, abstract)


def _in_arms(
    facts: Extraction, of_arms: dict[str, list[Correction]], abstract: str | None, only: Iterable[str] | None = None
) -> Extraction:
    """What is said of single groups, each known by its name; `only` those groups that these corrections added."""
    arms = list(facts.method.arms)
    for path, said in of_arms.items():
        for i, arm in enumerate(arms):
            ours = [each for each in said if each.arm == arm.value.name]
            if path in FIELDS and ours and (only is None or arm.rule in only):
                value = _at(arm.value, path.removeprefix(IN_ARMS).split("."), _change(path, ours, abstract))
                arms[i] = msgspec.structs.replace(arm, value=value)
    if not of_arms:
        return facts
    return msgspec.structs.replace(facts, method=msgspec.structs.replace(facts.method, arms=tuple(arms)))


def _many(path: str, items: _Facts, said: Sequence[Correction], abstract: str | None) -> _Facts:
    """Each fact of a list with what is said of it; what is not among them stands behind them."""
    subjects: dict[object, list[Correction]] = {}
    for each in said:
        subjects.setdefault(each.adding or (each.of, each.start), []).append(each)
    found: dict[int, list[Correction]] = {}
    left = list(subjects.values())
    for same in (_exactly, _nearly, _instead):
        unknown: list[list[Correction]] = []
        for about in left:
            at = _nearest(items, found, about[0].start, same(path, about))
            if at is None:
                unknown.append(about)
            else:
                found[at] = about
        left = unknown
    kept = (_folded(path, each, found.get(i, ()), abstract) or each for i, each in enumerate(items))
    behind = (_folded(path, None, about, abstract) for about in left)
    return (*kept, *(each for each in behind if each is not None))


def _exactly(path: str, about: Sequence[Correction]) -> Callable[[Finding[Any]], bool]:
    """It is the very value that was read when the person spoke of it."""
    return lambda item: about[0].of is not None and canonical(item.value) == about[0].of


def _nearly(path: str, about: Sequence[Correction]) -> Callable[[Finding[Any]], bool]:
    """It says the same, with other figures or another name for a group."""
    read = _value(path, about[0].of) if about[0].of is not None else None
    return lambda item: read is not None and says(item.value) == says(read)


def _instead(path: str, about: Sequence[Correction]) -> Callable[[Finding[Any]], bool]:
    """It says what the person stated."""
    stated = _folded(path, None, about, None)
    return lambda item: stated is not None and says(item.value) == says(stated.value)


def _nearest(
    items: _Facts, taken: Mapping[int, object], start: int | None, fits: Callable[[Finding[Any]], bool]
) -> int | None:
    """The place of the item that fits, of several that which stands nearest to where it was read."""
    found = [i for i, each in enumerate(items) if i not in taken and fits(each)]
    return min(found, key=lambda i: abs((items[i].start or 0) - (start or 0)), default=None)


def _folded(
    path: str, below: Finding[Any] | None, said: Sequence[Correction], abstract: str | None
) -> Finding[Any] | None:
    """A fact after all that was said of it, in turn."""
    fact = below
    for each in said:
        value = _value(path, each.value)
        same = fact is not None and value is not None and canonical(fact.value) == canonical(value)
        if each.what == "dispute":
            if fact is not None and value is not None and says(fact.value) == says(value):
                fact = msgspec.structs.replace(fact, state="disputed", rule=each.rule)
        elif value is not None:
            fact = _stated(each, value, fact, abstract, same=same)
    return fact


def _stated(
    said: Correction, value: Any, before: Finding[Any] | None, abstract: str | None, *, same: bool
) -> Finding[Any]:
    """The fact as a person stated it, with the place of its words: those given, else those it had."""
    if isinstance(value, Arm) and before is not None:
        value = msgspec.structs.replace(value, n=before.value.n, dose=before.value.dose)
    kept: Finding[Any] = before if before is not None and same else Finding(value)
    found = located(said.words, abstract, kept.start) if said.words else None
    if found is not None:
        kept = msgspec.structs.replace(kept, start=found[0], end=found[1], place="abstract")
    return msgspec.structs.replace(
        kept,
        value=value,
        rule=said.rule,
        state="corrected" if said.what == "correct" else "checked",
        document=said.document or kept.document,
    )


def _value(path: str, json: str) -> Any:
    """What a correction states; None where it is no value of this field any more, so that it says nothing."""
    try:
        return msgspec.json.decode(json, type=FIELDS[path].type)
    except msgspec.DecodeError:
        return None
