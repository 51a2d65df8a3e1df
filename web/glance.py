"""The answer in sentences: what was asked for, a kind of comparison at a time, and what reviews of it found.

Reviews are told beside the count and never in it: they pool studies that may be counted here already. Of more than
can be told, those that fit the question best are, and how many there are is said: the newest may be a narrower one.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from kb.facets import with_broader
from kb.publication import Publication
from kb.record import is_retracted
from kb.search import Filters, Query, Results
from kb.sides import news
from kb.tally import Row
from kb.topics import Caution
from kb.vocabulary import Vocabulary
from kb.votes import domain, is_manual
from kb.wording import authors, concept_name, result
from web.asked import asked_outcomes, asks, named_conditions
from web.port import KnowledgeBase
from web.reader import number
from web.tally import Outcome, Table, cautions

HARM = "adverse_events"
_REVIEWS: Filters = (("design", "systematic_review"), ("design", "overview_or_evidence_map"))
_MOST_REVIEWS = 2
_LOOKED_AT = 8  # of which these are taken: some say nothing of the outcome, or are of drugs
_RESULTS = 3  # of one review
_MARKER = "A marker. By itself it is neither better nor worse for anyone, so it is not counted."
_UNJUDGED = "Which way is better depends on the person or on the measure, so it is not counted."
_NONE = "No study found here reports it in a way that can be counted."


class Told(msgspec.Struct, frozen=True):
    """One outcome. `asked`: the question names it; else most was compared of it. `note` says why it has no rows."""

    name: str
    asked: bool
    rows: tuple[Row, ...]
    within_only: int
    note: str | None = None


class Review(msgspec.Struct, frozen=True):
    """A review that is found too, and what it says of the outcomes told: "pain: better than control"."""

    id: str
    name: str
    said: tuple[str, ...]


class Reviews(msgspec.Struct, frozen=True):
    """Those that are told, of how many that `every` finds; in the order of `every`."""

    told: tuple[Review, ...]
    of: int
    every: Query


class Glance(msgspec.Struct, frozen=True):
    """`scope` is the one condition of all `total` that are found, where nobody asked for it.

    `harm` is what reviews of harm found, where harm was asked for.
    """

    outcomes: tuple[Told, ...]
    reviews: Reviews | None
    scope: str | None
    total: int
    harm: tuple[Caution, ...]

    @property
    def says(self) -> bool:
        """Whether there is anything to say first."""
        return bool(self.outcomes or self.harm or self.reviews)

    @property
    def only_harm(self) -> bool:
        """Whether harm was asked for, and nothing that could be counted."""
        return bool(self.harm) and not self.outcomes


def glance(found: Results, table: Table, kb: KnowledgeBase) -> Glance:
    """What to say first of an answer; nothing where nothing was asked."""
    if not asks(found.query):
        return Glance((), None, None, found.total, ())
    wanted = asked_outcomes(found, kb.vocabulary)
    outcomes = tuple(_told(found, table, wanted, kb.vocabulary))
    ids = wanted or frozenset(each.concept for each in table.first[:1])
    reviews = _reviews(found, ids - {HARM}, kb) if found.total else None
    harm = cautions(found, kb.vocabulary) if HARM in wanted else ()
    return Glance(outcomes, reviews, _scope(found, kb.vocabulary), found.total, harm)


def techniques(found: Results) -> frozenset[str]:
    """The techniques that an answer was asked for, in words or by choice."""
    said = (each.concept for each in found.chips if each.kind == "technique" and not each.excluded)
    chosen = (value for facet, value in found.query.filters if facet == "technique")
    return frozenset(each for each in (*said, *chosen) if each is not None)


def _told(found: Results, table: Table, wanted: frozenset[str], vocabulary: Vocabulary) -> Iterator[Told]:
    """The outcomes asked for, those with rows first; where none was, the first of the tally."""
    counted = [each for each in table.first if each.asked and each.concept != HARM]
    for each in counted or ([] if wanted else table.first[:1]):
        yield _of(each)
    for id in sorted(wanted - {HARM} - {each.concept for each in counted}) if found.total else ():
        known = vocabulary.concept(id)
        unjudged = known is not None and known.polarity == "context"
        why = _MARKER if known and known.marker else _UNJUDGED if unjudged else _NONE
        yield Told(concept_name(id, vocabulary), True, (), 0, why)


def _of(outcome: Outcome) -> Told:
    return Told(outcome.name, outcome.asked, outcome.rows, outcome.within_only)


def _reviews(found: Results, outcomes: frozenset[str], kb: KnowledgeBase) -> Reviews | None:
    """The reviews of hands-on treatment that say something of the outcomes; None where none does."""
    if not outcomes:
        return None
    query = msgspec.structs.replace(found.query, sort="relevance" if found.query.text else "newest", page=1)
    narrowed = (*_REVIEWS, *(("outcome", each) for each in sorted(outcomes)))
    told = []
    for each in kb.leading(query, _LOOKED_AT, narrowed):
        said = review_results(each, outcomes, techniques(found), kb.vocabulary)
        if said and not is_retracted(each.record.notices):
            told.append(Review(each.id, _review_name(each), said))
    every = msgspec.structs.replace(query, filters=_together(query.filters, narrowed))
    return Reviews(tuple(told[:_MOST_REVIEWS]), len(kb.find(every).ids), every) if told else None


def _together(chosen: Filters, narrowed: Filters) -> Filters:
    """Both: of a facet that was chosen too what is in both, or else what was chosen, for a choice is never widened."""
    kept = []
    for facet in dict.fromkeys(facet for facet, _ in (*chosen, *narrowed)):
        of, more = ({each for each in filters if each[0] == facet} for filters in (chosen, narrowed))
        kept += sorted((of & more or of) if of else more)
    return tuple(kept)


def review_results(
    publication: Publication, outcomes: frozenset[str], techniques: frozenset[str], vocabulary: Vocabulary
) -> tuple[str, ...]:
    """What a review of hands-on treatment says of these outcomes, between groups; of all, where none is named.

    Each with the treatment that it is of; what is of another technique than `techniques`, or of none, is left out.
    """
    if not is_manual(publication.facts.method, vocabulary):
        return ()
    told: dict[str, dict[str, None]] = {}
    for each in (each.value for each in publication.facts.outcomes if each.state != "disputed"):
        of = domain(each.concept, vocabulary) if each.concept else None
        if each.basis != "between_groups" or each.benefit == "contextual" or (outcomes and of not in outcomes):
            continue
        apart = news(each, publication.facts.method, vocabulary) in ("other", "apart")
        if not apart and _is_of(each.arm, techniques, vocabulary):
            words = result(each, vocabulary)
            told.setdefault(f"{words} ({each.arm})" if each.arm else words, {})[each.name] = None
    return tuple(f"{', '.join(tuple(names)[:_RESULTS])}: {words}" for words, names in told.items())[:_RESULTS]


def _is_of(arm: str | None, techniques: frozenset[str], vocabulary: Vocabulary) -> bool:
    """Whether a group may have had one of `techniques`: it names one, or a wider one, or none at all."""
    named = [each.concept for each in vocabulary.mentions(arm or "") if each.kind == "technique"]
    wanted = {each.id for each in with_broader(techniques, vocabulary)}
    return not wanted or not named or any(wanted & {each, *_wider(each, vocabulary)} for each in named)


def _wider(id: str, vocabulary: Vocabulary) -> frozenset[str]:
    return frozenset(each.id for each in with_broader([id], vocabulary))


def _review_name(publication: Publication) -> str:
    record, trials = publication.record, publication.facts.sample.trials
    of = f"A review of {number(trials.value)} trials" if trials else "A review"
    return f"{of} ({authors(record.contributors, 1) or 'authors not stated'}, {record.year or 'year not stated'})"


def _scope(found: Results, vocabulary: Vocabulary) -> str | None:
    """The one condition that all of several publications speak of, the narrowest; None where conditions were asked."""
    if found.total < 2 or named_conditions(found, vocabulary):
        return None
    values = [each for facet in found.facets if facet.field == "condition" for each in facet.values]
    whole = {each.value: each.name for each in values if each.count == found.total}
    wider = {known.broader for each in whole if (known := vocabulary.concept(each))}
    return next((name for value, name in whole.items() if value not in wider), None)
