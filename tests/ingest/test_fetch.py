"""Fetching from a real site on loopback, with every fault it can show. Time stands still unless a fault needs it."""

from __future__ import annotations

import gzip
import socket
import time
from collections.abc import Iterator

import pytest

from ingest.addresses import refuse_private, same_origin
from ingest.fetch import Answer, FetchError, HttpFetch, Limits
from tests.clock import Clock
from tests.conftest import NOW
from tests.servers.site import Page, Site, bomb, in_turn, serve, with_validators

GOOD = Page(b"invented words")
ZIPPED = gzip.compress(b"invented words" * 50)
GZIP = (("Content-Encoding", "gzip"),)
TWO_MEMBERS = Page(gzip.compress(b"invented ") + gzip.compress(b"words") + bytes(512), headers=GZIP)
LIMITS = Limits(connect=2, silence=0.3, whole=1.0, wait=20, tries=3, redirects=3, largest=100_000)

PAGES = {
    "/good": in_turn(GOOD),
    "/gzip": in_turn(Page(ZIPPED, headers=GZIP)),
    "/known": with_validators(b"invented words", '"v1"'),
    "/busy": in_turn(Page(status=503), Page(status=500), GOOD),
    "/later": in_turn(Page(status=429, headers=(("Retry-After", "7"),)), GOOD),
    "/date": in_turn(Page(status=429, headers=(("Retry-After", "Fri, 02 Jan 2026 03:04:15 GMT"),)), GOOD),
    "/much-later": in_turn(Page(status=429, headers=(("Retry-After", "9000"),)), GOOD),
    "/later-oddly": in_turn(Page(raw=b"HTTP/1.1 503 X\r\nRetry-After: \xb2\r\nContent-Length: 0\r\n\r\n"), GOOD),
    "/later-nowhere": in_turn(
        Page(status=503, headers=(("Retry-After", "Mon, 01 Jan 2024 00:00:00 +99999999999999"),)), GOOD
    ),
    "/to-nonsense": in_turn(Page(status=302, headers=(("Location", "http://[bad/"),))),
    "/to-no-port": in_turn(Page(status=302, headers=(("Location", "http://127.0.0.1:99999999/"),))),
    "/always-busy": in_turn(Page(status=502)),
    "/refused": in_turn(Page(status=400)),
    "/stall": in_turn(Page(b"x" * 10, claim=20)),
    "/short": in_turn(Page(b"x" * 20, claim=100), GOOD),
    "/large": in_turn(Page(b"x" * 100_001)),
    "/bomb": in_turn(bomb(50_000_000)),
    "/broken-gzip": in_turn(Page(ZIPPED[:-12], headers=GZIP)),
    "/not-gzip": in_turn(Page(b"plain after all", headers=GZIP)),
    "/two-members": in_turn(TWO_MEMBERS),
    "/no-member": in_turn(Page(b"", headers=GZIP)),
    "/cut-member": in_turn(Page(ZIPPED + ZIPPED[:1], headers=GZIP)),
    "/many-members": in_turn(Page(gzip.compress(bytes(60_000)) * 2, headers=GZIP)),
    "/padded": in_turn(Page(ZIPPED + bytes(100_000), headers=GZIP)),
    "/brotli": in_turn(Page(b"?", headers=(("Content-Encoding", "br"),))),
    "/moved": in_turn(Page(status=302, headers=(("Location", "/good"),))),
    "/kept": in_turn(Page(status=307, headers=(("Location", "/good"),))),
    "/moved-and-talks": in_turn(
        Page(raw=b"HTTP/1.1 302 X\r\nLocation: /good\r\n\r\n", forever=b"x" * 1_000, drip=0.01)
    ),
    "/round": in_turn(Page(status=302, headers=(("Location", "/round"),))),
    "/to-file": in_turn(Page(status=302, headers=(("Location", "file:///etc/passwd"),))),
}


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with serve(PAGES) as running:
        yield running


@pytest.fixture
def clock() -> Clock:
    return Clock(NOW)


@pytest.fixture
def fetch(clock: Clock) -> Iterator[HttpFetch]:
    fetching = HttpFetch("Touchstone-tests", limits=LIMITS, private=True, time=clock.time())
    yield fetching
    fetching.close()


