"""Repositories and journals by OAI-PMH 2.0: all records of a set, or what came and changed since the last run.

The protocol's rules (openarchives.org/OAI/openarchivesprotocol.html): `resumptionToken` is exclusive of all other
arguments; dates are in the provider's own granularity; `noRecordsMatch` is an empty answer; `badResumptionToken`
means that the list is to be begun anew. Written on our own door to the network in place of a client library, since
the limits and the manners of that door are wanted here too, and the protocol is six verbs, of which one is needed.
"""

from __future__ import annotations

import re
from datetime import UTC, timedelta

from lxml import etree

from ingest.sources.anew import ForgottenError, harvest_anew
from ingest.sources.port import Ask, Harvest, HarvestError, Means
from kb.record import Payload

RATE = 1.0
_OAI = "{http://www.openarchives.org/OAI/2.0/}"
_TRIES = 3  # of an answer that was not whole
_OVERLAP = timedelta(days=1)
_WHOLE = re.compile(rb"</(?:\w+:)?OAI-PMH>\s*\Z")


def harvest_oai(ask: Ask, means: Means) -> Harvest:
    """The records of the provider at `ask.query` (its base address), a payload an answer.

    Options: `set`, and `granularity` = "seconds" where the provider has dates with hours. Raises `HarvestError`.
    """
    return harvest_anew(ask.job, lambda: _lists(ask, means))


def _lists(ask: Ask, means: Means) -> Harvest:
    asked = {"verb": "ListRecords", "metadataPrefix": "oai_dc"}
    if "set" in ask.options:
        asked["set"] = ask.options["set"]
    if ask.since is not None:
        form = "%Y-%m-%dT%H:%M:%SZ" if ask.options.get("granularity") == "seconds" else "%Y-%m-%d"
        asked["from"] = (ask.since - _OVERLAP).astimezone(UTC).strftime(form)
    number, gone = 0, set[str]()
    while True:
        number += 1
        body, token = _answer(ask, means, asked)
        if body is None:
            return
        key = f"{ask.job}/answer {number}"
        yield Payload(source="oai", key=key, body=body, fetched_at=means.clock(), format="oai_dc")
        if not token:
            return
        if token in gone:
            what = "the provider gave the same resumptionToken twice: its list has no end"
            raise HarvestError(what, where=f"job {ask.job}", remedy="Run the job again later, or tell the provider.")
        gone.add(token)
        asked = {"verb": "ListRecords", "resumptionToken": token}


def _answer(ask: Ask, means: Means, asked: dict[str, str]) -> tuple[bytes | None, str]:
    """An answer and its resumption token; None where no record matches."""
    for _ in range(_TRIES):
        body = means.fetch(ask.query, parameters=asked, rate=RATE).body
        root = _tree(body)
        if root is None:
            continue
        error = root.find(f"{_OAI}error")
        if error is None:
            return body, (root.findtext(f"{_OAI}ListRecords/{_OAI}resumptionToken") or "").strip()
        match error.get("code"):
            case "noRecordsMatch":
                return None, ""
            case "badResumptionToken":
                raise ForgottenError
        what = f"the provider says {error.get('code')}: {(error.text or '').strip()[:200]}"
        raise HarvestError(what, where=f"job {ask.job}", remedy="Mend the job's settings.")
    what = "the answer did not come whole"
    raise HarvestError(what, where=f"job {ask.job}", remedy="Run the job again later.")


def _tree(body: bytes) -> etree._Element | None:
    if not _WHOLE.search(body[-200:]):
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(body.lstrip(), parser)
    except etree.XMLSyntaxError:
        return None
