"""The Retraction Watch list (CSV), owned by Crossref: what was retracted, corrected, doubted or reinstated, and why.

Columns as in Crossref's public copy of the list (its README): the paper by DOI ("unavailable" occurs) and PubMed
number ("0" stands for none), the notice by the same, `RetractionNature`, `RetractionDate` as month/day/year with an
hour, `Reason` as "+Reason;" run together. A row is an annotation: it adds its notice to a publication that is here
and founds none, since the list has tens of thousands of papers from all fields.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from datetime import date, datetime
from io import StringIO

from ingest.parsers import fields
from ingest.parsers.decoding import normalise
from ingest.parsers.unreadable import Unreadable, excerpt
from kb.record import Contributor, Identifier, Notice, NoticeKind, Payload, Record, identifier
from kb.vocabulary import Vocabulary

_COLUMNS = ("Record ID", "Title", "OriginalPaperDOI", "OriginalPaperPubMedID", "RetractionNature")
_NATURES: dict[str, NoticeKind] = {
    "retraction": "retracted",
    "correction": "correction",
    "expression of concern": "expression_of_concern",
    "reinstatement": "reinstated",
}
_REASON = re.compile(r"\+?([^;+]{2,200});?")
_REPLACED = re.compile(r"retract and replace", re.IGNORECASE)

Row = dict[str, str]


def recognises(text: str) -> bool:
    """Whether `text` begins with the list's heading."""
    return all(column in text.partition("\n")[0] for column in _COLUMNS)


def parse(payload: Payload, text: str, vocabulary: Vocabulary) -> Iterator[Record | Unreadable]:
    """The rows in order; one that names no paper, or a nature that is not known, as `Unreadable`."""
    for number, row in enumerate(csv.DictReader(StringIO(text)), 2):
        told = {name: normalise(value) for name, value in row.items() if name and isinstance(value, str)}
        yield _record(told, f"{payload.key}, line {number}")


def _record(row: Row, place: str) -> Record | Unreadable:
    identifiers = _identifiers(row)
    kind = _NATURES.get(row.get("RetractionNature", "").casefold())
    title, key = fields.title_of(row.get("Title", "")), row.get("Record ID", "")
    if kind is None or not title or not key:
        return Unreadable(place, "no known nature, title or number", excerpt(" ".join(row.values())))
    reason = ", ".join(_REASON.findall(row.get("Reason", "")))
    if kind == "retracted" and _REPLACED.search(reason):
        kind = "retracted_and_replaced"
    notice = Notice(kind, reason or kind, _link(row), _day(row.get("RetractionDate", "")), "Retraction Watch")
    people = (_person(each) for each in row.get("Author", "").split(";"))
    return Record(
        source="retraction_watch",
        key=key,
        format="retraction_watch",
        title=title,
        identifiers=identifiers,
        contributors=tuple(each for each in people if each is not None),
        container=row.get("Journal") or None,
        year=fields.year_of(row.get("OriginalPaperDate", "")),
        notices=(notice,),
        annotation=True,
    )


def _person(name: str) -> Contributor | None:
    """Names stand as "Given Middle Family"."""
    given, _, family = name.strip().rpartition(" ")
    return fields.person(f"{family}, {given}")


def _identifiers(row: Row) -> tuple[Identifier, ...]:
    made = (
        identifier("pmid", row.get("OriginalPaperPubMedID", "")),
        identifier("doi", row.get("OriginalPaperDOI", "")),
    )
    return tuple(each for each in made if each is not None)


def _link(row: Row) -> str | None:
    found = identifier("doi", row.get("RetractionDOI", "")) or identifier("pmid", row.get("RetractionPubMedID", ""))
    return found.url if found else None


def _day(text: str) -> date | None:
    try:
        return datetime.strptime(text.partition(" ")[0], "%m/%d/%Y").date()
    except ValueError:
        return None
