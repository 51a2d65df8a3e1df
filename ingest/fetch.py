"""Polite, tough fetching over HTTP: the only door to the network.

Polite: it says who we are, keeps to a rate for each host, waits as long as `Retry-After` says, and asks with the
validators of the last answer. Tough: a server that drips, stalls, lies about its length, redirects for ever,
sends a bomb or points into the private network costs bounded time and memory and ends in a clear error. requests'
decompression has no bound, so bodies are received and unpacked by `body`; its timeouts are for each receive, so
each try is watched (`connections`).

Addresses that are not public are refused, at every redirect (`addresses`), and again by the address really
connected to (`connections`).
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Protocol
from urllib.parse import urlsplit

import msgspec
import requests

from ingest.addresses import joined, place_of, refuse_private_host, refuse_what_is_no_web_address, same_origin
from ingest.body import body_of
from ingest.connections import Adapter, Watch
from ingest.errors import FetchError

__all__ = ["Answer", "Fetch", "FetchError", "HttpFetch", "Limits", "Time"]

_TRANSIENT = frozenset((408, 425, 429, 500, 502, 503, 504))
_MOVED = frozenset((301, 302, 303, 307, 308))


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What a server said: `body` is decompressed; header names are in lower case. A 304 has no body."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    at: datetime


class Fetch(Protocol):
    """Fetch `url`, following the rules of politeness; returns on 200 and 304, raises `FetchError` otherwise.

    `form` makes it a POST. `etag` and `modified` are the validators of an earlier answer. `rate` is the number of
    requests a second that the host allows.
    """

    def __call__(
        self,
        url: str,
        *,
        parameters: Mapping[str, str] = {},
        form: Mapping[str, str] | None = None,
        etag: str | None = None,
        modified: str | None = None,
        rate: float = 1.0,
    ) -> Answer:
        """See the class."""


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """How long and how much. Seconds, but `largest`: bytes, received or unpacked."""

    connect: float = 10.0
    silence: float = 30.0  # without a byte
    whole: float = 300.0  # one try, from the request to the last byte
    wait: float = 120.0  # the longest that a server may ask us to wait
    tries: int = 5
    redirects: int = 5
    largest: int = 64 * 2**20


class Time(msgspec.Struct, frozen=True, kw_only=True):
    """What fetching knows of time and chance."""

    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = random.random


class _Session(requests.Session):
    def get_redirect_target(self, resp: requests.Response) -> str | None:
        """None: requests would read the redirect's body to its end, however large, to prepare what we do ourselves."""
        return None


