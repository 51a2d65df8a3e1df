"""What the pages need of the knowledge base: `kb.open_kb` returns one, the tests bring a small one of their own."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Protocol

from kb.alerts import Answer
from kb.amendments import Report
from kb.exporters.reference import Reference
from kb.lists import ReadingList
from kb.lists.editions import Edition, Named
from kb.publication import Publication
from kb.relations import Cited, Looked, Noticed, Relation
from kb.rights import Policy
from kb.search import Filters, Matches, Query, Results, Suggestion
from kb.vocabulary import Vocabulary


class Health(Protocol):
    """The state of store and index. An index revision of None: there is no index to answer from."""

    @property
    def store_revision(self) -> int: ...
    @property
    def index_revision(self) -> int | None: ...
    @property
    def publications(self) -> int: ...


class Editions(Protocol):
    """The editions of reading lists."""

    def of_list(self, list: str) -> tuple[Named, ...]:
        """The editions of a list, the newest first."""
        ...

    def read(self, list: str, name: str) -> Edition | None:
        """An edition whole."""
        ...

    def page(self, list: str, name: str) -> bytes | None:
        """The page of an edition, as it was made."""
        ...

    def came_since(self, publications: Collection[str], revision: int) -> int:
        """How many of these publications came to be here after `revision`."""
        ...


class KnowledgeBase(Protocol):
    """The reading half of the one door."""

    @property
    def vocabulary(self) -> Vocabulary: ...
    @property
    def revision(self) -> int: ...
    @property
    def editions(self) -> Editions: ...

    def search(self, query: Query) -> Results:
        """Answer `query`. Raises `IndexUnavailableError`."""
        ...

    def find(self, query: Query) -> Matches:
        """The ids of all that `query` finds. Raises `IndexUnavailableError`."""
        ...

    def leading(self, query: Query, most: int, carrying: Filters = ()) -> tuple[Publication, ...]:
        """The first `most` of what answers `query` and carries these filters. Raises `IndexUnavailableError`."""
        ...

    def remembered(self, query: Query) -> Answer:
        """What is remembered of the answer, to be compared with a later one. Raises `IndexUnavailableError`."""
        ...

    def arrived(self, query: Query, most: int) -> tuple[tuple[Publication, datetime], ...]:
        """Of what answers `query` those that came to be here last, with that time. Raises `IndexUnavailableError`."""
        ...

    def counts(self, each_filters: Sequence[Filters]) -> tuple[int, ...]:
        """How many publications carry what each of these filters asks. Raises `IndexUnavailableError`."""
        ...

    def suggest(self, typed: str) -> tuple[Suggestion, ...]:
        """Concepts that the end of what is being typed may become. Raises `IndexUnavailableError`."""
        ...

    def publications(self, ids: Sequence[str]) -> Iterable[Publication]:
        """The publications of these ids in their order."""
        ...

    def publication(self, id: str) -> Publication:
        """The publication of this id. Raises `PublicationNotFoundError`."""
        ...

    def shown(self, publication: Publication) -> Policy:
        """How much of the abstract its page may show."""
        ...

    def released(self, publication: Publication) -> Reference:
        """The publication as it may leave the installation."""
        ...

    def similar(self, publication: Publication, most: int = 5) -> tuple[Publication, ...]:
        """The publications most like this one. Raises `IndexUnavailableError`."""
        ...

    def relations(self, publication: Publication) -> tuple[Relation, ...]:
        """Its other versions, and the other papers of its study."""
        ...

    def cited(self, publication: Publication, without: Collection[str] = ()) -> Cited:
        """The studies that a review cites, and the reviews that cite it; `without` is told elsewhere."""
        ...

    def noticed(self, publication: Publication) -> tuple[Noticed, ...]:
        """Its notices, each with the source that carries it and the day on which that was fetched."""
        ...

    def looked(self, publication: Publication) -> tuple[Looked, ...]:
        """The sources that would have told of a retraction, each with the day on which it was fetched."""
        ...

    def lists(self) -> tuple[ReadingList, ...]:
        """The public and unlisted reading lists as readers see them, in the order of their titles."""
        ...

    def listed(self, reading_list: ReadingList) -> dict[str, Publication]:
        """The publications of a list that are held, by lookup key."""
        ...

    def reports(self, publication: str) -> tuple[Report, ...]:
        """What readers reported of a publication, the latest first."""
        ...

    def count(self) -> int:
        """How many publications are held: the denominator of every total."""
        ...

    def health(self) -> Health: ...
    def close(self) -> None: ...
