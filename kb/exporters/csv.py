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
from kb.exporters.reference import Reference, line
from kb.record import Contributor
from kb.vocabulary import Vocabulary
from kb.wording import number

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
    yield "\ufeff" + _row(columns)
    for each in references:
        yield _row(line(tell(each)) for tell in columns.values())


def _row(cells: Iterable[str]) -> str:
    return ",".join('"' + guarded(each).replace('"', '""') + '"' for each in cells) + "\r\n"


def _columns(vocabulary: Vocabulary) -> Mapping[str, Callable[[Reference], str]]:
    """The columns in order, each with what tells its cell."""
    return {
        "Title": lambda each: each.record.title,
        "Authors": lambda each: _people(each, ("author", "collective")),
        "Editors": lambda each: _people(each, ("editor",)),
        "Year": lambda each: str(each.record.year or ""),
        "Journal": lambda each: each.record.container or "",
        "Journal Abbreviation": lambda each: each.record.container_abbreviation or "",
        "Volume": lambda each: each.record.volume or "",
        "Issue": lambda each: each.record.issue or "",
        "Pages": lambda each: each.record.pages or "",
        "DOI": lambda each: "".join(each.values("doi")[:1]),
        "PMID": lambda each: "".join(each.values("pmid")[:1]),
        "PMCID": lambda each: "".join(each.values("pmcid")[:1]),
        "Registration Number": lambda each: "; ".join(each.values("registration")),
        "Language": lambda each: each.record.language or "",
        "Publication Type": lambda each: "; ".join(each.record.publication_types),
        "Keywords": lambda each: "; ".join(each.record.subject_headings),
        "Abstract": lambda each: each.record.abstract or "",
        "Design": lambda each: _design(each, vocabulary),
        "n": lambda each: number(each.facts.sample.n.value) if each.facts.sample.n else "",
        "URL": lambda each: each.url or "",
        "Notes": _notes,
    }


def _people(reference: Reference, roles: tuple[str, ...]) -> str:
    return "; ".join(map(_name, (each for each in reference.record.contributors if each.role in roles)))


def _name(contributor: Contributor) -> str:
    if contributor.role == "collective":
        return f"{contributor.family},"
    family = contributor.family.replace(",", " ")
    return f"{family}, {contributor.given}" if contributor.given else family


def _design(reference: Reference, vocabulary: Vocabulary) -> str:
    if reference.facts.design is None:
        return ""
    known = vocabulary.design(reference.facts.design.value)
    return known.name if known else reference.facts.design.value.replace("_", " ")


def _notes(reference: Reference) -> str:
    return " // ".join(notes.notes(reference))
