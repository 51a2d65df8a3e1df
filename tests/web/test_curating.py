"""Reading lists as their curators edit them, over a real store. People and literature are invented."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path
from shutil import copytree

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from kb.base import open_desk, open_kb
from kb.desk import Desk
from kb.errors import ListChangedError
from kb.lists import ReadingList, digest, editing
from kb.people import Role
from tests.conftest import NOW
from tests.web.conftest import soup, text
from tests.web.markup import problems
from touchstone import touchstone
from web import create_app

PASSWORD = "four invented words together"
CITATIONS = """PMID- 990000001
TI  - Massage of the lower back in invented weavers
FAU - Weaver, Wilma
DP  - 2011
LID - 10.5555/weavers [doi]

PMID- 990000002
TI  - Kneading of the shoulders in invented potters: a trial in three towns
FAU - Potter, Paula
DP  - 2014

PMID- 990000003
TI  - Stroking of the hands in invented bakers
FAU - Baker, Bella
DP  - 2016
PMC - PMC99001
"""
FILE = """
title = "From a file"
updated = 2026-01-02
topics = ["fibromyalgia"]
note = "Shipped."
[[sections]]
title = "Begin"
[[sections.items]]
study = "pmid:990000001"
"""
WEAVERS, POTTERS, BAKERS = (
    "weaver-2011-massage-lower-back-invented",
    "potter-2014-kneading-shoulders-invented-potters",
    "baker-2016-stroking-hands-invented-bakers",
)
Browser = Callable[[str | None], FlaskClient]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("filled")
    (folder / "three.nbib").write_text(CITATIONS, "utf-8")
    (folder / "shipped.toml").write_text(FILE, "utf-8")
    (folder / "home").mkdir()
    (folder / "home" / "touchstone.toml").write_text("semantic = false\n")
    for words in (["ingest", "file", str(folder / "three.nbib")], ["lists", "take", str(folder / "shipped.toml")]):
        assert CliRunner().invoke(touchstone, ["--home", str(folder / "home"), *words]).exit_code == 0
    with closing(open_desk(folder / "home", lambda: NOW)) as desk:
        for name in ("cora", "dora", "ada"):
            role: Role = "administrator" if name == "ada" else "curator"
            desk.accounts.accept(desk.accounts.invite(None, name, role), PASSWORD, name.title())
    return folder


@pytest.fixture
def home(filled: Path, tmp_path: Path) -> Path:
    copytree(filled / "home", tmp_path / "home")
    return tmp_path / "home"


@pytest.fixture
def desk(home: Path) -> Iterator[Desk]:
    with closing(open_desk(home, lambda: NOW)) as desk:
        yield desk


@pytest.fixture
def browser(home: Path, desk: Desk) -> Iterator[Browser]:
    with ExitStack() as open_:

        def as_(name: str | None) -> FlaskClient:
            client = create_app(open_.enter_context(closing(open_kb(home))), desk).test_client()
            if name:
                assert client.post("/sign-in", data={"name": name, "password": PASSWORD}).status_code == 303
            return client

        yield as_


def send(client: FlaskClient, page: str, action: str, **data: str) -> TestResponse:
    token = soup(client, page).select_one("input[name=token]")
    return client.post(action, data={"token": str(token["value"]) if token else "", **data})


def make(client: FlaskClient, title: str = "Weaving", **more: str) -> str:
    made = send(client, "/lists/new", "/lists/new", title=title, note="What *for*.", **more)
    assert made.status_code == 303
    return made.headers["Location"].removeprefix("/lists/").removesuffix("/edit")


def held(desk: Desk, id: str) -> ReadingList:
    return next(each for each in desk.store.lists() if each.id == id)


def edit(desk: Desk, client: FlaskClient, id: str, do: str, **data: str) -> TestResponse:
    return send(client, f"/lists/{id}/edit", f"/lists/{id}/edit", do=do, **{"digest": digest(held(desk, id))} | data)


def three(desk: Desk, client: FlaskClient, **more: str) -> str:
    id = make(client, **more)
    pasted = edit(desk, client, id, "paste", pasted="990000001\n990000002\n990000003")
    assert pasted.status_code == 200
    return id


def studies(desk: Desk, id: str) -> list[str]:
    return [each.study for each in held(desk, id).items]


def page_of(answer: TestResponse) -> BeautifulSoup:
    return BeautifulSoup(answer.data, "html.parser")


def test_a_curator_makes_a_list_and_edits_it(desk: Desk, browser: Browser) -> None:
    cora = browser("cora")
    id = make(cora)
    assert (id, held(desk, id).visibility) == ("weaving", "private")
    for title in ("Begin here", "Go on"):
        assert edit(desk, cora, id, "add-section", title=title).status_code == 303
    edit(desk, cora, id, "paste", pasted="990000001\n990000003", section="1:Begin here")
    edit(desk, cora, id, "paste", pasted="990000002", section="1:Go on")
    assert [len(each.items) for each in held(desk, id).sections] == [2, 1]
    moved = edit(desk, cora, id, "up", item="1:pmid:990000003")
    assert studies(desk, id) == ["pmid:990000003", "doi:10.5555/weavers", "pmid:990000002"]
    assert "at=up-1" in moved.headers["Location"]
    assert "autofocus" in soup(cora, moved.headers["Location"]).select("ol > li")[0].select("button")[0].attrs
    edit(desk, cora, id, "move", item="1:pmid:990000003", section="1:Go on", place="1")
    assert [len(each.items) for each in held(desk, id).sections] == [1, 2]
    said = {"note": "Look **here**.", "private_note": "Ask Dora.", "minutes": "15", "question": "Why?"}
    edit(desk, cora, id, "change", item="1:doi:10.5555/weavers", priority="essential", **said)
    (item,) = held(desk, id).sections[0].items
    assert (item.note, item.private_note, item.minutes) == ("Look **here**.", "Ask Dora.", 15)
    assert (item.question, item.priority) == ("Why?", "essential")
    edit(desk, cora, id, "name-section", section="1:Go on", title="Then", note="Because.")
    edit(desk, cora, id, "section-up", section="1:Then")
    assert [each.title for each in held(desk, id).sections] == ["Then", "Begin here"]
    edit(desk, cora, id, "remove-section", section="1:Begin here")
    assert len(studies(desk, id)) == 3
    edit(desk, cora, id, "remove", item="1:pmid:990000002")
    assert studies(desk, id) == ["pmid:990000003", "doi:10.5555/weavers"]
    assert held(desk, id).updated == NOW.date()
    assert problems(cora.get(f"/lists/{id}/edit").text) == []
    assert problems(cora.get(f"/lists/{id}").text) == []
    trail = [each.action for each in desk.accounts.trail(f"list:{id}")]
    assert trail[:2] == ["remove a publication", "remove a section"]
    assert trail[-1] == "make a list"


def test_a_list_is_about_topics_that_have_a_page(desk: Desk, browser: Browser) -> None:
    cora = browser("cora")
    id = three(desk, cora)
    assert edit(desk, cora, id, "about", topics="Fibromyalgia, sleep quality,").status_code == 303
    assert held(desk, id).topics[0] == "fibromyalgia"
    assert len(held(desk, id).topics) == 2
    assert soup(cora, f"/lists/{id}/edit").select_one("#topics")["value"].startswith("fibromyalgia, ")  # type: ignore[index]
    refused = edit(desk, cora, id, "about", topics="fibromyalgia, weaving of carpets")
    assert refused.status_code == 400
    assert "“weaving of carpets” is no condition" in refused.text
    edit(desk, cora, id, "about", topics="")
    assert held(desk, id).topics == ()


@pytest.mark.parametrize(
    ("visibility", "status", "listed"), [("public", 200, True), ("unlisted", 200, False), ("private", 404, False)]
)
def test_who_sees_a_list(visibility: str, status: int, listed: bool, desk: Desk, browser: Browser) -> None:
    cora, reader, dora = browser("cora"), browser(None), browser("dora")
    id = three(desk, cora, visibility=visibility)
    edit(desk, cora, id, "change", item="1:doi:10.5555/weavers", note="For all.", private_note="Ask somebody.")
    for client in (reader, dora):
        answer = client.get(f"/lists/{id}")
        assert answer.status_code == status
        assert ("For all." in answer.text) is (status == 200)
        assert "Ask somebody." not in answer.text
        assert (f"/lists/{id}" in client.get("/lists").text) is listed
    assert reader.get(f"/lists/{id}/edit").status_code == 303
    assert dora.get(f"/lists/{id}/edit").status_code == 404
    for client in (cora, browser("ada")):
        assert "Ask somebody." in client.get(f"/lists/{id}").text
        assert f"/lists/{id}" in client.get("/lists").text
        assert client.get(f"/lists/{id}/edit").status_code == 200


def test_public_pages_of_lists_set_no_cookie_and_may_be_kept(desk: Desk, browser: Browser) -> None:
    id = three(desk, browser("cora"), visibility="public")
    for url in ("/lists", f"/lists/{id}"):
        answer = browser(None).get(url)
        assert "Set-Cookie" not in answer.headers
        assert "no-store" not in answer.headers.get("Cache-Control", "")
        assert "Edit" not in text(page_of(answer).main)


def test_a_curator_cannot_edit_the_list_of_another(desk: Desk, browser: Browser) -> None:
    id, dora = three(desk, browser("cora"), visibility="public"), browser("dora")
    before = held(desk, id)
    token = str(soup(dora, "/account").select("input[name=token]")[0]["value"])
    for do in ("remove", "entitle", "undo", "add-curator", "paste"):
        sent = {"token": token, "do": do, "digest": digest(before), "item": "1:doi:10.5555/weavers", "name": "dora"}
        assert dora.post(f"/lists/{id}/edit", data=sent).status_code == 404
    assert dora.post("/lists/add", data={"token": token, "list": id, "publication": WEAVERS}).status_code == 404
    assert held(desk, id) == before
    assert dora.post("/lists/shipped/edit", data={"token": token, "do": "undo"}).status_code == 404


def test_a_clash_is_told_and_what_was_typed_is_kept(desk: Desk, browser: Browser) -> None:
    cora, dora = browser("cora"), browser("dora")
    id = three(desk, cora)
    edit(desk, cora, id, "add-curator", name=" Dora ")
    shown = digest(held(desk, id))
    edit(desk, dora, id, "down", item="1:doi:10.5555/weavers")
    edit(desk, dora, id, "change", item="1:pmid:990000002", note="Dora’s words", priority="further")
    after = held(desk, id)
    mine = {"item": "1:pmid:990000002", "note": "Cora’s <b>words</b>\nand more", "priority": "essential"}
    clash = edit(desk, cora, id, "change", digest=shown, **mine)
    assert clash.status_code == 409
    assert held(desk, id) == after
    assert problems(clash.text) == []
    page = page_of(clash)
    told = text(page.select_one(".clash"))
    assert "Dora: move a publication down" in told
    assert "note changed: Kneading of the shoulders" in told
    assert "order of the publications changed" in told
    form = page.select("section[aria-labelledby=sent] form")[0]
    again = {str(each["name"]): str(each["value"]) for each in form.select("input")}
    again |= {str(each["name"]): str(each.string)[1:].replace("\r", "") for each in form.select("textarea")}
    assert again["note"] == "Cora’s <b>words</b>\nand more"
    assert cora.post(f"/lists/{id}/edit", data=again).status_code == 303
    item = next(each for each in held(desk, id).items if each.study == "pmid:990000002")
    assert (item.note, item.priority) == ("Cora’s <b>words</b>\nand more", "essential")
    assert studies(desk, id) == [each.study for each in after.items]


def test_of_many_edits_of_one_state_one_is_made_and_no_addition_is_lost(desk: Desk, browser: Browser) -> None:
    id = make(browser("cora"))
    cora = next(each for each in desk.accounts.people() if each.name == "cora")
    shown = digest(held(desk, id))
    publications = list(desk.store.publications([WEAVERS, POTTERS, BAKERS]))

    def name(number: int) -> bool:
        try:
            desk.lists.edit(cora, id, shown, lambda it: editing.add_section(it, f"S{number}"), "add a section")
        except ListChangedError:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(name, range(8))) == 1
        list(pool.map(lambda each: desk.lists.add(cora, id, each), publications * 4))
    assert len(held(desk, id).sections) == 1
    assert sorted(studies(desk, id)) == ["doi:10.5555/weavers", "pmid:990000002", "pmid:990000003"]


def test_what_is_gone_meanwhile_cannot_be_changed_but_its_words_stay(desk: Desk, browser: Browser) -> None:
    cora = browser("cora")
    id = three(desk, cora)
    shown = digest(held(desk, id))
    edit(desk, cora, id, "remove", item="1:pmid:990000002")
    clash = edit(desk, cora, id, "change", digest=shown, item="1:pmid:990000002", note="Words that cost an hour")
    assert clash.status_code == 409
    assert "Words that cost an hour" in clash.text
    assert "is not on the list any more" in clash.text
    assert not page_of(clash).select("section[aria-labelledby=sent] button")


def test_the_last_change_is_undone_by_one_button_and_undone_again(desk: Desk, browser: Browser) -> None:
    cora = browser("cora")
    id = three(desk, cora)
    before = held(desk, id)
    edit(desk, cora, id, "remove", item="1:pmid:990000002")
    after = held(desk, id)
    button = text(soup(cora, f"/lists/{id}/edit").select_one(".last"))
    assert "Last change: Cora, remove a publication" in button
    assert edit(desk, cora, id, "undo").status_code == 303
    assert held(desk, id) == before
    edit(desk, cora, id, "undo")
    assert held(desk, id) == after
    stale = edit(desk, cora, id, "undo", digest=digest(before))
    assert stale.status_code == 409
    assert held(desk, id) == after


def test_a_list_goes_back_to_what_it_was_before_any_of_its_changes(desk: Desk, browser: Browser) -> None:
    cora, dora = browser("cora"), browser("dora")
    id = three(desk, cora)
    before = held(desk, id)
    for n in (2, 3):
        edit(desk, cora, id, "remove", item=f"1:pmid:99000000{n}")
    (first,) = soup(cora, f"/lists/{id}/edit").select(".earlier li:first-child input[name=entry]")
    assert edit(desk, cora, id, "back", entry=str(first["value"]), digest=digest(before)).status_code == 409, "stale"
    for other, status in (("", 409), ("99999", 409), ("0", 400), ("x", 400)):
        assert edit(desk, cora, id, "back", entry=other).status_code == status
    assert edit(desk, cora, id, "back", entry=str(first["value"])).status_code == 303
    assert held(desk, id) == before
    other = make(dora)
    assert edit(desk, dora, other, "back", entry=str(first["value"])).status_code == 409, "of another list"


def test_a_list_is_taken_away_and_brought_back(desk: Desk, browser: Browser) -> None:
    cora, dora, ada = browser("cora"), browser("dora"), browser("ada")
    id = three(desk, cora, visibility="public")
    kept = held(desk, id)
    assert edit(desk, cora, id, "drop").status_code == 400, "it asks whether that is meant"
    assert edit(desk, cora, id, "drop", sure="yes").status_code == 303
    assert cora.get(f"/lists/{id}").status_code == 404
    (form,) = soup(cora, "/changes").select("form[action^='/changes/']")
    assert "Bring it back : Weaving" in text(form)
    assert not soup(dora, "/changes").select("form[action^='/changes/']")
    assert send(dora, "/account", str(form["action"])).status_code == 404
    assert send(cora, "/changes", str(form["action"])).status_code == 303
    assert held(desk, id) == kept
    assert send(ada, "/account", str(form["action"])).status_code == 404, "it is there"


def test_of_lists_that_are_not_theirs_curators_read_the_changes_of_public_ones_alone(
    desk: Desk, browser: Browser
) -> None:
    cora, dora = browser("cora"), browser("dora")
    public, private = make(cora, "Open", visibility="public"), make(cora, "Shut", visibility="private")
    told = text(soup(dora, "/changes"))
    assert "make a list, Open" in told
    assert "Shut" not in told
    assert private not in told
    edit(desk, cora, private, "drop", sure="yes")
    assert "Shut" not in text(soup(dora, "/changes"))
    assert "take the list away, Shut" in text(soup(cora, "/changes"))
    assert public in str(soup(dora, "/changes"))


def test_what_is_pasted_is_told_line_by_line(desk: Desk, browser: Browser) -> None:
    cora = browser("cora")
    id = make(cora)
    lines = (
        "https://doi.org/10.5555/WEAVERS.",
        "1. Potter P. Kneading of the shoulders in invented potters: a trial in three towns. Ann Inv. 2014;3:1-9.",
        "Potter P. Kneading of the shoulders in invented potters: a trial in three towns. Ann Inv. 1999;3:1-9.",
        "(PMC99001)",
        "PMID: 990000099",
        "Massage",
        "",
        "call Dora",
    )
    answer = edit(desk, cora, id, "paste", pasted="\r\n".join(lines))
    rows = [[text(each) for each in row.select("td")] for row in page_of(answer).select(".pasted tbody tr")]
    assert [row[1].split(":")[0] for row in rows] == [
        "On the list",
        "On the list",
        "No identifier, and no title that is held here.",
        "On the list",
        "No publication here has this identifier. It may be here under another one, so try its DOI or its title.",
        "No identifier, and no title that is held here.",
        "No identifier, and no title that is held here.",
    ]
    assert "3 of 7 lines found" in text(page_of(answer).select_one(".pasted p"))
    assert studies(desk, id) == ["doi:10.5555/weavers", "pmid:990000002", "pmid:990000003"]
    edit(desk, cora, id, "paste", pasted="\r\n".join(lines))
    assert len(studies(desk, id)) == 3, "nothing is there twice, by whatever name it is pasted"
    assert problems(answer.text) == []


def test_one_action_adds_to_the_list_that_was_used_last(desk: Desk, browser: Browser) -> None:
    cora = browser("cora")
    page = f"/publications/{WEAVERS}"
    assert "Add to a list" in text(soup(cora, page).select_one(".adding"))
    first, second = make(cora, "First"), make(cora, "Second")
    form = soup(cora, page).select(".adding form")[0]
    assert "Add to “Second”" in text(form)
    sent = {str(each["name"]): str(each["value"]) for each in form.select("input")}
    added = cora.post("/lists/add", data=sent)
    assert added.headers["Location"] == f"{page}#add-{WEAVERS}"
    assert studies(desk, second) == ["doi:10.5555/weavers"]
    assert "On Second" in text(soup(cora, page).select_one(".adding"))
    cora.post("/lists/add", data=sent)
    assert len(studies(desk, second)) == 1
    choice = soup(cora, f"/lists/add?publication={POTTERS}&back=/search")
    assert [text(each) for each in choice.select("button")[:2]] == ["Add to “First”", "Add to “Second”"]
    send(cora, "/lists/new", "/lists/add", list=first, publication=POTTERS, back="//evil.example")
    search = "/search?q=invented"
    cards = [text(each.select_one(".adding")) for each in soup(cora, search).select("article.card")]
    assert sorted("Add to “First”" in each for each in cards) == [False, True, True]
    assert problems(cora.get(search).text) == []
    assert problems(cora.get(page).text) == []
    assert not soup(browser(None), search).select(".adding")
    assert not soup(browser(None), page).select(".adding")


def test_a_list_is_made_with_its_first_publication(desk: Desk, browser: Browser) -> None:
    id = make(browser("cora"), "New", publication=BAKERS)
    assert studies(desk, id) == ["pmid:990000003"]


def test_a_list_is_duplicated_for_the_next_year(desk: Desk, browser: Browser) -> None:
    cora, dora = browser("cora"), browser("dora")
    id = three(desk, cora, visibility="public")
    edit(desk, cora, id, "change", item="1:doi:10.5555/weavers", note="For all.", private_note="Ask somebody.")
    for client, private in ((cora, "Ask somebody."), (dora, None)):
        made = send(client, f"/lists/new?like={id}", "/lists/new", like=id, title="Weaving")
        copy = held(desk, made.headers["Location"].split("/")[2])
        assert copy.id.startswith("weaving-")
        assert [each.study for each in copy.items] == studies(desk, id)
        assert (copy.visibility, len(copy.curators)) == ("private", 1)
        assert (copy.items[0].note, copy.items[0].private_note) == ("For all.", private)
    edit(desk, cora, id, "entitle", title="Weaving", note="N", visibility="private")
    assert dora.get(f"/lists/new?like={id}").status_code == 404
    assert problems(cora.get(f"/lists/new?like={id}").text) == []


def test_curators_are_added_by_name_and_may_leave(desk: Desk, browser: Browser) -> None:
    cora, dora = browser("cora"), browser("dora")
    id = three(desk, cora)
    unknown = edit(desk, cora, id, "add-curator", name="nora")
    assert unknown.status_code == 400
    assert "There is no account 'nora'" in text(page_of(unknown).select_one(".wrong"))
    edit(desk, cora, id, "add-curator", name="dora")
    assert dora.get(f"/lists/{id}/edit").status_code == 200
    numbers = {each.name: str(each.id) for each in desk.accounts.people()}
    left = edit(desk, cora, id, "remove-curator", person=numbers["cora"])
    assert left.headers["Location"] == "/lists"
    assert cora.get(f"/lists/{id}").status_code == 404
    edit(desk, dora, id, "remove-curator", person=numbers["dora"])
    edit(desk, dora, id, "remove-curator", person="nobody")
    assert held(desk, id).curators == (int(numbers["dora"]),)


@pytest.mark.parametrize(
    ("do", "sent", "told"),
    [
        ("change", {"item": "1:pmid:990000002", "minutes": "many", "note": "Kept"}, "whole number between 1 and 600"),
        ("change", {"item": "1:pmid:990000002", "note": "x" * 4001}, "cannot be kept like this"),
        ("entitle", {"title": " ", "note": "Kept"}, "The title is missing"),
        ("add-section", {"title": ""}, "The title of the section is missing"),
    ],
)
def test_what_cannot_be_kept_is_told_with_what_was_typed(
    do: str, sent: dict[str, str], told: str, desk: Desk, browser: Browser
) -> None:
    cora = browser("cora")
    id = three(desk, cora)
    before = held(desk, id)
    refused = edit(desk, cora, id, do, **sent)
    assert refused.status_code == 400
    assert told in text(page_of(refused).select_one(".wrong"))
    if "note" in sent:
        assert sent["note"] in refused.text
    assert held(desk, id) == before
    assert problems(refused.text) == []


@pytest.mark.parametrize("do", ["", "nothing", "__init__"])
def test_an_unknown_button_does_nothing(do: str, desk: Desk, browser: Browser) -> None:
    cora = browser("cora")
    id = three(desk, cora)
    assert edit(desk, cora, id, do).status_code == 400


def test_no_list_takes_the_address_of_a_page(desk: Desk, browser: Browser) -> None:
    cora = browser("cora")
    assert [make(cora, each) for each in ("New", "Add", "織物", "New")] == ["new-2", "add-2", "list", "new-3"]


def test_a_file_does_not_take_away_what_a_curator_did(filled: Path, home: Path, desk: Desk, browser: Browser) -> None:
    ada = browser("ada")
    edit(desk, ada, "shipped", "entitle", title="Edited", note="N", visibility="public")
    words = ["--home", str(home), "lists", "take", str(filled / "shipped.toml")]
    told = CliRunner().invoke(touchstone, words)
    assert "left as curators have edited it here" in told.output
    assert held(desk, "shipped").title == "Edited"
    assert CliRunner().invoke(touchstone, [*words, "--replace"]).exit_code == 0
    assert held(desk, "shipped").title == "From a file"
    assert not soup(ada, "/lists/shipped/edit").select(".last"), "the last edit did not make it what it is"


def test_the_command_names_every_list_and_the_pages_those_with_readers(
    home: Path, desk: Desk, browser: Browser
) -> None:
    make(browser("cora"))
    assert "weaving: Weaving" in CliRunner().invoke(touchstone, ["--home", str(home), "lists"]).output
    with closing(open_kb(home)) as kb:
        assert [each.id for each in kb.lists()] == ["shipped"]
        assert [each.id for each in kb.lists(whole=True)] == ["shipped", "weaving"]


def test_a_topic_names_public_lists_alone(desk: Desk, browser: Browser) -> None:
    ada, reader = browser("ada"), browser(None)
    assert "/lists/shipped" in reader.get("/topics/fibromyalgia").text
    edit(desk, ada, "shipped", "entitle", title="From a file", note="N", visibility="unlisted")
    assert "/lists/shipped" not in reader.get("/topics/fibromyalgia").text


# Notes


def test_a_note_is_shown_as_it_is_marked(browser: Browser) -> None:
    note = "One *two* **three**\n\n- a\n- [b](https://b.example)\n\n> `c` <script>d</script>  \ne"
    client = browser("cora")
    made = send(client, "/lists/new", "/lists/new", title="Weaving", note=note)
    (shown,) = soup(client, made.headers["Location"].removesuffix("/edit")).select("header .written")
    assert (
        shown.decode_contents().split()
        == (
            "<p>One <em>two</em> <strong>three</strong></p> <ul> <li>a</li> "
            '<li><a href="https://b.example" rel="noreferrer nofollow">b</a></li> </ul> '
            "<blockquote><p><code>c</code> &lt;script&gt;d&lt;/script&gt;<br/>e</p></blockquote>"
        ).split()
    )


def test_curators_take_files_of_a_private_list_and_freeze_it_only_for_readers(desk: Desk, browser: Browser) -> None:
    cora = browser("cora")
    id = three(desk, cora, visibility="private")
    edit(desk, cora, id, "change", item="1:doi:10.5555/weavers", note="For all.", private_note="Ask somebody.")
    file = cora.get(f"/lists/{id}.md")
    assert "For all" in file.text
    assert "Ask somebody" not in file.text
    assert browser(None).get(f"/lists/{id}.md").status_code == 404
    refused = send(cora, f"/lists/{id}/editions", f"/lists/{id}/editions", name="2026-autumn")
    assert (refused.status_code, "public or unlisted first" in refused.text) == (409, True)
