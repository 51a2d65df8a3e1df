"""Watching an answer, from the page to the letter in a mail server on loopback. Literature and people are invented."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import copytree

import feedparser
import pytest
from click.testing import CliRunner, Result
from filelock import FileLock
from flask.testing import FlaskClient

from kb.alerts import Answer
from kb.base import KnowledgeBase, open_desk, open_kb
from kb.desk import Desk
from kb.store.watching import FROM_ONE, GOOD_FOR, MOST, TO_ONE
from tests.servers.mail import MailServer, mail_server
from tests.web.conftest import soup, text
from tests.web.markup import problems
from tests.web.test_accounts import Clock, join, send, sign_in
from tests.web.test_words import NEVER
from touchstone import touchstone
from web import create_app

ASKED = "q=massage+for+neck+pain"
READER = "reader@example.org"
SITE = "https://evidence.example.org"


def trial(number: int, name: str, *, better: bool = True, kind: str = "", volume: str = "6") -> str:
    """An invented trial, as PubMed would give it; `kind` is a line more."""
    result = "lower in" if better else "not different between"
    groups = f"the massage group {'than in' if better else 'and'} the usual care group"
    return (
        f"PMID- {990000000 + number}\nTI  - Invented trial: massage of {name.lower()}s with neck pain.\n"
        f"FAU - {name}, Paula\nJT  - Journal of Invented Trials\nDP  - {2010 + number % 10}\nVI  - {volume}\n"
        f"AB  - METHODS: Sixty {name.lower()}s with neck pain were randomly assigned to Swedish massage or to usual "
        f"care. RESULTS: Neck pain was {result} {groups}.\n"
        f"PT  - Randomized Controlled Trial\n{kind}\n"
    )


class House:
    """A home with a few invented trials, a mail server, pages, and the commands."""

    def __init__(self, home: Path, server: MailServer, clock: Clock) -> None:
        self.home, self.server, self.clock = home, server, clock
        clock.at = datetime.now(UTC)  # as the commands have it
        self.settings(mail=True)
        self.kb: KnowledgeBase = open_kb(home)
        self.desk: Desk = open_desk(home, clock)
        self.watching = self.desk.watching
        self.app = create_app(self.kb, self.desk)

    def settings(self, *, mail: bool, port: int | None = None) -> None:
        told = f'[mail]\nhost = "127.0.0.1"\nport = {port or self.server.port}\nsecurity = "none"\n'
        told += f'from = "Touchstone <touchstone@example.org>"\nsite = "{SITE}"\n'
        (self.home / "touchstone.toml").write_text("semantic = false\n" + (told if mail else ""))

    def run(self, *words: str) -> Result:
        return CliRunner().invoke(touchstone, ["--home", str(self.home), *words])

    def ingest(self, *trials: str) -> None:
        path = self.home.with_name("new.nbib")
        path.write_text("\n".join(trials))
        assert self.run("ingest", "file", str(path)).exit_code == 0

    def alerts(self, exit_code: int = 0) -> dict[str, object]:
        done = self.run("alerts", "run", "--json")
        assert done.exit_code == exit_code, done.output
        report: dict[str, object] = json.loads(done.output)
        return report

    def client(self) -> FlaskClient:
        return self.app.test_client()

    def ask(self, address: str = READER, question: str = ASKED):  # type: ignore[no-untyped-def]
        return self.client().post("/watch/letter", data={"question": question, "address": address})

    def subscribe(self, address: str = READER, question: str = ASKED) -> None:
        assert self.ask(address, question).status_code == 200
        link = linked(self.server.letters[-1].get_content(), "confirm")
        assert self.client().post(link).status_code == 200


def linked(letter: str, kind: str) -> str:
    """The path of a link of a letter."""
    found = re.search(rf"{re.escape(SITE)}(/watch/{kind}/[\w-]{{43}})\r?$", letter, re.MULTILINE)
    assert found, letter
    return found[1]


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as running:
        yield running


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with two invented trials, to be copied."""
    home = tmp_path_factory.mktemp("filled") / "home"
    home.mkdir()
    (home / "touchstone.toml").write_text("semantic = false\n")
    path = home.with_name("trials.nbib")
    path.write_text("\n".join((trial(1, "Potter"), trial(2, "Dyer", better=False))))
    assert CliRunner().invoke(touchstone, ["--home", str(home), "ingest", "file", str(path)]).exit_code == 0
    return home


