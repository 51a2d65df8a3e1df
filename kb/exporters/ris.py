"""RIS, which every reference manager reads.

Rules: the specification of Research Information Systems (2001): a tag of two characters, two spaces, a hyphen and a
space; lines end with CR LF; `TY` first, `ER` last; no line break within a value. A value is therefore one line here,
and nothing in it can begin a field. A group's name ends in a comma, as EndNote asks, so that it is not cut into
family and given names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kb.exporters import notes
from kb.exporters.kinds import JOURNAL_ARTICLE, kind_of
from kb.exporters.markup import text
from kb.exporters.reference import Reference, line
from kb.record import Contributor, Identifier
from kb.vocabulary import Vocabulary

_ESCAPED = str.maketrans({"%": "%25", '"': "%22"})
_PEOPLE = {"author": "AU", "collective": "AU", "editor": "A2"}


def write(references: Iterable[Reference], vocabulary: Vocabulary) -> Iterator[str]:
    """The references as RIS, a record at a time."""
    for each in references:
        fields = (f"{tag}  - {value}\r\n" for tag, value in _fields(each) if value)
        yield "".join((*fields, "ER  - \r\n\r\n"))


def _fields(reference: Reference) -> Iterator[tuple[str, str]]:
    record = reference.record
    kind, types = kind_of(record)
    yield "TY", kind.ris
    yield "TI", text(record.title)
    yield from ((_PEOPLE[each.role], _name(each)) for each in record.contributors)
    yield "JF" if kind is JOURNAL_ARTICLE else "T2", text(record.container or "")
    yield "J2", text(record.container_abbreviation or "")
    yield "PY", str(record.year or "")
    yield "VL", text(record.volume or "")
    yield "IS", text(record.issue or "")
    yield from _pages(record.pages)
    yield from (("M3", text(each)) for each in types if not _is_long(each))
    yield "AB", text(record.abstract or "")
    yield from (("KW", text(each)) for each in record.subject_headings)
    yield "LA", text(record.language or "")
    yield from _identifiers(reference)
    said = notes.notes(reference, identifiers=_others(reference), types=(each for each in types if _is_long(each)))
    yield from (("N1", text(each)) for each in said)


def _name(contributor: Contributor) -> str:
    if contributor.role == "collective":
        return f"{text(contributor.family)},"
    family = text(contributor.family.replace(",", " "))
    return f"{family}, {text(contributor.given or '')}" if contributor.given else family


def _pages(pages: str | None) -> Iterator[tuple[str, str]]:
    first, hyphen, last = line(pages or "").partition("-")
    if hyphen and first and last and "-" not in last:
        yield "SP", first
        yield "EP", last
    else:
        yield "SP", line(pages or "")


def _is_long(kind: str) -> bool:
    """Whether a type cannot stand in `M3`, where other programs put DOIs and whole phrases."""
    return len(kind) > 60 or "10." in kind


def _identifiers(reference: Reference) -> Iterator[tuple[str, str]]:
    yield from (("DO", each.translate(_ESCAPED)) for each in reference.values("doi")[:1])
    for each in reference.values("pmid")[:1]:
        yield "AN", each
        yield "DB", "PubMed"
    yield from (("C2", each) for each in reference.values("pmcid")[:1])
    yield "UR", (reference.url or "").translate(_ESCAPED)


def _others(reference: Reference) -> Iterator[Identifier]:
    """The identifiers for which RIS has no field: registrations, and a second one of a kind."""
    placed = {(scheme, value) for scheme in ("doi", "pmid", "pmcid") for value in reference.values(scheme)[:1]}
    return (each for each in reference.record.identifiers if (each.scheme, each.value) not in placed)
