"""Where Ovid says that a publication appeared: one line (`SO`) in the manner of whichever database it comes from.

`Journal of Pain. 12(3):345-52, 2011 Mar.` (MEDLINE), `Pain. Vol.43(5), Sep 2015, pp. 623-634.` (PsycINFO),
`Pain. 15 (3) (pp 220-225), 2011.` (Embase), `Pain April 2010;14(1):56-60` (Journals@Ovid),
`Pain. 2007 15 June; 433-441.` (Zoological Record), `Editor, A. [Ed]. (2012). Book. (pp. 11-31). ...` (chapters).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from ingest.parsers import fields

_LONGEST = 600
_MONTH = (
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Spring|Summer|Autumn|Fall|Winter)[a-z]{0,6}"
    r"(?:[/-][A-Z][a-z]{2,8})?"
)
_J = r"(?P<journal>.{1,300}?)"
_V = r"(?P<volume>[A-Za-z]{0,4}\d[\w/-]{0,9}(?<!pp))"
_I = r"(?:\s?\((?P<issue>[^,;:]{1,30}?)\))?"
_P = r"(?P<pages>[A-Za-z]{0,2}\d[\w-]{0,20})"
_SHAPES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_J}[.,]?\s+Vol\.?\s?{_V}{_I},.{{0,60}}?(?:\bpp?\.?\s?(?:{_P})?.*)?",
        rf"{_J}\.\s+{_V}{_I}\s?(?::|\(pp?\.?\s?)\s?{_P}\)?.*",
        rf"{_J}\.\s+{_V}\s?\((?P<issue>[^,;:]{{1,30}}?)\),.*",
        rf"{_J}\.?(?:\s+{_MONTH})?(?:\s+\d{{1,2}})?,?\s+\d{{4}}(?:\s+{_MONTH}(?:\s\d{{1,2}})?)?;\s?{_V}{_I}(?::\s?{_P}.*|\W*)",
        rf"{_J}\.\s+\d{{4}}[^;]{{0,30}};\s?(?:{_P})?.*",
        rf".{{0,300}}?\[Eds?\.?\]\.?\s*\(\d{{4}}\)\.\s*{_J}\.?\s*\(pp?\.?\s*{_P}\).*",
        rf"{_J}\.(?:\s.*)?",
    )
)
_VIEWED = re.compile(r"\[(?:viewed|accessed)[^\]]{0,60}\]", re.IGNORECASE)


class Source(NamedTuple):
    """What the line says; None what it does not."""

    journal: str | None = None
    volume: str | None = None
    issue: str | None = None
    pages: str | None = None
    year: int | None = None


def source_of(text: str | None) -> Source:
    """The parts of `text`; where its shape is not known, what stands before the first full stop is the journal."""
    line = _VIEWED.sub("", text or "")[:_LONGEST].strip()
    found = next((match for shape in _SHAPES if (match := shape.fullmatch(line))), None)
    if found is None:
        return Source(journal=line or None, year=fields.year_of(line))
    said = {name: text.strip() or None for name, text in found.groupdict().items() if text}
    return Source(
        journal=(said.get("journal") or "").strip(" .,") or None,
        volume=said.get("volume"),
        issue=said.get("issue"),
        pages=said.get("pages"),
        year=fields.year_of(line),
    )
