"""What must not break the reader: each ends in a clear message or an entry for quarantine, and loses no neighbour."""

from __future__ import annotations

import time
import tracemalloc

import pytest

from ingest.errors import UnreadablePayloadError
from ingest.parsers import Unreadable
from ingest.parsers.citation_text import LONGEST_TEXT
from kb.record import Record
from tests.ingest.parsers.conftest import Read

CITATION = "Wolle, T., & Weber, W. (2002). Massage of invented weavers. Invented Journal of Touch, 8(2), 72-76.\n"
MEDLINE = "PMID- 990000201\nTI  - Massage of invented weavers\nDP  - 2002\nAB  - Müller’s “invented” words.\n"
ARTICLE = (
    "<PubmedArticle><MedlineCitation><PMID>{0}</PMID><Article><ArticleTitle>Invented {0}</ArticleTitle></Article>"
    "</MedlineCitation></PubmedArticle>"
)
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE PubmedArticleSet [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;">]>'
    f"<PubmedArticleSet>{ARTICLE.format('990000201&d;')}</PubmedArticleSet>"
)
EXTERNAL = (
    '<?xml version="1.0"?><!DOCTYPE PubmedArticleSet [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    f"<PubmedArticleSet>{ARTICLE.format('990000201&x;')}</PubmedArticleSet>"
)


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"", "empty"),
        (b" \r\n\t\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"%PDF-1.7\n%\xe2\xe3", "a PDF document"),
        (b"PK\x03\x04\x14\x00", "a zip archive"),
        (b"\x1f\x8b\x08\x00", "a gzip archive"),
        (b"\x89PNG\r\n\x1a\n", "a PNG image"),
        (b"\xff\xd8\xff\xe0", "a JPEG image"),
        (bytes(range(256)) * 8, "binary"),
        (b"just some words about the weather", "not recognised"),
        (b"<!DOCTYPE html><html><body><p>Nothing of the kind.</p></body></html>", "an HTML page without any citation"),
        (b"<div class='citation'>Nothing</div>", "an HTML page without any citation"),
        (b"<html>" + b"<div>" * 300 + CITATION.encode(), "nested more than 200 deep"),
        (b"<html>" + CITATION.encode() + b"<i>x</i>\n" * 100_001, "more than 200,000 tags"),
        (b'{"title": "Invented"}', "JSON"),
        (b"{\\rtf1\\ansi Invented}", "RTF"),
        (b"<?xml version='1.0'?><eFetchResult><ERROR>Unable</ERROR></eFetchResult>", "an XML document of a kind"),
        (BOMB.encode(), "entities"),
        (EXTERNAL.encode(), "entities"),
        (b"<PubmedArticleSet><PubmedArticle><MedlineCit", "breaks at line 1"),
        (b"<PubmedArticleSet>" + b"<a>" * 300, "breaks at line 1"),
    ],
)
def test_unreadable_bodies_are_refused_by_name(body: bytes, says: str, read: Read) -> None:
    with pytest.raises(UnreadablePayloadError) as caught:
        read(body, "download.bin")
    assert says in caught.value.reason
    assert str(caught.value).startswith("download.bin: ")
    assert caught.value.remedy.endswith(".")


