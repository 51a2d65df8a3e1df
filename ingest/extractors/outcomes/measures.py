"""What a name measures: its concept, its instrument, and which way is better for the patient.

Words around a known measure can turn it over: less pain is better and less pain relief is worse. Where
such a word stands in a name outside the vocabulary's own words, the polarity is turned by the table
below, or is left unstated where the table does not know. It is never guessed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from kb.extraction import Polarity
from kb.vocabulary import Mention, Vocabulary

_TURNED: dict[Polarity, Polarity] = {"low": "high", "high": "low", "context": "context"}
# Beside a measure: these turn it over, these make any measure a trouble, these leave it open.
_RELIEF = frozenset(
    "relief improvement reduction control tolerance remission recovery threshold thresholds free relieved".split()
)
_TROUBLE = frozenset(
    "deficit deficits impairment impairments disturbance disturbances difficulty difficulties problems dysfunction "
    "limitation limitations interference disability complaints loss poor lack".split()
)
_UNCLEAR = frozenset(
    "medication use catastrophizing catastrophising coping acceptance beliefs knowledge self-efficacy time onset "
    "onsets need".split()
)
_NO_MEASURE = ("technique", "comparator", "population")


class Measure(NamedTuple):
    """Ids of the vocabulary, and the polarity of the measure as named."""

    concept: str | None = None
    instrument: str | None = None
    polarity: Polarity | None = None


class Known(NamedTuple):
    """A mention of something measurable at `abstract[start:end]`."""

    start: int
    end: int
    measure: Measure


def known_in(
    mentions: Sequence[Mention], vocabulary: Vocabulary
) -> tuple[tuple[Known, ...], tuple[tuple[int, int], ...]]:
    """The mentions of what can be measured, and the spans of treatments and people, in the order of the text."""
    found = ((each, _measure_of(each, vocabulary)) for each in mentions)
    known = tuple(Known(each.start, each.end, measure) for each, measure in found if measure is not None)
    return known, tuple((each.start, each.end) for each in mentions if each.kind in _NO_MEASURE)


def _measure_of(mention: Mention, vocabulary: Vocabulary) -> Measure | None:
    if mention.kind == "instrument":
        instrument = vocabulary.instrument(mention.concept)
        return None if instrument is None else Measure(instrument.outcome, instrument.id, instrument.polarity)
    if mention.kind not in ("outcome", "condition"):
        return None
    concept = vocabulary.concept(mention.concept)
    if concept is not None and concept.kind == "condition":
        concept = vocabulary.concept(concept.measured_as) if concept.measured_as else None
    return None if concept is None else Measure(concept.id, None, concept.polarity)


def measure(words: Sequence[tuple[str, int, int]], known: Sequence[Known], aside: tuple[int, int]) -> Measure:
    """What a name measures, from its words with their offsets; `aside` spans the brackets right behind it."""
    inside = [each for each in known if any(start <= each.start < end for _, start, end in words)]
    behind = [each for each in known if aside[0] <= each.start and each.end <= aside[1] and each.measure.instrument]
    if not inside:
        return behind[0].measure if len(behind) == 1 else Measure()
    instruments = [each for each in inside if each.measure.instrument]
    best = max(instruments or inside, key=lambda each: each.end - each.start).measure
    outside = {word for word, start, end in words if not any(k.start < end and start < k.end for k in inside)}
    if best.instrument is None and len(behind) == 1 and behind[0].measure.concept == best.concept:
        best = Measure(best.concept, behind[0].measure.instrument, best.polarity)
    return best._replace(polarity=_turned(best.polarity, outside))


def _turned(polarity: Polarity | None, outside: set[str]) -> Polarity | None:
    if polarity is None or polarity == "context":
        return polarity
    if outside & _RELIEF:
        return _TURNED[polarity] if polarity == "low" else polarity
    if outside & _TROUBLE:
        return "low"
    return None if outside & _UNCLEAR else polarity
