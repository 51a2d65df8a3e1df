"""Numbers in digits and words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.extractors.numbers import numbers


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("twenty four weavers", [24]),
        ("Twenty-four weavers", [24]),
        ("one hundred and two", [102]),
        ("Two hundred forty-two", [242]),
        ("a hundred", [100]),
        ("two thousand eight hundred sixteen", [2816]),
        ("1,024 weavers", [1024]),
        ("1,024,001", [1024001]),
        ("7.5 weeks", [7.5]),
        ("30-minute", [30]),
        ("2x/wk", [2]),
        ("n=12", [12]),
        ("five to seven days", [5, 7]),
        ("sixteen, six and sixty", [16, 6, 60]),
        ("someone often weighs bones", []),
        ("B12 and P1NP", []),
    ],
)
def test_values(text: str, expected: list[float]) -> None:
    assert [each.value for each in numbers(text)] == expected


def test_places_are_those_of_the_words() -> None:
    text = "In all, one hundred and two weavers"
    (found,) = numbers(text)
    assert text[found.start : found.end] == "one hundred and two"


@given(st.integers(min_value=1, max_value=9_999_999))
def test_digits_with_and_without_commas_are_the_same(n: int) -> None:
    assert (
        [each.value for each in numbers(f"of {n:,} weavers")]
        == [n]
        == [each.value for each in numbers(f"of {n} weavers")]
    )
