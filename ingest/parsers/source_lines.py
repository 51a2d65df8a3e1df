"""Where an article stands, when it is told in one line: `Eur J Touch. 2020 Feb;63(2):10-14. doi: ...` and its kin.

Four manners: PubMed's, Embase's (`Journal of Touch (2014) 3:3 (152-160). Date of Publication: 2014`) Ovid's
(`Journal of Touch. 12(3):45-50, 2019 Jan.`), and that of hand-made lists (`Journal of Touch, 12(3), 45-50`).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from ingest.parsers import fields
from ingest.parsers.decoding import normalise


class SourceLine(NamedTuple):
    """What such a line says; None where it says nothing."""

    container: str | None = None
    year: int | None = None
    volume: str | None = None
    issue: str | None = None
    pages: str | None = None


_PAGES = r"(?P<pages>[A-Za-z]{0,4}\d{1,12}[A-Za-z]?(?:\s?[-–]\s?[A-Za-z]{0,4}\d{1,7})?)"
_MANNERS = (
    re.compile(
        r"(?P<container>[^.]{2,200})\. (?P<year>(?:1[89]|20)\d\d)[^;:.]{0,24};(?P<volume>[^():;.]{1,30}?)"
        rf"(?:\((?P<issue>[^()]{{1,30}})\))?(?::{_PAGES})?\."
    ),
    re.compile(
        r"(?P<container>[^(]{2,250}(?:\([^\d()][^()]{0,60}\) ?)?)\s\((?P<year>(?:1[89]|20)\d\d)\)"
        r"(?: (?P<volume>[\w-]{1,12})(?::(?P<issue>[^()\s]{1,20}(?: [A-Z]?\d{1,4})?))?)?"
        rf"(?: \({_PAGES}\)(?=\W|\Z))?"
    ),
    re.compile(
        r"(?P<container>[^.]{2,250})\. (?P<volume>[\w-]{1,12})(?: ?\((?P<issue>[^()]{1,30})\))?(?: ?: ?"
        rf"{_PAGES})?, (?P<year>(?:1[89]|20)\d\d)\b"
    ),
    re.compile(
        r"(?P<container>[^,;]{2,200}),? (?:vol\. ?)?(?P<volume>\d{1,4})(?: ?\((?P<issue>[^()]{1,30})\))?"
        rf"(?:, (?:pp?\. ?)?| ?: ?){_PAGES}(?P<year>)\.?\Z"
    ),
)


def read(line: str) -> SourceLine | None:
    """What `line` says, or None where it is in none of the four manners."""
    found = next((match for manner in _MANNERS if (match := manner.match(line))), None)
    if found is None:
        return None
    container, volume, issue = (normalise(found[each] or "") or None for each in ("container", "volume", "issue"))
    year = int(found["year"]) if found["year"] else None
    return SourceLine(container, year, volume, issue, fields.pages_of(found["pages"] or ""))
