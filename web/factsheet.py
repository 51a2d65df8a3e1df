"""A publication's facts as rows of a page, each with where it stands in the text and who has read it.

What is not stated has a row too: a reader should see what an abstract leaves out. The rows are a table
here, so that a new fact of `Extraction` is one more line.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from kb.extraction import Arm, Extraction, Finding
from kb.publication import Publication
from kb.vocabulary import Vocabulary
from web.marking import Stretch
from web.source import Source, source
from web.wording import HARMS, concept_name, number


class Fact(msgspec.Struct, frozen=True):
    """A row: `value` and `source` are None where the fact is not stated. `id` is its anchor on the page."""

    id: str
    label: str
    value: str | None = None
    source: Source | None = None


class FactGroup(msgspec.Struct, frozen=True):
    """Rows under one heading."""

    name: str
    facts: tuple[Fact, ...]


_Row = tuple[str, Callable[[Extraction], Any], Callable[[Any, Vocabulary], str], bool]


def _plain(value: Any, _: Vocabulary) -> str:
    return number(value) if isinstance(value, int | float) else str(value).replace("_", " ")


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


def _sizes(extraction: Extraction) -> tuple[Finding[str], ...]:
    arms = (each.value for each in extraction.method.arms)
    return tuple(_worded(each.n, f"{each.name}: {each.n.value:,}") for each in arms if each.n)


def _worded(finding: Finding[int], words: str) -> Finding[str]:
    changed: Finding[Any] = msgspec.structs.replace(finding, value=words)
    return changed


# Label, findings, value in words, and whether its absence is worth a row.
_ROWS: tuple[tuple[str, tuple[_Row, ...]], ...] = (
    (
        "Study",
        (
            ("Design", lambda e: e.design, _design, True),
            ("Also", lambda e: e.flags, _plain, False),
            ("Randomised", lambda e: e.method.randomised, lambda v, _: "yes" if v else "no", True),
            ("Blinding", lambda e: e.method.blinding, _plain, True),
            ("Registration", lambda e: e.registration, _plain, True),
        ),
    ),
    (
        "Who was studied",
        (
            ("Condition", lambda e: e.sample.conditions, _concept, True),
            ("People", lambda e: e.sample.populations, _concept, False),
            ("Entered", lambda e: e.sample.n, _plain, True),
            ("Analysed", lambda e: e.sample.n_analysed, _plain, True),
            ("Completed", lambda e: e.sample.n_completed, _plain, False),
            ("Trials pooled", lambda e: e.sample.trials, _plain, False),
            ("Age", lambda e: e.sample.age, _plain, True),
            ("Sex", lambda e: e.sample.sex, _plain, True),
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
        ),
    ),
    (
        "What the authors say",
        (
            ("Harms", lambda e: e.harms, lambda v, _: HARMS[v], True),
            ("Conclusion", lambda e: e.conclusion, _plain, False),
        ),
    ),
)


def facts(publication: Publication, vocabulary: Vocabulary, numbers: Mapping[Stretch, int]) -> tuple[FactGroup, ...]:
    """Every fact but the outcomes, and what is not stated."""
    return tuple(
        FactGroup(name, tuple(fact for row in rows for fact in _facts(row, publication, vocabulary, numbers)))
        for name, rows in _ROWS
    )


def _facts(
    row: _Row, publication: Publication, vocabulary: Vocabulary, numbers: Mapping[Stretch, int]
) -> tuple[Fact, ...]:
    label, get, words, missed = row
    value = get(publication.facts)
    stated = value if isinstance(value, tuple) else (value,) if value is not None else ()
    anchor = f"fact-{label.lower().replace(' ', '-')}"
    if missed and not stated:
        return (Fact(anchor, label),)
    return tuple(
        Fact(f"{anchor}-{i}", label, words(each.value, vocabulary), source(each, publication, numbers))
        for i, each in enumerate(stated, 1)
    )
