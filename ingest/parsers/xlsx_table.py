"""Excel workbooks (Office Open XML, ECMA-376): each sheet that holds references, read as the tables in text are.

A workbook is a zip archive of XML, so it can be a bomb: how much it unpacks to is looked up in its directory before
any of it is unpacked, and what unpacks to more, or out of all proportion, is refused. (What lies about its size
there ends in a checksum error.) Formulas are text. Sheets without references are passed over, unless none has any.
"""

from __future__ import annotations

import io
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime
from typing import Protocol

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from ingest.errors import UnreadablePayloadError
from ingest.parsers import table_columns, table_rows
from ingest.parsers.table_columns import Row
from ingest.parsers.unreadable import Unreadable
from kb.record import Payload, Record
from kb.vocabulary import Vocabulary

LARGEST = 256 * 2**20  # bytes of all parts, unpacked
_PART = 2**20  # a part below this size may pack as well as it likes
_RATIO = 100  # of a part's bytes to its packed bytes; real sheets have 5 to 30
_MOST_PARTS = 2_000
_MOST_SHEETS = 100
_SAVE = "Open it in a spreadsheet program and save it as CSV."
# What openpyxl lets through from zip, XML (a SyntaxError in both its parsers) and its own reading of them.
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, SyntaxError, OSError, EOFError),
    *(KeyError, ValueError, TypeError, AttributeError, IndexError, InvalidFileException),
)


class _Sheet(Protocol):
    """What is used of openpyxl's read-only worksheet."""

    title: str

    def iter_rows(self, *, max_col: int, values_only: bool) -> Iterator[tuple[object, ...]]:
        """The rows as values."""


def recognises(body: bytes) -> bool:
    """Whether `body` is a workbook: a zip archive with the part that lists the sheets."""
    if not body.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            return any(each.filename.lower() == "xl/workbook.xml" for each in archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError):
        return False


def parse(payload: Payload, vocabulary: Vocabulary) -> Iterator[Record | Unreadable]:
    """The records of all sheets in order; a row without title as `Unreadable` that tells how columns were read."""
    _refuse_bombs(payload)
    found, names = False, []
    for name, rows in _sheets(payload):
        names.append(name)
        beginning = [row for _, row in zip(range(table_columns.LOOKED_AT), rows, strict=False)]
        shape = table_columns.find(beginning)
        if shape is None:
            continue
        found, (header, columns) = True, shape
        placed = (
            (f"{payload.key}, sheet {name}, row {number}", row)
            for number, row in enumerate(_all(beginning, rows), 1)
            if number > header + 1
        )
        yield from table_rows.records(placed, columns, "xlsx_table")
    if not found:
        what = f"no sheet has a column that could be told to hold titles (sheets: {', '.join(names) or 'none'})"
        remedy = "Name the columns in the first row: title, authors, year, journal, volume, pages, doi, abstract."
        raise UnreadablePayloadError(payload.key, what, remedy)


def _all(beginning: list[Row], rest: Iterator[Row]) -> Iterator[Row]:
    yield from beginning
    yield from rest


def _refuse_bombs(payload: Payload) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(payload.body)) as archive:
            parts = archive.infolist()
    except _BROKEN as error:
        raise UnreadablePayloadError(payload.key, f"it is no whole workbook ({error})", _SAVE) from error
    whole = sum(each.file_size for each in parts)
    packed = any(each.file_size > max(_PART, _RATIO * each.compress_size) for each in parts)
    if whole > LARGEST or packed or len(parts) > _MOST_PARTS:
        what = f"it unpacks to {whole:,} bytes in {len(parts):,} parts, more than a workbook of its size should"
        raise UnreadablePayloadError(payload.key, what, _SAVE)


def _sheets(payload: Payload) -> Iterator[tuple[str, Iterator[Row]]]:
    """The sheets by name, each with its rows as text."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of styles and extensions that do not concern us
            book = openpyxl.load_workbook(io.BytesIO(payload.body), read_only=True, keep_links=False)
    except _BROKEN as error:
        raise UnreadablePayloadError(payload.key, f"it is no whole workbook ({error})", _SAVE) from error
    try:
        for sheet in book.worksheets[:_MOST_SHEETS]:
            yield sheet.title, _rows(sheet, payload.key)
    finally:
        book.close()


def _rows(sheet: _Sheet, key: str) -> Iterator[Row]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for row in sheet.iter_rows(max_col=table_columns.MOST_COLUMNS, values_only=True):
                yield [_text(each) for each in row]
    except _BROKEN as error:
        what = f"sheet {sheet.title} breaks off ({error})"
        raise UnreadablePayloadError(key, what, _SAVE) from error


def _text(value: object) -> str:
    """A cell's value as text. A number keeps no `.0`, a date is written year first."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, (datetime, date)):
        return value.isoformat()[:10]
    return str(value)
