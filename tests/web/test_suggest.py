"""What is offered while somebody types: concepts under the names that are typed, and nothing for nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from kb.base import KnowledgeBase, open_kb
from tests.web.invented import InventedKnowledgeBase
from web import create_app
from web.suggestions import MOST


@pytest.fixture(scope="module")
def kb(curated_home: Path) -> Iterator[KnowledgeBase]:
    opened = open_kb(curated_home)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def curated(kb: KnowledgeBase) -> FlaskClient:
    return create_app(kb).test_client()


def offered(pages: FlaskClient, typed: str) -> Any:
    return pages.get(f"/suggest?{urlencode({'q': typed})}").json


@pytest.mark.parametrize(
    ("typed", "question"),
    [
        ("fibrom", "fibromyalgia"),
        ("does massage help fibro", "does massage help fibromyalgia"),
        ("massage for low back p", "massage for low back pain"),
        ("MASSAGE  for\tNECK pai", "MASSAGE for neck pain"),
        ("massage -neck p", 'massage -"neck pain"'),
        ("condition:low back p", 'condition:"low back pain"'),
        ('massage "low back p', 'massage "low back pain"'),
        ("massage (fibro", "massage (fibromyalgia"),
        ("fibromyàlg", "fibromyalgia"),
    ],
)
def test_the_longest_end_that_begins_a_name_is_completed(curated: FlaskClient, typed: str, question: str) -> None:
    assert question in [each["question"] for each in offered(curated, typed)]


@pytest.mark.parametrize("typed", ["", " ", "f", "reiki f", "zzz", "pain and ", "does massage help the ", "-", '"'])
def test_nothing_is_offered_where_no_name_begins_so(curated: FlaskClient, typed: str) -> None:
    assert offered(curated, typed) == []


def test_a_field_word_is_followed_by_concepts_of_its_kind(curated: FlaskClient) -> None:
    assert {each["kind"] for each in offered(curated, "outcome:low back")} == {"outcome"}
    assert len({each["kind"] for each in offered(curated, "low back")}) > 1


def test_another_name_is_shown_with_the_concept_and_leads_to_it(curated: FlaskClient) -> None:
    found, *_ = offered(curated, "is fibrosi")
    assert found == {
        "text": "fibrositis",
        "name": "fibromyalgia",
        "kind": "condition",
        "count": found["count"],
        "question": "is fibrositis",
        "url": "/search?q=is+fibrositis",
        "label": f"fibrositis: fibromyalgia, condition, {found['count']} publications",
    }
    page = BeautifulSoup(curated.get(found["url"]).data, "html.parser")
    assert str(found["count"]) == page.select("#total b")[0].string
    assert offered(curated, "fibromyalgi")[0]["label"].startswith("fibromyalgia, condition, ")


def test_what_is_offered_is_read_as_what_was_offered(curated: FlaskClient) -> None:
    """The commonest beginnings: whichever offer is taken, the answer reads it as that concept."""
    for typed in ("ma", "pa", "sl", "an", "fi", "lo", "st", "sw"):
        for each in offered(curated, typed):
            page = BeautifulSoup(curated.get(each["url"]).data, "html.parser")
            chips = [" ".join(chip.get_text().split()) for chip in page.select(".chips li")]
            assert any(chip.startswith(f"{each['kind']} {each['name']}") for chip in chips), (each, chips)


@given(st.text(max_size=300))
def test_whatever_is_typed_is_no_error(typed: str) -> None:
    pages = create_app(InventedKnowledgeBase()).test_client()
    query = urlencode({"q": typed}, errors="replace")
    assert pages.get(f"/suggest?{query}").status_code == 200
    assert pages.get(f"/suggest/opensearch?{query}").status_code == 200


@given(typed=st.text(alphabet='fibromyalg -":(“„”é', max_size=40))
def test_what_is_offered_keeps_what_was_typed_before(kb: KnowledgeBase, typed: str) -> None:
    for each in kb.suggest(typed):
        before = each.question[: each.question.rindex(each.text)].rstrip('"')
        assert typed.startswith(before.rstrip())


def test_long_and_missing_text_is_bounded(curated: FlaskClient) -> None:
    assert offered(curated, "fibro " * 100_000) == []
    assert curated.get("/suggest").json == []
    assert curated.get("/suggest?q=&q=fibro&x=%00%ff").json == []


def test_an_answer_is_kept_by_the_browser_alone(curated: FlaskClient) -> None:
    for headers in ({}, {"Accept-Encoding": "gzip"}):
        first = curated.get("/suggest?q=pain", headers=headers)
        assert first.headers["Cache-Control"] == "private, max-age=300"
        again = curated.get("/suggest?q=pain", headers={"If-None-Match": first.headers["ETag"], **headers})
        assert (again.status_code, again.data) == (304, b"")
    assert curated.get("/suggest?q=mass", headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_a_browser_can_have_it_as_a_search_engine(curated: FlaskClient) -> None:
    sent = curated.get("/suggest/opensearch?q=massage+fibrosi")
    assert sent.mimetype == "application/x-suggestions+json"
    typed, questions, labels, urls = sent.json  # type: ignore[misc]
    assert (typed, questions[0]) == ("massage fibrosi", "massage fibrositis")
    assert labels[0].startswith("fibrositis: fibromyalgia, condition, ")
    assert urls[0] == "http://localhost/search?q=massage+fibrositis"
    page = BeautifulSoup(curated.get("/").data, "html.parser")
    (link,) = page.select("link[rel=search]")
    description = curated.get(str(link["href"]))
    assert description.mimetype == link["type"]
    root = ElementTree.fromstring(description.data)
    assert {each.attrib["template"] for each in root.iter("{http://a9.com/-/spec/opensearch/1.1/}Url")} == {
        "http://localhost/search?q={searchTerms}",
        "http://localhost/suggest/opensearch?q={searchTerms}",
    }


def test_without_script_the_box_lists_what_is_commonest_here(curated: FlaskClient) -> None:
    for url in ("/", "/search?q=pain", "/absent"):
        page = BeautifulSoup(curated.get(url).data, "html.parser")
        (box,) = page.select("#q")
        names = [str(each["value"]) for each in page.select(f"datalist#{box['list']} option")]
        assert len(names) == len(set(names)) == MOST
        assert {"fibromyalgia", "pain", "massage"} <= set(names)
        assert box["autocomplete"] == "off"  # and never what somebody asked here before


def test_the_list_follows_the_index_and_needs_none() -> None:
    kb = InventedKnowledgeBase()
    pages = create_app(kb).test_client()
    assert 'value="fibromyalgia"' in pages.get("/absent").text
    kb._index = False
    assert 'value="fibromyalgia"' in pages.get("/absent").text  # remembered
    answer = create_app(kb).test_client().get("/absent")
    assert (answer.status_code, 'value="fibromyalgia"' in answer.text) == (404, False)
    assert pages.get("/suggest?q=fib").status_code == 503


def test_the_offline_page_keeps_nothing(pages: FlaskClient) -> None:
    page = BeautifulSoup(pages.get("/offline").data, "html.parser")
    assert not page.find_all("script")
    assert "revision" not in page.get_text()
    with pages.get("/worker.js") as worker:
        assert "javascript" in worker.mimetype
        assert "no-cache" in worker.headers["Cache-Control"]
