"""Authors as reference lists write them: `Weaver, W. B.` (APA), `Weaver WB` (AMA, NLM)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kb.record import Contributor

_SUFFIX = re.compile(r"[\s,]+(Jr|Sr|2nd|3rd|4th|II|III|IV)\.?$")
_MOST = 20  # APA 7, 9.8: up to twenty names are all given
_FIRST = 19  # and of more the first nineteen, three dots, and the last


def author_list_apa(contributors: Iterable[Contributor]) -> str:
    """The authors as APA 7 lists them (9.7 to 9.11), with a full stop at the end; empty where there is none."""
    names = [_apa(each) for each in contributors if each.role != "editor"]
    if len(names) > _MOST:
        said = f"{', '.join(names[:_FIRST])}, . . . {names[-1]}"
    elif len(names) > 1:
        said = f"{', '.join(names[:-1])}, & {names[-1]}"
    else:
        said = "".join(names)
    return said if not said or said.endswith(".") else f"{said}."


def short_names(contributors: Iterable[Contributor], most: int | None = None, kept: int = 0) -> str:
    """The authors as AMA and NLM list them, groups behind a semicolon; of more than `most` people the first `kept`."""
    authors = [each for each in contributors if each.role != "editor"]
    people = [_short(each) for each in authors if each.role != "collective"]
    if most is not None and len(people) > most:
        people = [*people[:kept], "et al"]
    groups = (_line(each.family) for each in authors if each.role == "collective")
    return "; ".join(filter(None, (", ".join(people), *groups)))


def _apa(contributor: Contributor) -> str:
    family = _line(contributor.family)
    given, suffix = _parted(contributor.given)
    # A hyphen stays, and what is in lower case behind it is part of the name before (9.8).
    groups = ([each for each in group if not each.islower()] or group for group in _initials(given))
    letters = " ".join("-".join(each if len(each) > 1 else f"{each}." for each in group) for group in groups)
    ending = {"Jr": "Jr.", "Sr": "Sr.", "2nd": "II", "3rd": "III", "4th": "IV"}.get(suffix, suffix)
    return ", ".join(filter(None, (family, letters, ending)))


def _short(contributor: Contributor) -> str:
    given, suffix = _parted(contributor.given)
    said = (each if len(each) == 1 else f" {each} " for group in _initials(given) for each in group)
    letters = "".join(each.upper() if len(each) == 1 else each for each in said).strip()
    return " ".join(filter(None, (_line(contributor.family), letters, suffix)))


def _parted(given: str | None) -> tuple[str, str]:
    """The given names, and "Jr" or the like behind them."""
    said = f" {_line(given or '')}"
    found = _SUFFIX.search(said)
    return (said[: found.start()].strip(), found[1]) if found else (said.strip(), "")


def _initials(given: str) -> list[list[str]]:
    """The initials of each given name, those of a hyphenated one together; `TM` is two initials, `Tom` is one.

    A small word among them (`de`) stays as it is.
    """
    found: list[list[str]] = []
    for part in re.split(r"[\s.]+(?!-)", given):
        if part.isupper() and part.isalpha() and len(part) <= 3:
            found += [[each] for each in part]
        elif part.islower() and part.isalpha() and 1 < len(part) <= 3:
            found.append([part])
        elif letters := [each[0] for each in re.split(r"[\s.]*[-‐]+", part) if each]:
            found.append(letters)
    return found


def _line(text: str) -> str:
    return " ".join(text.split())
