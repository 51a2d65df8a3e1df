"""The strongest studies that stand against the good news of an answer, by name, where no order pushes them away.

Therapists tend to agree with what is kind to massage, true or not (Ontario survey, doi 10.1515/jcim-2015-0006); so the
page that counts "better" names who found worse, mixed or no clear direction, first on what was asked.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from kb.facets import cell_value, named
from kb.publication import Publication
from kb.search import Results
from kb.vocabulary import Design, Vocabulary
from kb.votes import Says, Verdicts, verdict, votes
from kb.wording import authors
from web.asked import asked_outcomes
from web.card import design, size
from web.port import KnowledgeBase

MOST = 3
_NAMES = 3  # results that are named of one study
_AGAINST = (Says.WORSE, Says.MIXED, Says.NOT_STATED)


class Counter(msgspec.Struct, frozen=True):
    """A study in short, and what it says: "sleep, against another treatment: worse"; `more` is not named."""

    id: str
    name: str
    design: Design | None
    size: str | None
    said: tuple[str, ...]
    more: int


def counter_studies(found: Results, kb: KnowledgeBase) -> tuple[Counter, ...]:
    """The highest by the level of their design among those of the answer that say something else than "better"."""
    wanted = asked_outcomes(found, kb.vocabulary)
    asked = tuple(each for each in found.tally if each.cell.outcome in wanted)
    values = _values(asked) or _values(found.tally)
    if not values:
        return ()
    query = msgspec.structs.replace(found.query, sort="level", page=1)
    return tuple(_counter(each, frozenset(values), kb.vocabulary) for each in kb.leading(query, MOST, values))


def counter_among(publications: Iterable[Publication], vocabulary: Vocabulary) -> tuple[Counter, ...]:
    """The same among publications that are named one by one."""
    against = [
        (each, frozenset(("says", cell_value(vote.cell.outcome, vote.cell.comparator, said)) for vote, said in cast))
        for each in publications
        if (cast := [(vote, said) for vote in votes(each, vocabulary) if (said := verdict(vote.says)) in _AGAINST])
    ]
    against.sort(key=lambda each: _level(each[0], vocabulary))
    return tuple(_counter(each, values, vocabulary) for each, values in against[:MOST])


def _level(publication: Publication, vocabulary: Vocabulary) -> int:
    found = design(publication, vocabulary)
    return found.level or 6 if found else 6


def _values(cells: tuple[Verdicts, ...]) -> tuple[tuple[str, str], ...]:
    """The values of the facet `says` under which something else than better is counted."""
    return tuple(
        ("says", cell_value(each.cell.outcome, each.cell.comparator, says))
        for each in cells
        for says, number in zip(_AGAINST, (each.worse, each.mixed, each.not_stated), strict=True)
        if number
    )


def _counter(publication: Publication, values: frozenset[tuple[str, str]], vocabulary: Vocabulary) -> Counter:
    cast = ((each.cell, verdict(each.says)) for each in votes(publication, vocabulary))
    against = [cell_value(cell.outcome, cell.comparator, says) for cell, says in cast if says in _AGAINST]
    said = [named("says", each, vocabulary) for each in against if ("says", each) in values]
    record = publication.record
    return Counter(
        publication.id,
        f"{authors(record.contributors, 1) or 'Authors not stated'}, {record.year or 'year not stated'}",
        design(publication, vocabulary),
        size(publication.facts),
        tuple(said[:_NAMES]),
        max(0, len(said) - _NAMES),
    )
