"""What a publication has in each facet, and what that is called. Every publication is invented."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
import pytest

from kb.extraction import Finding, Sample
from kb.facets import COUNTED, FACETS, VERDICTS, cell_value, facets, heading, named
from kb.record import Identifier, Notice
from kb.tally import tally
from kb.votes import Verdicts, verdict, votes
from tests.kb.test_votes import PAIN, RECORD, VOCABULARY, changed, published

SLEEP = changed(name="sleep", concept="sleep", polarity="high", change="none")
ANXIETY = changed(name="anxiety", concept="anxiety", basis="within_group", comparator=None)


def values(facet: str, *outcomes: Any, record: dict[str, Any] | None = None, **facts: Any) -> tuple[str, ...]:
    held = msgspec.structs.replace(RECORD, **(record or {}))
    return facets(published(*outcomes, record=held, **facts), VOCABULARY)[facet]


def retracted(*kinds: str) -> dict[str, Any]:
    dated = {"reinstated": date(2021, 1, 1)}
    return {"notices": tuple(Notice(each, "Invented", dated=dated.get(each)) for each in kinds)}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("n", "expected"),
    [(None, "not_stated"), (49, "under_50"), (50, "50_to_300"), (300, "50_to_300"), (301, "over_300")],
)
def test_people_are_counted_in_the_bands_of_the_plot(n: int | None, expected: str) -> None:
    assert values("size", sample=Sample(n=Finding(n) if n else None)) == (expected,)


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ({}, "not_known"),
        ({"identifiers": (Identifier("pmid", "990000001"),)}, "not_known"),
        ({"identifiers": (Identifier("pmcid", "PMC9900001"),)}, "yes"),
        ({"rights": "CC BY 4.0"}, "not_known"),  # and nowhere to read it
        ({"rights": "CC BY 4.0", "identifiers": (Identifier("doi", "10.5555/w"),)}, "yes"),
        ({"rights": "All rights reserved"}, "not_known"),
    ],
)
def test_a_full_text_is_free_only_where_that_is_known(record: dict[str, Any], expected: str) -> None:
    assert values("free", record=record) == (expected,)


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        ((), ("none",)),
        (("correction",), ("correction",)),
        (("retracted", "correction", "retracted"), ("retracted", "correction")),
        (("expression_of_concern",), ("expression_of_concern",)),
        (("retracted", "reinstated"), ("reinstated",)),
    ],
)
def test_notices_are_told_apart_and_one_taken_back_is_no_retraction(
    kinds: tuple[str, ...], expected: tuple[str, ...]
) -> None:
    assert values("notices", record=retracted(*kinds)) == expected


def test_what_was_found_is_what_the_tally_says() -> None:
    assert values("found", PAIN, SLEEP, ANXIETY) == ("anxiety.before_after", "pain.better", "sleep.no_direction")
    against_two = values("found", PAIN, changed(change="none", comparator="relaxation"))
    assert set(against_two) == {"pain.better", "pain.no_direction"}
    gone = retracted("retracted")
    assert values("found", PAIN, record=gone) == values("says", PAIN, record=gone) == ()
    assert values("found", PAIN, design="systematic_review") == ()


def test_each_number_of_the_tally_has_a_value_that_leads_to_what_it_counts() -> None:
    publication = published(PAIN, SLEEP, ANXIETY)
    cast = votes(publication, VOCABULARY)
    counted = tuple(Verdicts(each.cell, *(int(verdict(each.says) == says) for says in VERDICTS)) for each in cast)
    told = {
        cell_value(row.concept, row.group, says)
        for row in tally(counted, VOCABULARY)
        for says, number in zip(
            VERDICTS, (row.better, row.worse, row.mixed, row.not_stated, row.within_only), strict=True
        )
        if number
    }
    assert told == set(facets(publication, VOCABULARY)["says"])


@pytest.mark.parametrize(
    ("facet", "value", "words"),
    [
        ("found", "sleep.better", "sleep: better"),
        ("found", "sleep.before_after", "sleep: before–after only"),
        ("says", "pain.active.better", "pain, compared with another treatment: better"),
        ("says", "pain.not_stated.no_direction", "pain, compared with something not stated: no clear direction"),
        ("size", "50_to_300", "50 to 300"),
        ("free", "yes", "free to read"),
        ("notices", "none", "none known here"),
        ("notices", "retracted", "Retracted"),
        ("harms", "not_stated", "not mentioned"),
        ("design", "rct", "randomised controlled trial"),
        ("year", "2002", "2002"),
        ("condition", "no_such_thing", "no_such_thing"),
    ],
)
def test_a_value_is_called_by_words(facet: str, value: str, words: str) -> None:
    assert named(facet, value, VOCABULARY) == words


@pytest.mark.parametrize("facet", FACETS)
@pytest.mark.parametrize("value", ["", ".", "..", "...", "x.y.z", "\x00", "é" * 120])
def test_any_value_that_an_address_may_bring_has_some_name(facet: str, value: str) -> None:
    assert isinstance(named(facet, value, VOCABULARY), str)
    assert heading(facet)


def test_all_but_the_numbers_of_the_tally_are_counted() -> None:
    assert set(FACETS) - set(COUNTED) == {"says"}
