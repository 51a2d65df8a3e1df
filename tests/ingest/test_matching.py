"""Where records go in a real store, and what a person says of it. All literature is invented."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner, Result
from sqlalchemy import create_engine, text

from ingest import matching
from ingest.pipeline import put
from ingest.report import Tally
from kb.base import WritableKnowledgeBase, open_for_writing, open_kb
from kb.errors import PublicationNotFoundError
from kb.record import Identifier, Payload, Record
from kb.store import Change, link, open_store
from tests.conftest import NOW
from touchstone import touchstone

PAYLOAD = Payload(source="file", key="invented", body=b"invented", fetched_at=NOW, format="medline")
DOI = (Identifier("doi", "10.5555/weavers"),)
PMID = (Identifier("pmid", "990000001"),)


@pytest.fixture
def kb(tmp_path: Path) -> Iterator[WritableKnowledgeBase]:
    with open_for_writing(tmp_path / "home") as opened:
        opened.store.keep(PAYLOAD)
        yield opened


def take_in(kb: WritableKnowledgeBase, record: Record, tally: Tally | None = None) -> str:
    return put(record, PAYLOAD.digest, kb, NOW, tally or Tally()).publication


def other(record: Record, key: str, **changes: Any) -> Record:
    return msgspec.structs.replace(record, source="file", key=key, **changes)


def test_a_damaged_citation_goes_where_its_publication_is(kb: WritableKnowledgeBase, invented: Record) -> None:
    home = take_in(kb, invented)
    damaged = other(invented, "a", identifiers=(), title=invented.title.upper() + ".", year=2012, container=None)
    tally = Tally()
    assert take_in(kb, damaged, tally) == home
    assert tally.merged == [f"file:a -> {home}"]
    assert len(kb.store.members(home)) == 2


def test_a_meeting_abstract_is_linked_and_stands_alone(kb: WritableKnowledgeBase, invented: Record) -> None:
    home = take_in(kb, invented)
    told = other(invented, "a", identifiers=(), container="Conference of Weavers", volume="9", pages="S4")
    abstract = take_in(kb, told)
    assert abstract != home
    (noted,) = kb.store.links(home)
    assert (noted.beyond(home), noted.kind, noted.said_by) == (abstract, "version", "machine")


def test_what_is_unsure_waits_for_a_person(kb: WritableKnowledgeBase, invented: Record) -> None:
    tally = Tally()
    title = "Knees of invented weavers and the pressure that they feel in them after a long day"
    home = take_in(kb, msgspec.structs.replace(invented, identifiers=(), pages=None, title=title))
    near = other(invented, "a", identifiers=(), pages=None, title=title.replace("Knees", "Hips"))
    away = take_in(kb, near, tally)
    assert [each.kind for each in kb.store.links(away)] == ["proposed"]
    assert tally.unsure == [" ~ ".join(sorted((home, away)))]


def test_a_record_that_is_of_both_joins_them(kb: WritableKnowledgeBase, invented: Record) -> None:
    numbered = take_in(kb, other(invented, "a", identifiers=PMID, title="Massage of the lower back", pages=None))
    named = take_in(kb, other(invented, "b", identifiers=DOI))
    assert numbered != named
    before = kb.store.revision
    tally = Tally()
    home = take_in(kb, other(invented, "c", identifiers=(*PMID, *DOI)), tally)
    gone = ({numbered, named} - {home}).pop()
    assert len(kb.store.members(home)) == 3
    assert tally.merged == [f"{gone} -> {home}", f"file:c -> {home}"]
    assert kb.store.publication(gone).id == home  # its old address leads there
    assert kb.store.gone([gone, home]) == {gone}
    assert {id for _, id in kb.store.changes(before)} == {gone, home}
    assert kb.store.problems() == ()


def test_what_was_split_by_hand_stays_apart_whatever_arrives(kb: WritableKnowledgeBase, invented: Record) -> None:
    home = take_in(kb, invented)
    copy = other(invented, "a", identifiers=())
    assert take_in(kb, copy) == home
    before = kb.store.revision
    done = matching.split(kb, "file:a", NOW)
    assert done.change is Change.CREATED
    assert done.publication != home
    assert kb.store.revision == before + 2
    assert [len(kb.store.members(each)) for each in (home, done.publication)] == [1, 1]

    revised = msgspec.structs.replace(copy, abstract="Revised. " + (copy.abstract or ""))
    assert take_in(kb, copy) == take_in(kb, revised) == done.publication
    assert take_in(kb, msgspec.structs.replace(invented, language="en")) == home
    assert take_in(kb, other(invented, "b")) == home  # of both, as far as anybody can see: the surest is taken
    assert {each.kind for each in kb.store.links(home)} == {"different"}
    assert kb.store.count() == 2


def test_a_split_undoes_a_join_and_a_join_a_split(kb: WritableKnowledgeBase, invented: Record) -> None:
    home = take_in(kb, invented)
    away = take_in(kb, other(invented, "a", identifiers=(), title="Sleep of invented dyers at night", pages="44"))
    joined = matching.join(kb, home, away, NOW, said_by="person", reason="said by hand")
    assert (joined.publication, kb.store.count()) == (home, 1)
    assert kb.store.publication(away).id == home
    assert matching.split(kb, "file:a", NOW).publication == away
    assert kb.store.publication(away).id == away
    matching.join(kb, home, away, NOW, said_by="person", reason="said by hand")
    assert [each.kind for each in kb.store.links(home)] == ["same"]


def test_links_follow_a_join_and_a_persons_word_stands(kb: WritableKnowledgeBase, invented: Record) -> None:
    store = kb.store
    ids = [
        take_in(kb, other(invented, each, identifiers=(), title=f"The {each} of invented dyers", pages=page))
        for each, page in (("sleep and dreams", "11"), ("pain and pressure", "22"), ("necks and backs", "33"))
    ]
    store.link(link(ids[0], ids[1], "different", "person", "said", NOW))
    store.link(link(ids[1], ids[0], "proposed", "machine", "again", NOW))
    store.link(link(ids[2], ids[1], "proposed", "machine", "perhaps", NOW))
    matching.join(kb, ids[2], ids[0], NOW, said_by="person", reason="said by hand")
    kinds = {each.beyond(ids[2]): (each.kind, each.said_by) for each in store.links(ids[2])}
    assert kinds == {ids[0]: ("same", "person"), ids[1]: ("different", "person")}


def test_the_index_follows_a_join(kb: WritableKnowledgeBase, invented: Record, tmp_path: Path) -> None:
    home = take_in(kb, invented)
    away = take_in(kb, other(invented, "a", identifiers=(), title="Sleep of invented dyers at night", pages="44"))
    kb.refresh()
    matching.join(kb, home, away, NOW, said_by="person", reason="said by hand")
    kb.refresh()
    assert kb.index.problems(kb.store) == ()


@pytest.fixture
def run(tmp_path: Path) -> Any:
    def invoke(*words: str) -> Result:
        return CliRunner().invoke(touchstone, ["--home", str(tmp_path / "home"), *words], catch_exceptions=True)

    return invoke


def test_by_the_commands(run: Any, tmp_path: Path, invented: Record) -> None:
    with open_for_writing(tmp_path / "home") as kb:
        kb.store.keep(PAYLOAD)
        home = take_in(kb, invented)
        away = take_in(kb, other(invented, "a", identifiers=(), title="Sleep of invented dyers at night", pages="44"))
        kb.refresh()
        kb.store.link(link(home, away, "proposed", "machine", "perhaps one", NOW))
    waiting = run("ingest", "join").output
    assert "perhaps one" in waiting
    assert "1 to be answered" in waiting
    assert run("ingest", "join", home).exit_code == 2
    assert f"{away} was joined into {home}" in run("ingest", "join", home, away).output
    assert "are one publication already" in run("ingest", "join", home, away).output
    assert f"file:a is now {away}" in run("ingest", "split", "file:a").output
    assert "stay apart" in run("ingest", "join", home, away, "--never").output
    assert "0 to be answered" in run("ingest", "join").output
    reader = open_kb(tmp_path / "home")
    assert {each.id for each in reader.publications()} == {home, away}
    reader.close()
    assert "only record" in str(run("ingest", "split", "file:a").exception)
    assert "no such record" in str(run("ingest", "split", "file:z").exception)
    assert isinstance(run("ingest", "join", home, "nobody").exception, PublicationNotFoundError)


def test_a_store_of_the_old_house_gets_the_new_keys(tmp_path: Path, invented: Record) -> None:
    path = tmp_path / "home" / "store.sqlite"
    with open_for_writing(tmp_path / "home") as kb:
        kb.store.keep(PAYLOAD)
        home = take_in(kb, invented)
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        newer = ("letter", "event", "watch", "question", "report", "correction", "edition")
        people = ("device", "audit", "attempt", "token", "invitation", "session", "person")
        for table in (*newer, *people, "reference", "citing", "link", "reading_list"):
            connection.execute(text(f"DROP TABLE {table}"))
        connection.execute(text("DROP INDEX payload_format"))
        connection.execute(text("DROP INDEX ix_identity_publication"))
        connection.execute(text("DELETE FROM identity"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0002'"))
    engine.dispose()
    store = open_store(path, writable=True)
    assert store.recognised(msgspec.structs.replace(invented, identifiers=())) == (home,)
    assert store.links() == ()
    store.close()


def test_a_record_that_came_to_know_its_number_joins_what_has_it(kb: WritableKnowledgeBase, invented: Record) -> None:
    vague = other(invented, "a", identifiers=(), title="Massage of the lower back", pages=None)
    away, home = take_in(kb, vague), take_in(kb, invented)
    assert away != home
    told = msgspec.structs.replace(vague, identifiers=PMID)
    assert take_in(kb, told) == away  # a record that is held stays where it is, and the other comes to it
    assert kb.store.count() == 1
    assert kb.store.publication(home).id == away
    assert kb.store.links(away)[0].at == NOW


def test_an_export_without_abstracts_takes_none_away(kb: WritableKnowledgeBase, invented: Record) -> None:
    home = take_in(kb, other(invented, "a"))
    poorer = other(invented, "a", abstract=None, volume="4")
    assert take_in(kb, poorer) == home
    (held,) = kb.store.members(home)
    assert (held.abstract, held.volume) == (invented.abstract, "4")
    done = put(poorer, PAYLOAD.digest, kb, NOW, Tally())
    assert done is not None
    assert done.change is Change.UNCHANGED
    take_in(kb, invented)
    take_in(kb, msgspec.structs.replace(invented, abstract=None))
    assert {each.source: each.abstract for each in kb.store.members(home)} == {
        "file": invented.abstract,
        "pubmed": None,
    }
