"""The tally as a page shows it, and what stands against the good news, for any page that has an answer.

A page gives `strip(found)` and `table(found, ...)` to the macros of `_tally.html`. All numbers are of the publications
that the answer counts, whatever its order and page.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from itertools import groupby

import msgspec
from flask import url_for

from kb.facets import cell_value, with_broader
from kb.search import Query, Results
from kb.tally import Row, Sums, sums, tally
from kb.topics import Caution, load_texts
from kb.vocabulary import Vocabulary
from kb.votes import Says, Verdicts
from kb.wording import HARMS
from web.asked import asked_outcomes
from web.plot import Plot, plot
from web.urls import address

Behind = Callable[[Row, tuple[Says, ...]], str | None]

FIRST = 5  # outcomes that are shown at once; of those asked for, all
REST = 20  # that can be opened; a large answer has many more, and with all their numbers a page weighs double
_SILENT = "not_stated"


class Number(msgspec.Struct, frozen=True):
    """A number of a row: its heading, its name for the stylesheet, and where the publications behind it are."""

    label: str
    count: int
    tone: str
    url: str | None


class Line(msgspec.Struct, frozen=True):
    """One outcome against one kind of comparison, with its numbers in the order of the columns."""

    row: Row
    numbers: tuple[Number, ...]


class Outcome(msgspec.Struct, frozen=True):
    """An outcome with its kinds of comparison. `asked`: the question names it."""

    concept: str
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
    """The outcomes shown at once with their plot, those that can be opened, how many there are `more`, and the sums."""

    first: tuple[Outcome, ...]
    rest: tuple[Outcome, ...]
    more: int
    sums: Sums
    plot: Plot


class Harms(msgspec.Struct, frozen=True):
    """In how many of `of` publications that were read, of `total`, harms are mentioned at all, and as what."""

    mentioned: int
    of: int
    total: int
    said: tuple[tuple[str, int], ...]
    values: tuple[str, ...]


class Strip(msgspec.Struct, frozen=True):
    """What stands beside the good news of an answer."""

    sums: Sums
    harms: Harms
    cautions: tuple[Caution, ...]


def strip(found: Results, vocabulary: Vocabulary) -> Strip | None:
    """What stands against it; None where nothing is counted."""
    return Strip(sums(found.tally), harms(found), cautions(found, vocabulary)) if found.total else None


def cautions(found: Results, vocabulary: Vocabulary) -> tuple[Caution, ...]:
    """What reviews of harm found, of massage and of what was asked."""
    chosen = (value for _, value in found.query.filters)
    asked = (each.concept for each in found.chips if not each.excluded)
    ids = (each for each in (*chosen, *asked) if each is not None)
    return load_texts().cautions_on([each.id for each in with_broader(ids, vocabulary)])


def harms(found: Results) -> Harms:
    """How many of the publications found say anything of harms, of those of which more is held than the citation.

    A facet counts what choosing each of its values would show; where some are chosen, only these are in the answer.
    """
    values = [each for facet in found.facets if facet.field == "harms" for each in facet.values if each.count]
    chosen = any(field == "harms" for field, _ in found.query.filters)
    told = [each for each in values if each.chosen or not chosen]
    counted = [each for each in told if each.value != _SILENT]
    known: dict[str, str] = {state: words for state, words in HARMS.items() if state is not None}
    return Harms(
        mentioned=sum(each.count for each in counted),
        of=sum(each.count for each in told),
        total=found.total,
        said=tuple((known.get(each.value, each.name), each.count) for each in counted),
        values=tuple(each.value for each in counted),
    )


def table(found: Results, vocabulary: Vocabulary) -> Table:
    """The tally of an answer: the outcomes that were asked for, then the others as far as they were compared."""
    return table_of(found.tally, vocabulary, asked_outcomes(found, vocabulary), _behind(found.query))


def table_of(
    cells: tuple[Verdicts, ...],
    vocabulary: Vocabulary,
    wanted: Collection[str] = (),
    behind: Behind = lambda row, says: None,
) -> Table:
    """The tally of `cells`: the outcomes that are `wanted` first; `behind` gives where a number leads to."""
    groups = sorted(grouped(tally(cells, vocabulary)), key=lambda each: each[1][0].concept not in wanted)
    shown = max(FIRST, sum(rows[0].concept in wanted for _, rows in groups))
    outcomes = tuple(
        Outcome(rows[0].concept, name, tuple(_line(each, behind) for each in rows), rows[0].concept in wanted)
        for name, rows in groups[: shown + REST]
    )
    first = outcomes[:shown]
    drawn = plot((each.name, each.rows) for each in first)
    return Table(first, outcomes[shown:], len(groups) - len(outcomes), sums(cells), drawn)


def grouped(rows: Iterable[Row]) -> tuple[tuple[str, tuple[Row, ...]], ...]:
    """The rows of `kb.tally.tally`, an outcome at a time with its name."""
    return tuple((name, tuple(each)) for name, each in groupby(rows, key=lambda row: row.outcome))


def asked(query: Query) -> Query:
    """`query` as the tally's own address has it: order and page make no difference to a tally."""
    return msgspec.structs.replace(query, sort="relevance", page=1)


def _line(row: Row, behind: Behind) -> Line:
    numbers: tuple[tuple[str, int, str, tuple[Says, ...]], ...] = (
        ("Studies", row.compared, "", (Says.BETTER, Says.WORSE, Says.MIXED, Says.NOT_STATED)),
        ("Better", row.better, "better", (Says.BETTER,)),
        ("Worse", row.worse, "worse", (Says.WORSE,)),
        ("Mixed", row.mixed, "", (Says.MIXED,)),
        ("No clear direction", row.not_stated, "", (Says.NOT_STATED,)),
        ("Before–after only", row.within_only, "within", (Says.WITHIN,)),
    )
    return Line(row, tuple(Number(name, n, tone, behind(row, says) if n else None) for name, n, tone, says in numbers))


def _behind(query: Query) -> Behind:
    """Gives the search for the publications that a number counts, a study's papers all together.

    None where `query` is a number's own search: every other number would lead out of it. The address is put together
    here, for a page has hundreds; values of `says` come last of the filters, and hold nothing to be quoted.
    """
    before = address(url_for("search.results"), msgspec.structs.replace(asked(query), literal=False))
    joint, behind = "&" if "?" in before else "?", "&literal=1" if query.literal else ""
    if any(facet == "says" for facet, _ in query.filters):
        return lambda row, says: None

    def address_of(row: Row, says: tuple[Says, ...]) -> str:
        values = sorted(cell_value(row.concept, row.group, each) for each in says)
        return f"{before}{joint}{'&'.join(f'says={each}' for each in values)}{behind}#studies"

    return address_of
