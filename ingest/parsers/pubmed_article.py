"""One article, book or chapter of PubMed XML as a record.

Elements: nlm.nih.gov/bsd/licensee/elements_descriptions.html.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ingest.parsers import fields
from ingest.parsers.abstract_parts import joined
from ingest.parsers.safe_xml import Element, all_stated, beginning, plain, stated
from ingest.parsers.unreadable import Unreadable
from kb.record import Contributor, Identifier, Notice, NoticeKind, Record, Scheme, Section, identifier

_NOTICES: Mapping[str, NoticeKind] = {
    "RetractionIn": "retracted",
    "RetractedandRepublishedIn": "retracted",
    "RetractionOf": "retraction_notice",
    "ErratumIn": "correction",
    "CorrectedandRepublishedIn": "correction",
    "ExpressionOfConcernIn": "expression_of_concern",
}
_SCHEMES: Mapping[str | None, Scheme] = {"pubmed": "pmid", "pmc": "pmcid", "doi": "doi"}
_NO_PMID = "Add its <PMID>, or import the record in another format."
_WITHDRAWN = "Nothing is deleted here: see whether one of these PMIDs is held, then drop this entry."
_NO_LABEL = frozenset(("UNLABELLED", "UNASSIGNED"))


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
    if element.tag in ("DeleteCitation", "DeleteDocument"):
        withdrawn = all_stated(element, "PMID")
        return Unreadable(place, f"PubMed withdraws {len(withdrawn):,} records", beginning(element), _WITHDRAWN)
    is_book = element.tag == "PubmedBookArticle"
    citation = element.find("BookDocument" if is_book else "MedlineCitation")
    pmid = None if citation is None else identifier("pmid", stated(citation, "PMID") or _other_pmid(element) or "")
    if citation is None or pmid is None:
        return Unreadable(place, "no PMID", beginning(element), _NO_PMID)
    paths = _BOOK if is_book else _ARTICLE
    title = _title(citation, paths)
    if title is None:
        return Unreadable(place, "no title", beginning(element), "Fetch the record again.")
    abstract, sections = _abstract(citation, paths)
    types = all_stated(citation, paths.types)
    return Record(
        source="pubmed",
        key=pmid.value,
        format="pubmed_xml",
        title=title,
        identifiers=_identifiers(element, citation, pmid),
        contributors=_contributors(citation, paths),
        container=_container(citation, paths),
        container_abbreviation=stated(citation, "MedlineJournalInfo/MedlineTA", paths.journal + "/ISOAbbreviation"),
        year=fields.year_of(stated(citation, *paths.years) or ""),
        volume=stated(citation, paths.volume),
        issue=stated(citation, paths.issue),
        pages=_pages(citation),
        abstract=abstract,
        sections=sections,
        language=stated(citation, paths.language),
        publication_types=types,
        subject_headings=_headings(citation),
        notices=fields.with_types(_notices(citation), types),
        rights=stated(citation, paths.abstract + "/CopyrightInformation"),
        references=tuple(dict.fromkeys(_references(element))),
    )


def _other_pmid(element: Element) -> str | None:
    """The PMID as PubMed's own data give it, where the citation has lost it."""
    return stated(element, "PubmedData/ArticleIdList/ArticleId[@IdType='pubmed']")


def _title(citation: Element, paths: _Paths) -> str | None:
    title, vernacular = stated(citation, *paths.titles), stated(citation, "Article/VernacularTitle")
    if vernacular is not None and (title is None or title.startswith("[Not Available]")):
        title = vernacular
    return (fields.title_of(title) or None) if title else None


def _container(citation: Element, paths: _Paths) -> str | None:
    """The journal; the book only where the record is a chapter of it."""
    if paths is _BOOK and stated(citation, "ArticleTitle") is None:
        return None
    name = stated(citation, *paths.containers)
    return fields.journal_of(name) if name else None


