"""What is Tantivy's own beyond the contract: it is an extra, and each way in which its files can be lost."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from shutil import copytree

import pytest

from kb.base import open_for_writing, open_kb
from kb.errors import IndexUnavailableError, SettingsError
from kb.facets import FACETS
from kb.index import ENGINES
from kb.index.document import Document
from kb.index.tree import All, Request, Word
from kb.votes import Cell, Says, Vote
from tests.conftest import ROOT

INSTALL = r"pip install touchstone-evidence\[tantivy\]"


def test_without_the_package_the_setting_says_how_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_for_writing(tmp_path) as kb:
        kb.refresh()
    (tmp_path / "touchstone.toml").write_text('engine = "tantivy"')
    monkeypatch.setitem(sys.modules, "tantivy", None)
    with pytest.raises(SettingsError, match=INSTALL):
        open_kb(tmp_path)
    with pytest.raises(SettingsError, match=INSTALL), open_for_writing(tmp_path):
        pass


def test_nothing_imports_it_unasked() -> None:
    code = "import sys, touchstone, kb.base, web, ingest; sys.exit('tantivy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def paper(number: int) -> Document:
    return Document(
        id=f"p{number:05}",
        texts=(("text", ("Weavers",)),),
        facets=tuple((each, ()) for each in FACETS),
        study=f"study {number // 2}",
        votes=(Vote(Cell("sleep", "active"), Says.BETTER if number % 2 else Says.WORSE),),
    )


@pytest.mark.parametrize("harm", ["remove", "empty", "cut", "flip"])
def test_each_lost_file_is_told(tmp_path: Path, harm: str) -> None:
    pytest.importorskip("tantivy")
    engine = ENGINES["tantivy"](tmp_path / "whole", writable=True)
    engine.apply(map(paper, range(40)))
    engine.close()
    told = 0
    for name in sorted(path.name for path in (tmp_path / "whole").iterdir() if not path.name.startswith(".")):
        damaged = copytree(tmp_path / "whole", tmp_path / name) / name
        body = damaged.read_bytes()
        if harm == "remove":
            damaged.unlink()
        else:
            damaged.write_bytes({"empty": b"", "cut": body[: len(body) // 2], "flip": body[::-1]}[harm])
        for writable in (False, True):
            with pytest.raises(IndexUnavailableError):
                ENGINES["tantivy"](damaged.parent, writable=writable).search(Request(tree=Word("weaver")))
        told += 1
    assert told == 7


def test_more_votes_of_shared_studies_than_can_be_counted_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("tantivy")
    monkeypatch.setattr("kb.index.tantivy_engine._AT_ONCE", 30)
    engine = ENGINES["tantivy"](tmp_path / "index", writable=True)
    engine.apply(map(paper, range(400)))
    (row,) = engine.search(Request(tree=All())).tally
    assert (row.mixed, row.better, row.worse) == (200, 0, 0)
