"""What publications cite: kept with their records, found from either end, and in step whatever becomes of them.

All literature is invented.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

import msgspec
import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine

from kb.extraction import DesignKind, Extraction, Finding
from kb.publication import merge
from kb.record import Identifier, Notice, Payload, Record
from kb.relations import MOST, cited
from kb.store import Change, Fetched, Put, Store, open_store
from tests.conftest import NOW

PAYLOAD = Payload(source="file", key="invented.nbib", body=b"PMID- 990000001", fetched_at=NOW, format="medline")
REVIEWS: tuple[DesignKind, ...] = ("systematic_review", "narrative_review")


def pmid(number: int) -> Identifier:
    return Identifier("pmid", str(number))


def doi(value: str) -> Identifier:
    return Identifier("doi", value)


def work(number: int, *references: Identifier, **more: object) -> Record:
    """An invented work by its PMID, and what it cites."""
    fields = {"title": f"Invented work {number}", "identifiers": (pmid(number),), "references": references, **more}
    return Record(source="invented", key=str(number), format="pubmed_xml", **fields)  # type: ignore[arg-type]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = open_store(tmp_path / "store.sqlite", writable=True)
    store.keep(PAYLOAD)
    return store


def put(store: Store, id: str, record: Record, design: DesignKind | None = "rct") -> Put:
    machine = Extraction(version="1", design=Finding(design) if design else None)
    return store.put(record, publication=id, machine=machine, payload=PAYLOAD.digest, at=NOW)


def ends(store: Store) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Of every publication: whom it cites, and which reviews cite it."""
    return {id: (store.cited(id), store.citing(id, REVIEWS)) for id in store.ids()}


def test_a_citation_is_found_from_both_ends_whichever_came_first(store: Store) -> None:
    put(store, "review", work(9, pmid(1), pmid(404), pmid(9)), "systematic_review")
    assert ends(store) == {"review": ((), ())}  # what is not held waits, and nobody cites himself
    put(store, "trial", work(1, pmid(9)))
    assert ends(store) == {"review": (("trial",), ()), "trial": (("review",), ("review",))}


def test_any_identifier_of_the_cited_will_do_and_several_are_one(store: Store) -> None:
    held = work(1, identifiers=(pmid(1), doi("10.5555/a(1)"), Identifier("pmcid", "PMC1")))
    put(store, "trial", held)
    put(store, "by-doi", work(8, doi("10.5555/a%281%29")), "systematic_review")
    put(store, "by-all", work(9, *held.identifiers), "systematic_review")
    assert store.citing("trial", REVIEWS) == ("by-all", "by-doi")
    assert store.cited("by-all") == ("trial",)


def test_who_cites_is_of_the_designs_asked_for_or_was_read_by_a_person(store: Store) -> None:
    put(store, "trial", work(1))
    put(store, "other-trial", work(2, pmid(1)), "rct")
    put(store, "unread", work(3, pmid(1)), None)
    put(store, "review", work(4, pmid(1)), "narrative_review")
    curated = Extraction(version="person", design=Finding("systematic_review", state="checked"))
    put(store, "curated", work(5, pmid(1), curated=curated), "rct")
    assert store.citing("trial", REVIEWS) == ("curated", "review")
    assert store.citing("trial", ()) == ("curated",)


def test_a_new_version_replaces_what_the_old_one_cited(store: Store) -> None:
    for number in (1, 2):
        put(store, f"trial-{number}", work(number))
    put(store, "review", work(9, pmid(1)))
    put(store, "review", work(9, pmid(2)))
    assert store.cited("review") == ("trial-2",)
    put(store, "review", work(9))
    assert store.cited("review") == ()


