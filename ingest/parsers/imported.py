"""Records from other people's programs: how one is named, and the last steps that all such formats share.

A reference manager's own numbers change from export to export, so a record is named by what the publication is
called everywhere: its PMID, else its DOI, else its title with year and first author. The same reference in a
second export is then an update and no second record.
"""

from __future__ import annotations

from hashlib import sha256

import msgspec

from kb.record import Record


def named(record: Record) -> Record:
    """`record` under its lasting key. A PMID makes it no record of PubMed: the source stays the format's."""
    known = record.value_of("pmid") or record.value_of("doi")
    return msgspec.structs.replace(record, key=known or _digest(record))


def _digest(record: Record) -> str:
    first = record.contributors[0].family if record.contributors else ""
    said = (record.title, str(record.year or ""), first)
    folded = ("".join(each for each in text.casefold() if each.isalnum()) for text in said)
    return sha256("|".join(folded).encode()).hexdigest()[:16]
