"""AMA 11: the Manual of Style's 11th edition (2020), chapter 3, by what it and the guides to it show to all.

Authors (3.7 and 3.8, by libguides.cedarville.edu/amaquickguide; the 10th edition's words at amamanualofstyle.com):
all up to six, else three and "et al"; a group behind a semicolon, after the people, and behind "et al" too; II and
III, not 2nd and 3rd. Journals (3.11.2, by sheridancollege.libguides.com/ama): NLM's abbreviation, in italics; the
DOI behind "doi:" without a space. "Published online" before there is a volume (3.11, by libguides.medlib.fiu.edu).
Held against citeproc-js with american-medical-association.csl. Not checked against the manual itself: the words for
a title in translation and for a retraction.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.citing.pages import main_pages, whole_pages
from kb.citing.pieces import Piece, abbreviated, ended, place, titled, withdrawn
from kb.languages import foreign
from kb.names import names_ama
from kb.record import Record

_DOIS_SINCE = 2000  # an article with a DOI and no volume yet is online only; an older one was given its DOI later


def ama(record: Record) -> Iterator[Piece]:
    """The record in AMA 11."""
    names = names_ama(record.contributors)
    language = foreign(record.language)
    title = _unbracketed(record.title) if language else record.title
    journal = abbreviated(record)
    yield Piece(f"{ended(names)} " if names else "")
    yield from titled(title, italic=not journal)
    yield Piece(f" Article in {language}." if language else "")
    if journal:
        yield Piece(" ")
        yield Piece(journal, italic=True)
        yield Piece(".")
    if said := place(record, whole_pages(main_pages(record.pages))):  # no digit left out
        yield Piece(f" {'Published online ' if journal and _ahead_of_print(record) else ''}{said}.")
    if doi := record.value_of("doi"):  # no full stop behind it
        yield Piece(f" doi:{doi}")
    yield from withdrawn(record, "Retracted in")


def _ahead_of_print(record: Record) -> bool:
    dated = record.year is not None and record.year >= _DOIS_SINCE
    return dated and bool(record.value_of("doi")) and not record.volume and not record.issue


def _unbracketed(title: str) -> str:
    inner = re.fullmatch(r"\[([^\[\]]+)\]\.?", title.strip())
    return inner[1] if inner else title
