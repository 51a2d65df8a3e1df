"""What our own exporters wrote (`kb/exporters`), read back as it was.

The parsers make the best of what many programs write: they look for a DOI in a note, cut a name at its brackets,
part keywords at semicolons. Of our own files we know how they were written, so each field is read back exactly. They
are told by the mark that `kb.exporters.notes` puts into every record, which survives a journey through a reference
manager. A record read back is named after its publication: it never takes the place of PubMed's own record, or of
the library's from which it came, and cannot rob them of an abstract that did not leave. Its format is our own too,
which `kb.publication` trusts least: a copy tells nothing that its original does not.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any
from urllib.parse import unquote

import msgspec

from ingest.parsers.decoding import normalise
from ingest.parsers.latex import text_of
from kb.exporters import notes
from kb.exporters.lists import named, parted
from kb.exporters.nbib import OWNER
from kb.record import Contributor, Identifier, Record, Scheme, Section, identifier

SOURCE = OWNER.lower()

_Values = Mapping[str, Sequence[str]]
# Fields of a record that are one text, and what each format calls them. Pages and containers of some are put together.
_TEXTS = ("title", "container", "container_abbreviation", "volume", "issue", "pages", "abstract", "language")
_RIS = ("TI", "JF", "J2", "VL", "IS", "", "AB", "LA")
_MEDLINE = ("TI", "JT", "TA", "VI", "IP", "PG", "AB", "LA")
_BIBTEX = ("title", "journal", "shortjournal", "volume", "number", "", "abstract", "language")
_CSL = ("title", "container-title", "container-title-short", "volume", "issue", "page", "abstract", "language")
_CSV = ("Title", "Journal", "Journal Abbreviation", "Volume", "Issue", "Pages", "Abstract", "Language")
_EDITORS = frozenset({"A2", "FED"})


def from_ris(record: Record, values: _Values) -> Record:
    """`record`, as its tags say it where we wrote them."""
    told = [_out_of_page(each) for each in values.get("N1", ())]
    if not notes.are_ours(told):
        return record
    texts = _texts(_RIS, partial(_first, values))
    texts["container"] = texts["container"] or _first(values, "T2")
    texts["pages"] = "-".join(filter(None, (_first(values, "SP"), _first(values, "EP"))))
    ids = {"doi": values.get("DO", ()), "pmid": values.get("AN", ()), "pmcid": values.get("C2", ())}
    people = ((tag, each) for tag in ("AU", "A2") for each in values.get(tag, ()))
    return _read(record, told, texts, _people(people), _identifiers(ids), values.get("KW", ()))


def from_medline(record: Record, values: _Values, lines: Iterable[tuple[str, str]]) -> Record:
    """`record`, as its tags say it where we wrote them; `lines` are in the order of the file."""
    if not notes.are_ours(values.get("GN", ())):
        return record
    texts = _texts(_MEDLINE, partial(_first, values))
    people = [
        Contributor(value, None, "collective") if tag == "CN" else named(value, editor=tag in _EDITORS)
        for tag, value in lines
        if tag in ("FAU", "FED", "CN")
    ]
    dois = [each.removesuffix("[doi]") for each in values.get("LID", ())]
    registered = [each.partition("/")[2] for each in values.get("SI", ())]
    ids = {"pmid": values.get("PMID", ()), "pmcid": values.get("PMC", ()), "doi": dois, "registration": registered}
    types, headings = record.publication_types, values.get("OT", ())
    return _read(record, values["GN"], texts, people, _identifiers(ids), headings, types)


def from_bibtex(record: Record, said: Mapping[str, str]) -> Record:
    """`record`, as the fields of its entry (in LaTeX) say it where we wrote them."""
    paragraphs = [f"{said.get('note', '')}\n\n{said.get('annote', '')}"]
    told = [normalise(text_of(each)) for text in paragraphs for each in text.split("\n\n")]
    if not notes.are_ours(told):
        return record
    texts = _texts(_BIBTEX, lambda name: text_of(said.get(name, "")))
    texts["container"] = texts["container"] or text_of(said.get("booktitle", said.get("journaltitle", "")))
    texts["pages"] = text_of(said.get("pages", "").replace("--", "-"))
    ids = {scheme: [unquote(said.get(scheme, ""))] for scheme in ("doi", "pmid", "pmcid")}
    people = [*_of_bibtex(said.get("author", "")), *_of_bibtex(said.get("editor", ""), editor=True)]
    words = text_of(said.get("keywords", ""))
    headings = parted(words) if ";" in words else words.split(", ")
    return _read(record, told, texts, people, _identifiers(ids), headings)


def from_csl(record: Record, item: Mapping[str, Any]) -> Record:
    """`record`, as its item says it where we wrote it."""
    told = str(item.get("note", "")).split("\n")
    if not notes.are_ours(told):
        return record
    texts = _texts(_CSL, lambda name: str(item.get(name, "")))
    ids = {scheme: [str(item.get(scheme.upper(), ""))] for scheme in ("doi", "pmid", "pmcid")}
    custom = item.get("custom")
    kept = custom if isinstance(custom, dict) else {}
    people = [
        *_of_csl(item.get("author"), kept.get("author")),
        *_of_csl(item.get("editor"), kept.get("editor"), editor=True),
    ]
    return _read(record, told, texts, people, _identifiers(ids), parted(str(item.get("keyword", ""))))


def from_row(record: Record, header: Sequence[str], row: Sequence[str]) -> Record:
    """`record`, as its row says it where we wrote it."""
    cells = {name.strip(): each for name, each in zip(header, row, strict=False)}
    told = cells.get("Notes", "").split("\n")
    if not notes.are_ours(told):
        return record
    texts = _texts(_CSV, lambda name: cells.get(name, ""))
    ids = {scheme: [cells.get(scheme.upper(), "")] for scheme in ("doi", "pmid", "pmcid")}
    ids["registration"] = parted(cells.get("Registration Number", ""))
    people = [named(each) for each in parted(cells.get("Authors", ""))]
    people += [named(each, editor=True) for each in parted(cells.get("Editors", ""))]
    types, headings = parted(cells.get("Publication Type", "")), parted(cells.get("Keywords", ""))
    return _read(record, told, texts, people, _identifiers(ids), headings, types)


def _read(
    record: Record,
    lines: Iterable[str],
    texts: Mapping[str, str],
    people: Iterable[Contributor],
    identifiers: Iterable[Identifier],
    headings: Iterable[str],
    types: Iterable[str] = (),
) -> Record:
    told = notes.told(normalise(each) for each in lines)
    changes: dict[str, object] = {field: normalise(text) or None for field, text in texts.items()}
    abstract, sections = _in_lines(normalise(texts["abstract"]), told.sections)
    changes |= {"title": changes["title"] or record.title, "abstract": abstract or None}
    return msgspec.structs.replace(
        record,
        **changes,
        source=SOURCE,
        format=SOURCE,
        key=told.id or record.key,
        identifiers=tuple(dict.fromkeys((*identifiers, *told.identifiers))),
        contributors=tuple(people),
        sections=sections,
        publication_types=told.types or tuple(types),
        subject_headings=tuple(said for each in headings if (said := normalise(each))),
        notices=tuple(dict.fromkeys((*record.notices, *told.notices))),
        commentary=(),
        summary=told.summary,
        rights=told.rights or record.rights,
    )


def _out_of_page(note: str) -> str:
    """A note as we wrote it; Zotero makes a page of it and hands that on."""
    return html.unescape(note[3:-4]) if note.startswith("<p>") and note.endswith("</p>") else note


def _in_lines(abstract: str, sections: Sequence[Section]) -> tuple[str, tuple[Section, ...]]:
    """The abstract with its sections, each on a line of its own as it was before it left."""
    held = tuple(each for each in sections if each.start <= each.end <= len(abstract))
    chars = list(abstract)
    for each in held:
        for place in (each.start - len(f"{each.label}: ") - 1, each.end):
            if 0 <= place < len(chars) and chars[place] == " ":
                chars[place] = "\n"
    return "".join(chars), held


def _texts(names: Iterable[str], said: Callable[[str], str]) -> dict[str, str]:
    return {field: said(name) for field, name in zip(_TEXTS, names, strict=True)}


def _first(values: _Values, tag: str) -> str:
    return next(iter(values.get(tag, ())), "")


def _people(names: Iterable[tuple[str, str]]) -> Iterator[Contributor]:
    return (named(normalise(each), editor=tag in _EDITORS) for tag, each in names)


def _identifiers(values: Mapping[str, Iterable[str]]) -> Iterator[Identifier]:
    schemes: tuple[Scheme, ...] = ("pmid", "pmcid", "doi", "registration")
    found = (identifier(scheme, each) for scheme in schemes for each in values.get(scheme, ()) if each)
    return (each for each in found if each is not None)


def _of_bibtex(field: str, *, editor: bool = False) -> Iterator[Contributor]:
    for each in _outside_braces(field, " and "):
        family, *given = (normalise(text_of(part)) for part in _outside_braces(each, ", "))
        if not given:
            yield Contributor(family, None, "collective")
        elif family:
            yield Contributor(family, given[0] or None, "editor" if editor else "author")


def _outside_braces(text: str, mark: str) -> list[str]:
    """The parts of `text` between the marks that no braces hold."""
    parts, depth, start = list[str](), 0, 0
    for place, char in enumerate(text):
        depth += (char == "{") - (char == "}")
        if depth == 0 and char == mark[0] and text.startswith(mark, place):
            parts.append(text[start:place])
            start = place + len(mark)
    return [each for each in (*parts, text[start:]) if each]


def _of_csl(names: Any, kept: Any, *, editor: bool = False) -> Iterator[Contributor]:
    """The people of an item; `kept` is how their given names are stored, by place, where `custom` came back with it."""
    for place, each in enumerate(names if isinstance(names, list) else ()):
        if isinstance(each, dict) and "literal" in each:
            yield Contributor(normalise(str(each["literal"])), None, "collective")
        elif isinstance(each, dict) and "family" in each:
            stored = kept.get(str(place)) if isinstance(kept, dict) else None
            said = stored or " ".join(str(each[part]) for part in ("given", "suffix") if each.get(part))
            yield Contributor(normalise(str(each["family"])), normalise(said) or None, "editor" if editor else "author")
