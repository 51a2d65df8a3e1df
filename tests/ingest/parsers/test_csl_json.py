"""CSL-JSON: where programs differ in what they put into a variable, and where a document breaks. All invented."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

from ingest.errors import UnreadablePayloadError
from ingest.parsers import Unreadable, csl_json
from ingest.parsers.csl_item import LONGEST_TEXT
from kb.record import Record
from tests.ingest.parsers.conftest import Read


def item(**more: Any) -> dict[str, Any]:
    return {
        "id": "a",
        "type": "article-journal",
        "title": "Invented",
        **{key.replace("_", "-"): more[key] for key in more},
    }


@pytest.mark.parametrize(
    ("more", "field", "value"),
    [
        ({"issued": {"date-parts": [[2011]]}}, "year", 2011),
        ({"issued": {"date-parts": [["2011", "5"]]}}, "year", 2011),
        ({"issued": {"date-parts": [2011, 5]}}, "year", 2011),
        ({"issued": {"date-parts": [[None]], "literal": "n.d., 2012"}}, "year", 2012),
        ({"issued": {"date-parts": []}}, "year", None),
        ({"issued": "2011-05"}, "year", 2011),
        ({"issued": {"year": 2011}}, "year", 2011),
        ({"volume": 7}, "volume", "7"),
        ({"page": "537-43"}, "pages", "537-543"),
        ({"title": ["One", "Two"]}, "title", "One"),
        ({"title": "A &lt; B &amp; <b>C</b>"}, "title", "A < B & C"),
        ({"title": "p < .05 and q > 3"}, "title", "p < .05 and q > 3"),
        ({"container_title": ["J"]}, "container", "J"),
        ({"journalAbbreviation": "J"}, "container_abbreviation", "J"),
        ({"keyword": ["a", "b"]}, "subject_headings", ("a", "b")),
        ({"keyword": "a; b, c"}, "subject_headings", ("a", "b, c")),
        ({"PMID": "990000101"}, "key", "990000101"),
        ({"note": "PMID: 990000101\nelse"}, "key", "990000101"),
        ({"note": "a comment on PMID: 990000101"}, "identifiers", ()),
        ({"DOI": "https://doi.org/10.5555/A"}, "key", "10.5555/a"),
        ({"URL": "https://a.example/10.5555/A"}, "identifiers", ()),
        ({"abstract": "<p>One.</p><p>Two.</p>"}, "abstract", "One. Two."),
        ({"abstract": "<jats:title>ABSTRACT</jats:title><jats:p>One.</jats:p>"}, "abstract", "One."),
        ({"author": None, "issued": None}, "contributors", ()),
    ],
)
def test_variables(more: dict[str, Any], field: str, value: object, read: Read) -> None:
    (record,) = read(json.dumps([item(**more)]))
    assert getattr(record, field) == value


@pytest.mark.parametrize(
    ("name", "family", "given", "role"),
    [
        ({"family": "Wolle", "given": "Tess"}, "Wolle", "Tess", "author"),
        ({"family": "Wolle"}, "Wolle", None, "author"),
        ({"given": "Plato"}, "Plato", None, "author"),
        ({"literal": "Weavers"}, "Weavers", None, "collective"),
        ({"name": "Weavers"}, "Weavers", None, "collective"),
        ("Wolle, Tess", "Wolle", "Tess", "author"),
    ],
)
def test_names(name: Any, family: str, given: str | None, role: str, read: Read) -> None:
    (record,) = read(json.dumps([item(author=[name, {}])]))
    assert isinstance(record, Record)
    assert [(each.family, each.given, each.role) for each in record.contributors] == [(family, given, role)]


@pytest.mark.parametrize("shape", ["{}", "[{}]", '{{"items": [{}]}}', "\ufeff [ {} ]\n"])
def test_shapes_of_a_document(shape: str, read: Read) -> None:
    (record,) = read(shape.format(json.dumps(item())))
    assert isinstance(record, Record)


def test_one_long_line_is_no_hindrance(read: Read) -> None:
    records = read(json.dumps([item(note="x" * 1_000, DOI=f"10.5555/{number}") for number in range(2_000)]))
    assert len(records) == 2_000


@pytest.mark.parametrize("wrap", ["[", '{"items": ['])
def test_a_broken_document_gives_the_items_before_the_break(wrap: str, read: Read) -> None:
    whole = wrap + ", ".join(json.dumps(item(DOI=f"10.5555/{number}")) for number in range(3))
    *before, last = read(whole[:-10])
    assert [each.key for each in before if isinstance(each, Record)] == ["10.5555/0", "10.5555/1"]
    assert isinstance(last, Unreadable)
    assert last.key == "file, item 3"
    assert "breaks" in last.reason


def test_half_a_character_is_dropped(read: Read) -> None:
    (record,) = read('[{"id": "a", "type": "book", "title": "\\ud83d\\ude00 Inv\\ud800ented"}]')
    assert isinstance(record, Record)
    assert record.title == "😀 Invented"


def test_a_raw_line_end_inside_a_text_is_forgiven(read: Read) -> None:
    (record,) = read('[{"id": "a", "type": "book", "title": "Invented\nbook"}]')
    assert isinstance(record, Record)
    assert record.title == "Invented book"


@pytest.mark.parametrize(
    "body", ['[{"id": 1, "type": "book", "title": "Inv', '{"id":1,"type":"book","title":"I","x":' + "[" * 100_000]
)
def test_a_document_of_nothing_readable_is_refused(body: str, read: Read) -> None:
    with pytest.raises(UnreadablePayloadError, match="JSON"):
        read(body)


def test_a_text_beyond_all_measure_goes_to_quarantine(read: Read) -> None:
    first, second = read(json.dumps([item(abstract="x " * LONGEST_TEXT), item()]))
    assert isinstance(first, Unreadable)
    assert "5,000,000" in first.reason
    assert isinstance(second, Record)


@pytest.mark.parametrize("piece", ["<title> ", "<title>" + " " * 99, "<", "<i ", "&", "PMID: ", "\n", "(", "10.5555/"])
def test_no_text_takes_long(piece: str, read: Read) -> None:
    hostile = piece * (1_000_000 // len(piece)) + " " * 1_000_000
    began = time.process_time()
    read(json.dumps([item(title="Invented" + hostile, abstract=hostile, note=hostile, page=hostile, keyword=hostile)]))
    assert time.process_time() - began < 20


@pytest.mark.parametrize(
    "other",
    [
        '{"message-type": "work", "message": {"type": "journal-article", "title": ["I"], "author": [{"family": "W"}]}}',
        '{"results": [{"id": "https://openalex.org/W1", "type": "article", "title": "Invented"}]}',
        '{"source": "crossref", "title": "Invented", "type": "journal-article", "authors": ["Tess Wolle"]}',
        '{"title": "Invented"}',
        "[1, 2]",
        "[]",
    ],
)
def test_other_json_is_not_taken_for_it(other: str) -> None:
    assert not csl_json.recognises(other)
