"""CSV for spreadsheets and screening tools.

Rules: RFC 4180: cells in quotation marks, a quotation mark doubled, rows ended by CR LF. A byte order mark tells
Excel that it is UTF-8. A spreadsheet runs a cell that begins with `=`, `+`, `-` or `@` as a formula (OWASP, "CSV
Injection"), quoted or not: such a cell gets an apostrophe in front, and so does one that begins with apostrophes
before such a sign; `unguarded` takes one off again, so that what was written is read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from kb.exporters import notes
from kb.exporters.collection import Collection, Entry, Part
from kb.exporters.lists import joined, name
from kb.exporters.reference import Reference, line
from kb.vocabulary import Vocabulary
from kb.wording import number

MARK = "\ufeff"  # tells Excel that what follows is UTF-8
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")


def guarded(cell: str) -> str:
    """`cell`, never a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """`cell` as it was before `guarded`."""
    return cell[1:] if _GUARDED.match(cell) else cell


def write(references: Iterable[Reference], vocabulary: Vocabulary) -> Iterator[str]:
    """The references as rows below a header."""
    columns = _columns(vocabulary)
    yield MARK + row(columns)
    for each in references:
        yield row(tell(each) for tell in columns.values())


def write_list(collection: Collection, vocabulary: Vocabulary) -> Iterator[str]:
    """A list as rows, each with its place and what a curator says of it; what is not held here has its name alone."""
    columns, names = _columns(vocabulary), ("Section", "Place", "Priority", "Minutes", "Curator's note", "To answer")
    yield MARK + row((*columns, *names))
    for part in collection.parts:
        for each in part.entries:
            held = each.reference
            told = (tell(held) for tell in columns.values()) if held else _unheld(each, columns)
            yield row((*told, *_said(part, each)))


def _unheld(entry: Entry, columns: Iterable[str]) -> Iterator[str]:
    name = f"Not held here: {entry.item.study}" if entry.item else ""
    yield from (name if each == "Notes" else "" for each in columns)


def _said(part: Part, entry: Entry) -> Iterator[str]:
    item = entry.item
    yield from (line(part.title or ""), str(entry.place))
    yield from (item.priority, str(item.minutes or "")) if item else ("", "")
    yield from (line(item.note or ""), line(item.question or "")) if item else ("", "")


def row(cells: Iterable[str]) -> str:
    """A row of the file, no cell a formula."""
    return ",".join('"' + guarded(each.strip()).replace('"', '""') + '"' for each in cells) + "\r\n"


def _columns(vocabulary: Vocabulary) -> Mapping[str, Callable[[Reference], str]]:
    """The columns in order, each with what tells its cell."""
    return {
        "Title": lambda each: line(each.record.title),
        "Authors": lambda each: _people(each, ("author", "collective")),
        "Editors": lambda each: _people(each, ("editor",)),
        "Year": lambda each: str(each.record.year or ""),
        "Journal": lambda each: line(each.record.container or ""),
        "Journal Abbreviation": lambda each: line(each.record.container_abbreviation or ""),
        "Volume": lambda each: line(each.record.volume or ""),
        "Issue": lambda each: line(each.record.issue or ""),
        "Pages": lambda each: line(each.record.pages or ""),
        "DOI": lambda each: each.first("doi"),
        "PMID": lambda each: each.first("pmid"),
        "PMCID": lambda each: each.first("pmcid"),
        "Registration Number": lambda each: joined(each.values("registration")),
        "Language": lambda each: line(each.record.language or ""),
        "Publication Type": lambda each: joined(each.record.publication_types),
        "Keywords": lambda each: joined(each.record.subject_headings),
        "Abstract": lambda each: line(each.record.abstract or ""),
        "Design": lambda each: _design(each, vocabulary),
        "n": lambda each: number(each.facts.sample.n.value) if each.facts.sample.n else "",
        "URL": lambda each: each.url or "",
        "Notes": _notes,
    }


def _people(reference: Reference, roles: tuple[str, ...]) -> str:
    return joined(name(each) for each in reference.record.contributors if each.role in roles)


def _design(reference: Reference, vocabulary: Vocabulary) -> str:
    if reference.facts.design is None:
        return ""
    known = vocabulary.design(reference.facts.design.value)
    return known.name if known else reference.facts.design.value.replace("_", " ")


def _notes(reference: Reference) -> str:
    """A note a line, as a cell may have: the only line breaks in a row."""
    return "\n".join(notes.notes(reference, identifiers=reference.others(whole=("registration",))))