@pytest.fixture
def house(tmp_path: Path, filled: Path, server: MailServer) -> Iterator[House]:
    copytree(filled, tmp_path / "home")
    made = House(tmp_path / "home", server, Clock())
    yield made
    made.desk.close()
    made.kb.close()


@pytest.fixture
def subscribed(house: House) -> House:
    """A house of which two readers are told, and the letters that asked them are read."""
    house.subscribe()
    house.subscribe("another@example.org")
    house.server.letters.clear()
    house.server.to.clear()
    return house


# What is sent, and what is not.


def test_two_runs_without_new_data_send_nothing(subscribed: House) -> None:
    for _ in range(2):
        report = subscribed.alerts()
        assert (report["questions"], report["changes"], report["sent"]) == (1, [], 0)
    assert subscribed.server.letters == []


def test_one_changed_answer_sends_one_letter_a_subscriber_once(subscribed: House) -> None:
    subscribed.ingest(trial(3, "Weaver"))
    report = subscribed.alerts()
    assert (report["sent"], report["waiting"], len(report["changes"])) == (2, 0, 1)  # type: ignore[arg-type]
    assert sorted(subscribed.server.to) == ["another@example.org", READER]
    assert subscribed.alerts()["sent"] == 0
    assert len(subscribed.server.letters) == 2
    letter = subscribed.server.letters[0]
    told = " ".join(letter.get_content().split())
    assert (
        "pain, compared with no treatment, waiting or usual care: 1 better, 1 without a clear direction of 2, "
        "now 2 better, 1 without a clear direction of 3" in told
    ), told
    assert "new: Weaver 2013" in told
    assert f"{SITE}/search?{ASKED}" in letter.get_content().splitlines()
    assert not NEVER.search(told)
    assert letter["List-Unsubscribe"] == f"<{SITE}{linked(letter.get_content(), 'stop')}>"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    stop = f"{SITE}{linked(letter.get_content(), 'stop')}"
    assert f"\r\nList-Unsubscribe: <{stop}>\r\n".encode() in subscribed.server.raw[-2]  # on one line, as it is
    first, second = (each["Message-ID"] for each in subscribed.server.letters)
    assert first != second


def test_a_retraction_is_sent(subscribed: House) -> None:
    subscribed.ingest(trial(1, "Potter", kind="PT  - Retracted Publication\nRIN - J Invented. 2020;1:1\n"))
    assert subscribed.alerts()["sent"] == 2
    told = " ".join(subscribed.server.letters[0].get_content().split())
    assert "* retracted: Potter 2011" in told
    assert "1 better, 1 without a clear direction of 2, now 0 better, 1 without a clear direction of 1" in told
    assert subscribed.alerts()["sent"] == 0


def test_a_review_is_sent(subscribed: House) -> None:
    review = (
        "PMID- 990000050\nTI  - Massage for neck pain: an invented systematic review.\nFAU - Loom, Lina\nDP  - 2020\n"
        "AB  - METHODS: We searched for trials of massage for neck pain. RESULTS: Four trials were included.\n"
        "PT  - Systematic Review\n"
    )
    subscribed.ingest(review)
    assert subscribed.alerts()["sent"] == 2
    assert "* new review: Loom 2020" in subscribed.server.letters[0].get_content()


@pytest.mark.parametrize(
    "came",
    [
        trial(1, "Potter", volume="7"),
        "PMID- 990000060\nTI  - A title on massage for neck pain alone.\nFAU - Cited, C\nDP  - 2021\n",
        re.sub("[Nn]eck pain", "motion sickness", trial(4, "Astronaut")),
    ],
    ids=["a correction of the citation", "a citation alone", "what answers another question"],
)
def test_an_ingest_that_changes_nothing_of_the_answer_sends_nothing(subscribed: House, came: str) -> None:
    before = subscribed.kb.revision
    subscribed.ingest(came)
    assert subscribed.kb.revision > before
    assert subscribed.alerts()["sent"] == 0
    assert subscribed.server.letters == []


