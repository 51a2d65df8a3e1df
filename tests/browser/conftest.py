"""A real browser on the real pages, served on loopback: over publications in memory, which show every case, and
over a knowledge base that an ingest job has filled. All literature is invented.
"""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import msgspec
import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, sync_playwright
from werkzeug.serving import make_server

from kb.base import open_kb
from run import BROWSERS
from tests.conftest import ROOT
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


@contextmanager
def served(kb: KnowledgeBase) -> Iterator[str]:
    """The address of the pages over `kb`, without a slash at its end."""
    server = make_server("127.0.0.1", 0, create_app(kb), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        kb.close()


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
