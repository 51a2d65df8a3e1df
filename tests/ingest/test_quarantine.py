"""What waits for a person: unreadable records, and readings in doubt. The literature is invented."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from ingest.extractors import extract
from kb.extraction import Extraction
from kb.record import Record
from kb.vocabulary import Vocabulary
from touchstone import touchstone

RECORDS = """TI  - A record without a number
AB  - Nothing.

PMID- 990000001
TI  - Invented trial of dyers.
DP  - 2001
AB  - METHODS: Dyers were randomly assigned to massage or rest. RESULTS: It rained.
"""


def test_what_could_not_be_read_may_be_dropped(tmp_path: Path) -> None:
    bad = tmp_path / "bad.nbib"
    bad.write_text(RECORDS)

    def run(*words: str) -> tuple[int, str]:
        done = CliRunner().invoke(touchstone, ["--home", str(tmp_path / "home"), "ingest", *words])
        return done.exit_code, done.output

    assert run("file", str(bad))[0] == 1
    (entry,) = json.loads(run("quarantine", "list", "--json")[1])
    assert run("quarantine", "drop", str(entry["id"])) == (0, "1 dropped\n")
    assert run("quarantine", "list")[1] == "0 in quarantine\n"
    assert run("quarantine", "drop", str(entry["id"])) == (1, "0 dropped\n")

    code, said = run("review")
    assert code == 0
    assert "no number of people was read" in said
    assert "no outcome was read" in said
    assert "1 of 1 publications" in said
    (doubt,) = json.loads(run("review", "--json")[1])
    assert len(doubt["reasons"]) == 2


def test_a_fault_of_ours_is_kept_and_the_rest_arrive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(record: Record, vocabulary: Vocabulary) -> Extraction:
        if record.key == "990000002":
            raise ZeroDivisionError("invented")
        return extract(record, vocabulary)

    monkeypatch.setattr("ingest.pipeline.extract", broken)
    source = tmp_path / "three.nbib"
    source.write_text("\n".join(f"PMID- 99000000{n}\nTI  - Invented trial {n}.\nDP  - 2001\n" for n in (1, 2, 3)))

    def run(*words: str) -> tuple[int, str]:
        done = CliRunner().invoke(touchstone, ["--home", str(tmp_path / "home"), "ingest", *words])
        return done.exit_code, done.output

    code, said = run("file", str(source))
    assert (code, "2 created" in said) == (1, True), said
    assert "ZeroDivisionError: invented" in said
    monkeypatch.setattr("ingest.pipeline.extract", extract)
    code, said = run("quarantine", "retry")
    assert (code, "1 created" in said) == (0, True), said
    assert run("quarantine", "list")[1] == "0 in quarantine\n"
