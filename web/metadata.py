"""What programs read on a publication's page: HighWire's `citation_*` tags, as Zotero and Google Scholar take them.

Rules: Zotero's translator "Embedded Metadata" (its list of names; a tag an author) and Google Scholar's guidelines for
webmasters (scholar.google.com/intl/en/scholar/inclusion.html: title, an author and a date are needed, first and last
page apart). No `citation_pdf_url`: we host no files. The abstract only where it may leave whole.
"""

from __future__ import annotations

from collections.abc import Iterator

from kb.citing import whole_pages
from kb.exporters.kinds import JOURNAL_ARTICLE, kind_of
from kb.exporters.reference import Reference, line

_CONTAINERS = {"chapter": "inbook_title", "paper-conference": "conference_title"}


def tags(reference: Reference, url: str, *, abstract: bool) -> tuple[tuple[str, str], ...]:
    """Names and contents of the tags of what may leave; `abstract`: what leaves of it is all of it."""
    return tuple((f"citation_{name}", line(str(value))) for name, value in _tags(reference, url, abstract) if value)


def _tags(reference: Reference, url: str, abstract: bool) -> Iterator[tuple[str, object]]:
    record = reference.record
    kind = kind_of(record)
    yield "title", record.title
    for each in record.contributors:
        if each.role != "editor":
            yield "author", f"{each.family}, {each.given}" if each.given else each.family
    yield "publication_date", record.year
    yield _CONTAINERS.get(kind.csl, "journal_title"), record.container
    if kind is JOURNAL_ARTICLE:
        yield "journal_abbrev", record.container_abbreviation
    yield "volume", record.volume
    yield "issue", record.issue
    first, _, last = whole_pages(record.pages or "").partition("-")
    ranged = last and not any(each in last for each in "-,;")
    yield "firstpage", first if ranged else record.pages
    yield "lastpage", last if ranged else None
    yield "doi", record.value_of("doi")
    yield "pmid", record.value_of("pmid")
    yield "language", record.language
    yield "keywords", "; ".join(each.replace(";", ",") for each in record.subject_headings)
    yield "abstract", record.abstract if abstract else None
    yield "public_url", url
    yield "abstract_html_url", url
