"""Commands that only read: they go on while another process writes, and leave nothing open. All literature is
invented.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from kb.base import open_for_writing
from tests.conftest import ROOT
from touchstone import touchstone

COMMANDS = (
    ("ingest", "log"),
    ("ingest", "quarantine", "list"),
    ("ingest", "review"),
    ("ingest", "reextract", "--dry-run"),
    ("search", "massage"),
    ("export", "massage", "--format", "ris"),
)
OPEN_FILES = Path("/proc/self/fd")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = tmp_path / "home"
    CliRunner().invoke(touchstone, ["--home", str(home), "ingest", "file", str(ROOT / "tests/data/three.nbib")])
    return home


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_it_answers_during_a_harvest(command: tuple[str, ...], home: Path) -> None:
    with open_for_writing(home):
        done = CliRunner().invoke(touchstone, ["--home", str(home), *command])
    assert done.exit_code == 0, done.exception


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_it_lets_go_of_the_store(command: tuple[str, ...], home: Path) -> None:
    if not OPEN_FILES.is_dir():
        pytest.skip("this system does not list a process's open files")
    assert CliRunner().invoke(touchstone, ["--home", str(home), *command]).exit_code == 0
    links = [each for each in OPEN_FILES.iterdir() if each.is_symlink()]  # that of the listing itself is gone
    assert str(home) not in " ".join(str(each.readlink()) for each in links)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_it_makes_no_home(command: tuple[str, ...], tmp_path: Path) -> None:
    done = CliRunner().invoke(touchstone, ["--home", str(tmp_path / "nowhere"), *command])
    assert "no knowledge base" in str(done.exception)
    assert not (tmp_path / "nowhere").exists()
