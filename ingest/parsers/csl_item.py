"""One item of CSL-JSON as a record.

Variables: docs.citationstyles.org/en/stable/specification.html (appendix IV). Programs differ in what they put into
one: a number or a text, a text or a list of one, a date in parts or as written; all are read.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any, Literal

import msgspec

from ingest.parsers import fields, our_own
from ingest.parsers.abstract_parts import joined
from ingest.parsers.decoding import normalise
from ingest.parsers.imported import named
from ingest.parsers.unreadable import Unreadable, excerpt
from kb.record import Contributor, Identifier, Record, identifier

LONGEST_TEXT = 5_000_000  # characters, in one variable
Role = Literal["author", "editor"]
Text = str | int | float | bool | list[str | int | float | None] | None


class _Name(msgspec.Struct, frozen=True, rename="kebab"):
    family: str | None = None
    given: str | None = None
    literal: str | None = None
    name: str | None = None  # Crossref's word for a group
    suffix: str | None = None
    non_dropping_particle: str | None = None
    dropping_particle: str | None = None


class _Date(msgspec.Struct, frozen=True, rename="kebab"):
    date_parts: list[Any] | None = None
    raw: Text = None
    literal: Text = None
    year: Text = None


class _Item(msgspec.Struct, frozen=True, rename="kebab"):
    type: str | None = None
    title: Text = None
    title_short: Text = None
    container_title: Text = None
    container_title_short: Text = None
    journal_abbreviation: Text = msgspec.field(name="journalAbbreviation", default=None)
    author: list[_Name | str] | _Name | None = None
    editor: list[_Name | str] | _Name | None = None
    issued: _Date | str | int | None = None
    published_print: _Date | None = None
    volume: Text = None
    issue: Text = None
    number: Text = None
    page: Text = None
    article_number: Text = None
    abstract: Text = None
    language: Text = None
    keyword: Text = None
    genre: Text = None
    note: Text = None
    doi: Text = msgspec.field(name="DOI", default=None)
    pmid: Text = msgspec.field(name="PMID", default=None)
    pmcid: Text = msgspec.field(name="PMCID", default=None)
    url: Text = msgspec.field(name="URL", default=None)


TYPES = (
    "article,article-journal,article-magazine,article-newspaper,bill,book,broadcast,chapter,classic,collection,dataset,"
    "document,entry,entry-dictionary,entry-encyclopedia,event,figure,graphic,hearing,interview,legal_case,legislation,"
    "manuscript,map,motion_picture,musical_score,pamphlet,paper-conference,patent,performance,periodical,"
    "personal_communication,post,post-weblog,regulation,report,review,review-book,software,song,speech,standard,thesis,"
    "treaty,webpage,journal-article"  # the last is Crossref's
).split(",")
_TYPE_NAMES = {"article-journal": "Journal Article", "journal-article": "Journal Article"}
_INLINE = re.compile(
    r"</?(?:i|b|em|strong|sub|sup|sc|span|u|italic|bold|jats:(?:italic|bold|sub|sup|sc))(?:\s[^<>]{0,200})?>"
)
_HEADING = re.compile(r"<(?:jats:)?(?:title|h\d)>([^<>]{1,100})</(?:jats:)?(?:title|h\d)>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
_NOTED = re.compile(r"^(PMID|PMCID|DOI)\s?:\s?(\S{1,300})\s*$", re.IGNORECASE | re.MULTILINE)
_DOI_URL = re.compile(r"https?://(?:dx\.)?doi\.org/10\.\S+", re.IGNORECASE)


def read(raw: Any, place: str) -> Record | Unreadable:
    """The record of an item as decoded; `place` names it where it has no title or another shape."""
    try:
        item = msgspec.convert(raw, _Item)
    except msgspec.ValidationError as error:
        return Unreadable(place, f"no item of CSL-JSON: {error}", _beginning(raw), "Export the item again.")
    if any(isinstance(each, str) and len(each) > LONGEST_TEXT for each in raw.values()):
        reason = f"a text of more than {LONGEST_TEXT:,} characters"
        return Unreadable(place, reason, _beginning(raw), "See what it is, and export the item without it.")
    title = fields.title_of(_plain(item.title))
    if not title:
        return Unreadable(place, "no title", _beginning(raw), "Give the item a title, and export it again.")
    abstract, sections = joined(_parts(item.abstract))
    types = (_TYPE_NAMES.get(item.type or "", item.type or ""), _plain(item.genre))
    pages = _plain(item.page) or _plain(item.article_number)
    record = named(
        Record(
            source="csl_json",
            key="",
            format="csl_json",
            title=title,
            identifiers=_identifiers(item),
            contributors=(*_people(item.author, "author"), *_people(item.editor, "editor")),
            container=_plain(item.container_title) or None,
            container_abbreviation=_plain(item.container_title_short) or _plain(item.journal_abbreviation) or None,
            year=_year(item.issued) or _year(item.published_print),
            volume=_plain(item.volume) or None,
            issue=_plain(item.issue) or None,
            pages=fields.pages_of(pages) if pages else None,
            abstract=abstract,
            sections=sections,
            language=_plain(item.language) or None,
            publication_types=tuple(dict.fromkeys(each for each in types if each)),
            subject_headings=_headings(item.keyword),
        )
    )
    return our_own.from_csl(record, raw)


def _beginning(raw: Any) -> str:
    return excerpt(json.dumps(raw, ensure_ascii=False))


def _said(value: Text) -> str:
    """The value as text; of a list its first."""
    if isinstance(value, list):
        value = value[0] if value else None
    return "" if value is None else str(value)


def _plain(value: Text) -> str:
    """The value without mark-up: styles and Crossref put HTML and JATS into titles and abstracts."""
    text = _said(value)
    if "<" in text:
        text = _TAG.sub(" ", _INLINE.sub("", text))
    return normalise(html.unescape(text) if "&" in text else text)


def _parts(abstract: Text) -> Iterator[tuple[str, str]]:
    """The abstract's parts, (label or nothing, body); headings in it become labels, `Abstract` itself none."""
    label, *rest = "", *_HEADING.split(_said(abstract))
    for place, each in enumerate(rest):
        if place % 2:
            label = "" if each.strip().casefold() == "abstract" else _plain(each)
        else:
            yield label, _plain(each)


