"""Sentences and their roles. All texts are invented, but for the gold, which is read from beside the project."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.extractors.labels import parts
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
        ("It grew by 1·5 cm. It shrank.", ["It grew by 1·5 cm.", "It shrank."]),
        ("Odds were 0.3 to 2.0. Men fell.", ["Odds were 0.3 to 2.0.", "Men fell."]),
        (
            "It was given i.v. and i.m. to all. Each had approx. 5 ml.",
            ["It was given i.v. and i.m. to all.", "Each had approx. 5 ml."],
        ),
        (
            "Made in the U.S. by hand. The U.S. Loom Board paid.",
            ["Made in the U.S. by hand.", "The U.S. Loom Board paid."],
        ),
        (
            "Pain was worse in group B. Weavers of group A slept.",
            ["Pain was worse in group B.", "Weavers of group A slept."],
        ),
        ("They had MS. Rubbing helped. Ms. Loom left.", ["They had MS.", "Rubbing helped.", "Ms. Loom left."]),
        ("Tone fell. tDCS did nothing. β-Endorphin rose.", ["Tone fell.", "tDCS did nothing.", "β-Endorphin rose."]),
        (
            "Pain fell (p<.05).Sleep rose by 5%.VAS scores fell.",
            ["Pain fell (p<.05).", "Sleep rose by 5%.", "VAS scores fell."],
        ),
        ("Seen at the third visit.Field, T., rubbed.", ["Seen at the third visit.", "Field, T., rubbed."]),
        ("WEAVE! was the name of Study no. 4. It ran.", ["WEAVE! was the name of Study no. 4.", "It ran."]),
        ("See www.Loom.example for more. It is free.", ["See www.Loom.example for more.", "It is free."]),
        (
            "It cost Rs. 40. Then 2.5 (range 1 v. 3). No more.",
            ["It cost Rs. 40.", "Then 2.5 (range 1 v. 3).", "No more."],
        ),
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
        ("We rubbed backs RESULTS: It helped.", [("We rubbed backs", "methods"), ("It helped.", "results")]),
        ("PATIENT(S): Ten. RESULT(S): It helped.", [("Ten.", "methods"), ("It helped.", "results")]),
        ("OBJECT: To see. TYPE OF STUDY: A trial.", [("To see.", "objective"), ("A trial.", "methods")]),
        ("AIM: To see. INDEPENDENT VARIABLES: Two.", [("To see.", "objective"), ("Two.", "methods")]),
        ("LITERATURE REVIEW: Ten. CONCLUSION(S): Rub.", [("Ten.", "methods"), ("Rub.", "conclusions")]),
        ("Methods\nWe rubbed.\nResults\nIt helped.", [("We rubbed.", "methods"), ("It helped.", "results")]),
        ("MethodsWe rubbed.ResultsThe pain fell.", [("We rubbed.", "methods"), ("The pain fell.", "results")]),
        ("METHODS We rubbed. RESULTS It helped.", [("We rubbed.", "methods"), ("It helped.", "results")]),
        ("[Purpose] To see. [Results] It helped.", [("To see.", "objective"), ("It helped.", "results")]),
        ("<b>Methods:</b> Rub. <h4>Results</h4>It helped.", [("Rub.", "methods"), ("It helped.", "results")]),
        ("**Methods:** Rub. **Results**: It helped.", [("Rub.", "methods"), ("It helped.", "results")]),
        ("Methods.—Rub. Results.—It helped.", [("Rub.", "methods"), ("It helped.", "results")]),
        ("Methods/Design: Rub. Discussion: It may help.", [("Rub.", "methods"), ("It may help.", "conclusions")]),
        ("What is already known on this topic: Backs hurt.", [("Backs hurt.", "background")]),
        ("What this study adds: It helps.", [("It helps.", "conclusions")]),
        ("RESULTS: It helped. PRIMARY OUTCOME: Less pain.", [("It helped.", "results"), ("Less pain.", "results")]),
        ("RESULTS: It helped. AUTHORS' CONCLUSIONS: Do it.", [("It helped.", "results"), ("Do it.", "conclusions")]),
        ("Trial registration: NCT00000000.", [("NCT00000000.", None)]),
        (
            "METHODS AND RESULTS: Weavers were randomly assigned to rubbing. Pain was lower (p < .05).",
            [("Weavers were randomly assigned to rubbing.", "methods"), ("Pain was lower (p < .05).", "results")],
        ),
    ],
)
def test_labels_are_no_part_of_sentences_and_give_roles(abstract: str, expected: list[tuple[str, Role | None]]) -> None:
    assert [(abstract[each.start : each.end], each.section) for each in sentences(abstract)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Objective Structured Clinical Examinations were held.",
        "Results were good. Methods of rubbing differ. Conclusions differ.",
        "The aim: to rub. Patients felt better - and slept.",
        "We had a clinical trial. About ten weavers came.",
        "Three outcomes were seen: pain, sleep and mood.",
    ],
)
def test_running_text_holds_no_labels(text: str) -> None:
    assert [(each.start, each.end) for each in parts(text)] == [(0, len(text))]


def test_what_lies_before_and_after_the_labels_is_not_forced_into_theirs() -> None:
    abstract = (
        "Back pain is common in weavers. Forty weavers were randomly assigned to rubbing or rest. "
        "Pain was significantly lower after rubbing (p < .01). "
        "We conclude that rubbing may help. Trial registration: NCT00000000."
    )
    assert [each.section for each in sentences(abstract)] == ["background", "methods", "results", "conclusions", None]
    without_conclusion = (
        "METHODS: Forty weavers were randomised. RESULTS: Pain was lower after rubbing (p < .01). "
        "In conclusion, rubbing may help weavers and further studies are needed."
    )
    assert [each.section for each in sentences(without_conclusion)] == ["methods", "results", "conclusions"]


@pytest.mark.parametrize(
    ("closing", "expected"),
    [
        ("Loom Trials Register ISRCTN00000000.", None),
        ("ClinicalTrials.gov Identifier: NCT00000000.", None),
        ("Copyright 2001 The Guild of Weavers.", None),
        ("Rubbing may help weavers.", "conclusions"),
        (
            "We registered the trial before we began to recruit weavers, as NCT00000000, and we think it helps.",
            "conclusions",
        ),
    ],
)
def test_a_closing_line_of_the_register_or_publisher_has_no_role(closing: str, expected: Role | None) -> None:
    found = sentences(f"RESULTS: Pain fell. CONCLUSION: Rubbing helps. {closing}")
    assert [each.section for each in found] == ["results", "conclusions", expected]


def test_one_section_that_is_the_whole_abstract_is_read_by_its_labels() -> None:
    abstract = "SUMMARY: METHODS: We rubbed. RESULTS: It helped."
    assert [each.section for each in sentences(abstract, (Section("SUMMARY", 9, len(abstract)),))] == [
        "methods",
        "results",
    ]


def test_the_sections_of_the_source_come_first() -> None:
    abstract = "METHODS: We rubbed. Results: of an old kind. FINDINGS: It helped."
    sections = (Section("METHODS", 9, 44), Section("FINDINGS", 55, 65))
    assert texts(abstract, sections)[0] == "We rubbed."
    assert [each.section for each in sentences(abstract, sections)] == ["methods", "methods", "results"]


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
        "MethodsWe",
        "[Results] ",
        "<b>Aims</b>",
        "Main outcome measure(s) - ",
        "SCORES: ",
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