@pytest.mark.parametrize("path", ["/good", "/gzip", "/two-members", "/moved", "/moved-and-talks"])
def test_a_page(path: str, site: Site, fetch: HttpFetch) -> None:
    answer = fetch(site.url + path)
    assert answer.body.startswith(b"invented words")
    assert (answer.status, answer.at) == (200, NOW)
    assert site.asked[-1].headers["user-agent"] == "Touchstone-tests"


def test_members_drip_together(fetch: HttpFetch) -> None:
    with serve({"/": in_turn(TWO_MEMBERS._replace(drip=0.0005))}) as site:
        assert fetch(f"{site.url}/").body == b"invented words"


def test_what_is_known_is_not_sent_again(site: Site, fetch: HttpFetch) -> None:
    first = fetch(f"{site.url}/known")
    again = fetch(f"{site.url}/known", etag=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")


def test_parameters_and_forms(site: Site, fetch: HttpFetch) -> None:
    fetch(f"{site.url}/good", parameters={"term": "neck & pain"})
    assert site.asked[-1].parameters == {"term": "neck & pain"}
    fetch(f"{site.url}/good", form={"id": "1,2"})
    assert site.asked[-1].parameters == {"id": "1,2"}


def test_a_form_is_sent_on_to_its_own_host_alone(site: Site, fetch: HttpFetch) -> None:
    fetch(f"{site.url}/kept", form={"api_key": "secret"})
    assert site.asked[-1].parameters == {"api_key": "secret"}
    with serve({"/elsewhere": in_turn(Page(status=307, headers=(("Location", f"{site.url}/good"),)))}) as other:
        fetch(f"{other.url}/elsewhere", form={"api_key": "secret"})
    assert (site.asked[-1].path, site.asked[-1].parameters) == ("/good", {})


@pytest.mark.parametrize(
    ("other", "same"),
    [
        ("https://loom.example/y?z", True),
        ("http://loom.example/x", False),  # in clear
        ("https://loom.example:8443/x", False),
        ("https://weaver.example/x", False),
    ],
)
def test_an_origin_is_scheme_host_and_port(other: str, same: bool) -> None:
    assert same_origin("https://loom.example/x", other) == same


def test_it_tries_again_with_growing_waits(site: Site, clock: Clock, fetch: HttpFetch) -> None:
    assert fetch(f"{site.url}/busy", rate=1000).body == GOOD.body
    assert [each for each in clock.slept if each >= 1] == [1.0, 2.0]


@pytest.mark.parametrize(("path", "seconds"), [("/later", 7.0), ("/date", 10.0)])
def test_it_waits_as_long_as_it_is_asked_to(
    path: str, seconds: float, site: Site, clock: Clock, fetch: HttpFetch
) -> None:
    assert fetch(site.url + path, rate=1000).body == GOOD.body
    assert seconds in clock.slept


@pytest.mark.parametrize("path", ["/later-oddly", "/later-nowhere"])
def test_what_it_cannot_make_out_it_does_not_wait_for(path: str, site: Site, fetch: HttpFetch) -> None:
    assert fetch(site.url + path, rate=1000).body == GOOD.body


@pytest.mark.parametrize(
    ("path", "says", "passing"),
    [
        ("/much-later", "429", True),
        ("/always-busy", "502", True),
        ("/refused", "400", False),
        ("/nowhere", "404", False),
        ("/large", "more than 100,000 bytes", False),
        ("/bomb", "more than 100,000 bytes", False),
        ("/broken-gzip", "ends too early", True),
        ("/not-gzip", "broken", True),
        ("/no-member", "ends too early", True),
        ("/cut-member", "ends too early", True),
        ("/many-members", "more than 100,000 bytes", False),
        ("/padded", "more than 100,000 bytes", False),
        ("/brotli", "coded as br", False),
        ("/round", "more than 3 redirects", False),
        ("/to-file", "no web address", False),
        ("/to-nonsense", "no web address", False),
        ("/to-no-port", "no request could be made", False),
        ("/stall", "broke off", True),
    ],
)
def test_faults_are_named(path: str, says: str, passing: bool, site: Site, fetch: HttpFetch) -> None:
    with pytest.raises(FetchError, match=says) as caught:
        fetch(f"{site.url}{path}?api_key=secret")
    assert caught.value.passing == passing
    assert caught.value.remedy
    assert "secret" not in str(caught.value)


def test_a_body_that_broke_off_is_fetched_again(site: Site, fetch: HttpFetch) -> None:
    assert fetch(f"{site.url}/short").body == GOOD.body


OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
DRIPPING = {
    "body": Page(b"x" * 5_000, drip=0.02),
    "body without an end": Page(raw=OK + b"\r\n", forever=b"x", drip=0.02),
    "status": Page(raw=b"", forever=b"H", drip=0.02),
    "header": Page(raw=OK + b"X: ", forever=b"y", drip=0.02),
    "size of a chunk": Page(raw=CHUNKED + b"1;", forever=b"a", drip=0.02),
    "trailers": Page(raw=CHUNKED + b"1\r\na\r\n0\r\n", forever=b"a: b\r\n" * 100),
    "100 Continue": Page(raw=b"", forever=b"HTTP/1.1 100 Continue\r\n\r\n" * 100),
}


@pytest.mark.parametrize("page", DRIPPING.values(), ids=DRIPPING)
def test_a_dripping_server_does_not_hold_us(page: Page) -> None:
    limits = Limits(silence=0.5, whole=0.3, tries=1)
    began = time.monotonic()
    with (
        serve({"/": in_turn(page)}) as dripping,
        pytest.raises(FetchError, match=r"longer than 0\.3 seconds") as caught,
    ):
        HttpFetch("Touchstone-tests", limits=limits, private=True)(f"{dripping.url}/")
    assert time.monotonic() - began < 5
    assert caught.value.passing


def test_nobody_listens(fetch: HttpFetch) -> None:
    with pytest.raises(FetchError, match="no connection") as caught:
        fetch("http://127.0.0.1:9/")
    assert caught.value.passing


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://0.0.0.0/",
        "http://2130706433/",
        "http://user@127.0.0.1:80/",
        "http://[64:ff9b::7f00:1]/",
        "http://[64:ff9b:1::7f00:1]/",
        "http://[2002:7f00:1::]/",
        "http://[2002:a00:1::1]/",
        "http://[::7f00:1]/",
        "http://[fec0::1]/",
    ],
)
def test_private_addresses_are_refused(url: str, clock: Clock) -> None:
    with pytest.raises(FetchError, match="private address"):
        HttpFetch("Touchstone-tests", limits=LIMITS, time=clock.time())(url)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1", "64:ff9b::5db8:d822", "2002:5db8:d822::1"])
