"""The store's promises: idempotent puts, numbered changes, nothing lost, no half transactions."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory

from kb.errors import HomeMissingError, PublicationNotFoundError, SchemaMismatchError, StoreError
from kb.extraction import Extraction, Finding, Sample
from kb.record import Payload, Record
from kb.store import Change, Put, Store, copy_store, open_store
from kb.store.tables import SCHEMA
from tests.conftest import NOW

PAYLOAD = Payload(source="file", key="invented.nbib", body=b"PMID- 990000001", fetched_at=NOW, format="medline")
READING = Extraction(version="1", sample=Sample(n=Finding(40, 9, 14, "sample:total")))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "home" / "store.sqlite"


@pytest.fixture
def store(path: Path) -> Store:
    store = open_store(path, writable=True)
    store.keep(PAYLOAD)
    return store


def put(store: Store, record: Record, machine: Extraction = READING, id: str = "weaver-2011") -> Put:
    return store.put(record, publication=id, machine=machine, payload=PAYLOAD.digest, at=NOW)


def test_a_put_is_idempotent_by_content(store: Store, invented: Record) -> None:
    assert put(store, invented) == Put(Change.CREATED, "weaver-2011", 1)
    assert put(store, invented) == Put(Change.UNCHANGED, "weaver-2011", 1)
    assert put(store, msgspec.structs.replace(invented, volume="4")) == Put(Change.UPDATED, "weaver-2011", 2)
    assert store.revision == 2
    assert store.count() == 1


def test_another_reading_of_the_same_record_is_a_change(store: Store, invented: Record) -> None:
    put(store, invented)
    assert put(store, invented, Extraction(version="2")).change is Change.UPDATED
    assert store.reread("weaver-2011", Extraction(version="2"), NOW).change is Change.UNCHANGED
    assert store.reread("weaver-2011", READING, NOW) == Put(Change.UPDATED, "weaver-2011", 3)


def test_what_is_put_is_read_back(store: Store, invented: Record) -> None:
    put(store, invented)
    publication = store.publication("weaver-2011")
    assert publication.record == invented
    assert publication.members == (invented,)
    assert publication.machine == publication.facts == READING
    assert publication.quote(publication.facts.sample.n) == invented.abstract[9:14]


def test_changes_name_each_publication_once_with_its_last_revision(store: Store, invented: Record) -> None:
    other = msgspec.structs.replace(invented, key="990000002", title="Another invented title", identifiers=())
    put(store, invented)
    put(store, other, id="weaver-2011-other")
    put(store, msgspec.structs.replace(invented, volume="4"))
    assert store.changes(0) == ((2, "weaver-2011-other"), (3, "weaver-2011"))
    assert store.changes(2) == ((3, "weaver-2011"),)
    assert store.changes(3) == ()


def test_a_record_is_recognised_by_identifier_and_by_citation(store: Store, invented: Record) -> None:
    put(store, invented)
    cited = msgspec.structs.replace(
        invented, source="citation", key="c", identifiers=(), title="MASSAGE OF THE LOWER BACK in invented weavers."
    )
    assert store.recognised(cited) == ("weaver-2011",)
    by_doi = msgspec.structs.replace(cited, title="Else", identifiers=invented.identifiers[1:])
    assert store.recognised(by_doi) == ("weaver-2011",)
    strange = msgspec.structs.replace(cited, title="Sleep of invented dyers after a long day", pages="77-80")
    assert store.recognised(strange) == ()
    assert store.candidates(cited) == {"weaver-2011": (invented,)}


def test_those_that_share_most_come_first_and_a_key_of_many_tells_nothing(store: Store, invented: Record) -> None:
    fields = {"identifiers": (), "title": "Massage of the lower back in invented weavers"}
    for number in range(30):
        crowd = msgspec.structs.replace(invented, key=str(number), pages=f"{number + 1}", **fields)
        put(store, crowd, id=f"w{number:02}")
    found = store.recognised(msgspec.structs.replace(invented, key="new", pages="17-20", **fields))
    assert found[0] == "w16"
    assert len(found) == 20
    tail = "Notes on an afternoon spent at the mill: massage of the lower back in invented weavers"
    assert store.recognised(msgspec.structs.replace(invented, key="new", identifiers=(), title=tail, pages="99")) == ()


def test_two_records_of_one_publication_are_merged_when_read(store: Store, invented: Record) -> None:
    cited = msgspec.structs.replace(
        invented, source="citation", key="c", format="citation_text", volume="30", commentary=("A colleague's talk.",)
    )
    put(store, cited)
    put(store, invented)
    publication = store.publication("weaver-2011")
    assert publication.record.volume == "3"
    assert publication.record.commentary == ("A colleague's talk.",)
    assert {each.field: each.source for each in publication.sources}["volume"] == "pubmed"


def test_payloads_are_kept_as_received(store: Store) -> None:
    store.keep(PAYLOAD)
    assert store.payload(PAYLOAD.digest) == PAYLOAD


def test_quarantine_holds_what_failed_until_it_is_mended(store: Store) -> None:
    for reason in ("no PMID", "still no PMID"):
        store.quarantine(payload=PAYLOAD.digest, key="record 1", reason=reason, remedy="Add it.", at=NOW)
    (entry,) = store.quarantined()
    assert (entry.payload_key, entry.key, entry.reason) == ("invented.nbib", "record 1", "still no PMID")
    store.mended(PAYLOAD.digest, NOW)
    assert store.quarantined() == ()


def test_a_store_that_is_not_there_is_not_made_by_a_reader(path: Path) -> None:
    with pytest.raises(HomeMissingError):
        open_store(path)
    assert not path.exists()


def test_a_file_that_is_no_store_is_refused_clearly(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"this is not a database, but some text that is long enough" * 20)
    with pytest.raises(StoreError, match="not a database"):
        open_store(path)


def test_another_versions_schema_is_refused_to_readers(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"")
    with pytest.raises(SchemaMismatchError):
        open_store(path)


def test_readers_cannot_write(store: Store, path: Path, invented: Record) -> None:
    with pytest.raises(StoreError, match="readonly"):
        put(open_store(path), invented)


def test_a_failed_put_leaves_nothing_behind(store: Store, invented: Record) -> None:
    with pytest.raises(StoreError, match="FOREIGN KEY"):
        store.put(invented, publication="weaver-2011", machine=READING, payload="no such payload", at=NOW)
    assert (store.revision, store.count(), store.changes(0)) == (0, 0, ())


def test_unknown_publications_are_named(store: Store) -> None:
    with pytest.raises(PublicationNotFoundError, match="weaver-1911"):
        store.publication("weaver-1911")


def test_a_changed_record_body_is_found(store: Store, invented: Record, path: Path) -> None:
    put(store, invented)
    assert store.problems() == ()
    import sqlite3

    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE record SET body = replace(body, 'Forty', 'Fifty')")
    connection.close()
    assert store.problems() == ("record 990000001: its content does not agree with its digest",)


def test_the_migrations_lead_to_the_schema_in_the_tables() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parents[2] / "kb/store/migrations"))
    assert ScriptDirectory.from_config(config).get_current_head() == SCHEMA


def test_migrated_and_declared_tables_are_the_same(store: Store) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from kb.store.tables import metadata

    with store._engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
        made = dict(connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'table'").all())
    assert all("STRICT" in made[name] for name in metadata.tables)


def test_writes_together_are_there_all_or_not_at_all(store: Store, invented: Record) -> None:
    with store.together():
        put(store, invented)
        assert store.count() == 1  # what is written is seen within
    revision = store.revision
    with pytest.raises(StoreError), store.together():  # noqa: PT012  (the first write is what must be undone)
        put(store, msgspec.structs.replace(invented, key="990000002", title="Another"), id="another")
        store.put(invented, publication="weaver-2011", machine=Extraction(version="9"), payload="none such", at=NOW)
    assert (store.count(), store.revision) == (1, revision)


@pytest.mark.parametrize("name", ["a#b", "a?b", "a%41b", "a b", "a?mode=memory", "ä&c;d"])
def test_a_home_may_have_any_name(name: str, tmp_path: Path, invented: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    """A path is no address: what means something in one is a letter in the other."""
    monkeypatch.chdir(tmp_path)
    home = Path(name)
    store = open_store(home / "store.sqlite", writable=True)
    store.keep(PAYLOAD)
    put(store, invented)
    store.close()
    copy_store(home / "store.sqlite", tmp_path / "copy.sqlite")
    for path in (home / "store.sqlite", (home / "store.sqlite").absolute(), tmp_path / "copy.sqlite"):
        read = open_store(path)
        assert read.ids() == ("weaver-2011",)
        read.close()
    assert sorted(each.name for each in tmp_path.iterdir()) == sorted(["copy.sqlite", name])
    assert (home / "store.sqlite").is_file()
