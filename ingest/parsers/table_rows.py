"""A row of a table, with its columns known, as a record: what CSV files and workbooks share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import msgspec

from ingest.parsers import apa, fields, our_own, source_lines
from ingest.parsers.apa import Citation
from ingest.parsers.decoding import normalise
from ingest.parsers.imported import named
from ingest.parsers.languages import language_of
from ingest.parsers.name_lists import people
from ingest.parsers.source_lines import SourceLine
from ingest.parsers.table_columns import Columns, Row
from ingest.parsers.unreadable import Unreadable, excerpt
from kb.exporters.csv import unguarded
from kb.record import Identifier, Record, identifier

_FORMULA = re.compile(r'=\s?"(.*)"\s*\Z', re.DOTALL)
_HYPERLINK = re.compile(r'=\s?HYPERLINK\("([^"]{1,2000})"(?:[,;]\s?"([^"]{0,2000})")?\)\s*\Z', re.IGNORECASE)
_NOTHING = frozenset(("", "null", "none", "nan", "n/a", "na", "-", "not available", "[no title available]", "...", "…"))
_DOI_IN_LINK = re.compile(r"\bdoi(?:\.org/|=|:\s?|/)(10\.\d{4,9}(?:/|%2[fF])[^\s&?#]{1,200})", re.IGNORECASE)
_PMID_IN_LINK = re.compile(r"(?:pubmed\.ncbi\.nlm\.nih\.gov/|ncbi\.nlm\.nih\.gov/pubmed/)(\d{1,9})\b")
_DOI = re.compile(r"10\.\d{4,9}/\S{1,300}")
_PMID = re.compile(r"(?:PMID:?\s?)?(\d{1,9})(?:\.0)?")
_TRIAL = re.compile(
    r"\b(?:NCT\d{8}|ISRCTN\d{6,8}|ACTRN\d{14}|DRKS\d{8}|ChiCTR[\w-]{6,16}|IRCT\w{8,24}|CTRI/[\d/]{8,20})"
)
_WHOLE = re.compile(r"(\d{1,9})\.0")
_VOLUME_AND_ISSUE = re.compile(r"(\w{1,8}) ?\(([^()]{1,40})\)")
_MONTH_BEHIND = re.compile(
    r"(?<=\w) (?:January|February|March|April|May|June|July|August|September|October|November|December)\Z"
)
_PLACEHOLDER = re.compile(r"(?:study|article|paper|sample|test|placeholder) title (?:for|of|no\.?|\d|#)", re.IGNORECASE)
_SEVERAL = re.compile(r"\s*[;|\n]\s*|(?<=')\s*,\s*(?=')")
_SIGN = re.compile(r"\s?\([+–-]\)")
_DOSE = re.compile(r"\b\d{1,3} ?(?:x ?/ ?\w{1,6}|min\b)", re.IGNORECASE)
_MOST_HEADINGS = 500


def cell(text: str) -> str:
    """A cell as text: a formula is never worked out; one that only holds a text or a link is unwrapped."""
    if text[:1] == "'":
        return unguarded(text)
    if text[:1] != "=":
        return text
    if found := _FORMULA.match(text):
        return found[1].replace('""', '"')
    link = _HYPERLINK.match(text)
    return (link[2] or link[1]) if link else text


def records(rows: Iterable[tuple[str, Row]], columns: Columns, format: str) -> Iterator[Record | Unreadable]:
    """A record for each row (with its place) that holds anything; rows without title as `Unreadable`.

    Two rows of one reference that say different things keep both: the second's key gets a number.
    """
    given: dict[str, list[str]] = {}
    for place, raw in rows:
        row = [cell(each) for each in raw]
        if not any(_stated(each) for each in row):
            continue
        addresses = " ".join(link[1] for each in raw if each[:1] == "=" and (link := _HYPERLINK.match(each)))
        read = _record(row, columns, format, place, addresses)
        if isinstance(read, Record):
            known = given.setdefault(read.key, [])
            if read.digest not in known:
                known.append(read.digest)
            number = known.index(read.digest) + 1
            read = read if number == 1 else msgspec.structs.replace(read, key=f"{read.key}/{number}")
        yield read


def _record(row: Row, columns: Columns, format: str, place: str, addresses: str) -> Record | Unreadable:
    def value(field: str) -> str:
        return _stated(columns.value(row, field))

    cited = next(apa.find(value("citation")), None) if not value("title") else None
    title = fields.title_of(value("title")) or (cited.title if cited else None) or ""
    reason = "a row without a title" if not title else "its title is a placeholder" if _is_placeholder(title) else None
    if reason:
        remedy = f"Columns were read as: {columns.told()}. Rename them in the table if that is wrong, or add the title."
        return Unreadable(place, reason, excerpt(" | ".join(each for each in row if _stated(each))), remedy)
    line = _of_citation(cited) if cited else _line(value("container"), value("citation"))
    volume, issue = _serial(_number(value("volume")), _number(value("issue")))
    record = named(
        Record(
            source=format,
            key=place,
            format=format,
            title=title,
            identifiers=_identifiers(row, columns, addresses),
            contributors=people(columns.value(row, "authors")) or (cited.contributors if cited else ()),
            container=_container(value("container"), line) or value("abbreviation") or None,
            container_abbreviation=value("abbreviation") or None,
            year=fields.year_of(value("year")) or line.year,
            volume=volume or line.volume,
            issue=issue or line.issue,
            pages=_pages(row, columns) or line.pages,
            abstract=value("abstract") or None,
            language=language_of(value("language")),
            publication_types=(value("types"),) if value("types") else (),
            subject_headings=_headings(columns.value(row, "keywords"), columns.value(row, "headings")),
            commentary=tuple(each for each in (value("summary"), _signed(value("keywords"))) if " " in each),
        )
    )
    return our_own.from_row(record, columns.header, row)


def _stated(text: str) -> str:
    said = normalise(text)
    return "" if said.casefold() in _NOTHING else said


def _number(text: str) -> str | None:
    """A number without the `.0` that statistics programs put behind it."""
    whole = _WHOLE.fullmatch(text)
    return whole[1] if whole else text or None


def _serial(volume: str | None, issue: str | None) -> tuple[str | None, str | None]:
    """Volume and issue, also where both stand in the volume's cell: `46 (Supplement 1)`."""
    issue = _MONTH_BEHIND.sub("", issue) if issue else None
    both = _VOLUME_AND_ISSUE.fullmatch(volume or "")
    return (both[1], issue or both[2]) if both else (volume, issue)


