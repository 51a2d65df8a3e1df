"""The one door: `open_kb(home)` to read a knowledge base, `open_for_writing(home)` to change it.

home/touchstone.toml     settings, if any
home/store.sqlite        the truth
home/index/              a view of it
home/write.lock          held by the one process that writes
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
from filelock import FileLock, Timeout

from kb.alerts import Answer
from kb.amendments import Report
from kb.desk import Desk
from kb.errors import BusyError, HomeMissingError, IndexUnavailableError, SettingsError
from kb.exporters.reference import Reference, reference
from kb.following import Follower
from kb.index import ENGINES, EXTRAS, IndexReader, IndexWriter
from kb.index.engine import EngineFactory
from kb.lists.types import ReadingList, for_readers, lookup_key
from kb.publication import Publication
from kb.relations import Cited, Looked, Noticed, Relation, cited, looked, noticed, relations
from kb.rights import Policy, policy
from kb.search import (
    Filters,
    Matches,
    Query,
    Results,
    Suggestion,
    counts,
    find,
    leading,
    remembered,
    search,
    similar,
    suggest,
)
from kb.semantic import Model, load_model
from kb.settings import Settings, read_settings
from kb.store import QuarantineEntry, Run, Store, copy_store, open_store
from kb.store.accounts import Accounts
from kb.store.amending import Corrections, Reports
from kb.store.curating import ReadingLists
from kb.store.editions import Editions, ReadEditions
from kb.store.tokens import Tokens
from kb.store.watching import Watching
from kb.vocabulary import Vocabulary, load_vocabulary

_WHOLE_LIST = 1_000_000  # bytes; the list of Retraction Watch is tens of megabytes
_REMEMBERED = 4096  # publications whose likes are remembered: a few megabytes


class Health(msgspec.Struct, frozen=True):
    """How the house stands: the index is abreast of the store where the revisions are equal, None where unusable."""

    store_revision: int
    index_revision: int | None
    publications: int


class KnowledgeBase:
    """An open knowledge base for reading. Safe for the threads of one process; open it after a fork."""

    def __init__(self, store: Store, index: IndexReader, vocabulary: Vocabulary, settings: Settings) -> None:
        self._store, self._index = store, index
        self.vocabulary, self.settings, self.editions = vocabulary, settings, ReadEditions(store)
        self._alike: dict[tuple[str, int, int, int], tuple[str, ...]] = {}

    def search(self, query: Query) -> Results:
        """Answer a query; raises `IndexUnavailableError` while there is no usable index."""
        return search(query, self._index, self._store, self.vocabulary)

    def find(self, query: Query) -> Matches:
        """All that a query finds, and not only a page; raises `IndexUnavailableError` as `search` does."""
        return find(query, self._index, self._store, self.vocabulary)

    def leading(self, query: Query, most: int, carrying: Filters = ()) -> tuple[Publication, ...]:
        """The first `most` of what answers a query and carries these; raises `IndexUnavailableError` as `search`."""
        return leading(query, most, carrying, self._index, self._store, self.vocabulary)

    def remembered(self, query: Query) -> Answer:
        """What is remembered of the answer, to be compared with a later one; raises `IndexUnavailableError`."""
        return remembered(query, self._index, self.vocabulary)

    def arrived(self, query: Query, most: int) -> tuple[tuple[Publication, datetime], ...]:
        """Of what answers a query the `most` that came to be here last, the last first, each with that time.

        Raises `IndexUnavailableError`.
        """
        last = self._store.arrived(frozenset(self.find(query).ids), most)
        held = {each.id: each for each in self._store.publications(tuple(last))}
        return tuple((held[id], at) for id, at in last.items() if id in held)

    def counts(self, each_filters: Sequence[Filters]) -> tuple[int, ...]:
        """How many publications carry what each of these filters asks; raises `IndexUnavailableError` as `search`."""
        return counts(each_filters, self._index)

    def suggest(self, typed: str) -> tuple[Suggestion, ...]:
        """Concepts that what is being typed may become; raises `IndexUnavailableError` as `search` does."""
        return suggest(typed, self._index, self.vocabulary)

    def similar(self, publication: Publication, most: int = 5) -> tuple[Publication, ...]:
        """The publications most like this one; raises `IndexUnavailableError` as `search` does.

        The ids are remembered while publication and index stay as they are: to find them takes as long as a search
        of twenty words, and every page of a publication shows them.
        """
        key = (publication.id, publication.revision, self._index.revision, most)
        if key not in self._alike and len(self._alike) >= _REMEMBERED:
            self._alike.clear()
        ids = self._alike.get(key) or similar(publication, self._index, most)
        self._alike[key] = ids
        return tuple(self._store.publications(ids))

    def publication(self, id: str) -> Publication:
        """The publication `id`; raises `PublicationNotFoundError`. Needs no index."""
        return self._store.publication(id)

    def shown(self, publication: Publication) -> Policy:
        """How much of the abstract its page may show: all, unless strangers see the pages."""
        return policy(publication, self.settings.rights) if self.settings.public else "full"

    def released(self, publication: Publication) -> Reference:
        """The publication as it may leave: what exports hold, and what a page tells to programs."""
        return reference(publication, self.settings.rights)

    def relations(self, publication: Publication) -> tuple[Relation, ...]:
        """Its other versions, and the other papers of its study. Needs no index."""
        return relations(publication, self._store)

    def cited(self, publication: Publication, without: Collection[str] = ()) -> Cited:
        """The studies held that a review cites, and the reviews held that cite it; `without` is told elsewhere."""
        return cited(publication, self._store, without)

    def noticed(self, publication: Publication) -> tuple[Noticed, ...]:
        """Its notices, each with the source that carries it and the day on which that was fetched."""
        return noticed(publication, self._store.fetched(publication.id)) if publication.record.notices else ()

    def looked(self, publication: Publication) -> tuple[Looked, ...]:
        """The sources that would have told of a retraction, each with its day.

        The Retraction Watch list is among them only if it was fetched after the publication came to be here: a list
        adds to what is held, and says nothing of what comes later. It names papers by DOI and PMID; and what is
        shorter than `_WHOLE_LIST` is an extract, whose silence says nothing.
        """
        listed, founded = self._store.listed("retraction_watch", _WHOLE_LIST), self._store.founded(publication.id)
        named = publication.record.value_of("doi") or publication.record.value_of("pmid")
        compared = listed if named and listed and founded and founded <= listed.at else None
        return looked(publication, self._store.fetched(publication.id), compared)

    def publications(self, ids: Sequence[str] | None = None) -> Iterator[Publication]:
        """The publications with these ids in their order, or every one in the order of the ids; read as they are taken.

        An id that is not held any more is passed over.
        """
        return self._store.publications(self._store.ids() if ids is None else ids)

    def lists(self, *, whole: bool = False) -> tuple[ReadingList, ...]:
        """The reading lists that have readers, in the order of their titles: public and unlisted ones, as readers
        see them, without private notes. `whole` are all of them with all that is in them, for who keeps the house.
        """
        every = self._store.lists()
        return every if whole else tuple(for_readers(each) for each in every if each.visibility != "private")

    def listed(self, reading_list: ReadingList) -> dict[str, Publication]:
        """The publications of a list that are held, by lookup key (`kb.lists.lookup_key`)."""
        ids = self._store.named({lookup_key(each.study) for each in reading_list.items})
        held = {each.id: each for each in self._store.publications(sorted(set(ids.values())))}
        return {key: held[id] for key, id in ids.items() if id in held}

    def reports(self, publication: str) -> tuple[Report, ...]:
        """What readers reported of a publication, the latest first."""
        return self._store.reports(publication)

    def runs(self, most: int) -> tuple[Run, ...]:
        """The last `most` runs of ingest jobs, the latest first."""
        return self._store.runs(most)

    def quarantined(self) -> tuple[QuarantineEntry, ...]:
        """What could not be read and waits."""
        return self._store.quarantined()

    @property
    def revision(self) -> int:
        """The store's revision."""
        return self._store.revision

    def count(self) -> int:
        """How many publications are held."""
        return self._store.count()

    def health(self) -> Health:
        """Revisions of store and index, and the number of publications."""
        try:
            indexed = self._index.revision
        except IndexUnavailableError:
            indexed = None
        return Health(self._store.revision, indexed, self._store.count())

    def close(self) -> None:
        """Let go of store and index."""
        self._index.close()
        self._store.close()


