"""Who signs an article of JATS: persons in several forms of name, and groups."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.parsers import fields
from ingest.parsers.jats_text import words
from ingest.parsers.safe_xml import Element, stated
from kb.record import Contributor


def contributors(meta: Element) -> Iterator[Contributor]:
    """Authors and the groups that sign; an article's editors are its journal's, not its own."""
    for group in meta.iterfind("contrib-group"):
        of_group = group.get("content-type", "author")
        for each in group.iterfind("contrib"):
            if each.get("contrib-type", of_group).rstrip("s").casefold() in ("author", "collab"):
                yield from _contributor(each)
        for each in group.iterfind("collab"):
            yield from _group(each)


def _contributor(contrib: Element) -> Iterator[Contributor]:
    names = ("name", "name-alternatives/name", "string-name", "name-alternatives/string-name")
    name = next((found for path in names if (found := contrib.find(path)) is not None), None)
    if name is not None:
        family = stated(name, "surname")
        given = " ".join(each for each in (stated(name, "given-names"), stated(name, "suffix")) if each)
        person = Contributor(family, given or None) if family else _as_written(given or words(name))
        if person is not None:
            yield person
    for path in ("collab", "collab-alternatives/collab"):
        for each in contrib.iterfind(path):
            yield from _group(each)


def _as_written(name: str) -> Contributor | None:
    """`Wolle, Tess`, `Wolle T`, or `Tess Wolle`: where nothing marks the family name, it is the last word."""
    found = fields.person(name)
    if found is None or found.given or " " not in found.family:
        return found
    given, _, family = found.family.rpartition(" ")
    return Contributor(family, given)


def _group(collab: Element) -> Iterator[Contributor]:
    """A group by its name; the list of its members that may stand inside is no part of the name (see `jats_text`)."""
    found = fields.collective(words(collab))
    if found is not None:
        yield found
