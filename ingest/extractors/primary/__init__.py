"""The primary endpoint: which outcome the authors call so, and whether it was met.

`primary` fills a record's field only where the abstract itself speaks of a primary outcome. `verdict` weighs the
whole abstract and answers for any trial, which is what a reader would do who has nothing else: what the results
say of the primary outcome, whether they say outright that it was met, and what the conclusion makes of it. Each
of these is a vote of a sentence; the heaviest vote on the winning side is the finding's quote.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from ingest.extractors.design_cues import any_of
from ingest.extractors.primary import signs
from ingest.extractors.primary.names import Named, named, speaks_of
from ingest.extractors.reading import Reading
from ingest.extractors.sentences import Sentence
from kb.extraction import DesignKind, Finding, PrimaryEndpoint

__all__ = ["primary", "verdict"]

_NON_INFERIORITY = any_of(r"\bnon-?\s?inferior")
_REVIEWS: frozenset[DesignKind | None] = frozenset(
    ("overview_or_evidence_map", "systematic_review", "narrative_review")
)
_PRIMARY = any_of(r"\bprimary (?:\w+ )?(?:outcome|end[ -]?point)")
# Weights by hand, few and round: an outright statement decides, statistics of
# the primary outcome weigh more than words, a conclusion about as much as they do together.
_OUTRIGHT, _MARGIN, _STATISTIC, _WORDS, _FIRST = 5.0, 4.0, 2.0, 1.0, 0.5
_CONCLUSION, _CONCLUSION_OF_IT, _HEDGED = 1.0, 1.5, 0.5


class Vote(msgspec.Struct, frozen=True):
    """What a sentence makes of the trial's aim: above 0 met, below 0 not."""

    weight: float
    sentence: Sentence


def primary(reading: Reading, kind: DesignKind | None) -> Finding[PrimaryEndpoint] | None:
    """The outcome that is called primary and whether it was met, pinned to the sentence that decides.

    A conclusion's praise alone decides nothing here: a result must say it, or the authors outright. A protocol has
    met nothing yet; a review's outcomes are not an endpoint of its own.
    """
    if kind in _REVIEWS:
        return None
    outcome = named(reading)
    if kind == "protocol":
        return _only_named(outcome)
    said_so = next(
        (each for each in _results(reading) if _PRIMARY.search(reading.abstract, each.start, each.end)), None
    )
    if outcome is None and said_so is None:
        return None
    met, sentence = _weighed(list(_told(reading, outcome)))
    name = outcome.name if outcome else None
    if sentence is not None:
        return Finding(PrimaryEndpoint(name, met), sentence.start, sentence.end, rule="primary:weighed")
    return _only_named(outcome)


def _only_named(outcome: Named | None) -> Finding[PrimaryEndpoint] | None:
    if outcome is None:
        return None
    return Finding(PrimaryEndpoint(outcome.name), outcome.start, outcome.end, rule="primary:named")


def verdict(reading: Reading) -> bool:
    """Whether the trial's aim was met, from whatever the abstract says; where it says nothing, that it was."""
    outcome, asked = named(reading), _asked(reading)
    praise = _concluded(reading.abstract, _concluding(reading), outcome, asked)
    met, _ = _weighed([*_told(reading, outcome), *praise])
    return met is not False


def _weighed(votes: list[Vote]) -> tuple[bool | None, Sentence | None]:
    total = sum(each.weight for each in votes)
    if not total:
        return None, None
    winning = [each for each in votes if (each.weight > 0) == (total > 0)]
    return total > 0, max(winning, key=lambda each: abs(each.weight)).sentence


def _told(reading: Reading, outcome: Named | None) -> Iterator[Vote]:
    """What results say, and what is said outright."""
    asked, results = _asked(reading), _results(reading)
    for sentence in results:
        yield from _outright(reading.abstract, sentence, asked)
    yield from _of_primary(reading.abstract, results, outcome, asked)
    for sentence in _concluding(reading):
        yield from _outright(reading.abstract, sentence, asked)


