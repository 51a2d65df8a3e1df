"""What a curator may say that a fact is: JSON of the fact's type, with ids that the vocabulary has.

What does not fit is refused with a sentence that says what is wrong; nothing is mended silently, for a person's word
stands above everything else here.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator
from typing import Any

import msgspec

from kb.amendments.fields import Field
from kb.errors import CorrectionError
from kb.extraction import Arm, Outcome
from kb.vocabulary import Vocabulary

_LONGEST = 8_000  # characters of JSON
_LINE, _TEXT = 300, 2_000  # characters of a value


def canonical(value: Any) -> str:
    """A value as JSON, by which it is known again; of a group without its size and dose, which are facts apart."""
    if isinstance(value, Arm):
        value = Arm(value.name, value.role, value.comparator)
    return msgspec.json.encode(value, order="deterministic").decode()


def read(field: Field, json: str, vocabulary: Vocabulary) -> Any:
    """The value that `json` states, complete (an outcome has its polarity); raises `CorrectionError`."""
    if len(json) > _LONGEST:
        raise CorrectionError(f"{field.label}: the value is too long.")
    try:
        value = msgspec.json.decode(json, type=field.type)
        stated = msgspec.json.decode(json)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise CorrectionError(f"{field.label}: {_told(field, error)}.") from error
    if isinstance(value, msgspec.Struct) and (unknown := set(stated) - set(value.__struct_fields__)):
        raise CorrectionError(f"{field.label}: it has no part {min(unknown)[:50]!r}.")
    for wrong in (*_texts(field, value), *_numbers(field, value), *_ids(field, value, vocabulary)):
        raise CorrectionError(f"{field.label}: {wrong}.")
    return _with_polarity(value, vocabulary) if isinstance(value, Outcome) else value


def _told(field: Field, error: Exception) -> str:
    wanted = {int: "a whole number is wanted", float: "a number is wanted", bool: "yes or no is wanted"}
    if isinstance(error, msgspec.ValidationError):
        return wanted.get(field.type, str(error)[:200])
    return "this is no value that can be read"


def _texts(field: Field, value: Any) -> Iterator[str]:
    """What is wrong with the strings of a value; all of them, for a value is shown as it is."""
    parts = value.__struct_fields__ if isinstance(value, msgspec.Struct) else ()
    stated = {name: getattr(value, name) for name in parts} if parts else {"the value": value}
    for name, text in stated.items():
        if not isinstance(text, str):
            continue
        if not text.strip() or text != text.strip():
            yield f"{name} is empty, or begins or ends with a space"
        if len(text) > (_TEXT if field.long else _LINE):
            yield f"{name} has more than {_TEXT if field.long else _LINE} characters"
        if any(unicodedata.category(each) in ("Cc", "Cs", "Co", "Cn") or each in _TURNING for each in text):
            yield f"{name} holds a character that cannot be shown"


_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")  # they turn round what stands after them


def _numbers(field: Field, value: Any) -> Iterator[str]:
    given = value if isinstance(value, tuple) else (value,)
    numbers = [each for each in given if isinstance(each, int | float) and not isinstance(each, bool)]
    if any(not math.isfinite(each) or not field.least <= each <= field.most for each in numbers):
        yield f"it lies between {field.least:g} and {field.most:g}"
    if numbers != sorted(numbers):
        yield "the first is more than the second"
    if isinstance(value, Arm) and (value.n is not None or value.dose != type(value.dose)()):
        yield "the size and the dose of a group are facts of their own"


def _ids(field: Field, value: Any, vocabulary: Vocabulary) -> Iterator[str]:
    if field.concepts and isinstance(value, str):
        found = vocabulary.concept(value)
        if found is None or found.kind != field.concepts:
            yield f"the vocabulary has no {field.concepts} {value[:50]!r}"
    if not isinstance(value, Outcome):
        return
    concept = vocabulary.concept(value.concept) if value.concept else None
    if value.concept and (concept is None or concept.kind != "outcome"):
        yield f"the vocabulary has no outcome {value.concept[:50]!r}"
    if value.instrument and vocabulary.instrument(value.instrument) is None:
        yield f"the vocabulary has no instrument {value.instrument[:50]!r}"
    if value.polarity is None and len(_polarities(value, vocabulary)) > 1:
        yield "instrument and outcome differ in which way is better; say which it is for this measure"


def _polarities(outcome: Outcome, vocabulary: Vocabulary) -> list[Any]:
    rows = (
        vocabulary.instrument(outcome.instrument) if outcome.instrument else None,
        vocabulary.concept(outcome.concept) if outcome.concept else None,
    )
    return list(dict.fromkeys(each.polarity for each in rows if each is not None and each.polarity is not None))


def _with_polarity(outcome: Outcome, vocabulary: Vocabulary) -> Outcome:
    """Which way is better is a person's word only where the vocabulary does not know it."""
    known = _polarities(outcome, vocabulary)
    if outcome.polarity is not None or not known:
        return outcome
    return msgspec.structs.replace(outcome, polarity=known[0])
