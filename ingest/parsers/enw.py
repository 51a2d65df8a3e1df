"""ENW, EndNote's tagged text (`%A`, `%T`), which grew out of refer's bibliographies and is written by many catalogues.

Tags: EndNote's "EndNote Import" filter; refer(1). Quirks of real files, and what is done:

| in the file | what is done |
|---|---|
| no `%0` at all | records are parted by empty lines, as in refer |
| `%0` twice (`Serial`, `Audio`) | one record of two types |
| empty lines inside a record that has its `%0` | passed over: the next `%0` begins the next record |
| `%J` twice | the first is the journal, the second its other name |
| `%R` holding a DOI, or the kind of a thesis | a DOI where it is one, else a type |
| `%A Tilda Wolle`, as refer has it, beside `%A Wolle, Tilda` | the last word, with its particle, is the family name |
| lines without a tag | they continue the value before |
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.parsers import fields, tagged
from ingest.parsers.hidden_identifiers import identifiers
from ingest.parsers.imported import apart, named
from ingest.parsers.inline_markup import abstract_of, plain
from ingest.parsers.tagged import Entry, Field, Values, first
from ingest.parsers.unreadable import Unreadable
from kb.record import Payload, Record
from kb.vocabulary import Vocabulary

_TAG = re.compile(r"[ \t]{0,4}%([0-9A-Z!@#$^&*()+=?<>~\[\]])(?:[ \t](.*)|)", re.DOTALL)
_BEGINNING = re.compile(r"^[ \t]{0,4}%(?:0 +[A-Z]|[AT] +\S)", re.MULTILINE)
_TYPED = re.compile(r"^[ \t]{0,4}%0 +[A-Z]", re.MULTILINE)
_TELLING = re.compile(r"^[ \t]{0,4}%[ADEIJKPTUVX0] +\S", re.MULTILINE)
_WITHOUT_CONTAINER = ("book", "edited book", "thesis", "report")
_PLACES = "UMZO123478LF"
_REMEDY = "Give it a title (%T), or export it again."


def recognises(text: str) -> bool:
    """Whether `text` names a type (`%0 Journal Article`), or an author or title and has a second telling line."""
    if not _BEGINNING.search(text):
        return False
    return len(_TELLING.findall(text)) >= 2 or _TYPED.search(text) is not None


def parse(payload: Payload, text: str, vocabulary: Vocabulary) -> Iterator[Record | Unreadable]:
    """The records of `text` in order, those without any title as `Unreadable`."""
    return apart(tagged.read(payload.key, _entries(text), _record, _REMEDY))


def _entries(text: str) -> Iterator[Entry]:
    lines: list[Field] = []
    start, after_gap, typed = 1, False, False
    for number, line in enumerate(text.split("\n"), start=1):
        if not line or line.isspace():
            after_gap = True
            continue
        found = _TAG.fullmatch(line)
        if found:
            tag = found[1]
            only_types = all(each == "0" for each, _ in lines)
            if lines and ((tag == "0" and (after_gap or not only_types)) or (after_gap and not typed)):
                yield Entry(start, lines)
                lines, typed = [], False
            start = start if lines else number
            typed = typed or tag == "0"
            lines.append((tag, [found[2] or ""]))
        elif lines:
            lines[-1][1].append(line.strip())
        after_gap = False
    if lines:
        yield Entry(start, lines)


def _record(values: Values) -> Record | None:
    kinds = [plain(each) for each in tagged.every(values, "0", "9")]
    book = bool(kinds) and kinds[0].casefold() in _WITHOUT_CONTAINER
    names = [plain(each) for each in ([] if book else tagged.every(values, "J", "B"))]
    title = tagged.title(values, "T", "!")
    if title is None and not book:
        title, names = tagged.title(values, "J", "B"), names[1:]
    if title is None:
        return None
    return named(
        Record(
            source="enw",
            key="",
            format="enw",
            title=title,
            identifiers=identifiers(
                dois=values.get("R", ()), pmids=_pmids(values), places=tagged.every(values, *_PLACES)
            ),
            contributors=(
                *tagged.people(values.get("A", ()), natural=True),
                *tagged.people(tagged.every(values, "E", "Y"), editor=True, natural=True),
            ),
            container=names[0] if names else None,
            container_abbreviation=next((each for each in names[1:] if each != names[0]), None),
            year=tagged.year(values, "D", "8"),
            volume=first(values, "V"),
            issue=first(values, "N"),
            pages=tagged.pages(first(values, "P")),
            abstract=abstract_of(values.get("X", [])),
            language=first(values, "G"),
            publication_types=tuple(dict.fromkeys(each for each in kinds if each)),
            subject_headings=tagged.headings(values.get("K", ()), by_line=True),
            notices=fields.with_types((), kinds),
        )
    )


def _pmids(values: Values) -> list[str]:
    """`%M` is the number in the database that `%W` names."""
    database = (first(values, "W", "~") or "").casefold()
    return values.get("M", []) if "pubmed" in database or "nlm" in database or "medline" in database else []
