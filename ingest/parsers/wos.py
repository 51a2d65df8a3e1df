"""Web of Science's field-tagged text (`FN`, `VR`, `PT J` ... `ER`, `EF`), also ISI's older exports.

Tags: Clarivate, "Web of Science Core Collection Field Tags". Quirks of real files, and what is done:

| in the file | what is done |
|---|---|
| continuation lines that are not indented | a line continues unless it begins with a tag of the format |
| a list of names, one a line, or several parted by semicolons | each is a person |
| `AU` short beside `AF` full | the full names; group authors (`CA`) follow |
| `BP` and `EP`, `PS 2457-71`, or an article number (`AR`) alone | the pages |
| cited references (`CR`), full of other works' DOIs | never searched |
| PMID under `PM`, or `UT MEDLINE:16842170` | the PMID |
| no `ER` before the next `PT`, no `EF` | the next `PT` begins the next record |
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
from kb.record import Contributor, Payload, Record
from kb.vocabulary import Vocabulary

_TAGS = frozenset(
    "FN VR PT AU AF BA BE BF GP CA TI FT SO SE BS LA DT CT CY CL SP HO DE ID AB C1 C3 RP EM RI OI FU FP FX CR NR TC "
    "Z1 Z2 Z3 Z4 Z8 Z9 ZA ZB ZR ZS U1 U2 PU PI PA SN EI BN J9 JI PD PY VL IS PN SU SI MA BP EP AR DI D2 DL EA EY PG "
    "P2 WC WE SC GA PM UT OA HC HP DA ER EF PS ED TM LT AE PE".split()
)
_TAG = re.compile(r"([A-Z][A-Z0-9])(?: (.*)|)")
_HEAD = re.compile(r"^FN .{0,80}\nVR ", re.MULTILINE)
_PT = re.compile(r"^PT [A-Z]\s*$", re.MULTILINE)
_UT = re.compile(r"^(?:UT|SO|AU) \S", re.MULTILINE)
_KINDS = {"J": "Journal Article", "B": "Book", "S": "Book in series", "P": "Patent", "C": "Conference Proceedings"}
_REMEDY = "Give it a title (TI), or export it again."


def recognises(text: str) -> bool:
    """Whether `text` has the format's head (`FN`, `VR`), or a line of type (`PT J`) and a source or author."""
    return bool(_HEAD.search(text) or (_PT.search(text) and _UT.search(text)))


def parse(payload: Payload, text: str, vocabulary: Vocabulary) -> Iterator[Record | Unreadable]:
    """The records of `text` in order, those without any title as `Unreadable`."""
    return apart(tagged.read(payload.key, _entries(text), _record, _REMEDY))


def _entries(text: str) -> Iterator[Entry]:
    lines: list[Field] = []
    start = 1
    for number, line in enumerate(text.split("\n"), start=1):
        found = _TAG.fullmatch(line.rstrip())
        tag = found[1] if found and found[1] in _TAGS else None
        if tag in ("PT", "ER", "EF"):
            if lines:
                yield Entry(start, lines)
            lines, start = [], number
        if found and tag in _TAGS - {"FN", "VR", "ER", "EF"}:
            lines.append((tag or "", [found[2] or ""]))
        elif tag is None and lines and line and not line.isspace():
            lines[-1][1].append(line.strip())
    if lines:
        yield Entry(start, lines)


def _record(values: Values) -> Record | None:
    kind = _KINDS.get(first(values, "PT") or "")
    title = tagged.title(values, "TI", "FT", "SO")
    if title is None:
        return None
    source = first(values, "SO")
    types = [plain(each) for value in values.get("DT", ()) for each in value.split(";")] or [kind or ""]
    return named(
        Record(
            source="wos",
            key="",
            format="wos",
            title=title,
            identifiers=identifiers(dois=values.get("DI", ()), pmids=values.get("PM", ()), places=values.get("UT", ())),
            contributors=tuple(_contributors(values)),
            container=source if source != title else None,
            container_abbreviation=first(values, "JI", "J9"),
            year=tagged.year(values, "PY", "PD", "EY", "EA"),
            volume=first(values, "VL"),
            issue=first(values, "IS"),
            pages=tagged.pages(first(values, "BP"), first(values, "EP")) or tagged.pages(first(values, "PS", "AR")),
            abstract=abstract_of(values.get("AB", [])),
            language=first(values, "LA"),
            publication_types=tuple(dict.fromkeys(each for each in types if each)),
            subject_headings=tagged.headings(tagged.every(values, "DE", "ID")),
            notices=fields.with_types((), types),
        )
    )


def _contributors(values: Values) -> Iterator[Contributor]:
    names = [each for tag in (("AF", "BF"), ("AU", "BA")) if (each := tagged.every(values, *tag))]
    for value in names[0] if names else ():
        yield from tagged.people(value.split("\n"))
    for value in values.get("CA", ()):
        yield from (group for each in value.split("\n") if (group := fields.collective(plain(each))))
    for value in values.get("BE", ()):
        yield from tagged.people(value.split("\n"), editor=True)
