"""Dose of the study and of its groups. All texts are invented."""

from __future__ import annotations

import pytest

from ingest.extractors.design import design
from ingest.extractors.method import method
from ingest.extractors.reading import read
from kb.extraction import Dose, Method
from kb.vocabulary import Vocabulary


def told(said: str, vocabulary: Vocabulary) -> Method:
    reading = read(f"METHODS: {said}", "", (), vocabulary)
    return method(reading, design(reading), vocabulary)


def values(of: Dose, derived: bool = False) -> dict[str, float]:
    found = {name: getattr(of, name) for name in of.__struct_fields__}
    return {name: each.value for name, each in found.items() if each is not None and each.derived == derived}


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("had 30-minute treatments twice a week for five weeks", {"minutes": 30, "per_week": 2, "weeks": 5}),
        ("had rubbing twice weekly for 5 weeks", {"per_week": 2, "weeks": 5}),
        ("had 10 sessions over 5 wk", {"sessions": 10, "weeks": 5}),
        ("rubbed themselves 15 min/day", {"minutes": 15}),
        ("rubbed themselves for 15 min/day x 30 d", {"minutes": 15}),
        ("had rubbing (30 min, 2x/wk)", {"minutes": 30, "per_week": 2}),
        ("had a 2-hour session three times a week", {"minutes": 120, "per_week": 3}),
        ("had one weekly session for four weeks", {"per_week": 1, "weeks": 4}),
        ("had two 20-min massages per week for 16 weeks", {"minutes": 20, "per_week": 2, "weeks": 16}),
        ("had two 60-min massages weekly", {"minutes": 60, "per_week": 2}),
        ("had three 20-minute sessions per week", {"minutes": 20, "per_week": 3}),
        ("had three weekly sessions for 6 weeks", {"per_week": 3, "weeks": 6}),
        ("had six weekly treatments", {"per_week": 1, "sessions": 6}),
        ("had ten weekly sessions of half an hour", {"per_week": 1, "sessions": 10, "minutes": 30}),
        ("had nine 2-hour sessions over two months", {"minutes": 120, "sessions": 9}),
        ("had a single 10-min session of massage", {"minutes": 10, "sessions": 1}),
        ("had massage for 1 h once a week", {"minutes": 60, "per_week": 1}),
        ("had massage for one week", {"weeks": 1}),
        ("had 8 weekly, 1-hour sessions", {"per_week": 1, "sessions": 8, "minutes": 60}),
        ("had massage 5 d/wk", {"per_week": 5}),
        ("had 20 sessions of massage in 4 weeks", {"sessions": 20, "weeks": 4}),
        ("had massage twice a week, for a total of 9 times", {"per_week": 2, "sessions": 9}),
        ("were rubbed daily for 14 days", {"per_week": 7, "weeks": 2}),
        ("were rubbed once a day for 14 days", {"per_week": 7, "weeks": 2}),
        ("had massage for 20 minutes before bedtime", {"minutes": 20}),
        ("were seen at baseline and after 6 weeks of treatment", {"weeks": 6}),
        ("joined a 12-week, assessor-blinded, randomised trial", {"weeks": 12}),
    ],
)
def test_as_stated(said: str, expected: dict[str, float], vocabulary: Vocabulary) -> None:
    assert values(told(f"Forty women {said}.", vocabulary).dose) == expected


