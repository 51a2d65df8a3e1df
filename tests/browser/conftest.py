"""A real browser on the real pages, served on loopback: over publications in memory, which show every case, and
over a knowledge base that an ingest job has filled. All literature is invented.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import msgspec
import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from click.testing import CliRunner
from playwright.sync_api import Browser, Page, sync_playwright

from kb.base import open_kb
from run import BROWSERS
from tests.conftest import ROOT
from tests.servers.wsgi import serving
from tests.web.invented import INVENTED, InventedKnowledgeBase, corrected
from touchstone import touchstone
from web import create_app
from web.port import KnowledgeBase

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP massage.test 127.0.0.1",
)


MOST_TABS = 250  # that a reader without a mouse may need, down to the first studies of an answer
FOUND = {"resultTypes": ["violations"]}  # of the rest axe then only counts, which halves its time
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], **FOUND}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}, **FOUND}


def shuts_nobody_out(page: Page) -> None:
    """Axe finds nothing on `page` as it stands; on a narrow one its colours are looked at again in the dark.

    Nothing else changes with the scheme, and no colour with the width.
    """
    page.wait_for_load_state()  # a page without its style yet has other faults
    narrow = (page.viewport_size or {})["width"] < 1000
    for scheme, rules in (("light", RULES), ("dark", COLOURS))[: 2 if narrow else 1]:
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        found = Axe().run(page, options=rules)
        assert found.violations_count == 0, found.generate_report()


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus is on `selector`, as a reader without a mouse does."""
    for _ in range(MOST_TABS):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"{selector} cannot be reached by keyboard")


@contextmanager
def served(kb: KnowledgeBase) -> Iterator[str]:
    """The address of the pages over `kb`, without a slash at its end."""
    with closing(kb), serving(create_app(kb)) as address:
        yield address


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    related = {
        INVENTED[0].id: (("included_by", INVENTED[2].id),),
        INVENTED[1].id: (("version", "corrected"), ("study", INVENTED[2].id)),
        INVENTED[2].id: (("includes", INVENTED[0].id), ("cites", INVENTED[1].id), ("cites", "gone")),
    }
    gone = msgspec.structs.replace(INVENTED[2], id="gone")
    with served(InventedKnowledgeBase((*INVENTED, corrected("corrected"), gone), related=related)) as address:  # type: ignore[arg-type]
        yield address


@pytest.fixture(scope="session")
def curated_site(curated_home: Path) -> Iterator[str]:
    with served(open_kb(curated_home)) as address:
        yield address


@pytest.fixture(scope="session")
def ingested_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    home = tmp_path_factory.mktemp("home")
    for name in ("forum_post.txt", "three.nbib"):
        CliRunner().invoke(touchstone, ["--home", str(home), "ingest", "file", str(ROOT / "tests" / "data" / name)])
    with served(open_kb(home)) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium. Where it is absent the tests skip, or fail if TOUCHSTONE_BROWSER is `required`."""
    chromium = next(filter(None, map(shutil.which, BROWSERS)), None)
    if chromium is None:
        absent = pytest.fail if os.environ.get("TOUCHSTONE_BROWSER") == "required" else pytest.skip
        absent("no Chromium on this machine: install it to run the browser tests")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield opened
        opened.close()
