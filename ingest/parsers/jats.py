"""JATS (and NLM's older article DTDs): the front matter of full articles, as PubMed Central and publishers give it.

Only what stands in `front` is read (by `jats_article`), and what is cited in `back`, so an article whose text breaks
off is read too; commentaries and translations inside an article (`sub-article`, `response`) are not its own words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from ingest.errors import UnreadablePayloadError
from ingest.parsers import safe_xml
from ingest.parsers.jats_article import read, references
from ingest.parsers.safe_xml import Element, beginning, without_namespaces
from ingest.parsers.unreadable import Unreadable
from kb.record import Identifier, Payload, Record
from kb.vocabulary import Vocabulary

_ARTICLE = re.compile(r"<(?:\w{1,20}:)?article[\s>]")
_TELLING = re.compile(r"<(?:\w{1,20}:)?(?:front|article-meta|journal-meta)[\s>]|\b(?:JATS|NLM//DTD)\b")
_HTML = re.compile(r"<!doctype html|<html[\s>]", re.IGNORECASE)
_HAS_FRONT = "front-was-read"  # set by us, for what was read is freed


def recognises(text: str) -> bool:
    """Whether `text`, the beginning of a document, is JATS; an HTML page may hold `<article>` too."""
    if not text.lstrip().startswith("<") or _HTML.search(text[:4_096]):
        return False
    return bool(_ARTICLE.search(text) and _TELLING.search(text))


def parse(payload: Payload, vocabulary: Vocabulary) -> Iterator[Record | Unreadable]:
    """The articles of a document (one, or a set of them) in order; without title, or front matter, `Unreadable`."""
    tags = ("front", "back", "article")
    read = safe_xml.records(payload, tags, _read, kind="JATS", wanted=_is_wanted, parts=("back",))
    waiting: Record | None = None  # for its references, which are read long after it
    try:
        for each in read:
            if isinstance(each, tuple):
                waiting = msgspec.structs.replace(waiting, references=each) if waiting else None
                continue
            if waiting is not None:
                yield waiting
            waiting = each if isinstance(each, Record) else None
            if waiting is None:
                yield each
    except UnreadablePayloadError:
        if waiting is not None:
            yield waiting
        raise
    if waiting is not None:
        yield waiting


def _is_wanted(element: Element) -> bool:
    """Whether it is the front of an article, the back of one whose front was read, or an article that has no front."""
    name, parent = element.tag.rpartition("}")[2], element.getparent()
    if name == "article":
        return element.get(_HAS_FRONT) is None
    if name == "back":
        return parent is not None and parent.get(_HAS_FRONT) is not None
    return parent is None or parent.tag.rpartition("}")[2] == "article"


def _read(element: Element, place: str) -> Record | Unreadable | tuple[Identifier, ...]:
    if element.tag.rpartition("}")[2] == "back":
        return references(without_namespaces(element))
    root = element if element.getparent() is None else element.getparent()
    root.set(_HAS_FRONT, "")
    if without_namespaces(element).find("article-meta") is None:
        reason = "an article without front matter"
        return Unreadable(place, reason, beginning(element), "See whether the document is whole, and an article.")
    return read(element, root, place)
