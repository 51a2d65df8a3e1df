"""The facts of a publication as rows of a page: each with its anchor, where it stands in the text, who read it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

import msgspec

from kb.factsheet import Row, sheet
from kb.marking import Stretch
from kb.publication import Publication
from kb.rights import Policy
from kb.vocabulary import Vocabulary
from web.source import Source, source


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


def facts(
    publication: Publication, vocabulary: Vocabulary, numbers: Mapping[Stretch, int], policy: Policy
) -> tuple[FactGroup, ...]:
    """Every fact but the outcomes, and what is not stated."""
    groups = sheet(publication.facts, vocabulary)
    return tuple(FactGroup(each.name, tuple(_facts(each.rows, publication, numbers, policy))) for each in groups)


def _facts(
    rows: tuple[Row, ...], publication: Publication, numbers: Mapping[Stretch, int], policy: Policy
) -> Iterator[Fact]:
    seen: Counter[str] = Counter()
    for row in rows:
        anchor = f"fact-{row.label.lower().replace(' ', '-')}"
        if row.finding is None:
            yield Fact(anchor, row.label)
        else:
            seen[anchor] += 1
            where = source(row.finding, publication, numbers, policy)
            yield Fact(f"{anchor}-{seen[anchor]}", row.label, row.value, where)
