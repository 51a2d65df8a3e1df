"""RIS, the tagged text that most reference managers and databases write, each in its own way.

Tags and their meaning: the specification of Research Information Systems (2001) and the tables of EndNote, which
gives a tag another meaning for many a type of reference. Fields are read by rispy; before it, `ris_lines` cuts out
each record and makes its lines regular, since rispy stops without a word at much of what real files hold:

| in the file | what is done |
|---|---|
| text before the first `TY`, between records, after the last (`Record #3 of 18`, Ovid's trailer) | passed over |
| `TY -` with one space, `TY  -  JOUR`, a tab before the hyphen, a whole record indented | read as `TY  - ` |
| a value over several lines | one value; under `KW` one keyword a line |
| `TY` twice with nothing between | one record |
| no `ER`, or `ER  -` with text behind it | the next `TY` begins the next record |
| tags after `ER` (Ovid's `C1`) | they belong to the record before; with a title they are one without `TY` |
| two fields on one line (`UR  - https://...     U2  - 7`, as Rayyan writes) | two fields |
| `N1`, `M3`, `L3`, `UR`, `U1`, `AN`, `C2` holding a DOI or PMID | see `hidden_identifiers` |
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from string import ascii_uppercase, digits

import rispy

from ingest.parsers import fields, our_own, tagged
from ingest.parsers.hidden_identifiers import identifiers
from ingest.parsers.imported import apart, named
from ingest.parsers.inline_markup import abstract_of, plain
from ingest.parsers.ris_lines import entries
from ingest.parsers.ris_types import NO_CONTAINER, TYPES
from ingest.parsers.tagged import Values, first
from ingest.parsers.unreadable import Unreadable
from kb.record import Contributor, Payload, Record
from kb.vocabulary import Vocabulary

_TYPE_LINE = re.compile(
    r"^[ \t]{0,8}TY[ \t]{0,3}-[ \t]{0,4}[A-Za-z]{0,10}(?: [A-Za-z]{2,10}){0,2}[ \t]*$", re.MULTILINE
)
_END_LINE = re.compile(r"^ER[ \t]{0,3}-.{0,10}$", re.MULTILINE)
_TITLE_LINE = re.compile(r"^T[1I][ \t]{1,3}-", re.MULTILINE)
# The last three: how EBSCO calls its MEDLINE.
_PUBMED = re.compile(r"pubmed|medline|\b(?:nlm|cmedm|mnh|mdc)\b", re.IGNORECASE)
_ACCESSION = re.compile(r"\bAccession Number: ?(\d{4,9})\b")

# Every tag under its own name, and each a list: what a tag means is said here, not there.
_TAGS = frozenset(one + two for one in ascii_uppercase for two in ascii_uppercase + digits)
_READER = rispy.RisParser(mapping={tag: tag for tag in _TAGS}, list_tags=_TAGS, delimiter_tags_mapping={})

_TITLES = ("TI", "T1", "CT", "BT", "T2", "ST", "T3", "JF", "JO")
_CONTAINERS = ("JF", "T2", "BT", "JO", "JA", "J2", "J1", "JI", "J9")
_PLACES = ("N1", "M3", "L3", "UR", "L2", "L1", "LK", "AN", "ID", "M1", "C1", "C2", "C3", "C7", "U1", "U2", "U3", "DI")
# For works that are made rather than written: who stands beside the author, by type.
_MAKERS: Mapping[str, tuple[str, ...]] = {
    "MPCT": ("A3", "A4"),
    "VIDEO": ("A3", "A4"),
    "MUSIC": ("A2", "A4"),
    "SOUND": ("A2", "A4"),
    "CASE": ("A4",),
}
_REMEDY = "Give it a title (TI), or export it again; if it is a note without a publication, drop it."


def recognises(text: str) -> bool:
    """Whether a line of `text` begins a RIS record, or one without `TY` has a title and an end."""
    return bool(_TYPE_LINE.search(text) or (_END_LINE.search(text) and _TITLE_LINE.search(text)))


def parse(payload: Payload, text: str, vocabulary: Vocabulary) -> Iterator[Record | Unreadable]:
    """The records of `text` in order, those without any title as `Unreadable`."""
    return apart(tagged.read(payload.key, entries(text), _record, _REMEDY))


def _record(regular: Values) -> Record | None:
    values = _read(regular)
    kind = (first(values, "TY") or "").upper()
    title, container = _titles(values, kind)
    if title is None:
        return None
    types = _types(values, kind)
    record = named(
        Record(
            source="ris",
            key="",
            format="ris",
            title=title,
            identifiers=identifiers(
                dois=values.get("DO", ()), pmids=_pmids(values), places=tagged.every(values, *_PLACES)
            ),
            contributors=tuple(_contributors(values, kind)),
            container=container,
            container_abbreviation=_abbreviation(values, container),
            year=tagged.year(values, "PY", "DA", "Y1"),
            volume=first(values, "VL"),
            issue=first(values, "IS", "CP") or _short(first(values, "M1")),
            pages=tagged.pages(first(values, "SP"), first(values, "EP"))
            or tagged.pages(first(values, "PG", "C7", "SE")),
            abstract=abstract_of(values.get("AB", []) or values.get("N2", [])),
            language=first(values, "LA"),
            publication_types=types,
            subject_headings=tagged.headings(values.get("KW", ()), by_line=True),
            notices=fields.with_types((), types),
        )
    )
    return our_own.from_ris(record, values)


def _read(regular: Values) -> Values:
    """The fields as rispy reads them from the record in its regular form."""
    lines = [f"{tag}  - {value}" for tag, texts in regular.items() if tag not in ("TY", "ER") for value in texts]
    kind = next(iter(regular.get("TY", ())), "")
    (read,) = _READER.parse_lines(iter([f"TY  - {kind}", *lines, "ER  - "]))
    return {**read, "TY": [kind]}


def _titles(values: Values, kind: str) -> tuple[str | None, str | None]:
    """Title and container. Where no title is stated, the first other name of the work is it."""
    tag = next((tag for tag in _TITLES if tagged.title(values, tag)), "TI")
    containers = [each for each in _CONTAINERS if each != tag and not (each == "T2" and kind in NO_CONTAINER)]
    if kind in ("CONF", "CPAPER"):
        containers.insert(0, "C3")
    return tagged.title(values, tag), first(values, *containers) or _procite(values, "Proceedings Title")


def _procite(values: Values, label: str) -> str | None:
    """A field for which RIS has no tag; ProCite writes it as a note (`N1  - Proceedings Title: ...`)."""
    notes = (each.partition(":") for each in values.get("N1", ()))
    return next((text for name, _, rest in notes if name == label and (text := plain(rest))), None)


def _abbreviation(values: Values, container: str | None) -> str | None:
    return next(
        (text for tag in ("JA", "J2", "J1", "JI", "J9", "JO") if (text := first(values, tag)) != container), None
    )


def _contributors(values: Values, kind: str) -> Iterator[Contributor]:
    """People in the order of the file; the tags behind the first author's are editors, except where they make."""
    makers = () if kind == "EDBOOK" else ("AU", "A1", *_MAKERS.get(kind, ()))
    for tag, names in values.items():
        if tag in makers:
            yield from tagged.people(names)
    editors = ("A2", "ED") if set(makers) & values.keys() else ("AU", "A1", "A2", "ED", "A3", "A4")
    for tag, names in values.items():
        if tag in editors and tag not in makers:
            yield from tagged.people(names, editor=True)


def _pmids(values: Values) -> Iterator[str]:
    """The accession number is a PMID where the record says that it is from PubMed."""
    if any(_PUBMED.search(each) for each in tagged.every(values, "DB", "DP")):
        yield from values.get("AN", ())
        yield from (number for each in values.get("N1", ()) for number in _ACCESSION.findall(each))


def _types(values: Values, kind: str) -> tuple[str, ...]:
    stated = (plain(each) for each in values.get("M3", ()))
    said = [TYPES.get(kind), *(each for each in stated if "10." not in each and len(each) <= 60)]
    kept: dict[str, str] = {}
    for each in said:
        if each:
            kept.setdefault(each.casefold(), each)
    return tuple(kept.values())


def _short(text: str | None) -> str | None:
    return text if text and len(text) <= 12 else None