def test_public_addresses_are_not(address: str) -> None:
    refuse_private(address, "here")


@pytest.mark.parametrize("form", [None, {"api_key": "secret"}])
def test_a_name_that_turns_private_is_sent_nothing(
    form: dict[str, str] | None, site: Site, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name server that gives a public address first, and then the inside."""
    answers = iter(["93.184.216.34"])
    really = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, *rest, **more: really(next(answers, "127.0.0.1"), *rest))
    before = len(site.asked)
    with pytest.raises(FetchError, match=r"127\.0\.0\.1 is a private address"):
        HttpFetch("Touchstone-tests", limits=LIMITS, time=clock.time())(
            site.url.replace("127.0.0.1", "rebinding.example") + "/good", form=form
        )
    assert len(site.asked) == before


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://example.org/", "gopher://x/", "nonsense", "http://", "http://[bad/", ""]
)
def test_only_web_addresses(url: str, fetch: HttpFetch) -> None:
    with pytest.raises(FetchError):
        fetch(url)


@pytest.mark.parametrize("url", ["http://[bad/?k=secret", "http://weaver:secret@loom\u2100.example/"])
def test_a_broken_address_is_not_told(url: str, fetch: HttpFetch) -> None:
    with pytest.raises(FetchError, match="no web address") as caught:
        fetch(url)
    assert "secret" not in str(caught.value)


def test_a_host_is_asked_no_more_often_than_it_allows(site: Site, clock: Clock, fetch: HttpFetch) -> None:
    answers: list[Answer] = [fetch(f"{site.url}/good", rate=4) for _ in range(5)]
    assert len(answers) == 5
    assert clock.slept == [pytest.approx(0.25)] * 4
