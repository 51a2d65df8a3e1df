"""Ovid's citations as text: `<1>` and then either tags (`AU  - `) or headings with the text indented below.

Ovid describes neither; tags and headings are those of the databases it carries. Quirks of real files:

| in the file | what is done |
|---|---|
| `<3. >`, `<1>`, or no number at all | a number begins a record; without any, the return of its first heading does |
| `AU  - `, `AU - `, a space before every line | one tag |
| `AU  - Gazic, Barbara MD, PhD *`, `Zhang, Weijia 1,2,+` | degrees and marks are no part of a name |
| `TI  - A title. [Article]`, `[References].` | the remark of the database is no part of a title |
| journal, volume, issue, pages in one line, another way in each database | see `ovid_source` |
| the DOI or PMID in a link (`XL`) alone, `UI` the PMID in MEDLINE | see `hidden_identifiers` |
| references (`RF`) and tests (`TD`), full of other works' DOIs | never searched |
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ingest.parsers import fields, tagged
from ingest.parsers.hidden_identifiers import identifiers
from ingest.parsers.imported import apart, named
from ingest.parsers.inline_markup import abstract_of, plain
from ingest.parsers.ovid_source import source_of
from ingest.parsers.tagged import Entry, Field, Values, first
from ingest.parsers.unreadable import Unreadable
from kb.record import Contributor, Payload, Record
from kb.vocabulary import Vocabulary

_NUMBER = re.compile(r"\s{0,2}<\s?\d{1,6}\s?\.?\s?>\s*")
_NUMBERED = re.compile(
    r"^[ \t]{0,2}<\s?\d{1,6}\s?\.?\s?>[ \t]*\n\s{0,4}(?:[A-Z][A-Z0-9] {0,2}- |[A-Z][A-Za-z ]{3,40}$)", re.M
)
_TAG = re.compile(r" ?([A-Z][A-Z0-9]) {1,2}-(?: (.*)|)")
_TAGGED = re.compile(r"^ ?(?:TI|AU|SO|AN|UI|DB) {1,2}- ", re.MULTILINE)
_HEADED = re.compile(r"^(?:Score|Accession Number|Unique Identifier)[ \t]*\n[ \t]+\S", re.MULTILINE)
_HEADED_TITLE = re.compile(r"^Title[ \t]*\n[ \t]+\S", re.MULTILINE)
_HEADING = re.compile(r"[A-Z][A-Za-z][A-Za-z /&-]{0,44}")
_HEADINGS: Mapping[str, str] = {
    "abstract": "AB",
    "accession number": "AN",
    "author": "AU",
    "author keywords": "KW",
    "author name": "AU",
    "authors": "AU",
    "authors full name": "FA",
    "book title": "BT",
    "digital object identifier": "DO",
    "document type": "DT",
    "doi": "DO",
    "doi number": "DO",
    "heading word": "MH",
    "issue": "IP",
    "journal name": "JN",
    "keyword heading": "KW",
    "keywords": "KW",
    "language": "LG",
    "link to the ovid full text or citation": "XL",
    "mesh subject headings": "MH",
    "page": "PG",
    "pages": "PG",
    "pmid": "PM",
    "publication type": "PT",
    "publication year": "YR",
    "pubmed id": "PM",
    "source": "SO",
    "subject headings": "MH",
    "title": "TI",
    "unique identifier": "UI",
    "volume": "VO",
    "year of publication": "YR",
}
_REMARK = re.compile(r"(?<=\S)\s*\[[A-Z][A-Za-z ,/&-]{2,60}\]\.?\Z")
_DEGREE = re.compile(
    r"(?:[BM]?\.?Sc|Ph\.?D|M\.?D|[BM]\.?A|R\.?N|D\.?O|D\.?C|P\.?T|M\.?P\.?H|Dr|Psy\.?D|F[A-Z]{2,5}|MS|MBBS|DPT|L\.?M\.?T)"
    r"\.?,?|\W*\d[\d,]*\W*|[^\w]+"
)
_REMEDY = "Give it a title (TI), or export it again with all its fields."


def recognises(text: str) -> bool:
    """Whether `text` has Ovid's numbers over tags or headings, or its headings alone."""
    return bool(_NUMBERED.search(text) or (_HEADED.search(text) and _HEADED_TITLE.search(text)))


