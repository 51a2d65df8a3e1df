"""What script adds, in a real browser: by keyboard alone, on a slow service, without a network, and without script.

Slowness is real: the service waits until the test lets it answer.
"""

from __future__ import annotations

import gzip
import re
import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from kb.search import Query, Results, Suggestion
from tests.browser.conftest import served, shuts_nobody_out, tab_to
from tests.conftest import ROOT
from tests.web.invented import InventedKnowledgeBase

STATIC = ROOT / "web" / "static"
WIDTHS = pytest.mark.parametrize("width", [1280, 390])
# What a browser says where there is no network, no index, or neither https nor localhost.
TOLD = "net::ERR_INTERNET_DISCONNECTED|status of 503|Cross-Origin-Opener-Policy header has been ignored"
CHOICES = ".narrowing input[type=checkbox]"
TOTAL = re.compile(r"^[\d,]+ of [\d,]+ publications here\s*$")


class SlowKnowledgeBase(InventedKnowledgeBase):
    """It answers what is typed as `slow` ends, and what is narrowed to `slow` alone, when `gate` is set."""

    def __init__(self) -> None:
        super().__init__()
        self.gate, self.asked = threading.Event(), threading.Event()

    def suggest(self, typed: str) -> tuple[Suggestion, ...]:
        if typed.endswith("fib"):
            self._wait()
        return super().suggest(typed)

    def search(self, query: Query) -> Results:
        if query.filters == (("design", "rct"),):
            self._wait()
        return super().search(query)

    def _wait(self) -> None:
        self.asked.set()
        assert self.gate.wait(20)


