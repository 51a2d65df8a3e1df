"""CSL-JSON, what Zotero, Mendeley, Paperpile, pandoc and citation-js exchange: an item, a list, or `{"items": [...]}`.

What an item says is read by `csl_item`. Where the document breaks off, the items before the break are given.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import msgspec

from ingest.errors import UnreadablePayloadError
from ingest.parsers.csl_item import TYPES, read
from ingest.parsers.decoding import decode
from ingest.parsers.imported import apart
from ingest.parsers.unreadable import Unreadable, excerpt
from kb.record import Payload, Record
from kb.vocabulary import Vocabulary

_EXPORT_AGAIN = "Export the items again; what was read before the break is kept."
_BEGINNING = re.compile(r'\A\s*(?:\[\s*\{|\{)\s*"')
_TYPE = re.compile(rf'"type"\s*:\s*"(?:{"|".join(TYPES)})"')
_TITLE = re.compile(r'"title"\s*:\s*["\[]')
_TELLING = re.compile(r'"(?:id|issued|container-title|citation-key)"\s*:|"author"\s*:\s*\[\s*\{')
_SERVICE = re.compile(r'"(?:resultList|message-type|message-version)"\s*:|"https://openalex\.org/')
_WRAPPED = re.compile(r'\A\s*\{.{0,200}?"items"\s*:\s*\[', re.DOTALL)
# A pair of surrogates is a character; one alone is none, and cannot be stored.
_SURROGATE = re.compile(r"(\\u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2})|\\u[dD][89a-fA-F][\da-fA-F]{2}")
_BETWEEN = re.compile(r"[\s,]*")


def recognises(text: str) -> bool:
    """Whether `text`, the beginning of a document, is CSL-JSON, and no answer of a service that resembles it."""
    if not _BEGINNING.match(text) or not _TYPE.search(text):
        return False
    return bool(_TITLE.search(text) and _TELLING.search(text)) and not _SERVICE.search(text[:65_536])


def parse(payload: Payload, vocabulary: Vocabulary) -> Iterator[Record | Unreadable]:
    """The items in order; one without title, or of another shape, as `Unreadable`. Raises where none can be read."""
    places = ((f"{payload.key}, item {number}", item) for number, item in enumerate(_items(payload), 1))
    return apart(
        msgspec.structs.replace(item, key=place) if isinstance(item, Unreadable) else read(item, place)
        for place, item in places
    )


def _items(payload: Payload) -> Iterator[Any]:
    """Each item as decoded; an `Unreadable` where the document breaks off."""
    text = decode(payload.body, payload.key, longest_line=None)
    try:
        whole = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError):
        yield from _before_the_break(text, payload.key)
        return
    if isinstance(whole, dict) and isinstance(whole.get("items"), list):
        whole = whole["items"]
    yield from whole if isinstance(whole, list) else [whole]


def _before_the_break(text: str, key: str) -> Iterator[Any]:
    """Item by item, more leniently (a raw line end inside a text), to where the document really breaks."""
    decoder = json.JSONDecoder(strict=False)
    text = _SURROGATE.sub(lambda found: found[1] or "", text)
    wrapped = _WRAPPED.match(text)
    place = wrapped.end() if wrapped else int(text.lstrip().startswith("[")) + len(text) - len(text.lstrip())
    count, reason = 0, "the JSON breaks off"
    while text.startswith("{", place := _after_space(text, place)):
        try:
            item, place = decoder.raw_decode(text, place)
        except ValueError as error:
            reason = f"the JSON breaks: {error}"
            break
        except RecursionError:
            reason = "the JSON is nested without end"
            break
        count += 1
        yield item
    if count and not text[place : place + 1].strip("]"):
        return
    if count == 0:
        raise UnreadablePayloadError(key, reason, _EXPORT_AGAIN)
    yield Unreadable("", reason, excerpt(text[place : place + 400]), _EXPORT_AGAIN)


def _after_space(text: str, place: int) -> int:
    between = _BETWEEN.match(text, place)
    return between.end() if between else place
