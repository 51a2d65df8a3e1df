"""What a page weighs on its first visit: it and all that it asks for, in bytes over the wire.

Bodies as they come, compressed where the server does so; headers are not counted. What a stylesheet names with `url()`
is counted whether this page shows it or not, and so is the icon, so that no browser fetches more.
"""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

import msgspec
import requests
from bs4 import BeautifulSoup

ASKED = {"Accept-Encoding": "gzip, deflate"}  # what every browser says; over TLS they add two that pack closer
LOADED = ("stylesheet", "icon", "preload", "modulepreload", "manifest", "preconnect", "dns-prefetch")


class Page(msgspec.Struct, frozen=True):
    """A page as it came: `html` is its text, `wire` the bytes of it, `others` those of all that it asks for.

    `requests` are those of a first visit, redirects and the page itself among them; `elsewhere` the addresses of other
    hosts that it asks for.
    """

    name: str
    url: str
    status: int
    html: str
    wire: int
    others: int
    requests: int
    elsewhere: tuple[str, ...]


class Weigher:
    """Fetches pages; what several of them ask for is fetched once."""

    def __init__(self, site: str) -> None:
        self.site = site.rstrip("/")
        self._session = requests.Session()
        self._known: dict[str, tuple[int, str]] = {}

    def page(self, name: str, path: str) -> Page:
        """The page at `path`; raises `requests.RequestException` where nobody answers."""
        answer, body = self._got(self.site + path)
        html = body.decode()
        asked = self._closure(answer.url, _of_page(html, answer.url))
        ours = [each for each in asked if urlsplit(each).netloc == urlsplit(answer.url).netloc]
        return Page(
            name=name,
            url=answer.url,
            status=answer.status_code,
            html=html,
            wire=int(answer.headers["X-Wire"]),
            others=sum(self._file(each)[0] for each in ours),
            requests=1 + len(answer.history) + len(asked),
            elsewhere=tuple(sorted(set(asked) - set(ours))),
        )

    def file(self, path: str) -> str:
        """The text of a file of the site."""
        return self._file(self.site + path)[1]

    def _closure(self, page: str, first: list[str]) -> list[str]:
        """What is asked for, and what stylesheets of ours ask for in turn."""
        found: dict[str, None] = {}
        waiting = list(first)
        while waiting:
            url = waiting.pop(0)
            if url in found:
                continue
            found[url] = None
            if urlsplit(url).netloc == urlsplit(page).netloc and urlsplit(url).path.endswith(".css"):
                waiting += _of_stylesheet(self._file(url)[1], url)
        return list(found)

    def _file(self, url: str) -> tuple[int, str]:
        if url not in self._known:
            answer, body = self._got(url)
            self._known[url] = (int(answer.headers["X-Wire"]), body.decode(errors="replace"))
        return self._known[url]

    def _got(self, url: str) -> tuple[requests.Response, bytes]:
        answer = self._session.get(url, headers=ASKED, stream=True, timeout=60)
        body = b"".join(answer.iter_content(2**16))
        answer.headers["X-Wire"] = str(answer.raw.tell())  # the bytes taken from the connection, before decoding
        return answer, body


def _of_page(html: str, base: str) -> list[str]:
    page = BeautifulSoup(html, "html.parser")
    found = [each["href"] for each in page.select("link[href]") if set(each.get("rel") or ()) & set(LOADED)]
    found += [each["src"] for each in page.select("[src]")]
    found += [each["data"] for each in page.select("object[data]")]
    found += [part.split()[0] for each in page.select("[srcset]") for part in str(each["srcset"]).split(",")]
    found += [each["href"] for each in page.select("svg image[href], svg use[href]")]
    return [url for each in found if not (url := urljoin(base, str(each))).startswith("data:")]


def _of_stylesheet(text: str, base: str) -> list[str]:
    named = re.findall(r"url\(\s*[\"']?([^\"')]+)[\"']?\s*\)|@import\s+[\"']([^\"']+)", text)
    return [url for each in named if not (url := urljoin(base, each[0] or each[1])).startswith("data:")]