@pytest.fixture
def slow() -> Iterator[tuple[str, SlowKnowledgeBase]]:
    kb = SlowKnowledgeBase()
    with served(kb) as address:
        yield address, kb
        kb.gate.set()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page; what the browser complains of fails the test, but for what it must tell."""
    complaints: list[str] = []
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    told = [each for each in complaints if not re.search(TOLD, each)]  # and not what a browser says as it closes
    context.close()
    assert told == []


def wide(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})


def options(page: Page) -> Locator:
    return page.get_by_role("listbox", name="Suggestions").get_by_role("option")


def sound(page: Page) -> None:
    """Nobody is shut out of the page as it is now, in either scheme, and it does not scroll sideways."""
    width = (page.viewport_size or {})["width"]
    if width < 1000:  # where all stands in one column, and what lies over it covers most
        shuts_nobody_out(page)
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map(each => each.id)")
    assert len(ids) == len(set(ids))
    assert page.evaluate("document.documentElement.scrollWidth") <= width


# Suggestions


@WIDTHS
def test_a_suggestion_is_taken_by_keyboard_and_enter_then_searches(page: Page, curated_site: str, width: int) -> None:
    wide(page, width)
    page.goto(curated_site)
    tab_to(page, "#q")
    page.keyboard.type("does massage help low ba")
    box = page.get_by_role("combobox", name="What would you like to know?")
    expect(options(page).nth(0)).to_have_text(re.compile(r"^low back pain, condition, \d+ publications?$"))
    expect(page.locator(".typed [role=status]")).to_have_text(f"{options(page).count()} suggestions")
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(box).to_have_attribute("aria-controls", "suggestions")
    assert box.get_attribute("aria-activedescendant") is None
    sound(page)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", "suggestion-1")
    expect(page.get_by_role("option", selected=True)).to_have_count(1)
    sound(page)
    page.keyboard.press("ArrowUp")
    expect(page.locator("#suggestion-0")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(box).to_have_value("does massage help low back pain")
    expect(options(page)).to_have_count(0)
    expect(page).to_have_url(f"{curated_site}/")
    expect(box).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{curated_site}/search?q=does+massage+help+low+back+pain")


def test_escape_tab_and_enter_leave_what_was_typed(page: Page, curated_site: str) -> None:
    page.goto(curated_site)
    box = page.locator("#q")
    box.press_sequentially("mass")
    expect(options(page).first).to_be_visible()
    page.keyboard.press("ArrowUp")  # from the box to the last
    expect(options(page).last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    expect(options(page)).to_have_count(0)
    expect(box).to_have_value("mass")
    expect(box).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("ArrowDown")
    expect(options(page).first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowLeft")  # back to the letters
    assert box.get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    expect(options(page)).to_have_count(0)
    expect(box).to_have_value("mass")
    expect(page.get_by_role("button", name="Search")).to_be_focused()
    box.press("End")
    page.keyboard.type("a")
    expect(options(page).first).to_be_visible()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{curated_site}/search?q=massa")


@WIDTHS
def test_a_suggestion_is_taken_by_pointer(page: Page, curated_site: str, width: int) -> None:
    wide(page, width)
    page.goto(f"{curated_site}/search?q=pain")
    page.locator("#q").fill("fibrosi")
    found = options(page).filter(has_text="fibrositis: fibromyalgia, condition, ")
    expect(found).to_be_visible()
    assert (found.bounding_box() or {"height": 0})["height"] >= 24
    found.click()
    expect(page.locator("#q")).to_have_value("fibrositis")
    expect(page.locator("#q")).to_be_focused()
    expect(options(page)).to_have_count(0)
    expect(page).to_have_url(f"{curated_site}/search?q=pain")


def test_an_answer_that_comes_late_is_dropped(page: Page, slow: tuple[str, SlowKnowledgeBase]) -> None:
    address, kb = slow
    page.goto(address)
    page.locator("#q").press_sequentially("fib")
    assert kb.asked.wait(20)
    page.locator("#q").press("Backspace")
    page.locator("#q").press("Backspace")
    page.locator("#q").press("Backspace")
    page.locator("#q").press_sequentially("low")
    expect(options(page)).to_have_text(["low back pain, condition, 1 publication"])
    with page.expect_response(lambda answer: "q=low" not in answer.url) as other:
        kb.gate.set()
        page.evaluate("fetch('/suggest?q=fib')")  # what follows it has come, so it would have too
    other.value.finished()
    expect(options(page)).to_have_text(["low back pain, condition, 1 publication"])
    page.locator("#q").fill("")
    expect(options(page)).to_have_count(0)


def test_letters_that_are_being_composed_are_left_alone(page: Page, curated_site: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/suggest?" in request.url else None)
    page.goto(curated_site)
    page.locator("#q").focus()
    keys = page.context.new_cdp_session(page)
    for text in ("f", "fi", "fibro"):
        keys.send("Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)})
    page.wait_for_timeout(400)  # longer than the pause after which it would ask
    assert asked == []
    keys.send("Input.insertText", {"text": "fibro"})
    expect(options(page).first).to_contain_text("fibromyalgia")
    assert [each.partition("?")[2] for each in asked] == ["q=fibro"]


# Choices that apply at once


@WIDTHS
def test_a_choice_applies_at_once_and_keeps_its_place(page: Page, curated_site: str, width: int) -> None:
    wide(page, width)
    page.goto(f"{curated_site}/search?q=pain")
    expect(page.locator(".narrowing")).to_contain_text("Choices apply at once.")
    before = page.locator("#total").text_content()
    details = page.locator("fieldset", has_text="Outcome measured").locator("details")
    details.locator("summary").click()
    choice = page.get_by_role("checkbox", name="randomised controlled trial")
    choice.focus()
    place = (choice.bounding_box() or {})["y"]
    page.keyboard.press("Space")
    expect(page).to_have_url(f"{curated_site}/search?q=pain&design=rct")
    told = page.locator(".progress")
    expect(told).to_have_text(TOTAL)
    number, *of_all = (told.text_content() or "").split()
    assert number == page.locator("#total b").text_content()
    assert of_all == (before or "").split()[1:5]
    assert page.locator("#total").text_content() != before
    expect(choice).to_be_checked()
    expect(choice).to_be_focused()
    assert abs((choice.bounding_box() or {})["y"] - place) < 2
    expect(details).to_have_attribute("open", "")
    expect(page).to_have_title(re.compile("pain"))
    expect(page.locator(".printed")).to_have_text(f"{curated_site}/search?q=pain&design=rct")
    expect(page.locator(".answer")).not_to_have_attribute("aria-busy", "true")
    sound(page)
    narrowed = page.locator("#total").text_content()
    page.go_back()
    expect(page.locator("#total")).to_have_text(before or "")
    expect(choice).not_to_be_checked()
    page.go_forward()
    expect(page.locator("#total")).to_have_text(narrowed or "")
    expect(choice).to_be_checked()
    page.reload()
    expect(page.locator("#total")).to_have_text(narrowed or "")


def test_what_was_found_is_one_step_away_and_is_no_new_question(page: Page, curated_site: str) -> None:
    wide(page, 390)
    asked: list[str] = []
    page.goto(f"{curated_site}/search?q=pain")
    page.locator(CHOICES).first.check()
    expect(page.locator(".progress")).to_contain_text("publications here")
    page.on("request", lambda request: asked.append(request.url) if "/search" in request.url else None)
    page.get_by_role("link", name="To the answer").click()
    expect(page.locator("#total")).to_be_in_viewport()
    page.go_back()
    assert asked == []


def test_the_address_is_the_canonical_one(page: Page, curated_site: str) -> None:
    page.goto(f"{curated_site}/search?q=pain&sort=newest")
    page.get_by_role("checkbox", name="randomised controlled trial").check()
    expect(page).to_have_url(f"{curated_site}/search?q=pain&design=rct&sort=newest")
    page.locator("fieldset", has_text="Condition").locator("input[type=checkbox]").first.check()
    expect(page).to_have_url(re.compile(r"/search\?q=pain&condition=[a-z_]+&design=rct&sort=newest$"))


@WIDTHS
def test_a_choice_that_is_overtaken_is_dropped(page: Page, slow: tuple[str, SlowKnowledgeBase], width: int) -> None:
    address, kb = slow
    wide(page, width)
    page.goto(f"{address}/search")
    rct = page.get_by_role("checkbox", name="randomised controlled trial")
    rct.check()
    assert kb.asked.wait(20)
    expect(page.locator(".answer")).to_have_attribute("aria-busy", "true")
    expect(page.locator(".progress")).to_have_text("Updating …")
    expect(page.locator(".progress")).to_be_in_viewport()
    sound(page)
    page.get_by_role("checkbox", name="2011").check()
    expect(page).to_have_url(f"{address}/search?design=rct&year=2011")
    kb.gate.set()
    page.wait_for_load_state("networkidle")
    expect(page).to_have_url(f"{address}/search?design=rct&year=2011")
    expect(page.locator("#total b")).to_have_text("1")
    expect(rct).to_be_checked()


@WIDTHS
def test_a_choice_that_cannot_be_fetched_says_so_and_can_be_tried_again(
    page: Page, curated_site: str, width: int
) -> None:
    wide(page, width)
    page.goto(f"{curated_site}/search?q=pain")
    before = page.locator("#total").text_content()
    choice = page.locator(CHOICES).nth(2)
    page.context.set_offline(True)
    choice.focus()
    page.keyboard.press("Space")
    told = page.get_by_role("alert")
    expect(told).to_contain_text("you may be offline. What you see is of the choices before.")
    expect(told).to_be_in_viewport()
    expect(choice).to_be_focused()
    expect(page).to_have_url(f"{curated_site}/search?q=pain")
    assert page.locator("#total").text_content() == before
    expect(page.locator(".answer")).to_have_attribute("aria-busy", "false")
    sound(page)
    tab_to(page, ".failed button")
    page.keyboard.press("Enter")
    expect(told).to_contain_text("you may be offline")
    expect(choice).to_be_focused()
    page.context.set_offline(False)
    tab_to(page, ".failed button")
    page.keyboard.press("Enter")
    expect(page.locator(".progress")).to_have_text(TOTAL)
    expect(told).to_have_count(0)
    expect(page).not_to_have_url(f"{curated_site}/search?q=pain")
    expect(choice).to_be_focused()
    expect(choice).to_be_checked()


def test_without_an_index_choices_wait_and_apply_leads_to_the_page_that_says_why(page: Page) -> None:
    kb = InventedKnowledgeBase()
    with served(kb) as address:
        page.goto(f"{address}/search")
        kb._index = False
        page.get_by_role("checkbox", name="2011").check()
        expect(page.get_by_role("alert")).to_contain_text("This could not be fetched")
        page.get_by_role("button", name="Apply").click()
        expect(page.locator("h1")).to_have_text("The index is being rebuilt")
        expect(page).to_have_url(f"{address}/search?year=2011")


# Long lists


@WIDTHS
def test_a_long_list_is_searched_by_typing(page: Page, curated_site: str, width: int) -> None:
    wide(page, width)
    page.goto(f"{curated_site}/search")
    facet = page.get_by_role("group", name="Condition")
    field = page.get_by_role("searchbox", name="Find in condition")
    choices = facet.get_by_role("checkbox")
    shown = choices.count()
    every = facet.locator("li").count()
    assert shown < every  # the others are folded away
    field.press_sequentially("FIBRÓMY")
    expect(choices).to_have_count(1)
    expect(page.locator(".progress")).to_have_text(f"1 of {every}")
    field.press("Enter")
    expect(page).to_have_url(f"{curated_site}/search")
    sound(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page).to_have_url(f"{curated_site}/search?condition=fibromyalgia")
    expect(choices).to_have_count(1)
    expect(choices).to_be_checked()
    field.fill("")
    assert choices.count() > 1
    for short in page.locator("fieldset").all():
        assert short.locator("input[type=search]").count() == (short.locator("li").count() > 12)


# Without a network, without script


@WIDTHS
def test_without_a_network_a_page_of_ours_says_so(page: Page, curated_site: str, width: int) -> None:
    wide(page, width)
    page.goto(f"{curated_site}/search?q=pain")
    page.evaluate("navigator.serviceWorker.ready.then(() => null)")
    page.context.set_offline(True)
    page.locator(".title a").first.click()
    expect(page.locator("h1")).to_have_text("This page could not be fetched")
    assert page.locator(".top").evaluate("each => getComputedStyle(each).borderBottomStyle") == "solid"  # our looks
    assert "/publications/" in page.url
    sound(page)
    kept = page.evaluate(
        "caches.keys().then(names => Promise.all(names.map(each => caches.open(each).then(c => c.keys())))"
        ".then(all => all.flat().map(each => new URL(each.url).pathname)))"
    )
    assert sorted(kept) == ["/offline", "/static/touchstone.css", "/static/touchstone.svg"]
    page.context.set_offline(False)
    page.get_by_role("link", name="Try again").click()
    expect(page.locator("#ledger, .publication").first).to_be_visible()


def test_where_there_are_no_workers_all_else_works(page: Page, curated_site: str) -> None:
    """A host by name over http: to a browser that is no place for a worker."""
    address = curated_site.replace("127.0.0.1", "massage.test")
    page.goto(f"{address}/search?q=pain")
    assert page.evaluate("!isSecureContext && navigator.serviceWorker === undefined")
    page.locator(CHOICES).first.check()
    expect(page.locator(".progress")).to_have_text(TOTAL)


@WIDTHS
def test_without_script_nothing_is_missing(browser: Browser, curated_site: str, width: int) -> None:
    page = browser.new_page(java_script_enabled=False, viewport={"width": width, "height": 900})
    page.goto(curated_site)
    assert page.locator("#q").get_attribute("list") == "concepts"
    assert page.locator("#concepts option").count() == 60
    expect(page.get_by_text("apply at once")).to_have_count(0)
    page.locator("#q").fill("pain")
    page.locator("#q").press("Enter")
    page.get_by_role("checkbox", name="randomised controlled trial").check()
    expect(page).to_have_url(f"{curated_site}/search?q=pain")
    page.get_by_role("button", name="Apply").click()
    expect(page).to_have_url(f"{curated_site}/search?q=pain&design=rct")
    page.close()


def test_script_takes_the_list_away_and_prints_nothing_of_its_own(page: Page, curated_site: str) -> None:
    page.goto(f"{curated_site}/search?q=pain")
    expect(page.get_by_role("combobox")).to_have_count(1)
    expect(page.locator("datalist")).to_have_count(0)
    page.emulate_media(media="print")
    expect(page.locator(".narrowing")).to_be_hidden()
    expect(page.locator(".typed")).to_be_hidden()


def test_the_script_is_small(page: Page, curated_site: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if request.url.endswith(".js") else None)
    page.goto(f"{curated_site}/search?q=pain")
    expect(page.get_by_text("apply at once")).to_be_visible()
    names = {url.rpartition("/")[2] for url in asked} - {"worker.js"}
    assert names == {"narrowing.js", "touchstone.js"}
    assert sum(len(gzip.compress((STATIC / name).read_bytes())) for name in names) < 4096
