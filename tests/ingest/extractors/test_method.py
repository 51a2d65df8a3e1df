"""Groups, techniques, comparators. All texts are invented."""

from __future__ import annotations

import pytest

from ingest.extractors.arms import arms
from ingest.extractors.design import design
from ingest.extractors.method import method, with_size
from ingest.extractors.reading import read
from ingest.extractors.sample import sample
from kb.extraction import Arm
from kb.vocabulary import Vocabulary


def groups(abstract: str, vocabulary: Vocabulary) -> list[tuple[str, int | None]]:
    reading = read(abstract, "", (), vocabulary)
    kind = design(reading)
    found = [each.value for each in arms(reading, kind.value if kind else None, vocabulary)]
    return [(each.name, each.n.value if each.n else None) for each in found]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("were randomly assigned to a massage or relaxation group.", [("massage", None), ("relaxation", None)]),
        ("were randomly assigned to massage (n = 12) or rest (n = 13).", [("massage", 12), ("rest", 13)]),
        ("were randomly assigned to massage or rest (12 in each group).", [("massage", 12), ("rest", 12)]),
        (
            (
                "were randomised to massage, acupuncture, or usual care. There were 9 women in the massage group, "
                "8 in the acupuncture group and 7 in the usual care group."
            ),
            [("massage", 9), ("acupuncture", 8), ("usual care", 7)],
        ),
        (
            "came. Twenty women were allocated to the massage group and 22 women to the rest group.",
            [("massage", 20), ("rest", 22)],
        ),
        (
            "were randomly allocated to the following groups (n = 25 for each): group 1, rest; group 2, massage.",
            [("rest", 25), ("massage", 25)],
        ),
        (
            "were divided into two groups. The massage group (n = 12) was rubbed. The control group (n = 13) was not.",
            [("massage group", 12), ("control group", 13)],
        ),
        ("had pain in the arm, and both groups met.", []),
        (
            "were randomised. Of them, 31 received massage and 29 received rest.",
            [("massage", 31), ("rest", 29)],
        ),
        ("were randomised (26 massage and 31 rest).", [("massage", 26), ("rest", 31)]),
        ("were randomised (KNEAD: n = 57, REST: n = 61).", [("KNEAD", 57), ("REST", 61)]),
        ("(n = 40 massage; n = 41 rest) were randomised.", [("massage", 40), ("rest", 41)]),
        (
            "were randomised to massage or rest, 207 and 201 patients, respectively.",
            [("massage", 207), ("rest", 201)],
        ),
        (
            "were randomised to face-to-face advice (n = 44) or massage (n = 42).",
            [("face-to-face advice", 44), ("massage", 42)],
        ),
        (
            (
                "were randomised to massage or rest. Pain fell in 8 of 72 (11%) in the massage group and "
                "13 of 75 in the rest group."
            ),
            [("massage", 72), ("rest", 75)],
        ),
        (
            (
                "were randomised to massage or rest. 19 patients in the massage group (95%) and "
                "13 in the rest group (65%) slept."
            ),
            [("massage", None), ("rest", None)],
        ),
        (
            "were randomised to massage or rest. Massage had 12 sessions and rest had 13 sessions.",
            [("massage", None), ("rest", None)],
        ),
        (
            "were compared in a case-control study: 369 cases and 662 healthy controls.",
            [("cases", 369), ("healthy controls", 662)],
        ),
        ("were divided into mild, moderate and severe according to pain.", []),
        ("took part in a randomised trial to compare massage and rest.", []),
    ],
)
def test_groups_and_their_sizes(said: str, expected: list[tuple[str, int | None]], vocabulary: Vocabulary) -> None:
    assert groups(f"METHODS: Weavers {said}", vocabulary) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("massage therapy or relaxation therapy", [("intervention", None), ("comparator", "relaxation")]),
        ("massage or light touch", [("intervention", None), ("comparator", "light_touch_or_sham_massage")]),
        (
            "massage, TENS, or sham TENS",
            [("intervention", None), ("comparator", "tens"), ("comparator", "sham_device")],
        ),
        ("usual care or massage", [("comparator", "usual_care"), ("intervention", None)]),
        ("exercise plus massage or exercise alone", [("intervention", None), ("comparator", "same_plus_massage")]),
        # Of a study without massage: what is tested is no comparator, whatever it is elsewhere.
        (
            "exercise plus advice or exercise alone",
            [("intervention", None), ("comparator", "exercise_or_stretching")],
        ),
        ("acupuncture or a control group", [("intervention", None), ("comparator", None)]),
        ("usual care plus acupuncture or usual care", [("intervention", None), ("comparator", "usual_care")]),
        ("massage or acupuncture", [("intervention", None), ("comparator", "acupuncture_or_other_manual")]),
        ("massage or a control group", [("intervention", None), ("comparator", None)]),
    ],
)
def test_roles_and_classes(said: str, expected: list[tuple[str, str | None]], vocabulary: Vocabulary) -> None:
    reading = read(f"METHODS: Weavers were randomly assigned to {said}.", "", (), vocabulary)
    found: list[Arm] = [each.value for each in arms(reading, "rct", vocabulary)]
    assert [(each.role, each.comparator) for each in found] == expected


def test_what_the_control_group_received_gives_its_class(vocabulary: Vocabulary) -> None:
    abstract = "METHODS: Weavers were randomised to massage or a control group. The control group received usual care."
    found = arms(read(abstract, "", (), vocabulary), "rct", vocabulary)
    assert found[1].value.comparator == "usual_care"


def test_the_one_treated_patient_is_a_group_of_one(vocabulary: Vocabulary) -> None:
    reading = read("METHODS: A 40-year-old woman had massage. This is a case report.", "", (), vocabulary)
    kind = design(reading)
    found = method(reading, kind, vocabulary)
    sized = with_size(found, sample(reading, found.arms, kind.value if kind else None).n)
    assert [(each.value.name, each.value.n.value if each.value.n else None) for each in sized.arms] == [("massage", 1)]


def test_techniques_are_those_studied(vocabulary: Vocabulary) -> None:
    abstract = (
        "BACKGROUND: Acupressure is old. METHODS: Weavers were randomised to Swedish massage or light touch. "
        "CONCLUSIONS: Reflexology should be tried."
    )
    reading = read(abstract, "Thai massage for weavers", (), vocabulary)
    found = method(reading, design(reading), vocabulary)
    assert [(each.value, each.place) for each in found.techniques] == [("thai", "title"), ("swedish", "abstract")]
    assert [each.value for each in found.comparators] == ["light_touch_or_sham_massage"]


def test_one_group_is_compared_with_none(vocabulary: Vocabulary) -> None:
    reading = read("METHODS: Ten weavers were measured before and after massage.", "", (), vocabulary)
    found = method(reading, design(reading), vocabulary)
    assert [each.value.name for each in found.arms] == ["massage"]
    assert [each.value for each in found.comparators] == ["none"]
