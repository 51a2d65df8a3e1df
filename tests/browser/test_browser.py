"""What only a browser can show: axe finds nothing against WCAG 2.2 AA, no sideways scroll, a journey by keyboard."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import shuts_nobody_out, tab_to

Opened = Callable[..., Page]

QUESTION = "FMS massage"
PUBLICATION = "weaver-2011-massage-weavers"
PAGES = {
    "home": "/",
    "answer": "/search?q=FMS+massage",
    "all": "/search",
    "nothing": "/search?q=FMS+astronauts&year=2011",
    "abstract": f"/publications/{PUBLICATION}",
    "lit": f"/publications/{PUBLICATION}#words-3",
    "curated": "/publications/potter-2014-swedish-potters",
    "corrected": "/publications/corrected",
    "retracted": "/publications/kiln-2019-review",
    "about": "/about",
    "absent": "/publications/absent",
}


@pytest.fixture
def opened(browser: Browser, site: str) -> Iterator[Opened]:
    """Opens a page of the site; what the browser complains of (a blocked style, a missing file) fails the test."""
    pages: list[Page] = []
    complaints: list[str] = []

    def open_page(path: str, *, at: str = site, **options: Any) -> Page:
        page = browser.new_page(**options)
        pages.append(page)
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(at + path)
        return page

    yield open_page
    told = [each for each in complaints if "404 (NOT FOUND)" not in each]  # and not what a browser says as it closes
    for page in pages:
        page.close()
    assert told == []


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_no_page_shuts_anyone_out(opened: Opened, path: str, width: int) -> None:
    page = opened(path, viewport={"width": width, "height": 900})
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    shuts_nobody_out(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_page_of_320_pixels_does_not_scroll_sideways(opened: Opened) -> None:
    page = opened("/", viewport={"width": 320, "height": 640})
    for path in PAGES.values():
        page.goto(urljoin(page.url, path))
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path


def test_from_a_question_to_the_words_by_keyboard(opened: Opened) -> None:
    page = opened("/", viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_in_viewport()
    tab_to(page, "#q")
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("publications here for “FMS massage”")
    tab_to(page, f".title a[href='/publications/{PUBLICATION}']")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    expect(page.locator("#ledger")).to_be_visible()
    tab_to(page, "#fact-minutes-a-session-1 a.ref")
    page.keyboard.press("Enter")
    words = page.locator(":target")
    expect(words).to_be_in_viewport()
    expect(words).to_contain_text("30 minutes")
    unlit = page.locator(".abstract mark:not(:target)").first
    colour = "each => getComputedStyle(each).backgroundColor"
    assert words.evaluate(colour) != unlit.evaluate(colour)


def test_from_a_fact_to_its_words_and_back_by_keyboard(opened: Opened) -> None:
    page = opened(f"/publications/{PUBLICATION}", viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    tab_to(page, "#outcome-3 a.ref")
    page.keyboard.press("Enter")
    lit = page.locator("mark:target")
    expect(lit).to_contain_text("Anxiety and cortisol fell")
    tab_to(page, ".abstract sup a[href='#outcome-3']")
    number = page.locator(".abstract sup a[href='#outcome-3']")
    expect(number).to_have_accessible_name("Fact of passage 12")
    expect(number).to_have_accessible_description(re.compile("anxiety: better.*; cortisol: a marker"))
    page.keyboard.press("Enter")
    expect(page.locator("#outcome-3:target")).to_be_in_viewport()
    colour = "each => getComputedStyle(each.children[0]).backgroundColor"
    row = page.locator("#outcome-3")
    assert row.evaluate(colour) != page.locator("#outcome-1").evaluate(colour)
    page.locator(".jump a", has_text="Similar studies").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#similar")).to_be_in_viewport()


def test_a_citation_is_selected_with_one_click(opened: Opened) -> None:
    page = opened(f"/publications/{PUBLICATION}")
    page.locator(".cite dd").first.click()
    assert page.evaluate("getSelection().toString().trim()").startswith(
        "Weaver, W., Loom, L., Spool, & Thread. (2011)."
    )
    with page.expect_download() as taken:
        page.locator(".files a", has_text="RIS").click()
    assert taken.value.suggested_filename == f"{PUBLICATION}.ris"


def test_what_an_ingest_job_read_can_be_found_and_followed_to_its_words(opened: Opened, ingested_site: str) -> None:
    page = opened("/", at=ingested_site)
    page.locator("#q").fill("does massage help weavers with FMS sleep?")
    page.keyboard.press("Enter")
    expect(page.locator("#total b")).to_have_text("1")
    expect(page.locator(".lacks").first).to_contain_text("Not counted above: without")
    shuts_nobody_out(page)
    page.locator(".title a").first.click()
    shuts_nobody_out(page)
    row = page.locator(".ledger tr", has_text="hours of sleep")
    expect(row).to_contain_text("before–after within a group")
    row.locator("a.ref").click()
    expect(page.locator(":target")).to_contain_text(
        "Only the massage therapy group showed an increase in hours of sleep"
    )


def test_facets_work_without_script(browser: Browser, opened: Opened, site: str) -> None:
    page = opened("/search?q=massage", java_script_enabled=False, viewport={"width": 1280, "height": 900})
    page.get_by_label("randomised controlled trial").check()
    page.get_by_role("button", name="Apply").click()
    expect(page).to_have_url(f"{site}/search?q=massage&design=rct")
    page.get_by_label("No longer narrow to randomised controlled trial").click()
    expect(page).to_have_url(f"{site}/search?q=massage")


@pytest.mark.parametrize("width", [1280, 390])
def test_what_stands_against_it_and_the_tally_come_before_the_hits(opened: Opened, width: int) -> None:
    page = opened("/search?q=massage&sort=newest", viewport={"width": width, "height": 900})
    fold = page.locator(".tally .fold > summary")
    assert fold.is_visible() == (width == 390)  # where there is room, it stands open
    if width == 390:
        assert not page.locator(".tally table").first.is_visible()
        fold.click()
    tops = [page.locator(each).first.bounding_box() for each in ("#total", ".strip", ".tally table", "article.card")]
    heights = [each["y"] for each in tops if each]
    assert len(heights) == 4
    assert heights == sorted(heights)
    page.locator(".tally summary").last.click()
    expect(page.get_by_role("img", name="Which way the results went")).to_be_visible()
    shuts_nobody_out(page)
    page.locator(".tally summary").last.click()
    if width == 390:
        fold.click()
    page.emulate_media(media="print")
    expect(page.locator(".strip")).to_contain_text("probably true rarities")
    for each in (".strip .small", ".tally table", ".tally svg"):
        expect(page.locator(each).last).to_be_visible()
        assert (page.locator(each).last.bounding_box() or {"height": 0})["height"] > 10


def test_print_shows_the_address_and_no_controls(opened: Opened, site: str) -> None:
    page = opened(f"/publications/{PUBLICATION}")
    page.emulate_media(media="print")
    expect(page.locator(".printed")).to_have_text(f"{site}/publications/{PUBLICATION}")
    expect(page.locator(".top nav")).to_be_hidden()
    assert page.locator(".ids a").first.evaluate("each => getComputedStyle(each, '::after').content") != "none"


@pytest.mark.parametrize("width", [1280, 390])
def test_the_ledger_is_read_out_as_a_table_however_it_is_laid_out(opened: Opened, width: int) -> None:
    page = opened(f"/publications/{PUBLICATION}", viewport={"width": width, "height": 900})
    display = page.locator(".ledger td").first.evaluate("each => getComputedStyle(each).display")
    assert (display == "table-cell") == (width == 1280)
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    roles = Counter(each["role"]["value"] for each in nodes if not each["ignored"])
    rows = page.locator(".ledger tbody tr").count()
    assert (roles["table"], roles["columnheader"], roles["rowheader"], roles["cell"]) == (1, 8, rows, 7 * rows)
