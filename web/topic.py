"""What a topic's page shows of what `kb.topics` counts: the strip, the doses and the gap map, in words and links."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from kb.extraction import Finding
from kb.publication import Publication
from kb.search import Query
from kb.topics import Dosed, Doses, GapMap, Strip
from kb.vocabulary import Vocabulary
from kb.votes import Says
from kb.wording import authors, concept_name
from web.reader import number
from web.scatter import Scatter, scatter

# A name for the stylesheet, and the words.
DIRECTIONS: dict[Says, tuple[str, str]] = {
    Says.BETTER: ("better", "better"),
    Says.WORSE: ("worse", "worse"),
    Says.MIXED: ("mixed", "mixed"),
    Says.NOT_STATED: ("not_stated", "no clear direction"),
    Says.WITHIN: ("within", "before–after only"),
    Says(0): ("marker", "not counted"),
}


class Study(msgspec.Struct, frozen=True):
    """A study as a table names it."""

    id: str
    name: str


class StripLine(msgspec.Struct, frozen=True):
    """A study and its states, in the order of the domains."""

    study: Study
    states: tuple[str, ...]


class Amount(msgspec.Struct, frozen=True):
    """A number of a dose; `derived`: computed from others that are stated."""

    text: str
    derived: bool


class DoseLine(msgspec.Struct, frozen=True, kw_only=True):
    """A study's dose and direction; None is not in the abstract."""

    study: Study
    minutes: Amount | None
    per_week: Amount | None
    weeks: Amount | None
    sessions: Amount | None
    total: Amount | None
    against: str | None
    tone: str
    direction: str


class DoseView(msgspec.Struct, frozen=True):
    """The lines, how many studies state what, and the picture of those that state both."""

    lines: tuple[DoseLine, ...]
    counted: Doses
    picture: Scatter | None
    legend: tuple[tuple[str, str], ...]


class GapCell(msgspec.Struct, frozen=True):
    """How many studies, the search that finds exactly these, and both in words."""

    count: int
    url: str
    label: str


def study(publication: Publication) -> Study:
    """First author and year."""
    record = publication.record
    return Study(publication.id, f"{authors(record.contributors, 1) or record.title[:60]}, {record.year or 'undated'}")


def strip_lines(strip: Strip) -> tuple[StripLine, ...]:
    """The studies of the strip."""
    return tuple(StripLine(study(each.publication), each.states) for each in strip.rows)


def dose_view(doses: Doses, vocabulary: Vocabulary) -> DoseView:
    """The dose explorer."""
    points = [
        (each.dose.sessions.value, each.dose.minutes.value, DIRECTIONS[each.says][0])
        for each in doses.rows
        if each.dose.sessions and each.dose.minutes
    ]
    shown = {tone for *_, tone in points}
    legend = tuple(each for each in DIRECTIONS.values() if each[0] in shown)
    return DoseView(tuple(_dose_line(each, vocabulary) for each in doses.rows), doses, scatter(points), legend)


def gap_rows(gaps: GapMap, url: Callable[[Query], str]) -> tuple[tuple[str, tuple[GapCell, ...]], ...]:
    """The rows of the gap map: a name, and its cells."""
    rows = []
    for row, numbers in zip(gaps.rows, gaps.counts, strict=True):
        cells = []
        for column, count in zip(gaps.columns, numbers, strict=True):
            found = f"{number(count)} {'study' if count == 1 else 'studies'}" if count else "no study here"
            address = url(Query(filters=gaps.filters(row, column)))
            cells.append(GapCell(count, address, f"{found}: {row.name}, {column.name}"))
        rows.append((row.name, tuple(cells)))
    return tuple(rows)


def _dose_line(each: Dosed, vocabulary: Vocabulary) -> DoseLine:
    dose = each.dose
    compared = (vocabulary.comparator(each.value) for each in each.publication.facts.method.comparators)
    tone, direction = DIRECTIONS[each.says]
    return DoseLine(
        study=study(each.publication),
        minutes=_amount(dose.minutes),
        per_week=_amount(dose.per_week),
        weeks=_amount(dose.weeks),
        sessions=_amount(dose.sessions),
        total=_amount(dose.contact_minutes),
        against=", ".join(dict.fromkeys(known.name for known in compared if known)) or None,
        tone=tone,
        direction=direction,
    )


def _amount(stated: Finding[float] | None) -> Amount | None:
    return Amount(number(stated.value), stated.derived) if stated else None


def named(id: str, vocabulary: Vocabulary) -> Study:
    """A concept as a link to its topic."""
    return Study(id, concept_name(id, vocabulary))
