"""The command, from a filled knowledge base to a file that it reads again. All literature is invented."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kb.base import open_for_writing, open_kb
from kb.exporters import EXPORTERS
from kb.extraction import Extraction
from kb.record import Identifier, Payload, Record
from kb.search import PAGE, Query
from tests.conftest import NOW
from touchstone import touchstone

Run = Callable[..., Result]
COUNT = 2 * PAGE + 5


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with more than two pages of invented trials."""
    home = tmp_path / "home"
    payload = Payload(source="file", key="invented", body=b"invented", fetched_at=NOW)
    with open_for_writing(home) as kb:
        kb.store.keep(payload)
        for number in range(COUNT):
            record = Record(
                source="invented",
                key=str(number),
                format="medline",
                identifiers=(Identifier("doi", f"10.5555/invented.{number}"),),
                title=f"Massage of potter {number}" if number else "Weaving",
                year=1990 + number % 30,
                abstract="Kilns were hot.",
            )
            machine = Extraction(version="1")
            kb.store.put(record, publication=f"p{number}", machine=machine, payload=payload.digest, at=NOW)
        kb.refresh()
    return home


@pytest.fixture
def run(home: Path) -> Run:
    return lambda *words: CliRunner().invoke(touchstone, ["--home", str(home), *map(str, words)])


def test_all_pages_of_an_answer_in_its_order(home: Path) -> None:
    kb = open_kb(home)
    pages = [kb.search(Query(text="potter", page=page)) for page in (1, 2, 3)]
    shown = [hit.publication.id for page in pages for hit in page.hits if hit.whole]
    found = kb.find(Query(text="potter"))
    assert list(found.ids) == shown
    assert [each.id for each in kb.publications(found.ids)] == shown
    assert len(kb.find(Query()).ids) == COUNT
    kb.close()


@pytest.mark.parametrize("format", EXPORTERS)
def test_a_question_or_everything(format: str, run: Run, tmp_path: Path) -> None:
    file = tmp_path / "out"
    done = run("export", "--format", format, "--output", file)
    assert done.exit_code == 0, done.output
    assert f"{COUNT} publications" in done.stderr
    assert file.read_text(encoding="utf-8").count("assage of potter") == COUNT - 1
    assert b"hot" not in file.read_bytes()
    assert "assage of potter" not in run("export", "weaving", "--format", format).stdout


def test_rights_are_those_of_the_settings(home: Path, run: Run) -> None:
    (home / "touchstone.toml").write_text('[rights]\ninvented = "full"\n')
    assert run("export", "--format", "ris").stdout.count("AB  - Kilns were hot.") == COUNT


def test_what_has_only_some_of_the_question_keeps_out_of_the_file_and_it_is_said(run: Run) -> None:
    done = run("export", "potter", "zebra", "--format", "ris")
    assert "No publication here has all of that" in done.stderr
    assert done.stdout == ""


def test_a_file_that_cannot_be_written_is_named_and_no_part_of_it_stays(run: Run, tmp_path: Path) -> None:
    done = run("export", "--format", "csv", "--output", tmp_path / "nowhere" / "out.csv")
    assert "nowhere" in str(done.exception)
    assert [each.name for each in tmp_path.iterdir()] == ["home"]


@pytest.mark.parametrize("format", ["ris", "bibtex", "csl_json", "csv", "nbib"])
def test_what_was_exported_is_known_here_and_new_elsewhere(format: str, run: Run, tmp_path: Path) -> None:
    """Read again it is the same publications, and takes nothing from them: the abstracts did not leave."""
    file = tmp_path / "all"
    run("export", "--format", format, "--output", file)
    again = run("ingest", "file", file)
    assert "0 created" in again.output, again.output
    assert "Kilns were hot." in run("show", "p1", "--json").output
    other = CliRunner().invoke(touchstone, ["--home", str(tmp_path / "other"), "ingest", "file", str(file)])
    assert f"{COUNT} created" in other.output
