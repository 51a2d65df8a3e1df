"""CSL-JSON, what citation processors and Zotero exchange.

Rules: the schema of CSL-JSON 1.0 (citationstyles.org): an array of items; a person has `family` and `given`, a group
is a `literal`; dates are `date-parts`; `note` holds lines. `keyword` is one string. All escaping is JSON's own.
Initials have stops and a rank is the `suffix`, as processors want them; `custom`, which the schema has for what has no
other place, says how such a name is stored.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec

from kb.exporters import notes
from kb.exporters.kinds import kind_of
from kb.exporters.lists import joined
from kb.exporters.reference import Reference, line
from kb.names import parted_given
from kb.record import Contributor, Scheme
from kb.vocabulary import Vocabulary

_PLACED: tuple[tuple[Scheme, str], ...] = (("doi", "DOI"), ("pmid", "PMID"), ("pmcid", "PMCID"))


def write(references: Iterable[Reference], vocabulary: Vocabulary) -> Iterator[str]:
    """The references as one JSON array, an item at a time."""
    before = "[\n"
    for each in references:
        yield before + msgspec.json.encode(item(each)).decode()
        before = ",\n"
    yield "\n]\n" if before != "[\n" else "[]\n"


def item(reference: Reference) -> dict[str, Any]:
    """A reference as an item, of what is stated."""
    return {name: value for name, value in _item(reference) if value}


def _item(reference: Reference) -> Iterator[tuple[str, Any]]:
    record = reference.record
    kind = kind_of(record)
    yield "id", reference.id
    yield "type", kind.csl
    yield "title", line(record.title)
    authors = [each for each in record.contributors if each.role != "editor"]
    editors = [each for each in record.contributors if each.role == "editor"]
    yield "author", [_name(each) for each in authors]
    yield "editor", [_name(each) for each in editors]
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
    yield "custom", {name: kept for name, of in (("author", authors), ("editor", editors)) if (kept := _kept(of))}


def _name(contributor: Contributor) -> dict[str, str]:
    if contributor.role == "collective":
        return {"literal": line(contributor.family)}
    given, rank = parted_given(contributor.given)
    said = {"family": line(contributor.family), "given": given, "suffix": rank}
    return {name: value for name, value in said.items() if value or name == "family"}


def _kept(contributors: Sequence[Contributor]) -> dict[str, str]:
    """The given names as they are stored, by place, of those that are written otherwise."""
    stored = ((place, line(each.given or "")) for place, each in enumerate(contributors) if each.role != "collective")
    return {str(place): given for place, given in stored if parted_given(given) != (given, "")}
