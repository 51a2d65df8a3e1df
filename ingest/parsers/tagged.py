"""What the tagged texts of reference managers and databases share: RIS, ENW, RefWorks, Ovid, Web of Science.

All are lines of a tag and a value; they differ in the shape of the tag, in where a record begins, and in what a tag
means. Each format's own file cuts its text into lines and says the meaning; here stands the way from there to
records: caps, places for error messages, people, pages, identifiers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ingest.parsers import fields
from ingest.parsers.decoding import normalise
from ingest.parsers.inline_markup import plain
from ingest.parsers.unreadable import Unreadable, excerpt
from kb.exporters.notes import are_ours
from kb.record import Contributor, Record

LONGEST_RECORD = 5_000_000  # characters

# Tag to values, tags in the order of their first appearance. No value is blank.
Values = Mapping[str, list[str]]


# A tag, and its value as the lines on which it stands: joined once, or a record of a million lines would take hours.
Field = tuple[str, list[str]]


class Entry(NamedTuple):
    """The fields of one record, and the number of its first line in the file."""

    line: int
    fields: list[Field]


_INITIALS = re.compile(r"(?:[^\W\d_a-z]\.?-?){1,4}")
_DOTTED = re.compile(r"(?:[^\W\d_a-z]\.-?){1,4}")
_OF_GROUPS = frozenset(
    "of for and & the on group network team study trial project committee council association society institute "
    "institut university universität college school hospital centre center clinic department ministry office agency "
    "organization organisation foundation consortium collaboration collaborative investigators press library".split()
)
# What programs write into a field that they have no value for.
_NOTHING = frozenset({"nan", "none", "null", "n/a", "undefined", "[object object]"})
_IN_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]{0,200}[)\]]")
_SPEAKS = re.compile(r"[^\W_]")


def read(
    key: str, entries: Iterable[Entry], record_of: Callable[[Values], Record | None], remedy: str
) -> Iterator[Record | Unreadable]:
    """The records of `entries` in order, an `Unreadable` for those too long or, by `record_of`, without title."""
    for number, entry in enumerate(entries, start=1):
        place = f"{key}, record {number} (line {entry.line})"
        if sum(len(line) for _, lines in entry.fields for line in lines) > LONGEST_RECORD:
            reason = f"a record of more than {LONGEST_RECORD:,} characters"
            yield Unreadable(place, reason, _beginning(entry), "Check that its lines begin with tags.")
            continue
        yield record_of(values_of(entry.fields)) or Unreadable(place, "no title", _beginning(entry), remedy)


def values_of(read: Sequence[Field]) -> dict[str, list[str]]:
    """The values that say something (`nan` does not), by tag; lines of one value stay lines."""
    values: dict[str, list[str]] = {}
    for tag, lines in read:
        value = "\n".join(lines).strip()
        if value and (value.casefold() not in _NOTHING or _is_ours(read)):
            values.setdefault(tag, []).append(value)
    return values


def _is_ours(read: Sequence[Field]) -> bool:
    """Whether we wrote the record: what it says then is meant, be it a volume called `None`."""
    return are_ours(lines[0].strip() for _, lines in read)


def first(values: Values, *tags: str) -> str | None:
    """The first value of the first of `tags` that has one, normalised."""
    return next((text for tag in tags for each in values.get(tag, ()) if (text := plain(each))), None)


def title(values: Values, *tags: str) -> str | None:
    """The title that the first of `tags` states; one of mere punctuation states none."""
    titles = (fields.title_of(plain(each)) for each in every(values, *tags))
    return next((each for each in titles if _SPEAKS.search(each)), None)


def every(values: Values, *tags: str) -> list[str]:
    """All values of `tags`, as they stand."""
    return [each for tag in tags for each in values.get(tag, ())]


def year(values: Values, *tags: str) -> int | None:
    """The first year that any of `tags` states."""
    return next((found for each in every(values, *tags) if (found := fields.year_of(each))), None)


def pages(start: str | None, end: str | None = None) -> str | None:
    """Pages from `start` and `end`, or from a range in `start` alone; None from text that holds no number."""
    if start is None or not any(each.isalnum() for each in start):
        return None
    start = start.strip(" -")
    both = start if end is None or end == start or "-" in start or not _SPEAKS.search(end) else f"{start}-{end}"
    return fields.pages_of(both)


def headings(values: Iterable[str], *, by_line: bool = False) -> tuple[str, ...]:
    """Keywords without the asterisk of a main topic, parted by semicolons; `by_line`: one a line."""
    words = (
        plain(word).replace("*", "").strip()
        for each in values
        for word in (each.replace("\n", ";") if by_line else each).split(";")
    )
    return tuple(dict.fromkeys(word for word in words if word))


def people(names: Iterable[str], *, editor: bool = False, natural: bool = False) -> Iterator[Contributor]:
    """The contributors in `names`: a value may hold several, parted by semicolons, and addresses in brackets."""
    for value in names:
        for name in value.split(";"):
            found = person(name, editor=editor, natural=natural)
            if found is not None and found.family.casefold() not in ("et al", "et al.", "anonymous", "anon"):
                yield found


def person(name: str, *, editor: bool = False, natural: bool = False) -> Contributor | None:
    """`Family, Given`, `Family AB`, `Family A. B.`, `A. B. Family`; any other stays whole (a group, perhaps).

    `natural`: the format also writes `Given Family`, and a name without comma is one, unless its words are a group's.
    """
    text = _IN_BRACKETS.sub("", plain(name)) if "(" in name or "[" in name else plain(name)
    text = text.strip(" ,;")
    if not _SPEAKS.search(text):
        return None
    if "," in text:
        return fields.person(text, editor=editor)
    words = text.split()
    start, end = 0, len(words)
    while end > 1 and _INITIALS.fullmatch(words[end - 1]):
        end -= 1
    while end == len(words) and start < end - 1 and _DOTTED.fullmatch(words[start]):
        start += 1
    if natural and (start, end) == (0, len(words)) and not _OF_GROUPS.intersection(text.casefold().split()):
        start = next((place for place, word in enumerate(words[:-1]) if place and word[0].islower()), len(words) - 1)
    given = " ".join(words[end:] or words[:start]) or None
    return Contributor(" ".join(words[start:end]), given, "editor" if editor else "author")


def _beginning(entry: Entry) -> str:
    return excerpt(" ".join(f"{tag} {normalise(' '.join(lines[:2])[:400])}" for tag, lines in entry.fields[:5]))