def test_who_comes_later_is_told_only_of_what_comes_later(subscribed: House) -> None:
    subscribed.ingest(trial(3, "Weaver"))
    subscribed.subscribe("late@example.org")
    assert subscribed.alerts()["sent"] == 2
    assert "late@example.org" not in subscribed.server.to[1:]
    subscribed.ingest(trial(4, "Spinner"))
    assert subscribed.alerts()["sent"] == 3


# The server.


def test_a_server_that_is_away_is_told_and_tried_again(subscribed: House) -> None:
    subscribed.settings(mail=True, port=9)  # nothing listens on the port of `discard`
    subscribed.ingest(trial(3, "Weaver"))
    report = subscribed.alerts(exit_code=1)
    assert (report["sent"], report["waiting"]) == (0, 2)
    assert "cannot be used" in str(report["problems"])
    subscribed.settings(mail=True)
    assert subscribed.alerts()["sent"] == 2
    assert len(subscribed.server.letters) == 2


@pytest.mark.parametrize("answer", ["451 Try again later", "421 Too busy"])
def test_what_a_server_puts_off_is_tried_again(subscribed: House, answer: str) -> None:
    subscribed.server.answer = answer
    subscribed.ingest(trial(3, "Weaver"))
    report = subscribed.alerts(exit_code=1)
    assert (report["sent"], report["waiting"], report["refused"]) == (0, 2, 0)
    subscribed.server.answer = "250 OK"
    assert subscribed.alerts()["sent"] == 2


def test_what_a_server_refuses_for_good_is_told_once(subscribed: House) -> None:
    subscribed.server.recipient_answer = "550 No such user"
    subscribed.ingest(trial(3, "Weaver"))
    report = subscribed.alerts(exit_code=1)
    assert (report["sent"], report["waiting"], report["refused"]) == (0, 0, 2)
    assert READER not in str(report)
    assert subscribed.alerts()["refused"] == 0


def test_a_letter_that_may_have_arrived_is_not_sent_again(subscribed: House) -> None:
    subscribed.server.breaks = True
    subscribed.ingest(trial(3, "Weaver"))
    report = subscribed.alerts(exit_code=1)
    assert (report["sent"], report["lost"], report["waiting"]) == (0, 2, 0)
    subscribed.server.breaks = False
    assert subscribed.alerts()["sent"] == 0
    assert len(subscribed.server.letters) == 2, "both had arrived"


def test_a_crash_between_the_mark_and_the_server_sends_at_most_once(subscribed: House) -> None:
    """The process dies after it has noted that a letter is handed over: the letter is lost, and its event is not."""
    subscribed.settings(mail=False)
    subscribed.ingest(trial(3, "Weaver"))
    subscribed.alerts(exit_code=1)  # the change is noted, and two letters wait
    first, _ = subscribed.watching.due()
    assert subscribed.watching.begin(first)  # ... and here it dies
    subscribed.settings(mail=True)
    report = subscribed.alerts(exit_code=1)
    assert (report["sent"], report["lost"]) == (1, 1)
    assert first.address not in subscribed.server.to
    assert "interrupted" in str(report["problems"])
    assert (subscribed.alerts()["sent"], len(subscribed.server.letters)) == (0, 1)
    assert len(feed(subscribed.client(), "changes").entries) == 1


def test_without_a_server_changes_are_noted_and_letters_wait(subscribed: House) -> None:
    subscribed.settings(mail=False)
    subscribed.ingest(trial(3, "Weaver"))
    assert subscribed.alerts(exit_code=1)["waiting"] == 2
    done = subscribed.run("alerts", "run")
    assert "letters waiting for the next run: 2" in done.output
    assert "[mail]" in done.output


def test_two_rounds_at_once_are_refused(subscribed: House) -> None:
    from kb.errors import BusyError

    with FileLock(subscribed.home / "alerts.lock"):
        done = subscribed.run("alerts", "run")
    assert isinstance(done.exception, BusyError)  # exit code 3, in `touchstone.main`


# The yes, and the stop.


