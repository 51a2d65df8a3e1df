"""MEDLINE (NBIB), the tagged text that PubMed saves and sends.

The libraries for it lose the last record when the final newline is missing, or stop at a line that is
not indented; this reader takes what real files hold: `PMID-1`, `PMC -`, empty fields, unindented
continuations, text around the records. Tags: nlm.nih.gov/bsd/mms/medlineelements.html.

The key of a record is its PMID under the source `pubmed`, the same as in PubMed XML, so that both
formats of one record are one record. A record of another owner that has the owner's own number
(`OWN - ERIC`, `OID - EJ1227990`) is named by these; one with a PMCID or a DOI alone, as PubMed Central and other
tools write, by that, under the source `medline`. Two records with one PMID in one file both arrive,
in order: storing the second updates the first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ingest.parsers import fields, our_own
from ingest.parsers.decoding import normalise
from ingest.parsers.unreadable import Unreadable, excerpt
from kb.record import Contributor, Identifier, Notice, NoticeKind, Payload, Record, identifier
from kb.vocabulary import Vocabulary

LONGEST_RECORD = 5_000_000  # characters; with 3,000 authors and their addresses a record has about one million

Line = tuple[str, str]
Values = Mapping[str, list[str]]

# What these say of the record itself; EFR, ECF and CRF say that it corrects another, CIN that it was discussed.
_NOTICES: Mapping[str, NoticeKind] = {
    "RIN": "retracted",
    "RRI": "retracted",
    "ROF": "retraction_notice",
    "EIN": "correction",
    "CRI": "correction",
    "ECI": "expression_of_concern",
}
_READ = _NOTICES.keys() | set(
    "FAU AU FED ED CN PMID PMC OWN OID TI TT VTI BTI AB CI JT TA DP DEP VI IP PG LID AID SO SI LA PT MH OT GN".split()
)  # fmt: skip
_KNOWN = _READ | {"ISBN", "ISSN"}

_TAG = re.compile(r"([A-Z]{2,4})( {0,2})-(.*)")
_PMID_LINE = re.compile(r"^PMID ?- ?\d", re.MULTILINE)
_TITLE_LINE = re.compile(r"^B?TI {0,2}-", re.MULTILINE)
_TELLING_LINE = re.compile(r"^(?:OWN|STAT|FAU|JT |TA |DP |AB ) ?-", re.MULTILINE)
_RIS_LINE = re.compile(r"^TY {0,2}- ", re.MULTILINE)
_DOI = re.compile(r"(?:doi:\s*|https?://(?:dx\.)?doi\.org/)?(10\.\d{4,9}/\S+)", re.IGNORECASE)
_DOI_IN_SOURCE = re.compile(r"\bdoi:\s?(10\.\d{4,9}/\S+)", re.IGNORECASE)
_NO_PMID = "Add its `PMID- ` line, or import the record in another format."
_NO_TITLE = "Export the record again with its title (TI)."


def recognises(text: str) -> bool:
    """Whether `text` holds MEDLINE records; RIS, which shares some tags, is told by its `TY`."""
    if _PMID_LINE.search(text):
        return True
    titled = _TITLE_LINE.search(text) and _TELLING_LINE.search(text)
    return bool(titled) and not _RIS_LINE.search(text)


def parse(payload: Payload, text: str, vocabulary: Vocabulary) -> Iterator[Record | Unreadable]:
    """The records of `text` in order; those without PMID or title, or beyond all measure, as `Unreadable`."""
    for number, lines in enumerate(_split(text), start=1):
        place = f"{payload.key}, record {number}"
        if sum(len(value) for _, value in lines) > LONGEST_RECORD:
            reason = f"a record of more than {LONGEST_RECORD:,} characters"
            yield Unreadable(place, reason, excerpt(lines[0][1]), "Check that its lines begin with tags.")
        else:
            yield _record(lines, place)


def _split(text: str) -> Iterator[list[Line]]:
    """The records as (tag, value) lines. A record begins with its PMID, or with a tag after an empty line."""
    lines: list[tuple[str, list[str]]] = []
    after_gap = False
    for line in text.split("\n"):
        if not line or line.isspace():
            after_gap = True
            continue
        found = None if line[0] == " " else _TAG.match(line)
        # MEDLINE's tags fill four columns; one that does not is a tag only if we know it.
        if found and (found.end(2) == 4 or found[1] in _KNOWN):
            # In files of PubMed Central the PMC stands before the PMID.
            if lines and (after_gap or (found[1] == "PMID" and [tag for tag, _ in lines] != ["PMC"])):
                yield [(tag, " ".join(parts)) for tag, parts in lines]
                lines = []
            lines.append((found[1], [found[3]]))
        elif lines:
            lines[-1][1].append(line)
        after_gap = False
    if lines:
        yield [(tag, " ".join(parts)) for tag, parts in lines]


def _record(lines: list[Line], place: str) -> Record | Unreadable:
    read = [(tag, value) for tag, raw in lines if tag in _READ and (value := normalise(raw))]
    values: dict[str, list[str]] = {}
    for tag, value in read:
        values.setdefault(tag, []).append(value)
    identifiers = _identifiers(values)
    name = _name(values) or (("medline", identifiers[0].value) if identifiers else None)
    if name is None:
        return Unreadable(place, "no PMID", _beginning(lines), _NO_PMID)
    title, container = _titles(values)
    if title is None:
        return Unreadable(place, "no title", _beginning(lines), _NO_TITLE)
    types = tuple(values.get("PT", ()))
    record = Record(
        source=name[0],
        key=name[1],
        format="medline",
        title=title,
        identifiers=identifiers,
        contributors=_contributors(read),
        container=container,
        container_abbreviation=_first(values, "TA"),
        year=fields.year_of(_first(values, "DP", "DEP") or ""),
        volume=_first(values, "VI"),
        issue=_first(values, "IP"),
        pages=_pages(values),
        abstract=" ".join(values.get("AB", ())) or None,
        language=_first(values, "LA"),
        publication_types=types,
        subject_headings=_headings(values),
        notices=fields.with_types((Notice(_NOTICES[tag], value) for tag, value in read if tag in _NOTICES), types),
        rights=_first(values, "CI"),
    )
    return our_own.from_medline(record, values, read)


def _beginning(lines: list[Line]) -> str:
    return excerpt(" ".join(f"{tag}- {value}" for tag, value in lines[:5]))


def _first(values: Values, *tags: str) -> str | None:
    return next((values[tag][0] for tag in tags if tag in values), None)


def _name(values: Values) -> tuple[str, str] | None:
    """Source and key: the PMID, else the number that another owner gave the record."""
    pmid = identifier("pmid", (_first(values, "PMID") or "").partition(" ")[0])
    if pmid is not None:
        return "pubmed", pmid.value
    owner, number = _first(values, "OWN"), _first(values, "OID")
    return (owner.lower(), number) if owner and number and owner != "NLM" else None


def _titles(values: Values) -> tuple[str | None, str | None]:
    """Title and container. A chapter (TI) stands in its book (BTI); TT is the title in its own language."""
    title = _first(values, "TI")
    if title is None or title.startswith("[Not Available]"):
        title = _first(values, "TT", "VTI") or title
    book = _first(values, "BTI")
    container = _first(values, "JT", "TA") if title is None or book is None else book
    container = fields.journal_of(container) if container else None
    title = title or book
    return (fields.title_of(title) or None) if title else None, container


def _identifiers(values: Values) -> tuple[Identifier, ...]:
    found = [identifier("pmid", (_first(values, "PMID") or "").partition(" ")[0])]
    found += [identifier("pmcid", each) for each in values.get("PMC", ())]
    for each in values.get("LID", []) + values.get("AID", []):
        doi = _DOI.match(each)
        found.append(identifier("doi", doi[1]) if doi else None)
    in_source = _DOI_IN_SOURCE.search(_first(values, "SO") or "")
    found.append(identifier("doi", in_source[1]) if in_source else None)
    for each in values.get("SI", ()):
        databank, _, accession = each.partition("/")
        found.append(fields.registration(databank, accession))
    return tuple(dict.fromkeys(each for each in found if each is not None))


def _contributors(read: list[Line]) -> tuple[Contributor, ...]:
    """People and groups in order. A short name (AU, ED) counts only where no full one (FAU, FED) precedes it."""
    people: list[Contributor | None] = []
    before = ""
    for tag, value in read:
        if tag in ("FAU", "FED") or (tag in ("AU", "ED") and before != f"F{tag}"):
            people.append(fields.person(value, editor=tag.endswith("ED")))
        elif tag == "CN":
            people.append(fields.collective(value))
        before = tag
    return tuple(each for each in people if each is not None)


def _pages(values: Values) -> str | None:
    if "PG" in values:
        return fields.pages_of(values["PG"][0])
    items = (each.removesuffix("[pii]").strip() for each in values.get("LID", ()) if each.endswith("[pii]"))
    return next((item for item in items if fields.article_number(item)), None)


def _headings(values: Values) -> tuple[str, ...]:
    """MeSH headings without the asterisk of a main topic, then the authors' keywords."""
    headings = [each.replace("*", "") for each in values.get("MH", []) + values.get("OT", [])]
    return tuple(dict.fromkeys(each for each in headings if each))
