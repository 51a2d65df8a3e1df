"""What a person is shown who checks how a document is read. The literature is invented."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from touchstone import touchstone

POST = Path(__file__).parents[1] / "data" / "forum_post.txt"


@pytest.mark.parametrize("columns", ["160", "60"])
def test_the_abstract_is_shown_with_its_facts_and_nothing_is_stored(columns: str, tmp_path: Path) -> None:
    home = tmp_path / "home"
    command = ["--home", str(home), "ingest", "file", str(POST), "--explain"]
    done = CliRunner().invoke(touchstone, command, env={"COLUMNS": columns})
    assert done.exit_code == 0, done.output
    shown = " ".join(done.output.split())
    assert "Thirty two" in shown
    assert "Entered: 32" in shown
    assert "18 (derived)" in shown
    assert "Blinding: not stated" in shown
    assert not home.exists()


def test_a_number_behind_words_leads_to_what_they_say(tmp_path: Path) -> None:
    study = tmp_path / "one.nbib"
    study.write_text(
        "PMID- 990000001\nTI  - Invented trial.\nDP  - 2001\n"
        "AB  - METHODS: Ten weavers were randomly assigned to massage or rest.\n"
    )
    done = CliRunner().invoke(
        touchstone, ["--home", str(tmp_path), "ingest", "file", str(study), "--explain"], env={"COLUMNS": "200"}
    )
    number = done.output.partition("randomly assigned[")[2].partition("]")[0]
    assert f"{number} Design: randomised controlled trial" in done.output


def test_what_cannot_be_read_is_named(tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.touch()
    missing = tmp_path / "missing"
    done = CliRunner().invoke(touchstone, ["ingest", "file", str(empty), str(missing), "--explain"])
    assert done.exit_code == 1
    shown = " ".join(done.output.split())
    assert "it is empty" in shown
    assert "No such file or directory Check the path" in shown
