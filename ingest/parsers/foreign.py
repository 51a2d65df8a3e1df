"""Formats that are met often and not read here, so that an error can name them and point to the way out."""

from __future__ import annotations

import re
from typing import NamedTuple


class Foreign(NamedTuple):
    """A format by its name, with the way out, and what its beginning looks like."""

    name: str
    remedy: str
    beginning: re.Pattern[str]


_MEDLINE = "Export the records as MEDLINE/NBIB or PubMed XML instead."
_COPY = "Copy the citation and abstract from the page as plain text, or export the record as MEDLINE/NBIB."
_BEGINNING = 4_096


def _row(name: str, remedy: str, pattern: str) -> Foreign:
    return Foreign(name, remedy, re.compile(pattern, re.IGNORECASE | re.MULTILINE))


_FOREIGN = (
    _row(
        "an HTML page without any citation",
        _COPY,
        r"\A\s*<!doctype html|<html[\s>]|<(?:body|div|p|table|span|br)(?:\s[^<>]{0,200})?/?>",
    ),
    _row("RTF", "Save it as plain text.", r"\A\s*\{\\rtf"),
    _row("an XML document of a kind unknown here", _MEDLINE, r"\A\s*<[?!a-z]"),
    _row("JSON of a kind unknown here", _MEDLINE, r"\A\s*(?:\{\s*[\"}]|\[\s*[\[{\"])"),
)


def name_of(text: str) -> Foreign | None:
    """The row for `text`, or None where it is nothing known; text that is merely prose is None."""
    return next((each for each in _FOREIGN if each.beginning.search(text[:_BEGINNING])), None)
