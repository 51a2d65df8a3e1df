"""Flags, blinding, allocation, registration: what an abstract reports of its own making. All texts are invented."""

from __future__ import annotations

import pytest

from ingest.extractors.allocation import allocation
from ingest.extractors.blinding import blinding
from ingest.extractors.reading import Reading, read
from ingest.extractors.reporting import flags, registration
from kb.vocabulary import Vocabulary


@pytest.fixture
def reading(request: pytest.FixtureRequest, vocabulary: Vocabulary) -> Reading:
    return read(request.param, "", (), vocabulary)


@pytest.mark.parametrize(
    ("reading", "expected"),
    [
        ("METHODS: A pilot trial to judge feasibility.", ["pilot", "feasibility"]),
        ("METHODS: A secondary analysis of a trial.", ["secondary_analysis"]),
        ("METHODS: This is a planned post hoc analysis of a trial of rubbing.", ["secondary_analysis"]),
        ("METHODS: A four-year follow-up of a randomised trial of rubbing.", ["secondary_analysis"]),
        ("BACKGROUND: A pilot trial found little. METHODS: Weavers came.", []),
        ("METHODS: Forty pilots and weavers came. CONCLUSIONS: A larger pilot study is needed.", []),
    ],
    indirect=["reading"],
)
def test_flags(reading: Reading, expected: list[str]) -> None:
    assert [each.value for each in flags(reading)] == expected


def test_flags_of_a_title(vocabulary: Vocabulary) -> None:
    reading = read("METHODS: Weavers came.", "Rubbing of weavers: a pilot and feasibility study", (), vocabulary)
    assert [(each.value, each.place) for each in flags(reading)] == [("pilot", "title"), ("feasibility", "title")]


@pytest.mark.parametrize(
    ("reading", "blind"),
    [
        ("METHODS: A double-blind trial.", "double-blind"),
        ("METHODS: A double\u2010blind trial.", "double-blind"),
        ("METHODS: An open-labelled trial.", "open-labelled"),
        ("METHODS: Assessors were blinded.", "Assessors were blinded"),
        ("METHODS: A patient- and assessor-blinded trial.", "patient- and assessor-blinded"),
        (
            "METHODS: Weavers, therapists, and outcome assessors were masked to group allocation.",
            "therapists, and outcome assessors were masked to group allocation",
        ),
        ("METHODS: Two millers blinded to treatment assignment looked.", "Two millers blinded to treatment assignment"),
        ("METHODS: A blinded evaluator measured pain.", "blinded evaluator"),
        ("METHODS: A trial with blinded outcome assessors.", "blinded outcome assessors"),
        ("METHODS: The trial was masked (patients and raters).", "masked (patients and raters)"),
        ("METHODS: Blinding of therapists was not possible.", "Blinding of therapists"),
        ("METHODS: Treatment was not masked.", "not masked"),
        ("METHODS: Weavers went blind in 1999.", None),
        ("METHODS: Blind people and blind patients were rubbed.", None),
        ("METHODS: Weavers with masked hypertension were rubbed.", None),
        ("METHODS: Weavers came. CONCLUSIONS: Double-blind trials are needed.", None),
    ],
    indirect=["reading"],
)
def test_blinding(reading: Reading, blind: str | None) -> None:
    said = blinding(reading)
    assert (said.value if said else None) == blind


def test_blinding_of_a_title(vocabulary: Vocabulary) -> None:
    said = blinding(read("METHODS: Weavers came.", "Rubbing: a randomised, single-blinded trial", (), vocabulary))
    assert said is not None
    assert (said.value, said.place) == ("single-blinded", "title")


@pytest.mark.parametrize(
    ("reading", "number"),
    [
        ("METHODS: A trial, NCT00000001.", "NCT00000001"),
        ("METHODS: It is registered as NCT 00000001.", "NCT00000001"),
        ("METHODS: Weavers came. ISRCTN 00000001.", "ISRCTN00000001"),
        ("METHODS: It is registered, number ISRCTN 00000001.", "ISRCTN00000001"),
        ("METHODS: An International Standard Randomised Controlled Trial, number 00000001.", "ISRCTN00000001"),
        ("METHODS: A trial (ACTRN12600000000000).", "ACTRN12600000000000"),
        ("METHODS: Registered at the Chinese registry (ChiCTR-TRC-00000000).", "ChiCTR-TRC-00000000"),
        ("METHODS: Registered as CTRI/2000/01/000000.", "CTRI/2000/01/000000"),
        ("METHODS: EudraCT number 2000-000000-00.", "2000-000000-00"),
        ("METHODS: PROSPERO CRD 42000000000.", "CRD42000000000"),
        (
            "BACKGROUND: In a trial (NCT00000001) rest did well. METHODS: Registered: NCT00000002.",
            "NCT00000002",
        ),
        ("BACKGROUND: In the loom trial (NCT00000001) rest did well. METHODS: Weavers came.", None),
        ("METHODS: Forty weavers of registry 12345678 came.", None),
    ],
    indirect=["reading"],
)
def test_registration(reading: Reading, number: str | None) -> None:
    found = registration(reading)
    assert (found.value if found else None) == number


def test_registration_of_a_title(vocabulary: Vocabulary) -> None:
    found = registration(read("METHODS: Weavers came.", "Rubbing of weavers [ISRCTN00000001]", (), vocabulary))
    assert found is not None
    assert (found.value, found.place) == ("ISRCTN00000001", "title")


@pytest.mark.parametrize(
    ("reading", "how"),
    [
        (
            "METHODS: Weavers were randomised by a computer-generated list kept in sealed, opaque envelopes.",
            "computer-generated list kept in sealed, opaque envelopes",
        ),
        ("METHODS: Weavers were randomly assigned in blocks of four.", "blocks of four"),
        ("METHODS: Randomisation was stratified by mill and age.", "stratified by mill and age"),
        ("METHODS: Weavers were allocated by minimisation.", "minimisation"),
        ("METHODS: Weavers were randomised by coin toss.", "coin toss"),
        ("METHODS: Weavers were assigned by date of birth.", "by date of birth"),
        ("METHODS: Weavers were randomised with concealed allocation.", "concealed allocation"),
        ("METHODS: Weavers were randomly assigned to rubbing or rest.", None),
        ("METHODS: Letters were sent in stamped envelopes to weavers with heart block.", None),
        ("METHODS: A cost-minimisation study of random weavers.", None),
        ("METHODS: Weavers were found by random digit dialling.", None),
    ],
    indirect=["reading"],
)
def test_allocation(reading: Reading, how: str | None) -> None:
    found = allocation(reading)
    assert (found.value if found else None) == how
