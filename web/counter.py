"""The strongest studies that stand against the good news of an answer, by name, where no order pushes them away.

Therapists tend to agree with what is kind to massage, true or not (Ontario survey, doi 10.1515/jcim-2015-0006); so the
page that counts "better" names who found worse, mixed or no direction, first on what was asked.
"""

from __future__ import annotations

import msgspec

from kb.facets import cell_value
from kb.publication import Publication
from kb.search import Results
from kb.vocabulary import Design, Vocabulary
from kb.votes import Says, Verdicts, verdict, votes
from kb.wording import authors, concept_name
from web.card import design, size
from web.port import KnowledgeBase
from web.tally import asked_outcomes

MOST = 3
_NAMES = 3  # outcomes that are named of one study
_AGAINST = {Says.WORSE: "worse", Says.MIXED: "mixed", Says.NOT_STATED: "no direction stated"}


class Counter(msgspec.Struct, frozen=True):
    """A study in short, and what it says: ("sleep, pain", "no direction stated")."""

    id: str
    name: str
    design: Design | None
    size: str | None
    said: tuple[tuple[str, str], ...]


def counter_studies(found: Results, kb: KnowledgeBase) -> tuple[Counter, ...]:
    """The highest by the level of their design among those of the answer that say something else than "better"."""
    wanted = asked_outcomes(found, kb.vocabulary)
    asked = tuple(each for each in found.tally if each.cell.outcome in wanted)
    values = _values(asked) or _values(found.tally)
    chosen = tuple(each for each in found.query.filters if each[0] == "says")
    told = tuple(each for each in values if not chosen or each in chosen)
    if not told:
        return ()
    rest = tuple(each for each in found.query.filters if each[0] != "says")
    query = msgspec.structs.replace(found.query, filters=rest + told, sort="level", page=1)
    outcomes = wanted if _values(asked) else frozenset(each.cell.outcome for each in found.tally)
    return tuple(_counter(each, outcomes, kb.vocabulary) for each in kb.leading(query, MOST))


def _values(cells: tuple[Verdicts, ...]) -> tuple[tuple[str, str], ...]:
    """The values of the facet `says` under which something else than better is counted."""
    return tuple(
        ("says", cell_value(each.cell.outcome, each.cell.comparator, says))
        for each in cells
        for says, number in zip(_AGAINST, (each.worse, each.mixed, each.not_stated), strict=True)
        if number
    )


def _counter(publication: Publication, outcomes: frozenset[str], vocabulary: Vocabulary) -> Counter:
    said: dict[str, dict[str, None]] = {}
    for vote in votes(publication, vocabulary):
        words = _AGAINST.get(verdict(vote.says))
        if words and vote.cell.outcome in outcomes:
            said.setdefault(words, {})[concept_name(vote.cell.outcome, vocabulary)] = None
    record = publication.record
    name = f"{authors(record.contributors, 1) or 'Authors not stated'}, {record.year or 'year not stated'}"
    return Counter(
        publication.id,
        name,
        design(publication, vocabulary),
        size(publication.facts),
        tuple((_list(tuple(names)), words) for words, names in said.items()),
    )


def _list(names: tuple[str, ...]) -> str:
    more = len(names) - _NAMES
    return ", ".join(names[:_NAMES]) + (f" and {more} more" if more > 0 else "")