def _asked(reading: Reading) -> bool:
    """Whether the trial asks for non-inferiority."""
    return bool(_NON_INFERIORITY.search(reading.abstract) or _NON_INFERIORITY.search(reading.title))


def _concluding(reading: Reading) -> list[Sentence]:
    return [each for each in reading.sentences if each.section == "conclusions"]


def _results(reading: Reading) -> list[Sentence]:
    return [each for each in reading.sentences if each.section == "results"]


def _outright(text: str, sentence: Sentence, asked: bool) -> Iterator[Vote]:
    """It says that the endpoint was met or not; in a non-inferiority trial, that it is inferior or not."""
    start, end = sentence.start, sentence.end
    said = signs.outright(text, start, end)
    if said:
        yield Vote(said * _OUTRIGHT, sentence)
    compared = signs.non_inferiority(text, start, end) if asked else 0
    if compared:
        yield Vote(compared * _MARGIN, sentence)


def _of_primary(text: str, results: list[Sentence], outcome: Named | None, asked: bool) -> Iterator[Vote]:
    """The first result about the primary outcome; where none is, the first result at all, at half the weight."""
    if asked:
        return
    share = 1.0
    found = next(_signed(text, results, outcome), None) if outcome else None
    if found is None:
        share, found = _FIRST, next(_signed(text, results, None), None)
    if found is not None:
        sentence, weight = found
        yield Vote(share * weight, sentence)


def _signed(text: str, results: list[Sentence], outcome: Named | None) -> Iterator[tuple[Sentence, float]]:
    """The results on `outcome` that say something, those that call it primary first; without one, any result."""
    called = [(each, _PRIMARY.search(text, each.start, each.end)) for each in results]
    places = [(each, match.start()) for each, match in called if match]
    for each, match in called:
        at = speaks_of(outcome, text[each.start : each.end]) if outcome else 0
        if outcome is None and signs.ASIDE.search(text, each.start, each.end):
            continue
        if at is not None and not match:
            places.append((each, each.start + at))
    for sentence, at in places:
        weight = _weight(text, sentence, at) or _weight(text, sentence, sentence.start)
        if weight:
            yield sentence, weight


def _weight(text: str, sentence: Sentence, at: int) -> float:
    """What `sentence` says from `at`: its first statistic, and the words before it. Against words it says nothing."""
    number = signs.statistic(text, at, sentence.end)
    words = signs.wording(text, at, number.at if number else sentence.end, firm=True)
    if signs.within_group(text, sentence.start, sentence.end) and not (words and words.value < 0):
        return 0
    if words and words.value < 0 and number and number.value > 0:
        return -_WORDS
    firm = words and words.value < 0 and signs.says_no_significance(text, at, sentence.end)
    said = (_STATISTIC if firm and not number else _WORDS) * words.value if words else 0
    return said + (_STATISTIC * number.value if number else 0)


def _concluded(text: str, concluding: list[Sentence], outcome: Named | None, asked: bool) -> Iterator[Vote]:
    """What the conclusion makes of it: the sentence on the primary outcome, else the first that judges."""
    judged: list[Vote] = []
    for sentence in concluding:
        if signs.looks_ahead(text, sentence.start, sentence.end):
            continue
        sign = signs.wording(text, sentence.start, sentence.end, firm=False)
        if sign is None or (asked and sign.value < 0):
            continue
        about = outcome is not None and speaks_of(outcome, text[sentence.start : sentence.end]) is not None
        if sign.value < 0 and not about and signs.ASIDE.search(text, sentence.start, sentence.end):
            continue
        weight = sign.value * (_CONCLUSION_OF_IT if about else _CONCLUSION)
        hedged = sign.value > 0 and signs.HEDGE.search(text, sentence.start, sign.at)
        judged.append(Vote(weight * _HEDGED if hedged else weight, sentence))
    if judged:
        yield max(judged, key=lambda each: abs(each.weight))
