"""Publications beside this one, a few lines each: another version of it, another paper of its study, the studies a
review cites and the reviews that cite it, and those alike.
"""

from __future__ import annotations

import msgspec

from kb.errors import IndexUnavailableError
from kb.publication import Publication
from kb.record import Identifier
from kb.relations import Kind, Relation, Relations
from kb.rights import told
from kb.vocabulary import Design
from kb.wording import authors
from web.card import design, notice_name, size
from web.port import KnowledgeBase

_MOST = 5
_LINKS = ("doi", "pmcid", "pmid")
RELATIONS: dict[Kind, str | None] = {
    "version": "Another version of this publication: a preprint, a meeting abstract or an update.",
    "study": "Another paper of the same study. A person confirmed it.",
    "cites": None,  # the heading says it
    "cited_by": None,
    "includes": "A person confirmed that this review includes it.",
    "included_by": "A person confirmed that it includes this publication.",
}


class Nearby(msgspec.Struct, frozen=True, kw_only=True):
    """A publication in short; None is "not stated". `what` says what it is to the one beside which it stands."""

    id: str
    title: str
    authors: str | None
    container: str | None
    year: int | None
    design: Design | None
    size: str | None
    notices: tuple[str, ...]
    only_cited: bool
    link: Identifier | None
    what: str | None = None


class Listed(msgspec.Struct, frozen=True):
    """Those that are shown, how many more there are, and whether a person confirmed any that is shown."""

    shown: tuple[Nearby, ...]
    more: int
    total: int
    confirmed: bool


class Neighbours(msgspec.Struct, frozen=True, kw_only=True):
    """`related` are recorded; `similar` is None while there is no index to ask.

    `studies` are what a review cites, `retracted` of all that are retracted; `reviews` are what cites the publication.
    """

    related: tuple[Nearby, ...]
    studies: Listed
    reviews: Listed
    retracted: int
    similar: tuple[Nearby, ...] | None


def neighbours(publication: Publication, kb: KnowledgeBase) -> Neighbours:
    """What stands beside `publication`, each once: what is related is not told again as cited, nor that as similar."""
    related = tuple(_related(each, kb) for each in kb.relations(publication))
    cited = kb.cited(publication, {each.id for each in related})
    studies, reviews = _listed(cited.studies, kb), _listed(cited.reviews, kb)
    shown = {publication.id, *(each.id for each in (*related, *studies.shown, *reviews.shown))}
    return Neighbours(
        related=related,
        studies=studies,
        reviews=reviews,
        retracted=cited.retracted,
        similar=_similar(publication, kb, shown),
    )


def _similar(publication: Publication, kb: KnowledgeBase, shown: set[str]) -> tuple[Nearby, ...] | None:
    try:
        alike = kb.similar(publication, _MOST + len(shown) - 1)
    except IndexUnavailableError:
        return None
    return tuple(nearby(each, kb) for each in alike if each.id not in shown)[:_MOST]


def _listed(relations: Relations, kb: KnowledgeBase) -> Listed:
    shown = tuple(_related(each, kb) for each in relations.first)
    confirmed = any(each.kind in ("includes", "included_by") for each in relations.first)
    return Listed(shown, relations.total - len(shown), relations.total, confirmed)


def _related(relation: Relation, kb: KnowledgeBase) -> Nearby:
    return nearby(relation.publication, kb, RELATIONS[relation.kind])


def nearby(publication: Publication, kb: KnowledgeBase, what: str | None = None) -> Nearby:
    """`publication` in short; `what` says what it is to the one beside which it stands."""
    record, vocabulary = publication.record, kb.vocabulary
    return Nearby(
        id=publication.id,
        title=record.title,
        authors=authors(record.contributors, 3),
        container=record.container_abbreviation or record.container,
        year=record.year,
        design=design(publication, vocabulary),
        size=size(told(publication.facts, kb.shown(publication))),
        only_cited=publication.only_cited,
        link=next((each for scheme in _LINKS for each in record.identifiers if each.scheme == scheme), None),
        notices=tuple(dict.fromkeys(notice_name(each) for each in record.notices)),
        what=what,
    )
