"""The index follows the store: updates, catching up, rebuilding, damage, and readers that are never disturbed."""

from __future__ import annotations

from pathlib import Path
from threading import Thread

import msgspec
import pytest

from kb.base import open_for_writing, open_kb
from kb.errors import IndexUnavailableError
from kb.extraction import Extraction, Finding, Method, Outcome
from kb.facets import VERDICTS, cell_value
from kb.index import ENGINES, EXTRAS, IndexReader, IndexWriter
from kb.index import index as index_module
from kb.index.tree import All, Request, Word
from kb.record import Payload, Record
from kb.search import Query
from kb.store import Store, link, open_store
from kb.tally import tally
from kb.text import stem
from kb.vocabulary import Vocabulary
from kb.votes import Says
from tests.conftest import NOW

PAYLOAD = Payload(source="file", key="invented", body=b"invented", fetched_at=NOW)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = open_store(tmp_path / "store.sqlite", writable=True)
    store.keep(PAYLOAD)
    return store


@pytest.fixture(params=sorted(ENGINES))
def engine(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    if name in EXTRAS:
        pytest.importorskip(EXTRAS[name])
    return name


@pytest.fixture
def writer(tmp_path: Path, vocabulary: Vocabulary, engine: str) -> IndexWriter:
    return IndexWriter(tmp_path / "index", engine, ENGINES[engine], vocabulary)


@pytest.fixture
def reader(tmp_path: Path, engine: str) -> IndexReader:
    return IndexReader(tmp_path / "index", engine, ENGINES[engine])


def put(store: Store, record: Record, number: int, title: str) -> None:
    changed = msgspec.structs.replace(
        record, key=str(number), title=title, identifiers=(), contributors=(), abstract=None
    )
    store.put(changed, publication=f"p-{number}", machine=Extraction(version="1"), payload=PAYLOAD.digest, at=NOW)


def total(reader: IndexReader, word: str | None = None) -> int:
    return reader.search(Request(tree=Word(stem(word)) if word else All()))[0].total


def test_the_index_follows_the_store_by_revision(
    store: Store, writer: IndexWriter, reader: IndexReader, invented: Record
) -> None:
    put(store, invented, 1, "Weavers")
    put(store, invented, 2, "Potters")
    assert writer.refresh(store) == 2
    assert (total(reader), total(reader, "weavers"), reader.revision) == (2, 1, 2)
    put(store, invented, 1, "Dyers")
    assert writer.refresh(store) == 1
    assert (total(reader), total(reader, "weavers"), total(reader, "dyers"), reader.revision) == (2, 0, 1, 3)
    assert writer.refresh(store) == 0
    assert writer.problems(store) == ()


def test_without_an_index_a_reader_says_so(reader: IndexReader) -> None:
    with pytest.raises(IndexUnavailableError, match="no usable index"):
        total(reader)


def test_a_lost_index_is_rebuilt(store: Store, writer: IndexWriter, reader: IndexReader, invented: Record) -> None:
    put(store, invented, 1, "Weavers")
    writer.refresh(store)
    (writer._folder / "CURRENT").unlink()
    assert writer.problems(store) != ()
    assert writer.refresh(store) == 1
    assert total(reader, "weavers") == 1


def test_a_damaged_index_is_rebuilt(
    store: Store, writer: IndexWriter, reader: IndexReader, invented: Record, engine: str
) -> None:
    put(store, invented, 1, "Weavers")
    writer.refresh(store)
    for path in (writer._folder / f"{engine}-000001").iterdir():
        if path.name != "state.json":
            path.write_bytes(b"")
    put(store, invented, 2, "Potters")
    assert writer.refresh(store) == 2
    assert total(reader) == 2
    assert [each.name for each in writer._folder.iterdir() if each.is_dir()] == [f"{engine}-000002"]


def test_an_index_of_another_schema_is_rebuilt(
    store: Store, writer: IndexWriter, reader: IndexReader, invented: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(store, invented, 1, "Weavers")
    writer.refresh(store)
    monkeypatch.setattr(index_module, "SCHEMA", index_module.SCHEMA + 1)
    with pytest.raises(IndexUnavailableError, match="schema"):
        total(reader)
    assert writer.refresh(store) == 1
    assert total(reader, "weavers") == 1


def test_an_index_behind_its_note_catches_up(store: Store, writer: IndexWriter, invented: Record, engine: str) -> None:
    """A crash between the engine's commit and the note: the same changes are applied again."""
    put(store, invented, 1, "Weavers")
    writer.refresh(store)
    note = writer._folder / f"{engine}-000001" / "state.json"
    before = note.read_bytes()
    put(store, invented, 2, "Potters")
    writer.refresh(store)
    note.write_bytes(before)
    assert writer.problems(store) == ("index: holds revision 1 of 2",)
    assert writer.refresh(store) == 1
    assert writer.problems(store) == ()


def test_an_empty_store_has_an_empty_index(store: Store, writer: IndexWriter, reader: IndexReader) -> None:
    writer.refresh(store)
    assert (total(reader), reader.revision) == (0, 0)


def test_readers_are_never_disturbed_by_a_writer(
    store: Store, writer: IndexWriter, reader: IndexReader, invented: Record
) -> None:
    """Eight threads read through updates and rebuilds: every answer is one of a whole revision."""
    for number in range(30):
        put(store, invented, number, f"Weavers {number}")
    writer.refresh(store)
    wrong: list[object] = []
    done = False

    def read() -> None:
        while not done:
            try:
                found, revision = reader.search(Request(tree=Word(stem("weavers"))))
                if found.total - revision not in (0, 1):  # a commit may be seen just before its note
                    wrong.append((found.total, revision))
            except Exception as error:
                wrong.append(error)

    threads = [Thread(target=read) for _ in range(8)]
    for thread in threads:
        thread.start()
    for number in range(30, 50):
        put(store, invented, number, f"Weavers {number}")
        writer.refresh(store) if number % 5 else writer.rebuild(store)
    done = True
    for thread in threads:
        thread.join()
    assert wrong == []


def test_the_papers_of_a_study_are_indexed_together(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """Each number of the tally leads to what it counts, also where one study has two papers that differ."""
    better = Outcome("pain", "down", "between_groups", "pain", polarity="low", comparator="usual_care")
    worse = msgspec.structs.replace(better, change="up")
    with open_for_writing(tmp_path) as kb:
        kb.store.keep(PAYLOAD)
        for id, outcome in (("one", better), ("two", worse), ("apart", better)):
            record = Record(source="invented", key=id, format="medline", title=f"Massage of invented {id}")
            facts = Extraction(
                version="1",
                design=Finding("rct"),
                method=Method(techniques=(Finding("massage_unspecified"),)),
                outcomes=(Finding(outcome),),
            )
            kb.store.put(record, publication=id, machine=facts, payload=PAYLOAD.digest, at=NOW)
        kb.refresh()
        kb.store.link(link("one", "two", "same", "person", "invented", NOW, "study"))
        kb.refresh()
    kb = open_kb(tmp_path)
    (row,) = tally(kb.search(Query()).tally, vocabulary)
    assert (row.better, row.worse, row.mixed) == (1, 0, 1)
    found = {says: kb.find(Query(filters=(("says", cell_value("pain", row.group, says)),))).ids for says in VERDICTS}
    assert set(found[Says.MIXED]) == {"one", "two"}
    assert found[Says.BETTER] == ("apart",)
    assert found[Says.WORSE] == ()
    kb.close()
