"""Styles of the Citation Style Language. The literature is invented."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kb.citing import csl
from kb.errors import StyleError
from kb.exporters import csl_json
from kb.exporters.reference import Reference
from kb.extraction import Extraction
from kb.record import Contributor, Identifier, Record

ITEM: dict[str, Any] = {
    "id": "x",
    "type": "article-journal",
    "title": "Massage of <b>weavers</b>.",
    "author": [{"family": "Weaver", "given": "W. B."}, {"family": "Hsu", "given": "L-hua"}],
    "container-title": "Journal of Invented Trials",
    "issued": {"date-parts": [[2011]]},
    "volume": "3",
    "issue": "1",
    "page": "1-14",
    "DOI": "10.5555/weavers",
}
NUMBERED = """<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0" page-range-format="minimal">
  <info><title>Invented</title><id>invented</id><updated>2026-01-01T00:00:00+00:00</updated></info>
  <citation><layout><text variable="citation-number"/></layout></citation>
  <bibliography><layout suffix=".">
    <text variable="citation-number" suffix=". "/>
    <names variable="author"><name initialize-with="." name-as-sort-order="all"/></names>
    <text variable="title" prefix=" " font-style="italic"/>
    <text variable="page" prefix=", "/>
  </layout></bibliography>
</style>
"""


def said(cite: csl.Cite, **changed: object) -> str:
    return "".join(f"_{each.text}_" if each.italic else each.text for each in cite({**ITEM, **changed}))


def test_harvard_is_there_without_any_extra() -> None:
    assert said(csl.named(csl.HARVARD)) == (
        "Weaver, W.B. and Hsu, L. (2011) ‘Massage of <b>weavers</b>’, _Journal of Invented Trials_, 3(1), pp. 1–14. "
        "Available at: https://doi.org/10.5555/weavers."
    )


def test_a_style_of_a_file_cites_without_its_number_and_with_whole_pages(tmp_path: Path) -> None:
    (tmp_path / "own.csl").write_text(NUMBERED, "utf-8")
    cite = csl.read(tmp_path / "own.csl")
    assert said(cite) == "Weaver, W.B., Hsu, L. _Massage of <b>weavers</b>_, 1–14."
    assert said(cite, page="1813-9").endswith(", 1813–1819.")
    assert said(cite, page="101-109").endswith(", 101–109."), "citeproc-py would shorten it to 101–9"


@pytest.mark.parametrize("body", ["", "no XML", "<style/>", NUMBERED.replace("bibliography", "nothing")])
def test_what_is_no_style_is_told(body: str, tmp_path: Path) -> None:
    (tmp_path / "own.csl").write_text(body, "utf-8")
    with pytest.raises(StyleError):
        csl.read(tmp_path / "own.csl")


@pytest.mark.parametrize(
    "name", ["", "..", "../own", "kb", "tests/kb", "No-Capitals", "x" * 200, "nothing-of-this-name"]
)
def test_a_name_is_never_a_path(name: str) -> None:
    with pytest.raises(StyleError):
        csl.named(name)


@pytest.mark.parametrize(
    ("given", "names"),
    [
        ("HB", {"given": "H. B."}),
        ("H B", {"given": "H. B."}),
        ("Hannah B", {"given": "Hannah B."}),
        ("HB Jr", {"given": "H. B.", "suffix": "Jr"}),
        ("Hannah", {"given": "Hannah"}),
        ("J-P", {"given": "J-P"}),
        ("Wilma JANE", {"given": "Wilma JANE"}),
    ],
)
def test_initials_have_stops_in_csl_json(given: str, names: dict[str, str]) -> None:
    record = Record(
        source="x",
        key="1",
        format="x",
        title="Massage of weavers",
        identifiers=(Identifier("doi", "10.5555/weavers"),),
        contributors=(Contributor("Weaver", given),),
    )
    item = csl_json.item(Reference("x", record, Extraction(version="1")))
    assert item["author"] == [{"family": "Weaver", **names}]
    assert ("custom" in item) == (names != {"given": given})
