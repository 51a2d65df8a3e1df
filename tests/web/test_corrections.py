"""The desk where facts are checked, and reports of mistakes. People, the trial and addresses are invented."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from lxml import html

from kb.amendments import LONGEST_REPORT
from kb.base import open_desk, open_for_writing, open_kb
from kb.desk import Desk
from kb.extraction import Extraction, Finding, Outcome, Sample
from kb.record import Payload, Record
from kb.search import Query
from kb.store.amending import MOST, MOST_OF_ALL, MOST_WAITING, WINDOW
from tests.conftest import NOW
from tests.web.conftest import soup, text
from tests.web.markup import problems
from tests.web.test_accounts import Clock, join, send, sign_in
from tests.web.test_words import NEVER, ours
from web import create_app

ID = "weaver-2011"
PAGE, DESK, REPORT = f"/publications/{ID}", f"/publications/{ID}/correct", f"/publications/{ID}/report"
PAYLOAD = Payload(source="file", key="invented.nbib", body=b"PMID- 990000001", fetched_at=NOW, format="medline")
HOSTILE = "<script>alert(1)</script>\"'>{{ 7 * 7 }}"


@pytest.fixture
def home(tmp_path: Path, invented: Record) -> Path:
    assert invented.abstract is not None
    at = invented.abstract.index("Pain was lower")
    pain = Outcome("pain", "down", "between_groups", "pain", polarity="low", arm="massage group", versus="usual care")
    reading = Extraction(
        version="1",
        design=Finding("rct", 9, 14),
        sample=Sample(n=Finding(40, 9, 14, "sample:total")),
        outcomes=(Finding(pain, at, at + 14, "outcome"),),
    )
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "touchstone.toml").write_text("semantic = false\n")
    with open_for_writing(tmp_path / "home") as kb:
        kb.store.keep(PAYLOAD)
        kb.store.put(invented, publication=ID, machine=reading, payload=PAYLOAD.digest, at=NOW)
        kb.refresh()
    return tmp_path / "home"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(home: Path, clock: Clock) -> Iterator[Desk]:
    desk = open_desk(home, clock)
    yield desk
    desk.close()


@pytest.fixture
def app(home: Path, desk: Desk) -> Iterator[Flask]:
    kb = open_kb(home)
    yield create_app(kb, desk)
    kb.close()


@pytest.fixture
def reader(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def curator(app: Flask, desk: Desk) -> FlaskClient:
    join(desk.accounts, "cora")
    client = app.test_client()
    sign_in(client, "cora")
    return client


def said(client: FlaskClient, path: str, what: str, **more: str) -> int:
    return send(client, DESK, DESK, path=path, what=what, **more).status_code


def test_only_curators_come_to_the_desk(reader: FlaskClient, curator: FlaskClient) -> None:
    for url in (DESK, "/reports"):
        assert reader.get(url).headers["Location"].startswith("/sign-in")
        assert curator.get(url).status_code == 200
    assert reader.post(DESK, data={"path": "sample.n", "what": "confirm"}).status_code == 303
    assert "by cora" not in text(soup(reader, PAGE))
    assert soup(reader, PAGE).select_one(f"a[href='{DESK}']") is None
    assert soup(curator, PAGE).select_one(f"a[href='{DESK}']") is not None


def test_a_fact_is_corrected_and_the_page_says_so_with_who_and_when(reader: FlaskClient, curator: FlaskClient) -> None:
    page = soup(curator, f"{DESK}?fact=sample.n")
    assert "It says 40 ." in text(page.select_one(".now"))
    assert page.select_one("input[name=v-value]")["value"] == "40"  # type: ignore[index]
    assert text(page.select_one("#abstract mark")) == "Forty"
    assert said(curator, "sample.n", "correct", seen="40", words="Forty weavers", **{"v-value": "48"}) == 303
    shown = soup(reader, PAGE)
    fact = text(shown.select_one("#fact-entered-1"))
    assert "48" in fact
    assert "corrected by Cora, Jan 2, 2026" in fact
    assert "A machine read 40 ; a person corrected it to 48" in fact
    assert "Entered corrected: it said 40 , now 48" in text(shown.select_one(".said-here"))
    assert shown.select_one(".abstract mark[title='entered: 48']") is not None


def test_each_word_can_be_undone_and_is_in_the_trail(
    reader: FlaskClient, curator: FlaskClient, desk: Desk, home: Path
) -> None:
    before = text(soup(reader, PAGE).select_one(".facts"))
    assert said(curator, "sample.n", "dispute") == 303
    assert said(curator, "design", "confirm") == 303
    for form in soup(curator, DESK).select("form[action$=undo]"):
        assert send(curator, DESK, str(form["action"])).status_code == 303
    assert text(soup(reader, PAGE).select_one(".facts")) == before
    assert curator.get(DESK).status_code == 200
    assert "; undone Jan 2, 2026" in text(soup(curator, DESK))
    actions = [each.action for each in desk.accounts.trail(f"publication:{ID}")]
    assert actions == ["undo: sample.n", "undo: design", "confirm design", "dispute sample.n"]
    gone = soup(curator, DESK).select_one("input[name=token]")
    assert gone is not None
    assert curator.post(f"{PAGE}/corrections/1/undo", data={"token": str(gone["value"])}).status_code == 404


def test_what_is_disputed_is_in_no_file_and_on_no_sheet(curator: FlaskClient, reader: FlaskClient) -> None:
    files = (f"{PAGE}.md", f"{PAGE}.html", f"{PAGE}/teach/key")
    assert all("40" in text(soup(reader, each)) for each in files)
    assert said(curator, "sample.n", "dispute") == 303
    assert said(curator, "outcomes.0", "dispute") == 303
    for each in files[:2]:
        assert "n not stated" in reader.get(each).text
        assert "Outcomes" not in reader.get(each).text
    entered = soup(reader, files[2]).find(string="Entered")
    assert entered is None


def test_a_missed_outcome_is_added(reader: FlaskClient, curator: FlaskClient) -> None:
    form = soup(curator, f"{DESK}?add=outcomes")
    assert {each["name"] for each in form.select("[name^=v-]")} >= {"v-name", "v-change", "v-basis", "v-concept"}
    row = {"v-name": "sleep", "v-change": "up", "v-basis": "between_groups", "v-concept": "sleep"}
    assert said(curator, "outcomes", "add", words="Pain fell", **row) == 303
    assert "sleep" in text(soup(reader, PAGE).select(".ledger tbody tr")[1])


def test_counts_and_searches_follow(curator: FlaskClient, home: Path, desk: Desk) -> None:
    kb = open_kb(home)
    asked = Query(text="", filters=(("outcome", "pain"),))
    before = kb.find(asked).ids
    assert before == (ID,)
    sent = send(curator, DESK, DESK, path="outcomes.0", what="dispute")
    assert desk.index.follow(patience=60)
    assert "follows=" in sent.headers["Location"]
    assert kb.find(asked).ids == ()
    kb.close()


def test_a_page_does_not_wait_for_another_process_that_writes(curator: FlaskClient, home: Path) -> None:
    with open_for_writing(home):
        sent = send(curator, DESK, DESK, path="sample.n", what="confirm")
        assert sent.headers["Location"].endswith("follows=later")
    assert "or with the next run" in text(soup(curator, sent.headers["Location"]).select_one("[role=status]"))


@pytest.mark.parametrize(
    "sent",
    [
        {"path": "sample.n", "what": "correct", "v-value": "many", "words": "Forty"},
        {"path": "sample.n", "what": "correct", "v-value": HOSTILE, "words": "Forty"},
        {"path": "sample.n", "what": "correct", "v-value": "48", "words": HOSTILE},
        {"path": "sample.n", "what": "correct", "v-value": "48"},
        {"path": "sample.n", "what": "delete"},
        {"path": HOSTILE, "what": "confirm"},
        {"path": "outcomes.99999999999999999999", "what": "confirm"},
        {"path": "outcomes.٣", "what": "confirm"},
        {"path": "method.arms.0.n", "what": "add", "v-value": "3", "words": "Forty"},
        {"path": "sample.n", "what": "confirm", "seen": "39"},
        {"path": "outcomes", "what": "add", "words": "Forty", "v-change": HOSTILE, "v-name": "x", "v-basis": "unclear"},
        {},
    ],
)
def test_what_is_refused_is_told_in_the_form_and_changes_nothing(
    sent: dict[str, str], curator: FlaskClient, reader: FlaskClient
) -> None:
    before = reader.get(PAGE).data
    refused = send(curator, DESK, DESK, **sent)
    assert refused.status_code == 400
    page = refused.get_data(as_text=True)
    assert BeautifulSoup(page, "html.parser").select_one(".wrong[role=alert]") is not None
    assert "<script>alert" not in page
    assert problems(page) == []
    assert reader.get(PAGE).data == before


def test_words_of_people_are_words(curator: FlaskClient, reader: FlaskClient) -> None:
    """A name that an outcome has is text, whatever is in it."""
    row = {"v-name": HOSTILE, "v-change": "up", "v-basis": "unclear", "note": HOSTILE}
    assert said(curator, "outcomes", "add", words="Pain fell", **row) == 303
    for client, url in ((reader, PAGE), (curator, DESK), (curator, f"{DESK}?fact=outcomes.1"), (reader, REPORT)):
        page = client.get(url).get_data(as_text=True)
        assert "<script>alert" not in page
        assert "alert(1)" in page
        assert ">49" not in page
        assert problems(page) == []


def test_a_form_of_another_site_changes_nothing(curator: FlaskClient, reader: FlaskClient) -> None:
    before = reader.get(PAGE).data
    for token in ("", "0" * 64):
        sent = curator.post(DESK, data={"token": token, "path": "sample.n", "what": "dispute"})
        assert sent.status_code == 403
    elsewhere = {"Sec-Fetch-Site": "cross-site"}
    assert reader.post(REPORT, data={"words": "spam"}, headers=elsewhere).status_code == 403
    assert reader.get(PAGE).data == before


def test_a_joined_publication_leads_on(curator: FlaskClient, desk: Desk, invented: Record) -> None:
    other = msgspec.structs.replace(invented, key="2", identifiers=())
    desk.store.put(other, publication="loom-2012", machine=Extraction(version="1"), payload=PAYLOAD.digest, at=NOW)
    desk.reports.send("loom-2012", None, "It is one study.", "192.0.2.1")
    desk.store.join(ID, "loom-2012", machine=Extraction(version="1"), said_by="person", reason="invented", at=NOW)
    assert curator.get("/publications/loom-2012/correct").headers["Location"] == DESK
    assert curator.get("/publications/loom-2012/report").headers["Location"] == REPORT
    assert [each.words for each in desk.store.reports(ID)] == ["It is one study."]


# Reports.


def report(client: FlaskClient, words: str, **more: str) -> int:
    return client.post(REPORT, data={"words": words, **more}).status_code


def test_a_reader_reports_without_an_account_and_sees_what_became_of_it(
    reader: FlaskClient, curator: FlaskClient, invented: Record
) -> None:
    names = {str(each["name"]) for each in soup(reader, REPORT).select("[name]") if each.get("name") != "viewport"}
    assert names == {"fact", "words", "website", "color-scheme", "robots"}, "no address is asked for"
    sent = reader.post(REPORT, data={"fact": "sample.n", "words": "It was 48."})
    assert sent.status_code == 303
    assert "Thank you" in text(soup(reader, sent.headers["Location"]))
    shown = text(soup(reader, PAGE).select_one("[aria-labelledby=reports-here]"))
    assert "Entered: 40 . Reported on Jan 2, 2026; it waits for an answer." in shown
    assert "It was 48." not in shown, "nobody has read it yet"
    told = soup(curator, "/reports")
    assert "It was 48." in text(told)
    assert [text(each) for each in told.select(f".report a[href='{PAGE}']")] == [invented.title]
    assert send(curator, "/reports", "/reports/1", outcome="accepted", words="So it was.").status_code == 303
    shown = text(soup(reader, PAGE).select_one("[aria-labelledby=reports-here]"))
    assert "accepted on Jan 2, 2026. A reader wrote: It was 48. Answer: So it was." in shown
    send(curator, "/reports", "/reports/1", outcome="put_away")
    assert "It was 48." not in text(soup(reader, PAGE))


@pytest.mark.parametrize("words", ["", "  \n ", "x" * (LONGEST_REPORT + 1), "a\x00b", "a\u202eb"])
def test_a_report_that_says_nothing_or_too_much_is_refused(words: str, reader: FlaskClient, desk: Desk) -> None:
    refused = reader.post(REPORT, data={"words": words})
    assert refused.status_code == 400
    assert "wrong" in refused.get_data(as_text=True)
    assert desk.store.reports() == ()


def test_simple_programs_are_thanked_and_nothing_is_kept(reader: FlaskClient, desk: Desk) -> None:
    assert report(reader, "Buy weaving looms", website="https://looms.example") == 303
    assert desk.store.reports() == ()


def test_a_fact_that_is_not_there_is_no_fact(reader: FlaskClient, desk: Desk) -> None:
    assert report(reader, HOSTILE, fact=HOSTILE) == 303
    (one,) = desk.store.reports()
    assert one.fact is None


def test_who_sends_much_waits_and_others_do_not(app: Flask, desk: Desk, clock: Clock) -> None:
    client = app.test_client()
    for _ in range(MOST):
        assert report(client, "It was 48.") == 303
    stopped = client.post(REPORT, data={"words": "It was 48."})
    assert (stopped.status_code, stopped.headers["Retry-After"]) == (429, str(int(WINDOW.total_seconds())))
    other = {"REMOTE_ADDR": "192.0.2.7"}
    assert client.post(REPORT, data={"words": "x"}, environ_overrides=other).status_code == 303
    assert sign_in(client, "nobody").status_code == 403, "signing in is counted apart"
    clock.at += WINDOW + timedelta(seconds=1)
    assert report(client, "It was 48.") == 303


def test_many_addresses_together_are_stopped_too(desk: Desk, app: Flask, clock: Clock) -> None:
    client = app.test_client()
    kept = 0
    for i in range(MOST_OF_ALL + 20):
        sent = client.post(REPORT, data={"words": "x"}, environ_overrides={"REMOTE_ADDR": f"192.0.2.{i}"})
        kept += sent.status_code == 303
    assert kept == MOST_WAITING
    assert sent.status_code == 400


@pytest.mark.parametrize("sent", [{"outcome": "accepted"}, {"outcome": "deleted", "words": "x"}, {"words": "x"}])
def test_an_answer_has_its_words_and_is_one_of_three(
    sent: dict[str, str], reader: FlaskClient, curator: FlaskClient, desk: Desk
) -> None:
    report(reader, "It was 48.")
    assert send(curator, "/reports", "/reports/1", **sent).status_code == 400
    assert send(curator, "/reports", "/reports/99", outcome="accepted", words="x").status_code == 400
    assert [each.outcome for each in desk.store.reports()] == [None]


def test_a_report_gives_no_abstract_away_that_is_not_ours(
    home: Path, reader: FlaskClient, desk: Desk, invented: Record
) -> None:
    report(reader, str(invented.abstract))
    (one,) = desk.store.reports()
    join(desk.accounts, "cora")
    (cora,) = desk.accounts.people()
    desk.reports.answer(cora, one.id, "not_changed", "It is told so.")
    (home / "touchstone.toml").write_text("semantic = false\npublic = true\n")
    kb = open_kb(home)
    shown = text(soup(create_app(kb, desk).test_client(), PAGE).select_one("[aria-labelledby=reports-here]"))
    kb.close()
    assert "It is told so." in shown
    assert "Forty weavers" not in shown


def test_the_pages_are_sound_and_say_nothing_that_no_count_can_say(reader: FlaskClient, curator: FlaskClient) -> None:
    report(reader, "It was 48.", fact="sample.n")
    said(curator, "sample.n", "confirm")
    urls = (DESK, f"{DESK}?fact=outcomes.0", f"{DESK}?add=outcomes", f"{DESK}?add=sample.age_range", "/reports", REPORT)
    for url in (*urls, f"{DESK}?fact=nothing", f"{DESK}?add={HOSTILE}", PAGE):
        page = curator.get(url).get_data(as_text=True)
        assert problems(page) == [], url
        assert NEVER.search(ours(html.document_fromstring(page))) is None, url


def test_without_accounts_there_is_neither(home: Path) -> None:
    kb = open_kb(home)
    client = create_app(kb).test_client()
    assert client.get(DESK).status_code == client.get(REPORT).status_code == 404
    assert "Report a mistake" not in text(soup(client, PAGE))
    kb.close()
