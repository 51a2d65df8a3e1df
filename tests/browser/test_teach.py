"""Teaching sheets on paper: as many as they may be, on A4 and on Letter, with nothing beyond the edge."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from kb.base import open_kb
from kb.publication import Publication
from kb.teaching import SHEETS
from kb.teaching.questions import QUESTIONS, form
from tests.browser.conftest import shuts_nobody_out
from tests.web.invented import INVENTED

MOST = {"worksheet": 2, "journal-club": 2, "consort": 1}
PRINTED = {"A4": 680, "Letter": 702}  # CSS pixels between margins of 15 mm
BEYOND = """() => [...document.querySelectorAll('.sheet *')]
    .filter(each => each.clientWidth && each.scrollWidth > each.clientWidth + 1)
    .map(each => each.outerHTML.slice(0, 90))"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page(viewport={"width": 1280, "height": 900})
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def hardest(curated_home: Path) -> tuple[Publication, ...]:
    """Of each form, and of the trials that the tick list is for, what has the longest head: title and addresses."""
    kb = open_kb(curated_home)
    held = sorted(kb.publications(), key=lambda each: len(each.record.title) + 60 * len(each.record.identifiers))
    kb.close()
    last: dict[str, Publication] = {form(each): each for each in held}
    assert set(last) == set(QUESTIONS)
    trials = [each for each in held if each.facts.design and each.facts.design.value == "rct"]
    return (*last.values(), trials[-1])


def sheets(page: Page, paper: str) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(format=paper)))


def test_sheets_fit_their_paper(page: Page, curated_site: str, hardest: tuple[Publication, ...]) -> None:
    for publication in hardest:
        for name, most in MOST.items():
            page.goto(f"{curated_site}/publications/{publication.id}/teach/{name}")
            for paper in PRINTED:
                assert 1 <= sheets(page, paper) <= most, (publication.id, name, paper)


def test_nothing_is_cut_and_the_key_is_printed_only_where_it_is_open(page: Page, site: str) -> None:
    page.emulate_media(media="print")
    for name in SHEETS:
        page.goto(f"{site}/publications/{INVENTED[0].id}/teach/{name}")
        for width in PRINTED.values():
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate(BEYOND) == []
        expect(page.locator(".permalink")).to_be_visible()
        expect(page.locator(".about-sheet")).to_be_hidden()
    hidden = page.locator("details.answers")
    expect(hidden).to_be_hidden()
    page.emulate_media(media="screen")
    hidden.locator("summary").focus()
    page.keyboard.press("Enter")
    page.emulate_media(media="print")
    expect(hidden.locator("dl, table").first).to_be_visible()


def test_sheets_shut_nobody_out(page: Page, site: str) -> None:
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        for name in ("worksheet", "key", "consort", "spin"):
            page.goto(f"{site}/publications/{INVENTED[0].id}/teach/{name}")
            page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            shuts_nobody_out(page)
