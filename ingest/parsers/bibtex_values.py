"""The values of a BibTeX entry: put together from their pieces, and entries mended that a program wrote askew."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from bibtexparser.entrypoint import parse_string
from bibtexparser.model import Entry, String

Fields = Mapping[str, str]

_LONGEST_MENDED = 1_000_000
_BARE = re.compile(r"[^\s#{}\"=,]+")
_SPACE = re.compile(r"[\s#,]*")
_MARK = re.compile(r"\\.|[{}\"]", re.DOTALL)
_ASSIGNED = re.compile(r"\s*=")
_WITHOUT_KEY = re.compile(
    r"^([ \t]{0,20}@(?!string\b)[A-Za-z]{1,30}[ \t]{0,4}[{(])(?=\s{0,9}[A-Za-z][\w-]{0,40}\s{0,9}=)",
    re.MULTILINE | re.IGNORECASE,
)
_COMMAS = re.compile(r",(\s*,)+")


def strings(blocks: Iterable[String]) -> dict[str, str]:
    """The `@string` definitions by name; one may use those before it."""
    known: dict[str, str] = {}
    for block in blocks:
        known.update((name.casefold(), text) for name, text in _values(block.key, str(block.value), known))
    return known


def fields_of(raw: Iterable[tuple[str, str]], known: Mapping[str, str]) -> dict[str, str]:
    """Field names in lower case to values without enclosing; the first of a name counts, empty ones not at all."""
    found: dict[str, str] = {}
    for key, value in raw:
        for name, text in _values(key, value, known):
            if text.strip():
                found.setdefault(name.strip().casefold(), text.strip())
    return found


def _values(key: str, value: str, known: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The field, and those that follow in `value` where commas were forgotten."""
    place, parts, bare = 0, list[str](), ""
    while place < len(value):
        place = _SPACE.match(value, place).end()  # type: ignore[union-attr]
        if place >= len(value):
            break
        char = value[place]
        if char in '{"':
            end = _end(value, place)
            parts.append(value[place + 1 : end])
            place, bare = end + 1, ""
        elif bare and _ASSIGNED.match(value, place):
            yield key, "".join(parts[:-1])
            key, parts, bare, place = bare, [], "", _ASSIGNED.match(value, place).end()  # type: ignore[union-attr]
        elif word := _BARE.match(value, place):
            bare = word.group()
            parts.append(known.get(bare.casefold(), bare))
            place = word.end()
        else:
            place += 1
    yield key, "".join(parts)


def _end(value: str, start: int) -> int:
    """Where the brace or quotation mark at `start` is closed; the value's end where it never is."""
    quoted, depth = value[start] == '"', 0
    for found in _MARK.finditer(value, start + 1):
        mark = found.group()
        if mark == "{":
            depth += 1
        elif mark == "}":
            if depth == 0 and not quoted:
                return found.start()
            depth = max(0, depth - 1)
        elif mark == '"' and quoted and depth == 0:
            return found.start()
    return len(value)


def keyed(text: str) -> str:
    """`text` with an empty key in each entry that has none; without, its first field would be taken for one."""
    return _WITHOUT_KEY.sub(r"\1,", text)


def mended(raw: str) -> Entry | None:
    """The entry in a text that is no BibTeX but nearly: with two commas, or without its closing brace."""
    if len(raw) > _LONGEST_MENDED or "=" not in raw:
        return None
    text = _COMMAS.sub(",", raw).rstrip().rstrip(",")
    for end in ("", "}", "}}", '"}', ")"):
        read = parse_string(text + end, parse_stack=[])
        entry = next((each for each in read.blocks if isinstance(each, Entry)), None)
        if entry is not None and entry.fields:
            return entry
    return None
