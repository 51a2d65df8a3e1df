"""The desk where facts are checked, in a real browser: selected words fill the field. The trial is invented."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from kb.base import open_desk, open_for_writing, open_kb
from kb.extraction import Extraction, Finding, Sample
from kb.record import Payload, Record
from tests.browser.conftest import shuts_nobody_out
from tests.conftest import NOW
from tests.servers.wsgi import serving
from web import create_app

ID, PASSWORD = "weaver-2011", "four invented words together"


@pytest.fixture
def site(tmp_path: Path, invented: Record) -> Iterator[str]:
    """The address of pages over one trial, with an account for Cora."""
    home = tmp_path / "home"
    home.mkdir()
    (home / "touchstone.toml").write_text("semantic = false\n")
    payload = Payload(source="file", key="invented.nbib", body=b"PMID- 990000001", fetched_at=NOW, format="medline")
    with open_for_writing(home) as writing:
        writing.store.keep(payload)
        read = Extraction(version="1", sample=Sample(n=Finding(40, 9, 14)))
        writing.store.put(invented, publication=ID, machine=read, payload=payload.digest, at=NOW)
        writing.refresh()
    with closing(open_kb(home)) as kb, closing(open_desk(home, lambda: NOW)) as desk:
        desk.accounts.accept(desk.accounts.invite(None, "cora", "curator"), PASSWORD, "Cora")
        desk.reports.send(ID, None, "It was 48.", "192.0.2.1")
        with serving(create_app(kb, desk)) as address:
            yield address


def test_words_that_are_selected_say_the_fact(site: str, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{site}/sign-in?next=/publications/{ID}/correct")
    page.fill("#name", "cora")
    page.fill("[name=password]", PASSWORD)
    page.click("main button")
    page.get_by_role("link", name=re.compile(r"It is wrong\s*: Entered")).click()
    expect(page.locator("#words")).to_have_value("Forty")
    page.get_by_text("low back pain").dblclick(position={"x": 4, "y": 10})
    selected = page.evaluate("getSelection().toString().trim()")
    assert selected
    expect(page.locator("#words")).to_have_value(selected)
    expect(page.locator("#words-hint")).to_have_text("Taken from the abstract.")
    page.fill("[name=v-value]", "48")
    page.keyboard.press("Enter")
    expect(page.locator("[role=status]").first).to_contain_text("Kept.")
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        ours = ("correct", "correct?fact=sample.n", "correct?add=outcomes", "report")
        for url in ("/reports", f"/publications/{ID}", *(f"/publications/{ID}/{each}" for each in ours)):
            page.goto(site + url)
            shuts_nobody_out(page)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, url
    expect(page.locator("main")).to_contain_text("Report a mistake")
    page.goto(f"{site}/publications/{ID}")
    expect(page.locator("#fact-entered-1")).to_contain_text("corrected by Cora")
    page.close()
