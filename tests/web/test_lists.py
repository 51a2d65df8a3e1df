"""Pages of reading lists, and of what is only cited. The literature is invented."""

from __future__ import annotations

from datetime import date

import msgspec
from flask.testing import FlaskClient

from kb.extraction import Extraction
from kb.lists import Item, ListSection, ReadingList, lookup_key
from kb.publication import Publication
from tests.web.conftest import soup, text
from tests.web.invented import INVENTED, InventedKnowledgeBase
from web import create_app

WEAVERS = INVENTED[0]
LIST = ReadingList(
    id="weaving",
    title="How to read about weavers",
    note="First of all,\nthis is invented.\n\nAnd so is that.",
    updated=date(2026, 1, 2),
    topics=("fibromyalgia",),
    sections=(
        ListSection(
            title="Begin here",
            note="Why begin here.",
            items=(
                Item(study=WEAVERS.id, priority="essential", minutes=10, note="A note.", question="A question?"),
                Item(study="doi:10.5555/nobody-has-it"),
                Item(study="lost-2011-study"),
            ),
        ),
        ListSection(title="Go on"),
    ),
)


class WithLists(InventedKnowledgeBase):
    """The invented knowledge base with one list."""

    def lists(self) -> tuple[ReadingList, ...]:
        return (LIST,)

    def listed(self, reading_list: ReadingList) -> dict[str, Publication]:
        return {lookup_key(each.study): WEAVERS for each in reading_list.items if each.study == WEAVERS.id}


def pages_with_lists() -> FlaskClient:
    return create_app(WithLists()).test_client()


def test_lists_are_named_with_what_they_are() -> None:
    page = soup(pages_with_lists(), "/lists")
    (each,) = page.select(".lists > ul > li")
    assert each.select("a")[0]["href"] == "/lists/weaving"
    assert "First of all, this is invented." in text(each)
    assert "And so is that." not in text(each)
    assert "3 publications, as of Jan 2, 2026" in text(each)


def test_without_lists_the_page_says_so(pages: FlaskClient) -> None:
    assert "There are none here yet." in text(soup(pages, "/lists"))


def test_a_list_has_its_sections_in_order_with_what_is_said() -> None:
    page = soup(pages_with_lists(), "/lists/weaving")
    assert [text(each) for each in page.select("h2")] == ["Begin here", "Go on"]
    first, second, third = page.select("ol > li")
    assert first.select("h3 a")[0]["href"] == f"/publications/{WEAVERS.id}"
    assert "Essential, about 10 minutes" in text(first)
    assert "A note." in text(first.select_one(".said"))
    assert "To answer: A question?" in text(first.select_one(".said"))
    assert first.select(".outcomes li"), "what it found stands beside what is said of it"
    assert second.select("h3 a")[0]["href"] == "https://doi.org/10.5555/nobody-has-it"
    assert not third.select("h3 a")
    assert all("This publication is not held here." in text(each) for each in (second, third))
    assert "2 are not held here" in text(page.select_one("header .by"))
    assert "1 of them essential (about 10 minutes)" in text(page.select_one("header .by"))


def test_a_list_that_is_not_there_is_not_found() -> None:
    assert pages_with_lists().get("/lists/nothing").status_code == 404


def test_a_topic_names_its_lists() -> None:
    page = soup(pages_with_lists(), "/topics/fibromyalgia")
    assert [each["href"] for each in page.select(".lists-here a")] == ["/lists/weaving"]
    assert not soup(pages_with_lists(), "/topics/low_back_pain").select(".lists-here")


def test_what_is_only_cited_is_said_to_be_that() -> None:
    record = msgspec.structs.replace(WEAVERS.record, abstract=None, summary=None)
    bare = msgspec.structs.replace(WEAVERS, record=record, facts=Extraction(version="1"), machine=Extraction("1"))
    client = create_app(InventedKnowledgeBase((bare,))).test_client()
    card = text(soup(client, "/search?q=massage").select_one("article.card"))
    assert "only the citation is held here" in card
    for claim in ("not stated", "not mentioned", "No outcome was read"):
        assert claim not in card
    page = text(soup(client, f"/publications/{bare.id}").select_one("article.publication"))
    assert "Nobody has read the document for this knowledge base yet" in page
    assert "n not stated" not in page
    assert "Not among the facts held here" not in page
