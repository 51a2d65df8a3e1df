"""NCBI's E-utilities as they really answer: search with history, and fetch, with the errors that arrive as 200.

Rules: NBK25497 and NBK25499: three requests a second, ten with a key; `tool` and `email` say who asks; PubMed
serves the first 9,999 records of a search and no more. An answer is believed only when it is whole: JSON may hold
raw newlines, XML may be cut off, an error may come with status 200, and a page may hold fewer articles than asked.
"""

from __future__ import annotations

import json
import re
from typing import Any

import msgspec

from ingest.fetch import Answer, Fetch, FetchError

BASE = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils/"
CAP = 9_999  # records of one PubMed search that can be had

_PMID = re.compile(rb"<(?:MedlineCitation|BookDocument)\b[^>]{0,200}>\s*<PMID[^>]{0,40}>\s*(\d{1,9})\s*<")
_ERROR = re.compile(rb"<ERROR>([^<]{0,300})")
_END = re.compile(rb"</PubmedArticleSet>\s*\Z")
_EXPIRED = re.compile(r"unable to obtain query|webenv|query_key|history", re.IGNORECASE)
_TRIES = 4  # of one request whose answer came but was not whole


class ExpiredError(Exception):
    """The search's place on the history server is gone; search again."""


class Search(msgspec.Struct, frozen=True):
    """A search kept on the history server: how many records, the first of their PMIDs, and where it is kept."""

    count: int
    pmids: tuple[str, ...]
    webenv: str
    query_key: str


class Batch(msgspec.Struct, frozen=True):
    """Articles as received: PubMed XML, and the PMIDs in it."""

    body: bytes
    pmids: tuple[str, ...]


class Eutils:
    """The two utilities we use. `key` is the API key, `email` and `tool` say who asks."""

    def __init__(self, fetch: Fetch, *, email: str = "", tool: str = "touchstone", key: str = "", base: str = BASE):
        self._fetch, self._base = fetch, base
        self._who = {name: value for name, value in (("tool", tool), ("email", email), ("api_key", key)) if value}
        self._rate = 10.0 if key else 3.0

    def search(self, term: str, *, retmax: int, **dates: str) -> Search:
        """Search PubMed; `dates` are datetype, mindate and maxdate. Raises `FetchError`."""
        asked = {"db": "pubmed", "term": term, "retmax": str(retmax), "retmode": "json", "usehistory": "y", **dates}
        found = self._json(asked)
        try:
            pmids = tuple(str(each) for each in found["idlist"])
            return Search(int(found["count"]), pmids, str(found["webenv"]), str(found["querykey"]))
        except (KeyError, TypeError, ValueError) as error:
            raise self._broken("the search's answer lacks its count or its ids") from error

    def page(self, search: Search, start: int, size: int) -> Batch:
        """Articles `start` to `start + size` of a kept search. Raises `ExpiredError`, `FetchError`."""
        kept = {"WebEnv": search.webenv, "query_key": search.query_key, "retstart": str(start), "retmax": str(size)}
        return self._articles(kept)

    def articles(self, pmids: tuple[str, ...]) -> Batch:
        """The articles of these PMIDs; a PMID that PubMed no longer has is missing. Raises `FetchError`."""
        return self._articles({"id": ",".join(pmids)})

    def _json(self, asked: dict[str, str]) -> dict[str, Any]:
        said = ""
        for _ in range(_TRIES):
            answer = self._post("esearch.fcgi", asked)
            try:
                body = json.loads(answer.body, strict=False)
                found = body["esearchresult"]
                said = str(found.get("ERROR", ""))
            except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
                said = "it was not the JSON that was asked for"
                continue
            if not said:
                return dict(found)
        raise self._broken(f"the search failed: {' '.join(said.split())[:200]}")

    def _articles(self, which: dict[str, str]) -> Batch:
        said = ""
        for _ in range(_TRIES):
            answer = self._post("efetch.fcgi", {"db": "pubmed", "retmode": "xml", **which})
            error = _ERROR.search(answer.body[:2_000])
            if error is None and _END.search(answer.body[-200:]):
                return Batch(answer.body, tuple(each.decode() for each in _PMID.findall(answer.body)))
            said = error[1].decode("utf-8", "replace").strip() if error else "the answer was cut off"
            if "WebEnv" in which and error and _EXPIRED.search(said):
                raise ExpiredError(said)
        raise self._broken(f"the articles did not come whole: {said}")

    def _post(self, utility: str, asked: dict[str, str]) -> Answer:
        return self._fetch(self._base + utility, form={**asked, **self._who}, rate=self._rate)

    def _broken(self, what: str) -> FetchError:
        return FetchError(what, where="PubMed's E-utilities", remedy="Run the job again later.", passing=True)
