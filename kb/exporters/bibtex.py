r"""BibTeX, for those who write in LaTeX.

Rules: Patashnik, "BibTeXing" (1988): braces must balance whatever stands before them, names are `Family, Given`
joined by `and`, a group is one word in braces, and styles put titles in lower case except what braces guard. So
braces are written by name, and words with capitals inside a title are guarded; the ten characters that LaTeX
reserves and the ligatures that it would make (`--`, two quotes) are escaped. DOIs and addresses are verbatim, as
biblatex has them, with what could break an entry percent-encoded. Field names beyond BibTeX's own are biblatex's
(`shortjournal`, `language`, `url`) or JabRef's (`pmid`, `pmcid`). Notices are the `note`, which styles print.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kb.exporters import notes
from kb.exporters.kinds import kind_of
from kb.exporters.lists import joined
from kb.exporters.reference import Reference, line
from kb.record import Contributor, Scheme
from kb.vocabulary import Vocabulary

_BY_NAME = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    "@": "{@}",  # or programs that look for it see the next entry
}
_ESCAPED = str.maketrans(_BY_NAME | {each: f"\\{each}" for each in "$&%#_"})
_LIGATURE = re.compile(r"(?<=-)(?=-)|(?<=')(?=')|(?<=`)(?=`)|(?<=,)(?=,)|(?<=[?!])(?=`)")
_VERBATIM = str.maketrans({each: f"%{ord(each):02X}" for each in '%{}\\"'})
_AND = re.compile(r"(?<![^\s])and(?![^\s])", re.IGNORECASE)
_KEY = re.compile(r"[^A-Za-z0-9_.:-]+")
_SCHEMES: tuple[Scheme, ...] = ("doi", "pmid", "pmcid")
_CONTAINERS = {"article": "journal", "incollection": "booktitle", "inproceedings": "booktitle"}


def write(references: Iterable[Reference], vocabulary: Vocabulary) -> Iterator[str]:
    """The references as BibTeX, an entry at a time."""
    for each in references:
        kind = kind_of(each.record).bibtex
        fields = (f",\n  {name} = {{{value}}}" for name, value in _fields(each, kind) if value)
        yield "".join((f"@{kind}{{{_KEY.sub('-', each.id)}", *fields, "\n}\n\n"))


def escaped(value: str) -> str:
    """`value` as LaTeX that shows it."""
    return _LIGATURE.sub("{}", line(value).translate(_ESCAPED))


def _fields(reference: Reference, kind: str) -> Iterator[tuple[str, str]]:
    record = reference.record
    yield "title", _title(record.title)
    yield "author", " and ".join(_name(each) for each in record.contributors if each.role != "editor")
    yield "editor", " and ".join(_name(each) for each in record.contributors if each.role == "editor")
    yield _CONTAINERS.get(kind, "journaltitle"), escaped(record.container or "")
    yield "shortjournal", escaped(record.container_abbreviation or "")
    yield "year", str(record.year or "")
    yield "volume", escaped(record.volume or "")
    yield "number", escaped(record.issue or "")
    yield "pages", escaped(record.pages or "").replace("-{}-", "-").replace("-", "--")
    yield from ((scheme, reference.first(scheme).translate(_VERBATIM)) for scheme in _SCHEMES)
    yield "url", (reference.url or "").translate(_VERBATIM)
    yield "language", escaped(record.language or "")
    yield "keywords", _keywords(record.subject_headings)
    yield "abstract", escaped(record.abstract or "")
    yield "note", _paragraphs(map(notes.notice_note, record.notices))
    yield (
        "annote",
        _paragraphs(notes.notes(reference, notices=(), identifiers=reference.others(), types=record.publication_types)),
    )


def _title(title: str) -> str:
    """`title` with braces around the words whose capitals are no mere beginning of a sentence."""
    first, *rest = line(title).split(" ")
    words = [_guarded(first, first[1:]), *(_guarded(each, each) for each in rest)]
    return _LIGATURE.sub("{}", " ".join(words))


def _guarded(word: str, telling: str) -> str:
    said = word.translate(_ESCAPED)
    return f"{{{said}}}" if telling != telling.lower() else said


def _name(contributor: Contributor) -> str:
    if contributor.role == "collective":
        return f"{{{_in_name(escaped(contributor.family))}}}"
    # An empty given name says that the family name is whole: styles would take its last word alone.
    return f"{_part(escaped(contributor.family))}, {_part(escaped(contributor.given or '')) or '{}'}"


def _part(said: str) -> str:
    """A part of a name, in braces where it holds what parts names."""
    return _in_name(f"{{{said}}}" if "," in said or _AND.search(said) else said)


def _in_name(said: str) -> str:
    return said.replace("=", "{=}")  # biblatex has names of labelled parts: family=...


def _keywords(headings: Iterable[str]) -> str:
    """Parted by commas, which all programs read; by semicolons where a heading holds a comma (`Pain, Chronic`)."""
    said = list(headings)
    if any("," in each or ";" in each for each in said):
        return f"{escaped(joined(said))};"
    return escaped(", ".join(said))


def _paragraphs(texts: Iterable[str]) -> str:
    return "\n\n".join(map(escaped, texts))
