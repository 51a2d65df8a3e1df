"""What kind of work a reference is, from its publication types: each format has its own word for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from kb.record import Record


class Kind(NamedTuple):
    """A kind of work: its type in words, and what RIS, BibTeX and CSL call it."""

    name: str
    ris: str
    bibtex: str
    csl: str


JOURNAL_ARTICLE = Kind("Journal Article", "JOUR", "article", "article-journal")
OTHER = Kind("", "GEN", "misc", "document")
KINDS: Mapping[str, Kind] = {
    each.name.casefold(): each
    for each in (
        JOURNAL_ARTICLE,
        Kind("Book Section", "CHAP", "incollection", "chapter"),
        Kind("Conference Paper", "CPAPER", "inproceedings", "paper-conference"),
        Kind("Edited Book", "EDBOOK", "book", "book"),
        Kind("Book", "BOOK", "book", "book"),
        Kind("Thesis", "THES", "phdthesis", "thesis"),
        Kind("Report", "RPRT", "techreport", "report"),
        Kind("Dataset", "DATA", "dataset", "dataset"),
        Kind("Web Page", "ELEC", "online", "webpage"),
        Kind("Patent", "PAT", "patent", "patent"),
    )
}


def kind_of(record: Record) -> Kind:
    """The first kind that a publication type names; what has none and stands in a journal is taken for an article."""
    found = next((kind for each in record.publication_types if (kind := KINDS.get(each.casefold()))), None)
    return found or (JOURNAL_ARTICLE if record.container else OTHER)