def _identifiers(element: Element, citation: Element, pmid: Identifier) -> tuple[Identifier, ...]:
    """Ids of the article itself: only lists that are its direct children, for references have such lists too."""
    found: list[Identifier | None] = [pmid]
    for path in ("PubmedData/ArticleIdList", "PubmedBookData/ArticleIdList", "BookDocument/ArticleIdList"):
        for each in element.iterfind(path + "/ArticleId"):
            kind = each.get("IdType")
            if kind in ("pmc", "doi"):
                found.append(identifier("doi" if kind == "doi" else "pmcid", plain(each)))
    for each in citation.iterfind("Article/ELocationID"):
        if each.get("EIdType") == "doi" and each.get("ValidYN") != "N":
            found.append(identifier("doi", plain(each)))
    for bank in citation.iterfind("Article/DataBankList/DataBank"):
        name = stated(bank, "DataBankName") or ""
        found += [fields.registration(name, each) for each in all_stated(bank, "AccessionNumberList/AccessionNumber")]
    return tuple(dict.fromkeys(each for each in found if each is not None))


def _contributors(citation: Element, paths: _Paths) -> tuple[Contributor, ...]:
    people: list[Contributor | None] = []
    for path in paths.people:
        for group in citation.iterfind(path):
            editors = group.get("Type") == "editors"
            people += [_contributor(each, editors) for each in group.iterfind("Author") if each.get("ValidYN") != "N"]
    return tuple(dict.fromkeys(each for each in people if each is not None))


def _contributor(author: Element, editor: bool) -> Contributor | None:
    family = stated(author, "LastName")
    if family is None:
        return fields.collective(stated(author, "CollectiveName") or "")
    given = " ".join(each for each in (stated(author, "ForeName", "Initials"), stated(author, "Suffix")) if each)
    return Contributor(family, given or None, "editor" if editor else "author")


def _pages(citation: Element) -> str | None:
    pages = stated(citation, "Article/Pagination/MedlinePgn", "Pagination/MedlinePgn")
    if pages is not None:
        return fields.pages_of(pages)
    start, end = (stated(citation, f"Article/Pagination/{each}Page") for each in ("Start", "End"))
    if start is not None:
        return fields.pages_of(f"{start}-{end}" if end else start)
    items = (plain(each) for each in citation.iterfind("Article/ELocationID") if each.get("EIdType") == "pii")
    return next((item for item in items if fields.article_number(item)), None)


def _abstract(citation: Element, paths: _Paths) -> tuple[str | None, tuple[Section, ...]]:
    """The abstract; where there is none, the first of the others (a publisher's), in English if there is one."""
    found = citation.find(paths.abstract)
    if found is None or found.find("AbstractText") is None:
        others = citation.findall("OtherAbstract")
        found = min(others, key=lambda each: each.get("Language", "eng") != "eng", default=None)
    parts = () if found is None else found.iterfind("AbstractText")
    labels = ((each.get("Label", ""), plain(each)) for each in parts)
    return joined(("" if label in _NO_LABEL else label, body) for label, body in labels)


def _headings(citation: Element) -> tuple[str, ...]:
    """MeSH headings with their qualifiers as MEDLINE writes them (`Fibromyalgia/therapy`), then keywords."""
    headings = [
        "/".join(plain(each) for each in heading) for heading in citation.iterfind("MeshHeadingList/MeshHeading")
    ]
    return tuple(dict.fromkeys((*headings, *all_stated(citation, "KeywordList/Keyword"))))


def _notices(citation: Element) -> Iterator[Notice]:
    for each in citation.iterfind("CommentsCorrectionsList/CommentsCorrections"):
        kind = _NOTICES.get(each.get("RefType"))
        if kind is not None:
            source, pmid = (stated(each, "RefSource") or "").rstrip("."), stated(each, "PMID")
            yield Notice(kind, ". ".join(part for part in (source, f"PMID: {pmid}" if pmid else "") if part))


def _references(element: Element) -> Iterator[Identifier]:
    """What is cited, wherever its list stands (an article's may be nested), and as files before 2019 tell it."""
    for each in element.iterfind(".//Reference/ArticleIdList/ArticleId"):
        scheme = _SCHEMES.get(each.get("IdType"))
        if scheme is not None and (found := identifier(scheme, plain(each))) is not None:
            yield found
    for each in element.iterfind("MedlineCitation/CommentsCorrectionsList/CommentsCorrections[@RefType='Cites']"):
        if (found := identifier("pmid", stated(each, "PMID") or "")) is not None:
            yield found
