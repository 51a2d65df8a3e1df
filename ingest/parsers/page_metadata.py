"""The article that a publisher's page is about, from what its head says: `citation_*`, Dublin Core, PRISM.

Rules: scholar.google.com/intl/en/scholar/inclusion.html (the `citation_*` names of Highwire Press, and the fallbacks),
dublincore.org/specifications/dublin-core/dcmi-terms, PRISM 3.0. Which of them a page has depends on the publisher, and
so does where its abstract stands: in the head, or in the body under a label that says Abstract. A description that
no label calls an abstract may be an advertisement, and is not taken for one.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping

from bs4 import BeautifulSoup

from ingest.parsers import fields, page_abstract
from ingest.parsers.decoding import normalise
from ingest.parsers.imported import named
from ingest.parsers.languages import language_of
from ingest.parsers.name_lists import people
from kb.record import Contributor, Identifier, Record, identifier

Said = Mapping[str, list[str]]

_TELLING = re.compile(
    r"""<meta\s[^<>]{0,300}?["'](?:citation_title|bepress_citation_title|dc\.title|eprints\.title)["']""", re.I
)
_TAGS = re.compile(r"</?[a-zA-Z][^<>]{0,300}>")
_DOI = re.compile(r"10\.\d{4,9}/\S{1,300}")
_SEVERAL = re.compile(r"\s*[;,]\s*")


def tells(text: str) -> bool:
    """Whether the beginning of a page names the article it is about."""
    return _TELLING.search(text) is not None


def article(page: BeautifulSoup) -> Record | None:
    """The article that `page` is about, or None where its head does not say."""
    said = _said(page)
    title = fields.title_of(_plain(_first(said, *_named("title", "title"))))
    journal = _first(said, *_JOURNAL)
    if not title or not ("citation_title" in said or journal or _first(said, "dc.creator", "dcterms.creator")):
        return None
    return named(
        Record(
            source="web_page",
            key="page",
            format="web_page",
            title=title,
            identifiers=_identifiers(said),
            contributors=_contributors(said),
            container=_plain(journal) or None,
            container_abbreviation=_plain(_first(said, "citation_journal_abbrev")) or None,
            year=next((year for each in _all(said, *_DATES) if (year := fields.year_of(each))), None),
            volume=_plain(_first(said, *_named("volume", "volume"))) or None,
            issue=_plain(_first(said, "citation_issue", "bepress_citation_issue", "prism.number", "prism.issue"))
            or None,
            pages=_pages(said),
            abstract=_abstract(said, page),
            language=language_of(_first(said, "citation_language", "dc.language", "dcterms.language")),
            publication_types=tuple(
                filter(None, [_plain(_first(said, "citation_article_type", "dc.type.articletype"))])
            ),
            subject_headings=_keywords(
                _all(said, "citation_keywords", "citation_keyword", "dc.subject", "prism.keyword")
            ),
            rights=_plain(_first(said, "dc.rights", "dcterms.rights", "prism.copyright")) or None,
        )
    )


_JOURNAL = (
    *("citation_journal_title", "bepress_citation_journal_title", "citation_inbook_title", "citation_book_title"),
    *("citation_conference_title", "prism.publicationname", "dc.relation.ispartof", "dc.source", "citation_publisher"),
)
_DATES = (
    *("citation_publication_date", "citation_date", "bepress_citation_date", "citation_cover_date", "citation_year"),
    *(
        "prism.publicationdate",
        "prism.coverdate",
        "dc.date",
        "dcterms.issued",
        "dc.date.issued",
        "citation_online_date",
    ),
)


def _named(name: str, core: str) -> tuple[str, ...]:
    return (
        f"citation_{name}",
        f"bepress_citation_{name}",
        f"prism.{core}",
        f"dc.{core}",
        f"dcterms.{core}",
        f"eprints.{core}",
    )


def _said(page: BeautifulSoup) -> Said:
    """The page's metadata by name, in lower case, `:` and `.` alike."""
    said: dict[str, list[str]] = {}
    for each in page.find_all("meta"):
        name = str(each.get("name") or each.get("property") or "").strip().lower().replace(":", ".")
        content = str(each.get("content") or "").strip()
        if name and content:
            said.setdefault(name, []).append(content)
    return said


def _first(said: Said, *names: str) -> str:
    return next((said[each][0] for each in names if each in said), "")


def _all(said: Said, *names: str) -> list[str]:
    return [value for each in names for value in said.get(each, ())]


def _plain(text: str) -> str:
    """A value without mark-up; some publishers put it there, escaped or not."""
    return normalise(html.unescape(_TAGS.sub("", html.unescape(text))))


def _contributors(said: Said) -> tuple[Contributor, ...]:
    one_each = _all(said, "citation_author", "bepress_citation_author")
    one_each = one_each or _all(said, "dc.creator", "dcterms.creator", "eprints.creators_name", "dc.contributor.author")
    lists = one_each or _all(said, "citation_authors", "dc.creators", "author")
    found: dict[Contributor, None] = {}
    for each in lists:
        found |= dict.fromkeys(people(_plain(each)))
    return tuple(found)


def _identifiers(said: Said) -> tuple[Identifier, ...]:
    dois = _all(said, "citation_doi", "bepress_citation_doi", "prism.doi", "dc.identifier", "dc.identifier.doi", "doi")
    doi = next((match.group() for each in dois if (match := _DOI.search(each))), None)
    pmid, pmcid = _first(said, "citation_pmid"), _first(said, "citation_pmcid")
    found = (
        identifier("pmid", pmid) if pmid else None,
        identifier("pmcid", pmcid) if pmcid else None,
        identifier("doi", doi) if doi else None,
    )
    return tuple(each for each in found if each is not None)


def _pages(said: Said) -> str | None:
    first = _plain(_first(said, "citation_firstpage", "bepress_citation_firstpage", "prism.startingpage"))
    last = _plain(_first(said, "citation_lastpage", "bepress_citation_lastpage", "prism.endingpage"))
    if first and last and first != last and "-" not in first:
        return fields.pages_of(f"{first}-{last}")
    return fields.pages_of(
        first or _plain(_first(said, "citation_pages", "prism.pagerange", "citation_article_number"))
    )


def _keywords(said: Iterable[str]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for each in said:
        parts = each.split(";") if ";" in each else _SEVERAL.split(each)
        found |= dict.fromkeys(word for part in parts if (word := _plain(part)))
    return tuple(found)


def _abstract(said: Said, page: BeautifulSoup) -> str | None:
    """The head's abstract if it is whole, else the body's, else what the head has."""
    in_head = _plain(
        _first(said, "citation_abstract", "dcterms.abstract", "dc.description.abstract", "eprints.abstract")
    )
    in_head = page_abstract.without_heading(in_head)
    if len(in_head) >= page_abstract.LEAST and not in_head.endswith(("…", "...")):
        return in_head
    return page_abstract.find(page) or in_head or None
