"""Who wrote it, in the National Library of Medicine's citations: `Family AB, van der Other C Jr; Some Study Group.`

Names have no full stops, so authors end at the first one. What stands there instead may be a title (there are
articles without authors) or a group: authors are told by their initials, groups by what groups call themselves.
"""

from __future__ import annotations

import re

from ingest.parsers import fields
from kb.record import Contributor

_SENTENCE = re.compile(r"[.?!]+[\"”’')\]]{0,2}(?: |\Z)")
_SUFFIXES = frozenset(("Jr", "Sr", "II", "III", "IV", "2nd", "3rd", "4th"))
GROUP = re.compile(
    r"\b(?:Academy|Agency|Alliance|Association|Board|Cent(?:er|re)|Coalition|Collaborat(?:ion|ive|ors)|College"
    r"|Commission|Committee|Consortium|Council|Department|Federation|Force|Foundation|Group|Initiative|Institute"
    r"|Investigators|Ministry|Network|Organi[sz]ation|Panel|Party|Programme?|Project|Service|Society|Team|Union"
    r"|University|Workgroup)\b"
)
_LONGEST_NAME = 7  # words of a person's name, initials and suffix included
_LONGEST_GROUP = 300  # characters


def contributors(head: str) -> tuple[tuple[Contributor, ...], str]:
    """The authors that `head` begins with, and the rest of it: the title."""
    end = _SENTENCE.search(head)
    if end is None or end.end() >= len(head):
        return (), head
    said, rest = head[: end.start()], head[end.end() :]
    found: list[Contributor | None] = []
    for part in said.split("; "):
        group, _, names = part.partition(":, ")  # members behind their group's name
        if names and GROUP.search(group):
            found += [fields.collective(group), *_people(names)]
        elif people := _people(part):
            found += people
        elif found or (end.group()[0] == "." and _is_group(part)):
            found.append(fields.collective(part.rstrip(":")))
        else:
            return (), head
    return tuple(each for each in found if each is not None), rest


def _people(text: str) -> list[Contributor | None]:
    """The people that `text` lists, or nothing where it lists none."""
    names = [each.strip() for each in text.split(", ") if each.strip()]
    if names and names[-1] in ("et al", "others"):
        names.pop()
    return [_person(each) for each in names] if _are_people(names) else []


def _are_people(names: list[str]) -> bool:
    """Whether most have initials, and those that have none are short enough to be a name."""
    initialled = sum(_split(each)[1] is not None for each in names)
    return 0 < 2 * initialled >= len(names) and all(
        _split(each)[1] is not None or len(each.split()) <= 3 for each in names
    )


def _person(name: str) -> Contributor | None:
    family, given = _split(name)
    return fields.collective(name) if given is None and GROUP.search(name) else Contributor(family, given)


def _split(name: str) -> tuple[str, str | None]:
    """Family name and initials (with `Jr` and the like); None for the initials where there are none."""
    words = name.split()
    suffix = words.pop() if len(words) > 2 and words[-1] in _SUFFIXES else None
    if not 2 <= len(words) <= _LONGEST_NAME or not _are_initials(words[-1]):
        return name, None
    given = f"{words[-1]} {suffix}" if suffix else words[-1]
    return " ".join(words[:-1]), given


def _are_initials(word: str) -> bool:
    letters = word.replace("-", "")
    return 0 < len(letters) <= 5 and letters.isalpha() and letters[0].isupper() and sum(map(str.islower, letters)) <= 1


def _is_group(text: str) -> bool:
    """Whether `text` says that it is a group, and its words have capitals, all but small ones and a few."""
    words = [each for each in re.findall(r"[^\W\d_]{2,}", text[: _LONGEST_GROUP + 1]) if len(each) > 3]
    return (
        bool(GROUP.search(text))
        and len(text) <= _LONGEST_GROUP
        and 3 * sum(each[0].isupper() for each in words) >= 2 * len(words)
    )
