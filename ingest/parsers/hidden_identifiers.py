"""DOI, PMID and PMCID of a reference, wherever a program put them.

A DOI stands in its own field, or in a link, a note, an accession number, as `doi: 10...`, as
`https://doi.org/10...`, as `doi=10.1000%2Fx` in the middle of a resolver's address. A field of its own is believed
before all; other fields are searched only where it says nothing, and only for what is marked as an identifier: a
note may speak of another publication.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from kb.record import Identifier, Scheme, identifier

_DOI = re.compile(r"10\.\d{4,9}(?:/|%2f)[^\s\"]{1,300}", re.IGNORECASE)
_MARKED_DOI = re.compile(
    r"(?:\A|\bdoi\b[\s:=.\[]{0,4}|doi\.org(?:/|%2f)|/doi/(?:[a-z]{2,8}/){0,2}|\barticles?/)"
    r"(10\.\d{4,9}(?:/|%2f)[^\s\"<>&?]{1,300})",
    re.IGNORECASE,
)
_END_OF_PAGE = re.compile(r"/(?:full|pdf|abstract|epdf|meta|html)\Z", re.IGNORECASE)
_PMID = re.compile(
    r"(?:pubmed\.ncbi\.nlm\.nih\.gov/|ncbi\.nlm\.nih\.gov/pubmed/|europepmc\.org/(?:article|abstract)/med/"
    r"|\bPMID\b[\s:=]{0,3}(?:NLM)?|\bPUBMED\b[\s:]{1,3}|\bMEDLINE:)(\d{4,9})\b|\b(\d{4,9})\s?\[pmid\]",
    re.IGNORECASE,
)
_PMCID = re.compile(r"(?:\A|articles/|\bPMCID\b[\s:=]{0,3})(PMC\d{3,9})\b|\b(PMC\d{3,9})\s?\[pmcid\]", re.IGNORECASE)
_PAIRS = {")": "(", "]": "[", "}": "{", ">": "<"}


def identifiers(
    *, dois: Iterable[str] = (), pmids: Iterable[str] = (), pmcids: Iterable[str] = (), places: Iterable[str] = ()
) -> tuple[Identifier, ...]:
    """PMID, PMCID and DOI from the fields that are meant for them, else the first that hides in `places`."""
    searched = [each.strip() for each in places]
    wanted: tuple[tuple[Scheme, Iterator[str]], ...] = (
        ("pmid", _first((each.strip() for each in pmids), _hidden(_PMID, searched, ("pubmed", "pmid", "med")))),
        ("pmcid", _first((each.strip() for each in pmcids), _hidden(_PMCID, searched, ("pmc",)))),
        ("doi", _first(map(_stated_doi, dois), map(_linked_doi, _hidden(_MARKED_DOI, searched, ("10.",))))),
    )
    found = (next((each for text in texts if (each := identifier(scheme, text))), None) for scheme, texts in wanted)
    return tuple(each for each in found if each is not None)


def _first(*sources: Iterable[str]) -> Iterator[str]:
    for source in sources:
        yield from (each for each in source if each)


def _hidden(pattern: re.Pattern[str], places: Iterable[str], needed: tuple[str, ...]) -> Iterator[str]:
    """What `pattern` finds, looked for only where one of the words `needed` stands: most notes hold none."""
    for text in places:
        lower = text.casefold()
        for found in pattern.finditer(text) if any(word in lower for word in needed) else ():
            yield next(each for each in found.groups() if each)


def _stated_doi(text: str) -> str:
    found = _DOI.search(text)
    return _trimmed(_unquoted(found.group())) if found else ""


def _linked_doi(text: str) -> str:
    return _END_OF_PAGE.sub("", _trimmed(_unquoted(text)))


def _unquoted(doi: str) -> str:
    return unquote(doi) if "%" in doi else doi


def _trimmed(doi: str) -> str:
    """`doi` without the punctuation of the sentence around it; a closing bracket stays where it was opened."""
    while doi and (doi[-1] in ".,;:'" or (doi[-1] in _PAIRS and doi.count(doi[-1]) > doi.count(_PAIRS[doi[-1]]))):
        doi = doi[:-1]
    return doi
