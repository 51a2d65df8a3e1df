"""Harvesting PubMed from a server on loopback that answers as the real one does. All articles are invented."""

from __future__ import annotations

from datetime import UTC, date, datetime

import msgspec
import pytest

from ingest.parsers import parse
from ingest.sources.port import Ask, Harvest, HarvestError, Reached
from ingest.sources.pubmed import harvest_pubmed
from ingest.sources.refusal import Refusal
from kb.record import Payload, Record
from kb.vocabulary import Vocabulary
from tests.clock import Clock
from tests.servers.invented import Invented, articles
from tests.servers.pubmed import PubMed, serving
from tests.servers.site import Page, Site, in_turn, serve

UNTIL = datetime(2026, 1, 2, tzinfo=UTC)


def ask(site: Site, since: datetime | None = None, **options: str) -> Ask:
    return Ask(job="nightly", query="massage", since=since, until=UNTIL, options={"base": f"{site.url}/", **options})


def pmids(harvest: Harvest, vocabulary: Vocabulary) -> list[str]:
    found = []
    for each in harvest:
        if isinstance(each, Reached):
            continue
        assert isinstance(each, Payload), each
        found += [record.key for record in parse(each, vocabulary) if isinstance(record, Record)]
    return found


def test_everything_a_term_finds(vocabulary: Vocabulary) -> None:
    service = PubMed(articles(430))
    with serving(service) as site:
        found = pmids(harvest_pubmed(ask(site), Clock(UNTIL).means()), vocabulary)
        assert sorted(found) == sorted(service.articles)
        assert site.asked[0].parameters["tool"] == "touchstone"


def test_more_than_a_search_gives_is_sliced_by_date(vocabulary: Vocabulary) -> None:
    service = PubMed(articles(12_000))
    with serving(service) as site:
        harvest = harvest_pubmed(ask(site), Clock(UNTIL).means())
        bodies = b"".join(each.body for each in harvest if isinstance(each, Payload))
    assert bodies.count(b"<PubmedArticle>") == 12_000
    assert len(set(service.given)) == len(service.given) == 12_000


def test_too_many_of_one_day_is_said_and_not_passed_over() -> None:
    day = date(2000, 1, 1)
    crowd = PubMed([Invented(i + 1, day, day) for i in range(10_050)])
    with serving(crowd) as site, pytest.raises(HarvestError, match="10,050 records of 2000-01-01 alone"):
        list(harvest_pubmed(ask(site), Clock(UNTIL).means()))


def test_since_the_watermark_what_is_new_and_what_was_revised(vocabulary: Vocabulary) -> None:
    old, new, later = date(2020, 1, 1), date(2025, 12, 30), date(2025, 12, 31)
    service = PubMed([Invented(1, old, old), Invented(2, new, new), Invented(3, old, later, revision=1)])
    with serving(service) as site:
        since = datetime(2025, 12, 31, tzinfo=UTC)
        found = pmids(harvest_pubmed(ask(site, since), Clock(UNTIL).means()), vocabulary)
    assert set(found) == {"2", "3"}  # 2 entered on the day before the watermark: the overlap


def test_an_interrupted_harvest_goes_on_behind_its_last_mark(vocabulary: Vocabulary) -> None:
    service = PubMed(articles(12_000))
    with serving(service) as site:
        whole = list(harvest_pubmed(ask(site), Clock(UNTIL).means()))
        marks = [each.mark for each in whole if isinstance(each, Reached)]
        asked = msgspec.structs.replace(ask(site), resume=marks[0])
        rest = set(pmids(harvest_pubmed(asked, Clock(UNTIL).means()), vocabulary))
    before = [each for each in whole[: whole.index(Reached(marks[0]))] if isinstance(each, Payload)]
    first = {record.key for each in before for record in parse(each, vocabulary) if isinstance(record, Record)}
    assert len(marks) > 1
    assert first.isdisjoint(rest)
    assert first | rest == set(service.articles)


@pytest.mark.parametrize("seed", range(4))
def test_on_a_bad_day_every_article_arrives(seed: int, vocabulary: Vocabulary) -> None:
    service = PubMed(articles(1_500), faults=0.3, seed=seed)
    with serving(service) as site:
        found = set(pmids(harvest_pubmed(ask(site), Clock(UNTIL).means()), vocabulary))
    assert found == set(service.articles)


def test_what_pubmed_names_and_does_not_hand_out_is_refused(vocabulary: Vocabulary) -> None:
    service = PubMed(articles(3))
    gone = next(iter(service.articles))

    def efetch(asked):  # type: ignore[no-untyped-def]
        service.articles.pop(gone, None)
        return PubMed.efetch(service, asked)

    service.efetch = efetch  # type: ignore[method-assign]
    with serving(service) as site:
        found = list(harvest_pubmed(ask(site), Clock(UNTIL).means()))
    assert [each.key for each in found if isinstance(each, Refusal)] == [f"pmid:{gone}"]


def test_a_service_that_stays_down_ends_the_harvest() -> None:
    with serving(PubMed(articles(3), faults=1.0)) as site, pytest.raises(HarvestError) as caught:
        list(harvest_pubmed(ask(site, api_key="secret"), Clock(UNTIL).means()))
    assert "secret" not in f"{caught.value} {caught.value.remedy}"


def test_the_rate_is_kept(vocabulary: Vocabulary) -> None:
    for options, seconds in (({}, 1 / 3), ({"api_key": "k"}, 1 / 10)):
        clock = Clock(UNTIL)
        with serving(PubMed(articles(450))) as site:
            list(harvest_pubmed(ask(site, **options), clock.means()))
            assert sum(clock.slept) == pytest.approx((len(site.asked) - 1) * seconds)


def test_options_travel_as_a_frozen_type() -> None:
    with pytest.raises(AttributeError):
        msgspec.structs.replace(Ask(job="x", query="y", since=None, until=UNTIL)).query = "z"  # type: ignore[misc]


@pytest.mark.parametrize("body", [b"3", b'{"esearchresult": []}', b'{"esearchresult": ' + b"[" * 200_000])
def test_a_search_answered_in_another_shape(body: bytes) -> None:
    with serve({"/esearch.fcgi": in_turn(Page(body))}) as site, pytest.raises(HarvestError, match="not the JSON"):
        list(harvest_pubmed(ask(site), Clock(UNTIL).means()))
