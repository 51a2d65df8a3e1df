"""EndNote XML, as EndNote, Bookends, Covidence, SRA tools and others export it: `<xml><records><record>`.

There is no public schema beyond the `RSXML.dtd` that EndNote installs; this follows it and the files met. Text stands
in runs of `<style>`; names are `Family, Given`, and a group ends with a comma. What a title's second line means
depends on the kind of reference: the journal of an article, the book of a chapter, but the series of a book.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.parsers import fields, safe_xml
from ingest.parsers.abstract_parts import joined
from ingest.parsers.imported import apart, named
from ingest.parsers.safe_xml import Element, all_stated, beginning, stated, tidy
from ingest.parsers.unreadable import Unreadable
from kb.record import Contributor, Identifier, Payload, Record, identifier
from kb.vocabulary import Vocabulary

_LIBRARY = re.compile(r"<records(?:\s[^<>]{0,200})?>\s{0,200}<record[\s>]")
_TELLING = re.compile(r"<(?:ref-type|source-app|contributors|titles|electronic-resource-num)[\s>]")
# Their second title is a series, a university or a site, and no container.
_WHOLE = frozenset(("book", "edited book", "thesis", "report", "web page", "electronic book", "classical work"))
_PARTS = frozenset(("book section", "electronic book section", "conference paper", "conference proceedings", "serial"))
_DOI = re.compile(r"10\.\d{4,9}/[^\s\"<>]{1,300}")
_PUBMED_URL = re.compile(r"(?:ncbi\.nlm\.nih\.gov/(?:entrez/)?pubmed/|pubmed\.ncbi\.nlm\.nih\.gov/)(\d{1,9})\b")
_PUBMED_CITE = re.compile(r"(?:list_uids=|pmid[:= ]\s?)(\d{1,9})\b", re.IGNORECASE)
_PMCID = re.compile(r"\bPMC\d{3,9}\b", re.IGNORECASE)
_OF_PUBMED = re.compile(r"pubmed|medline|\bnlm\b", re.IGNORECASE)
_LINE = re.compile(r"[\r;]")
_NO_TITLE = "Give the reference a title where it is kept, and export it again."


def recognises(text: str) -> bool:
    """Whether `text`, the beginning of a document, is EndNote XML."""
    return text.lstrip().startswith("<") and bool(_LIBRARY.search(text) and _TELLING.search(text))


def parse(payload: Payload, vocabulary: Vocabulary) -> Iterator[Record | Unreadable]:
    """The references of a library in order; one without title as `Unreadable`."""
    return apart(safe_xml.records(payload, ("record",), _read, kind="EndNote XML"))


def _read(record: Element, place: str) -> Record | Unreadable:
    title = fields.title_of(stated(record, "titles/title", "titles/short-title", "titles/translated-title") or "")
    if not title:
        return Unreadable(place, "no title", beginning(record), _NO_TITLE)
    kind = record.find("ref-type")
    name = tidy(kind.get("name", "")) if kind is not None else ""
    container, abbreviation = _containers(record, name.casefold())
    pages = stated(record, "pages", "electronic-pages")
    abstract, sections = joined(("", each) for each in _paragraphs(record.find("abstract")))
    return named(
        Record(
            source="endnote_xml",
            key="",
            format="endnote_xml",
            title=title,
            identifiers=_identifiers(record),
            contributors=tuple(_contributors(record, name.casefold())),
            container=container,
            container_abbreviation=abbreviation,
            year=fields.year_of(stated(record, "dates/year") or "")
            or fields.year_of(stated(record, "dates/pub-dates/date", "dates/copyright-dates/date") or ""),
            volume=stated(record, "volume"),
            issue=stated(record, "number", "issue"),
            pages=fields.pages_of(pages) if pages else None,
            abstract=abstract,
            sections=sections,
            language=stated(record, "language"),
            publication_types=tuple(dict.fromkeys(each for each in (name, *_lines(record, "work-type")) if each)),
            subject_headings=_headings(record),
        )
    )


def _paragraphs(element: Element | None) -> list[str]:
    """The lines as EndNote ends them, by a carriage return; other line ends come from pretty-printing."""
    return [] if element is None else [tidy(each) for each in "".join(element.itertext()).split("\r")]


def _containers(record: Element, kind: str) -> tuple[str | None, str | None]:
    """The container and its short name. `alt-title` holds now the one, now the other."""
    if kind in _WHOLE:
        return None, None
    full = stated(record, "titles/secondary-title", "periodical/full-title", "titles/alt-title")
    short = stated(record, "periodical/abbr-1", "titles/alt-title", "alt-periodical/abbr-1")
    if full is not None and short is not None and len(short) > len(full):
        full, short = short, full
    return full, short if short != full else None


def _contributors(record: Element, kind: str) -> Iterator[Contributor]:
    editors = kind == "edited book"
    people = [(each, editors) for each in _lines(record, "contributors/authors/author")]
    if kind in _PARTS:
        people += [(each, True) for each in _lines(record, "contributors/secondary-authors/author")]
    for name, is_editor in people:
        family, comma, rest = name.partition(",")  # `Family, Given, Suffix`
        group = fields.collective(family) if comma and not rest else None
        found = group or fields.person(f"{family}{comma} {rest.replace(',', ' ')}", editor=is_editor)
        if found is not None:
            yield found


def _lines(record: Element, path: str) -> Iterator[str]:
    """Each value at `path`. Some programs put several into one element, a line or a semicolon between them."""
    for element in record.iterfind(path):
        yield from (each for line in _LINE.split("".join(element.itertext())) if (each := tidy(line)))


def _identifiers(record: Element) -> tuple[Identifier, ...]:
    number = stated(record, "electronic-resource-num") or ""
    links = " ".join(all_stated(record, "urls/related-urls/url") + all_stated(record, "urls/web-urls/url"))
    found = [_doi(number) or _doi(links if "doi.org/" in links else ""), *_pmids(record, links)]
    numbers = f"{stated(record, 'custom2') or ''} {number} {links}"  # EndNote keeps the PMCID in `custom2`
    found += [identifier("pmcid", each) for each in _PMCID.findall(numbers)]
    return tuple(dict.fromkeys(each for each in found if each is not None))


def _doi(text: str) -> Identifier | None:
    found = _DOI.search(text)
    return identifier("doi", found.group().removesuffix("[doi]")) if found else None


def _pmids(record: Element, links: str) -> Iterator[Identifier | None]:
    """The PMID: an accession number counts where the record says that its database is PubMed or MEDLINE."""
    number = stated(record, "accession-num") or ""
    database = stated(record, "remote-database-name") or "", stated(record, "remote-database-provider") or ""
    if number.isascii() and number.isdigit() and _OF_PUBMED.search(" ".join(database)):
        yield identifier("pmid", number)
    cited = f"{number} {links if 'ncbi.' in links else ''}"
    for pattern, text in ((_PUBMED_URL, links), (_PUBMED_CITE, cited)):
        found = pattern.search(text)
        yield identifier("pmid", found[1]) if found else None


def _headings(record: Element) -> tuple[str, ...]:
    words = (each.replace("*", "") for each in _lines(record, "keywords/keyword"))
    return tuple(dict.fromkeys(each for each in words if each))
