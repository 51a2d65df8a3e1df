"""Europe PMC's search results (JSON, `resultType=core`), as its RESTful service sends them.

The service relays PubMed's records (source MED) and adds preprints (PPR) and what only PubMed Central has (PMC). A
record keeps Europe PMC's own number and source as its key; its PMID lets it join PubMed's record of the same
publication. Abstracts may hold HTML: headings become labels, other mark-up goes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from ingest.errors import UnreadablePayloadError
from ingest.parsers import fields
from ingest.parsers.decoding import normalise
from ingest.parsers.inline_markup import plain
from ingest.parsers.unreadable import Unreadable, excerpt
from kb.record import Contributor, Identifier, Notice, NoticeKind, Payload, Record, identifier
from kb.vocabulary import Vocabulary

_BEGINNING = re.compile(r'\A\s*\{.{0,2000}?"resultList"\s*:', re.DOTALL)
_HEADING = re.compile(r"<h\d>\s*([^<>]{1,80}?)\s*:?\s*</h\d>", re.IGNORECASE)
_NOTICES: dict[str, NoticeKind] = {
    "retraction in": "retracted",
    "retraction of": "retraction_notice",
    "erratum in": "correction",
    "expression of concern in": "expression_of_concern",
}


class _Journal(msgspec.Struct, frozen=True):
    title: str | None = None
    isoabbreviation: str | None = None


class _JournalInfo(msgspec.Struct, frozen=True):
    journal: _Journal | None = None
    volume: str | None = None
    issue: str | None = None


class _Author(msgspec.Struct, frozen=True):
    lastName: str | None = None
    firstName: str | None = None
    initials: str | None = None
    collectiveName: str | None = None


class _Authors(msgspec.Struct, frozen=True):
    author: tuple[_Author, ...] = ()


class _Types(msgspec.Struct, frozen=True):
    pubType: tuple[str, ...] = ()


class _Correction(msgspec.Struct, frozen=True):
    type: str = ""
    reference: str = ""


class _Corrections(msgspec.Struct, frozen=True):
    commentCorrection: tuple[_Correction, ...] = ()


class _Book(msgspec.Struct, frozen=True):
    title: str | None = None


class _Result(msgspec.Struct, frozen=True):
    id: str
    source: str
    title: str = ""
    pmid: str | None = None
    pmcid: str | None = None
    doi: str | None = None
    authorList: _Authors = _Authors()
    authorString: str = ""
    journalInfo: _JournalInfo = _JournalInfo()
    bookOrReportDetails: _Book | None = None
    pubYear: str | None = None
    pageInfo: str | None = None
    abstractText: str | None = None
    language: str | None = None
    license: str | None = None
    pubTypeList: _Types = _Types()
    commentCorrectionList: _Corrections = _Corrections()


class _List(msgspec.Struct, frozen=True):
    result: tuple[msgspec.Raw, ...] = ()


class _Page(msgspec.Struct, frozen=True):
    resultList: _List = _List()


def recognises(text: str) -> bool:
    """Whether `text` begins as a page of Europe PMC's results."""
    return bool(_BEGINNING.match(text[:4_096]))


def parse(payload: Payload, text: str, vocabulary: Vocabulary) -> Iterator[Record | Unreadable]:
    """The records of a page in order; one without title, or of another shape, as `Unreadable`."""
    try:
        page = msgspec.json.decode(text, type=_Page)
    except (msgspec.DecodeError, RecursionError) as error:
        remedy = "Fetch the page again."
        raise UnreadablePayloadError(payload.key, f"it is no whole page of Europe PMC ({error})", remedy) from error
    for number, raw in enumerate(page.resultList.result, 1):
        place = f"{payload.key}, result {number}"
        try:
            found = msgspec.json.decode(raw, type=_Result)
        except (msgspec.DecodeError, RecursionError) as error:
            yield Unreadable(place, str(error), excerpt(bytes(raw).decode("utf-8", "replace")))
            continue
        yield _record(found, place)


def _record(found: _Result, place: str) -> Record | Unreadable:
    title = fields.title_of(plain(found.title))
    if not title:
        return Unreadable(place, "no title", excerpt(f"{found.source} {found.id} {found.authorString}"))
    journal = found.journalInfo.journal or _Journal()
    book = found.bookOrReportDetails.title if found.bookOrReportDetails else None
    types = tuple(found.pubTypeList.pubType)
    notices = (
        Notice(_NOTICES[each.type.casefold()], normalise(each.reference) or each.type)
        for each in found.commentCorrectionList.commentCorrection
        if each.type.casefold() in _NOTICES
    )
    return Record(
        source="europe_pmc",
        key=f"{found.source}:{found.id}",
        format="europe_pmc",
        title=title,
        identifiers=_identifiers(found),
        contributors=_contributors(found),
        container=normalise(journal.title or book or "") or None,
        container_abbreviation=journal.isoabbreviation,
        year=fields.year_of(found.pubYear or ""),
        volume=found.journalInfo.volume,
        issue=found.journalInfo.issue,
        pages=fields.pages_of(found.pageInfo) if found.pageInfo else None,
        abstract=_abstract(found.abstractText),
        language=found.language,
        publication_types=types,
        notices=fields.with_types(notices, types),
        rights=found.license,
    )


def _identifiers(found: _Result) -> tuple[Identifier, ...]:
    made = (
        identifier("pmid", found.pmid) if found.pmid else None,
        identifier("pmcid", found.pmcid) if found.pmcid else None,
        identifier("doi", found.doi) if found.doi else None,
    )
    return tuple(each for each in made if each is not None)


def _contributors(found: _Result) -> tuple[Contributor, ...]:
    people = [
        fields.collective(each.collectiveName)
        if each.collectiveName
        else fields.person(f"{each.lastName or ''}, {each.firstName or each.initials or ''}")
        for each in found.authorList.author
    ]
    people = people or [fields.person(each) for each in found.authorString.rstrip(".").split(", ")]
    return tuple(each for each in people if each is not None)


def _abstract(text: str | None) -> str | None:
    labelled = _HEADING.sub(lambda heading: f" {heading[1].upper()}: ", text or "")
    return plain(labelled) or None
