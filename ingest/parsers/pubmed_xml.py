"""PubMed XML, as E-utilities and PubMed's yearly files hold it: articles, books and chapters.

What an article holds is read by `pubmed_article`, the document by `safe_xml`. The key is the PMID under the source
`pubmed`, as in MEDLINE (see `medline`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.parsers import safe_xml
from ingest.parsers.pubmed_article import read
from ingest.parsers.unreadable import Unreadable
from kb.record import Payload, Record
from kb.vocabulary import Vocabulary

_ROOT = re.compile(r"<Pubmed(?:Book)?Article(?:Set)?[\s/>]")


def recognises(text: str) -> bool:
    """Whether `text`, the beginning of a document, is PubMed XML."""
    return text.lstrip().startswith("<") and _ROOT.search(text) is not None


def parse(payload: Payload, vocabulary: Vocabulary) -> Iterator[Record | Unreadable]:
    """The articles and books of a document in order; without PMID or title, and what PubMed withdrew, `Unreadable`."""
    tags = ("PubmedArticle", "PubmedBookArticle", "DeleteCitation", "DeleteDocument")
    return safe_xml.records(payload, tags, read, kind="PubMed XML")