def _identifiers(item: _Item) -> tuple[Identifier, ...]:
    """Ids by their variables, by the lines of a note (Zotero's `Extra`), and a DOI by its address."""
    noted = [(found[1].lower(), found[2]) for found in _NOTED.finditer(_said(item.note))]
    ids = {scheme: [text for name, text in noted if name == scheme] for scheme in ("doi", "pmid", "pmcid")}
    address = _said(item.url) if _DOI_URL.match(_said(item.url)) else ""
    found = [
        *(identifier("pmid", each) for each in (_said(item.pmid), *ids["pmid"])),
        *(identifier("pmcid", each) for each in (_said(item.pmcid), *ids["pmcid"])),
        *(identifier("doi", each) for each in (_said(item.doi), *ids["doi"], address)),
    ]
    return tuple(dict.fromkeys(each for each in found if each is not None))


def _people(names: list[_Name | str] | _Name | None, role: Role) -> Iterator[Contributor]:
    for each in [names] if isinstance(names, _Name) else names or ():
        found = fields.person(each) if isinstance(each, str) else _person(each)
        if found is not None:
            yield found if role == "author" or found.role == "collective" else _as_editor(found)


def _as_editor(person: Contributor) -> Contributor:
    return Contributor(person.family, person.given, "editor")


def _person(name: _Name) -> Contributor | None:
    """Particles that stay with the family name do; those that drop behind the given name, and the suffix, do too."""
    family = _plain(" ".join(each for each in (name.non_dropping_particle, name.family) if each))
    given = _plain(" ".join(each for each in (name.given, name.dropping_particle, name.suffix) if each))
    if family or given:
        return Contributor(family or given, given or None if family else None)
    return fields.collective(_plain(name.literal or name.name))


def _year(date: _Date | str | int | None) -> int | None:
    if not isinstance(date, _Date):
        return fields.year_of(str(date or ""))
    parts = date.date_parts[0] if date.date_parts else None
    first = parts[0] if isinstance(parts, list) and parts else parts
    written = (first, _said(date.year), _said(date.raw), _said(date.literal))
    return next((year for each in written if (year := fields.year_of(str(each or "")))), None)


def _headings(keyword: Text) -> tuple[str, ...]:
    words = [str(each) for each in keyword if each] if isinstance(keyword, list) else _split(_said(keyword))
    return tuple(dict.fromkeys(word for each in words if (word := _plain(each))))


def _split(words: str) -> list[str]:
    return words.split(";" if ";" in words else ",")
