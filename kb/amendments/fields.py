"""The facts that can be corrected: how each is called, what its value is, and what it may be.

A table, so that a new fact of `Extraction` is one more line; a test holds that none is missing.
"""

from __future__ import annotations

from typing import Any

import msgspec

from kb.extraction import (
    Arm,
    ComparatorClass,
    DesignFlag,
    DesignKind,
    HarmState,
    Outcome,
    PrimaryEndpoint,
)
from kb.vocabulary import Kind

_WEEKS_OF_A_LIFE = 5_200
_PEOPLE = 1_000_000_000
IN_ARMS = "method.arms."


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """A fact. `many`: a publication may have several; `concepts`: its value is the id of such a concept.

    Numbers lie between `least` and `most`; `long` is text of more than a line.
    """

    label: str
    type: Any
    many: bool = False
    concepts: Kind | None = None
    least: float = 0
    most: float = 0
    long: bool = False


def _number(label: str, most: float, least: float = 0, type: Any = float) -> Field:
    return Field(label=label, type=type, least=least, most=most)


def _text(label: str, *, many: bool = False, long: bool = False) -> Field:
    return Field(label=label, type=str, many=many, long=long)


def _dose(of: str = "") -> dict[str, Field]:
    return {
        "minutes": _number(f"Minutes a session{of}", 1_440),
        "per_week": _number(f"Sessions a week{of}", 1_000),
        "weeks": _number(f"Weeks{of}", _WEEKS_OF_A_LIFE),
        "sessions": _number(f"Sessions in all{of}", 100_000),
        "contact_minutes": _number(f"Minutes in all{of}", 10_000_000),
    }


# The labels are those of the factsheet, where it has the fact in a row of its own.
FIELDS: dict[str, Field] = {
    "design": Field(label="Design", type=DesignKind),
    "flags": Field(label="Also", type=DesignFlag, many=True),
    "registration": _text("Registration"),
    "method.randomised": Field(label="Randomised", type=bool),
    "method.allocation": _text("Allocation"),
    "method.blinding": _text("Blinding"),
    "method.provider": _text("Given by"),
    "method.setting": _text("Where"),
    "method.arms": Field(label="Group", type=Arm, many=True),
    "method.arms.n": _number("People in the group", _PEOPLE, type=int),
    **{f"method.arms.dose.{name}": field for name, field in _dose(" in the group").items()},
    **{f"method.dose.{name}": field for name, field in _dose().items()},
    "method.techniques": Field(label="Technique", type=str, many=True, concepts="technique"),
    "method.comparators": Field(label="Compared with", type=ComparatorClass, many=True),
    "sample.n": _number("Entered", _PEOPLE, type=int),
    "sample.n_analysed": _number("Analysed", _PEOPLE, type=int),
    "sample.n_completed": _number("Completed", _PEOPLE, type=int),
    "sample.trials": _number("Trials pooled", 1_000_000, type=int),
    "sample.conditions": Field(label="Condition", type=str, many=True, concepts="condition"),
    "sample.populations": Field(label="People", type=str, many=True, concepts="population"),
    "sample.people": _text("In their words"),
    "sample.age": _text("Age"),
    "sample.age_mean": _number("Mean age", 130),
    "sample.age_sd": _number("Standard deviation of age", 100),
    "sample.age_range": _number("Ages", 130, type=tuple[float, float]),
    "sample.sex": _text("Sex"),
    "sample.female": _number("Share of women", 1),
    "outcomes": Field(label="Outcome", type=Outcome, many=True),
    "primary": Field(label="Primary outcome", type=PrimaryEndpoint),
    "harms": Field(label="Harms", type=HarmState),
    "harm_events": _text("Harm", many=True),
    "conclusion": _text("Conclusion", long=True),
}


def field_of(path: str) -> str:
    """The path of a field, of that of a finding: `outcomes` of `outcomes.2`, `method.arms.n` of `method.arms.0.n`."""
    return ".".join(each for each in path.split(".") if not each.isdecimal())
