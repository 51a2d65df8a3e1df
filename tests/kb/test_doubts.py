"""What a person should look at first. The literature is invented."""

from __future__ import annotations

import msgspec
import pytest

from kb.doubts import doubts
from kb.extraction import Arm, Extraction, Finding, Method, Outcome, Sample
from kb.publication import Publication
from kb.record import Record

ROW = Finding(Outcome(name="pain", change="down", basis="between_groups"))
SURE = Extraction(
    version="1",
    design=Finding("rct"),
    method=Method(arms=(Finding(Arm("massage", n=Finding(20))), Finding(Arm("rest", n=Finding(20))))),
    sample=Sample(n=Finding(40)),
    outcomes=(ROW,),
)


def publication(record: Record, facts: Extraction) -> Publication:
    return Publication(id="weaver", revision=1, record=record, sources=(), members=(), machine=facts, facts=facts)


@pytest.mark.parametrize(
    ("facts", "reasons"),
    [
        (SURE, ()),
        (msgspec.structs.replace(SURE, sample=Sample()), ("a trial, and no number of people was read",)),
        (msgspec.structs.replace(SURE, sample=Sample(n=Finding(30))), ("more people in its groups than entered",)),
        (msgspec.structs.replace(SURE, outcomes=()), ("it tells of results, and no outcome was read",)),
        (msgspec.structs.replace(SURE, outcomes=(), design=Finding("protocol")), ()),
        (msgspec.structs.replace(SURE, design=None), ("no design was read",)),
    ],
)
def test_what_is_unlikely(facts: Extraction, reasons: tuple[str, ...], invented: Record) -> None:
    found = doubts(publication(invented, facts))
    assert (found.reasons if found else ()) == reasons


def test_what_a_person_looked_at_is_doubted_no_more(invented: Record) -> None:
    looked = msgspec.structs.replace(SURE, outcomes=(), design=Finding("rct", state="checked"))
    assert doubts(publication(invented, looked)) is None


def test_a_bare_citation_leaves_nothing_to_doubt(invented: Record) -> None:
    bare = msgspec.structs.replace(invented, abstract=None)
    assert doubts(publication(bare, Extraction(version="1"))) is None
