"""The meanings of an index follow the store, whenever the extra came; with the real model, where it is installed."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from kb.extraction import Extraction
from kb.index import ENGINES, IndexReader, IndexWriter
from kb.record import Payload, Record
from kb.semantic import Model, load_model
from kb.store import Store, open_store
from kb.vocabulary import Vocabulary
from tests.conftest import NOW

PAYLOAD = Payload(source="file", key="invented", body=b"invented", fetched_at=NOW)
SLEEP, KNEES = "Invented: weavers who lie awake at night", "Invented: new knees for potters"


@pytest.fixture(scope="module")
def model() -> Model:
    found = load_model()
    if found is None:
        pytest.skip("the extra `semantic` is not installed")
    return found


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = open_store(tmp_path / "store.sqlite", writable=True)
    store.keep(PAYLOAD)
    return store


def put(store: Store, record: Record, id: str, title: str) -> None:
    changed = msgspec.structs.replace(record, key=id, title=title, identifiers=(), contributors=(), abstract=None)
    store.put(changed, publication=id, machine=Extraction(version="1"), payload=PAYLOAD.digest, at=NOW)


def writer(folder: Path, vocabulary: Vocabulary, model: Model | None) -> IndexWriter:
    return IndexWriter(folder / "index", "whoosh", ENGINES["whoosh"], vocabulary, model)


def nearest(reader: IndexReader, question: str) -> str:
    meaning = reader.meaning(question)
    assert meaning is not None
    return meaning.nearest(1)[0][0]


def test_meanings_follow_the_store(
    tmp_path: Path, store: Store, vocabulary: Vocabulary, invented: Record, model: Model
) -> None:
    put(store, invented, "one", SLEEP)
    put(store, invented, "two", KNEES)
    writer(tmp_path, vocabulary, model).refresh(store)
    reader = IndexReader(tmp_path / "index", "whoosh", ENGINES["whoosh"], model)
    assert (nearest(reader, "insomnia"), nearest(reader, "knee replacement")) == ("one", "two")
    put(store, invented, "one", KNEES)
    put(store, invented, "two", SLEEP)
    writer(tmp_path, vocabulary, model).refresh(store)
    assert (nearest(reader, "insomnia"), nearest(reader, "knee replacement")) == ("two", "one")
    reader.close()


def test_what_was_indexed_before_the_extra_came_gets_its_meaning(
    tmp_path: Path, store: Store, vocabulary: Vocabulary, invented: Record, model: Model
) -> None:
    put(store, invented, "one", SLEEP)
    writer(tmp_path, vocabulary, None).refresh(store)
    reader = IndexReader(tmp_path / "index", "whoosh", ENGINES["whoosh"], model)
    assert reader.meaning("insomnia") is None
    writer(tmp_path, vocabulary, model).refresh(store)
    assert nearest(reader, "insomnia") == "one"
    reader.close()


def test_without_the_extra_there_is_no_meaning(
    tmp_path: Path, store: Store, vocabulary: Vocabulary, invented: Record
) -> None:
    put(store, invented, "one", SLEEP)
    writer(tmp_path, vocabulary, None).refresh(store)
    reader = IndexReader(tmp_path / "index", "whoosh", ENGINES["whoosh"])
    assert reader.meaning("insomnia") is None
    reader.close()
