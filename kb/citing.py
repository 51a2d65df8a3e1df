"""A publication as it is cited: APA 7, AMA 11, Vancouver. Pure, and our own: what is not stated is left out.

Rules and where they stand. *APA*: Publication Manual, 7th ed. (2020). *AMA*: Manual of Style, 11th ed. (2020),
chapter 3. *Vancouver*: Patrias and Wendling, Citing Medicine, 2nd ed., chapter 1 (ncbi.nlm.nih.gov/books/NBK7282),
and the sample references of ICMJE made by it (nlm.nih.gov/bsd/uniform_requirements.html). Titles keep the capitals
that they were stored with: a program cannot tell a name from a word. Whatever is no journal article is cited by what
it has in common with one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

import msgspec

from kb.languages import foreign
from kb.names import author_list_apa, short_names
from kb.record import Notice, Record, is_retracted

# From a page to a page, and nothing else between two commas: `S0161-4754(20)30127-5` is a publisher's number.
_RANGE = re.compile(r"(?<![^\s,;])([A-Za-z]*)(\d+)([A-Za-z]*)\s*[-–]+\s*([A-Za-z]*)(\d+)([A-Za-z]*)(?![^\s,;])")
_LOCATOR = re.compile(r"(?:[eE]|CD)[\w.-]*\d[\w.-]*|\d{6,}")
_PLACE = re.compile(r"\b((?:19|20)\d\d)\b[^;]{0,20};\s*\w")
_WITHDRAWN = ("retracted", "retracted_and_replaced", "withdrawn")


class Piece(msgspec.Struct, frozen=True):
    """A stretch of a citation, in italics or not."""

    text: str
    italic: bool = False


class Citation(msgspec.Struct, frozen=True):
    """A publication in one style."""

    style: str
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """The citation without italics."""
        return "".join(each.text for each in self.pieces)


def citations(record: Record) -> tuple[Citation, ...]:
    """The record in every style."""
    return tuple(Citation(style, _joined(write(record))) for style, write in STYLES.items())


def _apa(record: Record) -> Iterator[Piece]:
    title = _ended(record.title)  # in sentence case where it is stored so (9.19)
    date = f"({record.year or 'n.d.'})."  # 9.13; without a date: 9.17
    names = author_list_apa(record.contributors)  # 9.8; without an author the title stands first (9.12)
    journal = record.container or record.container_abbreviation
    yield Piece(f"{names} {date} " if names else "")
    yield Piece(title, italic=not journal)  # what stands alone is in italics (9.19)
    yield Piece("" if names else f" {date}")
    if journal:  # 9.25: the full name and the volume in italics, the issue not
        yield Piece(" ")
        yield Piece(_on_one_line(journal), italic=True)
        yield from _apa_place(record)
        yield Piece(".")
    if doi := record.value_of("doi"):  # 9.34-9.36: an address, and no full stop behind it
        yield Piece(f" https://doi.org/{doi}")
    if gone := _withdrawal(record.notices):  # chapter 10, example 11; the year, for the rest is the journal's own form
        year = f"Retraction published {_year(gone)}" if _year(gone) else "Retracted"
        yield Piece(f" ({'Withdrawn' if gone.kind == 'withdrawn' else year})")


def _apa_place(record: Record) -> Iterator[Piece]:
    issue = f"({_RANGE.sub(_dashed, _on_one_line(record.issue))})" if record.issue else ""
    if record.volume:
        yield Piece(", ")
        yield Piece(_on_one_line(record.volume), italic=True)
        yield Piece(issue)
    elif issue:
        yield Piece(f", {issue}")
    if pages := _main(record.pages):  # 9.25: whole numbers, an en dash; 9.27: "Article" before an article number
        article = _LOCATOR.fullmatch(pages) and not _RANGE.fullmatch(pages)
        yield Piece(f", Article {pages}" if article else f", {_RANGE.sub(_dashed, whole_pages(pages))}")


def _ama(record: Record) -> Iterator[Piece]:
    names = short_names(record.contributors, most=6, kept=3)  # 3.7: all up to six; of more, three and "et al"
    language = foreign(record.language)  # 3.9: a title in translation, with its language
    title = _unbracketed(record.title) if language else record.title
    journal = _abbreviated(record)  # 3.11.1: NLM's abbreviation, in italics
    yield Piece(f"{_ended(names)} " if names else "")
    yield Piece(_ended(title), italic=not journal)
    yield Piece(f" Article in {language}." if language else "")
    if journal:
        yield Piece(" ")
        yield Piece(journal, italic=True)
        yield Piece(".")
    if place := _place(record, whole_pages(_main(record.pages))):  # 3.11.1: year;volume(issue):pages, no digit left out
        yield Piece(f" {place}.")
    if doi := record.value_of("doi"):  # 3.11.1: "doi:" without a space, and no full stop behind it
        yield Piece(f" doi:{doi}")
    yield from _notice(record, "Retracted in")  # 3.11


def _vancouver(record: Record) -> Iterator[Piece]:
    names = short_names(record.contributors, most=6, kept=6)  # ICMJE's sample references: of more than six, six
    yield Piece(f"{_ended(names)} " if names else "")
    yield Piece(_ended(record.title))  # a translation in square brackets, as PubMed has it
    if journal := _abbreviated(record):  # the abbreviation, without full stops inside
        yield Piece(f" {journal}.")
    dated = record if record.year else None
    place = _place(record, _short(record.pages or ""))  # digits that repeat are left out: 126-7
    yield Piece(f" {place if dated else '[date unknown]' + (';' if place else '') + place}.")
    yield Piece(f" {language}." if (language := foreign(record.language)) else "")
    doi = record.value_of("doi")
    known = (("PubMed PMID", record.value_of("pmid")), ("PubMed Central PMCID", record.value_of("pmcid")))
    numbers = "; ".join(f"{name}: {value}" for name, value in known if value)
    yield Piece(f" doi: {doi}" if doi else "")
    yield Piece(". " if doi and numbers else " " if numbers else "")
    yield Piece(f"{numbers}." if numbers else "")
    yield Piece("." if doi and not numbers and _withdrawal(record.notices) else "")
    yield from _notice(record, "Retraction in")


STYLES: Mapping[str, Callable[[Record], Iterator[Piece]]] = {
    "APA 7": _apa,
    "AMA 11": _ama,
    "Vancouver": _vancouver,
}


def _place(record: Record, pages: str) -> str:
    """`2011;3(2):1-9`, of what is stated."""
    issue = f"({_on_one_line(record.issue)})" if record.issue else ""
    number = f"{_on_one_line(record.volume or '')}{issue}"
    year = str(record.year or "")
    return ";".join(filter(None, (year, number))) + (f":{pages}" if pages else "")


def _notice(record: Record, phrase: str) -> Iterator[Piece]:
    """That it was retracted, and where that is said if the notice is itself a reference to a journal."""
    if gone := _withdrawal(record.notices):
        said = "Withdrawn" if gone.kind == "withdrawn" else "Retracted"
        text = _on_one_line(gone.text)
        where = f"{phrase}: {_ended(text)}" if _PLACE.search(text) else f"{said} {_year(gone) or ''}".strip() + "."
        yield Piece(f" {where}" if where else "")


def _withdrawal(notices: Iterable[Notice]) -> Notice | None:
    """The notice of a retraction that stands."""
    told = tuple(notices)
    return next((each for each in told if each.kind in _WITHDRAWN), None) if is_retracted(told) else None


def _year(notice: Notice) -> str | None:
    if notice.dated:
        return str(notice.dated.year)
    return found[1] if (found := _PLACE.search(notice.text)) else None


def _abbreviated(record: Record) -> str:
    name = record.container_abbreviation or record.container or ""
    return re.sub(r"\.(?=[\s)]|$)", "", _on_one_line(name))


def _main(pages: str | None) -> str:
    """The pages of the article itself, without those of its discussion."""
    return re.split(r";\s*discussion\b", _on_one_line(pages or ""), flags=re.IGNORECASE)[0]


def whole_pages(pages: str) -> str:
    """Every number with all its digits: `1813-9` is `1813-1819`, `S3-23` is `S3-S23`."""

    def whole(found: re.Match[str]) -> str:
        before, first, behind, before_last, last, behind_last = found.groups()
        last = first[: len(first) - len(last)] + last if len(last) < len(first) else last
        return f"{before}{first}{behind}-{before_last or before}{last}{behind_last or behind}"

    return _RANGE.sub(whole, pages)


def _dashed(found: re.Match[str]) -> str:
    return re.sub(r"\s*[-–]+\s*", "–", found[0])


def _short(pages: str) -> str:
    """Digits that a range repeats left out: `1813-1819` is `1813-9`; not where a letter stands behind them."""

    def short(found: re.Match[str]) -> str:
        before, first, behind, before_last, last, behind_last = found.groups()
        if behind or behind_last or before_last not in ("", before) or len(first) != len(last):
            return found[0].replace("–", "-")
        same = next((i for i, (a, b) in enumerate(zip(first, last, strict=True)) if a != b), len(last) - 1)
        return f"{before}{first}-{last[same:]}"

    return _RANGE.sub(short, _on_one_line(pages))


def _unbracketed(title: str) -> str:
    inner = re.fullmatch(r"\[([^\[\]]+)\]\.?", title.strip())
    return inner[1] if inner else title


def _ended(text: str) -> str:
    """`text` with a full stop, unless it has a mark of its own; inside a quotation mark, as American styles have it."""
    said = _on_one_line(text)
    if said.endswith(('"', "”")) and said[-2:-1] not in (".", "?", "!"):
        return f"{said[:-1]}.{said[-1]}"
    if said.endswith(('"', "”")):
        return said
    return said if said.endswith((".", "?", "!")) else f"{said}."


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


def _joined(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    return tuple(each for each in pieces if each.text)
