"""CSL-JSON, what citation processors and Zotero exchange.

Rules: the schema of CSL-JSON 1.0 (citationstyles.org): an array of items; a person has `family` and `given`, a group
is a `literal`; dates are `date-parts`; `note` holds lines. `keyword` is one string. All escaping is JSON's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from kb.exporters import notes
from kb.exporters.kinds import kind_of
from kb.exporters.reference import Reference, line
from kb.record import Contributor, Scheme
from kb.vocabulary import Vocabulary

_PLACED: tuple[tuple[Scheme, str], ...] = (("doi", "DOI"), ("pmid", "PMID"), ("pmcid", "PMCID"))


def write(references: Iterable[Reference], vocabulary: Vocabulary) -> Iterator[str]:
    """The references as one JSON array, an item at a time."""
    before = "[\n"
    for each in references:
        item = {name: value for name, value in _item(each) if value}
        yield before + msgspec.json.encode(item).decode()
        before = ",\n"
    yield "\n]\n" if before != "[\n" else "[]\n"


def _item(reference: Reference) -> Iterator[tuple[str, Any]]:
    record = reference.record
    kind, types = kind_of(record)
    yield "id", reference.id
    yield "type", kind.csl
    yield "title", line(record.title)
    yield "author", [_name(each) for each in record.contributors if each.role != "editor"]
    yield "editor", [_name(each) for each in record.contributors if each.role == "editor"]
    yield "container-title", record.container
    yield "container-title-short", record.container_abbreviation
    yield "issued", {"date-parts": [[record.year]]} if record.year is not None else None
    yield "volume", record.volume
    yield "issue", record.issue
    yield "page", record.pages
    placed = [(scheme, name, value) for scheme, name in _PLACED for value in reference.values(scheme)[:1]]
    yield from ((name, value) for _, name, value in placed)
    yield "URL", reference.url
    yield "language", record.language
    yield "keyword", "; ".join(map(line, record.subject_headings))
    yield "abstract", record.abstract
    said = {(scheme, value) for scheme, _, value in placed}
    others = [each for each in record.identifiers if (each.scheme, each.value) not in said]
    yield "note", "\n".join(notes.notes(reference, identifiers=others, types=types))


def _name(contributor: Contributor) -> dict[str, str]:
    if contributor.role == "collective":
        return {"literal": line(contributor.family)}
    given = {"given": line(contributor.given)} if contributor.given else {}
    return {"family": line(contributor.family), **given}
