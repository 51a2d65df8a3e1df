"""What somebody pastes, a publication a line: PMIDs, DOIs, PMC numbers, or citations as they stand in a syllabus.

A line is read for identifiers first. Without one it may be a citation: a publication that is held is recognised by its
title, which must stand in the line word by word, and a year that the line states must not be another than its own.
"""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from kb.identity import fold, identity_keys, title
from kb.publication import Publication
from kb.record import Identifier, Record, Scheme, identifier

MOST = 500  # lines that are read at once
_LONGEST = 2000  # characters of a line; a citation with all its authors has fewer
_LEAST = 20  # letters of a title: "Editorial" tells nothing

_DOI = re.compile(r"10\.\d{4,9}/[^\s<>\"”|]+", re.IGNORECASE)
_PMCID = re.compile(r"\bPMC\s?(\d{1,9})\b", re.IGNORECASE)
_PMID = re.compile(r"(?:\bPMID\b\W{0,3}|pubmed(?:\.ncbi\.nlm\.nih\.gov|/)\D{0,3})(\d{1,9})\b", re.IGNORECASE)
_BARE = re.compile(r"\W{0,3}(\d{4,9})\W?")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_PARTS = re.compile(r"(?<=[.?!:”\"’)])\s+|\s[“\"]")
_BETWEEN = 1  # years between the online and the printed paper


class Pasted(msgspec.Struct, frozen=True):
    """A line: the identifiers in it, and the keys under which what it cites may be held."""

    line: str
    identifiers: tuple[Identifier, ...]
    keys: tuple[str, ...]


class Outcome(msgspec.Struct, frozen=True):
    """What became of a line. `found`: its publication is held; `absent`: an identifier, of nothing that is held."""

    line: str
    state: Literal["found", "absent", "unread"]
    publication: Publication | None = None


def read_lines(text: str) -> tuple[Pasted, ...]:
    """The lines that say something, each once, at the most `MOST` of them."""
    lines = dict.fromkeys(" ".join(each.split())[:_LONGEST] for each in text.splitlines())
    return tuple(_read(each) for each in [each for each in lines if each][:MOST])


def cites(line: str, publication: Publication) -> bool:
    """Whether `line` names the title of `publication`, and no other year."""
    record = publication.record
    told = title(record)
    if len(told) < _LEAST or f" {told} " not in f" {fold(line)} ":
        return False
    years = [int(each) for each in _YEAR.findall(line)]
    return record.year is None or not years or min(abs(each - record.year) for each in years) <= _BETWEEN


def _read(line: str) -> Pasted:
    doi, pmc, pmid = _DOI.search(line), _PMCID.search(line), _PMID.search(line) or _BARE.fullmatch(line)
    told: list[tuple[Scheme, str | None]] = [
        ("pmid", pmid and pmid[1]),
        ("doi", doi and _closed(doi[0])),
        ("pmcid", pmc and f"PMC{pmc[1].lstrip('0')}"),
    ]
    known = [identifier(scheme, value) for scheme, value in told if value]
    identifiers = tuple(each for each in known if each is not None)
    keys = tuple(f"{each.scheme}:{each.value}" for each in identifiers) or _title_keys(line)
    return Pasted(line, identifiers, keys)


def _closed(doi: str) -> str:
    """A DOI without the bracket that closes what it stands in."""
    doi = doi.rstrip(".,;:'’")
    return doi[:-1] if doi.endswith(")") and doi.count(")") > doi.count("(") else doi


def _title_keys(line: str) -> tuple[str, ...]:
    """The identity keys that each part of a citation would have as a title, or as its beginning or end."""
    parts = [each for each in _PARTS.split(line) if len(each) >= _LEAST]
    records = (Record(source="", key="", format="", title=each) for each in (line, *parts))
    return tuple(dict.fromkeys(key for each in records for key in identity_keys(each)))