@pytest.mark.parametrize("start", ["", "PMID- 990000201\nTI  - ", CITATION, "<PubmedArticleSet><PubmedArticle>"])
def test_fifty_megabytes_of_one_line_end_soon(start: str, read: Read) -> None:
    body = start.encode() + b"Invented, W., word (1 " * (50_000_000 // 22)
    tracemalloc.start()
    began = time.process_time()
    with pytest.raises(UnreadablePayloadError):
        read(body)
    seconds, peak = time.process_time() - began, tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert seconds < 2
    assert peak < 20_000_000


def test_running_text_is_bounded(read: Read) -> None:
    with pytest.raises(UnreadablePayloadError, match="characters of running text"):
        read(CITATION * (LONGEST_TEXT // len(CITATION) + 1))


@pytest.mark.parametrize(
    "body",
    [
        MEDLINE.encode("cp1252"),
        MEDLINE.encode("utf-8-sig"),
        MEDLINE.encode("utf-16"),
        MEDLINE.encode("utf-16-le"),
        MEDLINE.encode("utf-16-be"),
        MEDLINE.encode("utf-32"),
        MEDLINE.replace("\n", "\r\n").encode(),
        MEDLINE.replace("\n", "\r\r\n").encode(),
        MEDLINE.replace("\n", "\r").encode(),
        MEDLINE.encode().replace("“invented”".encode(), "“invented”".encode("cp1252")),
        MEDLINE.replace("ü", "u\u0308").encode(),
        MEDLINE.rstrip("\n").encode(),
    ],
)
def test_an_encoding_loses_nothing(body: bytes, read: Read) -> None:
    (record,) = read(body)
    assert isinstance(record, Record)
    assert record.abstract == "Müller’s “invented” words."


def test_a_broken_document_gives_the_articles_before_the_break(read: Read) -> None:
    whole = "<PubmedArticleSet>\n" + "\n".join(ARTICLE.format(990000201 + i) for i in range(3))
    *before, last = read(whole[: whole.rindex("<ArticleTitle>") + 20])
    assert [each.key for each in before if isinstance(each, Record)] == ["990000201", "990000202"]
    assert isinstance(last, Unreadable)
    assert "breaks at line 4" in last.reason
    assert last.key == "file, record 3"
    assert "<PMID>990000203</PMID>" in last.excerpt


def test_a_medline_record_without_pmid_goes_to_quarantine(read: Read) -> None:
    first, second = read("OWN - NLM\nTI  - Massage of nobody\n\n" + MEDLINE)
    assert isinstance(first, Unreadable)
    assert first == Unreadable(
        "file, record 1",
        "no PMID",
        "OWN- NLM TI- Massage of nobody",
        "Add its `PMID- ` line, or import the record in another format.",
    )
    assert isinstance(second, Record)


@pytest.mark.parametrize(
    ("line", "key"),
    [("PMC - PMC9900202", "PMC9900202"), ("LID - 10.5555/inv.202 [doi]", "10.5555/inv.202")],
)
def test_a_medline_record_without_pmid_is_named_by_its_other_identifier(line: str, key: str, read: Read) -> None:
    (record,) = read(f"{line}\nTI  - Massage of invented weavers\nDP  - 2002\nAB  - Invented.\n")
    assert isinstance(record, Record)
    assert (record.source, record.key, record.format) == ("medline", key, "medline")


def test_two_records_with_one_pmid_both_arrive_in_order(read: Read) -> None:
    records = read(MEDLINE + MEDLINE.replace("2002", "2003"))
    assert [(each.key, each.year) for each in records if isinstance(each, Record)] == [
        ("990000201", 2002),
        ("990000201", 2003),
    ]


@pytest.mark.parametrize(
    "citation",
    [
        CITATION.replace(" (2002).", ""),
        CITATION.replace("2002", "n.d."),
        CITATION.replace("2002", "in press"),
    ],
)
def test_a_citation_without_a_year_goes_to_quarantine(citation: str, read: Read) -> None:
    first, second = read(citation + CITATION)
    assert isinstance(first, Unreadable)
    assert (first.key, first.reason) == ("file, citation 1", "a citation without a year")
    assert first.excerpt.startswith("Wolle, T., & Weber, W.")
    assert isinstance(second, Record)


def test_a_record_beyond_all_measure_goes_to_quarantine(read: Read) -> None:
    monster = "PMID- 990000202\nTI  - Invented\nAB  - " + "      invented words without an end\n" * 160_000
    first, second = read(monster + "\n" + MEDLINE)
    assert isinstance(first, Unreadable)
    assert "5,000,000" in first.reason
    assert isinstance(second, Record)
