"""What the page tests share: pages over invented publications and over the curated corpus, and ways to read them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient

from kb.base import open_kb
from tests.web.invented import InventedKnowledgeBase
from web import create_app


@pytest.fixture
def pages() -> FlaskClient:
    return create_app(InventedKnowledgeBase()).test_client()


@pytest.fixture(scope="module")
def curated(curated_home: Path) -> Iterator[FlaskClient]:
    kb = open_kb(curated_home)
    yield create_app(kb).test_client()
    kb.close()


def soup(pages: FlaskClient, url: str) -> BeautifulSoup:
    """A page that is there."""
    answer = pages.get(url)
    assert answer.status_code == 200, url
    return BeautifulSoup(answer.data, "html.parser")


def text(part: Any) -> str:
    """The words of a part of a page."""
    return " ".join(part.get_text(" ").split())


def total(pages: FlaskClient, url: str) -> int:
    """How many publications a search says that it found."""
    return int(text(soup(pages, url).select_one("#total b")).replace(",", ""))


def strange_scripts(page: BeautifulSoup) -> list[Tag]:
    """The scripts in a page that are not the one file of ours: what script adds lies in files, and never in a page."""
    return [each for each in page.find_all("script") if each.get("src") != "/static/touchstone.js" or each.string]
