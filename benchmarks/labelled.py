"""Labelled sets of duplicates, as their makers publish them: what `dedup.py` scores on.

ASySD's CSV names the record that stays of each group `unique` and the others `duplicate`. The SRA's sets mark every
member of a group as `Duplicate` in the caption, in EndNote's XML or in JSON. Drift pairs are a PMID's citations, as
PubMed wrote them at two times. Read here and not by the parsers, because labels are no part of a record.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Literal
from xml.etree import ElementTree

import msgspec

from kb.record import Contributor, Record, Scheme, identifier

Rule = Literal["survivor", "members", "pairs"]


class Labelled(msgspec.Struct, frozen=True):
    """The records of a set, and of each whether it is labelled a duplicate. Drift pairs are labelled by their PMID."""

    name: str
    rule: Rule
    records: tuple[Record, ...]
    labels: tuple[str | None, ...]

    def among(self, others: Iterable[Record]) -> Labelled:
        """The same set with further records of PMIDs that are not in it."""
        seen = set(self.labels)
        records, labels = list(self.records), list(self.labels)
        for each in others:
            pmid = each.value_of("pmid")
            if pmid not in seen:
                seen.add(pmid)
                records.append(each)
                labels.append(pmid)
        return Labelled(self.name, self.rule, tuple(records), tuple(labels))

    def reduced_to(self, schemes: Iterable[Scheme], name: str) -> Labelled:
        """The same set with identifiers of these `schemes` alone."""
        kept = tuple(schemes)
        records = (
            msgspec.structs.replace(each, identifiers=tuple(one for one in each.identifiers if one.scheme in kept))
            for each in self.records
        )
        return Labelled(name, self.rule, tuple(records), self.labels)


def read(path: Path) -> Labelled:
    """Read a labelled set; its shape is told by its content."""
    body = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    start = body.lstrip()[:1]
    if start == b"<":
        return _endnote(path.name, body)
    if start in b"[{":
        found = json.loads(body)
        return _drift(path.name, found) if isinstance(found, dict) else _sra(path.name, found)
    return _asysd(path.name, body)


def _asysd(name: str, body: bytes) -> Labelled:
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = body.decode("cp1252", "replace")
    rows = [
        {(name or "").lower(): "" if value in ("NA", None) else str(value) for name, value in each.items()}
        for each in csv.DictReader(io.StringIO(text))
    ]
    records = (
        _record(str(at), row, re.split(r"(?<=\.)(?=[^\W\d_])|;|\r?\n", row.get("author") or row.get("authors", "")))
        for at, row in enumerate(rows)
    )
    return Labelled(name, "survivor", tuple(records), tuple(_label(each) for each in rows))


def _label(row: Mapping[str, object]) -> str | None:
    """`duplicate` where a column that sets use for it says so."""
    said = next((str(row[name]) for name in ("source", "caption", "duplicate", "label") if row.get(name)), "")
    return "duplicate" if said.strip().lower() in ("duplicate", "true", "1", "yes") else None


def _endnote(name: str, body: bytes) -> Labelled:
    records, labels = [], []
    for at, each in enumerate(ElementTree.fromstring(body).iter("record")):

        def said(path: str, each: ElementTree.Element = each) -> str:
            found = each.find(path)
            return "" if found is None else "".join(found.itertext())

        row = {
            "title": said("titles/title"),
            "journal": said("titles/secondary-title") or said("periodical/full-title"),
            "year": said("dates/year"),
            "volume": said("volume"),
            "number": said("number"),
            "pages": said("pages"),
            "doi": said("electronic-resource-num"),
            "abstract": said("abstract"),
        }
        people = ["".join(who.itertext()) for who in each.iterfind("contributors/authors/author")]
        records.append(_record(str(at), row, people))
        labels.append(_label({"caption": said("caption")}))
    return Labelled(name, "members", tuple(records), tuple(labels))


def _sra(name: str, rows: list[dict[str, Any]]) -> Labelled:
    return Labelled(
        name,
        "members",
        tuple(
            _record(str(at), {k: str(v) for k, v in row.items()}, row.get("authors") or [])
            for at, row in enumerate(rows)
        ),
        tuple(_label(row) for row in rows),
    )


def _record(key: str, row: dict[str, str], people: list[str]) -> Record:
    year = re.search(r"\d{4}", row.get("year", ""))
    named = identifier("doi", row.get("doi", "").split("\r")[0].split(" ")[0])
    return Record(
        source="set",
        key=key,
        format="set",
        title=row.get("title", "").strip() or "Untitled",
        identifiers=(named,) if named else (),
        contributors=tuple(_person(each) for each in people if each.strip()),
        container=row.get("journal") or None,
        year=int(year[0]) if year else None,
        volume=row.get("volume") or None,
        issue=row.get("number") or None,
        pages=row.get("pages") or None,
        abstract=row.get("abstract") or None,
    )


def _person(text: str) -> Contributor:
    family, comma, given = text.strip().partition(",")
    if not comma:
        found = re.match(r"(.*\S)\s+([^\W\d_a-z]{1,4})$", family) or re.match(
            r"(.*?\S)\s+((?:[^\W\d_]\.[\s-]?)+)$", family
        )
        family, given = (found[1], found[2]) if found else (family, "")
    return Contributor(family.strip() or "Anonymous", given.strip() or None)


_CITED = re.compile(
    r"^\d+: (?P<people>.*?)\. (?P<title>.+?)[.?!] (?P<journal>[^.]+)\. (?P<year>\d{4})(?P<rest>.*)$", re.DOTALL
)


def cited(text: str, key: str) -> Record | None:
    """A citation as PubMed's "Summary (text)" writes it, or None where it is of another shape."""
    found = _CITED.match(text)
    if found is None:
        return None
    place = re.match(r"[^.;]*;([^(:;.]*)(?:\(([^)]*)\))?(?::([^.]*))?\.", found["rest"])
    schemes: tuple[tuple[Scheme, str], ...] = (
        ("doi", r"doi: (\S+)"),
        ("pmid", r"PMID: (\d+)"),
        ("pmcid", r"PMCID: (PMC\d+)"),
    )
    names = [
        identifier(scheme, value[1].rstrip(".;")) for scheme, cue in schemes if (value := re.search(cue, found["rest"]))
    ]
    return Record(
        source="drift",
        key=key,
        format="set",
        title=found["title"],
        identifiers=tuple(each for each in names if each),
        contributors=tuple(_person(each) for each in found["people"].split(", ")),
        container=found["journal"],
        year=int(found["year"]),
        volume=place[1] or None if place else None,
        issue=place[2] or None if place else None,
        pages=place[3] or None if place else None,
    )


def _drift(name: str, pairs: dict[str, list[str]]) -> Labelled:
    records, labels = [], []
    for pmid, versions in pairs.items():
        for at, text in enumerate(versions):
            record = cited(text, f"{pmid}-{at}")
            if record is not None:
                records.append(record)
                labels.append(pmid)
    return Labelled(name, "pairs", tuple(records), tuple(labels))


def summaries(path: Path) -> Iterator[Record]:
    """The citations of a file in PubMed's "Summary (text)" form, those with a PMID."""
    body = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    for at, text in enumerate(re.split(r"\n\s*\n", body.decode())):
        record = cited(" ".join(text.split()), f"{path.name}-{at}")
        if record is not None and record.value_of("pmid"):
            yield record
