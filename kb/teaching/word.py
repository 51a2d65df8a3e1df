"""A sheet as a Word file (DOCX): the same words as its page, in the same order, to be changed by who teaches.

What is hidden on the page does not travel with the sheet for the class: the file holds the blanks or the key. Paper
is A4; Word fits it to Letter when it prints ("scale content for A4 or 8.5 x 11"), and nothing stands in the outer
18 mm, which is less than both leave free. A table that goes on over the page has its header there again, and no row
of it is cut (ECMA-376, part 1, 17.4.78 `tblHeader` and 17.4.6 `cantSplit`).
"""

from __future__ import annotations

from io import BytesIO

import docx
from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml.parser import OxmlElement
from docx.shared import Emu, Mm, Pt, RGBColor
from docx.table import Table, _Row
from docx.text.paragraph import Paragraph

from kb.characters import in_xml
from kb.teaching.types import Blank, Filled, Head, Part, Sheet
from kb.teaching.words import EVIDENCE, KEY, NAMED, RESULTS, RETRACTED, cells, told, unsaid

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_WIDTH = Mm(174)
_SHARES = (22, 13, 12, 13, 16, 13, 11)  # of the width of `RESULTS`; in others the first column has three tenths
_NAME = Mm(110)  # of it for the name
_MUTED = RGBColor(0x55, 0x55, 0x55)


def write(sheet: Sheet, address: str, *, key: bool) -> bytes:
    """`sheet` as a file: its blanks, or with `key` what is hidden behind them. `address` is that of its page."""
    document = docx.Document()
    _paper(document, address)
    document.core_properties.title = in_xml(f"{sheet.title}: {sheet.head.title}")
    document.core_properties.author = "Touchstone"
    keyed = key or not sheet.parts
    document.add_heading(f"{sheet.title}: {KEY}" if keyed and sheet.parts else sheet.title, level=1)
    _head(document, sheet.head)
    if sheet.unfit:
        _line(document, " ".join(filter(None, (sheet.unfit, sheet.instead))))
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
    foot = section.footer.paragraphs[0].add_run(in_xml(f"{EVIDENCE} {address}"))
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
    stops = _line(document, "  ".join(f"{each}: \t" for each in NAMED)).paragraph_format.tab_stops
    for stop in (_NAME, _WIDTH):
        stops.add_tab_stop(stop, WD_TAB_ALIGNMENT.LEFT, WD_TAB_LEADER.LINES)
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
        document.add_heading(in_xml(part.title), level=2)
    for number, blank in enumerate(part.blanks, number + 1):  # noqa: B020
        _blank(document, number, blank)
    return number


def _blank(document: Document, number: int, blank: Blank) -> None:
    asked = _asked(document, number, blank.ask)
    if blank.boxes:
        asked.add_run("   " + _together("   ".join(f"☐ {each}" for each in blank.boxes)))
    if blank.help:
        _line(document, blank.help, small=True).paragraph_format.keep_with_next = True
    if blank.columns:
        table = _table(document, blank.columns)
        for place in range(1, blank.rows + 1):
            row = _row(table)
            row.height = Mm(8)
            _keep(row, with_next=place < blank.rows)
        _space(document)
    for _ in range(blank.lines):
        ruled = document.add_paragraph("\t")
        ruled.paragraph_format.tab_stops.add_tab_stop(_WIDTH, WD_TAB_ALIGNMENT.LEFT, WD_TAB_LEADER.LINES)
        ruled.paragraph_format.space_before = Pt(4)


def _key(document: Document, sheet: Sheet) -> None:
    for said in (*(sheet.intro if not sheet.parts else ()), *sheet.key_intro):
        _line(document, said, small=True)
    for number, filled in enumerate(sheet.key, 1):
        _asked(document, number, filled.ask)
        _filled(document, filled, sheet)


def _asked(document: Document, number: int, ask: str) -> Paragraph:
    """A question, which stands on the page of what is below it."""
    asked = _line(document, "", bold=f"{number}. {ask}")
    asked.paragraph_format.keep_with_next, asked.paragraph_format.space_before = True, Pt(6)
    return asked


def _filled(document: Document, filled: Filled, sheet: Sheet) -> None:
    if filled.silent:
        _line(document, unsaid(sheet))
    for answer in filled.answers:
        where = told(answer.evidence, sheet.documents)
        _line(document, f"{answer.words}{f'  [{where}]' if where else ''}", bold=f"{answer.label}: ")
    if filled.results:
        _results(document, filled, sheet)
    if filled.missing:
        _line(document, "; ".join(filled.missing) + ".", bold=f"{unsaid(sheet).capitalize()}: ")
    for note in filled.notes:
        _line(document, note)


def _results(document: Document, filled: Filled, sheet: Sheet) -> None:
    """The ledger: a row a result, and below it, on the same page, where it was read."""
    table = _table(document, RESULTS)
    for result in filled.results:
        row, where = _row(table), told(result.evidence, sheet.documents)
        for cell, words in zip(row.cells, cells(result, sheet), strict=True):
            cell.paragraphs[0].add_run(in_xml(words)).font.size = Pt(8)
        if where:
            _keep(row)
            below = _row(table).cells
            words_below = below[0].merge(below[-1]).paragraphs[0].add_run(in_xml(f"[{where}]"))
            words_below.font.size, words_below.font.color.rgb = Pt(8), _MUTED
    _space(document)


def _table(document: Document, columns: tuple[str, ...]) -> Table:
    """A table with its header, as wide as the text; the first column, which names the outcome, has more of it."""
    table: Table = document.add_table(rows=1, cols=len(columns), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    shares = _SHARES if columns == RESULTS else (3, *(7 / (len(columns) - 1) for _ in columns[1:]))
    header = table.rows[0]
    for column, cell, name, share in zip(table.columns, header.cells, columns, shares, strict=True):
        column.width = cell.width = Emu(round(_WIDTH * share / sum(shares)))
        run = cell.paragraphs[0].add_run(name)
        run.bold, run.font.size = True, Pt(8)
    _told_of_row(header, "w:cantSplit", "w:tblHeader")
    _keep(header)
    return table


def _row(table: Table) -> _Row:
    """A new row, which no page cuts."""
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]
    _told_of_row(row, "w:cantSplit")
    for cell in row.cells:
        cell.paragraphs[0].paragraph_format.space_after = Pt(1)
    return row


def _told_of_row(row: _Row, *names: str) -> None:
    for name in names:
        row._tr.get_or_add_trPr().append(OxmlElement(name))


def _keep(row: _Row, *, with_next: bool = True) -> None:
    """Let a row stand on the page of the next."""
    for cell in row.cells:
        cell.paragraphs[0].paragraph_format.keep_with_next = with_next


def _space(document: Document) -> None:
    """Room below a table, which has none of its own."""
    shape = document.add_paragraph().paragraph_format
    shape.space_after, shape.line_spacing = Pt(0), Pt(6)


def _together(words: str) -> str:
    """`words` that stand on one line."""
    return words.replace(" ", "\u00a0")


def _line(document: Document, words: str, *, bold: str = "", small: bool = False, marked: bool = False) -> Paragraph:
    paragraph = document.add_paragraph()
    if bold:
        paragraph.add_run(in_xml(bold)).bold = True
    run = paragraph.add_run(in_xml(words))
    run.italic = marked or None
    if small:
        run.font.size, run.font.color.rgb = Pt(9), _MUTED
    return paragraph
