"""Where an abstract names its groups: behind words of allocation, or before "group".

A name is a stretch of the text as written, without article and without what follows on ("twice a week",
"who", "after surgery"), so that it can be pinned and shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from ingest.extractors.people import PEOPLE
from ingest.extractors.reading import Reading


class Name(msgspec.Struct, frozen=True):
    """`text[start:end]` names a group; `alias` is what stands in brackets behind it ("control group")."""

    start: int
    end: int
    alias: str = ""


_ALLOCATED = re.compile(
    r"\b(?:randomi[sz]ed|assigned|allocated|divided|apportioned|distributed|randomi[sz]ation"
    r"|selected|split|assignment|allocation)"
    r"(?: (?!to\b|into\b|in\b)[\w-]+,?){0,4} (?:into|to|in to|between)\b"
    r"|\b(?:following|two|three|four|2|3|4|parallel) (?:\w+ ){0,2}(?:groups|arms)(?: \(n ?= ?\d+[^()]{0,20}\))? ?[:,]",
    re.IGNORECASE,
)
_COUNTED = (
    rf"(?:\d+|[a-z]+(?:[ -][a-z]+)?) (?:{PEOPLE} )?(?:(?:were )?(?:allocated|assigned|randomi[sz]ed) )?(?:in)?to\b"
)
_LEAD = re.compile(
    rf"(?:{_COUNTED} |(?:\d+|one|two|three)[ -](?:hours?|h|min(?:ute)?s?|weeks?|days?"
    r"|months?)\b(?: sessions?)?(?: of)? |(?:either|one|of|the|an?|two|three|four|2|3|4|both"
    r"|following|different|parallel|equal|groups|arms|conditions)\b[:,]? ?|(?:treatment|study"
    r"|group|arm"
    r"|receiv(?:e|ing)|undergo(?:ing)?|participate|take part|perform|in|into|to|using|with|and|or"
    r"|group \w{1,2}|[a-d1-4i]+|get|have|ride)\b"
    r"(?! (?:group|arm)s?\b)[:,)]? ?|\(n ?=[^()]{0,40}\)[:,]? ?|[:,;] ?|group (?:\d|[a-d]\b|[iv]+\b)[,:]? ?)*",
    re.IGNORECASE,
)
_CUT = re.compile(
    r" ?(?:\b(?:twice|once|thrice|three times|daily|weekly|who|which|that|after|before|for|over"
    r"|during|using|by|on|at|from|where|while|were|was|"
    r"is|are|will|each|every|then|followed|according|in (?:a|the|order|addition|which)|consist\w*"
    r"|(?:\d+|one|two|three|four|five|six)[ -]?(?:times|x|min|sessions|weeks?|days?|hours?))\b"
    r"|[:()\[\]])",
    re.IGNORECASE,
)
_ALTERNATIVE = re.compile(
    (
        r",? ?\b(?:or|versus|vs\.?) (?:to |into )?|; ?(?:and )?|, ?(?:and )?(?!respectively)"
        r"|(?<=group) and (?:to )?|(?<=arm) and |(?<=\)) and (?:to )?"
    ),
    re.IGNORECASE,
)
_AND_COUNTED = re.compile(rf",? and (?={_COUNTED})", re.IGNORECASE)
_CONJUNCTION = re.compile(r",? and (?:to |into )?|; ?(?:and )?|, ", re.IGNORECASE)
_BRACKET = re.compile(r" ?[(\[][^()\[\]]{0,80}[)\]]")
_HAS_ALTERNATIVE = re.compile(r"\b(?:or(?! vice)|versus|vs)\b", re.IGNORECASE)
_BEFORE_GROUP = re.compile(r"\b((?:[\w'’/+&-]+ ){1,4})group\b", re.IGNORECASE)
_NO_NAME = frozenset(
    "the a an each both either two three four of in to and or one other every all any same this "
    "that group groups arm arms for with "
    "between than from per by first second third latter former age vice versa different these patients parallel "
    "interventions was were is are had has did as within support focus small large independent comparison subjects "
    "no only on at which while when whereas but not their our its participants women men "
    "randomly respectively compared control's".split()
)
_TESTED = frozenset(("intervention", "treatment", "study"))
# "relaxation therapy group" is called relaxation therapy; "control group" says nothing without its noun.
_PLAIN_GROUP = re.compile(
    r"(?<!control)(?<!intervention)(?<!treatment)(?<!experimental)(?<!study)(?<!placebo)(?<!sham)(?<!comparison)(?<!active)(?<!real)"
    r" (?:groups?|arms?|conditions?)$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r" ?(?:and )?(?:group|arm) \w{1,3}[:,]? ?")
_MOST_ARMS = 5
_LONGEST_NAME = 90


def allocated(reading: Reading) -> tuple[Name, ...]:
    """The groups named where the abstract tells of allocation, if it names at least two; else none."""
    text = reading.abstract
    for sentence in reading.sentences:
        if sentence.section in ("background", "conclusions"):
            continue
        for match in _ALLOCATED.finditer(text, sentence.start, sentence.end):
            names = tuple(_listed(text, match.end(), sentence.end))
            if 2 <= len(names) <= _MOST_ARMS:
                return names
    return ()


def called_groups(reading: Reading) -> tuple[Name, ...]:
    """The groups called "the ... group" in methods and results, each once, in order."""
    found: dict[str, Name] = {}
    for match in _BEFORE_GROUP.finditer(reading.abstract):
        if reading.section_at(match.start()) in ("background", "conclusions"):
            continue
        words = match[1].split()
        kept: list[str] = []
        for word in reversed(words):
            if word.lower() in _NO_NAME or word.lower().endswith("ed"):
                break
            kept.append(word)
        start = match.end(1) - len(" ".join(kept)) - 1
        if kept and reading.abstract[start : match.end(1) - 1].split() == kept[::-1]:
            found.setdefault(" ".join(kept[::-1]).lower(), Name(start, match.end()))
    return tuple(found.values())[:_MOST_ARMS]


def _listed(text: str, start: int, end: int) -> Iterator[Name]:
    if _AND_COUNTED.search(text, start, end):
        separator = _AND_COUNTED
    else:
        separator = _ALTERNATIVE if _HAS_ALTERNATIVE.search(text, start, end) else _CONJUNCTION
    seen: set[str] = set()
    for piece_start, piece_end in _pieces(text, start, end, separator):
        if _NUMBERED.fullmatch(text, piece_start, piece_end):
            continue
        name = _named(text, piece_start, piece_end)
        if name is None:
            return
        if (key := text[name.start : name.end].lower()) not in seen:
            seen.add(key)
            yield name


def _pieces(text: str, start: int, end: int, separator: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    brackets = [each.span() for each in _BRACKET.finditer(text, start, end)]
    at = start
    for match in separator.finditer(text, start, end):
        if not any(left < match.start() and match.end() <= right for left, right in brackets):
            if text[at : match.start()].strip():
                yield at, match.start()
            at = match.end()
    yield at, end


def _named(text: str, start: int, end: int) -> Name | None:
    while start < end and text[start] in " ,;:":
        start += 1
    lead = _LEAD.match(text, start, end)
    start = lead.end() if lead else start
    cut = _CUT.search(text, start, end)
    stop = cut.start() if cut else end
    stop = start + len(text[start:stop].rstrip(" .,;:"))
    bracket = _BRACKET.match(text, stop, end)
    if group := _PLAIN_GROUP.search(text, start, stop):
        stop = group.start()
    words = re.findall(r"\w+", text[start:stop].lower())
    empty = _NO_NAME | _TESTED if words[-1:] == ["groups"] else _NO_NAME
    if not words or set(words) <= empty or stop - start > _LONGEST_NAME or len(words) > 12:
        return None
    return Name(start, stop, bracket.group() if bracket else "")
