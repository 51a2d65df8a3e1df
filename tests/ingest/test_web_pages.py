"""Pages by their addresses, harvested from a site on loopback. All literature is invented."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import format_datetime

import pytest

from ingest.parsers import parse
from ingest.sources import Reached, Refusal
from ingest.sources.port import Ask, HarvestError, Means
from ingest.sources.web_pages import harvest_web_pages
from kb.record import Payload, Record
from kb.vocabulary import Vocabulary
from tests.clock import Clock
from tests.servers.site import Asked, Page, Site, in_turn, serve, with_validators

NOW = datetime(2026, 1, 2, tzinfo=UTC)
LIST = (
    b"<html><body><h2>2002</h2><p>Wolle, T., &amp; Weber, W. (2002). Massage of invented weavers."
    b"Invented Journal of Touch, 8(2), 72-76.</p></body></html>"
)
MODIFIED = format_datetime(NOW, usegmt=True)


def dated(asked: Asked) -> Page:
    if asked.headers.get("if-modified-since") == MODIFIED:
        return Page(b"", 304)
    return Page(LIST.replace(b"2002", b"2003"), headers=(("Last-Modified", MODIFIED),))


@pytest.fixture
def site() -> Iterator[Site]:
    pages = {
        "/list": with_validators(LIST, '"1"'),
        "/dated": dated,
        "/plain": in_turn(Page(LIST.replace(b"2002", b"2004"))),
        "/broken": in_turn(Page(b"", 500)),
        "/changed": in_turn(Page(LIST, headers=(("ETag", '"a"'),)), Page(LIST * 2, headers=(("ETag", '"b"'),))),
    }
    with serve(pages) as running:
        yield running


@pytest.fixture
def means() -> Means:
    return Clock(NOW).means(tries=1)


def ask(site: Site, *paths: str, resume: str | None = None) -> Ask:
    query = "\n".join(f"{site.url}{path}" for path in paths)
    return Ask(job="lists", query=query, since=None, until=NOW, resume=resume)


def harvested(asked: Ask, means: Means) -> tuple[list[str], list[Refusal], str | None]:
    """Paths of the payloads, refusals, and the last mark."""
    payloads, refusals, mark = list[str](), list[Refusal](), None
    for each in harvest_web_pages(asked, means):
        if isinstance(each, Payload):
            payloads.append("/" + each.key.rpartition("/")[2])
        elif isinstance(each, Refusal):
            refusals.append(each)
        else:
            assert isinstance(each, Reached)
            mark = each.mark
    return payloads, refusals, mark


def test_a_list_is_fetched_and_read(site: Site, means: Means, vocabulary: Vocabulary) -> None:
    (payload,) = (each for each in harvest_web_pages(ask(site, "/list#top"), means) if isinstance(each, Payload))
    assert (payload.source, payload.key, payload.format) == ("web_pages", f"{site.url}/list", None)
    (record,) = parse(payload, vocabulary)
    assert isinstance(record, Record)
    assert (record.title, record.container) == ("Massage of invented weavers", "Invented Journal of Touch")
    assert record.key.startswith(f"{site.url}/list#")


def test_what_did_not_change_is_not_fetched_again(site: Site, means: Means) -> None:
    paths = ("/list", "/dated", "/plain", "/changed")
    first, _, mark = harvested(ask(site, *paths), means)
    again, _, _ = harvested(ask(site, *paths, resume=mark), means)
    assert (first, again) == ([*paths], ["/plain", "/changed"])
    assert mark is not None
    assert json.loads(mark)[f"{site.url}/list"] == {"etag": '"1"'}
    assert json.loads(mark)[f"{site.url}/dated"] == {"modified": MODIFIED}


def test_an_interrupted_run_goes_on_where_it_was(site: Site, means: Means) -> None:
    run = harvest_web_pages(ask(site, "/list", "/plain"), means)
    next(run)
    reached = next(run)
    assert isinstance(reached, Reached)
    assert harvested(ask(site, "/list", "/plain", resume=reached.mark), means)[0] == ["/plain"]


def test_a_page_that_cannot_be_had_is_refused_and_the_rest_arrive(site: Site, means: Means) -> None:
    payloads, refusals, _ = harvested(ask(site, "/broken", "/missing", "/list", "/list"), means)
    assert payloads == ["/list"]
    assert [each.reason for each in refusals] == ["the server answered 500", "the server answered 404"]
    assert all(each.remedy for each in refusals)


def test_a_page_too_large_and_an_address_that_is_none(site: Site, means: Means) -> None:
    small = Means(fetch=means.fetch, clock=means.clock, largest=10)
    _, (too_large,), _ = harvested(ask(site, "/list"), small)
    assert "more than the 10 allowed" in too_large.reason
    other = Ask(job="lists", query=f"ftp://nowhere/list http://[bad/#top {site.url}/list", since=None, until=NOW)
    keys, refused, _ = harvested(other, means)
    assert [each.reason.partition(",")[0] for each in refused] == ["it is no web address"] * 2
    assert len(keys) == 1


def test_no_address_at_all_is_a_failure(means: Means) -> None:
    with pytest.raises(HarvestError, match="no address"):
        harvested(Ask(job="lists", query=" \n", since=None, until=NOW), means)


def test_a_mark_that_cannot_be_read_costs_only_time(site: Site, means: Means) -> None:
    assert harvested(ask(site, "/list", resume="{broken"), means)[0] == ["/list"]
