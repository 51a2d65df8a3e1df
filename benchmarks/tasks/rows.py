"""Rows of JSON lines, and the record that a labelled row makes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from ingest.extractors import extract
from kb.extraction import Extraction, Finding
from kb.record import Record
from kb.vocabulary import Vocabulary

Row = dict[str, Any]


def rows(path: Path) -> Iterator[Row]:
    """The objects of a JSON lines file."""
    return (msgspec.json.decode(line) for line in path.read_bytes().splitlines() if line.strip())


def keys(row: Row) -> Row:
    """The fields by which the scorers know a record."""
    return {name: row[name] for name in ("id", "pmid", "doi", "title") if row.get(name)}


def name_of(row: Row) -> str:
    """The first of the keys, as the scorers join by it."""
    return str(next(iter(keys(row).values()), ""))


def found(row: Row, vocabulary: Vocabulary) -> Extraction:
    """What the shipped extractors read in the row's title and text."""
    text = row.get("text") or row.get("abstract") or None
    title = row.get("title") or ""
    return extract(
        Record(source="benchmark", key=name_of(row), format="benchmark", title=title, abstract=text), vocabulary
    )


def value(finding: Finding[Any] | None) -> Any:
    """The value of a fact that may be absent."""
    return None if finding is None else finding.value
