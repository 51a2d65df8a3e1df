"""A document in Markdown (CommonMark 0.31); every value escaped, and none begins a line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.citing import Piece
from kb.exporters.document import Block, Cited, Document, Line
from kb.exporters.markdown import escaped, linked

_BEGINS = re.compile(r"^(\d{0,9})([-+=.)])")


def write(document: Document) -> bytes:
    """The document as a file."""
    return "\n".join(_lines(document)).encode()


def _lines(document: Document) -> Iterator[str]:
    yield f"# {escaped(document.title)}\n"
    yield from (f"{_begun(escaped(each))}\n" for each in (*document.note, document.about) if each)
    for block in document.blocks:
        yield from _block(block)


def _block(block: Block) -> Iterator[str]:
    if block.title:
        yield f"## {escaped(block.title)}\n"
    yield from (f"{_begun(escaped(each))}\n" for each in block.note)
    yield from map(_entry, block.entries)


def _entry(entry: Cited) -> str:
    indent = " " * (len(str(entry.place)) + 2)
    rest = "".join(f"{indent}- {_line(each)}\n" for each in entry.lines)
    return f"{entry.place}. {_begun(''.join(map(_piece, entry.pieces)))}\n\n{rest}"


def _piece(piece: Piece) -> str:
    """A piece, escaped, with the space at its ends outside of the emphasis."""
    said = piece.text.strip()
    before, _, after = piece.text.partition(said) if said else (piece.text, "", "")
    mark = "*" if piece.italic and said else ""
    return f"{before}{mark}{escaped(said)}{mark}{after}"


def _line(line: Line) -> str:
    link = f" {linked(line.link)}" if line.link and line.link != line.text else ""
    said = linked(line.text) if line.link == line.text else escaped(line.text)
    return f"**{escaped(line.label)}:** {said}{link}".rstrip()


def _begun(said: str) -> str:
    """What is escaped, and begins no block: no list, and no line below a heading."""
    return _BEGINS.sub(r"\1\\\2", said, count=1)