def test_references_follow_their_records_when_publications_are_joined_and_split(store: Store) -> None:
    for number in (1, 2):
        put(store, f"trial-{number}", work(number))
    put(store, "review", work(8, pmid(1)), "systematic_review")
    put(store, "again", work(9, pmid(2)), "systematic_review")
    machine = Extraction(version="1", design=Finding("systematic_review"))
    store.join("review", "again", machine=machine, said_by="person", reason="invented", at=NOW)
    assert ends(store) == {
        "review": (("trial-1", "trial-2"), ()),
        "trial-1": ((), ("review",)),
        "trial-2": ((), ("review",)),
    }
    assert store.publication("review").record.references == (pmid(1), pmid(2))
    store.split("invented", "9", founded="apart", left=machine, apart=machine, at=NOW)
    assert store.cited("review") == ("trial-1",)
    assert store.cited("apart") == ("trial-2",)
    assert store.citing("trial-2", REVIEWS) == ("apart",)
    store.join("trial-1", "trial-2", machine=Extraction(version="1"), said_by="person", reason="x", at=NOW)
    assert store.citing("trial-1", REVIEWS) == ("apart", "review")
    assert store.problems() == ()


def test_a_rereading_leaves_references_as_they_are(store: Store) -> None:
    put(store, "trial", work(1))
    put(store, "review", work(9, pmid(1)), None)
    store.reread("review", Extraction(version="2", design=Finding("systematic_review")), NOW)
    assert ends(store) == {"review": (("trial",), ()), "trial": ((), ("review",))}


# Records from before there were references


BEFORE = Record(
    source="pubmed",
    key="990000001",
    format="medline",
    title="Massage of the lower back in invented weavers",
    identifiers=(pmid(990000001), doi("10.5555/weavers")),
)


def test_a_record_without_references_is_what_it_was_before_there_were_any() -> None:
    assert BEFORE.digest == "10d452a735879765e2fef1f125f629fa51032ac7083236087fe76c54a6e616f3"
    assert b"references" not in BEFORE.canonical
    for more in ({"references": (pmid(1),)}, {"includes": (pmid(1),)}):
        changed = msgspec.structs.replace(BEFORE, **more)
        assert changed.digest != BEFORE.digest
        assert msgspec.json.decode(changed.canonical, type=Record) == changed
    awkward = msgspec.structs.replace(BEFORE, title=',"references":[],"includes":[]}')
    assert msgspec.json.decode(awkward.canonical, type=Record) == awkward


def test_a_store_from_before_is_brought_up_and_nothing_in_it_is_told_as_changed(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parents[2] / "kb/store/migrations"))
    with create_engine(f"sqlite:///{path}").begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0003")
    reading = msgspec.json.encode(Extraction(version="1", design=Finding("rct"))).decode()
    with sqlite3.connect(path) as old:
        values = (PAYLOAD.digest, "file", "k", NOW.isoformat(), 1, b"x")
        old.execute(
            "INSERT INTO payload (digest, source, key, fetched_at, size, body) VALUES (?, ?, ?, ?, ?, ?)", values
        )
        old.execute("INSERT INTO publication VALUES ('weavers', 1, ?)", (reading,))
        old.execute("INSERT INTO change VALUES (1, 'weavers', 'created', ?)", (NOW.isoformat(),))
        row = (BEFORE.source, BEFORE.key, "weavers", BEFORE.digest, PAYLOAD.digest, BEFORE.canonical.decode())
        old.execute("INSERT INTO record VALUES (?, ?, ?, ?, ?, ?)", row)
    old.close()
    store = open_store(path, writable=True)
    assert store.problems() == ()
    assert store.publication("weavers").record == BEFORE
    assert put(store, "weavers", BEFORE).change is Change.UNCHANGED
    assert put(store, "weavers", msgspec.structs.replace(BEFORE, references=(pmid(1),))).change is Change.UPDATED


def test_references_are_gathered_from_all_records_of_a_publication() -> None:
    first, second = work(8, pmid(1), pmid(2)), work(9, pmid(2), doi("10.5555/x"), includes=(pmid(1),))
    merged, _ = merge([first, second])
    assert merged.references == (pmid(1), pmid(2), doi("10.5555/x"))
    assert merged.includes == (pmid(1),)


