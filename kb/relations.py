"""What else there is of a publication: its other versions, the other papers of its study, who cites whom, its notices.

Only what was recorded is told. A machine may say that two records are versions of one work (a preprint, a meeting
abstract, an update); that two publications report one study only a person says, for it decides what is counted twice;
and so it is with what a review includes: a list of references says what is cited, and not what of it was counted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Literal

import msgspec

from kb.extraction import DesignKind
from kb.publication import Publication
from kb.record import Notice, is_retracted
from kb.store import Fetched, Link, Store
from kb.votes import is_study

Kind = Literal["version", "study", "cites", "includes", "cited_by", "included_by"]

MOST = 10  # of those that cite or are cited: more than a reader looks through, and a page stays quick
_REVIEWS: frozenset[DesignKind] = frozenset(("systematic_review", "overview_or_evidence_map", "narrative_review"))
# The formats whose source attaches notices of retraction to a record, and what readers call it. A reference manager's
# export may say "Retracted Publication", but nobody keeps it up to date.
_LISTS: Mapping[str, str] = {
    "pubmed_xml": "PubMed",
    "medline": "PubMed",
    "pubmed_abstract": "PubMed",
    "pubmed_summary": "PubMed",
    "europe_pmc": "Europe PMC",
    "jats": "the article’s own file (JATS)",
    "retraction_watch": "the Retraction Watch list",
}


class Relation(msgspec.Struct, frozen=True):
    """Another publication, and what it is to the first: a version of it, a paper of its study, cited by it, citing it.

    `includes` and `included_by` are `cites` and `cited_by` of which a person said that the review counts the study.
    """

    kind: Kind
    publication: Publication


class Relations(msgspec.Struct, frozen=True):
    """The first few of `total` relations."""

    first: tuple[Relation, ...]
    total: int


class Cited(msgspec.Struct, frozen=True):
    """Of a review the studies held that it cites, and of anything the reviews held that cite it.

    `retracted` of all that a review cites are retracted; of what is no review it is 0, and no studies are told.
    """

    studies: Relations
    reviews: Relations
    retracted: int


class Noticed(msgspec.Struct, frozen=True):
    """A notice, the source whose record carries it, and the day on which that record was fetched."""

    notice: Notice
    source: str
    fetched: date | None


class Looked(msgspec.Struct, frozen=True):
    """A source that attaches notices to its records, by the name readers know, and when its record was fetched.

    What was taken in `by_hand` may be older than that day: when a file was exported nobody knows.
    """

    source: str
    fetched: date | None
    by_hand: bool = False


def relations(publication: Publication, store: Store) -> tuple[Relation, ...]:
    """The other versions of `publication`, then the other papers of its study, as far as they are held."""
    id = publication.id
    links = store.links(id)
    found: dict[str, Kind] = {each.beyond(id): "version" for each in links if each.kind == "version"}
    if any(each.kind == "same" for each in store.links(id, "study")):
        found |= {each: "study" for each in _family(id, store.links(about="study")) if each not in found}
    return tuple(Relation(found[each.id], each) for each in store.publications(tuple(found)))


def cited(publication: Publication, store: Store, without: Collection[str] = ()) -> Cited:
    """Who cites whom, as far as lists of references are known here and both ends are held; `without` is told elsewhere.

    Of what a review cites only that is told which is a study (`kb.votes.is_study`: what else it leans on, methods
    and other reviews, says nothing of its trials), which a person says it includes, or which is retracted. The
    retracted come first (of reviews last), then what a person confirmed, then the latest.
    """
    ours = set(publication.record.includes)
    cites: list[Relation] = []
    retracted = 0
    if _is_review(publication):
        for each in store.publications(store.cited(publication.id)):
            included, gone = not ours.isdisjoint(each.record.identifiers), is_retracted(each.record.notices)
            retracted += gone
            if included or gone or is_study(each):
                cites.append(Relation("includes" if included else "cites", each))
    us = set(publication.record.identifiers)
    reviews = [
        Relation("cited_by" if us.isdisjoint(each.record.includes) else "included_by", each)
        for each in store.publications(store.citing(publication.id, _REVIEWS))
        if _is_review(each)
    ]
    return Cited(_first(cites, without), _first(reviews, without), retracted)


def noticed(publication: Publication, fetched: Mapping[tuple[str, str], Fetched]) -> tuple[Noticed, ...]:
    """The notices of `publication` with their sources; `fetched` says when a record (source, key) was."""
    return tuple(_noticed(each, publication, fetched) for each in publication.record.notices)


def looked(
    publication: Publication, fetched: Mapping[tuple[str, str], Fetched], listed: Fetched | None
) -> tuple[Looked, ...]:
    """The sources that would have told of a retraction of `publication`, each with the last day it was fetched.

    `fetched` is as in `noticed`; `listed` is when the Retraction Watch list was, if this publication was here then.
    """
    found: dict[str, Looked] = {}
    for each in publication.members:
        if (name := _LISTS.get(each.format)) is not None:
            at = fetched.get((each.source, each.key))
            here = Looked(name, at.at.date(), at.by_hand) if at else Looked(name, None)
            found[name] = max(found.get(name, here), here, key=lambda each: each.fetched or date.min)
    if listed is not None:
        name = _LISTS["retraction_watch"]
        found[name] = Looked(name, listed.at.date(), listed.by_hand)
    return tuple(found.values())


def _is_review(publication: Publication) -> bool:
    design = publication.facts.design
    return design is not None and design.state != "disputed" and design.value in _REVIEWS


def _first(relations: Iterable[Relation], without: Collection[str]) -> Relations:
    told = sorted((each for each in relations if each.publication.id not in without), key=_place)
    return Relations(tuple(told[:MOST]), len(told))


def _place(relation: Relation) -> tuple[bool, bool, int, str]:
    """Where it stands: retracted studies are a warning and come first, retracted reviews lead nowhere and come last."""
    record, kind = relation.publication.record, relation.kind
    late = is_retracted(record.notices) == (kind in ("cited_by", "included_by"))
    return (late, kind not in ("includes", "included_by"), -(record.year or 0), relation.publication.id)


def _family(id: str, links: Iterable[Link]) -> Iterator[str]:
    """Whoever is of one study with `id`, also by way of a third; not whom a person held apart from it."""
    said = tuple(links)
    near = {each.beyond(id) for each in said if each.kind == "different" and id in (each.one, each.other)}
    joined = [each for each in said if each.kind == "same"]
    seen, waiting = {id} | near, [id]
    while waiting:
        here = waiting.pop()
        for each in joined:
            if here in (each.one, each.other) and (there := each.beyond(here)) not in seen:
                seen.add(there)
                waiting.append(there)
    return iter(sorted(seen - near - {id}))


def _noticed(notice: Notice, publication: Publication, fetched: Mapping[tuple[str, str], Fetched]) -> Noticed:
    member = next((each for each in publication.members if notice in each.notices), publication.record)
    found = fetched.get((member.source, member.key))
    return Noticed(notice, member.source, found.at.date() if found else None)
