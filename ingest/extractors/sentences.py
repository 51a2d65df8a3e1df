"""Sentences of an abstract: spans without labels, each with its role.

Written for what abstracts hold: "p < .05", "vs.", "et al.", decimals, initials, a missing space after a
full stop, and several ways of labelling sections (`labels`). What the labels leave open is read from
wording and order (`roles`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from ingest.extractors.labels import Role, parts
from ingest.extractors.roles import assign
from kb.record import Section

__all__ = ["Role", "Sentence", "sentences", "split"]


class Sentence(msgspec.Struct, frozen=True):
    """`abstract[start:end]` is one sentence, without label and outer spaces."""

    start: int
    end: int
    section: Role | None


# A full stop after these ends no sentence, whatever follows; in capitals (MS, DR) they are something else.
_NEVER = frozenset("vs v e.g i.e eg ie cf viz approx ca dr mr mrs prof st versus resp incl".split())
# Nor after these before a number: "No. 5", "Fig. 2", "Rs. 40".
_BEFORE_NUMBER = frozenset("no nos fig figs eq ref refs vol pp p n rs ver".split())
# A capital letter after these names a group or a kind; it is no initial.
_LETTERED = re.compile(
    r"\b(?:groups?|arms?|vitamins?|hepatitis|types?|class|stages?|phase|study|grade|protocol|unit|level"
    r"|(?-i:[A-Z]) (?:and|or|than)|and (?:group|arm)) $",
    re.IGNORECASE,
)
# Small letters that open a sentence: "tDCS", "rESWT", "β-Endorphin".
_SMALL_OPENER = re.compile(r"[a-z]{1,2}[A-Z]|[α-ω]-?[A-Z]")
_INITIALS = re.compile(r"(?:[^\W\d]\.)+[^\W\d]")
# After an initial only a word that usually opens a sentence makes one.
_OPENERS = frozenset(
    "a after all although an at both by compared each for four however in it mean no of on our participants patients "
    "results significant six subjects the there therefore these they this three thus to two we when while with".split()
)
# What closes many abstracts and belongs to no section: a short line with the trial's number, or the publisher's.
_REGISTERS = r"NCT ?|ISRCTN ?|ACTRN ?|DRKS ?|NTR ?|TC|ChiCTR[-A-Z]{0,9}|IRCT ?|UMIN ?|CTRI/|PROSPERO:? ?(?:CRD)?|CRD"
_IMPRINT = re.compile(
    r"(?:©|\(c\)|copyright|all rights reserved|published (?:by|online))|(?:[^\s]{1,40}\s{1,3}){0,8}[^\s]{0,20}"
    rf"\b(?-i:{_REGISTERS})\d{{3,20}}[^\s]{{0,20}}(?:\s{{1,3}}[^\s]{{1,40}}){{0,8}}$",
    re.IGNORECASE,
)
_STOP = re.compile(r"[.!?]+(?:[\"'”’)\]]{0,3})(?=\s|[A-Z(\[]|$)|\n")
_BRACKET = re.compile(r"\([^()\n]{0,300}\)|\[[^\[\]\n]{0,300}\]")
_WORD_BEFORE = re.compile(r"[\w.'’-]{0,40}$")


def sentences(abstract: str, sections: tuple[Section, ...] = ()) -> tuple[Sentence, ...]:
    """The sentences of `abstract` in order, not overlapping; `sections` are the source's own, if it gave any."""
    spans: list[tuple[int, int]] = []
    allowed: list[tuple[Role, ...]] = []
    for part in parts(abstract, sections):
        before = len(spans)
        spans += split(abstract, part.start, part.end)
        allowed += [part.roles if i else part.first for i in range(len(spans) - before)]
    for i in range(len(spans) - 1, -1, -1):
        if not _IMPRINT.match(abstract[spans[i][0] : spans[i][1]]):
            break
        allowed[i] = ()
    roles = assign([abstract[start:end] for start, end in spans], allowed)
    return tuple(Sentence(start, end, role) for (start, end), role in zip(spans, roles, strict=True))


def split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The spans of the sentences of `text[start:end]`, without outer spaces."""
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
    if not after or stop.group() == "\n":
        return True
    small = after[0].islower() and not _SMALL_OPENER.match(after)
    if stop.group()[0] in "!?":
        return not small
    found = _WORD_BEFORE.search(text, max(0, stop.start() - 40), stop.start())
    written = found.group() if found else ""
    word = written.casefold()
    if small or after[0] in ",;:)]%=<>.-–":
        return False
    if (word in _NEVER or written == "Ms") and (written == "VS" or not (len(written) > 1 and written.isupper())):
        return False
    if word in _BEFORE_NUMBER and after[0].isdigit():
        return False
    if not rest[0].isspace():
        return _lacks_space(written, after, text[stop.end() - 2])
    if (len(word) == 1 and word.isalpha() and text[stop.start() - 1].isupper()) or _INITIALS.fullmatch(word):
        # An initial or "U.S.": the sentence ends only if a usual opening word follows, or it was a group's letter.
        opens = re.split(r"\W", after.casefold(), maxsplit=1)[0] in _OPENERS
        return opens or _LETTERED.search(text, max(0, stop.start() - 24), stop.start() - 1) is not None
    return True


def _lacks_space(written: str, after: str, before: str) -> bool:
    """Whether a sentence ends without a space: "visit.Field", "(p < .05).VAS", not "U.S.A" or "www.Loom"."""
    if before in ")]%":
        return after[:2].istitle() or after[:2].isupper()
    if after[0].isupper() and (after[1:2].islower() or after[1:2] == " "):
        return before.isdigit() or (written[-2:].isalpha() and len(written) > 2 and written != "www")
    return len(written) > 3 and written.isalpha() and written.islower() and after[:2].isupper()


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and (text[start].isspace() or text[start] in ":"):
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    if any(each.isalnum() for each in text[start:end]):
        yield start, end
