"""The primary endpoint: its name, whether it was met, and the sentence that decides. All texts are invented."""

from __future__ import annotations

import time

import pytest

from ingest.extractors.primary import primary, verdict
from ingest.extractors.reading import read
from kb.vocabulary import Vocabulary

_AIM = "METHODS: Weavers were randomised to rubbing or rest. The primary outcome was back pain at 6 weeks. RESULTS: "


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("The primary outcome was the rise of back pain, analysed by intention to treat.", "rise of back pain"),
        ("Primary end points were loom time and sleep; secondary ones were mood and gait.", "loom time and sleep"),
        ("The main outcome measure was back pain and secondary outcomes were mood and gait.", "back pain"),
        ("Back pain at 6 weeks was the primary endpoint.", "Back pain at 6 weeks"),
        ("Days off the loom (primary outcome) were told by letter.", "Days off the loom"),
        ("Rubbing was studied with a primary end point of back pain.", "back pain"),
        ("Back pain, the primary end point, did not differ between weavers.", "Back pain"),
        ("The primary outcome (n=40) was sleep.", "sleep"),
        ("The primary end point will be measured.", None),
        ("The primary outcome was similar in both groups.", None),
        ("Back pain was measured on a scale.", None),
    ],
)
def test_the_outcome_that_is_called_primary(sentence: str, name: str | None, vocabulary: Vocabulary) -> None:
    found = primary(read(f"METHODS: {sentence}", "", (), vocabulary), "rct")
    assert (found.value.name if found else None) == name


@pytest.mark.parametrize(
    ("results", "met"),
    [
        ("Back pain was lower with rubbing than with rest (mean difference 2, 95% CI 1 to 3; P=0.01).", True),
        ("Back pain fell by 2 points with rubbing and by 1 with rest (P=0.31). Mood rose (P=0.01).", False),
        ("Mood rose with rubbing (P=0.01). Back pain did not differ between groups.", False),
        ("Back pain fell in both groups (P<0.001).", None),
        ("Weavers came. CONCLUSIONS: This is the first study of rubbing and better sleep.", None),
        ("Mood did not change (P=0.6). Back pain was significantly lower with rubbing.", True),
        ("Back pain at 6 weeks was rarer with rubbing (hazard ratio 0·60, 95% CI 0·40-0·90).", True),
        ("Back pain at 6 weeks was rarer with rubbing (hazard ratio 0.90, 95% CI 0.70 to 1.20).", False),
        ("The trial did not meet its primary end point. Mood was significantly better (P<0.001).", False),
        ("Forty weavers came. CONCLUSIONS: Larger trials may show better effects.", None),
    ],
)
def test_whether_it_was_met(results: str, met: bool | None, vocabulary: Vocabulary) -> None:
    found = primary(read(_AIM + results, "", (), vocabulary), "rct")
    assert found is not None
    assert found.value.met is met


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Weavers came. CONCLUSIONS: Rubbing failed to show that more of it makes back pain any better.", False),
        ("Weavers came. CONCLUSIONS: Rubbing may improve back pain, but proof is lacking.", True),
        ("Weavers came. CONCLUSIONS: Extending rubbing did not improve back pain.", False),
        ("Forty weavers came. CONCLUSIONS: Rubbing improves back pain.", True),
        ("Forty weavers came. CONCLUSIONS: Neither rubbing nor any of the other three gave a benefit.", False),
    ],
)
def test_praise_without_a_result_is_the_authors_verdict_and_no_fact_of_a_record(
    text: str, said: bool, vocabulary: Vocabulary
) -> None:
    reading = read(_AIM + text, "", (), vocabulary)
    assert verdict(reading) is said
    found = primary(reading, "rct")
    assert found is not None
    assert found.value.met is None


@pytest.mark.parametrize(
    ("results", "met"),
    [
        ("Rubbing was non-inferior to drugs for back pain (P=0.40 for superiority).", True),
        ("Non-inferiority of rubbing was not shown.", False),
        ("Rubbing cannot be considered inferior to drugs.", True),
        ("Rubbing did not meet the criterion for non-inferiority in back pain.", False),
        ("The interval did not exceed the prespecified margin.", True),
    ],
)
def test_a_trial_of_non_inferiority_asks_another_question(results: str, met: bool, vocabulary: Vocabulary) -> None:
    text = f"METHODS: A non-inferiority trial. The primary outcome was back pain. RESULTS: {results}"
    found = primary(read(text, "", (), vocabulary), "rct")
    assert found is not None
    assert found.value.met is met


def test_the_quote_is_the_sentence_that_decides(vocabulary: Vocabulary) -> None:
    decides = "Back pain was significantly lower with rubbing (P=0.01)."
    text = f"{_AIM}Mood did not change. {decides} Sleep was the same."
    found = primary(read(text, "", (), vocabulary), "rct")
    assert found is not None
    assert found.quote(text, "") == decides


def test_where_nothing_decides_the_quote_is_the_name(vocabulary: Vocabulary) -> None:
    text = f"{_AIM}Forty weavers came."
    found = primary(read(text, "", (), vocabulary), "rct")
    assert found is not None
    assert (found.value.met, found.quote(text, "")) == (None, "back pain at 6 weeks")


def test_a_protocol_has_met_nothing_and_a_review_has_no_endpoint(vocabulary: Vocabulary) -> None:
    reading = read(f"{_AIM}Back pain was significantly lower with rubbing (P=0.01).", "", (), vocabulary)
    planned = primary(reading, "protocol")
    assert planned is not None
    assert planned.value.met is None
    assert primary(reading, "systematic_review") is None


@pytest.mark.parametrize(
    ("text", "met"),
    [
        ("RESULTS: Back pain fell more with rubbing (P=0.01). CONCLUSIONS: Rubbing helps.", True),
        ("RESULTS: Back pain fell alike (P=0.7). CONCLUSIONS: Rubbing was no better than rest.", False),
    ],
)
def test_verdict_answers_where_nothing_is_called_primary(text: str, met: bool, vocabulary: Vocabulary) -> None:
    reading = read(text, "", (), vocabulary)
    assert primary(reading, "rct") is None
    assert verdict(reading) is met


@pytest.mark.parametrize(
    "hostile",
    [
        "primary outcome " * 1_200,
        "was the primary outcome " * 800,
        "RESULTS: " + "not a better CI 1 to " * 900,
        "RESULTS: primary outcome " + "not a-a-a-a-a-a-a-a-a-a-a-a " * 700,
        "RESULTS: primary outcome not " + "a-" * 9_000,
    ],
)
def test_hostile_text_ends_soon(hostile: str, vocabulary: Vocabulary) -> None:
    reading = read(hostile, "", (), vocabulary)
    began = time.process_time()
    primary(reading, "rct")
    verdict(reading)
    assert time.process_time() - began < 1
