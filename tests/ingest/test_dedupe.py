"""Which records are one publication. All literature is invented."""

from __future__ import annotations

import pytest

from ingest.dedupe import match, same_publication
from kb.record import Identifier, Record


def record(**identifiers: str) -> Record:
    named = tuple(Identifier(scheme, value) for scheme, value in identifiers.items())  # type: ignore[arg-type]
    return Record(source="s", key="k", format="medline", title="T", identifiers=named)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({"pmid": "1"}, {"pmid": "1"}, True),
        ({"pmid": "1", "doi": "10.5555/supplement"}, {"pmid": "2", "doi": "10.5555/supplement"}, False),
        ({"pmid": "1", "doi": "10.5555/a"}, {"doi": "10.5555/a"}, True),
        ({"doi": "10.5555/part1"}, {"doi": "10.5555/part2"}, False),
        ({"pmid": "1"}, {}, True),
        ({}, {}, True),
    ],
)
def test_shared_identifiers_join_and_differing_ones_part(
    one: dict[str, str], other: dict[str, str], same: bool
) -> None:
    assert same_publication(record(**one), [record(**other)]) is same
    assert same_publication(record(**other), [record(**one)]) is same


def test_the_first_that_fits_is_taken() -> None:
    candidates = [("a", [record(pmid="2")]), ("b", [record(pmid="1")]), ("c", [record(pmid="1")])]
    assert match(record(pmid="1"), candidates) == "b"
    assert match(record(pmid="9"), candidates) is None
