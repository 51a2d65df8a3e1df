"""The facts of a publication as rows of a page: each with its anchor, where it stands in the text, who read it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

import msgspec

from kb.corrections import replaced
from kb.factsheet import Row, sheet
from kb.marking import Stretch
from kb.publication import Publication
from kb.rights import Policy
from kb.vocabulary import Vocabulary
from web.source import Source, source


class Fact(msgspec.Struct, frozen=True):
    """A row. `id` is its anchor on the page; `machine` what a machine had read where a person read something else."""

    id: str
    label: str
    value: str
    source: Source
    machine: tuple[str, ...] = ()


class FactGroup(msgspec.Struct, frozen=True):
    """Rows under one heading."""

    name: str
    facts: tuple[Fact, ...]


def facts(
    publication: Publication, vocabulary: Vocabulary, numbers: Mapping[Stretch, int], policy: Policy
) -> tuple[FactGroup, ...]:
    """Every fact but the outcomes; `kb.unstated` tells what is not stated."""
    before = replaced(publication.machine, publication.facts, vocabulary)
    groups = (
        FactGroup(each.name, tuple(_facts(each.rows, before, publication, numbers, policy)))
        for each in sheet(publication.facts, vocabulary)
    )
    return tuple(each for each in groups if each.facts)


def _facts(
    rows: tuple[Row, ...],
    before: Mapping[str, tuple[str, ...]],
    publication: Publication,
    numbers: Mapping[Stretch, int],
    policy: Policy,
) -> Iterator[Fact]:
    seen: Counter[str] = Counter()
    last = {row.label: row for row in rows}
    for row in rows:
        if row.finding is not None and row.value is not None:
            anchor = f"fact-{row.label.lower().replace(' ', '-')}"
            seen[anchor] += 1
            where = source(row.finding, publication, numbers, policy)
            machine = before.get(row.label, ()) if row is last[row.label] else ()
            yield Fact(f"{anchor}-{seen[anchor]}", row.label, row.value, where, machine)
