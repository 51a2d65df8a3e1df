"""A collection as a document for people: each reference cited in a style, with what it is, found, and is told of it.

What stands in it is decided here; Markdown, HTML and DOCX only write it. Design and outcomes are lines of facts, each
told as a machine's reading where part of it is, and left out where none was read: nothing is called "not stated" of a
document that nobody has read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec

from kb.characters import in_xml
from kb.citing import Piece
from kb.exporters.collection import Collection, Entry, Part
from kb.exporters.outcomes import outcome_lines, read_by
from kb.exporters.reference import Reference, line
from kb.lists.notes import Passage, passages
from kb.lists.types import Item, identifier_of
from kb.record import Notice
from kb.vocabulary import Vocabulary
from kb.wording import NOTICES, number

Citing = Callable[[Reference], tuple[Piece, ...]]


class Line(msgspec.Struct, frozen=True):
    """A line below a citation: what it tells of, and the words; `loud` where nobody may miss it.

    `curator`: it is a curator's word, and if a `note`, passages of it in place of the words.
    """

    label: str
    text: str
    link: str | None = None
    loud: bool = False
    curator: bool = False
    note: tuple[Passage, ...] = ()


class Cited(msgspec.Struct, frozen=True):
    """An entry: its number, the id of its publication, its citation, and the lines below it."""

    place: int
    id: str | None
    pieces: tuple[Piece, ...]
    lines: tuple[Line, ...]


class Block(msgspec.Struct, frozen=True):
    """A section."""

    title: str | None
    note: tuple[Passage, ...]
    entries: tuple[Cited, ...]


class Document(msgspec.Struct, frozen=True):
    """All of it, in the order in which it is read."""

    title: str
    about: str
    note: tuple[Passage, ...]
    blocks: tuple[Block, ...]


def document(collection: Collection, vocabulary: Vocabulary, cite: Citing) -> Document:
    """`collection` as a document whose citations `cite` writes."""

    def entry(each: Entry) -> Cited:
        id = each.reference.id if each.reference else None
        return Cited(each.place, id, _cited(each, cite), tuple(_lines(each, vocabulary)))

    def block(part: Part) -> Block:
        return Block(_clean(part.title or "") or None, passages(part.note), tuple(map(entry, part.entries)))

    blocks = tuple(map(block, collection.parts))
    return Document(_clean(collection.title), _clean(collection.about), passages(collection.note), blocks)


def _cited(entry: Entry, cite: Citing) -> tuple[Piece, ...]:
    if entry.reference is not None:
        return tuple(Piece(in_xml(each.text), each.italic) for each in cite(entry.reference))
    return (Piece(_clean(entry.item.study if entry.item else "")),)


def _lines(entry: Entry, vocabulary: Vocabulary) -> Iterator[Line]:
    if entry.reference is not None:
        yield from map(_notice, entry.reference.record.notices)
        yield from _facts(entry.reference, vocabulary)
    elif entry.item is not None:
        known = identifier_of(entry.item.study)
        yield Line("Not held here", known.url if known and known.url else "", known.url if known else None)
    if entry.item is not None:
        yield from _curator(entry.item)


def _notice(notice: Notice) -> Line:
    day = f" ({notice.dated.isoformat()})" if notice.dated else ""
    return Line(NOTICES[notice.kind].upper(), _clean(f"{notice.text}{day}"), notice.link, loud=True)


def _facts(reference: Reference, vocabulary: Vocabulary) -> Iterator[Line]:
    facts = reference.facts
    read = [each for each in (facts.design, facts.sample.n) if each is not None]
    if read:
        design = vocabulary.design(facts.design.value) if facts.design else None
        size = f"n = {number(facts.sample.n.value)}" if facts.sample.n else "n not stated"
        label = read_by("Design", machine=any(each.state == "machine" for each in read))
        yield Line(label, f"{_clean(design.name) if design else 'not stated'}; {size}")
    for each in outcome_lines(facts, vocabulary):
        yield Line(in_xml(each.heading), in_xml(each.text))
    if reference.record.summary:
        yield Line("Summary", _clean(reference.record.summary))


def _curator(item: Item) -> Iterator[Line]:
    minutes = f", about {item.minutes} minutes" if item.minutes else ""
    wanted = "essential" if item.priority == "essential" else "further reading"
    yield Line("Curator", f"{wanted}{minutes}", curator=True)
    if note := passages(item.note):
        yield Line("Note", "", curator=True, note=note)
    if item.question:
        yield Line("To answer", _clean(item.question), curator=True)


def _clean(text: str) -> str:
    return line(in_xml(text))
