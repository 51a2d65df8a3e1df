"""The ledger in words: one row an outcome, its benefit never without the basis it stands on."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from kb.extraction import Method, Outcome
from kb.marking import Stretch
from kb.publication import Publication
from kb.rights import Policy
from kb.vocabulary import Vocabulary
from kb.wording import BASES, TIMEPOINTS, benefit_words, changed, compared_with, sign, statistics, tone
from web.source import Source, source


class LedgerRow(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the ledger; None is "not stated". `tone` is a name for the stylesheet: only a comparison has the
    colour of a benefit. `id` is its anchor on the page.
    """

    id: str
    name: str
    instrument: str | None
    arm: str | None
    sign: str
    change: str
    benefit: str
    tone: str
    basis: str
    compared_with: str | None
    when: str | None
    statistics: str | None
    source: Source


def ledger(
    publication: Publication, vocabulary: Vocabulary, numbers: Mapping[Stretch, int], policy: Policy
) -> tuple[LedgerRow, ...]:
    """The outcomes of a publication, in the order of its abstract."""
    return tuple(
        _row(
            f"outcome-{i}", each.value, publication.facts.method, source(each, publication, numbers, policy), vocabulary
        )
        for i, each in enumerate(publication.facts.outcomes, 1)
    )


def _row(id: str, outcome: Outcome, method: Method, source: Source, vocabulary: Vocabulary) -> LedgerRow:
    instrument = vocabulary.instrument(outcome.instrument) if outcome.instrument else None
    other = "its own start" if outcome.basis == "within_group" else compared_with(outcome, vocabulary)
    return LedgerRow(
        id=id,
        name=outcome.name,
        instrument=instrument.name if instrument and instrument.name != outcome.name else None,
        arm=outcome.arm,
        sign=sign(outcome),
        change=changed(outcome),
        benefit=benefit_words(outcome, vocabulary),
        tone=tone(outcome, method, vocabulary),
        basis=BASES[outcome.basis],
        compared_with=other,
        when=TIMEPOINTS.get(outcome.timepoint),
        statistics=statistics(outcome),
        source=source,
    )
