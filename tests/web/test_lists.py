"""Pages of reading lists, and of what is only cited. The literature is invented."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from pathlib import Path

import msgspec
from flask.testing import FlaskClient

from kb.base import open_kb
from kb.extraction import Extraction
from kb.lists import Item, ListSection, ReadingList, lookup_key
from kb.publication import Publication
from kb.search import Query
from kb.votes import counted, tallied
from tests.web.conftest import soup, text, total
from tests.web.invented import INVENTED, InventedKnowledgeBase
from web import create_app
from web.together import by_study

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

    held = LIST

    def lists(self) -> tuple[ReadingList, ...]:
        return (self.held,)

    def listed(self, reading_list: ReadingList) -> dict[str, Publication]:
        return {lookup_key(each.study): WEAVERS for each in reading_list.items if each.study == WEAVERS.id}


def pages_with(reading_list: ReadingList) -> FlaskClient:
    kb = WithLists()
    kb.held = reading_list
    return create_app(kb).test_client()


def pages_with_lists() -> FlaskClient:
    return pages_with(LIST)


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
    assert [text(each) for each in page.select("h2[id^=section-]")] == ["Begin here", "Go on"]
    first, second, third = page.select("ol > li")
    assert first.select("h3 a")[0]["href"] == f"/publications/{WEAVERS.id}"
    assert "Curator: essential, about 10 minutes" in text(first)
    assert "A note." in text(first.select_one(".said"))
    assert "To answer: A question?" in text(first.select_one(".said"))
    assert first.select(".outcomes li"), "what it found stands beside what is said of it"
    assert second.select("h3 a")[0]["href"] == "https://doi.org/10.5555/nobody-has-it"
    assert not third.select("h3 a")
    assert all("This publication is not held here." in text(each) for each in (second, third))
    assert "2 are not held here" in text(page.select_one("header .by"))
    assert "1 of them essential (about 10 minutes)" in text(page.select_one("header .by"))


def test_minutes_are_summed_only_where_all_are_stated() -> None:
    essential = [Item(study=WEAVERS.id, priority="essential", minutes=each) for each in (10, None)]
    section = msgspec.structs.replace(LIST.sections[0], items=tuple(essential))
    page = text(soup(pages_with(msgspec.structs.replace(LIST, sections=(section,))), "/lists/weaving").header)
    assert "minutes" not in page


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


def test_nothing_that_is_only_cited_is_among_the_strongest_or_silent_of_harm(curated: FlaskClient) -> None:
    page = soup(curated, "/brief?q=lymph+drainage&held=citation")
    assert not page.select(".brief ol li")
    assert "Only citations are held here" in text(page)
    answer = text(soup(curated, "/search?q=lymph+drainage&held=citation").select_one(".strip"))
    assert "Only citations are held here" in answer
    assert "0 of 0" not in answer


def test_a_drug_is_said_not_to_be_counted(curated: FlaskClient) -> None:
    told = [text(each) for each in soup(curated, "/brief?q=tramadol").select(".brief ol li")]
    assert told
    assert all("Not counted above" in each for each in told)


def test_harm_of_what_was_asked_for_is_told(curated: FlaskClient) -> None:
    assert "twisted bowel" in text(soup(curated, "/search?q=massage+for+preterm+birth").select_one(".strip"))
    assert "twisted bowel" not in text(soup(curated, "/search?q=massage+fibromyalgia").select_one(".strip"))


def test_what_was_read_comes_before_what_is_only_cited(curated: FlaskClient) -> None:
    def cited(order: str) -> list[bool]:
        found: list[bool] = []
        for page in ("", "&page=2"):
            cards = soup(curated, f"/search?q=lymph+drainage{order}{page}").select("article.card")
            found += ["only the citation is held here" in text(each) for each in cards]
        return found

    ranked = cited("")
    assert len(ranked) == total(curated, "/search?q=lymph+drainage") > 20
    assert ranked == sorted(ranked)
    assert any(ranked)
    newest = cited("&sort=newest")
    assert sum(newest) == sum(ranked)
    assert newest != sorted(newest), "the order by year puts nobody apart"


def test_named_one_by_one_studies_are_counted_as_an_answer_counts_them(curated_home: Path) -> None:
    with closing(open_kb(curated_home)) as kb:
        studies = [each for each in kb.publications() if tallied(each, kb.vocabulary)]
        assert len(studies) > 100
        asked = sorted(kb.search(Query()).tally, key=lambda each: each.cell)
        assert list(counted(by_study(studies, kb), kb.vocabulary)) == asked


def test_a_list_says_what_stands_against_it(curated: FlaskClient) -> None:
    page = soup(curated, "/lists/fibromyalgia-start-here")
    assert "A list is a choice" in text(page.select_one("#together"))
    against = text(page.select_one(".strip"))
    assert "worse" in against
    assert "Harms are mentioned in" in against
    assert page.select(".strip .counter a[href^='/publications/']")
    assert page.select("#together .tally table")
    assert not page.select("#together a[href*='says=']"), "no search finds what is on a list alone"
