"""The people of a BibTeX field: `von Last, Jr, First`, `First von Last`, `{A Group}`, `family=..., given=...`.

Rules: Patashnik, "BibTeXing" (1988), section 4, and the extended names of biblatex. A particle (`von`, `de la`)
belongs to the family name, as the other formats have it; `and others` is nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.parsers.decoding import normalise
from ingest.parsers.inline_markup import plain
from ingest.parsers.latex import text_of
from kb.record import Contributor

_PIECE = re.compile(r"\\.|[{}]|\s+|[^\\{}\s]+", re.DOTALL)
# No particle of a person's name: what holds one without comma is an institution that forgot its braces.
_OF_GROUPS = frozenset({"of", "for", "and", "&", "\\&", "the", "in", "on"})
_LABELLED = re.compile(r"(family|given|prefix|suffix)\s*=\s*\"?([^,\"]{1,200})")


def contributors(field: str, *, editor: bool = False) -> Iterator[Contributor]:
    """The people in `field`, as it stands in the file without its outer braces."""
    for words in _names(field):
        name = " ".join(words)
        if name.casefold() not in ("others", "et al.", "et al", ","):
            found = _contributor(words, name, editor)
            if found is not None:
                yield found


def _names(field: str) -> Iterator[list[str]]:
    """The names as words; a word within braces stays whole, and so does an `and` inside it."""
    name: list[str] = []
    for word in _words(field):
        if word.casefold() == "and":
            if name:
                yield name
            name = []
        else:
            name.append(word)
    if name:
        yield name


def _words(field: str) -> Iterator[str]:
    word, depth = "", 0
    for found in _PIECE.finditer(field):
        piece = found.group()
        depth = max(0, depth + (piece == "{") - (piece == "}"))
        if piece.isspace() and depth == 0:
            if word:
                yield word
            word = ""
        else:
            word += piece
    if word:
        yield word


def _contributor(words: list[str], name: str, editor: bool) -> Contributor | None:
    role = "editor" if editor else "author"
    if len(words) == 1 and name.startswith("{") and "," not in _outside_braces(name):
        return _group(name, role)
    labelled = dict(_LABELLED.findall(name))
    if "family" in labelled:
        return _made(f"{labelled.get('prefix', '')} {labelled['family']}", labelled.get("given", ""), role)
    parts = _outside_braces(name).split(",")
    if len(parts) > 1:
        cut = [each.strip() for each in _at_commas(name)]
        return _made(cut[0], " ".join((cut[-1], *cut[1:-1])), role)
    if _OF_GROUPS & set(words):
        return _group(name, role)
    particle = next((place for place, word in enumerate(words[:-1]) if place and word[0].islower()), None)
    start = len(words) - 1 if particle is None else particle
    if words[0][0].islower():
        start = 0
    return _made(" ".join(words[start:]), " ".join(words[:start]), role)


def _outside_braces(name: str) -> str:
    depth, kept = 0, ""
    for char in name:
        depth = max(0, depth + (char == "{") - (char == "}"))
        kept += char if depth == 0 else "."
    return kept


def _at_commas(name: str) -> Iterator[str]:
    start = 0
    for place, char in enumerate(_outside_braces(name)):
        if char == ",":
            yield name[start:place]
            start = place + 1
    yield name[start:]


def _group(name: str, role: str) -> Contributor | None:
    words = plain(text_of(name))
    return Contributor(words, None, "editor" if role == "editor" else "collective") if words else None


def _made(family: str, given: str, role: str) -> Contributor | None:
    last, rest = plain(text_of(family)), normalise(text_of(given))
    if not any(each.isalnum() for each in last):
        return None
    return Contributor(last, rest or None, "editor" if role == "editor" else "author")
