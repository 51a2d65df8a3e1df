"""Who was studied. All texts are invented."""

from __future__ import annotations

import pytest

from ingest.extractors.arms import arms
from ingest.extractors.design import design
from ingest.extractors.reading import read
from ingest.extractors.sample import sample
from kb.extraction import Sample
from kb.vocabulary import Vocabulary


def of(abstract: str, vocabulary: Vocabulary, title: str = "") -> Sample:
    reading = read(abstract, title, (), vocabulary)
    kind = design(reading)
    name = kind.value if kind else None
    return sample(reading, arms(reading, name, vocabulary), name)


@pytest.mark.parametrize(
    ("methods", "n", "female"),
    [
        ("25 men and 15 women were randomised to massage or rest.", 40, 0.375),
        ("Twenty-five men and fifteen women with neck pain were randomly assigned to massage or rest.", 40, 0.375),
        ("1,025 women and 15 men were randomised to massage or rest.", 1040, 0.986),
        ("One hundred and two women and 20 men were randomised to massage or rest.", 122, None),
        ("15 women and 25 men were randomised to massage (n = 20) or rest (n = 20).", 40, 0.375),
        ("Twelve women and ten men received massage.", 22, 0.545),
        ("We enrolled 30 women and 10 men with fibromyalgia.", 40, 0.75),
    ],
)
def test_women_and_men_side_by_side_are_one_sample(
    methods: str, n: int, female: float | None, vocabulary: Vocabulary
) -> None:
    found = of(f"METHODS: {methods} RESULTS: Pain fell.", vocabulary)
    assert found.n is not None
    assert (found.n.value, found.n.derived) == (n, True)
    assert (found.female.value if found.female else None) == female


@pytest.mark.parametrize(
    "methods",
    [
        "25 men, 15 women and 2 joiners of unknown sex were randomised to massage or rest.",
        "25 men and 15 women in each group were randomised.",
        "Of 90 weavers, 25 men and 15 women improved.",
    ],
)
def test_women_and_men_who_are_not_all_have_no_sum(methods: str, vocabulary: Vocabulary) -> None:
    found = of(f"METHODS: {methods}", vocabulary)
    assert found.n is None or found.n.value != 40


def test_women_and_men_who_completed_are_summed(vocabulary: Vocabulary) -> None:
    abstract = "METHODS: Fifty weavers were randomised. RESULTS: 25 men and 15 women completed the course."
    found = of(abstract, vocabulary)
    assert found.n_completed is not None
    assert (found.n_completed.value, found.n_completed.derived) == (40, True)


@pytest.mark.parametrize(
    ("said", "n"),
    [
        ("twenty four adult fibromyalgia patients were randomly assigned to massage or rest.", 24),
        ("A total of 1,024 weavers came: 1,024 women were enrolled.", 1024),
        ("24 patients (12 in each group) were randomised to massage or rest.", 24),
        ("Patients with neck pain (n = 60) were randomised to massage or rest.", 60),
        ("Thirty of 40 eligible subjects participated.", 30),
        ("From 49 weavers attending four clinics, 24 volunteered to take part.", 24),
        ("Of 300 weavers approached, 122 were enrolled.", 122),
        ("One hundred and twenty-two women were randomised to massage or rest.", 122),
        ("24 adults were randomly assigned to massage or relaxation.", 24),
        ("We enrolled 64 weavers (44 men and 20 women).", 64),
        ("Weavers had 12 sessions of massage, each of 20 minutes.", None),
        ("Between May 2005 and June 2007, 120 women were randomised to massage or rest.", 120),
        ("Patients aged 18 to 65 years had 30 minutes of massage at p < .05.", None),
        ("Patients took 500 mg of a drug in 2005.", None),
        ("A 40-year-old woman was rubbed. This is a case report.", 1),
    ],
)
def test_who_entered(said: str, n: int | None, vocabulary: Vocabulary) -> None:
    found = of(f"METHODS: {said}", vocabulary).n
    assert (found.value if found else None) == n


def test_the_sum_of_the_groups_is_marked(vocabulary: Vocabulary) -> None:
    abstract = "METHODS: Weavers were randomised, with 79 allocated to the massage group and 81 to the rest group."
    found = of(abstract, vocabulary).n
    assert found is not None
    assert (found.value, found.derived) == (160, True)
    assert found.quote(abstract, "") == "79 allocated to the massage group and 81"


def test_a_size_in_every_group_met_in_passing_has_no_sum(vocabulary: Vocabulary) -> None:
    abstract = (
        "METHODS: The massage group rested, the oil massage group slept, the control group sat (9 in each group)."
    )
    assert of(abstract, vocabulary).n is None


