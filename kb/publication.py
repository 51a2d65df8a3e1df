"""What a reader sees: the records that are one publication, merged, with its facts.

Sources differ in how well they know a publication. Each field is taken from the most trusted record
that states it, whole (never spliced), and the winner's name is kept, so that a page can say where a
field came from.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

import msgspec

from kb.amendments.types import Correction
from kb.extraction import Extraction, Finding, findings
from kb.identity import identity_keys
from kb.record import Record

__all__ = ["AUTHORITY", "FieldSource", "Publication", "identity_keys", "merge", "rank", "slug"]

# Most trusted first. PubMed's own record is edited by NLM; a curated entry was checked by a person against the
# document; databases know more than what passed through a reference manager and many hands; a citation typed into
# a page is the least reliable (wrong volumes, misspelt names).
AUTHORITY = tuple(
    "pubmed_xml medline europe_pmc jats corpus pubmed_abstract oai_dc ovid wos pubmed_summary endnote_xml csl_json "
    "mods ris refworks bibtex enw web_page csv_table xlsx_table portal_text citation_text web_list "
    "retraction_watch".split()
)

_ONE_WINNER = (
    "title",
    "contributors",
    "container",
    "container_abbreviation",
    "year",
    "volume",
    "issue",
    "pages",
    "language",
    "publication_types",
    "subject_headings",
    "summary",
    "curated",
)
_GATHERED = ("identifiers", "notices", "commentary", "references", "includes")
_STOP = frozenset("a an and as at by for from in is of on or the to with".split())


class FieldSource(msgspec.Struct, frozen=True):
    """The record that a merged field was taken from."""

    field: str
    source: str
    key: str


class Publication(msgspec.Struct, frozen=True, kw_only=True):
    """One publication as merged from `members`. `record` is the merged view, `facts` what is shown and counted.

    `corrections` are what curators said of single facts, as far as it stands, oldest first; they are in `facts`.
    """

    id: str
    revision: int
    record: Record
    sources: tuple[FieldSource, ...]
    members: tuple[Record, ...]
    machine: Extraction
    facts: Extraction
    corrections: tuple[Correction, ...] = ()

    @property
    def only_cited(self) -> bool:
        """Whether nothing is held but the citation: no abstract, and no fact from anywhere but the title."""
        return not self.record.abstract and all(each.place == "title" for _, each in findings(self.facts))

    def quote(self, finding: Finding[Any]) -> str | None:
        """The stored words behind one of the publication's findings."""
        return finding.quote(self.record.abstract, self.record.title)


def rank(record: Record) -> tuple[int, str, str]:
    """Sort key: the most trusted record first, annotations last; ties broken by name so that the order never varies."""
    place = AUTHORITY.index(record.format) if record.format in AUTHORITY else len(AUTHORITY)
    return (place + record.annotation * 100, record.source, record.key)


def merge(members: Sequence[Record]) -> tuple[Record, tuple[FieldSource, ...]]:
    """The merged record of `members` (at least one), and where each of its fields came from.

    The abstract travels with its sections and with what its own record says of rights: another record's licence is
    for another text. Identifiers, notices, commentary and references are gathered from all: no source's list of
    references is sure to be whole, they name one work by different identifiers, and what any says is cited is cited.
    """
    ordered = sorted(members, key=rank)
    values: dict[str, object] = {}
    sources: list[FieldSource] = []
    for name in _ONE_WINNER:
        winner = next((each for each in ordered if getattr(each, name) not in (None, ())), None)
        if winner is not None:
            values[name] = getattr(winner, name)
            sources.append(FieldSource(name, winner.source, winner.key))
    spoken = next((each for each in ordered if each.abstract), None)
    licensed = spoken or next((each for each in ordered if each.rights), ordered[0])
    values["rights"] = licensed.rights
    if licensed.rights:
        sources.append(FieldSource("rights", licensed.source, licensed.key))
    if spoken is not None:
        values |= {"abstract": spoken.abstract, "sections": spoken.sections}
        sources.append(FieldSource("abstract", spoken.source, spoken.key))
    return (
        msgspec.structs.replace(
            ordered[0],
            **values,
            **{name: _gathered(ordered, name) for name in _GATHERED},
        ),
        tuple(sources),
    )


def _gathered(ordered: Sequence[Record], name: str) -> tuple[object, ...]:
    """What all records say in the field `name`, each thing once, the most trusted record's first."""
    return tuple(dict.fromkeys(each for record in ordered for each in getattr(record, name)))


def slug(record: Record) -> str:
    """A readable id for a publication founded by `record`: `field-2002-fibromyalgia-pain-substance-p`.

    First author's family name, year, first four words of the title that carry meaning; ASCII only. A
    title in another script has a digest in place of words.
    """
    family = _ascii_words(record.contributors[0].family) if record.contributors else []
    words = [each for each in _ascii_words(record.title) if each not in _STOP][:4]
    if not words:
        words = [sha256(record.title.encode()).hexdigest()[:8]]
    year = str(record.year) if record.year is not None else "undated"
    return "-".join(["".join(family)[:24] or "anonymous", year, *(each[:20] for each in words)])


def _ascii_words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", re.sub("['’]", "", text)).encode("ascii", "ignore").decode()
    return re.findall(r"[a-z0-9]+", plain.lower())
