"""A publication's facts as rows under headings, in words: what a page, a terminal and a printed sheet show alike.

What is not stated has a row too where its absence is worth knowing: a reader should see what an abstract leaves
out. The rows are a table here, so that a new fact of `Extraction` is one more line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from kb.extraction import Arm, Dose, Extraction, Finding, PrimaryEndpoint
from kb.vocabulary import Vocabulary
from kb.wording import HARMS, concept_name, number


class Row(msgspec.Struct, frozen=True):
    """A fact in words. `value` and `finding` are None where it is not stated."""

    label: str
    value: str | None = None
    finding: Finding[Any] | None = None


class Group(msgspec.Struct, frozen=True):
    """Rows under one heading."""

    name: str
    rows: tuple[Row, ...]


_Line = tuple[str, Callable[[Extraction], Any], Callable[[Any, Vocabulary], str], bool]


def _plain(value: Any, _: Vocabulary) -> str:
    return number(value) if isinstance(value, int | float) else str(value).replace("_", " ")


def _years(value: Any, _: Vocabulary) -> str:
    return f"{number(value)} years"


def _range(value: tuple[float, float], _: Vocabulary) -> str:
    return f"{number(value[0])} to {number(value[1])} years"


def _share(value: float, _: Vocabulary) -> str:
    return f"{number(round(100 * value, 1))} %"


def _concept(value: str, vocabulary: Vocabulary) -> str:
    return concept_name(value, vocabulary)


def _design(value: str, vocabulary: Vocabulary) -> str:
    found = vocabulary.design(value)
    return found.name if found else value.replace("_", " ")


def _comparator(value: str, vocabulary: Vocabulary) -> str:
    found = vocabulary.comparator(value)
    return found.name if found else value.replace("_", " ")


def _arm(value: Arm, vocabulary: Vocabulary) -> str:
    kind = _comparator(value.comparator, vocabulary) if value.comparator else None
    about = ", ".join(filter(None, (value.role, kind if kind != value.name else None)))
    return f"{value.name} ({about})" if about else value.name


def _primary(value: PrimaryEndpoint, _: Vocabulary) -> str:
    met = {True: "met, by the authors' account", False: "not met", None: "whether it was met is not stated"}[value.met]
    return f"{value.name}: {met}" if value.name else met


def _sizes(extraction: Extraction) -> tuple[Finding[str], ...]:
    arms = (each.value for each in extraction.method.arms)
    return tuple(_worded(each.n, f"{each.name}: {each.n.value:,}") for each in arms if each.n)


def _doses(extraction: Extraction) -> tuple[Finding[str], ...]:
    """The doses of single groups, where they have their own."""
    return tuple(
        _worded(said, f"{arm.value.name}: {number(said.value)} {unit}")
        for arm in extraction.method.arms
        for said, unit in _parts(arm.value.dose)
    )


def _parts(dose: Dose) -> Iterator[tuple[Finding[float], str]]:
    units = {"minutes": "minutes a session", "per_week": "a week", "weeks": "weeks", "sessions": "sessions"}
    for name, unit in units.items():
        if (said := getattr(dose, name)) is not None:
            yield said, unit


def _worded(finding: Finding[Any], words: str) -> Finding[str]:
    changed: Finding[Any] = msgspec.structs.replace(finding, value=words)
    return changed


# Label, findings, value in words, and whether its absence is worth a row.
_LINES: tuple[tuple[str, tuple[_Line, ...]], ...] = (
    (
        "Study",
        (
            ("Design", lambda e: e.design, _design, True),
            ("Also", lambda e: e.flags, _plain, False),
            ("Randomised", lambda e: e.method.randomised, lambda v, _: "yes" if v else "no", True),
            ("Allocation", lambda e: e.method.allocation, _plain, False),
            ("Blinding", lambda e: e.method.blinding, _plain, True),
            ("Primary outcome", lambda e: e.primary, _primary, False),
            ("Registration", lambda e: e.registration, _plain, True),
        ),
    ),
    (
        "Who was studied",
        (
            ("Condition", lambda e: e.sample.conditions, _concept, True),
            ("People", lambda e: e.sample.populations, _concept, False),
            ("In their words", lambda e: e.sample.people, _plain, False),
            ("Entered", lambda e: e.sample.n, _plain, True),
            ("Analysed", lambda e: e.sample.n_analysed, _plain, True),
            ("Completed", lambda e: e.sample.n_completed, _plain, False),
            ("Trials pooled", lambda e: e.sample.trials, _plain, False),
            ("Age", lambda e: e.sample.age, _plain, True),
            ("Mean age", lambda e: e.sample.age_mean, _years, False),
            ("Standard deviation of age", lambda e: e.sample.age_sd, _years, False),
            ("Ages", lambda e: e.sample.age_range, _range, False),
            ("Sex", lambda e: e.sample.sex, _plain, True),
            ("Share of women", lambda e: e.sample.female, _share, False),
        ),
    ),
    (
        "What was done",
        (
            ("Technique", lambda e: e.method.techniques, _concept, True),
            ("Compared with", lambda e: e.method.comparators, _comparator, True),
            ("Group", lambda e: e.method.arms, _arm, False),
            ("In a group", _sizes, _plain, False),
            ("Minutes a session", lambda e: e.method.dose.minutes, _plain, True),
            ("Sessions a week", lambda e: e.method.dose.per_week, _plain, True),
            ("Weeks", lambda e: e.method.dose.weeks, _plain, True),
            ("Sessions in all", lambda e: e.method.dose.sessions, _plain, True),
            ("Minutes in all", lambda e: e.method.dose.contact_minutes, _plain, False),
            ("Dose of a group", _doses, _plain, False),
            ("Given by", lambda e: e.method.provider, _plain, False),
            ("Where", lambda e: e.method.setting, _plain, False),
        ),
    ),
    (
        "What the authors say",
        (
            ("Harms", lambda e: e.harms, lambda v, _: HARMS[v], True),
            ("Harm", lambda e: e.harm_events, _plain, False),
            ("Conclusion", lambda e: e.conclusion, _plain, False),
        ),
    ),
)


def sheet(facts: Extraction, vocabulary: Vocabulary) -> tuple[Group, ...]:
    """Every fact but the outcomes, and what is not stated."""
    return tuple(
        Group(name, tuple(row for line in lines for row in _rows(line, facts, vocabulary))) for name, lines in _LINES
    )


def worded(label: str, value: Any, vocabulary: Vocabulary) -> str:
    """A value as the row of this label says it; where there is no such row, plainly."""
    words = next((words for _, lines in _LINES for name, _, words, _ in lines if name == label), _plain)
    return words(value, vocabulary)


def _rows(line: _Line, facts: Extraction, vocabulary: Vocabulary) -> Iterator[Row]:
    label, get, words, missed = line
    value = get(facts)
    stated = value if isinstance(value, tuple) else (value,) if value is not None else ()
    if missed and not stated:
        yield Row(label)
    yield from (Row(label, words(each.value, vocabulary), each) for each in stated)
