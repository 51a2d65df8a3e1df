"""What the styles share: stretches of text, the journal's place, full stops, and that a publication was retracted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import msgspec

from kb.record import Notice, Record, is_retracted

_PLACE = re.compile(r"\b((?:19|20)\d\d)\b[^;]{0,20};\s*\w")
_WITHDRAWN = ("retracted", "retracted_and_replaced", "withdrawn")
# A quotation at the end; an apostrophe alone (`the weavers'`) is none.
_QUOTED = re.compile(r"[\"”]$|(?:^|[\s(])['‘][^'‘’]*['’]$")
_MARKS = (".", "?", "!")


class Piece(msgspec.Struct, frozen=True):
    """A stretch of a citation, in italics or not."""

    text: str
    italic: bool = False


def ended(text: str) -> str:
    """`text` with a full stop, unless it has a mark of its own; inside a quotation mark, as American styles have it."""
    said = on_one_line(text)
    if not _QUOTED.search(said):
        return said if said.endswith(_MARKS) else f"{said}."
    return said if said[-2:-1] in _MARKS else f"{said[:-1]}.{said[-1]}"


def on_one_line(text: str) -> str:
    """`text` with single spaces."""
    return " ".join(text.split())


def abbreviated(record: Record) -> str:
    """The journal's abbreviation without full stops, or its name where there is none."""
    name = on_one_line(record.container_abbreviation or record.container or "")
    return re.sub(r"\.(?=[\s)]|$)|(?<=\b[A-Z])\.(?=[A-Z]\b)", "", name)


def titled(title: str, *, italic: bool) -> Iterator[Piece]:
    """The title with its full stop, which is not in italics."""
    said = ended(title)
    added = italic and said.endswith(".") and not on_one_line(title).endswith(".")
    yield Piece(said[:-1] if added else said, italic)
    yield Piece("." if added else "")


def place(record: Record, pages: str, undated: str = "") -> str:
    """`2011;3(2):1-9`, of what is stated; `2011:1-9` where there is neither volume nor issue."""
    issue = f"({on_one_line(record.issue)})" if record.issue else ""
    number = f"{on_one_line(record.volume or '')}{issue}"
    year = str(record.year or undated)
    return ":".join(filter(None, (";".join(filter(None, (year, number))), pages)))


def withdrawal(notices: Iterable[Notice]) -> Notice | None:
    """The notice of a retraction that stands."""
    told = tuple(notices)
    return next((each for each in told if each.kind in _WITHDRAWN), None) if is_retracted(told) else None


def year_of(notice: Notice) -> str | None:
    """The year of a notice: its day's, or that of the reference in its text."""
    if notice.dated:
        return str(notice.dated.year)
    return found[1] if (found := _PLACE.search(notice.text)) else None


def withdrawn(record: Record, phrase: str) -> Iterator[Piece]:
    """That it was retracted, and where that is said if the notice is itself a reference to a journal."""
    if gone := withdrawal(record.notices):
        said = "Withdrawn" if gone.kind == "withdrawn" else "Retracted"
        text = on_one_line(gone.text)
        where = f"{phrase}: {ended(text)}" if _PLACE.search(text) else f"{said} {year_of(gone) or ''}".strip() + "."
        yield Piece(f" {where}" if where else "")
