"""Records from other people's programs: how one is named, and the last steps that all such formats share.

A reference manager's own numbers change from export to export, so a record is named by what the publication is
called everywhere: its PMID, else its DOI, else its title with year and first author. The same reference in a
second export is then an update and no second record.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256

import msgspec

from ingest.parsers.unreadable import Unreadable
from kb.record import Record


def named(record: Record) -> Record:
    """`record` under its lasting key. A PMID makes it no record of PubMed: the source stays the format's."""
    known = record.value_of("pmid") or record.value_of("doi")
    return msgspec.structs.replace(record, key=known or _digest(record))


def apart(items: Iterable[Record | Unreadable]) -> Iterator[Record | Unreadable]:
    """`items`, no two titles of them under one key: the abstracts of a meeting share the DOI of their supplement.

    The first keeps the identifier for its key, the others are named by their titles; else each would replace the
    one before it in the store.
    """
    titles: dict[str, str] = {}
    for item in items:
        if isinstance(item, Record) and titles.setdefault(item.key, _folded(item.title)) != _folded(item.title):
            yield msgspec.structs.replace(item, key=_digest(item))
        else:
            yield item


def _digest(record: Record) -> str:
    first = record.contributors[0].family if record.contributors else ""
    said = (record.title, str(record.year or ""), first)
    return sha256("|".join(map(_folded, said)).encode()).hexdigest()[:16]


def _folded(text: str) -> str:
    return "".join(each for each in text.casefold() if each.isalnum())
