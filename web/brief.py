"""The brief: one page on a question for a client or a doctor, in counts and never in advice.

Everything in it is cut to what one sheet of A4 or Letter holds; what was cut is counted, and stands at its address.
"""

from __future__ import annotations

import msgspec

from kb.facets import heading, named
from kb.publication import Publication
from kb.record import is_retracted
from kb.search import Chip, Query, Results
from kb.tally import Row, tally
from kb.vocabulary import Design, Vocabulary
from kb.votes import is_manual, tallied
from kb.wording import authors
from web.asked import asked_outcomes
from web.card import design, size
from web.glance import review_results, techniques
from web.port import KnowledgeBase

ROWS = 7  # of the table
NAMES = 6  # of things in one sentence
CITED = 4
_LOOKED_AT = 5 * CITED  # of each level: many answers have studies of drugs before those of hands
TITLE = 110  # characters
SAID = 160
WHERE = 45  # of a journal
RESULTS = 70  # of a review


class Cited(msgspec.Struct, frozen=True):
    """A short citation; where no count holds it, as of a review, with what it says of the outcomes asked for."""

    id: str
    by: str
    title: str
    where: str
    design: Design | None
    size: str | None
    counted: bool
    said: str | None


class Brief(msgspec.Struct, frozen=True, kw_only=True):
    """What the page says. `rows` compare groups; `within` are (outcome, studies) that compare nobody."""

    said: str
    read_as: tuple[str, ...]
    narrowed: tuple[str, ...]
    studies: int
    uncounted: int
    rows: tuple[Row, ...]
    rows_more: int
    within: tuple[tuple[str, int], ...]
    within_more: int
    undirected: tuple[str, ...]
    undirected_more: int
    no_design: int
    harms: int
    read: int
    cited: tuple[Cited, ...]


def brief(found: Results, vocabulary: Vocabulary, strongest: tuple[Publication, ...]) -> Brief:
    """The brief of an answer."""
    wanted = asked_outcomes(found, vocabulary)
    # By what they say, the kindest rows would stand first. So it is the tally's order, but for what was asked.
    counts = sorted(tally(found.tally, vocabulary), key=lambda each: each.concept not in wanted)
    rows = [each for each in counts if each.compared]
    within: dict[str, int] = {}
    for each in sorted(counts, key=lambda each: -each.within_only):
        if each.within_only:
            within[each.outcome] = within.get(each.outcome, 0) + each.within_only
    directed = {each.outcome for each in counts if each.directional or each.mixed}
    undirected = tuple(dict.fromkeys(each.outcome for each in counts if each.outcome not in directed))
    counted, harms, designs = (_values(found, each) for each in ("counted", "harms", "design"))
    narrowed = _narrowed(found, vocabulary)
    return Brief(
        said=_cut(found.query.text or ", ".join(narrowed) or "All publications here", SAID),
        read_as=tuple(map(_chip, found.chips))[:NAMES],
        narrowed=narrowed[:NAMES],
        studies=counted.get("yes", 0),
        uncounted=counted.get("no", 0),
        rows=tuple(rows[:ROWS]),
        rows_more=max(0, len(rows) - ROWS),
        within=tuple(within.items())[:NAMES],
        within_more=max(0, len(within) - NAMES),
        undirected=undirected[:NAMES],
        undirected_more=max(0, len(undirected) - NAMES),
        no_design=found.total - sum(designs.values()),
        harms=sum(number for value, number in harms.items() if value != "not_stated"),
        read=sum(harms.values()),
        cited=tuple(_cited(each, wanted, techniques(found), vocabulary) for each in strongest),
    )


def strongest(query: Query, kb: KnowledgeBase) -> tuple[Publication, ...]:
    """What was read of the answer: manual treatments first, each by the level of its design (OCEBM 2011), then the
    largest; none retracted."""
    largest = msgspec.structs.replace(query, sort="largest", page=1)
    manual: list[Publication] = []
    other: list[Publication] = []
    for level in range(1, 6):
        designs = tuple(("design", each.id) for each in kb.vocabulary.designs() if each.level == level)
        if designs and len(manual) < CITED:
            for each in kb.leading(largest, _LOOKED_AT, (*designs, ("held", "read"))):
                if not is_retracted(each.record.notices):
                    (manual if is_manual(each.facts.method, kb.vocabulary) else other).append(each)
    return tuple(manual + other)[:CITED]


def _values(found: Results, field: str) -> dict[str, int]:
    """The counts of a facet within the answer; where values of it were chosen, theirs."""
    values = next((each.values for each in found.facets if each.field == field), ())
    chosen = any(each.chosen for each in values)
    return {each.value: each.count for each in values if each.chosen or not chosen}


def _narrowed(found: Results, vocabulary: Vocabulary) -> tuple[str, ...]:
    """What was chosen; a concept by its name alone, of other facets with what it is about."""
    return tuple(
        named(facet, value, vocabulary)
        if vocabulary.concept(value)
        else f"{heading(facet).lower()}: {named(facet, value, vocabulary)}"
        for facet, value in found.query.filters
    )


def _chip(chip: Chip) -> str:
    own = "" if chip.name.casefold() == chip.text.casefold() else f" ({chip.name})"
    return f"{'or ' if chip.either else ''}{'not ' if chip.excluded else ''}{chip.kind} {chip.text}{own}"


def _cited(publication: Publication, wanted: frozenset[str], asked: frozenset[str], vocabulary: Vocabulary) -> Cited:
    record, counted = publication.record, tallied(publication, vocabulary)
    where = record.container_abbreviation or record.container
    return Cited(
        publication.id,
        authors(record.contributors, 2) or "Authors not stated",
        _cut(record.title, TITLE),
        ", ".join(filter(None, (_cut(where, WHERE) if where else None, str(record.year or "year not stated")))),
        design(publication, vocabulary),
        size(publication.facts),
        counted,
        None if counted else _fitting(review_results(publication, wanted, asked, vocabulary)),
    )


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0].rstrip(",;:") + " …"


def _fitting(results: tuple[str, ...]) -> str | None:
    """So many results as there is room for, the first in any case; none is cut, for its end is what it found."""
    fit = max(1, sum(len("; ".join(results[: at + 1])) <= RESULTS for at in range(len(results))))
    more = len(results) - fit
    return "; ".join(results[:fit]) + (f"; and {more} more" if more > 0 else "") if results else None
