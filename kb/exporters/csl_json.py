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
from kb.exporters.lists import joined
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
    kind = kind_of(record)
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
    yield from ((name, reference.first(scheme)) for scheme, name in _PLACED)
    yield "URL", reference.url
    yield "language", record.language
    yield "keyword", joined(record.subject_headings)
    yield "abstract", record.abstract
    yield "note", "\n".join(notes.notes(reference, identifiers=reference.others(), types=record.publication_types))


def _name(contributor: Contributor) -> dict[str, str]:
    if contributor.role == "collective":
        return {"literal": line(contributor.family)}
    given = {"given": line(contributor.given)} if contributor.given else {}
    return {"family": line(contributor.family), **given}
