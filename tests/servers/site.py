"""A web site whose pages are handlers: the base of all servers here, and every fault that a site can show."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit


class Asked(NamedTuple):
    """A request as a page sees it: path, the parameters of address and form, headers in lower case, when."""

    path: str
    parameters: dict[str, str]
    headers: dict[str, str]
    at: float


class Page(NamedTuple):
    """What a page answers. `drip` is the pause in seconds after each byte, `cut` ends the body there,
    `claim` is a Content-Length that may lie. `raw` is sent in place of all that, and then `forever`, again and again
    with `drip` between, until the client goes."""

    body: bytes = b""
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    drip: float = 0.0
    cut: int | None = None
    claim: int | None = None
    raw: bytes | None = None
    forever: bytes = b""


Handler = Callable[[Asked], Page]


class Site:
    """A running site: `url`, and what it was `asked`."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.asked: list[Asked] = []


@contextmanager
def serve(pages: dict[str, Handler]) -> Iterator[Site]:
    """Serve `pages` by path on a free port of loopback until the block ends."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(pages))
    server.daemon_threads = True
    site = Site(f"http://127.0.0.1:{server.server_address[1]}")
    server.site = site  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()


def _handler(pages: dict[str, Handler]) -> type[BaseHTTPRequestHandler]:
    class Handling(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._answer("")

        def do_POST(self) -> None:
            self._answer(self.rfile.read(int(self.headers.get("content-length", 0))).decode())

        def _answer(self, form: str) -> None:
            parts = urlsplit(self.path)
            given = {
                k: v[-1] for text in (parts.query, form) for k, v in parse_qs(text, keep_blank_values=True).items()
            }
            headers = {k.lower(): v for k, v in self.headers.items()}
            asked = Asked(parts.path, given, headers, time.monotonic())
            self.server.site.asked.append(asked)  # type: ignore[attr-defined]
            handler = pages.get(parts.path)
            self._send(handler(asked) if handler else Page(b"not here", 404))

        def _send(self, page: Page) -> None:
            self.close_connection = True
            try:
                if page.raw is not None:
                    self._send_raw(page.raw, page.forever, page.drip)
                    return
                self.send_response(page.status)
                for name, value in page.headers:
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(page.body) if page.claim is None else page.claim))
                self.send_header("Connection", "close")
                self.end_headers()
                body = page.body[: page.cut]
                if page.drip:
                    for i in range(len(body)):
                        self.wfile.write(body[i : i + 1])
                        self.wfile.flush()
                        time.sleep(page.drip)
                else:
                    self.wfile.write(body)
            except (BrokenPipeError, ConnectionResetError):
                pass  # the client had enough, which is what some of these pages are for

        def _send_raw(self, raw: bytes, forever: bytes, drip: float) -> None:
            self.wfile.write(raw)
            while forever:
                time.sleep(drip)
                self.wfile.write(forever)

        def log_message(self, *args: object) -> None:
            pass

    return Handling


def in_turn(*answers: Page) -> Handler:
    """A page that gives `answers` one after the other, the last for ever."""
    left = list(answers)
    return lambda asked: left.pop(0) if len(left) > 1 else left[0]


def bomb(size: int) -> Page:
    """`size` zero bytes, gzipped."""
    return Page(gzip.compress(bytes(size), 9), headers=(("Content-Encoding", "gzip"),))


def with_validators(body: bytes, etag: str) -> Handler:
    """A page that answers 304 to whoever has it already."""

    def page(asked: Asked) -> Page:
        if asked.headers.get("if-none-match") == etag:
            return Page(b"", 304, (("ETag", etag),))
        return Page(body, headers=(("ETag", etag),))

    return page
