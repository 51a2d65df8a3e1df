"""The vocabulary's data hold together, and its matcher reads names the way the field writes them."""

from __future__ import annotations

import time
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.extraction import ComparatorClass, DesignKind
from kb.vocabulary import Comparator, Concept, Design, Instrument, Kind, Vocabulary, load_vocabulary
from kb.vocabulary.matcher import AmbiguousNameError
from kb.vocabulary.words import fold

VOCABULARY = load_vocabulary()
MESH = Path(__file__).with_name("mesh_headings.tsv")  # heading and descriptor, as NLM has them
PIECES = [name for concept in VOCABULARY.concepts() for name in (*concept.synonyms, *concept.excludes)]
PIECES += [" ", "-", ", ", ". ", "’s ", "\n", "FM", "é", "massage", "low back", "pain"]


def read(text: str, *, question: bool = False) -> list[tuple[str, str]]:
    """The mentions of a text as (concept, words)."""
    found = VOCABULARY.mentions(text, question=question)
    return [(each.concept, text[each.start : each.end]) for each in found]


def test_ids_of_concepts_are_unique_over_all_kinds() -> None:
    total = sum(len(VOCABULARY.concepts(kind)) for kind in get_args(Kind))
    assert total == len(VOCABULARY.concepts()) == len({each.id for each in VOCABULARY.concepts()})


@pytest.mark.parametrize(
    ("kind", "at_least"), [("condition", 150), ("technique", 60), ("outcome", 60), ("population", 25)]
)
def test_the_field_is_covered(kind: Kind, at_least: int) -> None:
    assert len(VOCABULARY.concepts(kind)) >= at_least


def test_broader_names_a_concept_of_the_same_kind_and_no_circle() -> None:
    for concept in VOCABULARY.concepts():
        seen = {concept.id}
        above = concept.broader
        while above is not None:
            wider = VOCABULARY.concept(above)
            assert wider is not None, f"{concept.id}: {above} does not exist"
            assert wider.kind == concept.kind
            assert wider.id not in seen
            seen.add(wider.id)
            above = wider.broader


def test_every_row_has_more_names_than_one() -> None:
    rows = (*VOCABULARY.concepts(), *VOCABULARY.instruments(), *VOCABULARY.comparators(), *VOCABULARY.designs())
    assert [each.id for each in rows if not each.synonyms] == []


def test_a_mesh_heading_is_nlms_and_stands_once_in_a_kind() -> None:
    checked = [line.split("\t") for line in MESH.read_text("utf-8").splitlines() if not line.startswith("#")]
    descriptors = dict(checked)
    assert len(descriptors) == len(checked) == len(set(descriptors.values()))
    assert all(each.startswith("D") and each[1:].isdigit() for each in descriptors.values())
    for kind in get_args(Kind):
        headings = [each.mesh for each in VOCABULARY.concepts(kind) if each.mesh is not None]
        assert len(headings) == len(set(headings)), kind
    assert {each.mesh for each in VOCABULARY.concepts() if each.mesh is not None} == set(descriptors)


def test_names_are_those_of_the_concepts_in_the_order_of_the_data() -> None:
    names = VOCABULARY.names()
    assert names[0] == ("fibromyalgia", "fibromyalgia")
    assert ("FM", "fibromyalgia") in names
    assert list(dict.fromkeys(id for _, id in names)) == [each.id for each in VOCABULARY.concepts()]
    assert len(names) == sum(1 + len(each.synonyms) for each in VOCABULARY.concepts())
    assert not {id for _, id in names} & {each.id for each in VOCABULARY.comparators()}


def test_fields_of_one_kind_stand_on_that_kind_only() -> None:
    for concept in VOCABULARY.concepts():
        assert (concept.polarity is not None) == (concept.kind == "outcome"), concept.id
        assert concept.measured_as is None or concept.kind == "condition", concept.id
        assert concept.comparator is None or concept.kind == "technique", concept.id
        assert concept.comparator is None or VOCABULARY.comparator(concept.comparator) is not None


def test_a_condition_that_is_measured_is_measured_as_something_that_is_better_when_less() -> None:
    for condition in VOCABULARY.concepts("condition"):
        if condition.measured_as is not None:
            outcome = VOCABULARY.concept(condition.measured_as)
            assert outcome is not None, condition.id
            assert (outcome.kind, outcome.polarity) in {("outcome", "low"), ("outcome", "context")}, condition.id


