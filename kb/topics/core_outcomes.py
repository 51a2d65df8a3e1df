"""The core-outcome strip: which of the outcomes that were agreed on for a condition each study's abstract speaks of.

It shows what is *not* there as well. What an abstract leaves out may have been measured all the same, so that it is
"not in the abstract" and never "not measured". A direction is higher, lower, mixed, or said to be better or worse,
and told of groups that were compared; "no difference" gives none (Cochrane Handbook 12.2.1.3). What went up or down
in one group, or nobody knows against what, has a state of its own, as it has in the tally.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Literal, get_args

import msgspec

from kb.extraction import Outcome
from kb.publication import Publication
from kb.topics.texts import CoreSet, Domain
from kb.vocabulary import Vocabulary

State = Literal["direction", "alone", "named", "absent"]
STATES: tuple[State, ...] = get_args(State)


class StripRow(msgspec.Struct, frozen=True):
    """A study, and its state in each domain."""

    publication: Publication
    states: tuple[State, ...]


class Strip(msgspec.Struct, frozen=True):
    """The studies in their order, and for each domain how many are in each state.

    `unread` studies have no abstract here and nothing that a person read: nothing can be said of them.
    """

    domains: tuple[Domain, ...]
    rows: tuple[StripRow, ...]
    totals: tuple[dict[State, int], ...]
    unread: int


def strip(publications: Iterable[Publication], core_set: CoreSet, vocabulary: Vocabulary) -> Strip:
    """The strip of studies."""
    kinds = [_kinds(each, vocabulary) for each in core_set.domains]
    told, unread = [], 0
    for publication in publications:
        if publication.record.abstract is None and not publication.facts.outcomes:
            unread += 1
        else:
            told.append(StripRow(publication, tuple(_state(publication, each) for each in kinds)))
    counted = [Counter(row.states[at] for row in told) for at in range(len(kinds))]
    return Strip(core_set.domains, tuple(told), tuple({s: each[s] for s in STATES} for each in counted), unread)


def _kinds(domain: Domain, vocabulary: Vocabulary) -> frozenset[str]:
    """All concepts that are a domain."""
    return frozenset(id for each in domain.outcomes for id in vocabulary.narrower(each))


def _state(publication: Publication, kinds: frozenset[str]) -> State:
    rows = [each.value for each in publication.facts.outcomes if each.state != "disputed"]
    measured = [each for each in rows if each.concept in kinds]
    if not measured:
        return "absent"
    directed = [each for each in measured if _directed(each)]
    if any(each.basis == "between_groups" for each in directed):
        return "direction"
    return "alone" if directed else "named"


def _directed(outcome: Outcome) -> bool:
    return outcome.change in ("up", "down", "mixed") or outcome.said is not None
