"""A page of a publisher or of a university's research portal, copied as text: labels glued to what they label.

`Original languageEnglish (US)`, `Pages (from-to)18-22`, `JournalJournal of Touch`, a line each or all in one: that
is what remains of a table when a page is copied. In front of it stand title, authors and abstract; behind it
keywords. Several such pages may follow each other in one file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ingest.parsers import fields
from ingest.parsers.decoding import normalise
from ingest.parsers.imported import named
from ingest.parsers.languages import language_of
from ingest.parsers.name_lists import people
from ingest.parsers.unreadable import Unreadable, excerpt
from kb.record import Payload, Record, identifier
from kb.vocabulary import Vocabulary

_BEGINS = re.compile(r"Original language ?:?\n?[A-Z]|Pages \(from-to\) ?:?\n?[A-Za-z]{0,2}\d")
_LABELS = (
    *("Original language", "Title of host publication", "Pages (from-to)", "Number of pages", "Article number"),
    *("Journal", "Volume", "Issue number", "Early online date", "DOIs", "Publication status", "State", "Status"),
    *("Publisher", "Externally published", "ISSN", "ISBN"),
)
_LABEL = re.compile("|".join(map(re.escape, _LABELS)))
_END = re.compile(
    r"\n\s*(?:Keywords|ASJC Scopus|Access to|Other files|Fingerprint|Cite this|Bibliographical note|Funding)"
)
_KEYWORDS = re.compile(r"\n\s*Keywords\s*\n((?:[^\n]{1,80}\n?){1,30})")
_KIND = re.compile(r"^\s*Research output:.*$", re.MULTILINE)
_ABSTRACT = re.compile(r"^\s*Abstract\s*[:.]?[ \t]*$|^\s*Abstract(?=[A-Z\d][^\n]{80})|^\s*Abstract:", re.MULTILINE)
_DOI = re.compile(r"10\.\d{4,9}/[^\s<>\"]{1,300}?(?=Publication status|State|Status|\s|\Z)")
_GLUE = re.compile(
    r"(?<=[a-z.?!)])(?<!\bMc)(?<!\bMac)(?=[A-Z][a-z])|(?<=[a-z])(?=\d{1,4} Scopus)|(?<=Abstract)(?=[A-Z\d])"
)
_SKIPPED = re.compile(r"(?:skip to|home|overview|fingerprint|help|search|english)\b.{0,60}", re.IGNORECASE)
_LONGEST_TABLE = 4_000
_LEAST = 3  # labels


def recognises(text: str) -> bool:
    """Whether `text` holds such a table and is no page of mark-up."""
    begins = _BEGINS.search(text)
    if begins is None or text.lstrip().startswith(("<", "{")):
        return False
    return (
        len({each.group() for each in _LABEL.finditer(text, begins.start(), begins.start() + _LONGEST_TABLE)}) >= _LEAST
    )


def parse(payload: Payload, text: str, vocabulary: Vocabulary) -> Iterator[Record | Unreadable]:
    """A record for each page; one without title as `Unreadable`."""
    for number, page in enumerate(_pages(text), start=1):
        yield _record(page, f"{payload.key}, page {number}")


def _pages(text: str) -> Iterator[str]:
    """The pages. One begins with the lines that stand together with its kind of output."""
    kinds = [each.start() for each in _KIND.finditer(text)]
    starts = [0, *(max(text.rfind("\n\n", 0, each), 0) for each in kinds[1:])]
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        yield text[start:end]


def _record(page: str, place: str) -> Record | Unreadable:
    begins = _BEGINS.search(page)
    table = _table(page, begins.start()) if begins else {}
    head = page[: begins.start()] if begins else page
    if "\n" not in head.strip():
        head = _GLUE.sub("\n", head)
    abstract = _ABSTRACT.search(head)
    lines = [normalise(each) for each in _before(head, abstract).split("\n")]
    lines = [each for each in lines if each and not _SKIPPED.fullmatch(each)]
    title = fields.title_of(lines[0]) if lines else ""
    if not title or not table:
        reason = "no title before the table" if table else "no table of journal, volume and pages"
        return Unreadable(place, reason, excerpt(page), "Copy the page from its title to its keywords.")
    doi = _DOI.search(table.get("DOIs", ""))
    found = identifier("doi", doi.group()) if doi else None
    keywords = _KEYWORDS.search(page)
    return named(
        Record(
            source="portal_text",
            key=place,
            format="portal_text",
            title=title,
            identifiers=(found,) if found else (),
            contributors=people(lines[1]) if len(lines) > 1 else (),
            container=table.get("Journal") or table.get("Title of host publication"),
            year=_year(table),
            volume=table.get("Volume"),
            issue=table.get("Issue number"),
            pages=fields.pages_of(table.get("Pages (from-to)") or table.get("Article number") or ""),
            abstract=normalise(head[abstract.end() :]) or None if abstract else None,
            language=language_of(table.get("Original language", "").partition("(")[0]),
            subject_headings=tuple(dict.fromkeys(filter(None, map(normalise, keywords[1].split("\n")))))
            if keywords
            else (),
        )
    )


def _before(head: str, abstract: re.Match[str] | None) -> str:
    kind = _KIND.search(head)
    return head[: min(each.start() for each in (kind, abstract) if each)] if kind or abstract else head


def _table(page: str, start: int) -> Mapping[str, str]:
    """The labels' values. A label counts once, where it first stands: "JournalJournal of Touch" has it twice."""
    end = _END.search(page, start)
    text = page[start : min(end.start() if end else len(page), start + _LONGEST_TABLE)]
    firsts: dict[str, re.Match[str]] = {}
    for found in _LABEL.finditer(text):
        firsts.setdefault(found.group(), found)
    ordered = sorted(firsts.values(), key=lambda found: found.start())
    ends = [*(each.start() for each in ordered[1:]), len(text)]
    values = (
        (each.group(), normalise(text[each.end() : to]).strip(": ")) for each, to in zip(ordered, ends, strict=True)
    )
    return {label: value for label, value in values if value}


def _year(table: Mapping[str, str]) -> int | None:
    dated = (table.get(each, "") for each in ("Publication status", "State", "Status", "Early online date"))
    return next((year for each in dated if (year := fields.year_of(each))), None)
