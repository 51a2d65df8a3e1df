"""What the tests of the parsers share."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ingest.parsers import Unreadable, parse
from kb.record import Payload, Record
from kb.vocabulary import Vocabulary
from tests.conftest import NOW

Read = Callable[..., list[Record | Unreadable]]


@pytest.fixture(scope="session")
def read(vocabulary: Vocabulary) -> Read:
    """Everything that a body holds, records and quarantine entries in order."""

    def reading(body: bytes | str, key: str = "file") -> list[Record | Unreadable]:
        raw = body.encode() if isinstance(body, str) else body
        payload = Payload(source="files", key=key, body=raw, fetched_at=NOW)
        return list(parse(payload, vocabulary))

    return reading
