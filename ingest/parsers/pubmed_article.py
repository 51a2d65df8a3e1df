"""One article, book or chapter of PubMed XML as a record.

Elements: nlm.nih.gov/bsd/licensee/elements_descriptions.html.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from ingest.parsers import fields
from ingest.parsers.decoding import normalise
from ingest.parsers.unreadable import Unreadable, excerpt
from kb.record import Contributor, Identifier, Notice, NoticeKind, Record, Section, identifier

Element = Any  # lxml has no types of its own

_NOTICES: Mapping[str, NoticeKind] = {
    "RetractionIn": "retracted",
    "RetractedandRepublishedIn": "retracted",
    "RetractionOf": "retraction_notice",
    "ErratumIn": "correction",
    "CorrectedandRepublishedIn": "correction",
    "ExpressionOfConcernIn": "expression_of_concern",
}
_NO_PMID = "Add its <PMID>, or import the record in another format."
_NO_LABEL = frozenset(("", "UNLABELLED", "UNASSIGNED"))


class _Paths(NamedTuple):
    """Where an article and a book keep the same things."""

    titles: tuple[str, ...]
    containers: tuple[str, ...]
    journal: str
    years: tuple[str, ...]
    volume: str
    issue: str
    language: str
    abstract: str
    types: str
    people: tuple[str, ...]


_ISSUE = "Article/Journal/JournalIssue"
_ARTICLE = _Paths(
    titles=("Article/ArticleTitle",),
    containers=("Article/Journal/Title", "MedlineJournalInfo/MedlineTA"),
    journal="Article/Journal",
    years=(f"{_ISSUE}/PubDate/Year", f"{_ISSUE}/PubDate/MedlineDate", "Article/ArticleDate/Year"),
    volume=f"{_ISSUE}/Volume",
    issue=f"{_ISSUE}/Issue",
    language="Article/Language",
    abstract="Article/Abstract",
    types="Article/PublicationTypeList/PublicationType",
    people=("Article/AuthorList",),
)
_BOOK = _Paths(
    titles=("ArticleTitle", "Book/BookTitle"),
    containers=("Book/BookTitle",),
    journal="Book",
    years=("Book/PubDate/Year", "Book/PubDate/MedlineDate", "ContributionDate/Year"),
    volume="Book/Volume",
    issue="Book/Issue",
    language="Language",
    abstract="Abstract",
    types="PublicationType",
    people=("AuthorList", "Book/AuthorList"),
)


def read(element: Element, place: str) -> Record | Unreadable:
    """The record of a `PubmedArticle` or `PubmedBookArticle`; `place` names it where it has no PMID or title."""
    is_book = element.tag == "PubmedBookArticle"
    citation = element.find("BookDocument" if is_book else "MedlineCitation")
    pmid = None if citation is None else identifier("pmid", _text(citation, "PMID") or "")
    if citation is None or pmid is None:
        return Unreadable(place, "no PMID", _beginning(element), _NO_PMID)
    paths = _BOOK if is_book else _ARTICLE
    title = _title(citation, paths)
    if title is None:
        return Unreadable(place, "no title", _beginning(element), "Fetch the record again.")
    abstract, sections = _abstract(citation, paths)
    types = _texts(citation, paths.types)
    return Record(
        source="pubmed",
        key=pmid.value,
        format="pubmed_xml",
        title=title,
        identifiers=_identifiers(element, citation, pmid),
        contributors=_contributors(citation, paths),
        container=_container(citation, paths),
        container_abbreviation=_text(citation, "MedlineJournalInfo/MedlineTA", paths.journal + "/ISOAbbreviation"),
        year=fields.year_of(_text(citation, *paths.years) or ""),
        volume=_text(citation, paths.volume),
        issue=_text(citation, paths.issue),
        pages=_pages(citation),
        abstract=abstract,
        sections=sections,
        language=_text(citation, paths.language),
        publication_types=types,
        subject_headings=_headings(citation),
        notices=fields.with_types(_notices(citation), types),
        rights=_text(citation, paths.abstract + "/CopyrightInformation"),
    )


def _beginning(element: Element) -> str:
    return excerpt(" ".join(element.itertext()))


def _plain(element: Element) -> str:
    """The text of an element with that of its inline markup (italics, indices, formulae)."""
    return normalise("".join(element.itertext()))


def _text(element: Element, *paths: str) -> str | None:
    """The text at the first of `paths` that states one."""
    found = (element.find(path) for path in paths)
    return next((text for each in found if each is not None and (text := _plain(each))), None)


def _texts(element: Element, path: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for each in element.iterfind(path) if (text := _plain(each))))


def _title(citation: Element, paths: _Paths) -> str | None:
    title, vernacular = _text(citation, *paths.titles), _text(citation, "Article/VernacularTitle")
    if vernacular is not None and (title is None or title.startswith("[Not Available]")):
        title = vernacular
    return (fields.title_of(title) or None) if title else None


def _container(citation: Element, paths: _Paths) -> str | None:
    """The journal; the book only where the record is a chapter of it."""
    if paths is _BOOK and _text(citation, "ArticleTitle") is None:
        return None
    return _text(citation, *paths.containers)


def _identifiers(element: Element, citation: Element, pmid: Identifier) -> tuple[Identifier, ...]:
    """Ids of the article itself: only lists that are its direct children, for references have such lists too."""
    found: list[Identifier | None] = [pmid]
    for path in ("PubmedData/ArticleIdList", "PubmedBookData/ArticleIdList", "BookDocument/ArticleIdList"):
        for each in element.iterfind(path + "/ArticleId"):
            kind = each.get("IdType")
            if kind in ("pmc", "doi"):
                found.append(identifier("doi" if kind == "doi" else "pmcid", _plain(each)))
    for each in citation.iterfind("Article/ELocationID"):
        if each.get("EIdType") == "doi" and each.get("ValidYN") != "N":
            found.append(identifier("doi", _plain(each)))
    for bank in citation.iterfind("Article/DataBankList/DataBank"):
        name = _text(bank, "DataBankName") or ""
        found += [fields.registration(name, each) for each in _texts(bank, "AccessionNumberList/AccessionNumber")]
    return tuple(dict.fromkeys(each for each in found if each is not None))


def _contributors(citation: Element, paths: _Paths) -> tuple[Contributor, ...]:
    people: list[Contributor | None] = []
    for path in paths.people:
        for group in citation.iterfind(path):
            editors = group.get("Type") == "editors"
            people += [_contributor(each, editors) for each in group.iterfind("Author") if each.get("ValidYN") != "N"]
    return tuple(dict.fromkeys(each for each in people if each is not None))


def _contributor(author: Element, editor: bool) -> Contributor | None:
    family = _text(author, "LastName")
    if family is None:
        return fields.collective(_text(author, "CollectiveName") or "")
    given = " ".join(each for each in (_text(author, "ForeName", "Initials"), _text(author, "Suffix")) if each)
    return Contributor(family, given or None, "editor" if editor else "author")


def _pages(citation: Element) -> str | None:
    pages = _text(citation, "Article/Pagination/MedlinePgn", "Pagination/MedlinePgn")
    if pages is not None:
        return fields.pages_of(pages)
    start, end = (_text(citation, f"Article/Pagination/{each}Page") for each in ("Start", "End"))
    if start is not None:
        return fields.pages_of(f"{start}-{end}" if end else start)
    items = (_plain(each) for each in citation.iterfind("Article/ELocationID") if each.get("EIdType") == "pii")
    return next((item for item in items if fields.article_number(item)), None)


def _abstract(citation: Element, paths: _Paths) -> tuple[str | None, tuple[Section, ...]]:
    """The abstract as one text, a line for each of its parts, and where the labelled parts' bodies stand in it."""
    lines: list[str] = []
    sections: list[Section] = []
    position = 0
    for part in citation.iterfind(paths.abstract + "/AbstractText"):
        label, body = normalise(part.get("Label", "")).rstrip(": "), _plain(part)
        if not body:
            continue
        lines.append(body if label in _NO_LABEL else f"{label}: {body}")
        end = position + len(lines[-1])
        if label not in _NO_LABEL:
            sections.append(Section(label, end - len(body), end))
        position = end + len("\n")
    return "\n".join(lines) or None, tuple(sections)


def _headings(citation: Element) -> tuple[str, ...]:
    """MeSH headings with their qualifiers as MEDLINE writes them (`Fibromyalgia/therapy`), then keywords."""
    headings = [
        "/".join(_plain(each) for each in heading) for heading in citation.iterfind("MeshHeadingList/MeshHeading")
    ]
    return tuple(dict.fromkeys((*headings, *_texts(citation, "KeywordList/Keyword"))))


def _notices(citation: Element) -> Iterator[Notice]:
    for each in citation.iterfind("CommentsCorrectionsList/CommentsCorrections"):
        kind = _NOTICES.get(each.get("RefType"))
        if kind is not None:
            source, pmid = (_text(each, "RefSource") or "").rstrip("."), _text(each, "PMID")
            yield Notice(kind, ". ".join(part for part in (source, f"PMID: {pmid}" if pmid else "") if part))
