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
    ],
)
def test_states(said: str, state: str | None, vocabulary: Vocabulary) -> None:
    found = harms(read(f"RESULTS: {said}", "", (), vocabulary))
    assert (found.value if found else None) == state


def test_a_denied_difference_denies_no_harm(vocabulary: Vocabulary) -> None:
    found = harms(read("RESULTS: There was no difference in side effects.", "", (), vocabulary))
    assert found is None or found.value == "reported"


def test_harms_that_were_to_be_measured_are_not_harms(vocabulary: Vocabulary) -> None:
    abstract = "METHODS: Adverse events were recorded. RESULTS: Pain fell."
    assert harms(read(abstract, "", (), vocabulary)) is None


def test_a_report_goes_before_a_denial(vocabulary: Vocabulary) -> None:
    abstract = "RESULTS: No serious adverse events occurred. Soreness was reported by two weavers."
    found = harms(read(abstract, "", (), vocabulary))
    assert found is not None
    assert found.value == "reported"


@pytest.mark.parametrize(
    ("abstract", "expected"),
    [
        ("RESULTS: Pain fell. CONCLUSION: It helped. It was cheap.", "It helped. It was cheap."),
        ("RESULTS: Pain fell. CONCLUSION: It helped. Trial registration: NCT00000000.", "It helped."),
        ("METHODS: We rubbed. RESULTS: Pain fell.", None),
        ("", None),
    ],
)
def test_conclusion(abstract: str, expected: str | None, vocabulary: Vocabulary) -> None:
    found = conclusion(read(abstract, "", (), vocabulary))
    assert (found.value if found else None) == expected
