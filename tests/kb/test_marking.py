"""Marks are exact: nothing of the text is lost or added, and every passage is marked whole."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.marking import Block, Step, blocks, mark, number_passages
from kb.record import Section

# Invented.
TEXT = "Anxiety fell in the massage group after thirty minutes twice a week."


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, list[tuple[int, int]]]:
    text = draw(st.text(max_size=60))
    cut = st.integers(0, len(text))
    return text, draw(st.lists(st.tuples(cut, cut).map(lambda pair: (min(pair), max(pair))), max_size=8))


def quotes(steps: Iterable[Step]) -> dict[int, str]:
    """What a reader finds marked with each number, read as a browser would: by opening and closing."""
    stack: list[int] = []
    said: dict[int, str] = {}
    for step in steps:
        for _ in range(step.closes):
            stack.pop()
        stack += [each.number for each in step.opens]
        for number in stack:
            said[number] = said.get(number, "") + step.text
    assert stack == [], "a mark was left open"
    return said


@given(marked_texts())
def test_steps_join_to_the_text_and_every_quote_is_marked_whole(case: tuple[str, list[tuple[int, int]]]) -> None:
    text, stretches = case
    passages = number_passages(stretches)
    steps = mark(text, passages)
    assert "".join(step.text for step in steps) == text
    assert quotes(steps) == {number: text[a:b] for (a, b), number in passages.items()}


@given(marked_texts())
def test_every_passage_begins_once_and_ends_once(case: tuple[str, list[tuple[int, int]]]) -> None:
    text, stretches = case
    passages = number_passages(stretches)
    steps = mark(text, passages)
    begun = [each.number for step in steps for each in step.opens if each.first]
    ended = [number for step in steps for number in step.ended]
    assert sorted(begun) == sorted(ended) == sorted(passages.values())


@given(marked_texts(), st.data())
def test_a_text_shown_in_two_parts_loses_nothing(case: tuple[str, list[tuple[int, int]]], data: st.DataObject) -> None:
    text, stretches = case
    passages = number_passages(stretches)
    middle = data.draw(st.integers(0, len(text)))
    parts = mark(text, passages, 0, middle) + mark(text, passages, middle)
    assert "".join(step.text for step in parts) == text
    assert quotes(parts) == {number: text[a:b] for (a, b), number in passages.items()}
    begun = [each.number for step in parts for each in step.opens if each.first]
    assert sorted(begun) == sorted(passages.values())


@pytest.mark.parametrize(
    ("stretches", "whole"),
    [
        ([(0, 33)], 1),
        ([(0, 33), (0, 7)], 2),  # one in the other: neither is cut
        ([(0, 12), (8, 33)], 3),  # crossing: the second is cut once
        ([(0, 7), (7, 33)], 2),  # touching
    ],
)
def test_passages_are_cut_only_where_they_cross(stretches: list[tuple[int, int]], whole: int) -> None:
    assert sum(len(step.opens) for step in mark(TEXT, number_passages(stretches))) == whole


def test_facts_with_the_same_words_share_a_number_and_impossible_stretches_have_none() -> None:
    assert number_passages([(8, 12), (0, 7), (8, 12), (5, 5), (-1, 4), (0, 20)]) == {(0, 20): 1, (0, 7): 2, (8, 12): 3}


SECTIONED = "AIM: To see. An aside. METHODS: Ten adults. Funded by nobody."


def test_blocks_drop_a_repeated_label_and_keep_everything_else() -> None:
    sections = (Section("AIM", 5, 12), Section("METHODS", 32, 43))
    assert [(each.label, SECTIONED[each.start : each.end].strip()) for each in blocks(SECTIONED, sections)] == [
        ("AIM", "To see."),
        (None, "An aside. METHODS:"),
        ("METHODS", "Ten adults."),
        (None, "Funded by nobody."),
    ]
    assert blocks(SECTIONED, ()) == (Block(None, 0, len(SECTIONED)),)


sections = st.tuples(st.text(max_size=6), st.integers(-5, 50), st.integers(-5, 50))


@given(st.text(max_size=40), st.lists(sections, max_size=5))
def test_blocks_lose_no_words_but_labels(text: str, rows: list[tuple[str, int, int]]) -> None:
    found = blocks(text, tuple(Section(*row) for row in rows))
    assert all(one.end <= two.start for one, two in pairwise(found))
    kept = {i for each in found for i in range(each.start, each.end)}
    labels = "".join(row[0] for row in rows).casefold()
    lost = "".join(text[i] for i in range(len(text)) if i not in kept).casefold()
    assert set(lost) <= set(labels) | set(" .:-–—\n\t\r\x0b\x0c") | {each for each in lost if each.isspace()}
