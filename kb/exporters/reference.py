"""What of a publication leaves the installation: the merged record, its abstract only as far as its rights allow.

Every format is written from a `Reference` and sees nothing else, so that none can let out more than another.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from kb.extraction import Extraction
from kb.overlay import standing
from kb.publication import Publication
from kb.record import Identifier, Record, Scheme
from kb.rights import Policy, outside, policy, told


class Reference(msgspec.Struct, frozen=True):
    """A publication as it leaves: its id here, its record, and its facts; `said` is what a curator says, in lines."""

    id: str
    record: Record
    facts: Extraction
    said: tuple[str, ...] = ()

    def values(self, scheme: Scheme) -> list[str]:
        """All identifiers of `scheme`: records that were merged may bring several."""
        return [each.value for each in self.record.identifiers if each.scheme == scheme]

    def first(self, scheme: Scheme) -> str:
        """The identifier of `scheme` that goes into the one field for it; empty where there is none."""
        return next(iter(self.values(scheme)), "")

    def others(self, *, whole: Iterable[Scheme] = ()) -> list[Identifier]:
        """The identifiers beside each first PMID, PMCID and DOI; those of the schemes `whole` all have their place."""
        placed = {(scheme, self.first(scheme)) for scheme in ("pmid", "pmcid", "doi")}
        said = (each for each in self.record.identifiers if each.scheme not in whole)
        return [each for each in said if (each.scheme, each.value) not in placed]

    @property
    def url(self) -> str | None:
        """Where a reader finds the publication: its DOI's address, else that of another identifier."""
        links = {each.scheme: each.url for each in reversed(self.record.identifiers)}
        return links.get("doi") or links.get("pmid") or links.get("pmcid")


def reference(publication: Publication, rights: Mapping[str, Policy]) -> Reference:
    """`publication` as it may leave under `rights`; talk around the citation, a person's worksheet and facts that
    somebody disputes stay."""
    record = publication.record
    allowed = policy(publication, rights)
    abstract = outside(record.abstract, allowed)
    sections = record.sections if abstract == record.abstract else ()
    released = msgspec.structs.replace(record, abstract=abstract, sections=sections, commentary=(), curated=None)
    return Reference(publication.id, released, told(standing(publication.facts), allowed))


def line(text: str) -> str:
    """`text` on one line: in no format here may a value begin a line of its own."""
    return " ".join(text.split())
