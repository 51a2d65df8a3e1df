"""What an answer's studies say together: the sums are right, the kinds of comparison stay apart, few are not tested."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.tally import GROUPS, LEAST, Interval, sign_test, sums, tally, wilson
from kb.vocabulary import load_vocabulary
from kb.vocabulary.concepts import Group
from kb.votes import Cell, Verdicts

VOCABULARY = load_vocabulary()

# Better of those with a direction, p, Wilson's interval. The first two p are printed in Boon & Thomson's worked
# example (Cochrane Colloquium 2019).
VECTORS = [
    (9, 9, 0.0039, (0.701, 1.0)),
    (5, 6, 0.2188, (0.436, 0.970)),
    (6, 6, 0.0313, (0.610, 1.0)),
    (5, 5, 0.0625, (0.566, 1.0)),
    (7, 8, 0.0703, (0.529, 0.978)),
    (8, 10, 0.1094, (0.490, 0.943)),
    (12, 15, 0.0352, (0.548, 0.930)),
]

numbers = st.integers(0, 400)
few = st.integers(0, 9)
verdicts = st.builds(
    Verdicts,
    cell=st.builds(
        Cell, outcome=st.sampled_from(["pain", "sleep", "gone_since"]), comparator=st.sampled_from([*GROUPS, "new"])
    ),
    better=few,
    worse=few,
    mixed=few,
    not_stated=few,
    within_only=few,
)


def cell(outcome: str, comparator: str, *counts: int) -> Verdicts:
    return Verdicts(Cell(outcome, comparator), *counts)


@pytest.mark.parametrize(("better", "directional", "p", "interval"), VECTORS)
def test_sign_test_and_interval(better: int, directional: int, p: float, interval: tuple[float, float]) -> None:
    assert sign_test(better, directional - better) == pytest.approx(p, abs=0.00006)
    found = wilson(better, directional)
    assert (found.low, found.high) == pytest.approx(interval, abs=0.0006)


def test_the_worst_case_counts_what_has_no_direction_against() -> None:
    (row,) = tally([cell("pain", "inactive", 6, 0, 0, 5, 4)], VOCABULARY)
    assert (row.compared, row.directional, row.worst) == (11, 6, 6 / 11)
    assert row.p == pytest.approx(0.03125)
    assert sign_test(6, 5) == 1.0


def test_below_six_with_a_direction_nothing_is_tested() -> None:
    five, six = tally([cell("pain", "inactive", 5, 0, 9, 9, 9), cell("pain", "active", 6, 0, 0, 0, 0)], VOCABULARY)
    assert (five.p, five.interval) == (None, wilson(5, 5))
    assert six.p == 0.03125


def test_without_a_comparison_there_is_nothing_to_say() -> None:
    (row,) = tally([cell("pain", "none", 0, 0, 0, 0, 3)], VOCABULARY)
    assert (row.compared, row.p, row.interval, row.worst) == (0, None, None, None)


def test_most_compared_first_and_comparisons_in_their_order() -> None:
    rows = tally(
        [
            cell("anxiety", "none", 0, 0, 0, 0, 9),
            cell("pain", "not_stated", 1, 0, 0, 0, 0),
            cell("pain", "active", 0, 1, 0, 0, 0),
            cell("pain", "inactive", 1, 0, 0, 0, 0),
            cell("gone_since", "add_on", 2, 1, 1, 0, 0),
        ],
        VOCABULARY,
    )
    assert [(each.outcome, each.against.plain) for each in rows] == [
        ("gone since", "the same care without massage"),
        ("pain", "no treatment, waiting or usual care"),
        ("pain", "another treatment"),
        ("pain", "something not stated"),
        ("anxiety", "nobody: one group alone"),
    ]


def test_every_group_of_the_vocabulary_has_its_words() -> None:
    assert set(GROUPS) == {*get_args(Group), "not_stated"}


@given(numbers, numbers)
def test_the_sign_test_is_a_probability_and_takes_no_side(better: int, worse: int) -> None:
    p = sign_test(better, worse)
    assert 0 < p <= 1
    assert p == sign_test(worse, better)
    assert p == 1 or better != worse


@given(numbers, numbers)
def test_the_interval_holds_the_share_and_mirrors(part: int, rest: int) -> None:
    if part + rest:
        found, other = wilson(part, part + rest), wilson(rest, part + rest)
        assert 0 <= found.low <= part / (part + rest) <= found.high <= 1
        assert (found.low, found.high) == pytest.approx((1 - other.high, 1 - other.low))
        assert isinstance(found, Interval)


@given(st.lists(verdicts, max_size=9, unique_by=lambda each: each.cell))
def test_nothing_is_lost_and_nothing_mixed(found: list[Verdicts]) -> None:
    rows, together = tally(found, VOCABULARY), sums(found)
    assert len(rows) == len(found)
    assert len({(each.outcome, each.group) for each in rows}) == len(rows)
    assert sum(each.compared for each in rows) == together.compared == together.better + together.counter
    assert sum(each.within_only for each in rows) == together.within_only
    for each in rows:
        assert each.compared == each.directional + each.mixed + each.not_stated
        assert (each.p is None) == (each.directional < LEAST)
        assert (each.worst is None) == (each.compared == 0)
        assert each.interval is None or each.worst is None or each.worst <= each.interval.high
    outcomes = [each.outcome for each in rows]
    assert all(outcomes[i] == outcomes[i - 1] for i in range(1, len(rows)) if outcomes[i] in outcomes[:i])


def test_what_there_is_is_what_is_added_up() -> None:
    found = [cell("pain", "active", 1, 2, 3, 4, 5), cell("sleep", "active", 1, 1, 1, 1, 1)]
    assert sums(found) == sums(reversed(found))
    assert (sums(found).worse, sums(found).counter, sums([]).compared) == (3, 12, 0)
