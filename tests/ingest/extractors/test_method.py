"""Groups, techniques, comparators. All texts are invented."""

from __future__ import annotations

import pytest

from ingest.extractors.arms import arms
from ingest.extractors.design import design
from ingest.extractors.method import method
from ingest.extractors.reading import read
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
        ("exercise plus advice or exercise alone", [("comparator", "exercise_or_stretching")] * 2),
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
