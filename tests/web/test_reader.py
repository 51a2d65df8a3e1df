"""Numbers and dates in the reader's own marks, and pages that say so to caches."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from tests.web.invented import INVENTED, InventedKnowledgeBase
from web import create_app
from web.reader import day, number, share

THIN, HARD = "\u202f", "\xa0"


@pytest.mark.parametrize(
    ("languages", "written", "part", "dated"),
    [
        ("", "12,345.5", "21%", "Nov 2, 2026"),
        ("en-US,en;q=0.9", "12,345.5", "21%", "Nov 2, 2026"),
        ("en-GB", "12,345.5", "21%", "2 Nov 2026"),
        ("de", "12.345,5", f"21{HARD}%", "2 Nov 2026"),
        ("de-CH,de;q=0.8", "12’345.5", "21%", "2 Nov 2026"),
        ("fr-FR", f"12{THIN}345,5", f"21{HARD}%", "2 Nov 2026"),
        ("pt-BR", "12.345,5", "21%", "2 Nov 2026"),  # Brazil has no English of its own
        ("hi-IN", "12,345.5", "21%", "2 Nov 2026"),
        ("zh-Hant-TW", "12,345.5", "21%", "2 Nov 2026"),
        (
            "tlh, de;q=0.5",
            "12.345,5",
            f"21{HARD}%",
            "2 Nov 2026",
        ),  # no table knows Klingon
        ("*", "12,345.5", "21%", "Nov 2, 2026"),
        ("../../etc/passwd, \x00, de_DE.UTF-8@x", "12,345.5", "21%", "Nov 2, 2026"),
    ],
)
def test_numbers_and_dates_are_written_as_the_reader_writes_them(
    languages: str, written: str, part: str, dated: str
) -> None:
    with Flask("reader").test_request_context(headers={"Accept-Language": languages}):
        assert number(12345.5) == written
        assert share(0.211) == part
        assert day(date(2026, 11, 2)) == dated


def test_a_whole_number_has_no_fraction_and_outside_a_request_it_is_written_in_english() -> None:
    assert number(30.0) == "30"
    assert number(1234) == "1,234"


def test_a_page_tells_caches_that_it_depends_on_the_reader() -> None:
    browser = create_app(InventedKnowledgeBase(INVENTED)).test_client()
    page = browser.get("/search", headers={"Accept-Language": "de-DE"})
    assert "Accept-Language" in page.headers["Vary"]
    with browser.get("/static/touchstone.svg") as picture:
        assert "Accept-Language" not in picture.headers.get("Vary", "")
