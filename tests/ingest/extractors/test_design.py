"""Design, and whether allocation was random, in abstract and title. All texts are invented."""

from __future__ import annotations

import pytest

from ingest.extractors.design import design, randomised
from ingest.extractors.reading import Reading, read
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
        "METHODS: We weighed the feasibility of doing a randomised trial of rubbing.",
        "METHODS: We spoke with weavers who took part in a randomised trial of rubbing.",
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
        ("Rubbing of weavers: design of a randomised controlled trial", "METHODS: A trial.", "protocol", "title"),
        ("Erratum to: Rubbing of weavers: a randomised controlled trial", "", None, None),
        ("A survey of weavers in a trial", "METHODS: Weavers were randomised to rubbing.", "survey", "title"),
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
