"""What is told around a publication: relations, the sources of notices, what is left out, what was corrected."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from kb.base import open_for_writing, open_kb
from kb.corrections import replaced, replaced_outcomes
from kb.extraction import Arm, DesignKind, Dose, Extraction, Finding, Method, Outcome, Sample
from kb.record import Notice, Payload, Record
from kb.store import link
from kb.store.links import About, Kind, SaidBy
from kb.unstated import unstated
from kb.vocabulary import load_vocabulary
from tests.conftest import NOW

PAYLOAD = Payload(source="file", key="invented.nbib", body=b"PMID- 990000001", fetched_at=NOW, format="medline")
IDS = ("first", "second", "third", "fourth")


@pytest.fixture
def home(tmp_path: Path, invented: Record) -> Path:
    """Four publications of which nothing is said yet."""
    with open_for_writing(tmp_path) as kb:
        kb.store.keep(PAYLOAD)
        for id in IDS:
            record = msgspec.structs.replace(
                invented, source="invented", key=id, notices=(Notice("retracted", "It was invented."),)
            )
            kb.store.put(record, publication=id, machine=Extraction(version="1"), payload=PAYLOAD.digest, at=NOW)
    return tmp_path


def tell(home: Path, one: str, other: str, kind: Kind, said_by: SaidBy, about: About) -> None:
    with open_for_writing(home) as kb:
        kb.store.link(link(one, other, kind, said_by, "invented", NOW, about))


def related(home: Path, id: str) -> list[tuple[str, str]]:
    kb = open_kb(home)
    try:
        return [(each.kind, each.publication.id) for each in kb.relations(kb.publication(id))]
    finally:
        kb.close()


def test_versions_and_confirmed_families_are_told(home: Path) -> None:
    assert related(home, "first") == []
    tell(home, "first", "second", "version", "machine", "identity")
    tell(home, "first", "third", "same", "person", "study")
    tell(home, "third", "fourth", "same", "person", "study")
    assert related(home, "first") == [("version", "second"), ("study", "fourth"), ("study", "third")]
    assert related(home, "fourth") == [("study", "first"), ("study", "third")]
    assert related(home, "second") == [("version", "first")]


def test_what_is_only_proposed_or_refused_is_not_told(home: Path) -> None:
    tell(home, "first", "second", "proposed", "machine", "identity")
    tell(home, "first", "third", "different", "person", "study")
    tell(home, "third", "fourth", "same", "person", "study")
    assert related(home, "first") == []
    tell(home, "first", "fourth", "same", "person", "study")
    assert related(home, "first") == [("study", "fourth")]


def test_a_notice_is_told_with_its_source_and_day(home: Path) -> None:
    kb = open_kb(home)
    (noticed,) = kb.noticed(kb.publication("first"))
    assert (noticed.notice.kind, noticed.source, noticed.fetched) == ("retracted", "invented", NOW.date())
    kb.close()


def design(kind: DesignKind, **more: object) -> Extraction:
    return Extraction(version="1", design=Finding(kind), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("facts", "left_out", "not_asked"),
    [
        (design("rct"), ("allocation", "blinding", "harms, adverse events", "provider"), "randomisation"),
        (design("single_group_pre_post"), ("minutes", "age", "n"), "blinding"),
        (design("systematic_review"), ("n", "comparator", "harms, adverse events"), "minutes"),
        (design("protocol"), ("registration", "minutes"), "harms, adverse events"),
        (design("survey"), ("age", "sex", "n"), "technique"),
        (Extraction(version="1"), ("design", "n", "minutes"), "allocation"),
    ],
)
def test_only_what_a_study_of_its_kind_can_have_is_missed(
    facts: Extraction, left_out: tuple[str, ...], not_asked: str
) -> None:
    terms = [each.term for each in unstated(facts)]
    assert set(left_out) <= set(terms)
    assert not_asked not in terms


def test_a_fact_that_is_stated_anywhere_is_not_missed() -> None:
    arm = Arm("massage", n=Finding(12), dose=Dose(minutes=Finding(30.0)))
    facts = design("rct", method=Method(arms=(Finding(arm),)), sample=Sample(age_mean=Finding(40.5)))
    terms = {each.term for each in unstated(facts)}
    assert not terms & {"minutes", "n per group", "age"}
    assert {"frequency", "sex"} <= terms


VOCABULARY = load_vocabulary()
PAIN = Outcome("pain", "down", "between_groups", polarity="low")
MACHINE = design("rct", sample=Sample(n=Finding(20, 0, 2), age=Finding("old", 0, 3)), outcomes=(Finding(PAIN, 0, 4),))


def read_by_a_person(n: int, *outcomes: Outcome) -> Extraction:
    sample = msgspec.structs.replace(MACHINE.sample, n=Finding(n, state="corrected", document="table 1"))
    ledger = tuple(Finding(each, state="checked", document="table 2") for each in outcomes)
    return msgspec.structs.replace(MACHINE, sample=sample, outcomes=ledger or MACHINE.outcomes)


def test_a_correction_keeps_what_the_machine_read() -> None:
    assert replaced(MACHINE, read_by_a_person(24), VOCABULARY) == {"Entered": ("20",)}
    assert replaced(MACHINE, read_by_a_person(20), VOCABULARY) == {}
    assert replaced(MACHINE, MACHINE, VOCABULARY) == {}
    assert replaced(Extraction(version="1"), read_by_a_person(24), VOCABULARY) == {}


def test_rows_of_the_machines_ledger_that_a_person_did_not_read_are_kept() -> None:
    worse = msgspec.structs.replace(PAIN, change="up")
    (row,) = replaced_outcomes(MACHINE, read_by_a_person(24, worse), VOCABULARY)
    assert row.startswith("↓ pain: better")
    assert replaced_outcomes(MACHINE, read_by_a_person(24, PAIN), VOCABULARY) == ()
    assert replaced_outcomes(MACHINE, read_by_a_person(24), VOCABULARY) == ()
