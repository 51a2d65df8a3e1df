"""What a pattern needs of a text: never more than it does. All texts are invented."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.extractors.design_cues import ROWS
from ingest.extractors.stems import may_match, search, stems


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (r"\bcross-?over\b", {"cross"}),
        (r"\bRubbed\b", {"rubbed"}),
        (r"\b(?:oils?|balms?) (?:\w+ )?used\b", {"used"}),
        (r"\b(?:oil|balm)\b", {"oil", "balm"}),
        (r"(?:oils?){1,3}", {"oil"}),
        (r"randomi[sz]ed", {"randomi"}),
        (r"\bwhether\b|\?$", {"whether", "?"}),
        # Nothing that every match holds: a part that may be left out, a digit, what must not stand there.
        (r"(?:oil)?\d", set()),
        (r"(?:oil){0,2}\w", set()),
        (r"\boil\b|\d", set()),
        (r"(?!oil)\w+", set()),
        (r"(?<=oil )\w+", set()),
        (r"[^o]\w*", set()),
    ],
)
def test_stems(pattern: str, expected: set[str]) -> None:
    assert set(stems(re.compile(pattern, re.IGNORECASE))) == expected


WORDS = st.sampled_from(
    "Cross-over crossed over randomized randomly assigned RCT pilot study before and after case report of two cases "
    "a 40-year-old woman survey cohort focus group this review we searched MEDLINE protocol will be were treated".split(
        " "
    )
)


@given(st.lists(WORDS, max_size=12).map(" ".join))
def test_a_pattern_that_matches_was_not_ruled_out(text: str) -> None:
    for row in ROWS:
        if row.cue.search(text):
            assert may_match(row.cue, text.lower()), row.kind


def test_a_text_without_the_stem_is_ruled_out() -> None:
    assert not may_match(re.compile(r"\bcross-?over\b"), "weavers were rubbed")


def test_search_keeps_to_its_stretch() -> None:
    text, cue = "Rubbed, then CROSSED over.", re.compile(r"\bcross(?:ed)?\b", re.IGNORECASE)
    assert search(cue, text, 0, 10) is None
    found = search(cue, text, 8, len(text))
    assert found is not None
    assert found.span() == (13, 20)
