"""Europe PMC: its results read, and its search harvested from loopback. All literature is invented."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from ingest.errors import UnreadablePayloadError
from ingest.parsers import Unreadable, parse
from ingest.sources.europe_pmc import harvest_europe_pmc
from ingest.sources.port import Ask, HarvestError, Means
from kb.record import Contributor, Payload, Record
from kb.vocabulary import Vocabulary
from tests.clock import Clock
from tests.servers.europe_pmc import EuropePMC, Result, result, serving
from tests.servers.site import Page, Site, in_turn, serve

NOW = datetime(2026, 1, 2, tzinfo=UTC)


@pytest.fixture
def means() -> Means:
    return Clock(NOW).means(tries=2)


def ask(site: Site, query: str = "massage", since: datetime | None = None) -> Ask:
    return Ask(job="weekly", query=query, since=since, until=NOW, options={"base": f"{site.url}/search"})


def keys(asked: Ask, means: Means, vocabulary: Vocabulary) -> list[str]:
    payloads = [each for each in harvest_europe_pmc(asked, means) if isinstance(each, Payload)]
    return [each.key for payload in payloads for each in parse(payload, vocabulary) if isinstance(each, Record)]


def page(*results: Result) -> Payload:
    body = EuropePMC(results).search(
        type("Asked", (), {"parameters": {"query": "x", "pageSize": "1000", "cursorMark": "*"}})()
    )
    return Payload(source="europe_pmc", key="page.json", body=body.body, fetched_at=NOW)


def test_a_result(vocabulary: Vocabulary) -> None:
    (record,) = parse(page(result(990000001)), vocabulary)
    assert isinstance(record, Record)
    assert (record.source, record.key) == ("europe_pmc", "MED:990000001")
    assert record.title == "Invented trial 990000001 of massage"
    assert record.contributors == (Contributor("Weaver", "Wilma"), Contributor("Loom Group", None, "collective"))
    assert record.abstract == "METHODS: Ten weavers rested. RESULTS: Pain fell & sleep rose."
    assert (record.year, record.volume, record.issue, record.pages) == (2011, "3", "2", "101-109")


@pytest.mark.parametrize(
    ("said", "read"),
    [
        (
            "Pain fell (P<or=0.05) in group A and sleep rose; total (n>20) people.",
            "Pain fell (P<or=0.05) in group A and sleep rose; total (n>20) people.",
        ),
        ("Where x<p and y>3 nothing fell.", "Where x<p and y>3 nothing fell."),
        ("P&lt;0.05 and n&gt;20", "P<0.05 and n>20"),
        ("CO<sub>2</sub>, <i>in vitro</i> (<i>p</i>=0.03)", "CO2, in vitro (p=0.03)"),
        ('<p>Pain fell.</p><p class="x">Sleep rose.</p>', "Pain fell. Sleep rose."),
        ("<ul><li>rest</li><li>massage</li></ul>", "rest massage"),
        ("<jats:list-item>rest</jats:list-item>a<br/>b<BR />c", "rest a b c"),
        ("<h4>Aims </h4>To rest.<h4>Results:</h4>Pain fell.", "AIMS: To rest. RESULTS: Pain fell."),
    ],
)
def test_tags_go_and_text_stays(said: str, read: str, vocabulary: Vocabulary) -> None:
    (record,) = parse(page(result(1) | {"abstractText": said}), vocabulary)
    assert isinstance(record, Record)
    assert record.abstract == read


def test_a_full_page_is_one_long_line(vocabulary: Vocabulary) -> None:
    long = page(*(result(n) | {"abstractText": "Weavers rested. " * 400} for n in range(1, 201)))
    assert len(long.body) > 1_200_000
    assert b"\n" not in long.body
    assert [type(each) for each in parse(long, vocabulary)] == [Record] * 200


def test_a_retraction_is_kept(vocabulary: Vocabulary) -> None:
    retracted = result(1) | {
        "commentCorrectionList": {"commentCorrection": [{"type": "Retraction in", "reference": "J Inv. 2012"}]}
    }
    (record,) = parse(page(retracted), vocabulary)
    assert isinstance(record, Record)
    assert [(each.kind, each.text) for each in record.notices] == [("retracted", "J Inv. 2012")]


def test_a_bad_result_is_set_aside_and_the_rest_arrive(vocabulary: Vocabulary) -> None:
    first, second, third = parse(page(result(1) | {"title": 7}, result(2) | {"title": ""}, result(3)), vocabulary)
    assert isinstance(first, Unreadable)
    assert isinstance(second, Unreadable)
    assert second.reason == "no title"
    assert isinstance(third, Record)


def test_a_page_cut_off_is_refused(vocabulary: Vocabulary) -> None:
    whole = page(result(1))
    cut = Payload(source=whole.source, key=whole.key, body=whole.body[:-20], fetched_at=NOW)
    with pytest.raises(UnreadablePayloadError, match="no whole page"):
        list(parse(cut, vocabulary))


@pytest.mark.parametrize("expire_at", [None, 0, 1, 2])
def test_page_after_page_though_the_cursor_expires(expire_at: int | None, means: Means, vocabulary: Vocabulary) -> None:
    service = EuropePMC([result(n) for n in range(1, 451)], expire_at=expire_at)
    with serving(service) as site:
        found = keys(ask(site), means, vocabulary)
    assert set(found) == {f"MED:{n}" for n in range(1, 451)}


def test_since_the_watermark(means: Means, vocabulary: Vocabulary) -> None:
    service = EuropePMC([result(1), result(2, "2025-12-31"), result(3, "2026-01-02")])
    with serving(service) as site:
        assert keys(ask(site, since=datetime(2026, 1, 1, tzinfo=UTC)), means, vocabulary) == ["MED:2", "MED:3"]


def test_nothing_found(means: Means, vocabulary: Vocabulary) -> None:
    with serving(EuropePMC([])) as site:
        assert keys(ask(site), means, vocabulary) == []


def test_fewer_than_promised_is_a_failure(means: Means, vocabulary: Vocabulary) -> None:
    service = EuropePMC([result(n) for n in range(450)], short=True)
    with serving(service) as site, pytest.raises(HarvestError, match="promised 450 results and gave 200"):
        keys(ask(site), means, vocabulary)


def test_an_error_with_status_200_is_an_error(means: Means, vocabulary: Vocabulary) -> None:
    with serving(EuropePMC([])) as site, pytest.raises(HarvestError, match="No search criteria"):
        keys(ask(site, query=""), means, vocabulary)


DEEP = b"[" * 200_000
BROKEN = [
    b"3",
    b"[]",
    b"null",
    b"{",
    b'{"resultList": null}',
    b'{"resultList": {}}',
    b'{"resultList": {"result": ["x"]}}',
    b'{"hitCount": [], "resultList": {"result": []}}',
    b'{"resultList": {"result": ' + DEEP,
    DEEP,
]


@pytest.mark.parametrize("body", BROKEN, ids=lambda body: body[:40].decode())
def test_an_answer_of_another_shape_is_asked_for_again_and_then_said(body: bytes, means: Means) -> None:
    with serve({"/search": in_turn(Page(body))}) as site:
        with pytest.raises(HarvestError, match="not the JSON"):
            list(harvest_europe_pmc(ask(site), means))
        assert len(site.asked) == 3


def test_a_count_that_is_not_stated(means: Means) -> None:
    with serve({"/search": in_turn(Page(b'{"hitCount": null, "resultList": {"result": []}}'))}) as site:
        assert list(harvest_europe_pmc(ask(site), means)) == []


def test_what_is_nested_without_end_is_unreadable(vocabulary: Vocabulary) -> None:
    body = b'{"resultList": {"result": [{"id": "1", "source": "MED", "title": "x", "odd": ' + DEEP
    with pytest.raises(UnreadablePayloadError, match="no whole page"):
        list(parse(Payload(source="europe_pmc", key="deep", body=body, fetched_at=NOW), vocabulary))


@pytest.mark.parametrize("cursors", ["ab", "abc", "a*"])
def test_cursors_that_go_round_are_left(cursors: str, means: Means) -> None:
    results = {"result": [result(1)]}
    pages = [Page(json.dumps({"nextCursorMark": each, "resultList": results}).encode()) for each in cursors]
    with serve({"/search": in_turn(*pages * 5)}) as site:
        with pytest.raises(HarvestError, match="no end"):
            list(harvest_europe_pmc(ask(site), means))
        assert len(site.asked) <= len(cursors) + 1


def test_a_search_forgotten_for_ever_is_left(means: Means) -> None:
    with serve({"/search": in_turn(Page(b'{"version": "6.9"}'))}) as site:
        with pytest.raises(HarvestError, match="forgot again and again"):
            list(harvest_europe_pmc(ask(site), means))
        assert len(site.asked) == 3


def test_a_service_that_is_gone(means: Means) -> None:
    with serve({}) as site, pytest.raises(HarvestError, match="answered 404"):
        list(harvest_europe_pmc(ask(site), means))
