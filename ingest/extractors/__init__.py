"""Abstract -> facts: pure functions from text to `Finding`s. The same text gives the same bytes.

`extract` reads the abstract once (`reading`) and asks each reader its own question: `design`, `method`
(with `arms` and `dose`), `sample` (with `head_count`), `outcomes`, `primary`, `harms`, `conclusion`. A new fact is
a new module, one line here and a field of `Extraction`. What is not said stays `None`.
"""

from __future__ import annotations

from ingest.extractors.conclusion import conclusion
from ingest.extractors.design import design
from ingest.extractors.harms import Harms, harms
from ingest.extractors.method import method, with_size
from ingest.extractors.outcomes import outcomes
from ingest.extractors.primary import primary
from ingest.extractors.reading import read
from ingest.extractors.reporting import flags, registration
from ingest.extractors.sample import sample
from kb.extraction import DesignKind, Extraction, Finding
from kb.record import Record
from kb.vocabulary import Vocabulary

__all__ = ["VERSION", "extract"]

# Names the readers in every extraction; raise it with every change of what they find.
VERSION = "abstract-4"


def extract(record: Record, vocabulary: Vocabulary) -> Extraction:
    """What the abstract and title of `record` say. A protocol has no outcomes, whatever it hopes for."""
    reading = read(record.abstract or "", record.title, record.sections, vocabulary)
    kind = design(reading)
    how = method(reading, kind, vocabulary)
    who = sample(reading, how.arms, kind.value if kind else None)
    planned = kind is not None and kind.value == "protocol"
    weeks = how.dose.weeks.value if how.dose.weeks else None
    hurt = Harms() if planned else harms(reading, kind.value if kind else None)
    return Extraction(
        version=VERSION,
        design=kind,
        flags=flags(reading),
        registration=registration(reading),
        method=with_size(how, who.n),
        sample=who,
        outcomes=()
        if planned
        else outcomes(reading.abstract, reading.sentences, how.arms, vocabulary, weeks, reading.mentions, _alone(kind)),
        primary=primary(reading, kind.value if kind else None),
        harms=hurt.state,
        harm_events=hurt.events,
        conclusion=conclusion(reading),
    )


# Designs without groups that were treated apart: whom such a study sets side by side are kinds of people.
_ALONE: frozenset[DesignKind] = frozenset(
    ("single_group_pre_post", "case_report", "case_series", "survey", "qualitative", "narrative_review")
)


def _alone(kind: Finding[DesignKind] | None) -> bool:
    return kind is not None and kind.value in _ALONE
