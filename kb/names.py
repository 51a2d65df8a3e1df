"""Authors as reference lists write them: `Weaver, W. B.` (APA), `Weaver WB` (AMA, Vancouver).

Where the rules can be read is said in the styles, `kb/citing/`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from kb.record import Contributor

_SUFFIX = re.compile(r"[\s,]+(Jr|Sr|2nd|3rd|4th|II|III|IV)\.?$")
_ROMAN = {"2nd": "II", "3rd": "III", "4th": "IV"}
_ORDINAL = {roman: ordinal for ordinal, roman in _ROMAN.items()}
_MOST_APA = 20  # up to twenty names are all given
_FIRST_APA = 19  # and of more the first nineteen, three dots, and the last
_MOST = 6  # AMA and Vancouver: up to six are all given
_FIRST_AMA = 3


def author_list_apa(contributors: Iterable[Contributor]) -> str:
    """The authors as APA 7 lists them, with a full stop at the end; empty where there is none."""
    names = [_apa(each) for each in contributors if each.role != "editor"]
    if len(names) > _MOST_APA:
        said = f"{', '.join(names[:_FIRST_APA])}, . . . {names[-1]}"
    elif len(names) > 1:
        said = f"{', '.join(names[:-1])}, & {names[-1]}"
    else:
        said = "".join(names)
    return said if not said or said.endswith(".") else f"{said}."


def names_ama(contributors: Iterable[Contributor]) -> str:
    """The authors as AMA lists them: of more than six people three; groups after the people, behind a semicolon."""
    authors = [each for each in contributors if each.role != "editor"]
    people = [short_name(each, _ROMAN) for each in authors if each.role != "collective"]
    if len(people) > _MOST:
        people = [*people[:_FIRST_AMA], "et al"]
    groups = (_line(each.family) for each in authors if each.role == "collective")
    return "; ".join(filter(None, (", ".join(people), *groups)))


def names_vancouver(contributors: Iterable[Contributor]) -> str:
    """The first six authors in the order of the byline, a semicolon between a person and a group."""
    authors = [each for each in contributors if each.role != "editor"]
    said = ""
    for place, each in enumerate(authors[:_MOST]):
        group = "collective" in (each.role, authors[place - 1].role)
        said += ("; " if group else ", ") * bool(said) + short_name(each)
    return f"{said}, et al" if len(authors) > _MOST else said


def _apa(contributor: Contributor) -> str:
    family = _line(contributor.family)
    given, suffix = _parted(contributor.given)
    # A hyphen stays, and what is in lower case behind it is part of the name before.
    groups = ([each for each in group if not each.islower()] or group for group in _initials(given))
    letters = " ".join("-".join(each if len(each) > 1 else f"{each.upper()}." for each in group) for group in groups)
    ending = {"Jr": "Jr.", "Sr": "Sr.", **_ROMAN}.get(suffix, suffix)
    return ", ".join(filter(None, (family, letters, ending)))


def parted_given(given: str | None) -> tuple[str, str]:
    """The given names with a full stop behind each initial, and the rank in the family: `HB Jr` is `H. B.` and `Jr`.

    So citation processors want them: to them `HB` is one name, of which they would leave `H.`
    """
    names, rank = _parted(given)
    words = (f"{'. '.join(each)}." if _are_initials(each) else each for each in names.split())
    return " ".join(words), rank


def short_name(contributor: Contributor, ranks: Mapping[str, str] = _ORDINAL) -> str:
    """`Weaver WB 3rd`, the rank in the family by `ranks`; a group by its name."""
    given, suffix = _parted(contributor.given)
    said = (each if len(each) == 1 else f" {each} " for group in _initials(given) for each in group)
    letters = "".join(each.upper() if len(each) == 1 else each for each in said).strip()
    return " ".join(filter(None, (_line(contributor.family), letters, ranks.get(suffix, suffix))))


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
        if _are_initials(part):
            found += [[each] for each in part]
        elif part.islower() and part.isalpha() and 1 < len(part) <= 3:
            found.append([part])
        elif letters := [each[0] for each in re.split(r"[\s.]*[-‐]+", part) if each]:
            found.append(letters)
    return found


def _are_initials(word: str) -> bool:
    return word.isupper() and word.isalpha() and len(word) <= 3


def _line(text: str) -> str:
    return " ".join(text.split())