class HttpFetch:
    """`Fetch` over requests. `agent` says who we are and how we are reached."""

    def __init__(self, agent: str, *, limits: Limits | None = None, private: bool = False, time: Time | None = None):
        self._limits, self._private, self._time = limits or Limits(), private, time or Time()
        self._session = _Session()
        self._session.mount("http://", Adapter())
        self._session.mount("https://", Adapter())
        self._session.trust_env = False  # a proxy or .netrc of the environment is not ours to use
        self._session.headers.update({"User-Agent": agent, "Accept-Encoding": "gzip"})
        self._next: dict[str, float] = {}

    def __call__(
        self,
        url: str,
        *,
        parameters: Mapping[str, str] = {},
        form: Mapping[str, str] | None = None,
        etag: str | None = None,
        modified: str | None = None,
        rate: float = 1.0,
    ) -> Answer:
        """Fetch, and try again where the failure may pass, with growing waits (a second, two, four ...)."""
        asked = requests.Request("POST" if form is not None else "GET", url, params=dict(parameters), data=form)
        asked.headers = {k: v for k, v in (("If-None-Match", etag), ("If-Modified-Since", modified)) if v}
        for attempt in range(1, self._limits.tries + 1):
            try:
                return self._try(asked, rate)
            except FetchError as error:
                after = error.after or 0.0
                if not error.passing or attempt == self._limits.tries or after > self._limits.wait:
                    raise
                pause = 2.0 ** (attempt - 1) * (0.5 + self._time.chance())
                self._time.sleep(max(pause, after))
        raise AssertionError("every try returns or raises")

    def close(self) -> None:
        """Let go of the connections."""
        self._session.close()

    def _try(self, asked: requests.Request, rate: float) -> Answer:
        where = place_of(asked.url)
        late = FetchError.for_now(f"it took longer than {self._limits.whole:g} seconds", where)
        with Watch(self._limits.whole, private=self._private) as watch:
            try:
                answer = self._follow(asked, rate)
            except FetchError as error:
                if watch.over and error.status is None:
                    raise late from error
                raise
            if watch.over:
                raise late
            return answer

    def _follow(self, asked: requests.Request, rate: float) -> Answer:
        """One try, with its redirects."""
        for _ in range(self._limits.redirects + 1):
            where = place_of(asked.url)
            refuse_what_is_no_web_address(asked.url)
            if not self._private:
                refuse_private_host(asked.url)
            self._pace(urlsplit(asked.url).netloc, rate)
            with self._open(asked, where) as response:
                if response.status_code in _MOVED and "location" in response.headers:
                    asked = self._moved(asked, response)
                    continue
                return self._answer(response, where)
        raise FetchError(
            f"more than {self._limits.redirects} redirects", where=where, remedy="Give the address that it ends at."
        )

    @contextmanager
    def _open(self, asked: requests.Request, where: str) -> Iterator[requests.Response]:
        timeout = (self._limits.connect, self._limits.silence)
        try:
            prepared = self._session.prepare_request(asked)
            response = self._session.send(prepared, stream=True, timeout=timeout, allow_redirects=False)
        except (requests.ConnectionError, requests.Timeout) as error:
            raise FetchError.for_now(f"no connection ({type(error).__name__})", where) from error
        except (requests.RequestException, ValueError) as error:
            remedy = "Check the address."
            raise FetchError(
                f"no request could be made ({type(error).__name__})", where=where, remedy=remedy
            ) from error
        with response:
            yield response

    def _moved(self, asked: requests.Request, response: requests.Response) -> requests.Request:
        """The next request; a redirect never takes a form, a key in a query, or our validators elsewhere.

        Elsewhere is also the same host without TLS.
        """
        moved = requests.Request("GET", joined(response.url, response.headers["location"]))
        if response.status_code in (307, 308) and same_origin(moved.url, asked.url):
            moved.method, moved.data = asked.method, asked.data
        return moved

    def _answer(self, response: requests.Response, where: str) -> Answer:
        status = response.status_code
        if status in _TRANSIENT:
            raise FetchError.for_now(f"the server answered {status}", where, status=status, after=self._after(response))
        if status not in (200, 304):
            remedy = "Check the address and the query; this answer will not change by itself."
            raise FetchError(f"the server answered {status}", where=where, remedy=remedy, status=status)
        headers = {name.lower(): value for name, value in response.headers.items()}
        body = b"" if status == 304 else body_of(response, where, self._limits.largest)
        return Answer(url=response.url, status=status, headers=headers, body=body, at=self._time.clock())

    def _after(self, response: requests.Response) -> float | None:
        """Seconds that Retry-After asks for: a number, or a date (RFC 9110, 10.2.3)."""
        said = response.headers.get("retry-after", "").strip()
        if said.isascii() and said.isdigit():
            return float(said)
        try:
            return max(0.0, (parsedate_to_datetime(said) - self._time.clock()).total_seconds())
        except (ValueError, TypeError, OverflowError):
            return None

    def _pace(self, host: str, rate: float) -> None:
        """Wait for the host's next turn: requests begin at least 1/rate seconds apart."""
        now = self._time.monotonic()
        turn = max(now, self._next.get(host, now))
        self._next[host] = turn + 1.0 / rate
        if turn > now:
            self._time.sleep(turn - now)