def test_nothing_is_sent_before_the_address_said_yes(house: House) -> None:
    assert house.ask().status_code == 200
    (letter,) = house.server.letters
    link = linked(letter.get_content(), "confirm")
    house.ingest(trial(3, "Weaver"))
    assert house.client().get(link).status_code == 200  # a program that looks at links says no yes
    assert house.alerts()["questions"] == 0
    assert house.client().post(link).status_code == 200
    house.ingest(trial(4, "Spinner"))
    assert house.alerts()["sent"] == 1
    assert house.client().post(link).status_code == 410


def test_a_yes_that_comes_too_late_is_none_and_the_address_is_forgotten(house: House) -> None:
    house.ask()
    link = linked(house.server.letters[0].get_content(), "confirm")
    house.clock.at += GOOD_FOR + timedelta(seconds=1)
    assert house.client().get(link).status_code == 410
    assert house.client().post(link).status_code == 410
    assert house.watching.forget_unconfirmed() == 1
    assert READER.encode() not in kept(house)


def kept(house: House) -> bytes:
    """All that the store says now, without what SQLite has not overwritten yet."""
    import sqlite3

    with closing(sqlite3.connect(house.home / "store.sqlite")) as connection:
        return "\n".join(connection.iterdump()).encode()


def test_the_stop_link_stops_by_one_post_and_forgets_the_address(subscribed: House) -> None:
    subscribed.ingest(trial(3, "Weaver"))
    subscribed.alerts()
    letter = next(each for each in subscribed.server.letters if each["To"] == READER)
    link = linked(letter.get_content(), "stop")
    for _ in range(3):  # a program that looks at every link of a letter
        page = subscribed.client().get(link)
        assert page.status_code == 200
        assert page.headers["Cache-Control"] == "no-store"
        assert subscribed.client().head(link).status_code == 200
    assert READER.encode() in kept(subscribed)
    one_click = subscribed.client().post(link, data={"List-Unsubscribe": "One-Click"})  # RFC 8058, 3.2
    assert one_click.status_code == 200
    assert READER.encode() not in kept(subscribed)
    assert subscribed.client().post(link).status_code == 200, "a second time is no fault"
    subscribed.ingest(trial(4, "Spinner"))
    assert subscribed.alerts()["sent"] == 1
    assert subscribed.server.to[-1] == "another@example.org"


def test_whoever_stops_while_letters_wait_gets_none(subscribed: House) -> None:
    subscribed.settings(mail=False)
    subscribed.ingest(trial(3, "Weaver"))
    subscribed.alerts(exit_code=1)
    for letter in subscribed.watching.due():
        subscribed.watching.stop(letter.stop)
        assert not subscribed.watching.begin(letter)
    subscribed.settings(mail=True)
    subscribed.alerts()
    assert subscribed.server.letters == []


def test_a_stop_link_from_another_site_is_refused_and_a_guessed_one_does_nothing(subscribed: House) -> None:
    from_elsewhere = subscribed.client().post("/watch/stop/guessed", headers={"Sec-Fetch-Site": "cross-site"})
    assert from_elsewhere.status_code == 403
    assert subscribed.client().post("/watch/stop/guessed").status_code == 200
    assert len(subscribed.watching.watched()) == 1


# Who asks.


@pytest.mark.parametrize(
    "address", ["r@example.org\r\nBcc: v@example.org", "a@example.org,b@example.org", "nobody", "R <r@example.org>", ""]
)
def test_what_is_no_address_is_refused(house: House, address: str) -> None:
    refused = house.ask(address)
    assert refused.status_code == 400
    assert "no e-mail address" in text(soup_of(refused).select_one(".wrong"))
    assert problems(refused.text) == []
    assert house.server.letters == []


@pytest.mark.parametrize("question", ["q=a%0d%0aBcc%3A+v%40example.org", "q=a%00%0ab", "condition=x%0d%0aBcc:+v@e.org"])
def test_a_question_brings_no_header_into_a_letter(house: House, question: str) -> None:
    house.subscribe(question=question)
    for letter in house.server.letters:
        assert letter["Bcc"] is None
    assert house.server.to == [READER]


def test_letters_nobody_asked_for_are_few(house: House) -> None:
    for n in range(TO_ONE):
        assert house.ask(question=f"q=massage+{n}").status_code == 200
    stopped = house.ask(question="q=one+more")
    assert (stopped.status_code, stopped.headers["Retry-After"]) == (429, "86400")
    for n in range(FROM_ONE - TO_ONE):
        assert house.ask(address=f"reader{n}@example.org").status_code == 200
    assert house.ask(address="another@example.org").status_code == 429
    assert len(house.server.letters) == FROM_ONE


