"""The benefit of a change, the walk over findings, and a person's word over a machine's."""

from __future__ import annotations

import msgspec
import pytest

from kb.extraction import (
    Arm,
    Dose,
    Extraction,
    Finding,
    Method,
    Outcome,
    Sample,
    findings,
)
from kb.overlay import overlay, standing


@pytest.mark.parametrize(
    ("change", "polarity", "said", "benefit"),
    [
        ("down", "low", None, "better"),
        ("up", "low", None, "worse"),
        ("up", "high", None, "better"),
        ("down", "high", None, "worse"),
        ("down", "context", None, "contextual"),
        ("down", "context", "improved", "contextual"),
        ("none", "low", None, "no_difference"),
        ("mixed", "low", None, "mixed"),
        ("not_stated", "low", None, "not_stated"),
        ("not_stated", "low", "improved", "better"),
        ("not_stated", None, "worsened", "worse"),
        ("up", None, None, "not_stated"),
        ("down", "low", "worsened", "not_stated"),
        ("down", "low", "improved", "better"),
    ],
)
def test_benefit_is_derived_and_never_guessed(change: str, polarity: str, said: str, benefit: str) -> None:
    outcome = Outcome(name="x", change=change, basis="unclear", polarity=polarity, said=said)  # type: ignore[arg-type]
    assert outcome.benefit == benefit


MACHINE = Extraction(
    version="7",
    design=Finding("rct", 0, 3, "design:rct"),
    method=Method(
        arms=(Finding(Arm(name="massage", n=Finding(12, 5, 7)), 4, 9),),
        dose=Dose(minutes=Finding(30.0, 1, 2), weeks=Finding(5.0, 3, 4)),
    ),
    sample=Sample(n=Finding(24, 6, 8)),
    outcomes=(Finding(Outcome(name="pain", change="down", basis="within_group"), 2, 9),),
)
PERSON = Extraction(
    version="person",
    method=Method(dose=Dose(minutes=Finding(35.0, state="corrected"))),
    outcomes=(Finding(Outcome(name="pain", change="down", basis="between_groups"), state="checked"),),
)


def test_every_finding_is_walked_with_its_path() -> None:
    assert [path for path, _ in findings(MACHINE)] == [
        "design",
        "method.arms.0",
        "method.arms.0.n",
        "method.dose.minutes",
        "method.dose.weeks",
        "sample.n",
        "outcomes.0",
    ]


def test_a_persons_word_stands_over_a_machines_field_by_field() -> None:
    facts = overlay(MACHINE, PERSON)
    assert facts.method.dose == Dose(minutes=Finding(35.0, state="corrected"), weeks=Finding(5.0, 3, 4))
    assert facts.outcomes == PERSON.outcomes
    assert (facts.design, facts.sample, facts.version) == (MACHINE.design, MACHINE.sample, "7")
    assert overlay(MACHINE, None) == MACHINE


def test_a_persons_word_is_shown_where_the_machine_read_the_same() -> None:
    person = Extraction(
        version="person",
        design=Finding("rct", state="checked", document="PMC1"),
        sample=Sample(n=Finding(25, state="corrected", document="PMC1")),
        outcomes=(
            Finding(Outcome(name="Pain", change="down", basis="within_group"), state="checked"),
            Finding(Outcome(name="pain", change="up", basis="within_group"), state="checked"),
        ),
    )
    facts = overlay(MACHINE, person)
    assert facts.design == Finding("rct", 0, 3, state="checked", document="PMC1")
    assert facts.sample.n
    assert facts.sample.n.start is None
    assert [(row.start, row.state) for row in facts.outcomes] == [(2, "checked"), (None, "checked")]


def test_json_in_and_out() -> None:
    assert msgspec.json.decode(msgspec.json.encode(MACHINE), type=Extraction) == MACHINE
    assert msgspec.json.schema(Extraction)


def test_a_quote_is_the_words_at_its_place() -> None:
    assert Finding(24, 0, 11).quote("Twenty four weavers", "Title") == "Twenty four"
    assert Finding("x", 0, 5, place="title").quote(None, "Title") == "Title"
    assert Finding(24, document="PMC1").quote("Twenty four", "Title") is None


def test_what_is_disputed_does_not_stand() -> None:
    def told(value: object, state: str = "checked") -> Finding:  # type: ignore[type-arg]
        return Finding(value=value, state=state)  # type: ignore[arg-type]

    facts = Extraction(
        version="1",
        method=Method(
            arms=(told(Arm("massage", n=told(20, "disputed"))), told(Arm("exercise"), "disputed")),
            dose=Dose(weeks=told(5, "disputed")),
        ),
        sample=Sample(n=told(40)),
        outcomes=(told(Outcome("pain", "down", "unclear"), "disputed"), told(Outcome("sleep", "up", "unclear"))),
    )
    left = standing(facts)
    assert [path for path, _ in findings(left)] == ["method.arms.0", "sample.n", "outcomes.0"]
    assert left.outcomes[0].value.name == "sleep"
    assert standing(left) is left
