"""PubMed through E-utilities: everything a term finds, or what came and changed since the last run.

Since a watermark it asks twice, by entry date for what is new and by modification date for what was revised, each
with a day of overlap, because both are dates without hours and records arrive late (NBK25499). A search finds more
records than the 9,999 that can be had, so the range of dates is halved until each part holds no more. Of each part
the PMIDs are known before its articles are fetched, so that what is missing afterwards is asked for by name, and a
part is done only when every PMID has come or PubMed has said that it is gone.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from ingest.fetch import FetchError
from ingest.sources.eutils import BASE, CAP, Batch, Eutils, ExpiredError, Search
from ingest.sources.port import Ask, Harvest, HarvestError, Means, Reached
from ingest.sources.refusal import Refusal
from kb.record import Payload

FIRST = date(1945, 1, 1)  # no entry date of PubMed is earlier
PAGE = 200  # articles a request; some 5 MB
_OVERLAP = timedelta(days=1)


def harvest_pubmed(ask: Ask, means: Means) -> Harvest:
    """The articles of `ask.query` as PubMed XML, `PAGE` a payload.

    Options: `email`, `api_key`, `tool`, and `base`, the address of the service. Raises `HarvestError`.
    """
    options = ask.options
    service = Eutils(
        means.fetch,
        email=options.get("email", ""),
        tool=options.get("tool", "touchstone"),
        key=options.get("api_key", ""),
        base=options.get("base", BASE),
    )
    until = ask.until.date() + _OVERLAP
    kinds = ("edat",) if ask.since is None else ("edat", "mdat")
    first = FIRST if ask.since is None else ask.since.date() - _OVERLAP
    seen: set[str] = set()
    done, _, day = (ask.resume or "").partition(" ")
    try:
        for kind in kinds[kinds.index(done) if done in kinds else 0 :]:
            begin = date.fromisoformat(day) + timedelta(days=1) if kind == done else first
            if begin <= until:
                yield from _range(ask, means, service, kind, begin, until, seen)
    except FetchError as error:
        raise HarvestError(error.what, where=f"job {ask.job}", remedy=error.remedy) from error


def _range(ask: Ask, means: Means, service: Eutils, kind: str, first: date, last: date, seen: set[str]) -> Harvest:
    search = _search(service, ask.query, kind, first, last)
    if search.count <= CAP:
        yield from _part(ask, means, service, search, (kind, first, last), seen)
        yield Reached(f"{kind} {last}")
    elif first == last:
        remedy = "Narrow the job's term: PubMed does not hand out more than that for one day."
        raise HarvestError(f"{search.count:,} records of {first} alone", where=f"job {ask.job}", remedy=remedy)
    else:
        middle = first + (last - first) // 2
        yield from _range(ask, means, service, kind, first, middle, seen)
        yield from _range(ask, means, service, kind, middle + timedelta(days=1), last, seen)


def _search(service: Eutils, term: str, kind: str, first: date, last: date) -> Search:
    return service.search(term, retmax=CAP, datetype=kind, mindate=f"{first:%Y/%m/%d}", maxdate=f"{last:%Y/%m/%d}")


def _part(
    ask: Ask, means: Means, service: Eutils, search: Search, part: tuple[str, date, date], seen: set[str]
) -> Iterator[Payload | Refusal]:
    """The articles of one search, page by page, and then those that the pages did not hold."""
    missing = dict.fromkeys(each for each in search.pmids if each not in seen)
    if search.count != len(search.pmids):
        what = f"PubMed counts {search.count:,} records and names {len(search.pmids):,}"
        raise HarvestError(what, where=f"job {ask.job}", remedy="Run the job again.")
    for start in range(0, search.count, PAGE):
        if not any(each in missing for each in search.pmids[start : start + PAGE]):
            continue
        try:
            batch = service.page(search, start, PAGE)
        except ExpiredError:
            search = _search(service, ask.query, *part)
            batch = service.articles(tuple(search.pmids[start : start + PAGE]))
        yield from _payloads(ask, means, batch, missing, seen)
    while missing:
        asked = tuple(missing)[:PAGE]
        batch = service.articles(asked)
        yield from _payloads(ask, means, batch, missing, seen)
        for pmid in asked:
            if pmid in missing:
                del missing[pmid]
                yield Refusal(f"pmid:{pmid}", "PubMed finds it and does not hand it out", "It may have been deleted.")


def _payloads(
    ask: Ask, means: Means, batch: Batch, missing: dict[str, None], seen: set[str]
) -> Iterator[Payload | Refusal]:
    if not batch.pmids:
        return
    for pmid in batch.pmids:
        missing.pop(pmid, None)
        seen.add(pmid)
    key = f"{ask.job}/{batch.pmids[0]}-{batch.pmids[-1]}"
    yield Payload(source="pubmed", key=key, body=batch.body, fetched_at=means.clock(), format="pubmed_xml")
