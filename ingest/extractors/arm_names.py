"""Where an abstract names its groups: behind words of allocation, or before "group".

A name is a stretch of the text as written, without article and without what follows on ("twice a week",
"who", "after surgery"), so that it can be pinned and shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

import msgspec

from ingest.extractors.people import PEOPLE
from ingest.extractors.reading import Reading


class Name(msgspec.Struct, frozen=True):
    """`text[start:end]` names a group; `alias` is what stands in brackets behind it ("control group")."""

    start: int
    end: int
    alias: str = ""


ALLOCATED = re.compile(
    r"\b(?:randomi[sz]ed|assigned|allocated|divided|apportioned|distributed|randomi[sz]ation"
    r"|selected|split|assignment|allocation)"
    r"(?: (?!to\b|into\b|in\b)[\w-]+,?){0,4} (?:into|to|in to|between)\b"
    r"|\b(?:following|two|three|four|2|3|4|parallel) (?:\w+ ){0,2}(?:groups|arms)(?: \(n ?= ?\d+[^()]{0,20}\))? ?[:,]",
    re.IGNORECASE,
)
# People sorted by what they were like are no groups that were treated apart.
_SORTED = re.compile(r"\b(?:divided|split|classified|grouped)\b[^.]{0,200}\b(?:according to|based on)\b", re.IGNORECASE)
_COUNTED = (
    rf"(?:\d+|[a-z]+(?:[ -][a-z]+)?) (?:{PEOPLE} )?(?:(?:were )?(?:allocated|assigned|randomi[sz]ed) )?(?:in)?to\b"
)
# What stands before a name: articles, counts, "one of two", "to receive", "group 1,", "(n = 25 for each):".
_LEAD = re.compile(
    rf"(?:{_COUNTED} "
    r"|(?:\d+|one|two|three)[ -](?:hours?|h|min(?:ute)?s?|weeks?|days?|months?)\b(?: sessions?)?(?: of)? "
    r"|(?:either|one|of|the|an?|two|three|four|[234]|both|following|different|parallel|equal"
    r"|groups|arms|conditions)\b[:,]? ?"
    r"|(?:treatment|study|group|arm|receiv(?:e|ing)|undergo(?:ing)?|participate|take part|perform|get|have|ride"
    r"|in|into|to|using|with|and|or|[a-d1-4]|i{1,3})\b(?! (?:group|arm)s?\b)[:,)]? ?"
    r"|(?:as|(?:cycles?|doses?|courses?|sessions?|applications?|types?|administration|use) of)\b "
    r"|\(n ?=[^()]{0,40}\)[:,]? ?|[:,;] ?|group (?:\d|[a-d]\b|[iv]+\b)[,:]? ?)*",
    re.IGNORECASE,
)
# Where a name ends and what was done to the group begins.
_CUT = re.compile(
    r" ?(?:\b(?:twice|once|thrice|three times|daily|weekly|each|every|then|followed|according|consist\w*"
    r"|who|which|that|after|before|for|over|during|using|by|on|at|from|where|while|were|was|is|are|will"
    r"|in (?:a|the|order|addition|which)|with a ratio"
    r"|(?:\d+|one|two|three|four|five|six)[ -]?(?:times|x|min|sessions|weeks?|days?|hours?))\b|[:()\[\]])",
    re.IGNORECASE,
)
_ALTERNATIVE = re.compile(
    r",? ?\b(?:or|versus|vs\.?) (?:to |into )?|; ?(?:and )?|, ?(?:and )?(?!respectively)"
    r"|(?<=group) and (?:to )?|(?<=arm) and |(?<=\)) and (?:to )?",
    re.IGNORECASE,
)
_AND_COUNTED = re.compile(rf",? and (?={_COUNTED})", re.IGNORECASE)
_CONJUNCTION = re.compile(r",? and (?:to |into )?|; ?(?:and )?|, ", re.IGNORECASE)
_BRACKET = re.compile(r" ?[(\[][^()\[\]]{0,80}[)\]]")
_HAS_ALTERNATIVE = re.compile(r"\b(?:or(?! vice)|versus|vs)\b", re.IGNORECASE)
# Only from where a run of letters and signs begins (or behind a group): from each sign of "a-a-a-" it is quadratic.
_BEFORE_GROUP = re.compile(r"(?:(?<![\w'’/+&-])|(?<=\bgroup))['’/+&-]*\b((?:[\w'’/+&-]+ ){1,4})group\b", re.IGNORECASE)
_NO_NAME = frozenset(
    "the a an each both either two three four one other every all any same this that these different "
    "of in to and or for with between than from per by within as on at which while when whereas but not no only "
    "group groups arm arms first second third latter former their our its vice versa patients participants "
    "subjects women men interventions was were is are had has did age support focus small large independent "
    "parallel comparison randomly respectively compared ratio".split()
)
_TESTED = frozenset(("intervention", "treatment", "study"))
# "relaxation therapy group" is called relaxation therapy; "control group" says nothing without its noun.
_PLAIN_GROUP = re.compile(
    r"(?<!control)(?<!intervention)(?<!treatment)(?<!experimental)(?<!study)(?<!placebo)(?<!sham)(?<!comparison)"
    r"(?<!active)(?<!real) (?:groups?|arms?|conditions?)$",
    re.IGNORECASE,
)
_DATED = re.compile(
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december) (?:\d{1,2},? )?\d{4}"
    rf"|\d+ (?:and \d+ )?{PEOPLE}\b|0\d\d ",
    re.IGNORECASE,
)
# "A randomised trial to compare ..." tells the aim, not the groups.
_AIM = re.compile(
    r"(?:compare|determine|evaluate|assess|examine|investigate|test|study the|explore|conceal|balance|measure|identify"
    r"|ensure|prospectively)\b",
    re.IGNORECASE,
)
# The amount of a dose belongs to the name: "2 ml blood".
_MEASURE = re.compile(r"(?:m?l|m?g|mcg|ng|[uµμ]g|ppm|iu|gy)\b", re.IGNORECASE)
_AMOUNT = re.compile(r"(?<![\d.,])\d[\d.,]* ?$")
_CALLED = re.compile(r"[^\W\d_]{2}|[a-z]-?\d", re.IGNORECASE)
_NUMBERED = re.compile(r" ?(?:and )?(?:group|arm) \w{1,3}[:,]? ?")
_MOST_ARMS = 5
_FAR = 2000  # characters from the words of allocation to the last group
_LONGEST_NAME = 90


def allocated(reading: Reading) -> tuple[Name, ...]:
    """The groups named where the abstract tells of allocation, if it names at least two; else none."""
    text = reading.abstract
    for sentence in reading.sentences:
        if sentence.section in ("background", "conclusions"):
            continue
        said = text[sentence.start : sentence.end]
        if _SORTED.search(said) and "random" not in said.lower():
            continue
        for match in ALLOCATED.finditer(text, sentence.start, sentence.end):
            listed = _listed(text, match.end(), min(sentence.end, match.end() + _FAR))
            names = tuple(islice(listed, _MOST_ARMS + 1))
            if 2 <= len(names) <= _MOST_ARMS:
                return names
    return ()


def called_groups(reading: Reading) -> tuple[Name, ...]:
    """The groups called "the ... group" in methods and results, each once, in order."""
    found: dict[str, Name] = {}
    for match in _BEFORE_GROUP.finditer(reading.abstract):
        if reading.section_at(match.start(1)) in ("background", "conclusions"):
            continue
        start = match.end(1)
        for word in reversed(list(re.finditer(r"\S+", match[1]))):
            if word.group().lower() in _NO_NAME or word.group().endswith("ed"):
                break
            start = match.start(1) + word.start()
        if start < match.end(1):
            found.setdefault(reading.abstract[start : match.end(1)].lower(), Name(start, match.end()))
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
        name = named(text, piece_start, piece_end)
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


def named(text: str, start: int, end: int) -> Name | None:
    """The name within `text[start:end]`, cleared of what stands around it; None where there is none."""
    while start < end and text[start] in " ,;:)]":
        start += 1
    lead = _LEAD.match(text, start, end)
    start = lead.end() if lead else start
    end = min(end, start + 3 * _LONGEST_NAME)  # what is longer is no name
    if _MEASURE.match(text, start, end) and (amount := _AMOUNT.search(text, max(0, start - 8), start)):
        start = amount.start()
    cut = _CUT.search(text, start, end)
    stop = cut.start() if cut else end
    stop = start + len(text[start:stop].rstrip(" .,;:"))
    bracket = _BRACKET.match(text, stop, end)
    if group := _PLAIN_GROUP.search(text, start, stop):
        stop = group.start()
    words = re.findall(r"\w+", text[start:stop].lower())
    empty = _NO_NAME | _TESTED if words[-1:] == ["groups"] else _NO_NAME
    if not _CALLED.search(text, start, stop) or _DATED.match(text, start, stop) or _AIM.match(text, start, stop):
        return None
    if not words or set(words) <= empty or stop - start > _LONGEST_NAME or len(words) > 12:
        return None
    return Name(start, stop, bracket.group() if bracket else "")
