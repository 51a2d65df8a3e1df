"""Europe PMC's search: everything a query finds, or what was indexed and updated since the last run.

Rules: europepmc.org/RestfulWebService. No key and no published limit; we stay at three requests a second. Pages
follow a cursor, `*` first, and end where it repeats or a page is empty. Errors arrive with status 200: an
`errCode`, or, for a cursor that has expired, an answer with nothing but a version; then the search begins anew.
"""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import msgspec

from ingest.sources.anew import ForgottenError, harvest_anew
from ingest.sources.port import Ask, Harvest, HarvestError, Means
from kb.record import Payload

BASE = "https://www.ebi.ac.uk/europepmc/webservices/rest/search"
PAGE = 200  # results a request, of the 1,000 allowed: a page of core results is large
RATE = 3.0
_TRIES = 3  # of an answer that was not whole
_OVERLAP = timedelta(days=1)


class _List(msgspec.Struct, frozen=True):
    result: tuple[dict[str, Any], ...]


class _Page(msgspec.Struct, frozen=True):
    """What an answer says of itself; the results are the parser's. UNSET is "not there", which is an answer too."""

    resultList: _List | msgspec.UnsetType = msgspec.UNSET
    hitCount: int | None = None
    nextCursorMark: str | None = None
    errCode: Any = msgspec.UNSET
    errMsg: Any = None


def harvest_europe_pmc(ask: Ask, means: Means) -> Harvest:
    """The results of `ask.query` as JSON, `PAGE` a payload. Option: `base`, the address. Raises `HarvestError`."""
    query = ask.query if ask.since is None else f"({ask.query}) AND {_since(ask)}"
    return harvest_anew(ask.job, lambda: _pages(ask, means, query))


def _since(ask: Ask) -> str:
    assert ask.since is not None
    first, last = (ask.since - _OVERLAP).date(), (ask.until + _OVERLAP).date()
    return f"(FIRST_IDATE:[{first} TO {last}] OR UPDATE_DATE:[{first} TO {last}])"


def _pages(ask: Ask, means: Means, query: str) -> Harvest:
    cursor, given, promised = "*", 0, 0
    gone = {cursor}
    while True:
        body, page, found = _page(ask, means, query, cursor)
        promised = promised if page.hitCount is None else page.hitCount
        given += len(found)
        if found:
            key = f"{ask.job}/{found[0].get('source')}:{found[0].get('id')}"
            yield Payload(source="europe_pmc", key=key, body=body, fetched_at=means.clock(), format="europe_pmc")
        following = page.nextCursorMark
        if not found or following is None or following == cursor:
            break
        if following in gone:
            what = "Europe PMC's cursor came back to where it had been: its pages have no end"
            raise HarvestError(what, where=f"job {ask.job}", remedy="Run the job again later.")
        gone.add(following)
        cursor = following
    if given < promised:
        what = f"Europe PMC promised {promised:,} results and gave {given:,}"
        raise HarvestError(what, where=f"job {ask.job}", remedy="Run the job again.")


def _page(ask: Ask, means: Means, query: str, cursor: str) -> tuple[bytes, _Page, tuple[dict[str, Any], ...]]:
    """An answer as received, what it says of itself, and its results."""
    asked = {
        "query": query,
        "format": "json",
        "resultType": "core",
        "pageSize": str(PAGE),
        "cursorMark": cursor,
    }
    for _ in range(_TRIES):
        answer = means.fetch(ask.options.get("base", BASE), parameters=asked, rate=RATE)
        try:
            page = msgspec.convert(json.loads(answer.body, strict=False), _Page, strict=False)
        except (ValueError, RecursionError):  # of msgspec too: its ValidationError is a ValueError
            continue
        if page.errCode is not msgspec.UNSET:
            remedy = "Mend the job's query."
            raise HarvestError(f"Europe PMC: {str(page.errMsg)[:200]}", where=f"job {ask.job}", remedy=remedy)
        if isinstance(page.resultList, _List):
            return answer.body, page, page.resultList.result
        raise ForgottenError
    what = "the answer was not the JSON that was asked for"
    raise HarvestError(what, where=f"job {ask.job}", remedy="Run the job again later.")
