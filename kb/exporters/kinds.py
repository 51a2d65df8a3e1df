"""What kind of work a reference is, from its publication types: each format has its own word for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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


def kind_of(record: Record) -> tuple[Kind, Sequence[str]]:
    """The kind, and the publication types that it does not say: MEDLINE gives an article several.

    What says of itself only that it stands in a journal is taken for an article.
    """
    types = record.publication_types
    found = next((kind for each in types if (kind := KINDS.get(each.casefold()))), None)
    if found is None:
        return (JOURNAL_ARTICLE if record.container else OTHER), types
    return found, [each for each in types if each.casefold() != found.name.casefold()]
