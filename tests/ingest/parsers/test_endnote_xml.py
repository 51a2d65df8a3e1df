"""EndNote XML: where programs' exports differ from each other. All references here are invented."""

from __future__ import annotations

import pytest

from ingest.parsers import endnote_xml
from kb.record import Record
from tests.ingest.parsers.conftest import Read

TITLES = "<titles><title>Invented</title></titles>"


def library(inside: str, kind: str = "Journal Article") -> str:
    titles = "" if "<titles>" in inside else TITLES
    return f"<xml><records><record><ref-type name='{kind}'>0</ref-type>{titles}{inside}</record></records></xml>"


def titles(second: str) -> str:
    return f"<titles><title>Invented</title>{second}</titles>"


@pytest.mark.parametrize(
    ("inside", "field", "value"),
    [
        ("<dates><year/><pub-dates><date>3 May 2004</date></pub-dates></dates>", "year", 2004),
        ("<dates><year>in press</year></dates>", "year", None),
        (titles("<secondary-title>J</secondary-title>"), "container", "J"),
        (titles("<alt-title>J</alt-title>"), "container", "J"),
        (
            titles("") + "<periodical><full-title>J</full-title><abbr-1>J</abbr-1></periodical>",
            "container_abbreviation",
            None,
        ),
        (
            titles("<secondary-title>J Inv</secondary-title><alt-title>Journal Invented</alt-title>"),
            "container",
            "Journal Invented",
        ),
        (
            titles("<secondary-title>J Inv</secondary-title><alt-title>Journal Invented</alt-title>"),
            "container_abbreviation",
            "J Inv",
        ),
        ("<titles><title/><short-title>Short</short-title></titles>", "title", "Short"),
        ("<abstract>One\n      two.&#xD;Three.</abstract>", "abstract", "One two.\nThree."),
        ("<electronic-resource-num>doi: 10.5555/A.1 [doi]</electronic-resource-num>", "key", "10.5555/a.1"),
        (
            "<urls><related-urls><url>https://pubmed.ncbi.nlm.nih.gov/990000101/</url></related-urls></urls>",
            "key",
            "990000101",
        ),
        ("<urls><related-urls><url>https://a.example/10.1234/x</url></related-urls></urls>", "identifiers", ()),
        ("<accession-num>990000101</accession-num>", "identifiers", ()),
        (
            "<accession-num>990000101</accession-num><remote-database-name>PubMed</remote-database-name>",
            "key",
            "990000101",
        ),
        ("<accession-num>PMID: 990000101</accession-num>", "key", "990000101"),
        (
            "<accession-num>WOS:000990000101</accession-num><remote-database-name>Medline</remote-database-name>",
            "identifiers",
            (),
        ),
        ("<work-type>Review&#xD;Journal Article</work-type>", "publication_types", ("Journal Article", "Review")),
    ],
)
def test_fields(inside: str, field: str, value: object, read: Read) -> None:
    (record,) = read(library(inside))
    assert getattr(record, field) == value


@pytest.mark.parametrize(
    ("authors", "people"),
    [
        ("<author>Wolle, T.</author>", [("Wolle", "T.")]),
        ("<author>Wolle TA</author>", [("Wolle", "TA")]),
        ("<author>Wolle, Tess, Jr</author>", [("Wolle", "Tess Jr")]),
        ("<author>Weavers of the World</author>", [("Weavers of the World", None)]),
        ("<author>Weavers Group,</author>", [("Weavers Group", None)]),
        ("<author>Wolle, T.&#xD;Spindle, E.</author>", [("Wolle", "T."), ("Spindle", "E.")]),
        ("<author>Wolle, T.; Spindle, E.</author>", [("Wolle", "T."), ("Spindle", "E.")]),
        ("<author/><author><style> </style></author>", []),
    ],
)
def test_names(authors: str, people: list[tuple[str, str | None]], read: Read) -> None:
    (record,) = read(library(f"<contributors><authors>{authors}</authors></contributors>"))
    assert isinstance(record, Record)
    assert [(each.family, each.given) for each in record.contributors] == people


@pytest.mark.parametrize(
    ("kind", "container"), [("Book", None), ("Thesis", None), ("Book Section", "X"), ("Web Page", None)]
)
def test_what_the_second_title_means(kind: str, container: str | None, read: Read) -> None:
    (record,) = read(library(titles("<secondary-title>X</secondary-title>"), kind))
    assert isinstance(record, Record)
    assert record.container == container


@pytest.mark.parametrize(
    "other", ["<OAI-PMH><record><contributors/></record></OAI-PMH>", "<records><record><leader/></record></records>"]
)
def test_other_documents_of_records_are_not_taken_for_it(other: str) -> None:
    assert not endnote_xml.recognises(other)


def test_two_titles_under_one_doi_stay_two(read: Read) -> None:
    number = "<electronic-resource-num>10.5555/supplement.1</electronic-resource-num>"
    one = library(number)
    two = one.replace("Invented", "Another").removeprefix("<xml><records>")
    first, second = read(one.replace("</records></xml>", two))
    assert isinstance(first, Record)
    assert isinstance(second, Record)
    assert first.key == "10.5555/supplement.1" != second.key
