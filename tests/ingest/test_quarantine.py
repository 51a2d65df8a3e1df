"""What waits for a person: unreadable records, and readings in doubt. The literature is invented."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

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
