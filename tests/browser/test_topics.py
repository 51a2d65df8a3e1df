"""Topic pages and the brief in a real browser: nobody is shut out, the keyboard reaches all, a brief is one sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import shuts_nobody_out, tab_to

TOPIC = "/topics/fibromyalgia"
PAGES = ("/topics", TOPIC, "/topics/pain", "/topics/reiki", "/brief?condition=fibromyalgia", "/brief?q=astronauts")
LONG = (
    "does gentle Swedish massage or myofascial release with long gliding strokes help women with fibromyalgia and "
    "chronic low back pain, neck pain, headache, insomnia and anxiety sleep better, feel less tired and less depressed"
)
BRIEFS = {
    "small": [("q", "massage compared with relaxation")],
    "none": [("q", "astronauts")],
    "big": [],
    "topic": [("condition", "fibromyalgia")],
    "long": [("q", LONG), *(("year", str(year)) for year in range(1990, 2026))],
}


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page; what the browser complains of fails the test."""
    complaints: list[str] = []
    page = browser.new_page()
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    told = list(complaints)  # and not what a browser says as it closes
    page.close()
    assert told == []


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("path", PAGES)
def test_no_topic_shuts_anyone_out(page: Page, curated_site: str, path: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(curated_site + path)
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    shuts_nobody_out(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_from_the_topics_to_a_cell_and_a_brief_by_keyboard(page: Page, curated_site: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(curated_site)
    tab_to(page, ".top nav a[href='/topics']")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Topics")
    tab_to(page, f"a[href='{TOPIC}']")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("fibromyalgia")
    tab_to(page, ".wide[aria-label='Core outcomes, study by study']")  # so that it can be scrolled without a mouse
    tab_to(page, ".gaps td:not(.empty) a")
    number = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    expect(page.locator("#total b")).to_have_text(number)
    page.go_back()
    expect(page.locator("h1")).to_have_text("fibromyalgia")
    tab_to(page, ".way[href^='/brief']")
    page.keyboard.press("Enter")
    expect(page.locator(".brief h1")).to_have_text("fibromyalgia")


@pytest.mark.parametrize("sheet", ["A4", "Letter"])
@pytest.mark.parametrize("asked", BRIEFS.values(), ids=BRIEFS)
def test_a_brief_is_one_sheet(page: Page, curated_site: str, asked: list[tuple[str, str]], sheet: str) -> None:
    page.goto(f"{curated_site}/brief?{urlencode(asked)}")
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format=sheet))) == 1
    page.emulate_media(media="print")
    expect(page.locator(".permalink")).to_contain_text("/brief")
    expect(page.locator(".about-brief")).to_be_hidden()
