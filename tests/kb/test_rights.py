"""What of an abstract may leave. The literature is invented."""

from __future__ import annotations

import msgspec
import pytest

from kb.extraction import Extraction
from kb.publication import FieldSource, Publication
from kb.record import Record
from kb.rights import EXCERPT, Policy, outside, policy


@pytest.mark.parametrize(
    ("rights", "licence", "allowed"),
    [
        ({}, None, "link_only"),
        ({"default": "excerpt"}, None, "excerpt"),
        ({"default": "excerpt", "pubmed": "full"}, None, "full"),
        ({"medline": "full"}, None, "link_only"),
        ({}, "CC BY 4.0", "full"),
        ({}, "https://creativecommons.org/licenses/by/4.0/", "full"),
        ({}, "Copyright 2011 by the Loom Press.", "link_only"),
    ],
)
def test_a_policy_per_source(rights: dict[str, Policy], licence: str | None, allowed: Policy, invented: Record) -> None:
    record = msgspec.structs.replace(invented, rights=licence)
    read = Extraction(version="1")
    sources = (FieldSource("title", "medline", "1"), FieldSource("abstract", "pubmed", "1"))
    held = Publication(id="w", revision=1, record=record, sources=sources, members=(), machine=read, facts=read)
    assert policy(held, rights) == allowed


def test_how_much_leaves() -> None:
    text = "Weavers wove. " * 60
    assert outside(text, "full") == text
    assert outside(text, "link_only") is None
    assert outside(None, "full") is None
    part = outside(text, "excerpt")
    assert part
    assert part.endswith(" …")
    assert len(part) <= EXCERPT + 2
    assert text.startswith(part[:-2])
