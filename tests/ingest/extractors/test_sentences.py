"""Sentences and their roles. All texts are invented, but for the gold, which is read from beside the project."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.extractors.sentences import Role, sentences
from kb.record import Section


def texts(abstract: str, sections: tuple[Section, ...] = ()) -> list[str]:
    return [abstract[each.start : each.end] for each in sentences(abstract, sections)]


@pytest.mark.parametrize(
    ("abstract", "expected"),
    [
        ("Pain fell (p < .05). Sleep rose.", ["Pain fell (p < .05).", "Sleep rose."]),
        ("Pain fell vs. baseline. Sleep rose.", ["Pain fell vs. baseline.", "Sleep rose."]),
        ("As Weaver et al. said, it helps. We agree.", ["As Weaver et al. said, it helps.", "We agree."]),
        ("Some styles, i.e. Swedish, help. Others do not.", ["Some styles, i.e. Swedish, help.", "Others do not."]),
        ("Scores fell by 2.5 points. No. 5 did not.", ["Scores fell by 2.5 points.", "No. 5 did not."]),
        ("J. Weaver and W. Loom met. They spoke.", ["J. Weaver and W. Loom met.", "They spoke."]),
        ("They had vitamin C. The others had none.", ["They had vitamin C.", "The others had none."]),
        (
            "They slept well.However, pain rose.In all, it helped.",
            ["They slept well.", "However, pain rose.", "In all, it helped."],
        ),
        ("The mean was 3 (SD 1. Range 2). It fell.", ["The mean was 3 (SD 1. Range 2).", "It fell."]),
        ("Did it help? It did!", ["Did it help?", "It did!"]),
        ("First line\nSecond line", ["First line", "Second line"]),
        ("Tokens are apart . Pain fell ( P < 0.05 ) .", ["Tokens are apart .", "Pain fell ( P < 0.05 ) ."]),
        ("  ", []),
        ("", []),
    ],
)
def test_boundaries(abstract: str, expected: list[str]) -> None:
    assert texts(abstract) == expected


@pytest.mark.parametrize(
    ("abstract", "expected"),
    [
        ("METHOD: We rubbed. RESULTS: It helped.", [("We rubbed.", "methods"), ("It helped.", "results")]),
        ("Aim: To see. Methods: We rubbed.", [("To see.", "objective"), ("We rubbed.", "methods")]),
        ("Design and setting - A trial. Results - It helped.", [("A trial.", "methods"), ("It helped.", "results")]),
        ("Settings. A ward. Results. It helped.", [("A ward.", "methods"), ("It helped.", "results")]),
        ("STUDY DESIGN: A trial. MAIN OUTCOME MEASURES: Pain.", [("A trial.", "methods"), ("Pain.", "methods")]),
        ("We rubbed backs RESULTS: It helped.", [("We rubbed backs", "background"), ("It helped.", "results")]),
        ("Trial registration: NCT00000000.", [("NCT00000000.", None)]),
        (
            "METHODS AND RESULTS: Weavers were randomly assigned to rubbing. Pain was lower (p < .05).",
            [("Weavers were randomly assigned to rubbing.", "methods"), ("Pain was lower (p < .05).", "results")],
        ),
    ],
)
def test_labels_are_no_part_of_sentences_and_give_roles(abstract: str, expected: list[tuple[str, Role | None]]) -> None:
    assert [(abstract[each.start : each.end], each.section) for each in sentences(abstract)] == expected


def test_the_sections_of_the_source_come_first() -> None:
    abstract = "METHODS: We rubbed. Results: of an old kind. FINDINGS: It helped."
    sections = (Section("METHODS", 9, 44), Section("FINDINGS", 55, 65))
    assert texts(abstract, sections)[0] == "We rubbed."
    assert [each.section for each in sentences(abstract, sections)] == ["methods", "methods", "results"]


def test_roles_without_labels_follow_wording_and_never_step_back() -> None:
    abstract = (
        "Weaving hurts. The aim of this study was to test rubbing. Forty weavers were randomly assigned. "
        "Pain was lower after rubbing (p < .01). We conclude that rubbing may help."
    )
    roles = [each.section for each in sentences(abstract)]
    assert roles == ["background", "objective", "methods", "results", "conclusions"]


PIECES = st.sampled_from(
    [
        "Pain fell.",
        "RESULTS: ",
        "p < .05",
        " vs. ",
        "et al. ",
        "(n = 12)",
        "\n",
        ". ",
        "Methods. ",
        "J. ",
        "2.5",
        "After",
    ]
)


@given(st.lists(PIECES | st.text(max_size=8), max_size=30).map("".join))
def test_spans_are_ordered_disjoint_and_hold_every_word_but_labels(abstract: str) -> None:
    found = sentences(abstract)
    assert all(0 <= each.start < each.end <= len(abstract) for each in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert found == sentences(abstract)


def test_boundaries_of_the_gold(shared: Path) -> None:
    """At least 97 % of the sentences two annotators cut end where ours end (the gold keeps labels inside)."""
    right = total = 0
    for line in (shared / "eval" / "domain_gold_more.jsonl").read_text("utf-8").splitlines():
        gold = json.loads(line)
        ends = [each.end for each in sentences(gold["text"])]
        at = 0
        for sentence in gold["sentences"]:
            start = gold["text"].index(sentence, at)
            at = start + len(sentence)
            total += 1
            right += [end for end in ends if start < end <= at] == [at]
    assert right / total >= 0.97
