"""The fast fixture of the page tests: the pages over invented publications in memory."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.web.invented import InventedKnowledgeBase
from web import create_app


@pytest.fixture
def pages() -> FlaskClient:
    return create_app(InventedKnowledgeBase()).test_client()
