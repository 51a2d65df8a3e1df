"""Harms and conclusion. All texts are invented."""

from __future__ import annotations

import pytest

from ingest.extractors.conclusion import conclusion
from ingest.extractors.harms import harms
from ingest.extractors.reading import read
from kb.vocabulary import Vocabulary


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ("No adverse events occurred.", "none_occurred"),
        ("There were no serious side effects.", "none_serious"),
        ("Rubbing was done without complications.", "none_occurred"),
        ("Side effects were not observed.", "none_occurred"),
        ("They did not report any adverse events.", "none_occurred"),
        ("Two weavers reported adverse events.", "reported"),
        ("Soreness was reported by three weavers.", "reported"),
        ("No serious adverse events occurred, but adverse events such as bruising were seen.", "reported"),
        ("Discomfort was minor, and there were no serious side effects.", "reported"),
        ("Pain was lower in the massage group.", None),
        ("There was no difference in the still experienced pain.", None),
        ("Rubbing reduced side effects of chemotherapy, which were frequent.", None),
        ("Future trials should record adverse events.", None),
        ("Rubbing was not safe.", None),
        ("Rubbing was safe and well tolerated.", None),
        ("There was no severe adverse event related to rubbing.", "none_serious"),
        ("Rubbing had no deleterious consequences.", "none_occurred"),
        ("No injuries occurred during training.", "none_occurred"),
        ("No digestive (DG) side effects were reported.", "none_occurred"),
        ("Fourteen weavers experienced 39 adverse effects.", "reported"),
        ("One weaver suffered a severe allergic reaction.", "reported"),
        ("Women who were rubbed experienced more bruising than those who rested.", "reported"),
        ("There were no side effects, except for slight soreness in one weaver.", "reported"),
        ("Adverse events were poorly reported.", None),
        ("Three trials reported on adverse effects.", None),
        ("Of the weavers 56% reported having no side effects.", None),
        ("All had a vaginal delivery without complications.", None),
        ("Postoperative complications were fewer in the massage group.", None),
        ("Delayed onset muscle soreness was lower after rubbing.", None),
        ("Both groups reported an increase in pain.", None),
    ],
)
def test_states(said: str, state: str | None, vocabulary: Vocabulary) -> None:
    found = harms(read(f"RESULTS: {said}", "", (), vocabulary)).state
    assert (found.value if found else None) == state


@pytest.mark.parametrize(
    ("said", "events"),
    [
        (
            "Adverse events were bruising (n = 3) and transient muscle soreness.",
            ["bruising", "transient muscle soreness"],
        ),
        ("Two weavers reported mild discomfort, and one had a hematoma.", ["mild discomfort", "hematoma"]),
        ("There were no serious adverse events, but nausea occurred in two weavers.", ["nausea"]),
        ("Side effects were headache, dizziness and fatigue.", ["headache", "dizziness", "fatigue"]),
        ("There were no adverse events, and headache was less frequent.", []),
        ("Nausea and headache fell in the massage group.", []),
        ("Two weavers reported adverse events.", []),
    ],
)
def test_what_was_reported(said: str, events: list[str], vocabulary: Vocabulary) -> None:
    found = harms(read(f"RESULTS: {said}", "", (), vocabulary))
    assert [each.value for each in found.events] == events


def test_a_case_of_harm_is_told_from_its_first_sentence_on(vocabulary: Vocabulary) -> None:
    abstract = (
        "A weaver of 40 years developed a vertebral artery dissection after chiropractic manipulation. He was rested."
    )
    found = harms(read(abstract, "", (), vocabulary), "case_report")
    assert [each.value for each in (found.state, *found.events) if each] == ["reported", "vertebral artery dissection"]


def test_a_denied_difference_denies_no_harm(vocabulary: Vocabulary) -> None:
    found = harms(read("RESULTS: There was no difference in side effects.", "", (), vocabulary)).state
    assert found is None or found.value == "reported"


def test_harms_that_were_to_be_measured_are_not_harms(vocabulary: Vocabulary) -> None:
    abstract = "METHODS: Adverse events were recorded. RESULTS: Pain fell."
    assert harms(read(abstract, "", (), vocabulary)).state is None


def test_a_report_goes_before_a_denial(vocabulary: Vocabulary) -> None:
    abstract = "RESULTS: No serious adverse events occurred. Soreness was reported by two weavers."
    found = harms(read(abstract, "", (), vocabulary)).state
    assert found is not None
    assert found.value == "reported"


@pytest.mark.parametrize(
    ("abstract", "expected"),
    [
        ("RESULTS: Pain fell. CONCLUSION: It helped. It was cheap.", "It helped. It was cheap."),
        ("RESULTS: Pain fell. CONCLUSION: It helped. Trial registration: NCT00000000.", "It helped."),
        ("METHODS: We rubbed. RESULTS: Pain fell.", None),
        ("Rubbing should be recommended to all weavers. It is clearly helpful.", None),
        ("", None),
    ],
)
def test_conclusion(abstract: str, expected: str | None, vocabulary: Vocabulary) -> None:
    found = conclusion(read(abstract, "", (), vocabulary))
    assert (found.value if found else None) == expected
