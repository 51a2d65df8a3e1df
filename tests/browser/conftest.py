"""A real browser on the real pages, served on loopback.

`kb` is the one fixture to change in order to run the journey over another knowledge base; what is asked of
it is named at the top of `test_browser.py`.
"""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright
from werkzeug.serving import make_server

from run import BROWSERS
from tests.web.invented import InventedKnowledgeBase
from web import create_app
from web.port import KnowledgeBase

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


@pytest.fixture(scope="session")
def kb() -> Iterator[KnowledgeBase]:
    opened = InventedKnowledgeBase()
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def site(kb: KnowledgeBase) -> Iterator[str]:
    """The address of the pages over `kb`, without a slash at its end."""
    server = make_server("127.0.0.1", 0, create_app(kb), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


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
