"""An abstract of parts, some of them labelled: one text, a line for each part, and where the labelled bodies stand."""

from __future__ import annotations

from collections.abc import Iterable

from ingest.parsers.decoding import normalise
from kb.record import Section


def joined(parts: Iterable[tuple[str, str]]) -> tuple[str | None, tuple[Section, ...]]:
    """The parts, (label or nothing, body), as text and sections; a part without words is left out."""
    lines: list[str] = []
    sections: list[Section] = []
    position = 0
    for name, text in parts:
        label, body = normalise(name).rstrip(":. "), normalise(text)
        if not body:
            continue
        lines.append(f"{label}: {body}" if label else body)
        end = position + len(lines[-1])
        if label:
            sections.append(Section(label, end - len(body), end))
        position = end + len("\n")
    return "\n".join(lines) or None, tuple(sections)
