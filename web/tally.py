"""The tally as a page shows it, and what stands against the good news, for any page that has an answer.

A page gives `strip(found)` and `table(found, ...)` to the macros of `_tally.html`. All numbers are of the publications
that the answer counts, whatever its order and page.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

import msgspec
from flask import url_for

from kb.facets import cell_value
from kb.search import Query, Results
from kb.tally import Row, Sums, sums, tally
from kb.topics import Caution, load_texts
from kb.vocabulary import Vocabulary
from kb.votes import Says, domain
from kb.wording import HARMS
from web.plot import Plot, plot
from web.urls import address

FIRST = 5  # outcomes that are shown at once; of those asked for, all
GLANCED = 2  # outcomes that are told in sentences
_SILENT = "not_stated"


class Number(msgspec.Struct, frozen=True):
    """A number of a row: its heading, its name for the stylesheet, and where the publications behind it are."""

    label: str
    count: int
    tone: str
    url: str


class Line(msgspec.Struct, frozen=True):
    """One outcome against one kind of comparison, with its numbers in the order of the columns."""

    row: Row
    numbers: tuple[Number, ...]


class Outcome(msgspec.Struct, frozen=True):
    """An outcome with its kinds of comparison. `asked`: the question names it."""

    name: str
    lines: tuple[Line, ...]
    asked: bool

    @property
    def rows(self) -> tuple[Row, ...]:
        """The lines without their numbers' addresses."""
        return tuple(each.row for each in self.lines)

    @property
    def within_only(self) -> int:
        """Results that only looked before and after."""
        return sum(each.within_only for each in self.rows)


class Table(msgspec.Struct, frozen=True):
    """The outcomes shown at once with their plot, the rest of them, and all added up."""

    first: tuple[Outcome, ...]
    rest: tuple[Outcome, ...]
    sums: Sums
    plot: Plot

    @property
    def glance(self) -> tuple[Outcome, ...]:
        """What is told before all else: the outcomes asked for, or else the one that most was compared of."""
        asked = tuple(each for each in self.first if each.asked)
        return asked[:GLANCED] or self.first[:1]


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
    cautions: tuple[Caution, ...]


def strip(found: Results) -> Strip | None:
    """What stands against it; None where nothing is counted."""
    return Strip(sums(found.tally), harms(found), load_texts().cautions) if found.total else None


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
    """The tally of an answer: the outcomes that were asked for, then the others as far as they were compared."""
    wanted, path = asked_outcomes(found, vocabulary), url_for("search.results")
    outcomes = sorted(
        (
            Outcome(name, tuple(_line(each, found.query, path) for each in rows), rows[0].concept in wanted)
            for name, rows in grouped(tally(found.tally, vocabulary))
        ),
        key=lambda each: not each.asked,
    )
    shown = max(FIRST, sum(each.asked for each in outcomes))
    first = tuple(outcomes[:shown])
    return Table(first, tuple(outcomes[shown:]), sums(found.tally), plot((each.name, each.rows) for each in first))


def grouped(rows: Iterable[Row]) -> tuple[tuple[str, tuple[Row, ...]], ...]:
    """The rows of `kb.tally.tally`, an outcome at a time with its name."""
    return tuple((name, tuple(each)) for name, each in groupby(rows, key=lambda row: row.outcome))


def asked_outcomes(found: Results, vocabulary: Vocabulary) -> frozenset[str]:
    """The outcomes that the question names, or was narrowed to, as the tally counts them."""
    chips = (each.concept for each in found.chips if each.kind == "outcome" and not each.excluded and each.concept)
    chosen = (value for facet, value in found.query.filters if facet == "outcome")
    return frozenset(domain(each, vocabulary) for each in (*chips, *chosen))


def asked(query: Query) -> Query:
    """`query` as the tally's own address has it: order and page make no difference to a tally."""
    return msgspec.structs.replace(query, sort="relevance", page=1)


def _line(row: Row, query: Query, path: str) -> Line:
    numbers = {
        "Better": (Says.BETTER, row.better, "better"),
        "Worse": (Says.WORSE, row.worse, "worse"),
        "Mixed": (Says.MIXED, row.mixed, ""),
        "No direction stated": (Says.NOT_STATED, row.not_stated, ""),
        "Before–after only": (Says.WITHIN, row.within_only, "within"),
    }
    compared = [says for says, *_ in numbers.values() if says != Says.WITHIN]
    every = Number("Studies", row.compared, "", _behind(query, row, compared, path))
    return Line(
        row,
        (
            every,
            *(Number(name, n, tone, _behind(query, row, [says], path)) for name, (says, n, tone) in numbers.items()),
        ),
    )


def _behind(query: Query, row: Row, says: Iterable[Says], path: str) -> str:
    """The search for the publications that a number counts."""
    values = tuple(("says", cell_value(row.concept, row.group, each)) for each in says)
    kept = tuple(each for each in query.filters if each[0] != "says")
    narrowed = msgspec.structs.replace(query, filters=kept + values, sort="relevance", page=1)
    return address(path, narrowed)
