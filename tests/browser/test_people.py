"""Pages of those who sign in shut nobody out, and need no scrolling sideways. People and literature are invented."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import shuts_nobody_out
from tests.browser.test_curating import PASSWORD, WIDTHS, desk_site, home
from tests.web.test_curating import WEAVERS

__all__ = ["desk_site", "home"]

PAGES = (
    "/account",
    "/lists",
    "/lists/new",
    "/reports",
    "/watch?q=massage",
    f"/lists/add?publication={WEAVERS}",
    f"/publications/{WEAVERS}/report",
    f"/publications/{WEAVERS}/teach/worksheet",
)


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_shuts_anybody_out(browser: Browser, desk_site: str, width: int, home: Path) -> None:
    page = browser.new_context(viewport={"width": width, "height": 900}, reduced_motion="reduce").new_page()
    page.goto(f"{desk_site}/sign-in")
    shuts_nobody_out(page)
    page.fill("#name", "cora")
    page.fill("#password", "wrong, and told so")
    page.click("main form button")
    shuts_nobody_out(page)
    page.fill("#name", "cora")
    page.fill("#password", PASSWORD)
    page.click("main form button")
    for url in PAGES:
        answer = page.goto(f"{desk_site}{url}")
        assert answer is not None
        assert answer.status == 200, url
        shuts_nobody_out(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, url
    page.context.close()
