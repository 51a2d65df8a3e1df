"""Lists of authors as tables and pages write them, in one cell or line: `A, B.; C, D.`, `A, B., C, D., & E`, `A and B`.

How names are parted and which part of a name comes first is told by the list itself: semicolons part what commas
join, initials stand behind their family, two names without any comma begin with what is given. A list of which
nothing can be told keeps its names whole, as families: nothing is lost, and nothing invented.
"""

from __future__ import annotations

import re

from ingest.parsers import fields
from ingest.parsers.decoding import normalise
from ingest.parsers.summary_authors import GROUP
from kb.record import Contributor

_MOST = 5_000  # names; more are no authors
_LISTED = re.compile(r"\A\[\s*['\"].*['\"]\s*\]\Z", re.DOTALL)
_ITEM = re.compile(r"'((?:[^'\\]|\\.){1,200})'|\"((?:[^\"\\]|\\.){1,200})\"")
_ET_AL = re.compile(r"[\s,;&]{0,9}\b(?:et\.? al\b\.?|and others|u\. ?a\.)\s*\Z", re.IGNORECASE)
_NUMBERED = re.compile(r"\s?(?:\([\d\s,;*-]{1,40}\)|\[[^\]]{0,60}\]|<[^>]{0,80}>|[*†‡§¹²³⁰-⁹]{1,4})")
_AND = re.compile(r"\s*(?:,\s*)?(?:\s(?:and|und)\s|&)\s*")
_INITIALS = re.compile(r"(?:[^\W\d_a-z]\.?(?:-?[a-z]\.)?[ -]?){1,5}")
_BARE_INITIALS = re.compile(r"\w [A-Z]{1,4},")  # as MEDLINE writes them, so that a full stop ends the list
_GLUED = re.compile(r"(?<=[\s.][A-Z]\.)(?=[^\W\d_a-z][^\W\d_A-Z'’])")  # "Wolle T. A.Weber W."
_STOPS = re.compile(r"\.{2,}")
_SUFFIX = re.compile(r"(?:Jr|Sr|II|III|IV|[23][nr]d|PhD|MD)\.?")
_PARTICLES = frozenset("van von de der den del della di da dos das du la le ten ter zu zur el al bin ibn st".split())


def people(text: str) -> tuple[Contributor, ...]:
    """The contributors that `text` lists, in order."""
    said = _STOPS.sub(".", text.strip())
    said = said if ";" in said or "," in said else _GLUED.sub("; ", said)
    said = said[:-1] if said.endswith(".") and said.count(".") == 1 and _BARE_INITIALS.search(said) else said
    if _LISTED.match(said):
        names = [one or other for one, other in _ITEM.findall(said)]
    else:
        names = _names(_ET_AL.sub("", _NUMBERED.sub("", said)))
    found = [_person(each) for each in names[:_MOST]]
    return tuple(each for each in found if each is not None)


def _names(text: str) -> list[str]:
    """The names in `text`, each as `Family, Given` or as it stands there."""
    for mark in (";", "|", "\n"):
        if mark in text:
            parts = [each.strip(" ,\t") for each in text.split(mark)]
            return [re.sub(r"\A(?:and|&)\s", "", each) for each in parts if each]
    parts = [each.strip(" ,") for each in _AND.split(text) if each.strip(" ,.")]
    if len(parts) > 1 and all(each.count(",") <= 1 for each in parts) and not _initialled(parts[0].split(",")):
        two = len(parts) == 2 and parts[0].count(",") == 1 and "," not in parts[1]
        return [*parts[0].split(","), parts[1]] if two and " " in parts[0].partition(",")[0].strip() else parts
    return _by_commas([each.strip() for each in ",".join(parts).split(",") if each.strip()])


def _by_commas(parts: list[str]) -> list[str]:
    """Names from a list in which commas part either names, or a name from its initials."""
    if 3 * sum(map(_are_initials, parts[1:])) >= len(parts) - 1 > 0:
        return _alternating(parts)
    if len(parts) == 2 and not _initialled(parts) and (" " not in parts[0] or " " not in parts[1]):
        return [", ".join(parts)]
    families, given = parts[::2], parts[1::2]
    if len(families) == len(given) > 1 and not _initialled(families) and _initialled(given):
        return [f"{family}, {rest}" for family, rest in zip(families, given, strict=True)]
    return parts


def _alternating(parts: list[str]) -> list[str]:
    names: list[str] = []
    for part in parts:
        if names and (_are_initials(part) or _SUFFIX.fullmatch(part)) and names[-1].count(",") < 2:
            names[-1] += f"{' ' if ',' in names[-1] else ', '}{part}"
        else:
            names.append(part)
    return names


def _initialled(parts: list[str]) -> bool:
    """Whether half of the names end in initials (`Griffin DK`)."""
    found = [each for each in map(str.strip, parts) if " " in each and _are_initials(each.rpartition(" ")[2])]
    return 2 * len(found) >= len(parts)


def _are_initials(text: str) -> bool:
    return bool(_INITIALS.fullmatch(text)) and len(text.replace(".", "").replace(" ", "")) <= 6


def _person(name: str) -> Contributor | None:
    name = normalise(name).strip(" ,;")
    if not any(map(str.isalpha, name)):
        return None
    family, comma, given = (each.strip() for each in name.partition(","))
    if comma:
        given = "" if given.casefold() in ("null", "none", "nan") else given
        family, given = (family, given) if family else (given, "")
        return Contributor(family, given or None) if family else None
    last = name.rpartition(" ")[2]
    if name.endswith(".") and (not _are_initials(last) or last.count(".") == 1 < len(last) - 1):
        name = name[:-1].rstrip()
    if not name or name.casefold() in ("null", "none", "nan", "anonymous", "n/a"):
        return None
    if GROUP.search(name):
        return fields.collective(name)
    return _in_order(name.split())


def _in_order(words: list[str]) -> Contributor:
    """A name without comma: initials behind or before tell the family, else it is the last word with its particles."""
    if len(words) == 1:
        return Contributor(words[0])
    suffix = [words.pop()] if len(words) > 2 and _SUFFIX.fullmatch(words[-1]) else []
    behind = next((at for at in range(1, len(words)) if _are_initials(" ".join(words[at:]))), None)
    if behind is not None:
        return Contributor(" ".join(words[:behind]), " ".join(words[behind:] + suffix))
    cut = len(words) - 1
    while cut > 1 and words[cut - 1].casefold().rstrip(".") in _PARTICLES:
        cut -= 1
    return Contributor(" ".join(words[cut:]), " ".join(words[:cut] + suffix))
