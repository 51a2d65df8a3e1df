"""The dose explorer: how much treatment each study gave, beside which way one outcome went.

A table to look things up in. Studies differ in much more than their dose, so that nothing about dose and effect follows
from it. What an abstract does not state is counted and never filled in.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from kb.extraction import Dose, Method
from kb.publication import Publication
from kb.vocabulary import Vocabulary
from kb.votes import Says, verdict, votes


class Dosed(msgspec.Struct, frozen=True):
    """A study: its dose, and its verdict on the outcome; none (0) where the outcome has no vote, as a marker."""

    publication: Publication
    dose: Dose
    says: Says


class Doses(msgspec.Struct, frozen=True):
    """The studies that state minutes or a number of sessions, the fewest sessions first; and how many state what."""

    rows: tuple[Dosed, ...]
    studies: int
    minutes: int
    sessions: int
    both: int

    @property
    def neither(self) -> int:
        """How many state neither."""
        return self.studies - len(self.rows)


def doses(publications: Iterable[Publication], outcome: str, vocabulary: Vocabulary) -> Doses:
    """The doses of studies that speak of `outcome`, the id of a domain (`kb.votes.domain`)."""
    told = [Dosed(each, dose_given(each.facts.method), _says(each, outcome, vocabulary)) for each in publications]
    rows = sorted((each for each in told if each.dose.minutes or each.dose.sessions), key=_place)
    minutes = sum(each.dose.minutes is not None for each in rows)
    sessions = sum(each.dose.sessions is not None for each in rows)
    return Doses(tuple(rows), len(told), minutes, sessions, minutes + sessions - len(rows))


def dose_given(method: Method) -> Dose:
    """The study's dose; where its groups had different ones, that of its one treated group."""
    treated = [each.value.dose for each in method.arms if each.value.role == "intervention"]
    return treated[0] if method.dose == Dose() and len(treated) == 1 else method.dose


def _says(publication: Publication, outcome: str, vocabulary: Vocabulary) -> Says:
    """One verdict of a study on the outcome, whatever it was compared with."""
    said = Says(0)
    for vote in votes(publication, vocabulary):
        if vote.cell.outcome == outcome:
            said |= vote.says
    return verdict(said)


def _place(each: Dosed) -> tuple[float, float, str]:
    """By sessions, then minutes; what is not stated comes last."""
    sessions, minutes = each.dose.sessions, each.dose.minutes
    unstated = float("inf")
    return sessions.value if sessions else unstated, minutes.value if minutes else unstated, each.publication.id
