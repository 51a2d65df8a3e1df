"""Pages of the web by their addresses: the Touch Research Institute's lists, a colleague's bibliography, any page.

Rules: RFC 9110 (13.1: conditional requests) and good manners: one request a second to a host, only the addresses that
the job names, no link followed. What a page is (a list, a publisher's page, a file of records) is told from its
content, as with any document. A page that cannot be had is refused and the others still arrive.

The mark is what the pages said of their state: `{address: {"etag": ..., "modified": ...}}`. A run that gets a mark
asks these pages only for what is new, and passes over those that say "not modified" (304).
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from ingest.fetch import Answer, FetchError
from ingest.sources.port import Ask, Harvest, HarvestError, Means, Reached
from ingest.sources.refusal import Refusal
from kb.record import Payload

RATE = 1.0


class _State(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a page said of its state: the validators of its last answer."""

    etag: str | None = None
    modified: str | None = None


def harvest_web_pages(ask: Ask, means: Means) -> Harvest:
    """One payload a page; `ask.query` holds their addresses, parted by white space. Raises `HarvestError` for none."""
    addresses = dict.fromkeys(each.partition("#")[0] for each in ask.query.split())
    if not addresses:
        remedy = "Give the job's query one address or more, parted by spaces."
        raise HarvestError("there is no address to fetch", where=f"job {ask.job}", remedy=remedy)
    states = _states(ask.resume or ask.memory)
    for address in addresses:
        yield from _page(address, states, means)


def _page(address: str, states: dict[str, _State], means: Means) -> Iterator[Payload | Refusal | Reached]:
    """The page if it is new, then the mark that says so."""
    known = states.get(address, _State())
    try:
        answer = means.fetch(address, etag=known.etag, modified=known.modified, rate=RATE)
    except FetchError as error:
        yield Refusal(address, error.what, error.remedy)
        return
    if answer.status == 304:
        return
    if len(answer.body) > means.largest:
        reason = f"the page has {len(answer.body):,} bytes, more than the {means.largest:,} allowed"
        yield Refusal(address, reason, "Raise max_payload in touchstone.toml.")
        return
    yield Payload(source="web_pages", key=address, body=answer.body, fetched_at=answer.at)
    states[address] = _state(answer)
    yield Reached(msgspec.json.encode(states, order="sorted").decode())


def _state(answer: Answer) -> _State:
    return _State(answer.headers.get("etag"), answer.headers.get("last-modified"))


def _states(mark: str | None) -> dict[str, _State]:
    """The states in a mark; one that cannot be read only costs that everything is fetched again."""
    try:
        return msgspec.json.decode(mark or "{}", type=dict[str, _State])
    except msgspec.DecodeError:
        return {}
