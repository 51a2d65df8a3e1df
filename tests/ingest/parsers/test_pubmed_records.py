"""What PubMed's two formats say of one invented record, and where real files differ from the manual."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.parsers import Unreadable
from kb.record import Record
from tests.ingest.parsers.conftest import Read

GOLDEN = Path(__file__).parent / "golden"


def only(items: list[Record | Unreadable]) -> Record:
    (record,) = items
    assert isinstance(record, Record)
    return record


def test_both_formats_name_a_record_alike(read: Read) -> None:
    tagged, marked = (read((GOLDEN / name).read_bytes())[0] for name in ("medline_full.nbib", "pubmed_articles.xml"))
    assert isinstance(tagged, Record)
    assert isinstance(marked, Record)
    for name in ("source", "key", "identifiers", "container", "container_abbreviation", "year", "volume", "issue"):
        assert getattr(tagged, name) == getattr(marked, name)
    assert (tagged.pages, tagged.subject_headings) == (marked.pages, marked.subject_headings)


def test_ids_of_references_do_not_leak(read: Read) -> None:
    record = read((GOLDEN / "pubmed_articles.xml").read_bytes())[0]
    assert isinstance(record, Record)
    assert [each.value for each in record.identifiers] == [
        "990000101",
        "PMC9900101",
        "10.5555/invented.2011.101",
        "NCT99000101",
    ]


@pytest.mark.parametrize(
    ("lines", "field", "value"),
    [
        ("TI  - A\n      B", "title", "A B"),
        ("TI  - A\nb continues", "title", "A b continues"),
        ("TI-A", "title", "A"),
        ("BTI - A\nJT  - J", "title", "A"),
        ("TI  - A\nAB  - X\nAB  - Y", "abstract", "X Y"),
        ("TI  - A\nAB  - X\n\nY after an empty line", "abstract", "X Y after an empty line"),
        ("TI  - A\nAB  - X\n      AU  - is no tag here", "abstract", "X AU - is no tag here"),
        ("TI  - A\nOAB - X", "abstract", None),
        ("TI  - A\nAB  -", "abstract", None),
        ("TI  - A\nDEP - 20190102", "year", 2019),
        ("TI  - A\nDP  - 2020 Jan\nDEP - 20190102", "year", 2020),
        ("TI  - A\nLID - e0149 [pii]", "pages", "e0149"),
        ("TI  - A\nLID - S0000-0000(11)1 [pii]", "pages", None),
        ("TI  - A\nTA  - J Touch", "container", "J Touch"),
        ("TI  - A\nXX  - new tag\n      of next year", "title", "A"),
    ],
)
def test_medline_lines(lines: str, field: str, value: object, read: Read) -> None:
    assert getattr(only(read(f"PMID- 990000201\n{lines}\n")), field) == value


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("RIN", "retracted"),
        ("ROF", "retraction_notice"),
        ("EIN", "correction"),
        ("ECI", "expression_of_concern"),
        ("CIN", None),
        ("EFR", None),
    ],
)
def test_medline_notices(line: str, kind: str | None, read: Read) -> None:
    record = only(read(f"PMID- 990000201\nTI  - A\n{line} - J Touch. 2001;1:1. PMID: 990000202\n"))
    assert [each.kind for each in record.notices] == ([kind] if kind else [])


def test_a_file_may_begin_with_other_text(read: Read) -> None:
    assert only(read("Search results of a weaver\n\nPMID- 990000201\nTI  - A")).key == "990000201"


def test_an_empty_answer_holds_no_records(read: Read) -> None:
    assert read("<?xml version='1.0'?>\n<PubmedArticleSet></PubmedArticleSet>") == []


def test_a_single_article_is_a_document(read: Read) -> None:
    article = (GOLDEN / "pubmed_articles.xml").read_text(encoding="utf-8")
    article = article[article.index("<PubmedArticle>") : article.index("</PubmedArticle>")] + "</PubmedArticle>"
    assert only(read("\n\n" + article)).key == "990000101"


ARTICLE = (
    "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>990000101</PMID><Article><ArticleTitle>A</ArticleTitle>{0}"
    "</Article>{1}</MedlineCitation><PubmedData>{2}</PubmedData></PubmedArticle></PubmedArticleSet>"
)


@pytest.mark.parametrize(
    ("article", "citation", "field", "value"),
    [
        ("", "<OtherAbstract Language='eng'><AbstractText>X</AbstractText></OtherAbstract>", "abstract", "X"),
        (
            "",
            (
                "<OtherAbstract Language='spa'><AbstractText>Y</AbstractText></OtherAbstract>"
                "<OtherAbstract Language='eng'><AbstractText>X</AbstractText></OtherAbstract>"
            ),
            "abstract",
            "X",
        ),
        (
            "<Abstract><AbstractText>X</AbstractText></Abstract>",
            "<OtherAbstract><AbstractText>Y</AbstractText></OtherAbstract>",
            "abstract",
            "X",
        ),
        ("<Pagination><StartPage>537</StartPage><EndPage>43</EndPage></Pagination>", "", "pages", "537-543"),
        ("<Journal><Title>Invented (Hoboken, N.J.)</Title></Journal>", "", "container", "Invented"),
        ("<Abstract><AbstractText>10<sup>3</sup> <i>a</i></AbstractText></Abstract>", "", "abstract", "103 a"),
    ],
)
def test_xml_fields(article: str, citation: str, field: str, value: object, read: Read) -> None:
    assert getattr(only(read(ARTICLE.format(article, citation, ""))), field) == value


def test_a_pmid_lost_from_the_citation_is_found_in_pubmeds_own_data(read: Read) -> None:
    ids = "<ArticleIdList><ArticleId IdType='pubmed'>990000102</ArticleId></ArticleIdList>"
    assert only(read(ARTICLE.format("", "", ids).replace("<PMID>990000101</PMID>", ""))).key == "990000102"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (ARTICLE.replace("<Article>", "<Other>").replace("</Article>", "</Other>").format("", "", ""), "no title"),
        ("<PubmedArticleSet><PubmedArticle/></PubmedArticleSet>", "no PMID"),
        (
            (
                "<PubmedArticleSet><DeleteCitation><PMID>990000101</PMID><PMID>990000102</PMID></DeleteCitation>"
                "</PubmedArticleSet>"
            ),
            "PubMed withdraws 2 records",
        ),
    ],
)
def test_what_cannot_be_a_record_is_told(body: str, reason: str, read: Read) -> None:
    (item,) = read(body)
    assert isinstance(item, Unreadable)
    assert item.reason == reason
    assert item.remedy


def test_a_books_editors_are_no_authors(read: Read) -> None:
    people = "<AuthorList Type='{}'><Author><LastName>{}</LastName></Author></AuthorList>"
    book = people.format("editors", "Spindle") + people.format("authors", "Wolle")
    body = (
        "<PubmedBookArticle><BookDocument><PMID>990000103</PMID><Book><BookTitle>A book</BookTitle>"
        f"{book}</Book></BookDocument></PubmedBookArticle>"
    )
    record = only(read(body))
    assert [(each.family, each.role) for each in record.contributors] == [("Spindle", "editor"), ("Wolle", "author")]
    assert (record.title, record.container) == ("A book", None)
