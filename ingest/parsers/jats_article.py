"""One article of JATS, by its front matter, as a record.

Tag library: jats.nlm.nih.gov/archiving/tag-library/1.3; notices as JATS4R and PMC tag them. A record is called by its
PMCID, else its PMID or DOI.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import msgspec

from ingest.parsers import fields
from ingest.parsers.abstract_parts import joined
from ingest.parsers.imported import named
from ingest.parsers.jats_people import contributors
from ingest.parsers.jats_text import parts, words
from ingest.parsers.safe_xml import Element, all_stated, beginning, stated
from ingest.parsers.unreadable import Unreadable
from kb.record import Identifier, Notice, NoticeKind, Record, Scheme, Section, identifier

_HREF = "{http://www.w3.org/1999/xlink}href"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_SCHEMES: Mapping[str, Scheme] = {"pmid": "pmid", "pmc": "pmcid", "pmcid": "pmcid", "doi": "doi"}
_NOTICES: Mapping[str, NoticeKind] = {
    "retraction-forward": "retracted",
    "retraction": "retracted",
    "partial-retraction": "correction",
    "retracted-article": "retraction_notice",
    "correction-forward": "correction",
    "correction": "correction",
    "erratum": "correction",
    "concern-forward": "expression_of_concern",
    "expression-of-concern": "expression_of_concern",
}
_TYPES: Mapping[str, str] = {
    "research-article": "Journal Article",
    "review-article": "Review",
    "systematic-review": "Systematic Review",
    "case-report": "Case Reports",
    "editorial": "Editorial",
    "letter": "Letter",
    "correction": "Published Erratum",
    "retraction": "Retraction of Publication",
}
# What stands beside an abstract under the same name, and is none: pictures, teasers, lists, other readers' versions.
_NO_ABSTRACT = re.compile(
    r"graphic|teaser|toc|table-of|short|precis|highlight|key|video|.summary|plain|lay|synopsis|editor|web|author|take",
    re.IGNORECASE,
)
_YEARS = ("ppub", "collection", "epub-ppub", "pub", "epub", "ecorrected", "preprint", "")


def read(front: Element, article: Element, place: str) -> Record | Unreadable:
    """The record of an `article` by its `front`; `place` names it where it has no title."""
    meta, journal = front.find("article-meta"), front.find("journal-meta")
    title = _title(meta)
    if not title:
        return Unreadable(place, "no title", beginning(front), "Fetch the article again, or import its citation.")
    language = article.get(_LANG)
    kind = article.get("article-type", "")
    types = (_TYPES.get(kind, kind),) if kind else ()
    abstract, sections = _abstract(meta, language)
    record = Record(
        source="jats",
        key="",
        format="jats",
        title=title,
        identifiers=_identifiers(meta),
        contributors=tuple(contributors(meta)),
        container=_of_journal(journal, "journal-title-group/journal-title", "journal-title"),
        container_abbreviation=_of_journal(
            journal,
            "journal-id[@journal-id-type='nlm-ta']",
            "journal-id[@journal-id-type='iso-abbrev']",
            "journal-title-group/abbrev-journal-title",
            "abbrev-journal-title",
        ),
        year=_year(meta),
        volume=stated(meta, "volume"),
        issue=stated(meta, "issue"),
        pages=_pages(meta),
        abstract=abstract,
        sections=sections,
        language=language,
        publication_types=types,
        subject_headings=_headings(meta),
        notices=fields.with_types(_notices(meta), types),
        rights=_rights(meta),
    )
    key = record.value_of("pmcid") or record.value_of("pmid") or record.value_of("doi")
    return msgspec.structs.replace(record, key=key) if key else named(record)


def references(back: Element) -> tuple[Identifier, ...]:
    """What is cited, as the lists of references of an article's `back` name it, wherever they stand in it."""
    found: list[Identifier | None] = []
    for each in back.iterfind(".//ref-list//pub-id"):
        scheme = _SCHEMES.get(each.get("pub-id-type", ""))
        if scheme is not None:
            found.append(identifier(scheme, words(each)))
    return tuple(dict.fromkeys(each for each in found if each is not None))


