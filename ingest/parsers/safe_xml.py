"""XML from strangers: read element by element, never resolving anything, with what other programs spoil mended.

Entities are not resolved and nothing is loaded; a document that declares entities of its own is refused. A large
file needs little memory beyond itself, for what was read is freed, and a file that breaks off still gives what stands
before the break. libxml2's own limits (depth 256, ten million characters in a text) stay on.

Reference managers write bytes that no XML may hold: control characters, references to them, Windows-1252 inside
UTF-8, a declaration of UTF-16 over UTF-8. The parser would stop at the first, so they are taken out before.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from html.entities import html5
from io import BytesIO
from itertools import islice
from typing import Any, TypeVar

from lxml import etree

from ingest.errors import UnreadablePayloadError
from ingest.parsers.decoding import normalise, utf8_or_windows
from ingest.parsers.unreadable import Unreadable, excerpt
from kb.record import Payload

Element = Any  # lxml has no types of its own
T = TypeVar("T")

_EXPORT_AGAIN = "Fetch or export the file again; what was read before the break is kept."
_PIECE = 65_536
_DECLARATION = re.compile(rb"<\?xml\s")
_DECLARED = re.compile(rb"""<\?xml\s[^<>]{0,200}?encoding\s{0,9}=\s{0,9}["']([\w.:-]{1,40})["']""")
_READ_AS_UTF8 = re.compile(r"utf-?8|us-ascii|ascii|(?:utf|ucs|iso-10646-ucs)-?(?:16|32|2|4)(?:le|be)?", re.IGNORECASE)
_WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_CONTROL_BYTES = bytes({*range(32)} - set(b"\t\n\r"))
_REFERENCE = re.compile(rb"&#(?:[xX]([0-9a-fA-F]{1,8})|(\d{1,8}));")
_NAMED = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31};)")


def records(
    payload: Payload,
    tags: tuple[str, ...],
    read: Callable[[Element, str], T],
    *,
    kind: str,
    remedy: str = _EXPORT_AGAIN,
    wanted: Callable[[Element], bool] = lambda _: True,
    parts: tuple[str, ...] = (),
) -> Iterator[T | Unreadable]:
    """What `read` makes of each element of `payload` that has one of `tags` (in any namespace) and is `wanted`.

    Those of `tags` that are `parts` belong to the record before them, and are not numbered.

    Where the XML breaks after at least one of them, an `Unreadable` says where; before any, or where the document
    declares entities, `UnreadablePayloadError` is raised. `kind` is the format's name in it.
    """
    count = 0
    documents = _documents(payload.body)
    for span in documents:
        try:
            for element in _elements(payload, span, tags, kind):
                is_part = element.tag.rpartition("}")[2] in parts
                if wanted(element):
                    count += not is_part
                    yield read(element, f"{payload.key}, record {count}")
                elif is_part:
                    continue  # of what is still to be read whole
                _free(element)
        except etree.XMLSyntaxError as error:
            line, column = error.position
            line += payload.body.count(b"\n", 0, span[0])
            reason = f"the XML breaks at line {line}, column {column}: {error.msg.partition(', line ')[0]}"
            if count == 0 and span == documents[-1]:
                raise UnreadablePayloadError(payload.key, reason, remedy) from error
            broken = _surroundings(payload.body, line, column)
            yield Unreadable(f"{payload.key}, record {count + 1}", reason, broken, remedy)


def plain(element: Element) -> str:
    """The text of an element with that of its inline mark-up (italics, indices, formulae)."""
    return tidy("".join(element.itertext()) if len(element) else element.text or "")


def tidy(text: str) -> str:
    """Text of a document as it is stored; entities that HTML names and the document did not declare are read."""
    return normalise(_NAMED.sub(lambda name: html5.get(name[1], name[0]), text) if "&" in text else text)


def stated(element: Element, *paths: str) -> str | None:
    """The text at the first of `paths` that states one."""
    found = (element.find(path) for path in paths)
    return next((text for each in found if each is not None and (text := plain(each))), None)


def all_stated(element: Element, path: str) -> tuple[str, ...]:
    """Each text at `path`, once."""
    return tuple(dict.fromkeys(text for each in element.iterfind(path) if (text := plain(each))))


