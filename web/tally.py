"""The tally as a page shows it, and what stands against the good news, for any page that has an answer.

A page gives `strip(found)` and `table(found, ...)` to the macros of `_tally.html`. All numbers are of the publications
that the answer counts, whatever its order and page.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

import msgspec

from kb.search import Query, Results
from kb.tally import Row, Sums, sums, tally
from kb.vocabulary import Vocabulary
from kb.wording import HARMS
from web.plot import Plot, plot

FIRST = 5  # outcomes that are shown at once
_SILENT = "not_stated"


class Outcome(msgspec.Struct, frozen=True):
    """An outcome with its kinds of comparison."""

    name: str
    rows: tuple[Row, ...]


class Table(msgspec.Struct, frozen=True):
    """The outcomes shown at once with their plot, the rest of them, and all added up."""

    first: tuple[Outcome, ...]
    rest: tuple[Outcome, ...]
    sums: Sums
    plot: Plot


class Harms(msgspec.Struct, frozen=True):
    """In how many of `of` publications harms are mentioned at all, and as what."""

    mentioned: int
    of: int
    said: tuple[tuple[str, int], ...]
    values: tuple[str, ...]


class Strip(msgspec.Struct, frozen=True):
    """What stands beside the good news of an answer."""

    sums: Sums
    harms: Harms


def strip(found: Results) -> Strip | None:
    """What stands against it; None where nothing is counted."""
    return Strip(sums(found.tally), harms(found)) if found.total else None


def harms(found: Results) -> Harms:
    """How many of the counted publications say anything of harms.

    A facet counts what choosing each of its values would show; where some are chosen, only these are in the answer.
    """
    values = [each for facet in found.facets if facet.field == "harms" for each in facet.values if each.count]
    chosen = any(field == "harms" for field, _ in found.query.filters)
    counted = [each for each in values if each.value != _SILENT and (each.chosen or not chosen)]
    known: dict[str, str] = {state: words for state, words in HARMS.items() if state is not None}
    return Harms(
        mentioned=sum(each.count for each in counted),
        of=found.total,
        said=tuple((known.get(each.value, each.name), each.count) for each in counted),
        values=tuple(each.value for each in counted),
    )


def table(found: Results, vocabulary: Vocabulary) -> Table:
    """The tally of an answer."""
    outcomes = grouped(tally(found.tally, vocabulary))
    first = outcomes[:FIRST]
    return Table(first, outcomes[FIRST:], sums(found.tally), plot((each.name, each.rows) for each in first))


def grouped(rows: Iterable[Row]) -> tuple[Outcome, ...]:
    """The rows of `kb.tally.tally`, an outcome at a time."""
    return tuple(Outcome(name, tuple(each)) for name, each in groupby(rows, key=lambda row: row.outcome))


def asked(query: Query) -> Query:
    """`query` as the tally's own address has it: order and page make no difference to a tally."""
    return msgspec.structs.replace(query, sort="relevance", page=1)