def _is_placeholder(title: str) -> bool:
    """Whether a program, not an author, wrote it: such rows have been met in files called search results."""
    return bool(_PLACEHOLDER.match(title))


def _line(container: str, citation: str) -> SourceLine:
    return source_lines.read(container) or source_lines.read(citation) or SourceLine()


def _of_citation(cited: Citation) -> SourceLine:
    return SourceLine(cited.container, cited.year, cited.volume, cited.issue, cited.pages)


def _container(said: str, line: SourceLine) -> str | None:
    return line.container if not said or source_lines.read(said) else said


def _identifiers(row: Row, columns: Columns, addresses: str) -> tuple[Identifier, ...]:
    links = " ".join([*(row[at] for at in columns.of.get("link", ()) if at < len(row)), addresses])
    doi = _DOI.search(columns.value(row, "doi")) or _DOI.search(columns.value(row, "citation"))
    doi_in_link, pmid_in_link = _DOI_IN_LINK.search(links), _PMID_IN_LINK.search(links)
    pmid = _PMID.fullmatch(columns.value(row, "pmid").strip())
    pmcid = columns.value(row, "pmcid").strip()
    found = [
        identifier("pmid", pmid[1] if pmid else pmid_in_link[1] if pmid_in_link else ""),
        identifier("pmcid", pmcid) if pmcid else None,
        identifier("doi", doi.group() if doi else _unquoted(doi_in_link[1]) if doi_in_link else ""),
    ]
    said = f"{columns.value(row, 'registration')} {columns.value(row, 'abstract')}"
    found += [identifier("registration", each) for each in _TRIAL.findall(said)]
    return tuple(dict.fromkeys(each for each in found if each is not None))


def _unquoted(doi: str) -> str:
    return doi.replace("%2f", "/").replace("%2F", "/")


def _pages(row: Row, columns: Columns) -> str | None:
    """Pages from one column, from first and last, from first and their count, or an article's number."""
    whole = fields.pages_of(_number(_stated(columns.value(row, "pages"))) or "")
    if whole:
        return whole
    first, last, count = (
        _number(_stated(columns.value(row, each))) for each in ("first_page", "last_page", "page_count")
    )
    if first and last and last != first:
        return fields.pages_of(f"{first}-{last}")
    if first and not last and count and first.isdecimal() and count.isdecimal() and 1 < int(count) < 1_000:
        return f"{first}-{int(first) + int(count) - 1}"
    return first or last or _number(_stated(columns.value(row, "article")))


def _headings(*cells: str) -> tuple[str, ...]:
    """Keywords and headings, each once; a list without semicolons is parted by its commas."""
    found: dict[str, None] = {}
    for text in cells:
        said = text.strip().removeprefix("[").removesuffix("]")
        parts = _SEVERAL.split(said)
        parts = parts if len(parts) > 1 else said.split(",")
        plain = (_SIGN.sub("", _stated(each)).strip("'\" ") for each in parts if not _DOSE.search(each))
        found |= dict.fromkeys(each for each in plain if each)
    return tuple(found)[:_MOST_HEADINGS]


def _signed(keywords: str) -> str:
    """Keywords by whose signs and doses (`pain (-), 2x/wk=8`) a list's maker says what was found: their word, kept."""
    return keywords if _SIGN.search(keywords) or _DOSE.search(keywords) else ""
