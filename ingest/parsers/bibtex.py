"""BibTeX and biblatex, as reference managers, publishers and people write them.

The text is cut into entries by bibtexparser 2; what it sets aside (`failed_blocks`) is read back here. Rules:
Patashnik, "BibTeXing" (1988); the biblatex manual for `date`, `journaltitle` and the like. Quirks of real files:

| in the file | what is done |
|---|---|
| two entries under one key, a field twice in an entry | both entries are read; the first of two fields counts |
| an entry without key (`@article{title = ...`), two commas, no closing brace | mended and read |
| a comma forgotten between two fields | two fields |
| `@string(x = "...")`, `month = feb`, `"a" # x # {b}` | put together; an unknown name stands for itself |
| `crossref = {b}` | year, editors and journal from there, its title as the book's |
| UTF-16, Windows-1252 under a head that says UTF-8 | see `decoding` |
| `{\\"u}`, `$\\alpha$`, `{DNA}`, `--` | see `latex` |
| DOI in `url` or `note`, `eprint` of PubMed | see `hidden_identifiers` |
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping

from bibtexparser.entrypoint import parse_string
from bibtexparser.model import Block, Entry, ExplicitComment, ImplicitComment, Preamble, String

from ingest.parsers import bibtex_names, bibtex_values, fields, our_own, tagged
from ingest.parsers.bibtex_values import Fields
from ingest.parsers.hidden_identifiers import identifiers
from ingest.parsers.imported import apart, named
from ingest.parsers.inline_markup import abstract_of, plain
from ingest.parsers.latex import text_of, verbatim
from ingest.parsers.unreadable import Unreadable, excerpt
from kb.record import Identifier, Payload, Record
from kb.vocabulary import Vocabulary

# What it could not read is told by us, in its place.
logging.getLogger("bibtexparser").addHandler(logging.NullHandler())
logging.getLogger("bibtexparser").propagate = False

_ENTRY = re.compile(r"^[ \t]{0,20}@[A-Za-z]{1,30}[ \t]{0,4}[{(]\s{0,4}[^\s{}()\"=]{0,200}\s{0,4}[,=]", re.MULTILINE)
_OF_ARTICLES = re.compile(r"in|article", re.IGNORECASE)
_INHERITED = ("year", "date", "editor", "journal", "journaltitle", "volume", "number", "booktitle", "publisher")
_TYPES: Mapping[str, str] = {
    "article": "Journal Article",
    "book": "Book",
    "booklet": "Booklet",
    "conference": "Conference Paper",
    "dataset": "Dataset",
    "electronic": "Web Page",
    "inbook": "Book Section",
    "incollection": "Book Section",
    "inproceedings": "Conference Paper",
    "manual": "Manual",
    "mastersthesis": "Thesis",
    "online": "Web Page",
    "patent": "Patent",
    "phdthesis": "Thesis",
    "proceedings": "Conference Proceedings",
    "report": "Report",
    "techreport": "Report",
    "thesis": "Thesis",
    "unpublished": "Unpublished Work",
    "www": "Web Page",
}
_NO_TITLE = "Give it a title, or export it again."
_BROKEN = "Check its braces, quotation marks and commas, or export it again."


def recognises(text: str) -> bool:
    """Whether a line of `text` begins an entry: `@type{key,` or, without key, `@type{field =`."""
    return _ENTRY.search(text) is not None


def parse(payload: Payload, text: str, vocabulary: Vocabulary) -> Iterator[Record | Unreadable]:
    """The records of `text` in order; entries without title or beyond mending as `Unreadable`."""
    return apart(_items(payload.key, text))


def _items(key: str, text: str) -> Iterator[Record | Unreadable]:
    blocks = parse_string(bibtex_values.keyed(text), parse_stack=[]).blocks
    strings = bibtex_values.strings(each for each in blocks if isinstance(each, String))
    pairs = zip(blocks, [*blocks[1:], None], strict=True)
    entries = [(block, _entry(block, behind)) for block, behind in pairs if not _is_aside(block)]
    said = [_fields(entry, strings) if entry and _is_short(entry) else {} for _, entry in entries]
    known = {entry.key: own for (_, entry), own in zip(reversed(entries), reversed(said), strict=True) if entry}
    for number, ((block, entry), own) in enumerate(zip(entries, said, strict=True), start=1):
        place = f"{key}, record {number} (line {(block.start_line or 0) + 1})"
        beginning = excerpt((block.raw or "")[:400])
        if entry is None:
            yield Unreadable(place, "an entry whose end or fields cannot be told", beginning, _BROKEN)
        elif not _is_short(entry):
            yield Unreadable(place, f"an entry of more than {tagged.LONGEST_RECORD:,} characters", beginning, _BROKEN)
        else:
            record = _record(entry.entry_type.casefold(), _with_parent(entry, own, known))
            yield record or Unreadable(place, "no title", beginning, _NO_TITLE)


def _is_aside(block: Block) -> bool:
    """Comments and definitions, also those the library could not read: no references."""
    if isinstance(block, (ExplicitComment, ImplicitComment, Preamble, String)):
        return True
    return (block.raw or "").lstrip()[:9].casefold().startswith(("@comment", "@preamble", "@string"))


def _entry(block: Block, behind: Block | None) -> Entry | None:
    """The entry in `block`; from one that was set aside, what it holds or what it is once mended.

    The library breaks off at the first fault; the rest of the entry is then the comment `behind` it.
    """
    if isinstance(block, Entry):
        return block
    rest = (behind.raw or "") if isinstance(behind, ImplicitComment) else ""
    held = getattr(block, "ignore_error_block", None)
    return held if isinstance(held, Entry) else bibtex_values.mended((block.raw or "") + rest)


def _is_short(entry: Entry) -> bool:
    return sum(len(str(each.value)) for each in entry.fields) <= tagged.LONGEST_RECORD


def _fields(entry: Entry, strings: Mapping[str, str]) -> Fields:
    return bibtex_values.fields_of(((each.key, str(each.value)) for each in entry.fields), strings)


def _with_parent(entry: Entry, own: Fields, known: Mapping[str, Fields]) -> Fields:
    parent = known.get(own["crossref"]) if "crossref" in own else None
    if parent is None or parent == own:
        return own
    inherited = {name: parent[name] for name in _INHERITED if name in parent}
    if "title" in parent and _OF_ARTICLES.match(entry.entry_type):
        inherited.setdefault("booktitle", parent["title"])
    return {**inherited, **own}


def _record(kind: str, said: Fields) -> Record | None:
    title = fields.title_of(_text(said, "title", "booktitle", "maintitle") or "")
    if not any(each.isalnum() for each in title):
        return None
    subtitle = _text(said, "subtitle")
    container = _text(said, "journal", "journaltitle", *(["booktitle"] if "title" in said else []))
    short = _text(said, "shortjournal", "journal_abbrev", "journal-iso")
    types = tuple(dict.fromkeys(each for each in (_TYPES.get(kind), _text(said, "type", "document_type")) if each))
    record = named(
        Record(
            source="bibtex",
            key="",
            format="bibtex",
            title=f"{title}: {subtitle}" if subtitle and subtitle not in title else title,
            identifiers=_identifiers(said),
            contributors=(
                *bibtex_names.contributors(said.get("author", "")),
                *bibtex_names.contributors(said.get("editor", ""), editor=True),
            ),
            container=container,
            container_abbreviation=short if short != container else None,
            year=fields.year_of(_text(said, "year") or "") or fields.year_of(_text(said, "date") or ""),
            volume=_text(said, "volume"),
            issue=_text(said, "number", "issue"),
            pages=tagged.pages(_text(said, "pages")) or _text(said, "articleno", "article-number", "eid"),
            abstract=abstract_of([text_of(said.get("abstract", ""))]),
            language=_text(said, "language", "langid"),
            publication_types=types,
            subject_headings=_headings(said),
            notices=fields.with_types((), types),
        )
    )
    return our_own.from_bibtex(record, said)


def _text(said: Fields, *names: str) -> str | None:
    return next((text for name in names if name in said and (text := plain(text_of(said[name])))), None)


def _headings(said: Fields) -> tuple[str, ...]:
    words = text_of(said.get("keywords", said.get("keyword", "")))
    return tagged.headings([words if ";" in words else words.replace(",", ";")])


def _identifiers(said: Fields) -> tuple[Identifier, ...]:
    of_pubmed = said.get("eprinttype", said.get("archiveprefix", "")).casefold() in ("pubmed", "pmid")
    return identifiers(
        dois=[verbatim(said.get("doi", ""))],
        pmids=[said.get("pmid", ""), said.get("eprint", "") if of_pubmed else ""],
        pmcids=[each for each in (said.get("pmcid", ""), said.get("pmc", "")) if each],
        places=[verbatim(said[name]) for name in ("url", "note", "annote", "howpublished", "eprint") if name in said],
    )
