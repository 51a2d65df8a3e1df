"""Text out of other programs' fields: without the mark-up of pages that hangs in it, in the form in which it is stored.

Publishers' exports carry `<i>`, `<sub>`, `<jats:p>` and `&amp;` in titles and abstracts; reference managers keep them.
Only known tags go: `p<0.05` and `<18 years` are text.
"""

from __future__ import annotations

import html
import re

from ingest.parsers.decoding import normalise

_NAMES = (
    r"(?:jats|mml):[a-z][a-z-]{0,30}"
    r"|i|b|u|em|strong|sub|sup|span|small|sc|scp|inf|italic|bold|underline|title|sec|p|br|div|h[1-6]|ul|ol|li"
)
# `<p and q>` is text: what follows a name is an attribute, or nothing.
_TAG = re.compile(rf"</?({_NAMES})(?:\s{{1,4}}[\w:-]{{1,40}}\s?=[^<>]{{0,200}})?\s?/?>", re.IGNORECASE)
_BREAKING = re.compile(r"(?:jats:)?(?:title|sec|p|br|div|h[1-6]|ul|ol|li|list|list-item)", re.IGNORECASE)
_NOTHING_SAID = frozenset({"", "n/a", "na", "none", "null", "-", ".", "no abstract", "no abstract available"})


def plain(raw: str) -> str:
    """`raw` without inline mark-up and entities, normalised."""
    text = raw
    if "&" in text and ";" in text:
        text = html.unescape(text)
    if "<" in text:
        text = _TAG.sub(lambda found: " " if _BREAKING.fullmatch(found[1]) else "", text)
    return normalise(text)


def abstract_of(parts: list[str]) -> str | None:
    """The abstract, or None where a program only says that there is none."""
    text = " ".join(each for each in map(plain, parts) if each)
    return None if text.casefold().strip("[]. ") in _NOTHING_SAID else text
