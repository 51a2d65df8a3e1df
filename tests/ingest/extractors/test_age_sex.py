"""Ages and sexes of a sample. All texts are invented."""

from __future__ import annotations

import pytest

from ingest.extractors.age import age
from ingest.extractors.reading import Reading, read
from ingest.extractors.sex import sex
from kb.extraction import Finding
from kb.vocabulary import Vocabulary


def reading(said: str, vocabulary: Vocabulary) -> Reading:
    return read(f"METHODS: Forty weavers {said} were rubbed.", "", (), vocabulary)


@pytest.mark.parametrize(
    ("said", "mean", "sd", "span"),
    [
        ("(mean age 48.3, SD 9.1)", 48.3, 9.1, None),
        ("of mean age 48.3 (SD 9.1)", 48.3, 9.1, None),
        ("of a mean age, 48 +/- 9 years,", 48, 9, None),
        ("with a mean (SD) age of 41.7 (9.8) years", 41.7, 9.8, None),
        ("(mean age in years 23.03 ± 3.23)", 23.03, 3.23, None),
        ("aged 33 ± 9 years", 33, 9, None),
        ("(mean age 39 years, range 22-51 years)", 39, None, (22, 51)),
        ("whose mean age was 48.3 years (SD, 9.1; range 20-65)", 48.3, 9.1, (20, 65)),
        ("aged 18-65", None, None, (18, 65)),
        ("between 18 and 55 years old", None, None, (18, 55)),
        ("whose ages ranged from 20 to 59 years", None, None, (20, 59)),
        ("aged four to fourteen years", None, None, (4, 14)),
        ("aged 3 to 24 months", None, None, (0.25, 2)),
        ("of mean age 6 (SD 3) months", 0.5, 0.25, None),
        ("and other women between 25 and 40 years", None, None, (25, 40)),
    ],
)
def test_ages_in_years(
    said: str, mean: float | None, sd: float | None, span: tuple[float, float] | None, vocabulary: Vocabulary
) -> None:
    found = age(reading(said, vocabulary))
    assert [each.value if each else None for each in (found.mean, found.sd, found.range)] == [mean, sd, span]


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("over 65 years of age", "over 65 years of age"),
        ("(18 years or older)", "18 years or older"),
        ("aged 75 or over", "aged 75 or over"),
        ("with a median age of 50 years", "median age of 50 years"),
        ("and a 40-year-old man", "40-year-old"),
        ("born at a gestational age between 25 and 33 weeks", "gestational age between 25 and 33 weeks"),
        ("of mean age 31.2 in the massage group and 30.8 in the rest group", "mean age 31.2"),
        ("with pain for 5 to 10 years", None),
        ("followed for two years", None),
        ("matched for age, sex, and 24 others", None),
    ],
)
def test_what_is_no_mean_and_no_range(said: str, written: str | None, vocabulary: Vocabulary) -> None:
    found = age(reading(said, vocabulary))
    assert (found.said.value if found.said else None) == written
    assert found[1:] == (None, None, None)


def test_a_stated_mean_goes_before_a_limit(vocabulary: Vocabulary) -> None:
    abstract = "METHODS: Weavers over 18 years of age were rubbed. RESULTS: Their mean age was 44 years."
    found = age(read(abstract, "", (), vocabulary))
    assert found.said is not None
    assert found.said.value == "mean age was 44 years"


@pytest.mark.parametrize(
    ("said", "n", "written", "female"),
    [
        ("(18 women and 6 men)", 24, "18 women and 6 men", 0.75),
        ("(12 males, 15 females)", 27, "12 males, 15 females", 0.556),
        ("(women, n = 18; men, n = 6)", None, "women, n = 18; men, n = 6", 0.75),
        ("(male 17, female 23)", 40, "male 17, female 23", 0.575),
        (": women (n = 18) and men (n = 6)", None, "women (n = 18) and men (n = 6)", 0.75),
        ("(M/F: 12/18)", None, "M/F: 12/18", 0.6),
        ("(85% female)", 40, "85% female", 0.85),
        ("(60% male)", 40, "60% male", 0.4),
        ("(22 (55%) female)", 40, "22 (55%) female", 0.55),
        ("(five of 10 patients were female)", 40, "five of 10 patients were female", 0.5),
        ("(30 participants were women)", 40, "30 participants were women", 0.75),
        ("(all women)", 40, "all women", 1.0),
        ("(both sexes)", 40, "both sexes", None),
        ("(5 women and 4 men of one group)", 40, "5 women and 4 men", None),
        ("(5 women and 15 men in one group, 15 women and 5 men in the other)", 40, None, 0.5),
        ("and fibromyalgic women", 40, "women", 1.0),
        ("(most of them men, others women)", 40, None, None),
        ("of many kinds", 40, None, None),
        # Nobody has no share of women.
        (", of whom 0 were women", None, "0 were women", None),
        (": 0 of 0 were women", 40, "0 of 0 were women", None),
        ("(0 women and 0 men)", None, "0 women and 0 men", None),
        ("(0 women and 0 men, later 3 women and 1 man)", None, "3 women and 1 man", 0.75),
        ("(M:F 0/0)", None, "M:F 0/0", None),
        (", of whom 0 were women", 40, "0 were women", 0.0),
    ],
)
def test_sex_and_the_share_of_women(
    said: str, n: int | None, written: str | None, female: float | None, vocabulary: Vocabulary
) -> None:
    found = sex(reading(said, vocabulary), Finding(n, 9, 14) if n else None)
    assert (found.female.value if found.female else None) == female
    if written is not None:
        assert found.said is not None
        assert found.said.value == written


def test_one_sex_is_not_concluded_where_the_other_is_named(vocabulary: Vocabulary) -> None:
    abstract = "METHODS: Forty women were rubbed. RESULTS: Pain fell, as it had in men."
    assert sex(read(abstract, "", (), vocabulary), None) == (None, None)
