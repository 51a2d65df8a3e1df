"""What the reference formats have no field for, as notes that people can read and our own parsers read back.

    RETRACTED: J Invent Ther. 2013;14:1. | dated 2013-01-05 | https://doi.org/10.5555/r | listed by Retraction Watch
    Touchstone summary: Forty weavers slept longer.
    Identifier: registration NCT99000101
    Publication types: Journal Article; Pragmatic Clinical Trial
    Sections of the abstract: 9-201 METHODS; 211-340 RESULTS
    Rights: CC BY 4.0
    From Touchstone: weaver-2011-massage-weavers

What a curator says on a reading list (`kb.exporters.collection`) stands before the last, each line begun by `Reading
list`. The last is in every record. Only beside it are the others taken for ours: anybody may write "WITHDRAWN: ..."
in a note and mean something else. A bar in a text is doubled, so that no text can pass for what stands behind a bar.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import get_args

import msgspec

from kb.exporters.lists import joined, parted
from kb.exporters.reference import Reference, line
from kb.record import Identifier, Notice, NoticeKind, Scheme, Section, identifier

MARK = "From Touchstone: "
SUMMARY = "Touchstone summary: "
IDENTIFIER = "Identifier: "
TYPES = "Publication types: "
RIGHTS = "Rights: "
SECTIONS = "Sections of the abstract: "

_HEADS: dict[str, NoticeKind] = {kind.upper().replace("_", " "): kind for kind in get_args(NoticeKind)}
_DATED, _LISTED, _LINKED = "dated ", "listed by ", ("https://", "http://")


class Told(msgspec.Struct, frozen=True):
    """What the notes of a record say that has no field of its own."""

    notices: tuple[Notice, ...] = ()
    summary: str | None = None
    identifiers: tuple[Identifier, ...] = ()
    types: tuple[str, ...] = ()
    rights: str | None = None
    sections: tuple[Section, ...] = ()
    id: str | None = None


def notice_note(notice: Notice) -> str:
    """A notice as a note."""
    parts = [
        f"{notice.kind.upper().replace('_', ' ')}: {_doubled(notice.text)}",
        f"{_DATED}{notice.dated.isoformat()}" if notice.dated else "",
        _doubled(notice.link) if notice.link else "",
        f"{_LISTED}{_doubled(notice.listed_by)}" if notice.listed_by else "",
    ]
    return " | ".join(each for each in parts if each)


def notes(
    of: Reference,
    *,
    notices: Iterable[Notice] | None = None,
    identifiers: Iterable[Identifier] = (),
    types: Iterable[str] = (),
    rights: bool = True,
) -> Iterator[str]:
    """The notes of a reference, each one line: what its format has no field for, of notices `notices` or all."""
    record = of.record
    yield from map(notice_note, record.notices if notices is None else notices)
    if record.summary:
        yield SUMMARY + line(record.summary)
    yield from (f"{IDENTIFIER}{each.scheme} {each.value}" for each in identifiers)
    if said := joined(types):
        yield TYPES + said
    if record.sections and len(line(record.abstract or "")) == len(record.abstract or ""):
        yield SECTIONS + joined(f"{each.start}-{each.end} {each.label}" for each in record.sections)
    if record.rights and rights:
        yield RIGHTS + line(record.rights)
    yield from of.said
    yield MARK + of.id


def are_ours(texts: Iterable[str]) -> bool:
    """Whether these notes stand in a record that we wrote."""
    return any(each.startswith(MARK) for each in texts)


def told(texts: Iterable[str]) -> Told:
    """What our own notes say; nothing, where they are not ours. Texts come on one line each."""
    said = tuple(texts)
    if not are_ours(said):
        return Told()
    notices, identifiers = map(_notice, said), map(_identifier, said)
    return Told(
        notices=tuple(each for each in notices if each),
        summary=_after(SUMMARY, said),
        identifiers=tuple(each for each in identifiers if each),
        types=tuple(parted(_after(TYPES, said) or "")),
        rights=_after(RIGHTS, said),
        sections=tuple(each for part in parted(_after(SECTIONS, said) or "") if (each := _section(part))),
        id=_after(MARK, said),
    )


def _notice(note: str) -> Notice | None:
    head, colon, body = note.partition(":")
    if not colon or head not in _HEADS:
        return None
    text, *more = (each.replace("||", "|") for each in f"{body} ".split(" | "))
    more = [each.strip() for each in more]
    dated = next((each.removeprefix(_DATED) for each in more if each.startswith(_DATED)), None)
    return Notice(
        _HEADS[head],
        text.strip(),
        link=next((each for each in more if each.startswith(_LINKED)), None),
        dated=_day(dated) if dated else None,
        listed_by=next((each.removeprefix(_LISTED) for each in more if each.startswith(_LISTED)), None),
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _identifier(note: str) -> Identifier | None:
    if not note.startswith(IDENTIFIER):
        return None
    name, _, value = note.removeprefix(IDENTIFIER).partition(" ")
    scheme: Scheme | None = next((each for each in get_args(Scheme) if each == name), None)
    return identifier(scheme, value) if scheme else None


def _section(text: str) -> Section | None:
    place, _, label = text.partition(" ")
    start, _, end = place.partition("-")
    return Section(label, int(start), int(end)) if _is_offset(start) and _is_offset(end) else None


def _is_offset(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 9


def _doubled(text: str) -> str:
    return line(text).replace("|", "||")


def _after(head: str, texts: Iterable[str]) -> str | None:
    return next((each.removeprefix(head) for each in texts if each.startswith(head)), None)
