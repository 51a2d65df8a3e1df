"""A sheet as a Word file (DOCX): the same words as its page, in the same order, to be changed by who teaches.

What is hidden on the page does not travel with the sheet for the class: the file holds the blanks or the key. Paper
is A4; Word fits it to Letter when it prints ("scale content for A4 or 8.5 x 11"), and nothing stands in the outer
18 mm, which is less than both leave free.
"""

from __future__ import annotations

import re
from io import BytesIO

import docx
from docx.document import Document
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table
from docx.text.paragraph import Paragraph

from kb.teaching.types import Blank, Filled, Head, Part, Sheet
from kb.teaching.words import EVIDENCE, KEY, NAMED, NOT_STATED, RESULTS, RETRACTED, cells, told

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_WIDTH = Mm(174)
_MUTED = RGBColor(0x55, 0x55, 0x55)
_NO_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(sheet: Sheet, address: str, *, key: bool) -> bytes:
    """`sheet` as a file: its blanks, or with `key` what is hidden behind them. `address` is that of its page."""
    document = docx.Document()
    _paper(document, address)
    document.core_properties.title = _clean(f"{sheet.title}: {sheet.head.title}")
    document.core_properties.author = "Touchstone"
    keyed = key or not sheet.parts
    document.add_heading(f"{sheet.title}: {KEY}" if keyed and sheet.parts else sheet.title, level=1)
    _head(document, sheet.head)
    if sheet.unfit:
        _line(document, sheet.unfit)
    elif keyed:
        _key(document, sheet)
    else:
        _blanks(document, sheet)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _paper(document: Document, address: str) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(18)
    section.top_margin = section.bottom_margin = Mm(15)
    normal = document.styles["Normal"]
    normal.font.size = Pt(10)
    normal.paragraph_format.space_after = Pt(3)
    for name, size in (("Heading 1", 15), ("Heading 2", 11.5)):
        style = document.styles[name]
        style.font.size, style.font.color.rgb = Pt(size), RGBColor(0, 0, 0)
        style.paragraph_format.space_before = Pt(8)
    foot = section.footer.paragraphs[0].add_run(_clean(f"{EVIDENCE} {address}"))
    foot.font.size, foot.font.color.rgb = Pt(8), _MUTED


def _head(document: Document, head: Head) -> None:
    if head.retracted:
        _line(document, "", bold=RETRACTED)
    for notice in head.notices:
        _line(document, f"{notice.text}{f' {notice.link}' if notice.link else ''}", bold=f"{notice.kind}. ")
    _line(document, "", bold=head.title)
    _line(document, head.by or "Authors not stated")
    _line(document, f"{head.where}{f' (in {head.language})' if head.language else ''}")
    for each in head.identifiers:
        _line(document, each.url or each.value, bold=f"{each.scheme.upper()} ", small=True)


def _blanks(document: Document, sheet: Sheet) -> None:
    _line(document, "\t".join(f"{each}:" for each in NAMED)).paragraph_format.tab_stops.add_tab_stop(Mm(110))
    for said in sheet.intro:
        _line(document, said, small=True)
    for passage in sheet.passages:
        _line(document, passage.text, bold=f"{passage.label}: " if passage.label else "", marked=passage.conclusion)
    number = 0
    for part in sheet.parts:
        number = _part(document, part, number)


def _part(document: Document, part: Part, number: int) -> int:
    """The number of the last question, so that they are counted through."""
    if part.title:
        document.add_heading(_clean(part.title), level=2)
    for number, blank in enumerate(part.blanks, number + 1):  # noqa: B020
        _blank(document, number, blank)
    return number


def _blank(document: Document, number: int, blank: Blank) -> None:
    asked = _line(document, "".join(f"   ☐ {each}" for each in blank.boxes), bold=f"{number}. {blank.ask}")
    asked.paragraph_format.keep_with_next = True
    if blank.help:
        _line(document, blank.help, small=True).paragraph_format.keep_with_next = True
    if blank.columns:
        table = _table(document, blank.columns)
        for _ in range(blank.rows):
            table.add_row().height = Mm(8)  # type: ignore[no-untyped-call]
    for _ in range(blank.lines):
        ruled = document.add_paragraph("\t")
        ruled.paragraph_format.tab_stops.add_tab_stop(_WIDTH, WD_TAB_ALIGNMENT.LEFT, WD_TAB_LEADER.LINES)
        ruled.paragraph_format.space_before = Pt(4)


def _key(document: Document, sheet: Sheet) -> None:
    for said in (*(sheet.intro if not sheet.parts else ()), *sheet.key_intro):
        _line(document, said, small=True)
    for number, filled in enumerate(sheet.key, 1):
        _line(document, "", bold=f"{number}. {filled.ask}").paragraph_format.keep_with_next = True
        _filled(document, filled, sheet.documents)


def _filled(document: Document, filled: Filled, documents: tuple[str, ...]) -> None:
    if filled.silent:
        _line(document, NOT_STATED)
    for answer in filled.answers:
        where = told(answer.evidence, documents)
        _line(document, f"{answer.words}{f'  [{where}]' if where else ''}", bold=f"{answer.label}: ")
    if filled.results:
        table = _table(document, RESULTS)
        for result in filled.results:
            row = table.add_row()  # type: ignore[no-untyped-call]
            for cell, words in zip(row.cells, cells(result), strict=True):
                cell.paragraphs[0].add_run(_clean(words)).font.size = Pt(8)
            if where := told(result.evidence, documents):
                below = table.add_row().cells  # type: ignore[no-untyped-call]
                words_below = below[0].merge(below[-1]).paragraphs[0].add_run(_clean(f"[{where}]"))
                words_below.font.size, words_below.font.color.rgb = Pt(8), _MUTED
    if filled.missing:
        _line(document, "; ".join(filled.missing) + ".", bold="Not stated: ")
    for note in filled.notes:
        _line(document, note)


def _table(document: Document, columns: tuple[str, ...]) -> Table:
    table: Table = document.add_table(rows=1, cols=len(columns), style="Table Grid")
    for cell, name in zip(table.rows[0].cells, columns, strict=True):
        run = cell.paragraphs[0].add_run(name)
        run.bold, run.font.size = True, Pt(8)
    return table


def _line(document: Document, words: str, *, bold: str = "", small: bool = False, marked: bool = False) -> Paragraph:
    paragraph = document.add_paragraph()
    if bold:
        paragraph.add_run(_clean(bold)).bold = True
    run = paragraph.add_run(_clean(words))
    run.italic = marked or None
    if small:
        run.font.size, run.font.color.rgb = Pt(9), _MUTED
    return paragraph


def _clean(text: str) -> str:
    """`text` without the characters that XML forbids."""
    return _NO_XML.sub("", text)
