"""Europe PMC's search on loopback: cursors that expire, errors with status 200, pages of invented results."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from tests.servers.site import Asked, Page, Site, serve

Result = dict[str, Any]


def result(number: int, indexed: str = "2020-01-01") -> Result:
    """An invented core result."""
    return {
        "id": str(number),
        "source": "MED",
        "pmid": str(number),
        "doi": f"10.5555/{number}",
        "title": f"Invented trial {number} of <i>massage</i>.",
        "authorList": {"author": [{"lastName": "Weaver", "firstName": "Wilma"}, {"collectiveName": "Loom Group"}]},
        "journalInfo": {"volume": "3", "issue": "2", "journal": {"title": "J Inv", "isoabbreviation": "J Inv"}},
        "pubYear": "2011",
        "pageInfo": "101-9",
        "abstractText": "<h4>Methods</h4>Ten weavers rested.<h4>Results</h4>Pain fell &amp; sleep rose.",
        "firstIndexDate": indexed,
    }


class EuropePMC:
    """The results. `expire_at`: the page at which a cursor is forgotten, once; `short`: pages end too early."""

    def __init__(self, results: Sequence[Result], *, expire_at: int | None = None, short: bool = False) -> None:
        self.results, self._expire_at, self._short = list(results), expire_at, short

    def search(self, asked: Asked) -> Page:
        """/search"""
        given = asked.parameters
        if not given.get("query"):
            return _json({"errCode": 404, "errMsg": "No search criteria provided."})
        size, cursor = int(given["pageSize"]), given["cursorMark"]
        start = 0 if cursor == "*" else int(cursor.removeprefix("at-"))
        if self._expire_at is not None and start // size == self._expire_at:
            self._expire_at = None
            return _json({"version": "6.9"})
        found = list(self._found(given["query"]))
        part = found[start : start + size]
        if self._short and start:
            part = []
        following = f"at-{start + len(part)}" if part else cursor
        return _json(
            {"version": "6.9", "hitCount": len(found), "nextCursorMark": following, "resultList": {"result": part}}
        )

    def _found(self, query: str) -> Iterator[Result]:
        dates = re.search(r"FIRST_IDATE:\[(\S+) TO (\S+)\]", query)
        for each in self.results:
            if dates is None or dates[1] <= each["firstIndexDate"] <= dates[2]:
                yield each


def _json(body: object) -> Page:
    return Page(json.dumps(body).encode(), headers=(("Content-Type", "application/json"),))


@contextmanager
def serving(service: EuropePMC) -> Iterator[Site]:
    """The service on a free port of loopback, under /search."""
    with serve({"/search": service.search}) as site:
        yield site