class WritableKnowledgeBase(msgspec.Struct, frozen=True):
    """What an ingest job works on: the store, the vocabulary, and the index that follows the store."""

    home: Path
    store: Store
    vocabulary: Vocabulary
    index: IndexWriter
    settings: Settings
    rehearsal: bool = False

    def refresh(self, progress: Callable[[int, int], None] | None = None) -> int:
        """Bring the index abreast of the store; returns how many publications were indexed.

        A rehearsal has no index of its own; it tells how many would be.
        """
        if self.rehearsal:
            return len(self.store.changes(self.index.followed()))
        return self.index.refresh(self.store, progress)


def open_kb(home: Path) -> KnowledgeBase:
    """Open the knowledge base in `home` for reading; raises `HomeMissingError` where there is none."""
    settings = read_settings(home)
    index = IndexReader(home / "index", settings.engine, _engine(settings), _model(settings))
    return KnowledgeBase(open_store(home / "store.sqlite"), index, load_vocabulary(), settings)


def open_desk(home: Path, clock: Callable[[], datetime]) -> Desk:
    """What people with an account change, in `home`; raises `HomeMissingError` where there is none.

    It is written beside an ingest run, whose lock it does not need: each change is one short transaction.
    """
    if not (home / "store.sqlite").exists():
        raise HomeMissingError(home)
    store = open_store(home / "store.sqlite", writable=True)
    settings = read_settings(home)
    return Desk(
        store=store,
        accounts=Accounts(store, clock),
        tokens=Tokens(store, clock),
        clock=clock,
        lists=ReadingLists(store, clock),
        editions=Editions(store, clock),
        corrections=Corrections(store, clock),
        reports=Reports(store, clock),
        watching=Watching(store, clock),
        index=Follower(home / "write.lock", store, lambda: _index_writer(home, settings, load_vocabulary())),
        mail=settings.mail,
    )


