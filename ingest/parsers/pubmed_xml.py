"""PubMed XML, as E-utilities and PubMed's yearly files hold it: articles, books and chapters.

Read article by article, so that a large file needs little memory and a file that breaks off still
gives what stands before the break. Entities are never resolved and nothing is loaded: a document that
declares its own is refused. What an article holds is read by `pubmed_article`.

The key is the PMID under the source `pubmed`, as in MEDLINE (see `medline`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from itertools import islice

from lxml import etree

from ingest.errors import UnreadablePayloadError
from ingest.parsers.pubmed_article import Element, read
from ingest.parsers.unreadable import Unreadable, excerpt
from kb.record import Payload, Record
from kb.vocabulary import Vocabulary

_ROOT = re.compile(r"<Pubmed(?:Book)?Article(?:Set)?[\s/>]")
_FETCH_AGAIN = "Fetch or export the file again; what was read before the break is kept."


def recognises(text: str) -> bool:
    """Whether `text`, the beginning of a document, is PubMed XML."""
    return text.lstrip().startswith("<") and _ROOT.search(text) is not None


def parse(payload: Payload, vocabulary: Vocabulary) -> Iterator[Record | Unreadable]:
    """The articles and books of a document in order; an article without PMID or title as `Unreadable`.

    Where the XML breaks after at least one article, an `Unreadable` says where; before any, or where the
    document declares entities, `UnreadablePayloadError` is raised.
    """
    count = 0
    try:
        for element in _elements(payload):
            count += 1
            yield read(element, f"{payload.key}, record {count}")
    except etree.XMLSyntaxError as error:
        line, column = error.position
        reason = f"the XML breaks at line {line}, column {column}: {error.msg}"
        if count == 0:
            raise UnreadablePayloadError(payload.key, reason, _FETCH_AGAIN) from error
        broken = _surroundings(payload.body, line, column)
        yield Unreadable(f"{payload.key}, record {count + 1}", reason, broken, _FETCH_AGAIN)


def _elements(payload: Payload) -> Iterator[Element]:
    """Each article or book element, complete; what came before it is freed."""
    context = etree.iterparse(
        BytesIO(payload.body.lstrip()),
        events=("start", "end"),
        tag=("PubmedArticle", "PubmedBookArticle"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )
    for event, element in context:
        if event == "start":
            _refuse_entities(element, payload.key)
            continue
        yield element
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]


def _refuse_entities(element: Element, key: str) -> None:
    declared = element.getroottree().docinfo.internalDTD
    if declared is not None and next(declared.iterentities(), None) is not None:
        reason = "the XML declares entities of its own, which PubMed never does and which can be an attack"
        raise UnreadablePayloadError(key, reason, "Fetch the records from PubMed itself.")


def _surroundings(body: bytes, line: int, column: int) -> str:
    """The text of `body` before the point where it broke."""
    broken = next(islice(BytesIO(body.lstrip()), max(0, line - 1), None), b"")
    return excerpt(broken[max(0, column - 100) : column + 100].decode("utf-8", "replace"))
