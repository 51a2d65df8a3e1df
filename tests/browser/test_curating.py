"""A curator's list by keyboard alone: signed in, made, filled, ordered, commented on, and read by somebody else.

People and literature are invented.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, Page, expect

from kb.base import open_desk, open_kb
from tests.browser.conftest import shuts_nobody_out, tab_to
from tests.conftest import NOW
from tests.servers.wsgi import serving
from tests.web.test_curating import CITATIONS, PASSWORD
from touchstone import touchstone
from web import create_app

WIDTHS = (1280, 390)


@pytest.fixture(params=WIDTHS)
def width(request: pytest.FixtureRequest) -> int:
    wide: int = request.param
    return wide


def take_in(home: Path, citations: str) -> None:
    file = home.parent / "new.nbib"
    file.write_text(citations, "utf-8")
    assert CliRunner().invoke(touchstone, ["--home", str(home), "ingest", "file", str(file)]).exit_code == 0


@contextmanager
def served_to_curators(home: Path) -> Iterator[str]:
    """The pages over a home in which `cora` may curate."""
    with closing(open_desk(home, lambda: NOW)) as desk, closing(open_kb(home)) as kb:
        desk.accounts.accept(desk.accounts.invite(None, "cora", "curator"), PASSWORD, "Cora")
        with serving(create_app(kb, desk)) as address:
            yield address


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = tmp_path / "home"
    home.mkdir()
    (home / "touchstone.toml").write_text("semantic = false\n")
    return home


@pytest.fixture
def desk_site(home: Path) -> Iterator[str]:
    take_in(home, CITATIONS)
    with served_to_curators(home) as address:
        yield address


def type_into(page: Page, selector: str, words: str) -> None:
    tab_to(page, selector)
    page.keyboard.type(words)


def press(page: Page, selector: str) -> None:
    """Go to a button or link by Tab, press Enter, and wait for the page that comes."""
    tab_to(page, selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def titles(page: Page, within: str) -> list[str]:
    return [each.split()[0] for each in page.locator(f"{within} ol h3").all_inner_texts()]


def test_a_list_is_made_by_keyboard_and_read_without_an_account(browser: Browser, desk_site: str, width: int) -> None:
    mine = browser.new_context(viewport={"width": width, "height": 900}, reduced_motion="reduce")
    complaints: list[str] = []
    page = mine.new_page()
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))

    page.goto(f"{desk_site}/lists/new")  # leads to signing in, and back
    type_into(page, "#name", "cora")
    type_into(page, "input[type=password]", PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("New list")
    type_into(page, "#title", "Hands and backs")
    type_into(page, "#note", "Three *invented* trials.")
    tab_to(page, "input[name=visibility]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    press(page, "main form button")
    for title in ("Begin here", "Go on"):
        type_into(page, "#new-section", title)
        press(page, "form:has(#new-section) button")
    for section, pasted in (("Begin here", "990000001\n10.5555/nobody\n990000003"), ("Go on", "990000002")):
        type_into(page, "#pasted", pasted)
        type_into(page, "#into", section)
        press(page, "form:has(#pasted) button")
    begin, go_on = "section.part:has(#section-1)", "section.part:has(#section-2)"
    assert (titles(page, begin), titles(page, go_on)) == (["Massage", "Stroking"], ["Kneading"])

    press(page, f"{go_on} form:has([value=up]) button")  # up, out of its section
    assert (titles(page, begin), titles(page, go_on)) == (["Massage", "Stroking", "Kneading"], [])
    with page.expect_navigation():
        page.keyboard.press("Enter")  # the button that moved with it has the focus still
    assert titles(page, begin) == ["Massage", "Kneading", "Stroking"]
    tab_to(page, "li:nth-child(3) details:has(select) > summary")
    page.keyboard.press("Enter")
    type_into(page, "li:nth-child(3) select", "Go on")
    press(page, "li:nth-child(3) form:has(select) button")
    assert (titles(page, begin), titles(page, go_on)) == (["Massage", "Kneading"], ["Stroking"])

    tab_to(page, "details:has(#note-1) > summary")
    page.keyboard.press("Enter")
    type_into(page, "#note-1", "Look at the **comparator**.")
    type_into(page, "#private-1", "Ask Dora.")
    press(page, "form:has(#note-1) button")
    shuts_nobody_out(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    public = page.url.partition("/edit")[0]
    assert complaints == []
    mine.close()

    reader = browser.new_context(viewport={"width": width, "height": 900}, reduced_motion="reduce").new_page()
    reader.goto(public)
    expect(reader.locator("h1")).to_have_text("Hands and backs")
    assert reader.locator("main h2[id^=section-]").all_inner_texts() == ["Begin here", "Go on"]
    assert titles(reader, "main") == ["Massage", "Kneading", "Stroking"]
    expect(reader.locator(".said strong")).to_have_text("comparator")
    assert "Dora" not in reader.content()
    shuts_nobody_out(reader)
    reader.context.close()


def test_a_publication_is_dragged_to_its_place(browser: Browser, desk_site: str) -> None:
    page = browser.new_context(viewport={"width": 1280, "height": 1600}, reduced_motion="reduce").new_page()
    page.goto(f"{desk_site}/sign-in?next=/lists/new")
    page.fill("#name", "cora")
    page.fill("#password", PASSWORD)
    page.click("main form button")
    page.fill("#title", "Hands and backs")
    page.fill("#note", "Three invented trials.")
    page.click("main form button")
    for title, pasted in (("Begin here", "990000001\n990000002"), ("Go on", "990000003")):
        page.fill("#new-section", title)
        page.click("form:has(#new-section) button")
        if page.locator("#into").count():
            page.select_option("#into", label=title)
        page.fill("#pasted", pasted)
        page.click("form:has(#pasted) button")
    begin, go_on = (f"section.part:has(#section-{n})" for n in (1, 2))
    assert (titles(page, begin), titles(page, go_on)) == (["Massage", "Kneading"], ["Stroking"])
    for dragged, beside, under, wanted in (
        ("Massage", "Kneading", True, (["Kneading", "Massage"], ["Stroking"])),
        ("Stroking", "Massage", False, (["Kneading", "Stroking", "Massage"], [])),
    ):
        row, target = (page.locator(f".editing ol > li:has(h3:has-text('{each}'))") for each in (dragged, beside))
        height = (target.bounding_box() or {})["height"]
        with page.expect_navigation():
            row.locator(".handle").drag_to(target, target_position={"x": 40, "y": height - 4 if under else 4})
        assert (titles(page, begin), titles(page, go_on)) == wanted
    page.context.close()
