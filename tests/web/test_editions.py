"""Editions of reading lists, and files of lists, editions, searches and records. All literature is invented."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple
from zipfile import ZipFile

import docx
import msgspec
import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from ingest.parsers import parse
from kb.base import KnowledgeBase, open_desk, open_for_writing, open_kb
from kb.desk import Desk
from kb.lists import Item, ListSection, ReadingList
from kb.record import Payload, Record
from kb.vocabulary import Vocabulary
from tests.conftest import NOW
from tests.web.conftest import soup, text
from tests.web.test_accounts import Clock, join, send, sign_in
from touchstone import touchstone
from web import create_app

WEAVERS = """PMID- 990000001
TI  - Massage and sleep in invented weavers with fibromyalgia
AU  - Weaver WB
AU  - Loom LK
TA  - J Invent Trials
JT  - Journal of Invented Trials
DP  - 2011
VI  - 3
IP  - 1
PG  - 101-9
LID - 10.5555/weavers [doi]
AB  - METHODS: Forty weavers with fibromyalgia were randomly assigned to massage or to usual care. RESULTS: Pain was
      lower in the massage group than in the usual care group.
PT  - Randomized Controlled Trial
"""
DYERS = WEAVERS.replace("990000001", "990000002").replace("weavers", "dyers").replace("Weaver WB", "Dyer DE")
SPINNERS = WEAVERS.replace("990000001", "990000003").replace("weavers", "spinners").replace("Weaver WB", "Spinner SP")
LIST = ReadingList(
    id="begin",
    title="Begin with <weavers>",
    note="One & all.\n\nInvented.",
    updated=date(2026, 1, 2),
    topics=("fibromyalgia",),
    curators=(1,),  # the first who joins
    sections=(
        ListSection(
            title="First",
            note="Why first.",
            items=(
                Item(
                    study="pmid:990000001",
                    priority="essential",
                    minutes=20,
                    note="=Read its\nmethods.\n\nTwice.",
                    question="Compared with what?",
                ),
                Item(study="doi:10.5555/nobody-has-it", note="RETRACTED: not at all"),
            ),
        ),
        ListSection(title="Then", items=(Item(study="pmid:990000002"),)),
    ),
)
ENDINGS = ("ris", "bib", "json", "csv", "md", "html", "docx")


class House(NamedTuple):
    """A home with two studies and a list, and its pages."""

    home: Path
    kb: KnowledgeBase
    desk: Desk
    curator: FlaskClient
    reader: FlaskClient


def take_in(home: Path, *bodies: str) -> None:
    for body in bodies:
        path = home.parent / "new.nbib"
        path.write_text(body, "utf-8")
        done = CliRunner().invoke(touchstone, ["--home", str(home), "ingest", "file", str(path)])
        assert done.exit_code == 0, done.output


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    home = tmp_path / "home"
    home.mkdir()
    (home / "touchstone.toml").write_text("semantic = false\n")
    take_in(home, WEAVERS, DYERS)
    put_list(home, LIST)
    kb, desk = open_kb(home), open_desk(home, Clock())
    join(desk.accounts, "cora")
    app = create_app(kb, desk)
    curator, reader = app.test_client(), app.test_client()
    sign_in(curator, "cora")
    yield House(home, kb, desk, curator, reader)
    kb.close()
    desk.close()


def put_list(home: Path, reading_list: ReadingList) -> None:
    with open_for_writing(home) as kb:
        kb.store.put_list(reading_list, NOW)


def frozen(house: House, name: str = "2026-Autumn") -> bytes:
    done = send(house.curator, "/lists/begin/editions", "/lists/begin/editions", name=name)
    assert (done.status_code, done.headers.get("Location")) == (303, f"/lists/begin/editions/{name.lower()}")
    return house.reader.get(f"/lists/begin/editions/{name.lower()}").data


def change_everything(house: House) -> None:
    """A retraction, another title, a correction, a new study; a list with one taken off, and one added."""
    retracted = WEAVERS.replace("Massage and sleep", "Rubbing and rest") + "RIN - J Invent Trials. 2026;9:1\n"
    take_in(house.home, retracted, DYERS + "EIN - J Invent Trials. 2026;9:2\n", SPINNERS)
    sections = (msgspec.structs.replace(LIST.sections[0], items=LIST.sections[0].items[:1]), LIST.sections[1])
    more = ListSection(title="New", items=(Item(study="pmid:4"),))
    put_list(house.home, msgspec.structs.replace(LIST, title="Another title", sections=(*sections, more)))


def test_an_edition_stays_the_same_to_the_letter_whatever_comes(house: House) -> None:
    before = frozen(house)
    files = {each: house.reader.get(f"/lists/begin/editions/2026-autumn.{each}").data for each in ENDINGS[:-1]}
    change_everything(house)
    for client in (house.reader, house.curator):
        answer = client.get("/lists/begin/editions/2026-autumn")
        assert answer.data == before
    assert files == {each: house.reader.get(f"/lists/begin/editions/2026-autumn.{each}").data for each in files}
    CliRunner().invoke(touchstone, ["--home", str(house.home), "lists", "drop", "begin"])
    answer = house.reader.get("/lists/begin/editions/2026-autumn", headers={"Accept-Language": "de"})
    assert answer.data == before
    assert house.reader.get("/lists/begin").status_code == 404
    assert house.reader.get(answer.request.path, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


def test_an_edition_holds_what_was_there_and_nothing_of_the_present_or_of_who_made_it(house: House) -> None:
    page = frozen(house).decode()
    for said in ("Massage and sleep in invented weavers", "One &amp; all.", "Compared with what?", "2 January 2026"):
        assert said in page
    assert "Not held here" in page
    assert "read by a machine" in page
    for other in ("cora", "sign in", "Curators", "token", "publications, as of"):
        assert other not in page, other


def test_the_way_to_the_present_stands_below_what_is_frozen(house: House) -> None:
    frozen(house)
    held = [
        each
        for each in soup(house.reader, "/lists/begin/editions/2026-autumn").select("ol > li")
        if each.select("a[href^='/publications/']")
    ]
    assert len(held) == 2
    for each in held:
        parts = list(each.find_all(recursive=False))
        assert text(parts[-1]) == "See the record today"
        assert [part for part in parts if part.select("a[href^='/publications/']")] == parts[-1:]


def test_an_edition_tells_apart_what_compares_groups(house: House) -> None:
    frozen(house)
    (first, *_) = soup(house.reader, "/lists/begin/editions/2026-autumn").select("ol > li")
    labels = [text(each).removesuffix(":") for each in first.select("p > b")]
    assert labels[:2] == [
        "Design (read by a machine)",
        "Between groups, massage group compared with usual care group (read by a machine)",
    ]


def test_the_living_list_tells_what_is_new_since(house: House) -> None:
    assert "Since the edition" not in text(soup(house.reader, "/lists/begin"))
    frozen(house)
    told = text(soup(house.reader, "/lists/begin").select_one(".since"))
    assert "Since the edition 2026-autumn of" in told
    assert "Nothing on this list was retracted" in told
    change_everything(house)
    told = text(soup(house.reader, "/lists/begin").select_one(".since"))
    assert "1 retracted: Rubbing and rest" in told
    assert "1 corrected, or under an expression of concern: Massage and sleep in invented dyers" in told
    assert "1 new on the same question: a publication that counts as a study, on fibromyalgia" in told
    assert "1 added to this list: pmid:4" in told
    assert "1 taken off it: doi:10.5555/nobody-has-it" in told
    frozen(house, "2027-spring")
    told = text(soup(house.reader, "/lists/begin").select_one(".since"))
    assert "Since the edition 2027-spring" in told
    assert "Nothing" in told


def test_an_edition_is_never_overwritten_and_its_name_is_a_name(house: House) -> None:
    before = frozen(house)
    change_everything(house)
    again = send(house.curator, "/lists/begin/editions", "/lists/begin/editions", name="2026-autumn")
    assert again.status_code == 409
    assert b"never overwritten" in again.data
    for name in ("", "a b", "../x", "x" * 41, "é", "a--b"):
        assert send(house.curator, "/lists/begin/editions", "/lists/begin/editions", name=name).status_code == 400
    assert house.reader.get("/lists/begin/editions/2026-autumn").data == before
    assert [each.name for each in house.kb.editions.of_list("begin")] == ["2026-autumn"]
    (entry,) = [each for each in house.desk.accounts.trail() if each.action == "freeze an edition"]
    assert entry.subject == "edition:begin/2026-autumn"
    assert house.curator.get("/lists/begin/edit").status_code == 200


def test_only_a_curator_freezes(house: House) -> None:
    answer = house.reader.post("/lists/begin/editions", data={"name": "mine"})
    assert answer.status_code == 303
    assert "/sign-in" in answer.headers["Location"]
    assert not soup(house.reader, "/lists/begin/editions").select("form[method=post]")
    assert house.curator.post("/lists/begin/editions", data={"name": "mine"}).status_code == 403, "without the token"
    join(house.desk.accounts, "cleo")
    other = house.curator.application.test_client()
    sign_in(other, "cleo")
    assert send(other, "/account", "/lists/begin/editions", name="mine").status_code == 404, "it is not her list"
    assert house.kb.editions.of_list("begin") == ()


def test_the_ris_of_a_list_comes_back_as_it_left_with_its_notes(house: House, vocabulary: Vocabulary) -> None:
    body = house.reader.get("/lists/begin.ris").data
    payload = Payload(source="file", key="begin.ris", body=body, fetched_at=NOW)
    read = [each for each in parse(payload, vocabulary) if isinstance(each, Record)]
    held = house.kb.listed(LIST)
    left = [house.kb.released(held[key]).record for key in ("pmid:990000001", "pmid:990000002")]
    fields = ("title", "identifiers", "contributors", "container", "year", "volume", "issue", "pages", "abstract")
    for came, gone in zip(read, left, strict=True):
        assert [getattr(came, each) for each in fields] == [getattr(gone, each) for each in fields]
        assert came.notices == gone.notices == (), "a curator's note passes for no notice"
    lines = body.decode().splitlines()
    for said in (
        "N1  - Reading list: Begin with <weavers>",
        "N1  - Reading list section: First",
        "N1  - Reading list place: 1",
        "N1  - Reading list priority: essential",
        "N1  - Reading list minutes: 20",
        "N1  - Reading list note: =Read its methods. Twice.",
        "N1  - Reading list question: Compared with what?",
        "N1  - Reading list place: 3",
    ):
        assert said in lines


def test_every_format_holds_what_a_curator_says(house: House) -> None:
    for ending in ENDINGS:
        answer = house.reader.get(f"/lists/begin.{ending}")
        assert answer.status_code == 200, ending
        assert f"begin.{ending}" in answer.headers["Content-Disposition"]
        said = answer.data.decode() if ending != "docx" else words_of(answer.data)
        for each in ("Massage and sleep in invented weavers", "methods.", "Compared with what?", "essential", "First"):
            assert each in said.replace("{", "").replace("}", ""), (ending, each)
        assert "lower in the massage group" not in said, "the abstract stays"


def words_of(body: bytes) -> str:
    return "\n".join(each.text for each in docx.Document(io.BytesIO(body)).paragraphs)


def test_a_spreadsheet_runs_no_note_as_a_formula(house: House) -> None:
    rows = house.reader.get("/lists/begin.csv").data.decode("utf-8-sig")
    assert '"\'=Read its methods. Twice."' in rows
    assert '"Not held here: doi:10.5555/nobody-has-it"' in rows


def test_documents_hold_sections_and_what_is_not_held_and_no_mark_up_of_a_curator(house: House) -> None:
    page = house.reader.get("/lists/begin.html").data.decode()
    assert "<h1>Begin with &lt;weavers&gt;</h1>" in page
    assert '<ol start="3">' in page
    assert '<a href="https://doi.org/10.5555/nobody-has-it">' in page
    marked = house.reader.get("/lists/begin.md").data.decode()
    assert "# Begin with \\<weavers\\>" in marked
    assert "\n## Then\n\n3. Dyer, D. E., & Loom".replace("&", "\\&") in marked
    body = house.reader.get("/lists/begin.docx").data
    assert {"Title", "Heading 1"} <= {
        each.style.name for each in docx.Document(io.BytesIO(body)).paragraphs if each.style
    }
    assert ZipFile(io.BytesIO(body)).testzip() is None


@pytest.mark.parametrize(
    ("style", "begins"),
    [
        ("apa", "Weaver, W. B., & Loom, L. K. (2011)."),
        ("vancouver", "Weaver WB, Loom LK."),
        ("harvard-cite-them-right", "Weaver, W.B. and Loom, L.K. (2011)"),
    ],
)
def test_a_document_cites_in_the_style_that_is_asked_for(style: str, begins: str, house: House) -> None:
    said = words_of(house.reader.get(f"/lists/begin.docx?style={style}").data)
    assert f"1.\t{begins}" in said
    assert "101" in said


@pytest.mark.parametrize("style", ["no-such-style", "../../etc/passwd", "", "web"])
def test_a_style_that_is_not_here_is_told(style: str, house: House) -> None:
    answer = house.reader.get("/lists/begin.docx", query_string={"style": style})
    assert answer.status_code == 400
    assert b"harvard-cite-them-right" in answer.data


def test_a_search_and_a_record_are_handed_out_too(house: House) -> None:
    page = soup(house.reader, "/search?q=massage")
    links = [str(each["href"]) for each in page.select(".files a")]
    assert links == [f"/search.{each}?q=massage" for each in ENDINGS]
    items = json.loads(house.reader.get("/search.json?q=massage").data)
    assert {each["author"][0]["given"] for each in items} == {"W. B.", "D. E."}
    moved = house.reader.get("/search.docx?q=massage&page=2&style=ama")
    assert moved.headers["Location"] == "/search.docx?q=massage&style=ama"
    assert "2 of 2 publications here" in words_of(house.reader.get(moved.headers["Location"]).data)
    id = house.kb.listed(LIST)["pmid:990000001"].id
    assert [str(each["href"]) for each in soup(house.reader, f"/publications/{id}").select(".files a")] == [
        *(f"/publications/{id}.{each}" for each in ENDINGS),
        *(f"/publications/{id}.docx?style={each}" for each in ("ama", "vancouver", "harvard-cite-them-right")),
    ]
    assert "Weaver WB" in words_of(house.reader.get(f"/publications/{id}.docx?style=vancouver").data)


def test_an_edition_is_exported_as_it_was(house: House) -> None:
    frozen(house)
    change_everything(house)
    then, now = (house.reader.get(f"/lists/begin{each}.md").data.decode() for each in ("/editions/2026-autumn", ""))
    assert "Massage and sleep in invented weavers" in then
    assert "RETRACTED" not in then.replace("RETRACTED: not at all", "")
    assert "frozen on 2026" in then
    assert "Rubbing and rest" in now
    assert "**RETRACTED:**" in now
    assert house.reader.get("/lists/begin/editions/none.md").status_code == 404
