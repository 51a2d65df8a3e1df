"""The form for one fact: its inputs, made from the fact's type, and what was sent as the JSON that the type wants."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import NoneType
from typing import Any, Literal, get_args, get_origin

import msgspec

from kb.amendments import Field
from kb.extraction import Arm, Outcome
from kb.vocabulary import Kind, Vocabulary
from kb.wording import BASES, CHANGES, HARMS, TIMEPOINTS

_LABELS = {
    "name": "Name, as written",
    "change": "Change of the measure",
    "basis": "Basis",
    "concept": "Outcome, as the vocabulary has it",
    "instrument": "Measured with",
    "polarity": "Which way is better",
    "said": "What the text says of the patient, where it gives no direction",
    "arm": "Whose change it is, as written",
    "versus": "Compared with whom, as written",
    "comparator": "Kind of comparison",
    "timepoint": "When",
    "means": "Means, as written",
    "p": "p, as written",
    "interval": "Interval, as written",
    "effect": "Effect, as written",
    "role": "Role",
    "met": "Did it come out as the authors had hoped?",
    "value": "It is",
    "from": "From, years",
    "to": "To, years",
}
_WORDS: dict[str, Mapping[Any, str]] = {
    "change": CHANGES,
    "basis": BASES,
    "timepoint": TIMEPOINTS,
    "polarity": {"low": "lower is better", "high": "higher is better", "context": "neither: a marker, or it depends"},
}
_APART = {"n", "dose"}  # facts of their own
_BOTH = ("from", "to")


class Input(msgspec.Struct, frozen=True, kw_only=True):
    """An input of the form. With `options` (value, words) it is a list to choose from, else text or a number."""

    name: str
    label: str
    value: str
    options: tuple[tuple[str, str], ...] = ()
    kind: Literal["text", "long", "number"] = "text"
    needed: bool = False


def inputs(field: Field, value: Any, sent: Mapping[str, str], vocabulary: Vocabulary) -> tuple[Input, ...]:
    """The inputs of a fact: filled with what was `sent`, else with its present `value`, if it has one."""
    parts = _parts(field)
    now = _apart(field, value)
    return tuple(
        _input(name, type, field, sent.get(f"v-{name}", now.get(name, "")), vocabulary) for name, type in parts
    )


def as_json(field: Field, sent: Mapping[str, str]) -> str:
    """What was sent, as JSON; it may be anything, and is checked by `kb.amendments.values`."""
    given = {name: _typed(type, sent.get(f"v-{name}", "").strip()) for name, type in _parts(field)}
    if field.type is not None and get_origin(field.type) is tuple:
        body: Any = [given[each] for each in _BOTH]
    elif set(given) == {"value"}:
        body = given["value"]
    else:
        body = {name: each for name, each in given.items() if each is not None}
    return msgspec.json.encode(body).decode()


def _parts(field: Field) -> list[tuple[str, Any]]:
    """Name and type of each part of a value."""
    if get_origin(field.type) is tuple:
        return [(each, float) for each in _BOTH]
    if isinstance(field.type, type) and issubclass(field.type, msgspec.Struct):
        return [(each.name, each.type) for each in msgspec.structs.fields(field.type) if each.name not in _APART]
    return [("value", field.type)]


def _apart(field: Field, value: Any) -> dict[str, str]:
    if value is None:
        return {"timepoint": "not_stated"} if field.type is Outcome else {}
    if isinstance(value, tuple):
        return dict(zip(_BOTH, map(_text, value), strict=True))
    if isinstance(value, msgspec.Struct):
        return {name: _text(getattr(value, name)) for name, _ in _parts(field)}
    return {"value": _text(value)}


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:.10g}" if isinstance(value, float) else str(value)


def _typed(type: Any, text: str) -> Any:
    """A part as JSON has it; text that is no number stays text, and is refused as such."""
    plain = _plain(type)
    if not text:
        return None
    if plain is bool:
        return {"yes": True, "no": False}.get(text, text)
    if plain in (int, float):
        try:
            return int(text) if text.isdecimal() and text.isascii() else float(text)
        except ValueError:
            return text
    return text


def _plain(type: Any) -> Any:
    """A type without its None."""
    given = [each for each in get_args(type) if each is not NoneType]
    return given[0] if NoneType in get_args(type) else type


def _input(name: str, type: Any, field: Field, value: str, vocabulary: Vocabulary) -> Input:
    plain = _plain(type)
    options = _options(name, plain, field, vocabulary)
    if value and options and value not in dict(options):
        options = (*options, (value, value))
    long = field.long or (name == "name" and field.type not in (Arm, Outcome))
    return Input(
        name=f"v-{name}",
        label=_LABELS[name],
        value=value,
        options=options,
        kind="number" if plain in (int, float) else "long" if long else "text",
        needed=plain is type,
    )


def _options(name: str, type: Any, field: Field, vocabulary: Vocabulary) -> tuple[tuple[str, str], ...]:
    kinds: dict[str, Kind | None] = {"concept": "outcome", "value": field.concepts}
    if kind := kinds.get(name):
        return _by_name((each.id, each.name) for each in vocabulary.concepts(kind))
    if name == "instrument":
        return _by_name((each.id, each.name) for each in vocabulary.instruments())
    if type is bool:
        return (("yes", "yes"), ("no", "no"))
    if get_origin(type) is Literal:
        return tuple((each, _called(name, each, vocabulary)) for each in get_args(type))
    return ()


def _called(name: str, id: str, vocabulary: Vocabulary) -> str:
    if name in _WORDS:
        return _WORDS[name].get(id, id.replace("_", " "))
    found = vocabulary.design(id) or vocabulary.comparator(id)
    return found.name if found else HARMS.get(id, id.replace("_", " "))  # type: ignore[call-overload]


def _by_name(rows: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(rows, key=lambda each: each[1].casefold()))