def test_nobody_learns_whether_an_address_watches(house: House) -> None:
    house.subscribe()
    again = house.ask()
    fresh = house.ask(address="freshly@example.org")
    assert again.status_code == fresh.status_code == 200
    assert again.text.replace(READER, "") == fresh.text.replace("freshly@example.org", "")
    assert "already" in house.server.letters[-2].get_content()


def test_links_of_letters_do_not_come_from_the_request(house: House) -> None:
    house.client().post("/watch/letter", data={"question": ASKED, "address": READER}, headers={"Host": "evil.example"})
    assert "evil.example" not in house.server.letters[0].as_string()


def test_a_letter_that_cannot_be_sent_is_told_to_who_asked(house: House) -> None:
    house.server.answer = "554 No"
    refused = house.ask()
    assert refused.status_code == 503
    assert "could not be sent" in text(soup_of(refused).select_one(".wrong"))


def test_without_a_server_no_address_is_asked_for(house: House) -> None:
    house.settings(mail=False)
    with closing(open_desk(house.home, house.clock)) as desk:
        client = create_app(house.kb, desk).test_client()
        page = soup(client, f"/watch?{ASKED}")
        assert page.select_one("input[type=email]") is None
        assert client.post("/watch/letter", data={"question": ASKED, "address": READER}).status_code == 400


# In an account.


def test_a_person_watches_from_the_page_of_an_answer_sees_the_change_and_stops(house: House) -> None:
    join(house.desk.accounts, "cora")
    client = house.client()
    sign_in(client, "cora")
    way = soup(client, f"/search?{ASKED}").find("a", string="Watch this answer")
    assert way is not None
    assert way["href"] == f"/watch?{ASKED}"
    for _ in range(2):  # twice is once
        watched = send(client, f"/watch?{ASKED}", "/watch", question=ASKED)
        assert (watched.status_code, watched.headers["Location"]) == (303, "/account#watched")
    page = soup(client, "/account")
    assert len(page.select(".watches > li")) == 1
    assert "No change was seen" in text(page.select_one(".watches"))
    house.ingest(trial(3, "Weaver"))
    report = house.alerts()
    assert (report["sent"], len(report["changes"])) == (0, 1)  # type: ignore[arg-type]
    page = soup(client, "/account")
    assert "new: Weaver 2013" in text(page.select_one(".watches"))
    assert problems(client.get("/account").text) == []
    stop = page.select_one(".watches form")
    assert stop is not None
    assert send(client, "/account", str(stop["action"])).status_code == 303
    assert soup(client, "/account").select(".watches > li") == []
    trail = [each.action for each in house.desk.accounts.trail()]
    assert {"watch", "stop watching"} <= set(trail)


def test_nobody_stops_what_another_watches(house: House) -> None:
    for name in ("cora", "dora"):
        join(house.desk.accounts, name)
        client = house.client()
        sign_in(client, name)
        send(client, f"/watch?{ASKED}", "/watch", question=ASKED)
    cora = next(each for each in house.desk.accounts.people() if each.name == "cora")
    (hers,) = house.watching.of(cora)
    send(client, "/account", f"/account/watches/{hers.id}/stop")
    assert house.watching.of(cora) == (hers,)


def test_too_many_are_refused_in_words(house: House) -> None:
    join(house.desk.accounts, "cora")
    client = house.client()
    sign_in(client, "cora")
    (cora,) = house.desk.accounts.people()
    for n in range(MOST):
        house.watching.watch(cora, f"q=invented{n}", f"invented {n}", Answer(), lambda old, new: ())
    assert send(client, "/watch?q=x", "/watch", question="q=more").status_code == 400


def test_watching_in_an_account_needs_one(house: House) -> None:
    assert house.client().post("/watch", data={"question": ASKED}).headers["Location"].startswith("/sign-in")
    assert house.watching.watched() == ()


# Feeds.


