"""RefWorks Tagged Format: `RT Journal Article`, a two-letter tag, a space and the value; one line a value.

Tags: RefWorks' "Tagged Format" help page. Quirks of real files, and what is done:

| in the file | what is done |
|---|---|
| text and numbers before the first `RT`, between records | passed over |
| a line that begins with no tag of the format (`DNA was ...`) | it continues the value before |
| `A1 Family,Given` without a space | read as `Family, Given` |
| `vo 23`, `OP 1-12` without `SP`, `ER`, names and keywords parted by semicolons (CNKI) | read as what they mean |
| no `JF` but `JO` (abbreviation), or `T2` for a chapter's book | the container |
| DOI under `DO`, `L3`, in a link or in the notes | see `hidden_identifiers` |
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.parsers import fields, tagged
from ingest.parsers.hidden_identifiers import identifiers
from ingest.parsers.imported import apart, named
from ingest.parsers.inline_markup import abstract_of, plain
from ingest.parsers.tagged import Entry, Field, Values, first
from ingest.parsers.unreadable import Unreadable
from kb.record import Payload, Record
from kb.vocabulary import Vocabulary

_TAGS = frozenset(
    "RT ER SR ID A1 A2 A3 A4 A5 A6 T1 T2 T3 JF JO YR FD VO IS SP OP K1 AB NO PB PP ED SN AD AN LA CL SF OT OL LK UL DO "
    "CN DB DS IP RD ST U1 U2 U3 U4 U5 U6 U7 U8 U9 U10 U15 WP WT WV AV RP CA CR L1 L2 L3 L4 L5 L6 M1 M2 PMID".split()
)
_TAG = re.compile(r"([A-Z][A-Z0-9]{1,3}|vo)(?:[ \t]{1,3}(.*)|)")
_TYPE_LINE = re.compile(r"^RT +[A-Z][A-Za-z]{2,20}\b[A-Za-z ,/()-]{0,40}$", re.MULTILINE)
_TELLING = re.compile(r"^(?:SR|ID|A1|T1|YR|JF) +\S", re.MULTILINE)
_PLACES = ("LK", "UL", "L1", "L2", "L3", "NO", "AN", "ID", "U1", "U2", "U3", "U5", "SN")
# Their second title is that of a series.
_WITHOUT_CONTAINER = ("book, whole", "book, edited", "dissertation", "thesis", "report", "web page", "monograph")
_PUBMED = re.compile(r"pubmed|medline|\bnlm\b", re.IGNORECASE)
_REMEDY = "Give it a title (T1), or export it again."


def recognises(text: str) -> bool:
    """Whether `text` has a line of type (`RT Journal Article`) and another that is RefWorks' own."""
    return bool(_TYPE_LINE.search(text) and _TELLING.search(text))


def parse(payload: Payload, text: str, vocabulary: Vocabulary) -> Iterator[Record | Unreadable]:
    """The records of `text` in order, those without any title as `Unreadable`."""
    return apart(tagged.read(payload.key, _entries(text), _record, _REMEDY))


def _entries(text: str) -> Iterator[Entry]:
    lines: list[Field] = []
    start = 1
    for number, line in enumerate(text.split("\n"), start=1):
        found = _TAG.fullmatch(line.rstrip())
        if found and found[1] == "RT":
            if lines:
                yield Entry(start, lines)
            lines, start = [("RT", [found[2] or ""])], number
        elif found and found[1].upper() in _TAGS and lines:
            lines.append((found[1].upper(), [found[2] or ""]))
        elif lines and line and not line.isspace():
            lines[-1][1].append(line.strip())
    if lines:
        yield Entry(start, lines)


def _record(values: Values) -> Record | None:
    kind = first(values, "RT") or ""
    containers = ["JF", "JO"] if kind.casefold().startswith(_WITHOUT_CONTAINER) else ["JF", "T2", "JO"]
    titles = [tag for tag in ("T1", "T2", "JF") if tagged.title(values, tag)]
    if not titles:
        return None
    container = first(values, *(each for each in containers if each != titles[0]))
    short = first(values, "JO")
    pubmed = any(_PUBMED.search(each) for each in tagged.every(values, "DS", "DB"))
    return named(
        Record(
            source="refworks",
            key="",
            format="refworks",
            title=tagged.title(values, titles[0]) or "",
            identifiers=identifiers(
                dois=values.get("DO", ()),
                pmids=[*values.get("PMID", ()), *(values.get("AN", ()) if pubmed else ())],
                places=tagged.every(values, *_PLACES),
            ),
            contributors=(
                *tagged.people(values.get("A1", ()), natural=True),
                *tagged.people(values.get("A2", ()), editor=True, natural=True),
            ),
            container=container,
            container_abbreviation=short if short != container else None,
            year=tagged.year(values, "YR", "FD"),
            volume=first(values, "VO"),
            issue=first(values, "IS"),
            pages=tagged.pages(first(values, "SP") or first(values, "OP"), first(values, "OP")),
            abstract=abstract_of(values.get("AB", [])),
            language=first(values, "LA"),
            publication_types=(kind,) if plain(kind) else (),
            subject_headings=tagged.headings(values.get("K1", ())),
            notices=fields.with_types((), (kind,)),
        )
    )
