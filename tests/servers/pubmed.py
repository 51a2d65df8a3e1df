"""PubMed's E-utilities on loopback: search with dates, history and the cap of 9,999; fetch; and every fault seen.

Faults come by chance with a seed, so that a run can be repeated: too many requests with and without `Retry-After`,
a 500, an error with status 200, a search whose place is forgotten, pages that hold too few articles, XML cut off
in its middle, a body shorter than it says.
"""

from __future__ import annotations

import json
import random
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date

from tests.servers.invented import Invented
from tests.servers.site import Asked, Page, Site, serve

CAP = 9_998  # the last place that a search gives
_XML = (("Content-Type", "text/xml"),)
_HEAD = (
    '<?xml version="1.0" ?>\n<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2026//EN" "x">\n'
)


class PubMed:
    """The articles, by PMID, and the searches kept. `faults` is the share of answers that go wrong."""

    def __init__(self, articles: Sequence[Invented], *, faults: float = 0.0, seed: int = 1) -> None:
        self.articles = {str(each.pmid): each for each in articles}
        self.faults, self._chance, self._lock = faults, random.Random(seed), threading.Lock()
        self._kept: dict[str, list[str]] = {}
        self.given: list[str] = []

    def esearch(self, asked: Asked) -> Page:
        """esearch.fcgi"""
        given = asked.parameters
        start, size = int(given.get("retstart", 0)), int(given.get("retmax", 20))
        if start > CAP:
            return Page(
                b'{"header":{"type":"esearch"},"esearchresult":{"ERROR":"Search Backend failed: Exception:\n'
                b"'retstart' cannot be larger than 9998.\"}}"
            )
        found = [str(each.pmid) for each in self._found(given)]
        kept = f"MCID_{len(self._kept)}"
        self._kept[kept] = found
        ids = found[start : min(start + size, CAP + 1)]
        result = {"count": str(len(found)), "idlist": ids, "webenv": kept, "querykey": "1"}
        return Page(json.dumps({"header": {"type": "esearch"}, "esearchresult": result}).encode())

    def _found(self, given: dict[str, str]) -> Iterator[Invented]:
        first, last = (_day(given[name]) for name in ("mindate", "maxdate"))
        for each in self.articles.values():
            if first <= (each.entered if given["datetype"] == "edat" else each.modified) <= last:
                yield each

    def efetch(self, asked: Asked) -> Page:
        """efetch.fcgi"""
        given = asked.parameters
        if "id" in given:
            wanted = given["id"].split(",")
        elif given.get("WebEnv") in self._kept:
            start, size = int(given["retstart"]), int(given["retmax"])
            if start > CAP:
                return Page(b"<eFetchResult><ERROR>'retstart' cannot be larger than 9998.</ERROR></eFetchResult>", 400)
            wanted = self._kept[given["WebEnv"]][start : min(start + size, CAP + 1)]
        else:
            return Page(b"<eFetchResult><ERROR>Unable to obtain query #1</ERROR></eFetchResult>", headers=_XML)
        return self._set([self.articles[each] for each in wanted if each in self.articles])

    def _set(self, found: Sequence[Invented]) -> Page:
        self.given += [str(each.pmid) for each in found]
        body = "\n".join(each.xml() for each in found)
        return Page(f"{_HEAD}<PubmedArticleSet>\n{body}\n</PubmedArticleSet>\n".encode(), headers=_XML)

    def faulty(self, answer: Callable[[Asked], Page]) -> Callable[[Asked], Page]:
        """`answer` as it arrives on a bad day."""

        def page(asked: Asked) -> Page:
            with self._lock:
                if self._chance.random() >= self.faults:
                    return answer(asked)
                return self._fault(asked, answer)

        return page

    def _fault(self, asked: Asked, answer: Callable[[Asked], Page]) -> Page:
        match self._chance.randrange(9):
            case 0:
                return Page(b'{"error":"API rate limit exceeded","count":"11"}', 429, (("Retry-After", "1"),))
            case 1:
                return Page(b'{"error":"API rate limit exceeded","api-key":"1.2.3.4","count":"4","limit":"3"}', 429)
            case 2:
                return Page(b"oops", 500)
            case 3 if "efetch" in asked.path:
                return Page(b"<eFetchResult><ERROR>Search backend is busy</ERROR></eFetchResult>", headers=_XML)
            case 3:
                return Page(b'{"esearchresult":{"ERROR":"Search Backend failed: read\ntimeout"}}')
            case 4:
                self._kept.clear()
                return answer(asked)
            case 5 if "efetch" in asked.path:
                whole = answer(asked).body.split(b"</PubmedArticle>\n")
                return Page(b"</PubmedArticle>\n".join(whole[:: 2 if len(whole) > 3 else 1]), headers=_XML)
            case 6:
                body = answer(asked).body
                return Page(body[: len(body) // 2])
            case 7:
                whole_ = answer(asked)
                return Page(whole_.body[: len(whole_.body) // 3], claim=len(whole_.body))
            case _:
                return Page(b"<html>Down for maintenance</html>")


def _day(text: str) -> date:
    year, month, day = map(int, text.split("/"))
    return date(year, month, day)


@contextmanager
def serving(service: PubMed) -> Iterator[Site]:
    """The service on a free port of loopback; its base address is `site.url` and a slash."""
    pages = {"/esearch.fcgi": service.faulty(service.esearch), "/efetch.fcgi": service.faulty(service.efetch)}
    with serve(pages) as site:
        yield site
