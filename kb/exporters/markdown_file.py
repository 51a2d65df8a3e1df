"""A document in Markdown (CommonMark 0.31); every value escaped, and none begins a line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.citing import Piece
from kb.exporters.document import Block, Cited, Document, Line
from kb.exporters.markdown import IN_LINK, escaped, linked
from kb.lists.notes import Passage, Run

_BEGINS = re.compile(r"^(\d{0,9})([-+=.)])")


def write(document: Document) -> bytes:
    """The document as a file."""
    return "\n".join(_lines(document)).encode()


def _lines(document: Document) -> Iterator[str]:
    yield f"# {escaped(document.title)}\n"
    if document.note:
        yield _note(document.note, "")
    if document.about:
        yield f"{_begun(escaped(document.about))}\n"
    for block in document.blocks:
        yield from _block(block)


def _block(block: Block) -> Iterator[str]:
    if block.title:
        yield f"## {escaped(block.title)}\n"
    if block.note:
        yield _note(block.note, "")
    yield from map(_entry, block.entries)


def _entry(entry: Cited) -> str:
    indent = " " * (len(str(entry.place)) + 2)
    rest = "".join(f"{indent}- {_line(each, indent)}\n" for each in entry.lines)
    return f"{entry.place}. {_begun(''.join(map(_piece, entry.pieces)))}\n\n{rest}"


def _piece(piece: Piece) -> str:
    return _marked(piece.text, "*" if piece.italic else "")


def _marked(text: str, mark: str) -> str:
    """`text`, escaped, with the space at its ends outside of the emphasis."""
    said = text.strip()
    before, _, after = text.partition(said) if said else (text, "", "")
    return f"{before}{mark}{escaped(said)}{mark[::-1]}{after}" if said else text


def _note(note: tuple[Passage, ...], indent: str) -> str:
    """A note in lines that stand `indent` in, its passages parted by empty ones."""
    said = ("\n".join(_passage(each, place % 2 > 0)) for place, each in enumerate(note))
    return "\n\n".join(said).replace("\n", f"\n{indent}") + "\n"


def _passage(passage: Passage, other: bool) -> Iterator[str]:
    """Its lines; with `other` marks, lest a list goes on with the one before it."""
    for place, runs in enumerate(passage.paragraphs, 1):
        words = _begun("".join(map(_run, runs)).strip())
        if passage.kind == "plain":
            yield words if place == 1 else f"\n{words}"
        else:
            mark = {
                "bullets": "* " if other else "- ",
                "numbers": f"{place}) " if other else f"{place}. ",
                "quote": "> ",
            }[passage.kind]
            yield f"{mark}{words}" if place == 1 or passage.kind != "quote" else f">\n{mark}{words}"


def _run(run: Run) -> str:
    said = _marked(run.text.replace("\n", " "), "**" * run.strong + "*" * run.emphasis)
    return f"[{said}](<{run.link.translate(IN_LINK)}>)" if run.link else said


def _line(line: Line, indent: str) -> str:
    if line.note:
        return f"**{escaped(line.label)}:** {_note(line.note, f'{indent}  ').rstrip()}"
    link = f" {linked(line.link)}" if line.link and line.link != line.text else ""
    said = linked(line.text) if line.link == line.text else escaped(line.text)
    return f"**{escaped(line.label)}:** {said}{link}".rstrip()


def _begun(said: str) -> str:
    """What is escaped, and begins no block: no list, and no line below a heading."""
    return _BEGINS.sub(r"\1\\\2", said, count=1)