# Who cites whom


def told(store: Store, id: str, without: tuple[str, ...] = ()) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    found = cited(store.publication(id), store, without)
    return tuple([(each.kind, each.publication.id) for each in side.first] for side in (found.studies, found.reviews))  # type: ignore[return-value]


def test_of_what_a_review_cites_only_studies_are_told_and_what_was_retracted(store: Store) -> None:
    put(store, "trial", work(1, year=2001))
    put(store, "later-trial", work(2, year=2002))
    put(store, "method", work(3), "narrative_review")
    put(store, "plan", work(4), "protocol")
    put(store, "gone", work(5, notices=(Notice("retracted", "It was invented."),)), "narrative_review")
    put(store, "gone-too", work(6, notices=(Notice("withdrawn", "It was invented."),), year=2009))
    put(store, "review", work(9, *map(pmid, range(1, 7)), includes=(pmid(1), pmid(4))), "systematic_review")
    studies, reviews = told(store, "review")
    assert studies == [
        ("cites", "gone-too"),
        ("cites", "gone"),
        ("includes", "trial"),
        ("includes", "plan"),
        ("cites", "later-trial"),
    ]
    assert reviews == []
    assert cited(store.publication("review"), store).retracted == 2
    assert told(store, "trial") == ([], [("included_by", "review")])
    assert told(store, "later-trial") == ([], [("cited_by", "review")])
    assert told(store, "method") == ([], [("cited_by", "review")])


def test_of_the_reviews_a_confirmed_one_comes_first_and_a_retracted_one_last(store: Store) -> None:
    put(store, "trial", work(1))
    put(store, "gone", work(5, pmid(1), notices=(Notice("retracted", "x"),), year=2020), "systematic_review")
    put(store, "early", work(6, pmid(1), year=2001), "systematic_review")
    put(store, "late", work(7, pmid(1), year=2011), "overview_or_evidence_map")
    put(store, "counted", work(8, includes=(pmid(1),), year=1999), "systematic_review")
    assert [id for _, id in told(store, "trial")[1]] == ["counted", "late", "early", "gone"]


def test_a_study_that_cites_tells_nothing_and_a_disputed_review_is_none(store: Store) -> None:
    put(store, "trial", work(1))
    put(store, "citing-trial", work(2, pmid(1)))
    person = Extraction(version="person", design=Finding("systematic_review", state="disputed"))
    put(store, "doubtful", work(3, pmid(1), curated=person), "systematic_review")
    assert told(store, "trial") == ([], [])
    assert told(store, "citing-trial") == ([], [])
    assert told(store, "doubtful") == ([], [])


def test_few_are_told_with_how_many_there_are_and_not_those_told_elsewhere(store: Store) -> None:
    for number in range(1, 15):
        put(store, f"trial-{number:02}", work(number))
    put(store, "review", work(99, *map(pmid, range(1, 15))), "systematic_review")
    found = cited(store.publication("review"), store, {"trial-01"})
    assert (len(found.studies.first), found.studies.total) == (MOST, 13)
    assert found.studies.first[0].publication.id == "trial-02"


# Who would have told of a retraction


def test_a_list_speaks_only_of_what_was_here_when_it_was_read(store: Store) -> None:
    assert store.listed("retraction_watch", 9) is None
    listed = Payload(source="file", key="list.csv", body=b"Record ID", fetched_at=NOW)
    store.keep(listed)
    assert store.listed("retraction_watch", 9) is None  # a run that was killed has not read it
    store.taken_in(listed.digest, "retraction_watch")
    assert store.listed("retraction_watch", 9) == Fetched(NOW, "file")
    assert store.listed("retraction_watch", 10) is None  # an extract
    assert store.founded("trial") is None
    put(store, "trial", work(1))
    assert store.founded("trial") == NOW
    fetched = store.fetched("trial")["invented", "1"]
    assert (fetched.at, fetched.by_hand) == (NOW, True)
