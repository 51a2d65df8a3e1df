"""What the page tests share: pages over invented publications and over the curated corpus, and ways to read them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from flask import Flask
from flask.templating import Environment
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache

from kb.base import open_kb
from tests.web.invented import InventedKnowledgeBase
from web import create_app


@pytest.fixture(scope="session", autouse=True)
def _templates_are_compiled_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Every app compiles its templates anew, and these tests make hundreds of apps; so they share what is compiled."""
    compiled = FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))

    class Sharing(Environment):
        def __init__(self, app: Flask, **options: Any) -> None:
            super().__init__(app, bytecode_cache=compiled, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Flask, "jinja_environment", Sharing)
        yield


@pytest.fixture
def pages() -> FlaskClient:
    return create_app(InventedKnowledgeBase()).test_client()


@pytest.fixture(scope="module")
def curated(curated_home: Path) -> Iterator[FlaskClient]:
    kb = open_kb(curated_home)
    yield create_app(kb).test_client()
    kb.close()


@pytest.fixture(scope="session")
def passed_over(curated_home: Path) -> frozenset[str]:
    """The ids of nine in ten publications of the corpus of which only the citation is held.

    One template makes their pages, of the same few fields, and they are most of the corpus: a test that visits every
    page visits every tenth of these, and each that was read.
    """
    kb = open_kb(curated_home)
    cited = sorted((each.record.key, each.id) for each in kb.publications() if each.only_cited)
    kb.close()
    return frozenset(id for at, (_, id) in enumerate(cited) if at % 10)


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
