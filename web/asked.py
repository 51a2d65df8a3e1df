"""Whether anything was asked, and which outcomes and conditions an answer was asked for."""

from __future__ import annotations

from kb.search import Chip, Query, Results
from kb.vocabulary import Kind, Vocabulary
from kb.votes import domain

_ABOUT = frozenset(("condition", "technique", "outcome", "population", "found", "says"))  # facets that ask
_CHOSEN = ("outcome", "found", "says")  # facets whose values begin with an outcome


def asks(query: Query) -> bool:
    """Whether it asks for anything, in words or by choice: all that is here, or all trials, have nothing in common."""
    return bool(query.text) or any(facet in _ABOUT for facet, _ in query.filters)


def asked_outcomes(found: Results, vocabulary: Vocabulary) -> frozenset[str]:
    """The outcomes that the question names or was narrowed to, as the tally counts them.

    Where it names none, those by which its conditions are measured: who asks for low back pain asks for pain.
    """
    named = [id for each in found.chips for id in _concepts(each, "outcome", vocabulary)]
    named += [value.split(".")[0] for facet, value in found.query.filters if facet in _CHOSEN]
    conditions = [vocabulary.concept(each) for each in named_conditions(found, vocabulary)]
    measured = [each.measured_as for each in conditions if each and each.measured_as]
    return frozenset(domain(each, vocabulary) for each in named or measured)


def named_conditions(found: Results, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The conditions that the question names or was narrowed to."""
    named = [id for each in found.chips for id in _concepts(each, "condition", vocabulary)]
    return (*named, *(value for facet, value in found.query.filters if facet == "condition"))


def _concepts(chip: Chip, kind: Kind, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The concept of a chip; of a field word (`outcome:sleep`) what its value names."""
    if chip.kind != kind or chip.excluded:
        return ()
    if chip.concept:
        return (chip.concept,)
    return tuple(each.concept for each in vocabulary.mentions(chip.text, question=True) if each.kind == kind)