def test_instruments_measure_outcomes_that_exist_and_a_range_has_its_source() -> None:
    assert len(VOCABULARY.instruments()) >= 80
    for instrument in VOCABULARY.instruments():
        outcome = VOCABULARY.concept(instrument.outcome)
        assert outcome is not None, instrument.id
        assert outcome.kind == "outcome", instrument.id
        assert instrument.range is None or instrument.sources, instrument.id


def test_comparators_and_designs_are_those_of_the_types() -> None:
    assert {each.id for each in VOCABULARY.comparators()} == set(get_args(ComparatorClass))
    assert {each.id for each in VOCABULARY.designs()} == set(get_args(DesignKind))


@pytest.mark.parametrize(
    ("design", "level"),
    [("systematic_review", 1), ("rct", 2), ("quasi_randomised", 3), ("case_series", 4), ("protocol", None)],
)
def test_levels_follow_ocebm_2011(design: str, level: int | None) -> None:
    row = VOCABULARY.design(design)
    assert row is not None
    assert row.level == level


@pytest.mark.parametrize(
    ("outcome", "polarity"),
    [
        *(("pain", "low"), ("sleep_hours", "high"), ("sleep_quality", "high"), ("sleep_disturbance", "low")),
        *(("pressure_pain_threshold", "high"), ("substance_p", "context"), ("cortisol", "context")),
        *(("weight_gain", "high"), ("length_of_stay", "low"), ("range_of_motion", "high"), ("disability", "low")),
    ],
)
def test_polarity_is_of_the_outcome_as_measured(outcome: str, polarity: str) -> None:
    concept = VOCABULARY.concept(outcome)
    assert concept is not None
    assert concept.polarity == polarity


@pytest.mark.parametrize(
    ("instrument", "polarity"), [("fiq", "low"), ("sf36", "high"), ("ppt", "high"), ("pgic", "context")]
)
def test_polarity_of_a_score(instrument: str, polarity: str) -> None:
    row = VOCABULARY.instrument(instrument)
    assert row is not None
    assert row.polarity == polarity


def test_two_measures_of_stress_are_two() -> None:
    found = {each.concept for each in VOCABULARY.mentions("the PSQ, and the Perceived Stress Scale (PSS-10)")}
    assert {"psq", "pss"} <= found


def test_what_is_not_there_is_none() -> None:
    assert VOCABULARY.concept("phlogiston") is None
    assert VOCABULARY.instrument("phlogiston") is None
    assert VOCABULARY.comparator("phlogiston") is None
    assert VOCABULARY.design("phlogiston") is None


def test_every_name_is_read_as_its_own_row() -> None:
    concepts, measures, comparators = VOCABULARY.concepts(), VOCABULARY.instruments(), VOCABULARY.comparators()
    rows: tuple[Concept | Instrument | Comparator, ...] = (*concepts, *measures, *comparators)
    for row in rows:
        for name in (row.name, *row.synonyms):
            assert read(name) == [(row.id, name)], name


def test_a_name_of_questions_is_read_in_questions_alone() -> None:
    asked = [(name, each.id) for each in VOCABULARY.concepts() for name in each.asked_as]
    assert asked
    for name, id in asked:
        assert [id] == [each.concept for each in VOCABULARY.mentions(name, question=True)]
        assert id not in [each.concept for each in VOCABULARY.mentions(name)]


def test_a_comparator_has_its_names_of_questions_beside_the_others() -> None:
    for row in VOCABULARY.comparators():
        for name in (row.name, *row.synonyms, *row.asked_as):
            assert [row.id] == [each.concept for each in VOCABULARY.comparator_mentions(name)]


def designs(question: str) -> list[tuple[str, str]]:
    """The designs that a question names as (design, words)."""
    return [(each.concept, question[each.start : each.end]) for each in VOCABULARY.design_mentions(question)]


