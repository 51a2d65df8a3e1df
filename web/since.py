"""What a list's page tells of its editions: which there are, and what is new since the newest."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import msgspec

from kb.errors import IndexUnavailableError
from kb.lists import Item, ReadingList, identifier_of, lookup_key
from kb.lists.editions import Named, since
from kb.publication import Publication
from kb.search import Query
from kb.wording import concept_name
from web.port import KnowledgeBase
from web.readback import url_of


class Titled(msgspec.Struct, frozen=True):
    """A publication or item by its title, or by what an item calls it, and where it is; None where that is unknown."""

    title: str
    link: str | None


class News(msgspec.Struct, frozen=True):
    """What is new since an edition; `more` studies came on `topics`, which `url` searches."""

    edition: Named
    retracted: tuple[Titled, ...]
    corrected: tuple[Titled, ...]
    added: tuple[Titled, ...]
    removed: tuple[Titled, ...]
    more: int | None
    topics: str
    url: str | None

    @property
    def anything(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.retracted or self.corrected or self.added or self.removed or self.more)


def news(reading_list: ReadingList, kb: KnowledgeBase) -> News | None:
    """What is new since the newest edition of a list; None where it has none."""
    newest = next(iter(kb.editions.of_list(reading_list.id)), None)
    edition = kb.editions.read(reading_list.id, newest.name) if newest else None
    if edition is None:
        return None
    held = kb.listed(edition.reading_list) | kb.listed(reading_list)
    query = same_question(reading_list, kb)
    listed = {each.id for each in held.values()}
    found = since(edition, reading_list, held, _more(query, listed, edition.named.revision, kb))
    concepts = (kb.vocabulary.concept(each) for each in reading_list.topics)
    return News(
        edition=edition.named,
        retracted=tuple(map(_publication, found.retracted)),
        corrected=tuple(map(_publication, found.corrected)),
        added=tuple(_item(each, held) for each in found.added),
        removed=tuple(_item(each, held) for each in found.removed),
        more=found.more,
        topics=", ".join(concept_name(each.id, kb.vocabulary) for each in concepts if each),
        url=url_of(msgspec.structs.replace(query, sort="newest")) if query else None,
    )


def same_question(reading_list: ReadingList, kb: KnowledgeBase) -> Query | None:
    """The studies on a list's topics: of one kind any of them, of two kinds both."""
    concepts = [each for topic in reading_list.topics if (each := kb.vocabulary.concept(topic))]
    filters = tuple((each.kind, each.id) for each in concepts)
    return Query(filters=(*filters, ("counted", "yes"))) if filters else None


def _more(query: Query | None, listed: Collection[str], revision: int, kb: KnowledgeBase) -> int | None:
    """How many came of what answers `query`, beside those that are listed."""
    try:
        found = [each for each in kb.find(query).ids if each not in listed] if query else None
    except IndexUnavailableError:
        return None
    return kb.editions.came_since(found, revision) if found is not None else None


def _publication(publication: Publication) -> Titled:
    return Titled(publication.record.title, f"/publications/{publication.id}")


def _item(item: Item, held: Mapping[str, Publication]) -> Titled:
    if (publication := held.get(lookup_key(item.study))) is not None:
        return _publication(publication)
    known = identifier_of(item.study)
    return Titled(item.study, known.url if known else None)