def _title(meta: Element) -> str:
    group = meta.find("title-group")
    if group is None:
        return ""
    pieces = [words(group.find("article-title")), *(words(each) for each in group.iterfind("subtitle"))]
    whole = ": ".join(each.rstrip(": ") for each in pieces if each)
    return fields.title_of(whole or words(group.find("trans-title-group/trans-title")))


def _of_journal(journal: Element | None, *paths: str) -> str | None:
    return None if journal is None else stated(journal, *paths)


def _identifiers(meta: Element) -> tuple[Identifier, ...]:
    found: list[Identifier | None] = []
    for each in meta.iterfind("article-id"):
        scheme = _SCHEMES.get(each.get("pub-id-type", ""))
        if scheme is not None:
            found.append(identifier(scheme, words(each)))
    for each in meta.iterfind("related-object"):
        if each.get("document-id-type") == "clinical-trial-number":
            found.append(identifier("registration", each.get("document-id", "")))
    rank = {"pmid": 0, "pmcid": 1, "doi": 2}
    return tuple(sorted(dict.fromkeys(each for each in found if each), key=lambda each: rank.get(each.scheme, 3)))


def _year(meta: Element) -> int | None:
    """The year of the issue before that of the first sight online, as libraries cite it."""
    dates = {each.get("pub-type") or each.get("date-type") or "": each for each in reversed(meta.findall("pub-date"))}
    found = (dates[kind] for kind in (*_YEARS, *dates) if kind in dates)
    return next((year for each in found if (year := fields.year_of(stated(each, "year", "string-date") or ""))), None)


def _pages(meta: Element) -> str | None:
    first, last = stated(meta, "fpage"), stated(meta, "lpage")
    whole = stated(meta, "page-range") or (f"{first}-{last}" if first and last and first != last else first)
    return fields.pages_of(whole or stated(meta, "elocation-id") or "")


def _abstract(meta: Element, language: str | None) -> tuple[str | None, tuple[Section, ...]]:
    """The abstract in the article's language; pictures, teasers and lay summaries are none, nor is a translation."""
    candidates = [each for each in meta.iterfind("abstract") if not _NO_ABSTRACT.search(each.get("abstract-type", ""))]
    candidates.sort(key=lambda each: (each.get(_LANG, language) != language, bool(each.get("abstract-type"))))
    return joined(parts(candidates[0])) if candidates else (None, ())


def _headings(meta: Element) -> tuple[str, ...]:
    groups = (each for each in meta.iterfind("kwd-group") if "abbr" not in each.get("kwd-group-type", ""))
    return tuple(dict.fromkeys(word for group in groups for word in all_stated(group, ".//kwd")))


def _notices(meta: Element) -> Iterator[Notice]:
    for each in meta.iterfind("related-article"):
        kind = _NOTICES.get(each.get("related-article-type", ""))
        if kind is not None:
            where = each.get(_HREF) or ":".join(each.get(name, "") for name in ("vol", "page") if each.get(name))
            text = ". ".join(part for part in (words(each), where) if part)
            doi = identifier("doi", each.get(_HREF) or "")
            yield Notice(kind, text or each.get("related-article-type"), doi.url if doi else None)


def _rights(meta: Element) -> str | None:
    """The copyright and the licence: its words where it has any, and its address, which is what programs read."""
    permissions = meta.find("permissions")
    source = meta if permissions is None else permissions
    said = [stated(source, "copyright-statement")]
    for licence in source.iterfind("license"):
        address = licence.get(_HREF) or stated(licence, "license_ref")
        text = stated(licence, "license-p", "p")
        said += [text, address if address and address not in (text or "") else None]
    return " ".join(dict.fromkeys(each for each in said if each)) or None
