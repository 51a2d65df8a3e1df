"""Sentences of an abstract: spans without labels, each with its role.

Written for what abstracts hold: "p < .05", "vs.", "et al.", decimals, initials, a missing space after a
full stop, and several ways of labelling sections (`labels`). Where nothing is labelled the role is read
from wording and order (`roles`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from ingest.extractors.labels import Role, parts
from ingest.extractors.roles import assign
from kb.record import Section

__all__ = ["Role", "Sentence", "sentences"]


class Sentence(msgspec.Struct, frozen=True):
    """`abstract[start:end]` is one sentence, without label and outer spaces."""

    start: int
    end: int
    section: Role | None


# A full stop after these ends no sentence, whatever follows.
_NEVER = frozenset("vs e.g i.e eg ie cf viz approx ca dr mr mrs ms prof st versus".split())
# Nor after these before a number: "No. 5", "Fig. 2".
_BEFORE_NUMBER = frozenset("no nos fig figs eq ref refs vol pp p n".split())
# After an initial only a word that usually opens a sentence makes one.
_OPENERS = frozenset(
    "a after all although an at both by compared each for four however in it mean no of on our participants patients "
    "results significant six subjects the there therefore these they this three thus to two we when while with".split()
)
_STOP = re.compile(r"[.!?]+(?:[\"'”’)\]]{0,3})(?=\s|[A-Z(\[]|$)|\n")
_BRACKET = re.compile(r"\([^()\n]{0,300}\)|\[[^\[\]\n]{0,300}\]")
_WORD_BEFORE = re.compile(r"[\w.'’-]{0,40}$")


def sentences(abstract: str, sections: tuple[Section, ...] = ()) -> tuple[Sentence, ...]:
    """The sentences of `abstract` in order, not overlapping; `sections` are the source's own, if it gave any."""
    found: list[Sentence] = []
    for part in parts(abstract, sections):
        spans = tuple(_split(abstract, part.start, part.end))
        roles = assign([abstract[start:end] for start, end in spans], part.roles)
        found += [Sentence(start, end, role) for (start, end), role in zip(spans, roles, strict=True)]
    return tuple(found)


def _split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    bracketed = [each.span() for each in _BRACKET.finditer(text, start, end)]
    at, bracket = start, 0
    for stop in _STOP.finditer(text, start, end):
        while bracket < len(bracketed) and bracketed[bracket][1] <= stop.start():
            bracket += 1
        inside = (
            bracket < len(bracketed) and bracketed[bracket][0] < stop.start() and stop.end() < bracketed[bracket][1]
        )
        if not inside and _ends_sentence(text, stop, end):
            yield from _trimmed(text, at, stop.end())
            at = stop.end()
    yield from _trimmed(text, at, end)


def _ends_sentence(text: str, stop: re.Match[str], end: int) -> bool:
    rest = text[stop.end() : min(end, stop.end() + 40)]
    after = rest.lstrip()
    if not after or stop.group() == "\n" or stop.group()[0] in "!?":
        return True
    found = _WORD_BEFORE.search(text, max(0, stop.start() - 40), stop.start())
    word = found.group().casefold() if found else ""
    if after[0].islower() or after[0] in ",;:)]%=<>.-–" or word in _NEVER:
        return False
    if word in _BEFORE_NUMBER and after[0].isdigit():
        return False
    if not rest[0].isspace():
        # A missing space: "visit.Field", not "U.S.A" or "pH 7.Then".
        return word[-2:].isalpha() and len(word) > 2 and after[1:2].islower()
    if (len(word) == 1 and word.isalpha() and text[stop.start() - 1].isupper()) or re.fullmatch(r"(?:\w\.)+\w", word):
        # An initial or "U.S.": the sentence ends only if a usual opening word follows.
        return re.split(r"\W", after.casefold(), maxsplit=1)[0] in _OPENERS
    return True


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and (text[start].isspace() or text[start] in ":"):
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    if any(each.isalnum() for each in text[start:end]):
        yield start, end
