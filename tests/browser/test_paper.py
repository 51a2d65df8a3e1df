"""Reading lists on paper: no button, no half-empty page, and nothing that stands alone at a page's end."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

LISTS = {"fibromyalgia-start-here": 8, "how-to-read-a-massage-trial": 5}  # the pages that each may take
CONTROLS = ".row, .ways, .teach-it, .today, .files, .bottom .who"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page(viewport={"width": 1280, "height": 900})
    yield opened
    opened.close()


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("name", LISTS)
def test_a_list_takes_no_more_paper_than_it_has_words(page: Page, curated_site: str, name: str, paper: str) -> None:
    page.goto(f"{curated_site}/lists/{name}")
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format=paper))) <= LISTS[name]


def test_on_paper_there_is_nothing_to_press(page: Page, curated_site: str) -> None:
    page.goto(f"{curated_site}/lists/fibromyalgia-start-here")
    assert page.locator(CONTROLS).count() > 10
    page.emulate_media(media="print")
    assert [each for each in page.locator(CONTROLS).all() if each.is_visible()] == []
    expect(page.locator(".said").first).to_be_visible()
    expect(page.locator(".printed")).to_be_visible()


def test_on_paper_a_list_has_its_count_once(page: Page, curated_site: str) -> None:
    page.goto(f"{curated_site}/lists/fibromyalgia-start-here")
    assert page.locator(".tally figure").count() == 1
    page.emulate_media(media="print")
    expect(page.locator(".tally table").first).to_be_visible()
    expect(page.locator(".tally table tbody tr").first).to_be_visible()
    expect(page.locator(".tally figure")).to_be_hidden()


def test_the_brief_does_not_touch_the_line_above_it(page: Page, curated_site: str) -> None:
    page.goto(f"{curated_site}/brief?q=massage")
    page.emulate_media(media="print")
    line, words = (page.locator(each).bounding_box() for each in (".top", ".brief .kind"))
    assert line is not None
    assert words is not None
    assert words["y"] - (line["y"] + line["height"]) >= 4


def test_a_table_to_fill_in_ends_before_the_edge_of_the_paper(page: Page, curated_site: str) -> None:
    """Half of a border stands outside of its table, where paper ends."""
    page.goto(f"{curated_site}/publications/field-2002-fibromyalgia-pain-substance-p/teach/worksheet")
    page.emulate_media(media="print")
    table, sheet = (page.locator(each).bounding_box() for each in (".fill", ".sheet"))
    assert table is not None
    assert sheet is not None
    assert table["x"] + table["width"] <= sheet["x"] + sheet["width"] - 1
