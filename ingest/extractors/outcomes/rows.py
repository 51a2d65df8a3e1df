"""A claim as rows of the ledger, each with the words that say it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import msgspec

from ingest.extractors.outcomes import figures
from ingest.extractors.outcomes.arms import comparator, versus, whose
from ingest.extractors.outcomes.basis import Ground
from ingest.extractors.outcomes.measures import Known, measure
from ingest.extractors.outcomes.phrases import Clause, Token
from ingest.extractors.outcomes.places import Claim
from ingest.extractors.outcomes.times import Schedule, timepoint
from kb.extraction import Arm, Change, Finding, Outcome, Timepoint

_LONGEST_QUOTE = 400
_CHANGES: dict[str, Change] = {"up": "up", "down": "down", "none": "none"}
_ASIDE = re.compile(r"\s?[(\[][^()\[\]]{1,60}[)\]]")

Name = tuple[Token, ...]


class Reading(NamedTuple):
    """A sentence to read: `abstract[start:end]`, with the study's arms, the known measures,
    treatments' spans, the plan of measurements and when things were measured where the sentence does not say;
    `letters` are the short names of groups, in lower case.
    """

    abstract: str
    start: int
    end: int
    arms: tuple[Arm, ...]
    known: tuple[Known, ...]
    treatments: tuple[tuple[int, int], ...] = ()
    plan: Schedule = Schedule()
    otherwise: Timepoint = "not_stated"
    letters: frozenset[str] = frozenset()


def rows(
    reading: Reading, clause: Clause, claim: Claim, names: tuple[Name, ...], span: tuple[int, int], on: Ground
) -> Iterator[Finding[Outcome]]:
    """The rows of a claim, told in `abstract[span]`: one a name, and one a group where each has its own "in"."""
    text, until = reading.abstract, span[1]
    compared = on.basis == "between_groups"
    other = versus(text, clause.start, clause.end) or versus(text, reading.start, reading.end) if compared else None
    against = text[other[0] : other[1]] if other else None
    mutual = compared and ("differs" in (claim.sense, claim.cue.sense) or claim.cue.part == "same")
    groups = () if mutual else whose(text, clause, claim.at, until, other)[: 1 if compared else None]
    groups = tuple(each for each in groups if against is None or each.casefold() != against.casefold())
    told = Outcome(
        name="",
        change=_CHANGES.get(claim.sense, "not_stated"),
        basis=on.basis,
        said="improved" if claim.sense == "improved" else "worsened" if claim.sense == "worsened" else None,
        versus=against,
        comparator=comparator(against, reading.arms) if compared else None,
        timepoint=timepoint(
            (text[span[0] : until], text[clause.start : clause.end], text[reading.start : reading.end]), reading.plan
        )
        or reading.otherwise,
    )
    for name, stop in zip(names, [*(each[0].start for each in names[1:]), until], strict=True):
        named = _named(reading, told, name, (max(name[-1].end, span[0]), stop), span)
        start, end = _quote(reading, clause, name, on)
        for group in groups or (None,):
            row = msgspec.structs.replace(named, arm=group)
            yield Finding(row, start, end, f"outcome:{claim.rule}+{on.rule}")


def _named(reading: Reading, told: Outcome, name: Name, behind: tuple[int, int], span: tuple[int, int]) -> Outcome:
    """`told` of one name. Its figures stand right `behind` it, or else in what is left of the claim's `span`."""
    text, last = reading.abstract, max(each.end for each in name)
    near, wide = text[behind[0] : behind[1]], text[behind[0] : span[1]]
    measured = measure([(each.word, each.start, each.end) for each in name], reading.known, _aside(text, last))
    return msgspec.structs.replace(
        told,
        name=_written(text, name),
        concept=measured.concept,
        instrument=measured.instrument,
        polarity=measured.polarity,
        means=figures.means(near, wide),
        p=figures.figure(figures.P, near, wide),
        interval=figures.figure(figures.INTERVAL, near, wide),
        effect=figures.figure(figures.EFFECT, near, wide),
    )


def _quote(reading: Reading, clause: Clause, name: Name, on: Ground) -> tuple[int, int]:
    """The sentence, or the clause of a very long one; from the name on where an earlier sentence names it."""
    long = reading.end - reading.start > _LONGEST_QUOTE and not on.outside
    start, end = (clause.start, clause.end) if long else (reading.start, reading.end)
    start, end = min(start, *(each.start for each in name)), max(end, *(each.end for each in name))
    while reading.abstract[end - 1] in " ,;":
        end -= 1
    return start, end


def _written(text: str, name: Name) -> str:
    """The name as written: its words, with the text's own joints where they stand side by side."""
    written = text[name[0].start : name[0].end]
    for left, right in pairwise(name):
        written += ("" if left.end == right.start else " ") + text[right.start : right.end]
    return written


def _aside(text: str, end: int) -> tuple[int, int]:
    """The span of the brackets right behind a name, or an empty one."""
    found = _ASIDE.match(text, end)
    return found.span() if found else (end, end)
