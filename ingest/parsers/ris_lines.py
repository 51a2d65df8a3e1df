"""The lines of RIS records, cut out of whatever surrounds them. What real files hold is told in `ris`.

A record says by its own `TY` how its tags are written: where that has one space before the hyphen, they all may, and
an abstract's line `T1 - weighted` is then a tag; where it has two, as the specification asks, it is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.parsers.tagged import Entry, Field

_START = re.compile(r"TY([ \t]{0,3})-[ \t]*([A-Za-z ]{0,40})")
_TAG = re.compile(r"([A-Z][A-Z0-9])(?: {2,3}| ?\t ?)-(.*)")
_LAX_TAG = re.compile(r"([A-Z][A-Z0-9])[ \t]{0,3}-(?![^\s])(.*)")
_SECOND_FIELD = re.compile(r"(?<![ \t])[ \t]{3,}([A-Z][A-Z0-9])  - ")
_TITLE_TAGS = frozenset({"TI", "T1", "CT", "BT"})


def entries(text: str) -> Iterator[Entry]:
    """The records' lines. Tags behind an `ER` are held back until it is known whose they are."""
    held: Entry | None = None
    for cut, complete in _groups(text):
        entry = _relaxed(cut)
        titled = not _TITLE_TAGS.isdisjoint(tag for tag, _ in entry.fields)
        if held and not complete and not titled:
            held.fields.extend(entry.fields)
            continue
        if held:
            yield held
        held = entry if complete or titled else None
    if held:
        yield held


def _relaxed(entry: Entry) -> Entry:
    """`entry`, or what its lines are by the looser rule where by the stricter all of them went on from its `TY`."""
    tag, lines = entry.fields[0]
    if len(entry.fields) > 1 or tag != "TY" or len(lines) == 1:
        return entry
    fields: list[Field] = [(tag, lines[:1])]
    for line in lines[1:]:
        found = _LAX_TAG.fullmatch(line)
        if found:
            fields.append((found[1], [found[2]]))
        else:
            fields[-1][1].append(line)
    return Entry(entry.line, fields)


def _groups(text: str) -> Iterator[tuple[Entry, bool]]:
    """Runs of tagged lines between `TY` and `ER`, and whether a `TY` began them."""
    lines: list[Field] = []
    start, typed, indented, pattern = 1, False, False, _TAG
    for number, raw in enumerate(text.split("\n"), start=1):
        line = raw.strip() if indented else raw
        begins = _START.fullmatch(line.strip()) if "TY" in line else None
        if begins:
            if [tag for tag, _ in lines] not in ([], ["TY"]):
                yield Entry(start, lines), typed
            lines, start, typed, indented = [("TY", [begins[2].strip()])], number, True, line[0].isspace()
            pattern = _TAG if len(begins[1]) > 1 or begins[1] == "\t" else _LAX_TAG
            continue
        found = pattern.match(line)
        if found and found[1] == "ER":
            if lines:
                yield Entry(start, lines), typed
            lines, typed = [], False
        elif found:
            start = start if lines else number
            lines.extend(_fields(found[1], found[2]))
        elif lines and line and not line.isspace():
            lines[-1][1].append(line.strip())
    if lines:
        yield Entry(start, lines), typed


def _fields(tag: str, value: str) -> Iterator[Field]:
    if "  - " not in value:
        yield tag, [value]
        return
    parts = _SECOND_FIELD.split(value)
    yield tag, [parts[0]]
    yield from ((name, [text]) for name, text in zip(parts[1::2], parts[2::2], strict=True))