@contextmanager
def open_for_writing(home: Path, *, create: bool = True) -> Iterator[WritableKnowledgeBase]:
    """Open the knowledge base in `home` for writing, and hold its lock meanwhile.

    Makes the home unless `create` is False (then `HomeMissingError`); raises `BusyError` at once where
    another process writes. The lock is the operating system's: it goes with its process, even a killed one.
    """
    settings = read_settings(home)
    if not create and not (home / "store.sqlite").exists():
        raise HomeMissingError(home)
    home.mkdir(parents=True, exist_ok=True)
    lock = FileLock(home / "write.lock")
    try:
        lock.acquire(blocking=False)
    except Timeout as error:
        raise BusyError(home / "write.lock") from error
    try:
        store = open_store(home / "store.sqlite", writable=True)
        vocabulary = load_vocabulary()
        index = _index_writer(home, settings, vocabulary)
        try:
            yield WritableKnowledgeBase(home, store, vocabulary, index, settings)
        finally:
            store.close()
    finally:
        lock.release()


@contextmanager
def open_for_rehearsal(home: Path) -> Iterator[WritableKnowledgeBase]:
    """A copy of the knowledge base in `home`, to find out what a run would do; the copy is gone afterwards.

    The store in `home` is only read, and another process may be writing it meanwhile.
    """
    settings = read_settings(home)
    vocabulary = load_vocabulary()
    index = _index_writer(home, settings, vocabulary)
    with TemporaryDirectory(prefix="touchstone-rehearsal-") as folder:
        copy = Path(folder) / "store.sqlite"
        if (home / "store.sqlite").exists():
            copy_store(home / "store.sqlite", copy)
        store = open_store(copy, writable=True)
        try:
            yield WritableKnowledgeBase(home, store, vocabulary, index, settings, rehearsal=True)
        finally:
            store.close()


def _index_writer(home: Path, settings: Settings, vocabulary: Vocabulary) -> IndexWriter:
    return IndexWriter(home / "index", settings.engine, _engine(settings), vocabulary, _model(settings))


def _engine(settings: Settings) -> EngineFactory:
    if settings.engine not in ENGINES:
        raise SettingsError(f"engine {settings.engine!r} is none of: {', '.join(ENGINES)}")
    if settings.engine in EXTRAS and find_spec(EXTRAS[settings.engine]) is None:
        wanted = f"pip install touchstone-evidence[{settings.engine}]"
        raise SettingsError(f"engine {settings.engine!r} is not installed here: {wanted}")
    return ENGINES[settings.engine]


def _model(settings: Settings) -> Model | None:
    return load_model() if settings.semantic else None