@pytest.mark.parametrize(
    "said",
    [
        "were rubbed once a day for 3 days",
        "were rubbed five to seven days a week",
        "were rubbed for six months",
        "were rubbed over a 3-month period",
        "were rubbed biweekly",
        "were rubbed every other day",
        "had sessions of 45-50 min",
        "had between 10 and 15 treatments",
        "had at least 8 sessions",
        "sat for 10 min on the first day and for 20 min on the second",
        "were measured 30 minutes after rubbing and at 12 weeks",
        "rested for 15 minutes before rubbing",
        "walked six minutes, and were followed for 12 weeks after rubbing",
        "had a follow-up period of 12 weeks",
        "entered a 4-week run-in period",
        "kept a diary daily for two weeks",
        "had had pain for six weeks",
        "gave birth at 38 weeks of gestation",
        "were on a waiting list for 8 weeks before rubbing",
        "took 20 mg three times a day",
        "told of the first and last session",
        "compared the three treatments",
        "came to two testing sessions",
        "exercised 150 minutes per week",
        "attended a mean of 8.4 sessions",
        "were pressed for 3 min at each tender point",
        "rested following 5 minutes of walking",
        "came to nine follow-up sessions",
        "had a 10-minute or 20-minute massage",
        "had massage three times a week for two weeks and then once a week for six weeks",
        "came to a single centre randomised treatment",
    ],
)
def test_what_is_no_dose(said: str, vocabulary: Vocabulary) -> None:
    assert values(told(f"Forty women {said}.", vocabulary).dose) == {}


@pytest.mark.parametrize(
    ("said", "sessions", "minutes"),
    [
        ("had 30-minute treatments twice a week for five weeks", 10, 300),
        ("had 8 sessions of 45 minutes", None, 360),
        ("were rubbed three times a day for 3 days", 9, None),
        ("were rubbed daily for 4 consecutive days", 4, None),
        ("were rubbed twice a week", None, None),
    ],
)
def test_totals_follow_and_are_marked(
    said: str, sessions: int | None, minutes: int | None, vocabulary: Vocabulary
) -> None:
    derived = values(told(f"Forty women {said}.", vocabulary).dose, derived=True)
    assert (derived.get("sessions"), derived.get("contact_minutes")) == (sessions, minutes)


def test_a_total_quotes_its_parts(vocabulary: Vocabulary) -> None:
    said = "Forty women had 30-minute treatments twice a week for five weeks."
    contact = told(said, vocabulary).dose.contact_minutes
    assert contact is not None
    assert contact.quote(f"METHODS: {said}", "") == "30-minute treatments twice a week for five weeks"


def test_sessions_of_another_sentence_do_not_gainsay_frequency_and_length(vocabulary: Vocabulary) -> None:
    said = "Forty women had massage twice a week for 6 weeks. Later 10 sessions were offered to all."
    dose = told(said, vocabulary).dose
    assert values(dose) == {"per_week": 2, "weeks": 6}
    assert values(dose, derived=True) == {"sessions": 12}


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (
            "Weavers were randomised to massage 30 min twice a week or exercise 60 min three times a week for 5 weeks.",
            [{"minutes": 30, "per_week": 2, "weeks": 5}, {"minutes": 60, "per_week": 3, "weeks": 5}],
        ),
        (
            (
                "Weavers were randomised to a massage group or a relaxation group. The massage group had 30-minute "
                "sessions twice a week for five weeks. The relaxation group heard a tape for 20 minutes daily."
            ),
            [{"minutes": 30, "per_week": 2, "weeks": 5}, {"minutes": 20}],
        ),
        ("Weavers were randomised to massage or rest twice a week for 3 weeks.", [{}, {}]),
        ("Weavers were randomised to massage or advice. Both groups met for 30 minutes twice a week.", [{}, {}]),
    ],
)
def test_doses_of_the_groups_where_they_differ(
    said: str, expected: list[dict[str, float]], vocabulary: Vocabulary
) -> None:
    found = told(said, vocabulary)
    assert [values(each.value.dose) for each in found.arms] == expected
    assert expected[0].items() <= values(found.dose).items()


def test_the_dose_of_a_study_is_not_its_comparators(vocabulary: Vocabulary) -> None:
    said = (
        "Weavers were randomised to usual care or massage. The usual care group met a nurse for 60 minutes. "
        "The massage group had 10 sessions."
    )
    assert values(told(said, vocabulary).dose) == {"sessions": 10}


def test_of_a_review_no_dose_is_read(vocabulary: Vocabulary) -> None:
    reading = read(
        "METHODS: PubMed was searched. Women had massage for 5 weeks.", "Massage: a systematic review", (), vocabulary
    )
    assert values(method(reading, design(reading), vocabulary).dose) == {}
