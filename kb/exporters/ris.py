"""RIS, which every reference manager reads.

Rules: the specification of Research Information Systems (2001): a tag of two characters, two spaces, a hyphen and a
space; lines end with CR LF; `TY` first, `ER` last; no line break within a value. A value is therefore one line here,
and nothing in it can begin a field. A group's name ends in a comma, as EndNote asks, so that it is not cut into
family and given names (see `lists`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kb.exporters import notes
from kb.exporters.kinds import JOURNAL_ARTICLE, kind_of
from kb.exporters.lists import name
from kb.exporters.reference import Reference, line
from kb.vocabulary import Vocabulary

_PEOPLE = {"author": "AU", "collective": "AU", "editor": "A2"}


def write(references: Iterable[Reference], vocabulary: Vocabulary) -> Iterator[str]:
    """The references as RIS, a record at a time."""
    for each in references:
        fields = (f"{tag}  - {value}\r\n" for tag, value in _fields(each) if value)
        yield "".join((*fields, "ER  - \r\n\r\n"))


def _fields(reference: Reference) -> Iterator[tuple[str, str]]:
    record = reference.record
    kind = kind_of(record)
    yield "TY", kind.ris
    yield "TI", line(record.title)
    yield from ((_PEOPLE[each.role], name(each)) for each in record.contributors)
    yield "JF" if kind is JOURNAL_ARTICLE else "T2", line(record.container or "")
    yield "J2", line(record.container_abbreviation or "")
    yield "PY", str(record.year or "")
    yield "VL", line(record.volume or "")
    yield "IS", line(record.issue or "")
    yield from _pages(record.pages)
    yield "AB", line(record.abstract or "")
    yield from (("KW", line(each)) for each in record.subject_headings)
    yield "LA", line(record.language or "")
    yield "DO", reference.first("doi")
    yield "AN", reference.first("pmid")
    yield "DB", "PubMed" if reference.values("pmid") else ""
    yield "C2", reference.first("pmcid")
    yield "UR", reference.url or ""
    said = notes.notes(reference, identifiers=reference.others(), types=record.publication_types)
    yield from (("N1", each) for each in said)


def _pages(pages: str | None) -> Iterator[tuple[str, str]]:
    first, hyphen, last = line(pages or "").partition("-")
    if hyphen and first and last and "-" not in last:
        yield "SP", first
        yield "EP", last
    else:
        yield "SP", line(pages or "")
