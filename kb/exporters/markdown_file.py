"""A document in Markdown (CommonMark 0.31); every value escaped, and none begins a line."""

from __future__ import annotations

from collections.abc import Iterator

from kb.citing import Piece
from kb.exporters.document import Block, Cited, Document, Line
from kb.exporters.markdown import escaped, linked


def write(document: Document) -> bytes:
    """The document as a file."""
    return "\n".join(_lines(document)).encode()


def _lines(document: Document) -> Iterator[str]:
    yield f"# {escaped(document.title)}\n"
    yield from (f"{_begun(each)}\n" for each in (*document.note, document.about) if each)
    for block in document.blocks:
        yield from _block(block)


def _block(block: Block) -> Iterator[str]:
    if block.title:
        yield f"## {escaped(block.title)}\n"
    yield from (f"{_begun(each)}\n" for each in block.note)
    yield from map(_entry, block.entries)


def _entry(entry: Cited) -> str:
    indent = " " * (len(str(entry.place)) + 2)
    rest = "".join(f"{indent}- {_line(each)}\n" for each in entry.lines)
    return f"{entry.place}. {_begun(''.join(map(_piece, entry.pieces)))}\n\n{rest}"


def _piece(piece: Piece) -> str:
    said = piece.text.strip()
    if not piece.italic or not said:
        return _kept(piece.text)
    before, _, after = piece.text.partition(said)
    return f"{before}*{escaped(said)}*{after}"


def _kept(text: str) -> str:
    """Escaped, with the space at its ends, behind which the next piece stands."""
    said = text.strip()
    before, _, after = text.partition(said) if said else (text, "", "")
    return f"{before}{escaped(said)}{after}"


def _line(line: Line) -> str:
    link = f" {linked(line.link)}" if line.link and line.link != line.text else ""
    said = linked(line.text) if line.link == line.text else escaped(line.text)
    return f"**{escaped(line.label)}:** {said}{link}".rstrip()


def _begun(text: str) -> str:
    """`text` that begins no block: no heading, list or quotation."""
    return f"\\{text}" if text[:1] in ("+", "-", "=") else text.replace(".", "\\.", 1) if _is_number(text) else text


def _is_number(text: str) -> bool:
    return text.partition(".")[0].isdecimal() and "." in text
