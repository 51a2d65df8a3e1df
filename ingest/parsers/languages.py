"""Languages by the code that catalogues of literature use (MARC's, three letters), from their English names."""

from __future__ import annotations

import re

from ingest.parsers.decoding import normalise
from kb.languages import NAMES

_CODES = {name.casefold(): code for code, name in NAMES.items()}
# ISO 639-1, as metadata and reference managers write it, also with a country (en-GB).
_TWO_LETTERS = dict(
    each.split()
    for each in "de ger,en eng,es spa,fr fre,it ita,ja jpn,ko kor,nl dut,pl pol,pt por,ru rus,zh chi".split(",")
)
_TAG = re.compile(r"([a-zA-Z]{2})(?:[-_]\w{2,4})?")


def language_of(text: str) -> str | None:
    """The code of the first language in `text`; what is no known name or tag is kept as written."""
    first = normalise(text).partition(";")[0].partition(",")[0].strip()
    tag = _TAG.fullmatch(first)
    known = _TWO_LETTERS.get(tag[1].lower()) if tag else _CODES.get(first.casefold())
    return known or first or None


def is_language(text: str) -> bool:
    """Whether `text` is the English name of a language."""
    return text.casefold() in _CODES
