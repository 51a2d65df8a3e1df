"""Several things in one text, and a name in one, so that what was put together can be taken apart again.

Things are parted by a semicolon and a space; a name is `Family, Given`, and a group's ends in a comma, as EndNote has
it. A mark that stands in a thing itself is doubled, as EndNote has it too, and as CSV does with its quotation marks.
"""

from __future__ import annotations

from collections.abc import Iterable

from kb.exporters.reference import line
from kb.record import Contributor

_DOUBLE = "\0"  # stands for a doubled mark while a text is taken apart; no stored text holds it


def joined(things: Iterable[str]) -> str:
    """`things` as one text, each on the one line that all of it is."""
    return "; ".join(line(each).replace(";", ";;") for each in things)


def parted(text: str) -> list[str]:
    """What was `joined`; a semicolon at the end parts nothing."""
    parts = f"{text} ".replace(";;", _DOUBLE).split("; ")
    return [said for each in parts if (said := each.replace(_DOUBLE, ";").strip())]


def name(contributor: Contributor) -> str:
    """A person or group on one line."""
    family = line(contributor.family).replace(",", ",,")
    if contributor.role == "collective":
        return f"{family},"
    return f"{family}, {line(contributor.given).replace(',', ',,')}" if contributor.given else family


def named(text: str, *, editor: bool = False) -> Contributor:
    """Who was written by `name`."""
    family, comma, given = (each.replace(_DOUBLE, ",").strip() for each in text.replace(",,", _DOUBLE).partition(","))
    if comma and not given:
        return Contributor(family, None, "collective")
    return Contributor(family, given or None, "editor" if editor else "author")
