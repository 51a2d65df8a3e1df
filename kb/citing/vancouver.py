"""Vancouver: Patrias and Wendling, Citing Medicine, 2nd ed. (ncbi.nlm.nih.gov/books/NBK7256), and ICMJE's samples.

The samples that ICMJE made by it (nlm.nih.gov/bsd/uniform_requirements.html; read in copies that journals and
libraries keep) show: the first six authors and "et al", people and groups as they stand in the byline with a
semicolon before a group, pages with a hyphen and without digits that repeat (284-7), a translated title in square
brackets with its language behind. 2nd and 3rd for II and III: so amamanualofstyle.com says of NLM. Held against
citeproc-js with nlm-citation-sequence.csl. Not checked: a colon before pages where there is neither volume nor issue
(AMA's style of that processor has it), "[date unknown]", the full stop between DOI and PMID, which is as PubMed
writes it, and the words for a retraction.
"""

from __future__ import annotations

from collections.abc import Iterator

from kb.citing.pages import short_pages
from kb.citing.pieces import Piece, abbreviated, ended, place, withdrawal, withdrawn
from kb.languages import foreign
from kb.names import names_vancouver
from kb.record import Record


def vancouver(record: Record) -> Iterator[Piece]:
    """The record as ICMJE and NLM cite it."""
    names = names_vancouver(record.contributors)
    yield Piece(f"{ended(names)} " if names else "")
    yield Piece(ended(record.title))  # a translation in square brackets, as PubMed has it
    if journal := abbreviated(record):
        yield Piece(f" {journal}.")
    yield Piece(f" {place(record, short_pages(record.pages or ''), undated='[date unknown]')}.")
    yield Piece(f" {language}." if (language := foreign(record.language)) else "")
    yield from _numbers(record)
    yield from withdrawn(record, "Retraction in")


def _numbers(record: Record) -> Iterator[Piece]:
    """The identifiers; no full stop behind a DOI that ends the citation, for it would be read as part of it."""
    doi = record.value_of("doi")
    known = (("PubMed PMID", record.value_of("pmid")), ("PubMed Central PMCID", record.value_of("pmcid")))
    numbers = "; ".join(f"{name}: {value}" for name, value in known if value)
    yield Piece(f" doi: {doi}" if doi else "")
    yield Piece(". " if doi and numbers else " " if numbers else "")
    yield Piece(f"{numbers}." if numbers else "")
    yield Piece("." if doi and not numbers and withdrawal(record.notices) else "")
