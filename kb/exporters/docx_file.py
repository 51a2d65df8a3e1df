"""A document as DOCX, for those who hand it out or go on writing in it; headings, so that it has an outline.

Numbers are text: a program that numbers by itself would count a list of several sections in its own way. Style
objects are looked up once: python-docx looks one up by its name for each paragraph, which takes most of its time.
"""

from __future__ import annotations

from io import BytesIO

from docx import Document as new_document
from docx.document import Document as Word
from docx.shared import Cm, Emu, Pt
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from kb.exporters.document import Block, Cited, Document, Line
from kb.lists.notes import Passage, Run


def write(document: Document) -> bytes:
    """The document as a file."""
    word = new_document()
    word.core_properties.title = document.title[:255]
    word.core_properties.author = ""
    word.core_properties.comments = ""
    entry, below = _styles(word)
    word.add_heading(document.title, 0)
    _note(word, document.note)
    word.add_paragraph(document.about)
    for block in document.blocks:
        _block(word, block, entry, below)
    file = BytesIO()
    word.save(file)
    return file.getvalue()


def _styles(word: Word) -> tuple[ParagraphStyle, ParagraphStyle]:
    """The styles of a citation and of the lines below it: made here, so that both can be changed for all at once."""
    entry, below = (word.styles.add_style(name, 1) for name in ("Touchstone citation", "Touchstone line"))
    assert isinstance(entry, ParagraphStyle)
    assert isinstance(below, ParagraphStyle)
    entry.base_style = below.base_style = word.styles["Normal"]
    entry.paragraph_format.left_indent, entry.paragraph_format.first_line_indent = Cm(0.9), Cm(-0.9)
    entry.paragraph_format.tab_stops.add_tab_stop(Cm(0.9))
    entry.paragraph_format.space_before, entry.paragraph_format.space_after = Pt(9), Pt(2)
    entry.paragraph_format.keep_with_next = True
    below.paragraph_format.left_indent, below.paragraph_format.space_after = Cm(0.9), Pt(1)
    below.font.size = Pt(9.5)
    return entry, below


def _block(word: Word, block: Block, entry: ParagraphStyle, below: ParagraphStyle) -> None:
    if block.title:
        word.add_heading(block.title, 1)
    _note(word, block.note)
    for cited in block.entries:
        _entry(_paragraph(word, entry), cited)
        for line in cited.lines:
            if line.note:
                _note(word, line.note, below, line.label)
            else:
                _line(_paragraph(word, below), line)


def _paragraph(word: Word, style: ParagraphStyle) -> Paragraph:
    paragraph = word.add_paragraph()
    paragraph._p.style = style.style_id
    return paragraph


def _note(word: Word, note: tuple[Passage, ...], style: ParagraphStyle | None = None, label: str = "") -> None:
    """A note, in a style of ours where it has one; the label stands before its first words."""
    for passage in note:
        for place, runs in enumerate(passage.paragraphs, 1):
            paragraph = _paragraph(word, style) if style else word.add_paragraph()
            if label:
                paragraph.add_run(f"{label}: ").bold = True
                label = ""
            if mark := {"bullets": "•\t", "numbers": f"{place}.\t"}.get(passage.kind, ""):
                _hang(paragraph, style)
                paragraph.add_run(mark)
                paragraph.paragraph_format.space_after = Pt(1 if style or place < len(passage.paragraphs) else 8)
            elif passage.kind == "quote":
                paragraph.paragraph_format.left_indent = Emu(_left(style) + Cm(0.6))
            for each in runs:
                _run(paragraph, each, quoted=passage.kind == "quote")


def _hang(paragraph: Paragraph, style: ParagraphStyle | None) -> None:
    """Let the lines of an item stand below its words."""
    left, shape = _left(style), paragraph.paragraph_format
    shape.left_indent, shape.first_line_indent = Emu(left + Cm(0.6)), Cm(-0.6)
    shape.tab_stops.add_tab_stop(Emu(left + Cm(0.6)))


def _left(style: ParagraphStyle | None) -> int:
    return (style.paragraph_format.left_indent or 0) if style else 0


def _run(paragraph: Paragraph, run: Run, *, quoted: bool) -> None:
    """Words of a note; where a link leads stands behind them, for a page is printed."""
    led = f" ({run.link})" if run.link and run.link.removeprefix("mailto:") != run.text else ""
    made = paragraph.add_run(f"{run.text}{led}")
    made.bold, made.italic = run.strong or None, (run.emphasis or quoted) or None
    if run.code:
        made.font.name = "Courier New"


def _entry(paragraph: Paragraph, cited: Cited) -> None:
    paragraph.add_run(f"{cited.place}.\t")
    for each in cited.pieces:
        run = paragraph.add_run(each.text)
        if each.italic:
            run.italic = True


def _line(paragraph: Paragraph, line: Line) -> None:
    paragraph.add_run(f"{line.label}: ").bold = True
    run = paragraph.add_run(line.text if line.link in (None, line.text) else f"{line.text} {line.link}")
    if line.loud:
        run.bold = True
