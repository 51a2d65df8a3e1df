"""Where a DOI, a PMID or a PMCID hides, and where one must not be taken for another publication's. All invented."""

from __future__ import annotations

import pytest

from ingest.parsers.hidden_identifiers import identifiers


def values(**given: list[str]) -> list[str]:
    return [each.value for each in identifiers(**given)]


@pytest.mark.parametrize(
    "text",
    [
        "10.5555/inv.1",
        "doi:10.5555/inv.1",
        "DOI 10.5555/INV.1.",
        "https://doi.org/10.5555/inv.1",
        "http://dx.doi.org/10.5555%2Finv.1",
        "10.5555/inv.1     LK  - https://invented.example",
    ],
)
def test_a_doi_in_its_field(text: str) -> None:
    assert values(dois=[text]) == ["10.5555/inv.1"]


@pytest.mark.parametrize(
    "text",
    [
        "10.5555/inv.1",
        "Invented note; doi: 10.5555/inv.1, epub ahead of print",
        "https://doi.org/10.5555/inv.1",
        "https://dx.doi.org/10.5555/inv.1?journal=x",
        "https://invented.example/doi/full/10.5555/inv.1",
        "https://invented.example/doi/10.5555/inv.1",
        "https://invented.example/articles/10.5555/inv.1/full",
        "https://invented.example/record?eid=2-s2.0-1&doi=10.5555%2finv.1&partnerID=40",
        "https://invented.example/link?id=doi:10.5555%2Finv.1&atitle=x",
        "(doi: 10.5555/inv.1)",
    ],
)
def test_a_doi_elsewhere(text: str) -> None:
    assert values(places=[text]) == ["10.5555/inv.1"]


@pytest.mark.parametrize(
    "text",
    [
        "https://pubmed.ncbi.nlm.nih.gov/990000501/",
        "http://www.ncbi.nlm.nih.gov/pubmed/990000501",
        "https://europepmc.org/article/MED/990000501",
        "990000501[pmid]",
        "PMID: 990000501",
        "PUBMED 990000501",
        "Accession Number: 104000001; NLM UID: 9900; PMID: NLM990000501. Language: English",
        "MEDLINE:990000501",
        "http://invented.example/res?id=pmid:990000501&id=doi:&issn=",
    ],
)
def test_a_pmid_elsewhere(text: str) -> None:
    assert values(places=[text]) == ["990000501"]


@pytest.mark.parametrize(
    "text",
    ["PMC9900501", "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC9900501/", "PMC9900501[pmcid]", "PMCID: PMC9900501"],
)
def test_a_pmcid_elsewhere(text: str) -> None:
    assert values(places=[text]) == ["PMC9900501"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "rayyan-264552525",
        "WOS:000444108200009",
        "MEDLINE AN 2009142766",
        "erratum of invented work 10.5555/other.work",
        "version 10.1 of 5555/x",
        "Accession Number: 176404503",
    ],
)
def test_what_is_none(text: str) -> None:
    assert values(places=[text]) == []


def test_what_its_own_field_says_counts() -> None:
    assert values(dois=["10.5555/mine"], places=["https://doi.org/10.5555/other"]) == ["10.5555/mine"]


def test_brackets_that_belong_to_it_stay() -> None:
    assert values(dois=["(10.5555/s0027(15)31340-7)."]) == ["10.5555/s0027(15)31340-7"]
