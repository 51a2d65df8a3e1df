"""Publications beside this one, a few lines each: alike, another version of it, another paper of its study."""

from __future__ import annotations

import msgspec

from kb.errors import IndexUnavailableError
from kb.publication import Publication
from kb.relations import Kind
from kb.rights import told
from kb.vocabulary import Design
from kb.wording import authors
from web.card import design, notice_name, size
from web.port import KnowledgeBase

_MOST = 5
RELATIONS: dict[Kind, str] = {
    "version": "Another version of this publication: a preprint, a meeting abstract or an update.",
    "study": "Another paper of the same study. A person confirmed it.",
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
    what: str | None = None


class Neighbours(msgspec.Struct, frozen=True):
    """`related` are recorded; `similar` is None while there is no index to ask."""

    related: tuple[Nearby, ...]
    similar: tuple[Nearby, ...] | None


def neighbours(publication: Publication, kb: KnowledgeBase) -> Neighbours:
    """What stands beside `publication`; what is related is not told again as similar."""
    relations = kb.relations(publication)
    related = tuple(_nearby(each.publication, kb, RELATIONS[each.kind]) for each in relations)
    shown = {publication.id, *(each.id for each in related)}
    try:
        alike = kb.similar(publication, _MOST + len(related))
    except IndexUnavailableError:
        return Neighbours(related, None)
    return Neighbours(related, tuple(_nearby(each, kb) for each in alike if each.id not in shown)[:_MOST])


def _nearby(publication: Publication, kb: KnowledgeBase, what: str | None = None) -> Nearby:
    record, vocabulary = publication.record, kb.vocabulary
    return Nearby(
        id=publication.id,
        title=record.title,
        authors=authors(record.contributors, 3),
        container=record.container_abbreviation or record.container,
        year=record.year,
        design=design(publication, vocabulary),
        size=size(told(publication.facts, kb.shown(publication))),
        notices=tuple(dict.fromkeys(notice_name(each) for each in record.notices)),
        what=what,
    )
