"""Golden pairs: an invented file and, beside it, what must become of it. Fields left out must be empty."""

from __future__ import annotations

import json
import re
import textwrap
from pathlib import Path

import msgspec
import pytest

from ingest.parsers import Unreadable, detect
from kb.record import Record
from tests.ingest.parsers.conftest import Read

GOLDEN = sorted(path for path in (Path(__file__).parent / "golden").iterdir() if path.suffix != ".json")


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.name)
def test_a_file_becomes_what_stands_beside_it(path: Path, read: Read) -> None:
    expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    got = read(path.read_bytes(), path.name)
    assert [each for each in got if isinstance(each, Record)] == msgspec.convert(expected["records"], list[Record])
    unreadable = [each for each in got if isinstance(each, Unreadable)]
    assert unreadable == msgspec.convert(expected["unreadable"], list[Unreadable])


@pytest.mark.parametrize(
    ("name", "format"),
    [
        ("medline_full.nbib", "medline"),
        ("medline_quirks.nbib", "medline"),
        ("pubmed_articles.xml", "pubmed_xml"),
        ("table_german.csv", "csv_table"),
        ("pubmed_abstract.txt", "pubmed_abstract"),
        ("pubmed_summary.txt", "pubmed_summary"),
        ("endnote_library.xml", "endnote_xml"),
        ("csl_items.csljson", "csl_json"),
        ("jats_set.xml", "jats"),
        ("mods_collection.xml", "mods"),
        ("citation_post.txt", "citation_text"),
        ("page_publisher.html", "web_page"),
        ("page_table.html", "web_page"),
        ("page_list.html", "web_page"),
        ("page_headed.html", "web_page"),
        ("layout_1_year_list.txt", "citation_text"),
        ("layout_2_topic_dash.txt", "citation_text"),
        ("layout_3_heading_colon.txt", "citation_text"),
        ("layout_4_run_in.txt", "citation_text"),
        ("layout_5_rows.txt", "csv_table"),
        ("layout_6_numbered.txt", "citation_text"),
        ("layout_7_mix.txt", "citation_text"),
        ("layout_8_glued.txt", "portal_text"),
        ("citation_list.txt", "citation_text"),
        ("ris_dialects.ris", "ris"),
        ("ris_lax.ris", "ris"),
        ("enw.enw", "enw"),
        ("enw_catalogue.enw", "enw"),
        ("refworks.txt", "refworks"),
        ("ovid_tagged.txt", "ovid"),
        ("ovid_headed.txt", "ovid"),
        ("wos.txt", "wos"),
        ("bibtex.bib", "bibtex"),
    ],
)
def test_the_content_tells_the_format(name: str, format: str) -> None:
    assert detect((Path(__file__).parent / "golden" / name).read_bytes()) == format


PROSE = [path for path in GOLDEN if re.match(r"layout_[^58]", path.name)]  # in the others lines are cells


@pytest.mark.parametrize("path", PROSE, ids=lambda path: path.name)
def test_a_layout_may_be_wrapped(path: Path, read: Read) -> None:
    text = path.read_text(encoding="utf-8")
    wrapped = "\n".join(textwrap.fill(line, 78, break_on_hyphens=False) for line in text.split("\n"))
    assert read(wrapped, path.name) == read(text, path.name)
