"""Pages of the web: a publisher's page about one article, or somebody's list of studies, as a table or as text.

A publisher's page says in its head what it is about (see `page_metadata`), and then it is that one article: the
references it cites are not taken for records. Any other page is looked through for tables of references, then for
citations in its text, as `citation_text` finds them. What such a list says of a study is the list's word: it is
commentary, never the authors' abstract, unless the page itself calls it so or it has an abstract's labels.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import PurePath

import msgspec
from bs4 import BeautifulSoup, Tag

from ingest.errors import UnreadablePayloadError
from ingest.parsers import apa, citation_text, page_metadata, table_columns, table_lines, table_rows
from ingest.parsers.decoding import normalise
from ingest.parsers.markup import Block, blocks, parsed, text_of, tree
from ingest.parsers.table_columns import Columns, Row
from ingest.parsers.unreadable import Unreadable
from kb.record import Payload, Record
from kb.vocabulary import Vocabulary

_NAMES = "html|head|body|div|p|table|span|br|h[1-6]|ul|ol|li|section|main|article(?= (?:class|id)=)|title|meta|center"
_BEGINS = re.compile(
    rf"\s*(?:<!--.{{0,2000}}?-->\s*|<\?xml[^<>]{{0,200}}>\s*)*(?:<!doctype html|<(?:{_NAMES})[\s/>])", re.I | re.S
)
_MARKUP = re.compile(rf"<html[\s>]|<(?:{_NAMES})(?:\s[^<>]{{0,300}})?/?>", re.IGNORECASE)
_LIST = "web_list"  # what such records are called, since somebody's list is trusted less than a publisher's page
_SCRIPT = re.compile(r"<(script|style)[\s>]", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{0,2000}>")
_BEGINNING = 4_096
_LONGEST_CELL = 5_000  # characters; a cell with more is a page's layout and no datum
_MOST_COLUMNS = 40


def recognises(text: str) -> bool:
    """Whether `text` is a page that names its article, or on which a citation or a table of references stands."""
    begins = _BEGINS.match if text.lstrip().startswith("<") else _MARKUP.search
    if not begins(text[:_BEGINNING]):
        return False
    if page_metadata.tells(text):
        return True
    seen = _TAG.sub(" ", _without_scripts(text))
    return next(apa.find(seen), None) is not None or ("<t" in text.lower() and any(_tables(_safely(text))))


def parse(payload: Payload, vocabulary: Vocabulary) -> Iterator[Record | Unreadable]:
    """The article of a publisher's page, or the records of the page's tables and then of its text, in order."""
    text = text_of(payload.body, payload.key)
    page = parsed(text, payload.key)
    article = page_metadata.article(page)
    if article is not None:
        yield article
        return
    count = 0
    for each in _listed(page, payload):
        count += 1
        yield each
    if not count:
        what = "it is an HTML page without any citation"
        raise UnreadablePayloadError(payload.key, what, "Check the address; copy the citations as plain text.")


def _without_scripts(text: str) -> str:
    """`text` without scripts and styles; one that is never closed takes the rest with it."""
    pieces, at, lower = [], 0, text.lower()
    while found := _SCRIPT.search(text, at):
        pieces.append(text[at : found.start()])
        at = lower.find(f"</{found[1].lower()}", found.end())
        if at < 0:
            return " ".join(pieces)
        at = text.find(">", at) + 1 or len(text)
    return " ".join([*pieces, text[at:]])


def _safely(text: str) -> BeautifulSoup:
    try:
        return parsed(text, "page")
    except UnreadablePayloadError:
        return tree("")


def _listed(page: BeautifulSoup, payload: Payload) -> Iterator[Record | Unreadable]:
    for number, (table, rows, (header, columns)) in enumerate(_tables(page), start=1):
        placed = (
            (f"{payload.key}, table {number}, row {at}", row) for at, row in enumerate(rows, 1) if at > header + 1
        )
        gathered, columns = table_lines.gathered(placed, columns, max(map(len, rows)))
        yield from table_rows.records(gathered, columns, _LIST)
        table.decompose()
    name = payload.key if "://" in payload.key else PurePath(payload.key).name
    text = "\n\n".join(_led(blocks(page)))
    for each in citation_text.records(text, payload, only_labelled=True):
        if isinstance(each, Record):
            key = f"{name}#{each.key.rpartition('#')[2]}"
            yield msgspec.structs.replace(each, source=_LIST, format=_LIST, key=key)
        else:
            yield each


def _led(found: list[Block]) -> Iterator[str]:
    """The blocks as paragraphs; a heading leads the paragraph below it, unless that is itself a citation."""
    pending = ""
    for one, other in pairwise([*found, Block("", False)]):
        first = next(apa.find(other.text), None) if one.is_heading else None
        leads = one.is_heading and other.text and not other.is_heading and (first is None or first.start > 0)
        if leads and not one.text.rstrip(": ").isdecimal():
            pending = f"{one.text.rstrip(': .')}: "
        else:
            yield f"{pending}{one.text}"
            pending = ""


def _tables(page: BeautifulSoup) -> Iterator[tuple[Tag, Sequence[Row], tuple[int, Columns]]]:
    """The innermost tables that hold references, with their rows and columns."""
    for table in page.find_all("table"):
        if table.find("table") is not None:
            continue
        rows = list(_rows(table))
        shape = table_lines.find(rows[: table_columns.LOOKED_AT])
        if shape is not None and len(rows) > 1:
            yield table, rows, shape


def _rows(table: Tag) -> Iterator[Row]:
    for line in table.find_all("tr"):
        cells = [normalise(each.get_text(" ")) for each in line.find_all(["td", "th"])[:_MOST_COLUMNS]]
        if all(len(each) <= _LONGEST_CELL for each in cells):
            yield cells
