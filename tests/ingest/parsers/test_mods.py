"""MODS: where libraries' records differ from each other. All records here are invented."""

from __future__ import annotations

import pytest

from kb.record import Record
from tests.ingest.parsers.conftest import Read

TITLE = "<titleInfo><title>Invented</title></titleInfo>"


def mods(inside: str) -> str:
    title = "" if inside.startswith("<titleInfo>") else TITLE
    return f'<mods xmlns="http://www.loc.gov/mods/v3">{title}{inside}</mods>'


@pytest.mark.parametrize(
    ("inside", "field", "value"),
    [
        ("<titleInfo><nonSort>L'</nonSort><title>art</title></titleInfo>", "title", "L' art"),
        ("<titleInfo><title>A /</title><subTitle>b</subTitle></titleInfo>", "title", "A: b"),
        ("<titleInfo><title>A.</title><partName>B</partName></titleInfo>", "title", "A. B"),
        ("<originInfo><dateIssued>[1982?]</dateIssued></originInfo>", "year", 1982),
        ("<originInfo><dateIssued>1998-]</dateIssued></originInfo>", "year", 1998),
        ("<originInfo><dateCreated>1930</dateCreated><dateIssued>2021</dateIssued></originInfo>", "year", 2021),
        ("<originInfo><dateCaptured>2002</dateCaptured></originInfo>", "year", None),
        ("<part><date>1999</date></part>", "year", 1999),
        ("<part><extent unit='pp'><list>1-4, 9</list></extent></part>", "pages", "1-4, 9"),
        ("<part><extent unit='minutes'><start>3</start></extent></part>", "pages", None),
        (
            "<relatedItem type='host'><titleInfo type='uniform'><title>J</title></titleInfo></relatedItem>",
            "container",
            "J",
        ),
        ("<relatedItem type='series'><titleInfo><title>J</title></titleInfo></relatedItem>", "container", None),
        ("<language>English</language>", "language", "English"),
        ("<subject><topic/></subject>", "subject_headings", ()),
        ("<identifier>10.5555/bare.1</identifier>", "key", "10.5555/bare.1"),
        ("<location><url>https://doi.org/10.5555/url.1</url></location>", "key", "10.5555/url.1"),
        ("<relatedItem type='host'><identifier type='doi'>10.5555/h</identifier></relatedItem>", "identifiers", ()),
    ],
)
def test_fields(inside: str, field: str, value: object, read: Read) -> None:
    (record,) = read(mods(inside))
    assert getattr(record, field) == value


@pytest.mark.parametrize(
    ("name", "people"),
    [
        ("<namePart>Wolle, Tess,</namePart>", [("Wolle", "Tess", "author")]),
        ("<namePart>Wolle, Tess</namePart><role><roleTerm>Editor.</roleTerm></role>", [("Wolle", "Tess", "editor")]),
        ("<namePart>Wolle, Tess</namePart><role><roleTerm>pbl</roleTerm></role>", []),
        (
            "<namePart>W</namePart><role><roleTerm>pbl</roleTerm><roleTerm>aut</roleTerm></role>",
            [("W", None, "author")],
        ),
        ("<namePart>W</namePart><role><roleTerm>Forfatter</roleTerm></role>", [("W", None, "author")]),
        ("<namePart type='family'>Wolle</namePart>", [("Wolle", None, "author")]),
        ("<displayForm>Wolle, Tess</displayForm>", [("Wolle", "Tess", "author")]),
        ("<namePart type='date'>1970-</namePart>", []),
    ],
)
def test_names(name: str, people: list[tuple[str, str | None, str]], read: Read) -> None:
    (record,) = read(mods(f"<name type='personal'>{name}</name>"))
    assert isinstance(record, Record)
    assert [(each.family, each.given, each.role) for each in record.contributors] == people


def test_a_record_in_an_envelope_is_found(read: Read) -> None:
    (record,) = read(f"<OAI-PMH><record><metadata>{mods('')}</metadata></record></OAI-PMH>")
    assert isinstance(record, Record)