def beginning(element: Element) -> str:
    """How an element that cannot be read begins, for quarantine."""
    return excerpt(" ".join(islice(element.itertext(), 100)))


def without_namespaces(element: Element) -> Element:
    """`element`, its tags and those within it reduced to their local names; attributes keep theirs."""
    for each in element.iter("{*}*"):
        if each.tag[0] == "{":
            each.tag = each.tag.rpartition("}")[2]
    return element


def _documents(body: bytes) -> list[tuple[int, int]]:
    """Where each document begins and ends: downloads are often appended to each other, each with its declaration."""
    first = len(codecs.BOM_UTF8) if body.startswith(codecs.BOM_UTF8) else 0
    while body[first : first + 1].isspace():
        first += 1
    starts = [first, *(each.start() for each in _DECLARATION.finditer(body, first + 1))]
    return list(zip(starts, [*starts[1:], len(body)], strict=True))


def _elements(payload: Payload, span: tuple[int, int], tags: tuple[str, ...], kind: str) -> Iterator[Element]:
    """Each element of `tags` in one document, as soon as it is complete."""
    as_utf8 = _is_read_as_utf8(payload.body, span[0])
    parser = etree.XMLPullParser(
        events=("start", "end"),
        tag=tuple(f"{{*}}{tag}" for tag in tags),
        encoding="utf-8" if as_utf8 else None,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    broken: etree.XMLSyntaxError | None = None
    for piece in _pieces(payload.body, *span):
        try:
            parser.feed(_mended(piece) if as_utf8 else piece)
        except etree.XMLSyntaxError as error:
            broken = error  # told after what stands before it
        for event, element in parser.read_events():
            if event == "start":
                _refuse_entities(element, payload.key, kind)
            else:
                yield element
        if broken is not None:
            raise broken
    parser.close()


def _pieces(body: bytes, start: int, stop: int) -> Iterator[bytes]:
    """`body[start:stop]` in pieces that end behind a mark or a space: no character and no reference is cut."""
    while start < stop:
        end = min(start + _PIECE, stop)
        if end < stop:
            end = max(body.rfind(b">", start, end), body.rfind(b" ", start, end)) + 1 or end
        yield body[start:end]
        start = end


def _is_read_as_utf8(body: bytes, start: int) -> bool:
    """Whether the document is UTF-8, or says nothing else that could be true of it."""
    if body.startswith(_WIDE_MARKS) or b"\x00" in body[start : start + 4]:
        return False
    declared = _DECLARED.match(body, start)
    return declared is None or _READ_AS_UTF8.fullmatch(declared[1].decode("ascii")) is not None


def _mended(piece: bytes) -> bytes:
    piece = piece.translate(None, _CONTROL_BYTES)
    if b"&#" in piece:
        piece = _REFERENCE.sub(_if_allowed, piece)
    return piece if piece.isascii() else utf8_or_windows(piece).encode()


def _if_allowed(reference: re.Match[bytes]) -> bytes:
    """A character reference, or nothing where it names what XML 1.0 (section 2.2) forbids."""
    number = int(reference[1], 16) if reference[1] else int(reference[2])
    allowed = number in (9, 10, 13) or 32 <= number < 0xD800 or 0xE000 <= number < 0xFFFE or 65_536 <= number < 0x110000
    return reference[0] if allowed else b""


def _free(element: Element) -> None:
    """Drop what `element` holds and all that was read before it."""
    element.clear()
    while element is not None:
        while element.getprevious() is not None:
            del element.getparent()[0]
        element = element.getparent()


def _refuse_entities(element: Element, key: str, kind: str) -> None:
    declared = element.getroottree().docinfo.internalDTD
    if declared is not None and next(declared.iterentities(), None) is not None:
        reason = f"the XML declares entities of its own, which {kind} needs none of and which can be an attack"
        raise UnreadablePayloadError(key, reason, "Fetch or export the records from where they come.")


def _surroundings(body: bytes, line: int, column: int) -> str:
    """The text of `body` around the point where it broke."""
    broken = next(islice(BytesIO(body), max(0, line - 1), None), b"")
    return excerpt(broken[max(0, column - 100) : column + 100].decode("utf-8", "replace"))
