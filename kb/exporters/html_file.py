"""A document as one file of HTML, which needs nothing beside it and loads nothing."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from kb.citing import Piece
from kb.exporters.document import Block, Cited, Document, Line
from kb.lists.notes import Passage, PassageKind, Run

_MARKS: dict[PassageKind, tuple[str, str]] = {
    "plain": ("", "p"),
    "bullets": ("ul", "li"),
    "numbers": ("ol", "li"),
    "quote": ("blockquote", "p"),
}


def write(document: Document) -> bytes:
    """The document as a file."""
    return "\n".join(_lines(document)).encode()


def _lines(document: Document) -> Iterator[str]:
    title = escape(document.title)
    yield '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{title}</title>\n</head>\n<body>"
    yield f"<h1>{title}</h1>"
    yield from map(_passage, document.note)
    if document.about:
        yield f"<p>{escape(document.about)}</p>"
    for block in document.blocks:
        yield from _block(block)
    yield "</body>\n</html>\n"


def _block(block: Block) -> Iterator[str]:
    if block.title:
        yield f"<h2>{escape(block.title)}</h2>"
    yield from map(_passage, block.note)
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


def _passage(passage: Passage, label: str = "") -> str:
    """A passage; the label, in mark-up of ours, stands before its first words."""
    around, each_in = _MARKS[passage.kind]
    words = ("".join(map(_run, each)) for each in passage.paragraphs)
    said = "\n".join(f"<{each_in}>{'' if at else label}{each}</{each_in}>" for at, each in enumerate(words))
    return f"<{around}>\n{said}\n</{around}>" if around else said


def _run(run: Run) -> str:
    said = escape(run.text).replace("\n", "<br>")
    for mark, wanted in (("code", run.code), ("em", run.emphasis), ("strong", run.strong)):
        said = f"<{mark}>{said}</{mark}>" if wanted else said
    return f'<a href="{escape(run.link)}">{said}</a>' if run.link else said


def _line(line: Line) -> str:
    label, text = f"<b>{escape(line.label)}:</b>", escape(line.text)
    if line.note:
        first, *rest = line.note
        said = _passage(first, f"{label} ") if first.kind == "plain" else f"{label} {_passage(first)}"
        return said + "".join(map(_passage, rest))
    if line.link is None or not line.link.startswith(("https://", "http://")):
        return f"{label} {text}".rstrip()
    shown = text if line.link == line.text else escape(line.link)
    link = f'<a href="{escape(line.link)}">{shown}</a>'
    return f"{label} {link}" if line.link == line.text else f"{label} {text} {link}"