def test_every_name_of_a_design_is_read_as_its_own_row() -> None:
    for row in VOCABULARY.designs():
        for name in (row.name, *row.synonyms):
            assert designs(name) == [(row.id, name)], name
            assert {each.kind for each in VOCABULARY.design_mentions(name)} == {"design"}


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("randomised trials of massage for neck pain", [("rct", "randomised trials")]),
        ("randomized controlled trial", [("rct", "randomized controlled trial")]),
        ("RCTs on reflexology", [("rct", "RCTs")]),
        ("rct shiatsu", [("rct", "rct")]),
        ("Systematic reviews and meta-analyses", [("systematic_review", "Systematic reviews and meta-analyses")]),
        ("metaanalysis of cupping", [("systematic_review", "metaanalysis")]),
        ("a case report or a case series", [("case_report", "case report"), ("case_series", "case series")]),
        ("cross-over trial", [("crossover_rct", "cross-over trial")]),
        ("non-randomised studies", [("controlled_allocation_unclear", "non-randomised studies")]),
        ("study protocols for tuina", [("protocol", "study protocols")]),
        ("what people say: qualitative research", [("qualitative", "qualitative research")]),
        *(
            (said, [])
            for said in ("a massage protocol", "trials", "reviews", "controlled trials", "does massage help?")
        ),
    ],
)
def test_a_question_names_a_design(question: str, expected: list[tuple[str, str]]) -> None:
    assert designs(question) == expected


@pytest.mark.parametrize("question", [False, True])
def test_a_design_is_no_mention_among_the_others(question: bool) -> None:
    for text in ("a randomised controlled trial of massage", "RCT: massage", "case report, massage", "massage cohort"):
        assert read(text, question=question) == [("massage_unspecified", "massage")]


def test_a_design_claimed_twice_is_refused() -> None:
    first = Design(id="rct", name="trial", short="Trial", why="-", plain="-")
    second = Design(id="cohort", name="cohort", short="Cohort", why="-", plain="-", synonyms=("trials",))
    with pytest.raises(AmbiguousNameError, match="design rct and design cohort"):
        Vocabulary((), designs=(first, second))


def test_an_excluded_sense_is_no_mention() -> None:
    for concept in VOCABULARY.concepts():
        for name in concept.excludes:
            assert read(name) == [], name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("massage", [("massage_unspecified", "massage")]),
        ("Swedish massage", [("swedish", "Swedish massage")]),
        ("MASSAGES", [("massage_unspecified", "MASSAGES")]),
        ("tender points", [("tenderness", "tender points")]),
        ("Tender-points", [("tenderness", "Tender-points")]),
        ("tenderpoints", [("tenderness", "tenderpoints")]),
        ("range-of-motion", [("range_of_motion", "range-of-motion")]),
        ("ischemic compression", [("trigger_point", "ischemic compression")]),
        ("ischaemic compression", [("trigger_point", "ischaemic compression")]),
        ("lymphedema", [("lymphoedema", "lymphedema")]),
        ("labor pains", [("labour_pain", "labor pains")]),
        ("generalized anxiety disorder", [("anxiety_disorder", "generalized anxiety disorder")]),
        ("headaches", [("headache", "headaches")]),
        ("cross-fiber friction", [("transverse_friction", "cross-fiber friction")]),
        ("Alzheimer’s disease", [("dementia", "Alzheimer’s disease")]),
        ("pain (VAS)", [("pain", "pain"), ("vas", "VAS")]),
        ("disabilities of the arm, shoulder and hand", [("dash", "disabilities of the arm, shoulder and hand")]),
        ("PPTs", [("ppt", "PPTs")]),
        ("sham massage", [("light_touch_or_sham_massage", "sham massage")]),
        ("light pressure massage", [("light_pressure", "light pressure massage")]),
        ("", []),
    ],
)
def test_writings_of_a_name(text: str, expected: list[tuple[str, str]]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize("name", ["FM", "FMS", "fibromyalgia syndrome", "Fibromyalgia", "fibrositis"])
def test_the_names_of_fibromyalgia_are_one(name: str) -> None:
    assert read(f"adults with {name}")[1][0] == "fibromyalgia"


@pytest.mark.parametrize(
    "sense", ["cardiac", "heart", "uterine", "carotid sinus", "prostatic", "ocular", "gingival", "Closed-chest cardiac"]
)
@pytest.mark.parametrize("question", [False, True])
def test_massage_in_another_sense_is_no_technique(sense: str, question: bool) -> None:
    assert read(f"survival after {sense} massage", question=question) == [("survival", "survival")]


@pytest.mark.parametrize(
    "text",
    [
        "the blue dye",
        "capsular contracture",
        "the runs of an athlete",
        "the sciatic nerve",
        "arm lymphatic system (ALS)",
    ],
)
def test_a_lay_or_short_name_does_not_take_other_words(text: str) -> None:
    assert [concept for concept, _ in read(text) if concept != "athletes"] == []


def test_a_sentence_ends_a_name_and_so_does_a_comma() -> None:
    assert ("sleep_quality", "sleep quality") in read("sleep quality")
    assert "sleep_quality" not in dict(read("She could sleep. Quality was checked."))
    assert dict(read("sleep, quality of life")) == {"sleep": "sleep", "quality_of_life": "quality of life"}


@pytest.mark.parametrize(
    ("text", "in_abstract", "in_question"),
    [
        ("fm", [], ["fibromyalgia"]),
        ("FM", ["fibromyalgia"], ["fibromyalgia"]),
        ("ms", [], ["multiple_sclerosis"]),
        ("mfr", [], ["myofascial_release"]),
        ("substance p", [], ["substance_p"]),
        ("tens of patients", [], []),
        ("a dash", [], []),
        ("she had", [], []),
        ("TENS", ["tens"], ["tens"]),
    ],
)
def test_abbreviations_stand_in_capitals_except_in_a_question(
    text: str, in_abstract: list[str], in_question: list[str]
) -> None:
    assert [concept for concept, _ in read(text)] == in_abstract
    assert [concept for concept, _ in read(text, question=True)] == in_question


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("massage for lumbago", ["massage_unspecified", "low_back_pain"]),
        ("I can't sleep and worry all night", ["insomnia", "anxiety"]),
        ("does a back rub help me sleep better?", ["slow_stroke", "sleep"]),
        ("knots in my shoulders, stressed out", ["pain", "stress"]),
        ("shiatsu or reflexology for period pains", ["shiatsu", "reflexology", "dysmenorrhoea"]),
        ("depressed mood, tired, stiff", ["depression", "fatigue", "stiffness"]),
        ("baby massage for colicky babies", ["infant", "infant_colic", "infants"]),
        ("pulled muscle or trapped nerve", ["sprain_or_strain", "nerve_entrapment"]),
        ("my back hurts, stiff neck, tight shoulders", ["back_pain", "neck_pain", "stiffness"]),
        ("massage gun or foam roller for sore legs", ["percussive", "foam_rolling", "muscle_soreness"]),
        ("feeling down, no energy, got the blues", ["depression", "fatigue", "depression"]),
        ("throwing up, tummy ache, can't poo", ["nausea", "pain", "constipation"]),
        ("slipped disc, twisted ankle, runner's knee", ["disc_herniation", "ankle_sprain", "patellofemoral_pain"]),
        ("ringing in my ears and teeth grinding", ["tinnitus", "bruxism"]),
        ("chiro for a crick in my neck", ["chiropractic", "neck_pain"]),
    ],
)
def test_lay_words(question: str, expected: list[str]) -> None:
    assert [concept for concept, _ in read(question, question=True)] == expected


