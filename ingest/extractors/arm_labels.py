"""What the groups are called whose sizes are known: "26 eribulin and 31 TPC", "massage (n = 12)", "38 in the T-arm".

A size without a name belongs to nobody, so each is given the words that name its group: before its bracket,
behind it, or in a list that "respectively" refers to.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ingest.extractors.arm_label_cues import (
    ACRONYM,
    BRACKETED,
    CASES,
    CLOSES,
    CONTROLS,
    EMPTY,
    ENDS,
    FEW_WORDS,
    FRACTION,
    GIVEN,
    GROUP_BEFORE,
    GROUP_BEHIND,
    GROUP_LAST,
    IN_BRACKET_BEHIND,
    IN_GROUP_FIRST,
    LETTERED,
    LISTED,
    LONGEST,
    N_IS,
    NO_NAME,
    NOTHING_BETWEEN,
    ONE_OR_OTHER,
    OPENED,
    OPENS,
    PLUS,
    RECEIVING,
    SCHEDULE,
    SEPARATOR,
    UP_TO_NAME,
)
from ingest.extractors.arm_names import Name, named
from ingest.extractors.numbers import Number
from ingest.extractors.reading import Reading


def labels(reading: Reading, found: Sequence[Number]) -> tuple[Name | None, ...]:
    """The name of each of the sizes `found` where the text beside it gives one; no two have the same."""
    text = reading.abstract
    if met := cases_and_controls(reading, found):
        return met
    if side_by_side(reading, found):
        return _respectively(reading, found)
    names: list[Name | None] = []
    for i, number in enumerate(found):
        sentence = reading.sentence_at(number.start)
        if sentence is None:
            return (None,) * len(found)
        start = max(sentence.start, found[i - 1].end) if i else sentence.start
        end = min(sentence.end, found[i + 1].start) if i + 1 < len(found) else sentence.end
        following = found[i + 1].start if i + 1 < len(found) else number.end
        shared = i + 1 < len(found) and not re.search(r"[)\]]", text[number.end : following])
        names.append(_label(text, number, start, end, shared))
    if sum(each is None for each in names) == 1:  # what stands right before its bracket will do beside named ones
        names = [each or _right_before(text, number) for number, each in zip(found, names, strict=True)]
    written = [text[each.start : each.end].casefold() for each in names if each]
    if len(set(written)) < len(written):
        names = [_alias(text, number) or name for number, name in zip(found, names, strict=True)]
        written = [text[each.start : each.end].casefold() for each in names if each]
    return tuple(names) if len(set(written)) == len(written) else (None,) * len(found)


def cases_and_controls(reading: Reading, found: Sequence[Number]) -> tuple[Name, ...]:
    """The names of the two groups of a case-control study, if `found` counts these."""
    if len(found) != 2:
        return ()
    cases, controls = (each.match(reading.abstract, n.end) for each, n in zip((CASES, CONTROLS), found, strict=True))
    return (Name(*cases.span("name")), Name(*controls.span("name"))) if cases and controls else ()


def side_by_side(reading: Reading, found: Sequence[Number]) -> bool:
    """Whether the sizes stand together without names between them: "207 and 201 women", "12 vs 14 patients"."""
    return all(NOTHING_BETWEEN.fullmatch(reading.abstract, a.end, b.start) for a, b in pairwise(found))


def _label(text: str, number: Number, start: int, end: int, shared: bool) -> Name | None:
    """The name of the group of `number`; `shared` where its bracket holds the next size too."""
    n_is = N_IS.search(text, start, number.start)
    lead = n_is.start() if n_is else number.start
    opened = OPENED.search(text, start, lead)
    closes = CLOSES.match(text, number.end, end)
    if FRACTION.search(text, start, number.start) and (name := _of_fraction(text, number, start, end)):
        return name
    if opened and closes:
        one = ONE_OR_OTHER.search(text, start, opened.start()) and GIVEN.match(text, number.end, end)
        if one and (name := _checked(text, named(text, *one.span("name")))):
            return name
        inside = (opened.start() + 1, lead)
        return (None if shared else _before(text, start, opened.start())) or _before(text, *inside)
    sign = max(text.rfind(each, start, number.start) for each in "([;,")
    begin = sign + 1 if sign >= 0 else start
    if n_is and (closes or text[begin:lead].strip(" :")) and (name := _before(text, min(begin, lead), lead)):
        return name
    for pattern in (GROUP_BEFORE, IN_GROUP_FIRST):
        if group := pattern.search(text, start, lead):
            return Name(*group.span("name"))
    return _behind(text, number, end) or _somewhere(text, number, end)


def _of_fraction(text: str, number: Number, start: int, end: int) -> Name | None:
    """The group of which a part is told: "in the massage group (20 of 38)", "(20/38) of those in the massage group"."""
    first = IN_GROUP_FIRST.search(text, start, number.start) or GROUP_LAST.search(text, start, number.start)
    behind = first or GROUP_BEHIND.match(text, number.end, end) or RECEIVING.match(text, number.end, end)
    return _checked(text, named(text, *behind.span("name"))) if behind else None


def _right_before(text: str, number: Number) -> Name | None:
    opened = OPENED.search(text, max(0, number.start - 60), number.start)
    words = FEW_WORDS.search(text, max(0, opened.start() - 60), opened.start()) if opened else None
    return _checked(text, named(text, *words.span("name"))) if words else None


def _alias(text: str, number: Number) -> Name | None:
    """What stands in the bracket of a size beside it: "(group A, n = 12)", "(HIGH; n = 12)"."""
    n_is = N_IS.search(text, max(0, number.start - 40), number.start)
    opened = OPENED.search(text, max(0, number.start - 60), n_is.start()) if n_is else None
    return _before(text, opened.start() + 1, n_is.start()) if n_is and opened else None


def _before(text: str, start: int, end: int) -> Name | None:
    """The name that ends at `end`: back to what opens it, with "and" inside it if there is no other opener."""
    while (bracket := _last(BRACKETED, text, start, end)) and not text[bracket.end() : end].strip(" ,;:"):
        end = bracket.start()
    if acronym := ACRONYM.fullmatch(text, start, end):
        return Name(*acronym.span("name"))
    lettered = _last(LETTERED, text, start, end)
    if lettered and not text[lettered.end() : end].strip(" ,;:"):
        return Name(*lettered.span())
    for opener in (PLUS, OPENS):
        last = _last(opener, text, start, end)
        name = _checked(text, named(text, last.end() if last else start, end))
        if name is not None and name.end - name.start <= LONGEST:
            return name
    last = _last(PLUS, text, start, end)
    bare = _as_it_stands(text, last.end(), end) if last else None
    return bare or (Name(*lettered.span()) if lettered else None)


def _as_it_stands(text: str, start: int, end: int) -> Name | None:
    """A name that is nothing but a schedule: "weekly", "every 12 weeks"."""
    schedule = SCHEDULE.match(text, start, end)
    return Name(*schedule.span("name")) if schedule else None


def _behind(text: str, number: Number, end: int) -> Name | None:
    lead = UP_TO_NAME.match(text, number.end, end)
    start = lead.end() if lead else number.end
    if lettered := LETTERED.match(text, start + 1, end):
        return Name(*lettered.span())
    stop = ENDS.search(text, start + 1, end)
    stop_at = stop.start() if stop else end
    return _checked(text, named(text, start, stop_at)) or _as_it_stands(text, start, stop_at)


def _somewhere(text: str, number: Number, end: int) -> Name | None:
    group = IN_BRACKET_BEHIND.match(text, number.end, end) or GROUP_BEHIND.match(text, number.end, end)
    return Name(*group.span("name")) if group else None


def _respectively(reading: Reading, found: Sequence[Number]) -> tuple[Name | None, ...]:
    """The names of a list behind sizes that stand together: "207 and 201 patients received X and Y, respectively"."""
    text, sentence = reading.abstract, reading.sentence_at(found[-1].start)
    listed = LISTED.match(text, found[-1].end, sentence.end) if sentence else None
    if listed is None:
        return (None,) * len(found)
    at, pieces = listed.start("list"), []
    for separator in SEPARATOR.finditer(text, *listed.span("list")):
        pieces.append((at, separator.start()))
        at = separator.end()
    pieces.append((at, listed.end("list")))
    names = [_checked(text, _lettered(text, *each) or named(text, *each)) for each in pieces]
    return tuple(names) if len(names) == len(found) else (None,) * len(found)


def _lettered(text: str, start: int, end: int) -> Name | None:
    found = LETTERED.fullmatch(text, start, end)
    return Name(*found.span()) if found else None


def _checked(text: str, name: Name | None) -> Name | None:
    """`name`, unless it holds nothing but people, numbers and the like."""
    if name is None:
        return None
    written = text[name.start : name.end]
    words = set(re.findall(r"[^\W\d_]+", written.lower()))
    return name if words - EMPTY and len(written) > 1 and not NO_NAME.search(written) else None


def _last(pattern: re.Pattern[str], text: str, start: int, end: int) -> re.Match[str] | None:
    return next(reversed(list(pattern.finditer(text, start, end))), None)
