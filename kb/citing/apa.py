"""APA 7: the Publication Manual's 7th edition (2020), by what the publisher shows of it to all.

Read at apastyle.apa.org/style-grammar-guidelines/references/examples/journal-article-references: the order of the
parts, an article number behind "Article", a missing volume, and the full stop inside a quotation mark. Guides of
libraries to the 7th edition (library.ju.edu) show twenty names and more, hyphens and `Jr.`. The form of a retracted
article is that of its tenth chapter as others quote it. Held against citeproc-js with apa.csl, which has journals in
title case too. Not checked against the manual itself: that what stands alone is in italics, and "(Withdrawn)".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.citing.pages import dashed, is_article_number, main_pages, whole_pages
from kb.citing.pieces import Piece, on_one_line, titled, withdrawal, year_of
from kb.names import author_list_apa
from kb.record import Record

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
# Articles, conjunctions and prepositions; one of four letters (`into`) is left as the journal writes it.
_SMALL = frozenset("a an and as at but by for from if in into nor of off on or per so the to up via with yet".split())
# Words of other languages, whose titles have no capitals.
_FOREIGN = re.compile(
    r"\b(?:[dl]['’]|(?:da|das|de|del|della|der|dem|des|di|die|do|dos|du|ed|el|en|et|für|het|il|la|las|le|les|los|och|og|"
    r"pour|und|van|von|voor|zu|zur)\b)"
)


def apa(record: Record) -> Iterator[Piece]:
    """The record in APA 7."""
    date = f"({record.year or 'n.d.'})."
    names = author_list_apa(record.contributors)  # without an author the title stands first
    journal = record.container or record.container_abbreviation
    yield Piece(f"{names} {date} " if names else "")
    yield from titled(record.title, italic=not journal)  # in sentence case where it is stored so
    yield Piece("" if names else f" {date}")
    if journal:  # the full name and the volume in italics, the issue not
        yield Piece(" ")
        place = [Piece(title_case(on_one_line(journal)), italic=True), *_place(record)]
        yield from place
        yield Piece("" if place[-1].text.endswith(".") else ".")
    if doi := record.value_of("doi"):  # an address, and no full stop behind it
        yield Piece(f" https://doi.org/{doi}")
    if gone := withdrawal(record.notices):  # the year only, for the rest would be the journal's own form
        year = f"Retraction published {year_of(gone)}" if year_of(gone) else "Retracted"
        yield Piece(f" ({'Withdrawn' if gone.kind == 'withdrawn' else year})")


def title_case(journal: str) -> str:
    """The journal's name with a capital on each word but small ones; as it stands where a part of it is not English.

    Catalogues write `Journal of invented weaving`, journals and APA `Journal of Invented Weaving`. A word that has
    a capital (`eCAM`) is left as it is.
    """

    def capital(found: re.Match[str]) -> str:
        word, first = found[0], not found.string[: found.start()].strip()
        return word[0].upper() + word[1:] if word.islower() and (first or word not in _SMALL) else word

    parts = journal.split(":")
    return ":".join(each if _FOREIGN.search(each) else _WORD.sub(capital, each) for each in parts)


def _place(record: Record) -> Iterator[Piece]:
    issue = f"({dashed(on_one_line(record.issue))})" if record.issue else ""
    if record.volume:
        yield Piece(", ")
        yield Piece(dashed(on_one_line(record.volume)), italic=True)
        if issue:
            yield Piece(issue)
    elif issue:
        yield Piece(f", {issue}")
    if pages := main_pages(record.pages):  # whole numbers, an en dash
        yield Piece(f", Article {pages}" if is_article_number(pages) else f", {dashed(whole_pages(pages))}")