def parse(payload: Payload, text: str, vocabulary: Vocabulary) -> Iterator[Record | Unreadable]:
    """The records of `text` in order, those without any title as `Unreadable`."""
    return apart(tagged.read(payload.key, _entries(text), _record, _REMEDY))


def _entries(text: str) -> Iterator[Entry]:
    lines: list[Field] = []
    numbered, tagged_lines = _NUMBERED.search(text) is not None, _TAGGED.search(text) is not None
    start, begun = 1, not numbered
    for number, line in enumerate(text.split("\n"), start=1):
        if not line or line.isspace():
            continue
        if _NUMBER.fullmatch(line):
            if lines:
                yield Entry(start, lines)
            lines, start, begun = [], number, True
            continue
        found = _tag(line) if tagged_lines else _heading(line)
        if found and begun:
            if lines and not numbered and found[0] == lines[0][0]:
                yield Entry(start, lines)
                lines, start = [], number
            lines.append((found[0], [found[1]]))
        elif lines:
            lines[-1][1].append(line.strip())
    if lines:
        yield Entry(start, lines)


def _tag(line: str) -> tuple[str, str] | None:
    found = _TAG.fullmatch(line)
    return (found[1], found[2] or "") if found else None


def _heading(line: str) -> tuple[str, str] | None:
    """A line that is not indented; the databases' own headings, unknown here, keep their words for a tag."""
    words = line.rstrip()
    return (_HEADINGS.get(words.casefold(), words), "") if _HEADING.fullmatch(words) else None


def _record(values: Values) -> Record | None:
    stated = tagged.title(values, "TI", "BT")
    if stated is None:
        return None
    title = fields.title_of(_REMARK.sub("", stated))
    source = source_of(first(values, "SO"))
    book = source_of(first(values, "BT"))
    container = first(values, "JN", "NJ") or source.journal or (book.journal if book.journal != title else None)
    types = tuple(dict.fromkeys(plain(each).rstrip(".") for each in tagged.every(values, "DT", "PT")))
    medline = "medline" in (first(values, "DB") or "").casefold()
    return named(
        Record(
            source="ovid",
            key="",
            format="ovid",
            title=title,
            identifiers=identifiers(
                dois=tagged.every(values, "DO", "DI"),
                pmids=[*values.get("PM", ()), *(values.get("UI", ()) if medline else ())],
                places=tagged.every(values, "XL", "UR", "AN", "ID"),
            ),
            contributors=tuple(_contributors(values)),
            container=container,
            year=tagged.year(values, "YR", "DP") or source.year or book.year,
            volume=first(values, "VO") or source.volume,
            issue=first(values, "IP") or source.issue,
            pages=_pages(first(values, "PG"), source.pages),
            abstract=abstract_of([each.lstrip(": ") for each in values.get("AB", ())]),
            language=(first(values, "LG") or "").rstrip(".") or None,
            publication_types=types,
            subject_headings=tagged.headings(tagged.every(values, "MH", "KW")),
            notices=fields.with_types((), types),
        )
    )


def _pages(stated: str | None, in_source: str | None) -> str | None:
    """Pages from their own field where it holds a number (`No Pagination Specified` does not)."""
    return tagged.pages(stated if stated and any(each.isdigit() for each in stated) else in_source)


def _contributors(values: Values) -> Iterator[Contributor]:
    short, full = values.get("AU", []), values.get("FA", [])
    for value in full if len(full) >= len(short) else short:
        for each in re.split("[;\n]", value):
            family, comma, given = each.partition(",")
            if comma:
                yield from tagged.people([f"{family}, {_given(given)}"])
            elif not all(_DEGREE.fullmatch(word) for word in each.split()):
                yield from tagged.people([each])


def _given(text: str) -> str:
    """Given names up to the first degree or mark of an institution."""
    words: list[str] = []
    for word in text.partition(",")[0].split():
        if _DEGREE.fullmatch(word):
            break
        words.append(word)
    return " ".join(words)
