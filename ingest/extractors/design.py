"""The design of the study, and whether allocation was random.

The abstract comes first, the title where it is silent or vague (`design_title`). Words of other people's studies
are kept out (`own`): a background that cites reviews, a conclusion that calls for randomised trials.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.extractors.design_cues import NAMED_RANDOM, RANDOM, ROWS, any_of
from ingest.extractors.design_title import design_of_title, firmer
from ingest.extractors.own import speaks_of_itself
from ingest.extractors.reading import Reading
from ingest.extractors.sentences import Sentence
from ingest.extractors.stems import may_match
from kb.extraction import DesignKind, Finding

_RANDOMISED = any_of(RANDOM, NAMED_RANDOM)
_NOT_RANDOMISED = any_of(r"\bnon-?randomi[sz]ed\b", r"\bnot randomi[sz]ed\b", r"\bwithout randomi[sz]ation\b")
_RANDOMISED_TITLE = any_of(r"(?<!non-)(?<!non)(?<!non )(?<!quasi-)(?<!quasi )randomi[sz](?:ed|ation)\b")
# "We interviewed women who took part in a randomised trial": the trial is another study.
_OF_A_TRIAL = any_of(
    r"\bwho (?:had )?(?:took part|taken part|participated|were (?:enrolled|involved)|enrolled) in (?:an?|the|our|one)"
    r" (?:[\w-]+ ){0,6}(?:trial|rct|study)\b",
    r"\bfeasibility of (?:doing|conducting|performing|running|undertaking|an?) (?:[\w-]+ ){0,5}(?:trial|rct|study)\b",
)
_RANDOMISED_KINDS: frozenset[DesignKind] = frozenset(("rct", "crossover_rct", "cluster_rct", "protocol"))
_REVIEWS: frozenset[DesignKind] = frozenset(("overview_or_evidence_map", "systematic_review", "narrative_review"))


def design(reading: Reading) -> Finding[DesignKind] | None:
    """The design as the abstract says it; as the title does, where that is firmer (`design_title`)."""
    said = _said(reading)
    titled = design_of_title(reading.title)
    return titled if titled is not None and firmer(titled.value, said.value if said else None) else said


def _said(reading: Reading) -> Finding[DesignKind] | None:
    """The design by the first row of the table that a sentence of the study's own fits."""
    own = [
        each
        for each in reading.sentences
        if speaks_of_itself(reading.abstract, each) and not _OF_A_TRIAL.search(reading.abstract, each.start, each.end)
    ]
    randomly = [each for each in own if _may_be_random(reading, each)]
    lowered = reading.abstract.lower()
    for row in ROWS:
        if not may_match(row.cue, lowered):
            continue
        match = _first(reading, row.cue, randomly if row.random else own)
        if match and (row.also is None or row.also.search(reading.abstract)):
            return Finding(row.kind, *match.span(), rule=f"design:{row.kind}")
    return None


def _first(reading: Reading, cue: re.Pattern[str], sentences: Sequence[Sentence]) -> re.Match[str] | None:
    text = reading.abstract
    may = (each for each in sentences if may_match(cue, text[each.start : each.end].lower()))
    matches = (cue.search(text, each.start, each.end) for each in may)
    return next((each for each in matches if each), None)


def _may_be_random(reading: Reading, sentence: Sentence) -> bool:
    """Whether the costly patterns of randomisation could match at all."""
    words = reading.abstract[sentence.start : sentence.end].lower()
    return "random" in words or "rct" in words


def randomised(reading: Reading, kind: Finding[DesignKind] | None) -> Finding[bool] | None:
    """Whether allocation was (in a protocol: is to be) random, where the abstract says so; not in reviews."""
    if kind is None or kind.value in _REVIEWS:
        return None
    for sentence in reading.sentences:
        if not _may_be_random(reading, sentence) or not speaks_of_itself(reading.abstract, sentence):
            continue
        denied = _NOT_RANDOMISED.search(reading.abstract, sentence.start, sentence.end)
        if denied:
            return Finding(False, *denied.span(), rule="randomised:denied")
        said = _RANDOMISED.search(reading.abstract, sentence.start, sentence.end)
        if said and kind.value in _RANDOMISED_KINDS:
            return Finding(True, *said.span(), rule="randomised:said")
    denied = _NOT_RANDOMISED.search(reading.title)
    if denied:
        return Finding(False, *denied.span(), rule="randomised:title", place="title")
    titled = _RANDOMISED_TITLE.search(reading.title) if kind.value in _RANDOMISED_KINDS else None
    return Finding(True, *titled.span(), rule="randomised:title", place="title") if titled else None
