"""INVENTED publications for the tests of exports: no study, person, journal or number of them exists."""

from __future__ import annotations

from datetime import date

from kb.extraction import Extraction, Finding, Outcome, Sample
from kb.publication import FieldSource, Publication
from kb.record import Contributor, Identifier, Notice, Record

ABSTRACT = (
    "METHODS: Forty weavers, 50% of them {women}, had massage & rest_at_work. RESULTS: Pain fell (p < .05). " * 6
).strip()

WEAVERS = Record(
    source="pubmed",
    key="990000001",
    format="medline",
    title="DNA & massage in {invented} weavers: 5% \\ of $10, a_b^c~d #1 -- \"quoted\" ''twice''",
    identifiers=(
        Identifier("pmid", "990000001"),
        Identifier("doi", "10.5555/weavers(2011)_1%3c"),
        Identifier("pmcid", "PMC9900001"),
        Identifier("registration", "NCT99000001"),
        Identifier("registration", "OWN-REGISTER-7"),
        Identifier("pmid", "990000009"),
    ),
    contributors=(
        Contributor("de la Weaver", "Wilma J"),
        Contributor("Loom and Shuttle", "Ann"),
        Contributor("Mononym"),
        Contributor("Kim AB"),
        Contributor("Weavers, Dyers and Spinners Group (WDSG)", None, "collective"),
        Contributor("Editor", "Ed", "editor"),
    ),
    container="Journal of invented trials (Hoboken, N.J.)",
    container_abbreviation="J Invent Trials",
    year=2011,
    volume="3",
    issue="Suppl 1",
    pages="101-109",
    abstract=ABSTRACT,
    language="eng",
    publication_types=("Journal Article", "Randomized Controlled Trial", "Research Support, N.I.H., Extramural"),
    subject_headings=("Massage", "Pain, Chronic", "weaving; by hand", "*Looms"),
    notices=(
        Notice("retracted", "J Invent Trials. 2013;5:1. PMID: 990000199 doi: 10.5555/retraction"),
        Notice(
            "expression_of_concern",
            "Doubts | about || data",
            link="https://example.org/a|b",
            dated=date(2012, 3, 4),
            listed_by="An Invented List",
        ),
        Notice("withdrawn", "by its authors"),
    ),
    summary="Forty weavers said that pain fell.",
)
BARE = Record(source="invented", key="1", format="citation_text", title="Only a title")
FACTS = Extraction(
    version="invented",
    design=Finding("rct"),
    sample=Sample(n=Finding(40)),
    outcomes=(Finding(Outcome("pain", "down", "between_groups", polarity="low", versus="rest", p="p < .05")),),
)


def publication(record: Record, facts: Extraction = FACTS, id: str = "weaver-2011-dna-massage") -> Publication:
    """`record` as a publication of its own."""
    source = FieldSource("abstract", record.source, record.key)
    return Publication(
        id=id, revision=1, record=record, sources=(source,), members=(record,), machine=facts, facts=facts
    )
