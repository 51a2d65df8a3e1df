"""The fast fixture of the page tests: the pages over invented publications in memory."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient

from tests.web.invented import InventedKnowledgeBase
from web import create_app


@pytest.fixture
def pages() -> FlaskClient:
    return create_app(InventedKnowledgeBase()).test_client()


def strange_scripts(page: BeautifulSoup) -> list[Tag]:
    """The scripts in a page that are not the one file of ours: what script adds lies in files, and never in a page."""
    return [each for each in page.find_all("script") if each.get("src") != "/static/touchstone.js" or each.string]