def feed(client: FlaskClient, name: str, asked: str = ASKED):  # type: ignore[no-untyped-def]
    answer = client.get(f"/feeds/{name}.atom?{asked}")
    assert (answer.status_code, answer.mimetype) == (200, "application/atom+xml")
    read = feedparser.parse(answer.data)
    assert not read.bozo, read.get("bozo_exception")
    assert read.version == "atom10"
    assert read.feed.id
    assert read.feed.updated_parsed
    assert all(each.id and each.title and each.updated_parsed and each.link for each in read.entries)
    return read


def test_the_feed_of_changes_tells_each_change_once(subscribed: House) -> None:
    assert feed(subscribed.client(), "changes").entries == []
    subscribed.ingest(trial(3, "Weaver"))
    subscribed.alerts()
    subscribed.alerts()
    (entry,) = feed(subscribed.client(), "changes").entries
    assert "now 2 better" in entry.title
    assert "new: Weaver 2013" in entry.content[0].value
    assert not NEVER.search(entry.content[0].value)
    assert READER not in subscribed.client().get(f"/feeds/changes.atom?{ASKED}").text
    assert feed(subscribed.client(), "changes", "q=another").entries == []


def test_the_feed_of_answers_has_what_came_last_first_however_old_it_is(house: House) -> None:
    house.ingest(trial(10, "Spinner"))  # published in 2010, before the others
    read = feed(house.client(), "answers")
    assert len(read.entries) == 3
    assert "spinner" in read.entries[0].title
    assert read.entries[0].author == "Paula Spinner"
    assert read.entries[0].link.endswith("/publications/" + read.entries[0].id.rpartition("/")[2])
    updated = [datetime(*each.updated_parsed[:6], tzinfo=UTC) for each in read.entries]
    assert updated == sorted(updated, reverse=True)


def test_feeds_have_one_address_a_question_and_are_not_sent_twice(house: House) -> None:
    client = house.client()
    assert client.get(f"/feeds/answers.atom?{ASKED}&sort=newest&page=2").headers["Location"].endswith(ASKED)
    first = client.get(f"/feeds/answers.atom?{ASKED}")
    again = client.get(f"/feeds/answers.atom?{ASKED}", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("asked", ["", "q=%3C%2Ftitle%3E%3Cscript%3E%26", "q=%EF%BF%BE%01", "q=none+of+that"])
def test_whatever_is_asked_a_feed_is_a_feed(house: House, asked: str) -> None:
    for name in ("answers", "changes"):
        answer = house.client().get(f"/feeds/{name}.atom?{asked}", follow_redirects=True)
        assert not feedparser.parse(answer.data).bozo


def test_a_retracted_publication_says_so_in_the_feed(house: House) -> None:
    house.ingest(trial(1, "Potter", kind="PT  - Retracted Publication\nRIN - J Invented. 2020;1:1\n"))
    titles = [each.title for each in feed(house.client(), "answers").entries]
    assert any(each.startswith("Retracted: ") for each in titles)


# The pages.


def test_every_page_is_sound_and_says_nothing_that_no_count_can_say(house: House) -> None:
    client = house.client()
    house.ask()
    letter = house.server.letters[0].get_content()
    pages: list[Callable[[], str]] = [
        lambda: client.get(f"/watch?{ASKED}").text,
        lambda: house.ask("else@example.org").text,
        lambda: client.get(linked(letter, "confirm")).text,
        lambda: client.post(linked(letter, "confirm")).text,
        lambda: client.get(linked(letter, "confirm")).text,
        lambda: client.get(linked(letter, "stop")).text,
        lambda: client.post(linked(letter, "stop")).text,
        lambda: client.get(linked(letter, "stop")).text,
    ]
    for page in pages:
        shown = page()
        assert problems(shown) == []
        assert not NEVER.search(re.sub(r"<[^>]+>", " ", shown))


def test_the_page_of_an_answer_that_is_not_there_offers_to_watch_it(house: House) -> None:
    page = soup(house.client(), "/search?q=reiki+for+astronauts")
    assert page.select_one(".nothing a[href^='/watch?q=reiki']") is not None


def soup_of(answer):  # type: ignore[no-untyped-def]
    from bs4 import BeautifulSoup

    return BeautifulSoup(answer.data, "html.parser")
