"""Publications that may report one study. All literature is invented."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from ingest.families import proposals
from ingest.pipeline import put
from ingest.report import Tally
from kb.base import open_for_writing
from kb.extraction import Dose, Extraction, Finding, Method, Sample
from kb.publication import Publication
from kb.record import Contributor, Identifier, Payload, Record
from tests.conftest import NOW
from touchstone import touchstone

TRIAL: dict[str, Any] = {"n": 40, "minutes": 30.0, "comparators": ("usual_care",), "design": "rct", "number": None}


def publication(
    id: str, people: tuple[str, ...] = ("Weaver", "Loom"), year: int | None = 2011, **facts: Any
) -> Publication:
    said = TRIAL | facts
    read = Extraction(
        version="1",
        design=Finding(said["design"]),
        registration=Finding(said["number"]) if said["number"] else None,
        sample=Sample(n=Finding(said["n"]) if said["n"] else None),
        method=Method(
            comparators=tuple(Finding(each) for each in said["comparators"]),
            dose=Dose(minutes=Finding(said["minutes"]) if said["minutes"] else None),
        ),
    )
    named = tuple(Contributor(each) for each in people)
    record = Record(source="s", key=id, format="medline", title=f"The {id}", contributors=named, year=year)
    return Publication(id=id, revision=1, record=record, sources=(), members=(record,), machine=read, facts=read)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({}, "authors (loom, weaver), n = 40, arms, dose"),
        ({"people": ("Weaver",), "minutes": None}, "authors (weaver), n = 40, arms"),
        ({"people": ("Dyer", "Loom", "Weaver"), "comparators": ()}, "authors (loom, weaver), n = 40, dose"),
        ({"people": ("Dyer", "Loom")}, None),  # one author in common, and not the first
        ({"n": 41}, None),
        ({"n": None}, None),
        ({"minutes": 45.0}, None),
        ({"comparators": ("waiting_list",)}, None),
        ({"minutes": None, "comparators": ()}, None),  # authors and n alone
        ({"design": "systematic_review"}, None),
        ({"year": 2031}, None),
        ({"year": None}, None),
    ],
)
def test_by_authors_number_arms_and_dose(changes: dict[str, Any], why: str | None) -> None:
    found = proposals([publication("main"), publication("other", **changes)])
    assert [(each.publications, each.why) for each in found] == ([(("main", "other"), why)] if why else [])


def test_by_registration_whoever_wrote_it() -> None:
    one, other = publication("a", number="NCT 00000001"), publication("b", ("Dyer",), 2030, number="nct00000001", n=7)
    review = publication("c", number="NCT00000001", design="systematic_review")
    (family,) = proposals([one, other, review])
    assert (family.publications, family.why) == (("a", "b"), "registered as NCT00000001")
    stranger = publication("d", number="NCT00000002")
    assert len(proposals([one, other, stranger])) == 1  # the same people's other trial


def test_three_reports_are_one_family_and_what_was_answered_is_not_asked_again() -> None:
    reports = [publication(each) for each in "cab"]
    assert [each.publications for each in proposals(reports)] == [("a", "b", "c")]
    assert [each.publications for each in proposals(reports, {("a", "b"), ("a", "c")})] == [("b", "c")]
    assert proposals(reports, {("a", "b"), ("a", "c"), ("b", "c")}) == ()


def test_by_the_command(tmp_path: Path, invented: Record) -> None:
    payload = Payload(source="file", key="invented", body=b"invented", fetched_at=NOW, format="medline")
    registered = (Identifier("registration", "NCT00000001"),)
    later = Record(
        source="s", key="b", format="medline", title="Weavers a year later", identifiers=registered, year=2013
    )
    ids = []
    with open_for_writing(tmp_path / "home") as kb:
        kb.store.keep(payload)
        first = Record(
            **{name: getattr(invented, name) for name in ("source", "key", "format", "title")}, identifiers=registered
        )
        ids = [put(each, payload.digest, kb, NOW, Tally()).publication for each in (first, later)]

    def run(*words: str) -> str:
        return CliRunner().invoke(touchstone, ["--home", str(tmp_path / "home"), "ingest", "families", *words]).output

    assert "registered as NCT00000001" in run()
    assert "1 proposed" in run()
    assert "name two publications" in run(ids[0], "--confirm")
    assert "0 proposed" in run(*ids, "--confirm")
    assert "0 proposed" in run()
    with open_for_writing(tmp_path / "home") as kb:
        (said,) = kb.store.links(about="study")
    assert (said.kind, said.said_by, {said.one, said.other}) == ("same", "person", set(ids))
