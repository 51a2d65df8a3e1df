"""Tables as text: fields parted by commas, semicolons, tabs or bars, quoted as RFC 4180 says, more or less.

Databases, screening tools and spreadsheets write them, each in its own way: a talk before the header, cells of
several lines, formulas, a quote that is never closed. The delimiter is the one with which some row among the first
is a header of references, or with which all rows are alike. A quoted cell that does not end within a measure is no
quoted cell: its line is read as it stands, so that one stray quote does not swallow the rows behind it.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence

from ingest.errors import UnreadablePayloadError
from ingest.parsers import apa, table_columns, table_lines, table_rows
from ingest.parsers.table_columns import Columns, Row
from ingest.parsers.unreadable import Unreadable, excerpt
from kb.record import Payload, Record
from kb.vocabulary import Vocabulary

_DELIMITERS = (",", ";", "\t", "|")
_OF_LINES = ("\t", "|")  # with these a line of one cell may belong to the row above; commas stand in sentences too
_MOST_LINES = 500  # of one row; a cell with more lines has lost its quote
_MOST_CHARACTERS = 120_000  # of one row over several lines; csv's own limit for a cell is 131,072
_LONGEST_LINE = 130_000
_LEAST_ALIKE = 3  # rows of the same width, for a table without a header
_NAMES = "title, authors, year, journal, volume, issue, pages, doi, pmid, abstract"


def recognises(text: str) -> bool:
    """Whether `text` begins as a table of references."""
    if text.lstrip()[:1] in ("<", "{", "@"):
        return False
    return _shape(text) is not None or (_is_table(text) and next(apa.find(text[:20_000]), None) is None)


def parse(payload: Payload, text: str, vocabulary: Vocabulary) -> Iterator[Record | Unreadable]:
    """The records of the rows in order; a row without title as `Unreadable` that tells how columns were read."""
    found = _shape(text)
    if found is None:
        header = max((_beginning(text, each)[:1] for each in _DELIMITERS), key=lambda rows: len(rows[0]) if rows else 0)
        read = table_columns.by_header(header[0] if header else ()).told()
        what = f"none of its columns could be told to hold titles. The first row was read as: {excerpt(read)}"
        raise UnreadablePayloadError(payload.key, what, f"Name the columns in the first row: {_NAMES}.")
    delimiter, at, columns = found
    numbered = enumerate(_rows(text, delimiter, len(columns.header)), 1)
    rows: Iterator[tuple[str, Row]] = (
        (f"{payload.key}, row {number}", row) for number, row in numbered if number > at + 1
    )
    if at < 0:
        rows, columns = table_lines.gathered(rows, columns, len(columns.header))
    yield from table_rows.records(rows, columns, "csv_table")


def _shape(text: str) -> tuple[str, int, Columns] | None:
    """The delimiter with which the beginning is most clearly a table of references."""
    best: tuple[int, str, int, Columns] | None = None
    for delimiter in _DELIMITERS:
        rows = _beginning(text, delimiter)
        found = (table_lines if delimiter in _OF_LINES else table_columns).find(rows)
        if found is not None and (best is None or len(found[1].of) > best[0]):
            best = (len(found[1].of), delimiter, *found)
    return None if best is None else best[1:]


def _beginning(text: str, delimiter: str) -> list[Row]:
    rows: list[Row] = []
    if len(text.partition("\n")[0]) > _LONGEST_LINE:
        return rows
    for row in _rows(text[: 4 * _MOST_CHARACTERS], delimiter):
        rows.append(row)
        if len(rows) == table_columns.LOOKED_AT:
            break
    return rows


def _is_table(text: str) -> bool:
    """Whether the lines have the same number of cells, under a first line of short, different ones."""
    for delimiter in _DELIMITERS:
        rows = [row for row in _beginning(text, delimiter)[:10] if any(row)]
        if len(rows) >= _LEAST_ALIKE and len(rows[0]) >= 3 and len({len(row) for row in rows[:-1]}) == 1:
            names = [each.strip() for each in rows[0]]
            if all(0 < len(each) <= 40 for each in names) and len(set(names)) == len(names):
                return True
    return False


def _rows(text: str, delimiter: str, width: int = 0) -> Iterator[Row]:
    """The rows, each from as many lines as its quoted cells have; `width` is that of the header."""
    lines = text.split("\n")
    at, patience = 0, 200 * _MOST_LINES
    while at < len(lines):
        if '"' not in lines[at] or patience <= 0 or len(lines[at]) > _LONGEST_LINE:
            yield lines[at].split(delimiter)
            at += 1
            continue
        row, used = _quoted(lines, at, delimiter)
        plain = lines[at].split(delimiter)
        if row is None or (used > 1 and len(row) != width == len(plain)):
            patience -= used
            row, used = [each.strip().strip('"') for each in plain], 1
        yield row
        at += used


def _quoted(lines: Sequence[str], at: int, delimiter: str) -> tuple[Row | None, int]:
    """The row that begins in line `at`, and how many lines it has; no row where its quotes do not end."""
    ended = True

    def fed() -> Iterator[str]:
        nonlocal ended
        size = 0
        for line in lines[at : at + _MOST_LINES]:
            size += len(line)
            if size > _MOST_CHARACTERS and size > len(line):
                break
            yield line + "\n"
        ended = False

    reader = csv.reader(fed(), delimiter=delimiter)
    try:
        row = next(reader)
    except (csv.Error, StopIteration):
        return None, max(1, reader.line_num)
    return (row if ended else None), reader.line_num