def test_an_invented_abstract() -> None:
    text = (
        "Sixty adults with fibromyalgia (FM) had moderate-pressure massage or light touch for five weeks. "
        "Hours of sleep rose and substance P fell; FIQ scores and state anxiety did not differ."
    )
    assert [concept for concept, _ in read(text)] == [
        *("adults", "fibromyalgia", "fibromyalgia", "moderate_pressure", "light_touch_or_sham_massage"),
        *("sleep_hours", "substance_p", "fiq", "anxiety"),
    ]


def test_a_name_claimed_twice_is_refused() -> None:
    first = Concept(id="one", kind="outcome", name="ease", polarity="high")
    second = Instrument(id="two", name="Ease", outcome="one", polarity="high")
    with pytest.raises(AmbiguousNameError, match="Ease"):
        Vocabulary((first,), instruments=(second,))


@given(st.one_of(st.text(), st.lists(st.sampled_from(PIECES)).map("".join)), st.booleans())
def test_mentions_are_in_order_apart_and_inside_the_text(text: str, question: bool) -> None:
    end = 0
    for mention in VOCABULARY.mentions(text, question=question):
        assert end <= mention.start < mention.end <= len(text)
        end = mention.end


@given(st.text())
def test_the_key_of_a_word_does_not_depend_on_case(word: str) -> None:
    assert fold(word.upper().lower()) == fold(word.lower().upper().lower())


@pytest.mark.parametrize(
    "piece", ["a ", "x", "-", "cardiac ", "low back pain chronic non-specific ", "I love you ", "tui na ", "é", "'"]
)
def test_a_hostile_question_costs_no_more_than_a_plain_one(piece: str) -> None:
    question = (piece * 10_000)[:10_000]
    began = time.process_time()
    VOCABULARY.mentions(question, question=True)
    assert time.process_time() - began < 0.5
