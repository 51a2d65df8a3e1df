"""OAI-PMH: a provider on loopback harvested, and its Dublin Core read. All literature is invented."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest

from ingest.parsers import Unreadable, parse
from ingest.sources.oai_pmh import harvest_oai
from ingest.sources.port import Ask, HarvestError, Means
from kb.record import Identifier, Payload, Record
from kb.vocabulary import Vocabulary
from tests.clock import Clock
from tests.servers.site import Asked, Page, Site, in_turn, serve

NOW = datetime(2026, 1, 2, tzinfo=UTC)
ABSTRACT = "Ten weavers were massaged twice a week for five weeks, and their pain was measured before and after."

BARE = (
    "<record><header><identifier>oai:loom:1</identifier></header><metadata>"
    '<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Invented trial</dc:title>{}</oai_dc:dc>'
    "</metadata></record>"
)


def record(number: int, stamp: str = "2020-01-01", title: str = "Invented trial", status: str = "") -> str:
    return (
        f"<record><header{status}><identifier>oai:loom:{number}</identifier><datestamp>{stamp}</datestamp></header>"
        f'<metadata><oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title>'
        f"<dc:creator>Weaver, Wilma</dc:creator><dc:description>{ABSTRACT}</dc:description>"
        f"<dc:date>2011-05-03</dc:date><dc:identifier>https://doi.org/10.5555/{number}</dc:identifier>"
        f"<dc:identifier>PMID: 9900{number:05}</dc:identifier><dc:source>Journal of Invented Trials; Vol 3</dc:source>"
        f"<dc:rights>CC BY 4.0</dc:rights></oai_dc:dc></metadata></record>"
    )


def answer(inside: str) -> bytes:
    return (f'<?xml version="1.0"?><OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">{inside}</OAI-PMH>').encode()


class Provider:
    """Records by their stamp, three an answer. `stale`: the tokens forgotten once; `cut`: answers cut off once."""

    def __init__(self, stamps: list[str], *, stale: int | None = None, cut: bool = False) -> None:
        self.stamps, self.stale, self.cut = stamps, stale, cut

    def page(self, asked: Asked) -> Page:
        given = asked.parameters
        if self.cut:
            self.cut = False
            return Page(answer("<ListRecords>")[:-10])
        if given.get("metadataPrefix") == "marc":
            return Page(answer('<error code="cannotDisseminateFormat">no marc</error>'))
        start = int(given.get("resumptionToken", "0").partition("@")[0])
        first = given.get("resumptionToken", f"@{given.get('from', '')}").partition("@")[2]
        if self.stale is not None and start == self.stale:
            self.stale = None
            return Page(answer('<error code="badResumptionToken">who?</error>'))
        found = [record(i, stamp) for i, stamp in enumerate(self.stamps) if stamp >= first]
        if not found:
            return Page(answer('<error code="noRecordsMatch">none</error>'))
        token = f"<resumptionToken>{start + 3}@{first}</resumptionToken>" if start + 3 < len(found) else ""
        return Page(answer(f"<ListRecords>{''.join(found[start : start + 3])}{token}</ListRecords>"))


@contextmanager
def serving(provider: Provider) -> Iterator[Site]:
    with serve({"/oai": provider.page}) as site:
        yield site


@pytest.fixture
def means() -> Means:
    return Clock(NOW).means(tries=2)


def keys(site: Site, means: Means, vocabulary: Vocabulary, since: datetime | None = None) -> list[str]:
    asked = Ask(job="journal", query=f"{site.url}/oai", since=since, until=NOW)
    payloads = [each for each in harvest_oai(asked, means) if isinstance(each, Payload)]
    return [each.key for payload in payloads for each in parse(payload, vocabulary) if isinstance(each, Record)]


def test_a_record(vocabulary: Vocabulary) -> None:
    body = answer(f"<ListRecords>{record(7)}</ListRecords>")
    (found,) = parse(Payload(source="oai", key="x", body=body, fetched_at=NOW), vocabulary)
    assert isinstance(found, Record)
    assert (found.key, found.title, found.year, found.abstract) == ("oai:loom:7", "Invented trial", 2011, ABSTRACT)
    assert found.identifiers == (Identifier("pmid", "990000007"), Identifier("doi", "10.5555/7"))
    assert found.rights == "CC BY 4.0"


@pytest.mark.parametrize(
    ("element", "read"),
    [
        ("<dc:relation>10.5555/data.7</dc:relation>", ()),
        ("<dc:relation>https://doi.org/10.5555/data.7</dc:relation>", ()),
        ("<dc:relation>PMID: 990000007</dc:relation>", ()),
        ("<dc:relation>info:eu-repo/semantics/altIdentifier/doi/10.5555/a.7</dc:relation>", ("10.5555/a.7",)),
        ("<dc:relation>info:eu-repo/semantics/altIdentifier/pmid/990000007</dc:relation>", ("990000007",)),
        ("<dc:identifier>(doi:10.5555/abc)</dc:identifier>", ("10.5555/abc",)),
        ("<dc:identifier>J Inv 3(2):1-9 (2011), doi 10.5555/a(b)7.</dc:identifier>", ("10.5555/a(b)7",)),
        ("<dc:identifier>10.5555/abc</dc:identifier><dc:relation>10.5555/x</dc:relation>", ("10.5555/abc",)),
        ("<dc:identifier>https://pubmed.ncbi.nlm.nih.gov/990000007/</dc:identifier>", ("990000007",)),
        ("<dc:identifier>info:pmid/990000007</dc:identifier>", ("990000007",)),
    ],
)
def test_whose_identifier_it_is(element: str, read: tuple[str, ...], vocabulary: Vocabulary) -> None:
    body = answer(f"<ListRecords>{BARE.format(element)}</ListRecords>")
    (found,) = parse(Payload(source="oai", key="x", body=body, fetched_at=NOW), vocabulary)
    assert isinstance(found, Record)
    assert tuple(each.value for each in found.identifiers) == read


def test_what_is_deleted_or_untitled(vocabulary: Vocabulary) -> None:
    inside = record(1, status=' status="deleted"') + record(2, title="") + record(3)
    body = answer(f"<ListRecords>{inside}</ListRecords>")
    first, second = parse(Payload(source="oai", key="x", body=body, fetched_at=NOW), vocabulary)
    assert isinstance(first, Unreadable)
    assert first.reason == "no title"
    assert isinstance(second, Record)


@pytest.mark.parametrize("provider", [Provider(["2020-01-01"] * 8), Provider(["2020-01-01"] * 8, stale=3)])
def test_answer_after_answer(provider: Provider, means: Means, vocabulary: Vocabulary) -> None:
    with serving(provider) as site:
        assert set(keys(site, means, vocabulary)) == {f"oai:loom:{i}" for i in range(8)}


def test_an_answer_cut_off_is_asked_for_again(means: Means, vocabulary: Vocabulary) -> None:
    with serving(Provider(["2020-01-01"], cut=True)) as site:
        assert keys(site, means, vocabulary) == ["oai:loom:0"]


def test_since_the_watermark(means: Means, vocabulary: Vocabulary) -> None:
    with serving(Provider(["2020-01-01", "2025-12-31", "2026-01-01"])) as site:
        assert keys(site, means, vocabulary, datetime(2026, 1, 1, tzinfo=UTC)) == ["oai:loom:1", "oai:loom:2"]
        assert keys(site, means, vocabulary, datetime(2027, 1, 1, tzinfo=UTC)) == []


def test_a_provider_that_refuses(means: Means, vocabulary: Vocabulary) -> None:
    refusing = {"/oai": lambda asked: Page(answer('<error code="badArgument">no such set</error>'))}
    with serve(refusing) as site, pytest.raises(HarvestError, match="badArgument: no such set"):
        keys(site, means, vocabulary)


@pytest.mark.parametrize("tokens", ["a", "ab", "abc"])
def test_a_list_without_an_end_is_left(tokens: str, means: Means) -> None:
    pages = [
        Page(answer(f"<ListRecords>{record(1)}<resumptionToken>{t}</resumptionToken></ListRecords>")) for t in tokens
    ]
    with serve({"/oai": in_turn(*pages * 5)}) as site:
        asked = Ask(job="journal", query=f"{site.url}/oai", since=None, until=NOW)
        with pytest.raises(HarvestError, match="no end"):
            list(harvest_oai(asked, means))
        assert len(site.asked) == len(tokens) + 1


def test_a_provider_that_forgets_for_ever_is_left(means: Means) -> None:
    page = Page(answer('<error code="badResumptionToken">who?</error>'))
    with serve({"/oai": in_turn(page)}) as site:
        asked = Ask(job="journal", query=f"{site.url}/oai", since=None, until=NOW)
        with pytest.raises(HarvestError, match="forgot again and again"):
            list(harvest_oai(asked, means))
        assert len(site.asked) == 3
