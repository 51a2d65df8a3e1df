"""Signing in through a provider of OpenID Connect, a real one on loopback. People are invented."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from kb.base import open_desk, open_for_writing
from kb.desk import Desk
from kb.settings import ProviderSettings
from tests.conftest import NOW
from tests.web.conftest import soup, text
from tests.web.invented import InventedKnowledgeBase
from web import create_app

pytest.importorskip("authlib", reason="the extra `oidc` is not installed")

from joserfc.jwk import RSAKey

from tests.servers.openid import CLIENT, SECRET, Server, serving
from web.provider import Provider


@pytest.fixture
def provider() -> Iterator[Server]:
    with serving(time.time()) as server:  # the library reads the clock of the machine
        yield server


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    with open_for_writing(tmp_path / "home"):
        pass
    return open_desk(tmp_path / "home", lambda: NOW)


@pytest.fixture
def browser(desk: Desk, provider: Server) -> Callable[[], FlaskClient]:
    settings = ProviderSettings("the invented university", provider.issuer, CLIENT)
    return lambda: create_app(InventedKnowledgeBase(), desk, Provider(settings, SECRET)).test_client()


def to_provider(client: FlaskClient, path: str = "/sign-in/provider") -> str:
    """Begin, tell the provider who we are, and say where it sends us back to."""
    begun = client.get(path)
    assert begun.status_code == 303
    answer = requests.get(begun.headers["Location"], allow_redirects=False, timeout=10)
    back = urlsplit(answer.headers["Location"])
    return f"{back.path}?{back.query}"


def through(client: FlaskClient, path: str = "/sign-in/provider") -> TestResponse:
    return client.get(to_provider(client, path))


def linked(desk: Desk, client: FlaskClient) -> None:
    link = desk.accounts.invite(None, "cora", "curator")
    assert "Sign in through the invented university" in text(soup(client, f"/invitation/{link}"))
    assert through(client, f"/sign-in/provider?invitation={link}").status_code == 303


def test_who_was_invited_comes_in_and_comes_again(desk: Desk, browser: Callable[[], FlaskClient]) -> None:
    linked(desk, browser())
    again = browser()
    done = through(again, "/sign-in/provider?next=/lists")
    assert (done.status_code, done.headers["Location"]) == (303, "/lists")
    assert "Cora" in text(soup(again, "/account").h1)
    assert through(browser(), "/sign-in/provider?next=//elsewhere.example").headers["Location"] == "/"


def test_whom_nobody_invited_stays_outside(browser: Callable[[], FlaskClient]) -> None:
    client = browser()
    refused = through(client)
    assert refused.status_code == 403
    assert "no account here" in refused.text
    assert client.get("/account").status_code == 303


def test_one_account_of_the_provider_is_one_account_here(desk: Desk, browser: Callable[[], FlaskClient]) -> None:
    linked(desk, browser())
    other = desk.accounts.invite(None, "cleo", "administrator")
    assert through(browser(), f"/sign-in/provider?invitation={other}").status_code == 403
    assert [each.name for each in desk.accounts.people()] == ["cora"]


def test_whose_account_is_shut_stays_outside(desk: Desk, browser: Callable[[], FlaskClient]) -> None:
    linked(desk, browser())
    desk.accounts.set_disabled(None, desk.accounts.people()[0].id, True)
    assert through(browser()).status_code == 403


def test_an_answer_is_taken_from_who_asked_and_once(desk: Desk, browser: Callable[[], FlaskClient]) -> None:
    mine, other = browser(), browser()
    linked(desk, mine)
    back = to_provider(mine)
    assert other.get(back).status_code == 403, "another browser holds no state"
    to_provider(other)
    assert other.get(back).status_code == 403, "nor does one that began a sign-in of its own"
    assert mine.get(back.replace("state=", "state=x")).status_code == 403
    assert mine.get(back).status_code == 303
    assert mine.get(back).status_code == 403, "what the browser held is gone"


def test_what_we_ask_tells_the_provider_what_it_needs(browser: Callable[[], FlaskClient]) -> None:
    asked = parse_qs(urlsplit(browser().get("/sign-in/provider").headers["Location"]).query)
    assert asked["scope"] == ["openid"]
    assert asked["code_challenge_method"] == ["S256"]
    assert all(len(asked[each][0]) >= 30 for each in ("state", "nonce", "code_challenge"))


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "of another sign-in"},
        {"nonce": None},
        {"aud": "another service"},
        {"aud": [CLIENT, "another service"], "azp": "another service"},
        {"iss": "https://another.example"},
        {"exp": int(time.time()) - 3600},
        {"exp": None},
        {"sub": None},
    ],
    ids=str,
)
def test_a_token_that_was_not_made_for_this_is_not_believed(
    claims: dict[str, object], desk: Desk, browser: Callable[[], FlaskClient], provider: Server
) -> None:
    linked(desk, browser())
    provider.claims = claims
    client = browser()
    assert through(client).status_code == 502
    assert client.get("/account").status_code == 303


def test_a_token_that_another_has_signed_is_not_believed(
    desk: Desk, browser: Callable[[], FlaskClient], provider: Server
) -> None:
    linked(desk, browser())
    provider.signs_with = RSAKey.generate_key(2048, parameters={"kid": "one"})
    assert through(browser()).status_code == 502


def test_a_provider_that_says_it_is_another_is_not_asked(browser: Callable[[], FlaskClient], provider: Server) -> None:
    provider.calls_itself = "https://another.example"
    assert browser().get("/sign-in/provider").status_code == 502


def test_a_provider_out_of_reach_is_told(desk: Desk) -> None:
    settings = ProviderSettings("the invented university", "http://127.0.0.1:9", CLIENT)
    client = create_app(InventedKnowledgeBase(), desk, Provider(settings, SECRET)).test_client()
    failed = client.get("/sign-in/provider")
    assert failed.status_code == 502
    assert "sign in with your password" in failed.text


def test_without_a_provider_nothing_of_it_is_there(desk: Desk) -> None:
    client = create_app(InventedKnowledgeBase(), desk).test_client()
    assert "through" not in text(soup(client, "/sign-in"))
    assert client.get("/sign-in/provider").status_code == 404


def test_nobody_is_led_to_bind_their_account_to_anothers(desk: Desk, browser: Callable[[], FlaskClient]) -> None:
    link = desk.accounts.invite(None, "mallory", "curator")
    for site in ("cross-site", "none", "same-site"):
        led = browser().get(f"/sign-in/provider?invitation={link}", headers={"Sec-Fetch-Site": site})
        assert led.status_code == 403
    assert browser().get("/sign-in/provider", headers={"Sec-Fetch-Site": "none"}).status_code == 303


def test_whoever_asks_without_end_does_not_make_us_ask_the_provider_without_end(desk: Desk, provider: Server) -> None:
    now = 0.0
    asked = Provider(ProviderSettings("the invented university", provider.issuer, CLIENT), SECRET, lambda: now)
    client = create_app(InventedKnowledgeBase(), desk, asked).test_client()
    for _ in range(5):
        assert client.get("/sign-in/provider").status_code == 303
    assert provider.told == 1
    now = 600.0
    assert client.get("/sign-in/provider").status_code == 303
    assert provider.told == 2
