"""An educator's day by keyboard alone: search, build a list, freeze an edition; then the literature moves on, the list
tells it, the edition stays, and what is exported comes back as it left. People and literature are invented.
"""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from ingest.parsers import parse
from kb.record import Payload, Record
from kb.vocabulary import Vocabulary
from tests.browser.conftest import shuts_nobody_out, tab_to
from tests.browser.test_curating import PASSWORD, home, press, served_to_curators, take_in, type_into
from tests.conftest import NOW

__all__ = ["home"]

TRIAL = """PMID- 99000000{n}
TI  - Massage and sleep in invented {who} with fibromyalgia
FAU - {author}
FAU - Loom, Lena
TA  - J Invent Trials
JT  - Journal of Invented Trials
DP  - 201{n}
VI  - {n}
IP  - 2
PG  - 10{n}-9
LID - 10.5555/{who} [doi]
AB  - METHODS: Forty {who} with fibromyalgia were randomly assigned to massage or to usual care. RESULTS: Sleep was
      better in the massage group than in the usual care group.
PT  - Randomized Controlled Trial
"""
WEAVERS = TRIAL.format(n=1, who="weavers", author="Weaver, Wilma")
DYERS = TRIAL.format(n=2, who="dyers", author="Dyer, Dora")
SPINNERS = TRIAL.format(n=3, who="spinners", author="Spinner, Sam")
RETRACTED = f"{WEAVERS}RIN - J Invent Trials. 2026;9:1\n"


def test_the_day_of_an_educator(browser: Browser, home: Path, vocabulary: Vocabulary, tmp_path: Path) -> None:
    take_in(home, f"{WEAVERS}\n{DYERS}")
    with served_to_curators(home) as site:
        page = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce").new_page()
        address = build(page, site)
        edition = freeze(page, address)
        page.goto(address)
        expect(page.locator(".since")).to_contain_text("Nothing on this list was retracted")
        expect(page.get_by_text("Edit this list")).to_be_visible()
        page.emulate_media(media="print")
        for said in ("Edit this list", "Duplicate this list", "Teach with it", "Since the edition"):
            expect(page.get_by_text(said).first).to_be_hidden()
        page.emulate_media(media="screen")

        take_in(home, f"{RETRACTED}\n{SPINNERS}")
        page.goto(address)
        expect(page.locator(".since")).to_contain_text("1 retracted: Massage and sleep in invented weavers")
        expect(page.locator(".since")).to_contain_text("1 new on the same question")
        expect(page.locator("article header")).to_contain_text("1 is retracted.")
        expect(page.locator("#together")).to_contain_text("counts 1 of its 2 publications")
        shuts_nobody_out(page)
        assert page.request.get(edition[0]).body() == edition[1]

        read = exported(page, address, tmp_path, vocabulary)
        page.context.close()
    assert [each.title for each in read] == [
        "Massage and sleep in invented dyers with fibromyalgia",
        "Massage and sleep in invented weavers with fibromyalgia",
    ]
    assert [each.value_of("doi") for each in read] == ["10.5555/dyers", "10.5555/weavers"]
    assert [each.value_of("pmid") for each in read] == ["990000002", "990000001"]
    assert [(each.volume, each.issue, each.pages) for each in read] == [("2", "2", "102-109"), ("1", "2", "101-109")]
    assert [len(each.contributors) for each in read] == [2, 2]


def build(page: Page, site: str) -> str:
    """A list of two sections, its studies added from a search, with a note and a topic; returns its address."""
    page.goto(f"{site}/sign-in")
    type_into(page, "#name", "cora")
    type_into(page, "#password", PASSWORD)
    press(page, "main form button")
    page.goto(f"{site}/lists/new")
    type_into(page, "#title", "Sleep and hands")
    type_into(page, "#note", "For the autumn term.")
    tab_to(page, "input[name=visibility]")
    page.keyboard.press("ArrowUp")
    if not page.locator("input[value=public]").is_checked():
        page.keyboard.press("ArrowUp")
    assert page.locator("input[value=public]").is_checked()
    press(page, "main form button")
    editing = page.url.partition("?")[0]
    for title in ("Begin here", "Go on"):
        type_into(page, "#new-section", title)
        press(page, "form:has(#new-section) button")

    page.goto(f"{site}/")
    type_into(page, "input[name=q]", "does massage help people with fibromyalgia sleep?")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    for who in ("weavers", "dyers"):
        press(page, f".adding form:has([name=publication][value*='{who}']) button")
        expect(page.locator(f".adding:has(a[href*='{who}']) .hint")).to_contain_text("On Sleep and hands")

    page.goto(editing)
    press(page, "li:has(a[href*='dyers']) form:has([value=up]) button")
    tab_to(page, "li:has(a[href*='dyers']) details:has(textarea) > summary")
    page.keyboard.press("Enter")
    type_into(page, "li:has(a[href*='dyers']) textarea[name=note]", "Who were *they* compared with?")
    press(page, "li:has(a[href*='dyers']) form:has(textarea) button")
    type_into(page, "#topics", "fibromyalgia, sleep")
    press(page, "form:has(#topics) button")
    shuts_nobody_out(page)
    return editing.removesuffix("/edit")


def freeze(page: Page, address: str) -> tuple[str, bytes]:
    """The address of the edition that was made, and its bytes."""
    page.goto(f"{address}/editions")
    type_into(page, "#name", "2026-autumn")
    press(page, "form:has(#name) button")
    expect(page.locator("h1")).to_contain_text("Sleep and hands")
    shuts_nobody_out(page)
    return page.url, page.request.get(page.url).body()


def exported(page: Page, address: str, folder: Path, vocabulary: Vocabulary) -> list[Record]:
    """The list's RIS as it comes from the page, read by our own parser."""
    tab_to(page, ".files a[href$='.ris']")
    with page.expect_download() as coming:
        page.keyboard.press("Enter")
    file = folder / "sleep.ris"
    coming.value.save_as(file)
    body = file.read_bytes()
    assert b"N1  - Reading list note: Who were *they* compared with?" in body
    payload = Payload(source="file", key=file.name, body=body, fetched_at=NOW)
    return [each for each in parse(payload, vocabulary) if isinstance(each, Record)]
