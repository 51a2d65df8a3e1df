"""Pages of the web. All studies, people and journals here are invented."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest

from ingest.errors import UnreadablePayloadError
from ingest.parsers import detect
from kb.record import Record
from tests.ingest.parsers.conftest import Read

CITATION = "Wolle, T., &amp; Weber, W. (2002). Massage of invented weavers. Invented Journal of Touch, 8(2), 72-76."
SUMMARY = "Twenty invented weavers had massage for ten days and were less tense than those who rested."
OTHER = "Spindel, M. (2001). Kneading of invented spinners. Invented Journal of Touch, 11, 5-9."


def page(head: str = "", body: str = "") -> str:
    return f"<!DOCTYPE html><html><head><title>x</title>{head}</head><body>{body}</body></html>"


def meta(**named: str) -> str:
    return "".join(f'<meta name="{name.replace("__", ".")}" content="{value}">' for name, value in named.items())


def records(read: Read, text: str | bytes) -> list[Record]:
    return [each for each in read(text) if isinstance(each, Record)]


CITED = meta(citation_title="Massage of weavers", citation_journal_title="J Touch", citation_date="2002")


@pytest.mark.parametrize(
    ("head", "authors", "pages", "doi"),
    [
        (meta(citation_author="Wolle, Tina", citation_firstpage="7", citation_lastpage="9"), ["Wolle"], "7-9", None),
        (meta(citation_authors="Wolle, T.; Garn, W.", citation_doi="10.5555/A"), ["Wolle", "Garn"], None, "10.5555/a"),
        (meta(dc__creator="Tina Wolle", DC__Identifier="doi:10.5555/b"), ["Wolle"], None, "10.5555/b"),
        (meta(prism__startingPage="S7", prism__doi="10.5555/c"), [], "S7", "10.5555/c"),
    ],
)  # fmt: skip
def test_metadata_in_their_dialects(
    head: str, authors: list[str], pages: str | None, doi: str | None, read: Read
) -> None:
    (record,) = records(read, page(CITED + head))
    assert (record.title, record.container, record.year) == ("Massage of weavers", "J Touch", 2002)
    assert [each.family for each in record.contributors] == authors
    assert (record.pages, record.value_of("doi")) == (pages, doi)


def test_dublin_core_and_prism_alone(read: Read) -> None:
    head = meta(DC__Title="Massage of weavers", dc__Creator="Wolle, Tina", prism__publicationName="J Touch")
    head += meta(**{"dc.Date": "2002-05-01", "prism.volume": "8", "prism.number": "2"})
    (record,) = records(read, page(head, f"<p>{OTHER}</p>"))
    assert (record.container, record.year, record.volume, record.issue) == ("J Touch", 2002, "8", "2")


@pytest.mark.parametrize(
    ("head", "body", "abstract"),
    [
        (meta(citation_abstract=f"&lt;p&gt;{SUMMARY}&lt;/p&gt;"), "", SUMMARY),
        (meta(citation_abstract=SUMMARY[:85] + "..."), f"<div class='abstract'>{SUMMARY}</div>", SUMMARY),
        ("", f"<div id='abstract-text'><p>{SUMMARY}</p></div>", SUMMARY),
        ("", f"<h2>Abstract</h2><p>{SUMMARY}</p><h2>Introduction to it</h2><p>Much has been said.</p>", SUMMARY),
        ("", f"<p><b>Abstract</b></p><p>{SUMMARY}</p>", SUMMARY),
        ("", f"<div class='abstract'><b>Aim</b><p>{SUMMARY}</p></div>", f"AIM: {SUMMARY}"),
        ("", f"<h2>Abstract</h2><p>Summary words first. {SUMMARY}</p>", f"Summary words first. {SUMMARY}"),
        (meta(description=SUMMARY), f"<div class='graphical-abstracts-link'>x</div><p>{SUMMARY}</p>", None),
    ],
)
def test_an_abstract_is_what_the_page_calls_so(head: str, body: str, abstract: str | None, read: Read) -> None:
    (record,) = records(read, page(CITED + head, body))
    assert record.abstract == abstract


def test_a_publishers_references_are_no_records(read: Read) -> None:
    assert len(records(read, page(CITED, f"<ol><li>{CITATION}</li><li>{OTHER}</li></ol>"))) == 1


@pytest.mark.parametrize(
    ("after", "abstract"),
    [
        (f"<p>{SUMMARY}</p>", None),
        (f"<h3>Abstract</h3><p>{SUMMARY}</p>", SUMMARY),
        (f"<p><b>Abstract:</b> {SUMMARY}</p>", SUMMARY),
        (f"<p>METHODS: {SUMMARY} RESULTS: None.</p>", f"METHODS: {SUMMARY} RESULTS: None."),
    ],
)
def test_a_lists_summary_is_its_own_word(after: str, abstract: str | None, read: Read) -> None:
    first, second = records(read, page("", f"<p>{CITATION}</p>{after}<p>{OTHER}</p>"))
    assert (first.abstract, second.abstract) == (abstract, None)
    assert (SUMMARY in first.commentary) == (abstract is None)
    assert first.key == "file#" + first.key.rpartition("#")[2]


def test_what_no_reader_sees_is_not_read(read: Read) -> None:
    hidden = "".join(f"<{each}>{OTHER}</{each}>" for each in ("script", "style", "nav", "footer", "noscript"))
    (record,) = records(read, page("", f"{hidden}<!-- {OTHER} --><p>{CITATION}</p>"))
    assert record.contributors[0].family == "Wolle"
    assert record.commentary == ()


def test_a_page_in_the_encoding_it_declares(read: Read) -> None:
    text = page('<meta charset="iso-8859-2">', f"<p>{CITATION}</p>".replace("Wolle", "Wołłe"))
    (record,) = records(read, text.encode("iso-8859-2"))
    assert record.contributors[0].family == "Wołłe"


def test_a_broken_page_gives_what_is_there(read: Read) -> None:
    body = f"<table><tr><td><p>{CITATION}<td><b>{OTHER}</table></div></i>"
    assert [each.year for each in records(read, page("", body)[:-20])] == [2002, 2001]


def test_a_page_of_nothing_is_refused_by_name(read: Read) -> None:
    with pytest.raises(UnreadablePayloadError, match="without any citation"):
        read(page("", "<p>Welcome to our page about massage.</p>"))
    assert detect(page("", CITATION).encode()) == "web_page"


@pytest.mark.parametrize(
    "body",
    [
        "<script>" * 30_000,
        "<b" * 90_000,
        "<div>" * 190,
        "<p>" * 90_000,
        "<!--" * 50_000,
        "<table><tr><td>" * 60,
        "<a href='" * 40_000,
    ],
)
def test_hostile_pages_end_soon(body: str, read: Read) -> None:
    began = time.process_time()
    with suppress(UnreadablePayloadError):
        assert read(page("", f"<p>{CITATION}</p>{body}"))
    assert time.process_time() - began < 8


@pytest.mark.parametrize("body", ["<div class='abstract'></div>" * 20_000, "<h2>Abstract</h2><p>x</p>" * 15_000])
def test_hostile_abstracts_end_soon(body: str, read: Read) -> None:
    began = time.process_time()
    (record,) = records(read, page(CITED, body))
    assert record.abstract is None
    assert time.process_time() - began < 8
