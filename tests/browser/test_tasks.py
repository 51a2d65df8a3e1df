"""Ten tasks that people come with, each done by keyboard alone, wide and narrow, with script and without.

Over the curated corpus, whose studies are real; what it does not hold (a retraction) over invented publications.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import tab_to
from tests.web.test_words import NEVER

Open = Callable[[str], Page]
WAYS = [(width, script) for width in (1280, 390) for script in (True, False)]


@pytest.fixture(params=WAYS, ids=lambda way: f"{way[0]}-{'script' if way[1] else 'no script'}")
def opened(request: pytest.FixtureRequest, browser: Browser, curated_site: str) -> Iterator[Open]:
    """Opens a page of the curated site (or of another, by its whole address); complaints of the browser fail."""
    width, script = request.param
    context = browser.new_context(
        viewport={"width": width, "height": 900}, java_script_enabled=script, reduced_motion="reduce"
    )
    complaints: list[str] = []

    def open_page(path: str) -> Page:
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(path if "://" in path else curated_site + path)
        return page

    yield open_page
    told = list(complaints)  # and not what a browser says as it closes
    context.close()
    assert told == []


def follow(page: Page, selector: str) -> None:
    """Go to a link or button by Tab, and press Enter."""
    tab_to(page, selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def ask(page: Page, question: str) -> None:
    """Type a question into the one box, in place of what stands there."""
    tab_to(page, "#q")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(question)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("#total")).to_be_visible()


def test_finds_whether_massage_helps_sleep_in_fibromyalgia_and_sees_that_it_rests_on_within_group_changes(
    opened: Open,
) -> None:
    page = opened("/")
    ask(page, "does massage help people with fibromyalgia sleep?")
    expect(page.locator(".chips")).to_contain_text("fibromyalgia")
    glance = page.locator(".glance")
    expect(glance.locator("h3").first).to_have_text("sleep")
    expect(glance).to_contain_text("Too few to test")
    expect(glance).to_contain_text(re.compile(r"\d+ looks? only at before and after"))
    card = page.locator(".card", has_text="substance P")
    expect(card.locator(".within").first).to_contain_text("better than before (massage therapy)")
    expect(card.locator(".outcomes li.better")).to_have_count(0)


def test_opens_the_study_behind_a_number_and_reads_what_it_was_compared_with(opened: Open) -> None:
    page = opened("/search?q=massage+fibromyalgia+sleep")
    number = page.locator(".tally td.better a").first.text_content()
    if page.locator(".tally .fold > summary").is_visible():  # on a phone the count is opened
        tab_to(page, ".tally .fold > summary")
        page.keyboard.press("Enter")
    follow(page, ".tally td.better a")
    expect(page.locator("#total b")).to_have_text(str(number))
    follow(page, ".card .title a")
    row = page.locator(".ledger tr.better").first
    expect(row).to_contain_text("between groups")
    expect(row).to_contain_text("disconnected magnetotherapy")


def test_meets_the_study_that_stands_against_it_however_the_hits_are_sorted(opened: Open) -> None:
    page = opened("/search?q=massage+pain")
    follow(page, ".sorts a[href*='sort=newest']")
    expect(page.locator(".sorts [aria-current]")).to_have_text("newest")
    counter = page.locator(".strip .counter li")
    expect(counter.first).to_contain_text(re.compile("worse|mixed|no clear direction"))
    follow(page, ".strip .counter a")
    expect(page.locator("#ledger")).to_be_visible()


def test_narrows_to_randomised_trials_and_takes_that_back(opened: Open) -> None:
    page = opened("/search?q=massage")
    all_of_them = page.locator("#total b").text_content()
    tab_to(page, ".narrowing input[name=design][value=rct]")
    page.keyboard.press("Space")
    if "condition" not in page.url:  # where no script has applied the choice already, the button does
        tab_to(page, ".narrowing button")
        page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search\?q=massage&design=rct$"))
    chip = page.locator(".chips li", has_text="Study design")
    expect(chip).to_contain_text("randomised controlled trial")
    assert page.locator("#total b").text_content() != all_of_them
    page.reload()
    follow(page, ".chips a.drop[aria-label^='No longer']")
    expect(page.locator("#total b")).to_have_text(str(all_of_them))


def test_asks_under_another_name_misspelt_and_sees_how_it_was_understood(opened: Open) -> None:
    page = opened("/")
    ask(page, "masage for FMS")
    expect(page.locator(".chips")).to_contain_text("fibromyalgia")
    expect(page.locator(".readback")).to_contain_text("massage")
    found = int(page.locator("#total b").text_content() or 0)
    assert found
    follow(page, ".chips li:has(a[href='/topics/fibromyalgia']) .drop")
    assert int(page.locator("#total b").text_content() or 0) > found


def test_follows_a_fact_to_its_words_and_back(opened: Open, ingested_site: str) -> None:
    page = opened(f"{ingested_site}/search?q=massage")
    follow(page, ".card .title a")
    follow(page, ".facts a.ref, .ledger a.ref")
    lit = page.locator("mark:target")
    expect(lit).to_be_in_viewport()
    follow(page, ".abstract sup a")
    expect(page.locator(":target")).to_be_in_viewport()


def test_learns_that_a_paper_was_retracted_before_using_it(opened: Open, site: str) -> None:
    page = opened(f"{site}/search?notices=retracted")
    expect(page.locator(".card .notice").first).to_contain_text("Retracted")
    follow(page, ".card .title a")
    notice = page.locator(".publication > .notice").first
    expect(notice).to_be_in_viewport()
    expect(notice).to_contain_text("Listed by")


def test_prints_one_page_for_a_client_that_advises_nothing(opened: Open) -> None:
    page = opened("/search?q=massage+fibromyalgia")
    follow(page, ".with-answer a[href^='/brief']")
    expect(page.locator(".brief h1")).to_have_text("massage fibromyalgia")
    said = page.locator(".brief").inner_text()
    ours = re.sub("|".join(map(re.escape, page.locator(".brief cite").all_inner_texts())) or "$^", "", said)
    assert not NEVER.search(ours)
    assert re.search(r"\d+ of \d+ publications", said)
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))) == 1


def test_takes_a_citation_along(opened: Open) -> None:
    page = opened("/search?q=massage+fibromyalgia+myofascial")
    follow(page, ".card .title a")
    follow(page, ".jump a[href='#cite']")
    expect(page.locator(".cite dl")).to_be_in_viewport()
    expect(page.locator(".cite dd").first).to_contain_text(re.compile(r"\(\d{4}\)"))
    tab_to(page, ".files a[href$='.ris']")
    with page.expect_download() as taken:
        page.keyboard.press("Enter")
    assert "TY  - JOUR" in Path(taken.value.path()).read_text(encoding="utf-8")


def test_looks_through_a_topic_for_what_nobody_has_measured(opened: Open) -> None:
    page = opened("/")
    follow(page, ".top nav a[href='/topics']")
    follow(page, "a[href='/topics/fibromyalgia']")
    expect(page.locator(".core .totals")).to_contain_text(re.compile(r"0 of \d+|nobody|\d+"))
    follow(page, ".gaps td.empty a")
    expect(page.locator(".nothing, #total").first).to_contain_text(re.compile("Nothing here fits|^0 of"))


def test_is_helped_on_where_nothing_is_found(opened: Open) -> None:
    page = opened("/")
    ask(page, "kangaroo care for astronauts in menopause")  # whatever study comes next, it is of no such people
    expect(page.locator("#total b")).to_have_text("0")
    follow(page, ".nothing a")
    expect(page.locator("#total")).to_be_visible()
    assert "astronauts" not in page.locator("#total").inner_text() or page.locator(".card").count()
