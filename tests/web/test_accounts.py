"""Signing in, and what is kept from those who try to get in otherwise. People and addresses are invented."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from kb.base import open_desk, open_for_writing
from kb.desk import Desk
from kb.people import Role
from kb.store import devices
from kb.store.accounts import GOOD_FOR, IDLE, LONGEST, MOST, WINDOW, Accounts
from tests.conftest import NOW
from tests.web.conftest import soup, text
from tests.web.invented import InventedKnowledgeBase
from web import behind, create_app
from web.visitor import safe_next

PASSWORD = "four invented words together"


class Clock:
    """A clock that goes on only when it is told to."""

    def __init__(self) -> None:
        self.at = NOW

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Desk:
    with open_for_writing(tmp_path / "home"):
        pass
    return open_desk(tmp_path / "home", clock)


@pytest.fixture
def accounts(desk: Desk) -> Accounts:
    return desk.accounts


@pytest.fixture
def browser(desk: Desk) -> Callable[[], FlaskClient]:
    return lambda: create_app(InventedKnowledgeBase(), desk).test_client()


def join(accounts: Accounts, name: str, role: Role = "curator") -> None:
    accounts.accept(accounts.invite(None, name, role), PASSWORD)


def sign_in(client: FlaskClient, name: str, password: str = PASSWORD, **more: str) -> TestResponse:
    return client.post("/sign-in", data={"name": name, "password": password, **more})


def send(client: FlaskClient, page: str, action: str, **data: str) -> TestResponse:
    """Send a form of `page` with the token that it carries."""
    token = soup(client, page).select_one("input[name=token]")
    return client.post(action, data={"token": str(token["value"]) if token else "", **data})


def test_the_first_administrator_comes_in_and_invites_others(
    accounts: Accounts, browser: Callable[[], FlaskClient]
) -> None:
    first = browser()
    link = f"/invitation/{accounts.invite(None, 'Ada@Example.org', 'administrator')}"
    page = soup(first, link)
    assert "as administrator" in text(page.select_one(".lead"))
    done = first.post(link, data={"password": PASSWORD, "shown": "Ada"})
    assert (done.status_code, done.headers["Location"]) == (303, "/account")
    assert "Ada" in text(soup(first, "/account").h1)
    assert first.get(link).status_code == 410

    invited = send(first, "/people", "/people", name="Cora", role="curator")
    assert invited.status_code == 200
    link = str(text(soup_of(invited).select_one(".secret code")))
    second = browser()
    assert second.post(link, data={"password": PASSWORD, "shown": "Cora"}).status_code == 303
    assert second.get("/people").status_code == 403
    told = text(soup(first, "/changes"))
    assert "invite as curator, cora" in told
    assert "invite as curator" not in text(soup(second, "/changes")), "of accounts administrators are told"


def soup_of(answer: TestResponse):  # type: ignore[no-untyped-def]
    from bs4 import BeautifulSoup

    return BeautifulSoup(answer.data, "html.parser")


def test_a_copied_cookie_is_dead_after_signing_out(accounts: Accounts, browser: Callable[[], FlaskClient]) -> None:
    join(accounts, "cora")
    mine, copied = browser(), browser()
    sign_in(mine, "cora")
    cookie = mine.get_cookie("touchstone")
    assert cookie is not None
    assert cookie.http_only
    assert cookie.same_site == "Lax"
    copied.set_cookie("touchstone", cookie.value)
    assert copied.get("/account").status_code == 200
    assert send(mine, "/account", "/sign-out").status_code == 303
    for client in (mine, copied):
        assert client.get("/account").status_code == 303


def test_signing_out_everywhere_ends_every_session(accounts: Accounts, browser: Callable[[], FlaskClient]) -> None:
    join(accounts, "cora")
    here, there = browser(), browser()
    sign_in(here, "cora")
    sign_in(there, "cora")
    send(here, "/account", "/account/sign-out-everywhere")
    assert there.get("/account").status_code == 303


def test_a_session_has_a_new_secret_at_every_sign_in(accounts: Accounts, browser: Callable[[], FlaskClient]) -> None:
    join(accounts, "cora")
    client = browser()
    client.set_cookie("touchstone", "planted-by-somebody")
    sign_in(client, "cora")
    first = client.get_cookie("touchstone")
    sign_in(client, "cora", token=str(soup(client, "/account").select("input[name=token]")[0]["value"]))
    second = client.get_cookie("touchstone")
    assert first is not None
    assert second is not None
    assert len({"planted-by-somebody", first.value, second.value}) == 3


@pytest.mark.parametrize(("after", "in_"), [(IDLE - timedelta(hours=1), True), (IDLE + timedelta(hours=1), False)])
def test_a_session_that_is_not_used_ends(
    after: timedelta, in_: bool, accounts: Accounts, clock: Clock, browser: Callable[[], FlaskClient]
) -> None:
    join(accounts, "cora")
    client = browser()
    sign_in(client, "cora")
    clock.at += after
    assert (client.get("/account").status_code == 200) is in_


def test_a_session_ends_at_last_however_much_it_is_used(
    accounts: Accounts, clock: Clock, browser: Callable[[], FlaskClient]
) -> None:
    join(accounts, "cora")
    client = browser()
    sign_in(client, "cora")
    while clock.at - NOW <= LONGEST:
        assert client.get("/account").status_code == 200
        clock.at += timedelta(days=6)
    assert client.get("/account").status_code == 303


def test_nobody_learns_whether_a_name_exists(accounts: Accounts, browser: Callable[[], FlaskClient]) -> None:
    join(accounts, "cora")
    known, unknown = sign_in(browser(), "cora", "wrong wrong wrong"), sign_in(browser(), "nora", "wrong wrong wrong")
    assert (known.status_code, known.data) == (unknown.status_code, unknown.data)


def test_guessing_is_stopped_for_the_name_and_for_the_address(
    accounts: Accounts, clock: Clock, browser: Callable[[], FlaskClient]
) -> None:
    join(accounts, "cora")
    join(accounts, "dora")
    client = browser()
    for _ in range(MOST):
        assert sign_in(client, "cora", "wrong wrong wrong").status_code == 403
    stopped = sign_in(client, "cora")
    assert stopped.status_code == 429
    assert stopped.headers["Retry-After"] == str(int(WINDOW.total_seconds()))
    assert sign_in(client, "dora").status_code == 429, "of the same address"
    clock.at += WINDOW + timedelta(seconds=1)
    assert sign_in(client, "cora").status_code == 303


def test_strangers_who_guess_keep_nobody_out_who_came_in_before(
    accounts: Accounts, clock: Clock, browser: Callable[[], FlaskClient]
) -> None:
    join(accounts, "cora")
    join(accounts, "dora")
    mine, stranger = browser(), browser()
    sign_in(mine, "cora")
    send(mine, "/account", "/sign-out")
    for _ in range(MOST):
        sign_in(stranger, "cora", "wrong wrong wrong")
    assert sign_in(stranger, "cora").status_code == 429
    assert sign_in(mine, "dora").status_code == 429, "it is known for the account that came in with it, and no other"
    assert sign_in(mine, "cora").status_code == 303
    send(mine, "/account", "/sign-out")
    for _ in range(MOST):
        assert sign_in(mine, "cora", "wrong wrong wrong").status_code == 403
    assert sign_in(mine, "cora").status_code == 429, "and has no more guesses than others"
    clock.at += WINDOW + timedelta(seconds=1)
    assert sign_in(mine, "cora").status_code == 303


@pytest.mark.parametrize("forget", ["sign out everywhere", "reset", "time"])
def test_a_browser_is_forgotten(
    forget: str, accounts: Accounts, clock: Clock, browser: Callable[[], FlaskClient]
) -> None:
    join(accounts, "cora")
    (cora,) = accounts.people()
    mine, stranger = browser(), browser()
    sign_in(mine, "cora")
    if forget == "sign out everywhere":
        send(mine, "/account", "/account/sign-out-everywhere")
    elif forget == "reset":
        accounts.accept(accounts.reset(None, cora.id), PASSWORD)
    else:
        clock.at += devices.GOOD_FOR + timedelta(seconds=1)
    for _ in range(MOST):
        sign_in(stranger, "cora", "wrong wrong wrong")
    assert sign_in(mine, "cora").status_code == 429


@pytest.mark.parametrize(
    ("guesser", "owner", "status"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", 429),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", 303),
        ("::ffff:203.0.113.9", "203.0.113.9", 429),
        ("203.0.113.9", "203.0.113.10", 303),
    ],
)
def test_a_network_of_ipv6_counts_as_one_address(
    guesser: str, owner: str, status: int, accounts: Accounts, browser: Callable[[], FlaskClient]
) -> None:
    join(accounts, "cora")
    for i in range(MOST):
        name = {"name": f"guess{i}", "password": "wrong"}
        browser().post("/sign-in", data=name, environ_base={"REMOTE_ADDR": guesser})
    mine = {"name": "cora", "password": PASSWORD}
    assert browser().post("/sign-in", data=mine, environ_base={"REMOTE_ADDR": owner}).status_code == status


@pytest.mark.parametrize(("proxies", "status"), [(1, 303), (0, 429)])
def test_an_address_is_what_our_own_proxy_says(proxies: int, status: int, accounts: Accounts, desk: Desk) -> None:
    join(accounts, "cora")
    client = behind(create_app(InventedKnowledgeBase(), desk), proxies).test_client()
    for i in range(MOST):
        name = {"name": f"guess{i}", "password": "wrong"}
        client.post("/sign-in", data=name, headers={"X-Forwarded-For": "203.0.113.9"})
    mine = {"name": "cora", "password": PASSWORD}
    assert client.post("/sign-in", data=mine, headers={"X-Forwarded-For": "198.51.100.4"}).status_code == status


def test_whose_account_is_shut_is_out_at_once(
    accounts: Accounts, desk: Desk, browser: Callable[[], FlaskClient]
) -> None:
    join(accounts, "ada", "administrator")
    join(accounts, "cora")
    admin, curator = browser(), browser()
    sign_in(admin, "ada")
    sign_in(curator, "cora")
    cora = next(each for each in accounts.people() if each.name == "cora")
    token = desk.tokens.issue(cora, "a job", ["read"])
    assert desk.tokens.bearer(token, "read") == cora
    assert send(admin, "/people", f"/people/{cora.id}/disabled", disabled="yes").status_code == 303
    assert curator.get("/account").status_code == 303
    assert sign_in(browser(), "cora").status_code == 403
    assert desk.tokens.bearer(token, "read") is None


def test_the_last_administrator_stays(accounts: Accounts, browser: Callable[[], FlaskClient]) -> None:
    join(accounts, "ada", "administrator")
    (ada,) = accounts.people()
    admin = browser()
    sign_in(admin, "ada")
    assert send(admin, "/people", f"/people/{ada.id}/disabled", disabled="yes").status_code == 409
    assert send(admin, "/people", f"/people/{ada.id}/role", role="curator").status_code == 409
    assert admin.get("/people").status_code == 200


def test_a_link_for_a_new_password_ends_what_was(
    accounts: Accounts, clock: Clock, browser: Callable[[], FlaskClient]
) -> None:
    join(accounts, "cora")
    client = browser()
    sign_in(client, "cora")
    (cora,) = accounts.people()
    late, link = accounts.reset(None, cora.id), accounts.reset(None, cora.id)
    assert browser().post(f"/invitation/{late}", data={"password": PASSWORD}).status_code == 410
    assert browser().post(f"/invitation/{link}", data={"password": "other words altogether here"}).status_code == 303
    assert client.get("/account").status_code == 303
    assert sign_in(browser(), "cora").status_code == 403
    assert sign_in(browser(), "cora", "other words altogether here").status_code == 303
    unused = accounts.reset(None, cora.id)
    clock.at += GOOD_FOR + timedelta(seconds=1)
    assert browser().get(f"/invitation/{unused}").status_code == 410


def test_a_reset_shuts_out_whoever_holds_old_secrets(
    accounts: Accounts, desk: Desk, browser: Callable[[], FlaskClient]
) -> None:
    join(accounts, "cora")
    client = browser()
    sign_in(client, "cora")
    (cora,) = accounts.people()
    token = desk.tokens.issue(cora, "nightly", ["read"])
    link = accounts.reset(None, cora.id)
    assert client.get("/account").status_code == 303, "at once, and not when the link is used"
    accounts.accept_as(link, "https://provider.example cora")
    assert desk.tokens.bearer(token, "read") is None
    assert sign_in(browser(), "cora").status_code == 403, "the old password is gone"
    accounts.accept(accounts.reset(None, cora.id), PASSWORD)
    assert accounts.sign_in_as("https://provider.example cora") is None


def test_a_name_without_end_is_not_kept(accounts: Accounts, browser: Callable[[], FlaskClient], tmp_path: Path) -> None:
    assert sign_in(browser(), "n" * 900_000).status_code == 403
    kept = b"".join(each.read_bytes() for each in (tmp_path / "home").glob("store.sqlite*"))
    assert b"n" * 101 not in kept


def test_looking_waits_for_no_writer(accounts: Accounts, desk: Desk, browser: Callable[[], FlaskClient]) -> None:
    client = browser()
    client.set_cookie("touchstone", "of nobody")
    with desk.store.transaction():
        done: list[int] = []
        thread = threading.Thread(target=lambda: done.append(client.get("/").status_code))
        thread.start()
        thread.join(3)  # seconds; SQLite would wait five, and fail
        assert done == [200]


@pytest.mark.parametrize("password", ["short", "password1234", "aaaaaaaaaaaaaaaa", "cora.cora.cora", "x" * 129])
def test_weak_passwords_are_refused(password: str, accounts: Accounts, browser: Callable[[], FlaskClient]) -> None:
    link = f"/invitation/{accounts.invite(None, 'cora', 'curator')}"
    refused = browser().post(link, data={"password": password, "shown": "cora"})
    assert refused.status_code == 400
    assert "password" in text(soup_of(refused).select_one(".wrong")).lower()
    assert accounts.people() == ()


@pytest.mark.parametrize(
    "headers",
    [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://elsewhere.example"}],
)
def test_what_another_site_sends_is_refused(
    headers: dict[str, str], accounts: Accounts, browser: Callable[[], FlaskClient]
) -> None:
    join(accounts, "cora")
    client = browser()
    refused = client.post("/sign-in", data={"name": "cora", "password": PASSWORD}, headers=headers)
    assert refused.status_code == 403
    sign_in(client, "cora")
    token = str(soup(client, "/account").select("input[name=token]")[0]["value"])
    assert client.post("/sign-out", data={"token": token}, headers=headers).status_code == 403


@pytest.mark.parametrize("token", ["", "0" * 64])
def test_a_form_without_the_token_of_its_session_is_refused(
    token: str, accounts: Accounts, desk: Desk, browser: Callable[[], FlaskClient]
) -> None:
    join(accounts, "cora")
    client = browser()
    sign_in(client, "cora")
    assert client.post("/account/tokens", data={"token": token, "name": "n", "scope": "read"}).status_code == 403
    (cora,) = accounts.people()
    assert desk.tokens.of(cora) == ()


def test_over_https_the_cookie_is_of_this_host_alone(accounts: Accounts, browser: Callable[[], FlaskClient]) -> None:
    join(accounts, "cora")
    answer = browser().post(
        "/sign-in", data={"name": "cora", "password": PASSWORD}, base_url="https://touchstone.example"
    )
    session, device = answer.headers.getlist("Set-Cookie")
    assert session.startswith("__Host-touchstone=")
    assert device.startswith("__Host-touchstone-device=")
    for each in (session, device):
        assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(each.split("; "))
        assert "Domain" not in each


def test_of_what_is_shown_to_somebody_nothing_is_kept(accounts: Accounts, browser: Callable[[], FlaskClient]) -> None:
    join(accounts, "cora")
    client = browser()
    sign_in(client, "cora")
    assert client.get("/account").headers["Cache-Control"] == "no-store"
    assert client.get("/").headers["Cache-Control"] == "no-store"


def test_a_token_may_what_it_was_made_for_until_it_is_revoked(
    accounts: Accounts, desk: Desk, browser: Callable[[], FlaskClient]
) -> None:
    join(accounts, "cora")
    client = browser()
    sign_in(client, "cora")
    made = send(client, "/account", "/account/tokens", name="nightly", scope="read")
    secret = text(soup_of(made).select_one(".secret code"))
    (cora,) = accounts.people()
    assert desk.tokens.bearer(secret, "read") == cora
    assert desk.tokens.bearer(secret, "curate") is None
    assert secret not in text(soup(client, "/account"))

    job, header = browser(), {"Authorization": f"Bearer {secret}"}
    assert job.get("/", headers=header).status_code == 200
    assert job.get("/", headers={"Authorization": "Bearer guessed"}).status_code == 401
    assert job.post("/lists", headers=header).status_code == 401, "reading is all that it was made for"
    assert job.get("/account", headers=header).status_code == 403, "no token makes another"
    (token,) = desk.tokens.of(cora)
    send(client, "/account", f"/account/tokens/{token.id}/revoke")
    assert desk.tokens.bearer(secret, "read") is None


def test_without_accounts_nothing_can_be_sent(pages: FlaskClient) -> None:
    assert pages.get("/sign-in").status_code == 404
    assert pages.post("/", data={"q": "x"}).status_code in (405, 413)
    assert "sign in" not in text(soup(pages, "/").select_one("footer")).lower()


def test_nothing_that_lets_in_is_kept_as_it_is(accounts: Accounts, desk: Desk, tmp_path: Path) -> None:
    invitation = accounts.invite(None, "cora", "curator")
    session = accounts.accept(accounts.invite(None, "dora", "curator"), PASSWORD)
    (dora,) = accounts.people()
    token = desk.tokens.issue(dora, "job", ["read"])
    kept = b"".join(each.read_bytes() for each in (tmp_path / "home").glob("store.sqlite*"))
    for secret in (invitation, session, token, PASSWORD):
        assert secret.encode() not in kept


@given(st.text())
def test_after_signing_in_nobody_is_led_astray(target: str) -> None:
    app = create_app(InventedKnowledgeBase())
    with app.test_request_context("/"):
        where = safe_next(target)
    assert where.startswith("/")
    assert not where.startswith(("//", "/\\"))
    assert "\\" not in where


@pytest.mark.parametrize(
    "target",
    ["//evil.example", "/\\evil.example", "https://evil.example", "/\tx", "javascript:alert(1)", "/\r\nSet-Cookie: a"],
)
def test_known_tricks_lead_home(target: str) -> None:
    with create_app(InventedKnowledgeBase()).test_request_context("/"):
        assert safe_next(target) == "/"
        assert safe_next("/lists/weaving?x=1") == "/lists/weaving?x=1"
