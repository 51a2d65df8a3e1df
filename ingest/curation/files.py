"""The files of a corpus, read: `studies/*.toml` are entries with facts, `citations/*` are citations without any, and
`lists/*.toml` reading lists of both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import msgspec

from ingest.errors import UnreadablePayloadError
from ingest.parsers import Unreadable, parse
from ingest.parsers.corpus import decode
from ingest.parsers.corpus_entry import Entry
from kb.errors import ListFormatError
from kb.lists import ReadingList, read_list
from kb.record import Payload, Record
from kb.vocabulary import Vocabulary


class EntryFile(msgspec.Struct, frozen=True):
    """A study: its file, the text of it, what is in it, and the record that it becomes."""

    path: Path
    text: str
    entry: Entry
    record: Record


class CitationFile(msgspec.Struct, frozen=True):
    """A list of citations: its file and its records."""

    path: Path
    records: tuple[Record, ...]


class ListFile(msgspec.Struct, frozen=True):
    """A reading list."""

    path: Path
    reading_list: ReadingList


class Misread(msgspec.Struct, frozen=True):
    """A file, or a part of one, that could not be read; `text` is all of it, where it is text."""

    path: Path
    reason: str
    text: str = ""


File = EntryFile | CitationFile | ListFile | Misread


def read_folder(corpus: Path, vocabulary: Vocabulary, at: datetime) -> Iterator[File]:
    """Everything in `studies/`, `citations/` and `lists/` of the folder `corpus`, in the order of the names."""
    for path in sorted((corpus / "studies").glob("*.toml")):
        yield from _read(path, vocabulary, at, _entry)
    for path in sorted(each for each in (corpus / "citations").glob("*") if each.is_file()):
        yield from _read(path, vocabulary, at, _citations)
    for path in sorted((corpus / "lists").glob("*.toml")):
        try:
            yield ListFile(path, read_list(path))
        except ListFormatError as error:
            yield Misread(path, error.reason)


def _entry(path: Path, text: str, records: tuple[Record, ...]) -> File:
    if records[0].format != "corpus":
        return Misread(path, "is no entry of the corpus", text)
    return EntryFile(path, text, decode(text), records[0])


def _citations(path: Path, text: str, records: tuple[Record, ...]) -> File:
    return CitationFile(path, records)


def _read(
    path: Path, vocabulary: Vocabulary, at: datetime, made: Callable[[Path, str, tuple[Record, ...]], File]
) -> Iterator[File]:
    body = path.read_bytes()
    text = body.decode("utf-8", "replace")
    payload = Payload(source="corpus", key=path.name, body=body, fetched_at=at)
    try:
        parsed = tuple(parse(payload, vocabulary))
    except UnreadablePayloadError as error:
        yield Misread(path, error.reason, text)
        return
    yield from (Misread(path, _told(each, path), text) for each in parsed if isinstance(each, Unreadable))
    if records := tuple(each for each in parsed if isinstance(each, Record)):
        yield made(path, text, records)


def _told(unreadable: Unreadable, path: Path) -> str:
    return unreadable.reason if unreadable.key == path.name else f"{unreadable.key}: {unreadable.reason}"
