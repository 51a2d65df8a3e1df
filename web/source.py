"""Where a fact comes from, for a page: a numbered passage of the abstract, other stored words, or a document."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec

from kb.extraction import Finding, State, findings
from kb.marking import Stretch, number_passages
from kb.publication import Publication
from kb.rights import Policy, quotation
from kb.wording import STATES

_LONGEST = 200  # characters of a quote


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """`passage` is its number in the abstract; `quote` the stored words; `document` where a person read it.

    `by` is the curator whose word it is, and `on` the day of it; None where nobody corrected or confirmed it here.
    """

    state: State
    state_in_words: str
    derived: bool
    passage: int | None
    quote: str | None
    place: str
    document: str | None
    by: str | None = None
    on: datetime | None = None


def passages(publication: Publication) -> dict[Stretch, int]:
    """The stretches of the abstract that the facts quote, numbered as they are read."""
    length = len(publication.record.abstract or "")
    stretches = (each.stretch for _, each in findings(publication.facts))
    return number_passages(each for each in stretches if each is not None and each[1] <= length)


def source(finding: Finding[Any], publication: Publication, numbers: Mapping[Stretch, int], policy: Policy) -> Source:
    """Where `finding` comes from; `numbers` as `passages` gave them. `policy` is that of the abstract."""
    words = publication.quote(finding)
    if words is not None and finding.place == "abstract":
        words = quotation(words, policy)
    last = next((each for each in publication.corrections if each.rule == finding.rule), None)
    return Source(
        state=finding.state,
        state_in_words=STATES[finding.state],
        derived=finding.derived,
        passage=numbers.get(finding.stretch) if finding.stretch else None,
        quote=_short(words),
        place=finding.place,
        document=finding.document,
        by=last.who if last else None,
        on=last.at if last else None,
    )


def _short(quote: str | None) -> str | None:
    """A quote as it stands beside a fact: at most a long line of it."""
    return quote if quote is None or len(quote) <= _LONGEST else quote[:_LONGEST].rsplit(" ", 1)[0] + " …"