@pytest.mark.parametrize(
    ("said", "completed", "analysed"),
    [
        ("Forty patients completed the study. Data of 45 patients were analysed.", 40, 45),
        ("Of 50 patients, 44 (88%) were evaluable.", None, 44),
        ("All patients completed; 41 finished.", 41, None),
        ("Fifty patients completed the baseline questionnaire.", None, None),
    ],
)
def test_who_completed_and_who_was_analysed(
    said: str, completed: int | None, analysed: int | None, vocabulary: Vocabulary
) -> None:
    found = of(f"METHODS: Weavers were randomised to massage or rest. RESULTS: {said}", vocabulary)
    assert [each.value if each else None for each in (found.n_completed, found.n_analysed)] == [completed, analysed]


def test_trials_of_a_review_are_no_participants(vocabulary: Vocabulary) -> None:
    abstract = (
        "METHODS: PubMed was searched. RESULTS: A total of 18 included studies with 7903 participants were pooled."
    )
    found = of(abstract, vocabulary)
    assert [each.value if each else None for each in (found.trials, found.n)] == [18, 7903]


def test_completed_and_analysed_are_not_entered(vocabulary: Vocabulary) -> None:
    abstract = (
        "METHODS: Fifty patients were randomly assigned to massage or rest. "
        "RESULTS: Forty patients completed the study. Data of 45 patients were analysed."
    )
    found = of(abstract, vocabulary)
    assert [each.value if each else None for each in (found.n, found.n_completed, found.n_analysed)] == [50, 40, 45]


def test_a_review_counts_trials_and_their_people(vocabulary: Vocabulary) -> None:
    abstract = "METHODS: PubMed was searched. RESULTS: Nine trials with a total of 404 patients were included."
    found = of(abstract, vocabulary)
    assert [each.value if each else None for each in (found.trials, found.n)] == [9, 404]


def test_the_condition_is_that_of_the_participants(vocabulary: Vocabulary) -> None:
    abstract = (
        "BACKGROUND: Migraine and asthma are common. METHODS: Forty women with low back pain were rubbed. "
        "CONCLUSIONS: Fibromyalgia should be studied."
    )
    found = of(abstract, vocabulary)
    assert [each.value for each in found.conditions] == ["low_back_pain"]
    assert [each.value for each in found.populations] == ["women"]


@pytest.mark.parametrize(
    ("said", "conditions", "populations"),
    [
        ("Women with migraine without asthma were rubbed.", ["migraine"], ["women"]),
        ("Weavers with migraine were rubbed; exclusion criteria were pregnancy, cancer and stroke.", ["migraine"], []),
        ("Patients with neck pain (12 women and 8 men) were rubbed.", ["neck_pain"], []),
        ("Patients with neck pain, 80% of whom were women, were rubbed.", ["neck_pain"], []),
        ("Patients with migraine were rubbed by trained nurses.", ["migraine"], []),
        ("Pregnant women with breech presentation were rubbed.", ["breech_presentation"], ["pregnant_women"]),
    ],
)
def test_who_is_ruled_out(said: str, conditions: list[str], populations: list[str], vocabulary: Vocabulary) -> None:
    found = of(f"METHODS: {said}", vocabulary)
    assert [each.value for each in found.conditions] == conditions
    assert [each.value for each in found.populations] == populations


def test_a_condition_is_pinned_where_it_is_said_of_the_participants(vocabulary: Vocabulary) -> None:
    abstract = "BACKGROUND: Migraine is common. METHODS: Forty women with migraine were rubbed."
    (found,) = of(abstract, vocabulary).conditions
    assert found.start == abstract.index("migraine")


def test_facts_of_the_title_are_pinned_to_the_title_only_where_the_abstract_is_silent(vocabulary: Vocabulary) -> None:
    title = "Massage for fibromyalgia in older adults"
    found = of("METHODS: Forty fibromyalgia patients were rubbed.", vocabulary, title)
    assert [(each.value, each.place) for each in found.conditions] == [("fibromyalgia", "abstract")]
    assert [(each.value, each.place) for each in found.populations] == [("older_adults", "title")]


@pytest.mark.parametrize(
    ("said", "age", "sex"),
    [
        ("Forty women aged 36 to 55 years were rubbed.", "aged 36 to 55 years", "women"),
        (
            "Forty weavers, mean age 51.8 ± 9.0 years, 79% female, were rubbed.",
            "mean age 51.8 ± 9.0 years",
            "79% female",
        ),
        ("Forty weavers (18 years or older) were rubbed.", "18 years or older", None),
        ("Infants of a gestational age between 25 and 33 weeks.", "gestational age between 25 and 33 weeks", None),
        ("Twelve women and 8 men were rubbed.", None, "Twelve women and 8 men"),
    ],
)
def test_age_and_sex_as_written(said: str, age: str | None, sex: str | None, vocabulary: Vocabulary) -> None:
    found = of(f"METHODS: {said}", vocabulary)
    assert (found.age.value if found.age else None) == age
    assert (found.sex.value if found.sex else None) == sex
