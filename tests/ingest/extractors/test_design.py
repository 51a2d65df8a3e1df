"""Design, allocation, flags, blinding, registration. All texts are invented."""

from __future__ import annotations

import pytest

from ingest.extractors.allocation import allocation
from ingest.extractors.blinding import blinding
from ingest.extractors.design import design, randomised
from ingest.extractors.reading import Reading, read
from ingest.extractors.reporting import flags, registration
from kb.extraction import DesignKind
from kb.vocabulary import Vocabulary


@pytest.fixture
def reading(request: pytest.FixtureRequest, vocabulary: Vocabulary) -> Reading:
    return read(request.param, "", (), vocabulary)


@pytest.mark.parametrize(
    ("reading", "kind"),
    [
        ("METHODS: This overview of systematic reviews read 12 reviews of rubbing.", "overview_or_evidence_map"),
        ("METHODS: PubMed and CINAHL were searched for randomized controlled trials.", "systematic_review"),
        ("METHODS: Forty weavers will be randomised to rubbing or rest.", "protocol"),
        ("METHODS: In a randomised crossover trial weavers had rubbing and rest.", "crossover_rct"),
        ("METHODS: A cluster randomised trial in ten mills.", "cluster_rct"),
        ("METHODS: Forty weavers were randomly assigned to rubbing or rest.", "rct"),
        ("METHODS: Weavers were randomly separated into two halves.", "rct"),
        ("BACKGROUND: The loom trial is a randomised trial of rubbing and rest.", "rct"),
        ("METHODS: Many 18-year-old men came.", None),
        ("METHODS: We randomised forty weavers.", "rct"),
        ("METHODS: Weavers came to a randomised, double blind, placebo controlled, two armed trial.", "rct"),
        ("METHODS: Weavers with infarct were measured.", None),
        ("METHODS: A stratified cluster random sample of weavers answered a survey.", "survey"),
        ("METHODS: A double-blind, placebo-controlled trial of rubbing.", "controlled_allocation_unclear"),
        ("METHODS: A hypothesis that weavers will be happy was told.", None),
        ("METHODS: Weavers were assigned by date of birth to rubbing or rest.", "quasi_randomised"),
        ("METHODS: Forty weavers were divided into two groups.", "controlled_allocation_unclear"),
        ("METHODS: Ten weavers were measured before and after rubbing.", "single_group_pre_post"),
        ("METHODS: A series of cases of weavers is told.", "case_series"),
        ("CASE: A 40-year-old female weaver was rubbed.", "case_report"),
        ("METHODS: A cross-sectional study of weavers.", "cross_sectional"),
        ("METHODS: In a survey, weavers told of rubbing.", "survey"),
        ("METHODS: Weavers spoke in focus groups.", "qualitative"),
        ("METHODS: This narrative review tells of rubbing.", "narrative_review"),
        ("METHODS: Forty weavers came.", None),
    ],
    indirect=["reading"],
)
def test_design(reading: Reading, kind: DesignKind | None) -> None:
    found = design(reading)
    assert (found.value if found else None) == kind


@pytest.mark.parametrize(
    "abstract",
    [
        "BACKGROUND: Systematic reviews of randomised trials found little. METHODS: Forty weavers came.",
        "METHODS: Forty weavers came. CONCLUSIONS: Randomised controlled trials are needed.",
        "METHODS: Few randomised controlled trials of rubbing exist.",
    ],
)
def test_the_studies_of_others_are_not_this_one(abstract: str, vocabulary: Vocabulary) -> None:
    assert design(read(abstract, "", (), vocabulary)) is None


@pytest.mark.parametrize(
    ("title", "abstract", "kind", "place"),
    [
        ("Rubbing of weavers: a randomized controlled trial", "", "rct", "title"),
        ("Rubbing of weavers: a randomised, single-blind crossover trial", "", "crossover_rct", "title"),
        ("Rubbing of weavers: study protocol for a randomized controlled trial", "", "protocol", "title"),
        ("Rubbing of weavers: a systematic review of randomized controlled trials", "", "systematic_review", "title"),
        ("Rubbing of weavers: a non-randomised trial", "", "controlled_allocation_unclear", "title"),
        ("Review of a randomised controlled trial", "", None, None),
        ("Randomised controlled trials of rubbing", "", None, None),
        ("A randomised trial of rubbing", "METHODS: Weavers were divided into two groups.", "rct", "title"),
        ("A randomised trial of rubbing", "METHODS: Weavers will be randomised to rubbing.", "protocol", "abstract"),
        ("A randomised trial of rubbing", "METHODS: PubMed was searched for trials.", "systematic_review", "abstract"),
        ("A qualitative study in a trial", "METHODS: Weavers were randomised to rubbing.", "qualitative", "title"),
    ],
)
def test_a_title_is_heard_where_the_abstract_is_silent_or_vague(
    title: str, abstract: str, kind: DesignKind | None, place: str | None, vocabulary: Vocabulary
) -> None:
    found = design(read(abstract, title, (), vocabulary))
    assert (found.value if found else None, found.place if found else None) == (kind, place)


def test_what_a_title_says_of_allocation_is_pinned_to_it(vocabulary: Vocabulary) -> None:
    reading = read("METHODS: Weavers were divided into two groups.", "A randomised trial of rubbing", (), vocabulary)
    found = randomised(reading, design(reading))
    assert found is not None
    assert (found.value, found.quote(reading.abstract, reading.title)) == (True, "randomised")


@pytest.mark.parametrize(
    ("reading", "expected"),
    [
        ("METHODS: Weavers were randomly assigned to rubbing or rest.", True),
        ("METHODS: Weavers will be randomised to rubbing or rest.", True),
        ("METHODS: In this non-randomised study weavers were divided into two groups.", False),
        ("METHODS: Weavers were divided into two groups.", None),
        ("METHODS: PubMed was searched for trials that were randomised.", None),
    ],
    indirect=["reading"],
)
def test_randomised(reading: Reading, expected: bool | None) -> None:
    found = randomised(reading, design(reading))
    assert (found.value if found else None) == expected


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
