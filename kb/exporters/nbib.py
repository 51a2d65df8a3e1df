"""NBIB, the MEDLINE format that PubMed saves and reference managers read.

Rules: nlm.nih.gov/bsd/mms/medlineelements.html: a tag of up to four letters padded to four columns, a hyphen and a
space; lines of about 88 columns, continued with six spaces; an empty line between records. The owner (`OWN`) is us:
what stands here is merged from several records and may lack its abstract, so that reading it back must not replace
PubMed's own record. Subject headings are `OT`, for a merged record no longer tells MeSH from authors' keywords.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from kb.exporters import notes
from kb.exporters.lists import name
from kb.exporters.reference import Reference, line
from kb.names import short_name
from kb.record import Contributor, Notice
from kb.vocabulary import Vocabulary

OWNER = "TOUCHSTONE"

_WIDTH = 82  # with the tag, 88
_NOTICES = {"retracted": "RIN", "retraction_notice": "ROF", "correction": "EIN", "expression_of_concern": "ECI"}
# How a registry's numbers begin, and its name in MEDLINE's list of data banks.
_REGISTRIES = {
    "NCT": "ClinicalTrials.gov",
    "ISRCTN": "ISRCTN",
    "ACTRN": "ANZCTR",
    "CHICTR": "ChiCTR",
    "CTRI": "CTRI",
    "DRKS": "DRKS",
    "IRCT": "IRCT",
    "JPRN": "JPRN",
    "KCT": "KCT",
    "NTR": "NTR",
    "PACTR": "PACTR",
    "RBR": "ReBEC",
    "RPCEC": "RPCEC",
    "SLCTR": "SLCTR",
    "TCTR": "TCTR",
    "UMIN": "UMIN CTR",
}


def write(references: Iterable[Reference], vocabulary: Vocabulary) -> Iterator[str]:
    """The references as MEDLINE text, a record at a time."""
    for each in references:
        fields = (_field(tag, value) for tag, value in _fields(each) if value)
        yield "".join((*fields, "\n"))


def _field(tag: str, value: str) -> str:
    said = line(value)
    if len(said) > _WIDTH:
        said = "\n      ".join(textwrap.wrap(said, _WIDTH, break_long_words=False, break_on_hyphens=False))
    return f"{tag:<4}- {said}\n"


def _fields(reference: Reference) -> Iterator[tuple[str, str]]:
    record = reference.record
    yield "PMID", reference.first("pmid")
    yield "OWN", OWNER
    yield "OID", reference.id
    yield "VI", record.volume or ""
    yield "IP", record.issue or ""
    yield "DP", str(record.year or "")
    yield "TI", record.title
    yield "PG", record.pages or ""
    yield from (("LID", f"{each} [doi]") for each in reference.values("doi"))
    yield "AB", record.abstract or ""
    yield "CI", record.rights or ""
    for each in record.contributors:
        yield from _names(each)
    yield "LA", record.language or ""
    registered = [(each, bank) for each in reference.values("registration") if (bank := _registry(each))]
    yield from (("SI", f"{bank}/{number}") for number, bank in registered)
    yield from (("PT", each) for each in record.publication_types)
    yield "TA", record.container_abbreviation or ""
    yield "JT", record.container or ""
    yield from ((_NOTICES[each.kind], each.text) for each in record.notices if _has_tag(each))
    yield from (("OT", each) for each in record.subject_headings)
    yield from (("PMC", each) for each in reference.values("pmcid"))
    others = [each for each in reference.others(whole=("pmcid", "doi")) if not _registry(each.value)]
    untagged = [each for each in record.notices if not _has_tag(each)]
    yield from (("GN", each) for each in notes.notes(reference, notices=untagged, identifiers=others, rights=False))


def _names(contributor: Contributor) -> Iterator[tuple[str, str]]:
    """A person's full name and the short one, a group's name."""
    if contributor.role == "collective":
        yield "CN", contributor.family
        return
    tag = "ED" if contributor.role == "editor" else "AU"
    yield f"F{tag}", name(contributor)
    yield tag, short_name(contributor)


def _has_tag(notice: Notice) -> bool:
    return notice.kind in _NOTICES and not (notice.link or notice.dated or notice.listed_by)


def _registry(number: str) -> str | None:
    return next((bank for beginning, bank in _REGISTRIES.items() if number.upper().startswith(beginning)), None)
