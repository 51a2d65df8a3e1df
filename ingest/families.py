"""Publications of one study: proposed here, confirmed by a person.

A trial is reported more than once (main results, follow-up, secondary outcomes, an abstract before), and counting
each report as a study counts its patients twice (Cochrane Handbook 4.6.2: collate reports by registration number,
then authors, numbers of participants, comparators and dose). The machine only proposes. Pure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import combinations

import msgspec

from kb.extraction import Dose, Extraction
from kb.identity import authors, fold, fold_name
from kb.publication import Publication

_REVIEWS = frozenset({"overview_or_evidence_map", "systematic_review", "narrative_review"})
_MANY = 3  # registration numbers from which a publication is about studies, not of one
_YEARS = 10

Pair = tuple[str, str]


class Family(msgspec.Struct, frozen=True):
    """Publications that may report one study, in the order of their ids, and what speaks for it."""

    publications: tuple[str, ...]
    why: str


class _Report(msgspec.Struct, frozen=True):
    id: str
    year: int | None
    registrations: frozenset[str]
    people: tuple[str, ...]
    facts: Extraction


def proposals(publications: Iterable[Publication], settled: Collection[Pair] = ()) -> tuple[Family, ...]:
    """The families among `publications`. Pairs in `settled` (ids in order) were answered by a person already."""
    reports = [each for publication in publications if (each := _report(publication)) is not None]
    registered = {pair: why for pair, why in _by_registration(reports) if pair not in settled}
    alike = {pair: why for pair, why in _by_likeness(reports) if pair not in settled and pair not in registered}
    return tuple(sorted((*_gathered(registered), *_gathered(alike)), key=lambda each: each.publications))


def _report(publication: Publication) -> _Report | None:
    """What is compared of a publication; None of a review, which is of no one study."""
    facts, record = publication.facts, publication.record
    if facts.design is not None and facts.design.value in _REVIEWS:
        return None
    numbers = {each.value for each in record.identifiers if each.scheme == "registration"}
    numbers |= {facts.registration.value} if facts.registration else set()
    told = frozenset(folded for each in numbers if (folded := fold(each).replace(" ", "")))
    people = tuple(name for each in authors(record) if (name := fold_name(each.family)))
    return None if len(told) > _MANY else _Report(publication.id, record.year, told, people, facts)


def _by_registration(reports: Iterable[_Report]) -> Iterator[tuple[Pair, str]]:
    for number, found in _grouped(reports, lambda each: each.registrations).items():
        for one, other in combinations(found, 2):
            yield _pair(one, other), f"registered as {number.upper()}"


def _by_likeness(reports: Iterable[_Report]) -> Iterator[tuple[Pair, str]]:
    for found in _grouped(reports, _sizes).values():
        for one, other in combinations(found, 2):
            if why := _alike(one, other):
                yield _pair(one, other), why


def _sizes(report: _Report) -> Iterator[str]:
    """The number of people with each author: who shares none of these is not compared."""
    n = report.facts.sample.n
    return iter(()) if n is None else (f"{n.value} {name}" for name in set(report.people))


def _alike(one: _Report, other: _Report) -> str | None:
    """What makes two reports with the same n and an author in common alike; None where something speaks against."""
    if one.registrations and other.registrations:
        return None  # the same ones are found by their number; others are other trials
    if one.year is None or other.year is None or abs(one.year - other.year) > _YEARS:
        return None
    shared = set(one.people) & set(other.people)
    if len(shared) < 2 and one.people[0] != other.people[0]:
        return None
    arms, dose = _same_arms(one.facts, other.facts), _same_dose(one.facts.method.dose, other.facts.method.dose)
    if arms is False or dose is False or not (arms or dose):
        return None
    n = one.facts.sample.n
    parts = [f"authors ({', '.join(sorted(shared)[:3])})", f"n = {n.value}" if n else ""]
    return ", ".join((*filter(None, parts), *(["arms"] if arms else []), *(["dose"] if dose else [])))


def _same_arms(one: Extraction, other: Extraction) -> bool | None:
    """Whether the comparators, or else the treatments, agree; None where one states neither."""
    for ours, theirs in (
        ({each.value for each in one.method.comparators}, {each.value for each in other.method.comparators}),
        ({each.value for each in one.method.techniques}, {each.value for each in other.method.techniques}),
    ):
        if ours and theirs:
            return ours <= theirs or theirs <= ours
    return None


def _same_dose(one: Dose, other: Dose) -> bool | None:
    """Whether what both state of the dose agrees; None where they state nothing of the same kind."""
    pairs = ((getattr(one, name), getattr(other, name)) for name in ("minutes", "per_week", "weeks", "sessions"))
    stated = [ours.value == theirs.value for ours, theirs in pairs if ours is not None and theirs is not None]
    return all(stated) if stated else None


def _grouped(reports: Iterable[_Report], keys: Callable[[_Report], Iterable[str]]) -> dict[str, list[_Report]]:
    found: defaultdict[str, list[_Report]] = defaultdict(list)
    for each in reports:
        for key in keys(each):
            found[key].append(each)
    return found


def _pair(one: _Report, other: _Report) -> Pair:
    first, second = sorted((one.id, other.id))
    return first, second


def _gathered(pairs: dict[Pair, str]) -> Iterator[Family]:
    """One family a connected set of pairs; the reason is that of its first pair."""
    family: dict[str, set[str]] = {}
    for one, other in pairs:
        joined = family.get(one, {one}) | family.get(other, {other})
        for each in joined:
            family[each] = joined
    for members in {tuple(sorted(each)) for each in family.values()}:
        yield Family(members, next(why for pair, why in sorted(pairs.items()) if pair[0] in members))
