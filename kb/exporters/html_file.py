"""A document as one file of HTML, which needs nothing beside it and loads nothing."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from kb.citing import Piece
from kb.exporters.document import Block, Cited, Document, Line


def write(document: Document) -> bytes:
    """The document as a file."""
    return "\n".join(_lines(document)).encode()


def _lines(document: Document) -> Iterator[str]:
    title = escape(document.title)
    yield '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{title}</title>\n</head>\n<body>"
    yield f"<h1>{title}</h1>"
    yield from (f"<p>{escape(each)}</p>" for each in (*document.note, document.about) if each)
    for block in document.blocks:
        yield from _block(block)
    yield "</body>\n</html>\n"


def _block(block: Block) -> Iterator[str]:
    if block.title:
        yield f"<h2>{escape(block.title)}</h2>"
    yield from (f"<p>{escape(each)}</p>" for each in block.note)
    if block.entries:
        yield f'<ol start="{block.entries[0].place}">'
        yield from map(_entry, block.entries)
        yield "</ol>"


def _entry(entry: Cited) -> str:
    lines = "".join(f"\n<li>{_line(each)}</li>" for each in entry.lines)
    below = f"\n<ul>{lines}\n</ul>" if lines else ""
    return f"<li><p>{''.join(map(_piece, entry.pieces))}</p>{below}</li>"


def _piece(piece: Piece) -> str:
    return f"<i>{escape(piece.text)}</i>" if piece.italic else escape(piece.text)


def _line(line: Line) -> str:
    label, text = f"<b>{escape(line.label)}:</b>", escape(line.text)
    if line.link is None or not line.link.startswith(("https://", "http://")):
        return f"{label} {text}".rstrip()
    shown = text if line.link == line.text else escape(line.link)
    link = f'<a href="{escape(line.link)}">{shown}</a>'
    return f"{label} {link}" if line.link == line.text else f"{label} {text} {link}"
