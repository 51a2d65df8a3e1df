"""Files and folders of this machine: all that may be read is, and what may not be is named."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from ingest.sources import Refusal, harvest_files
from kb.record import Payload
from tests.conftest import NOW
from touchstone import touchstone

NOBODY = 65534


def harvest(*paths: Path) -> list[Payload | Refusal]:
    return list(harvest_files(paths, source="file", largest=100, clock=lambda: NOW))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of files and folders, from the folder above it."""
    for name in ("b/2", "b/1", "a/deep/er/3", "c", "a.d/4", ".hidden/5", "b/.6"):
        (tmp_path / "all" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "all" / name).write_text(name)
    tmp_path.chmod(0o755)
    monkeypatch.chdir(tmp_path)
    return Path("all")


@pytest.fixture
def unprivileged(folder: Path) -> Iterator[None]:
    """The superuser may read everything, so for a test of permissions he is somebody else; from where he stands,
    since the folders above may be shut to that one.
    """
    root = os.geteuid() == 0
    if root:
        os.seteuid(NOBODY)
    yield
    if root:
        os.seteuid(0)
    for each in ("a", "b"):
        (folder / each).chmod(0o755)


def test_a_folder_is_walked_in_order_of_name(folder: Path) -> None:
    (folder / "loop").symlink_to(folder.absolute())
    (folder / "nowhere").symlink_to("nothing")
    os.mkfifo(folder / "pipe")
    assert [each.key for each in harvest(folder)] == [
        f"all/{each}" for each in ("a/deep/er/3", "a.d/4", "b/1", "b/2", "c")
    ]
    assert [each.key for each in harvest(folder / ".hidden", folder / "c")] == ["all/.hidden/5", "all/c"]


def shut(folder: Path, mode: int) -> None:
    """Take the rights to `folder` from everybody; its owner (here perhaps the superuser) gives them back."""
    was = os.geteuid()
    os.seteuid(os.getuid())
    folder.chmod(mode)
    os.seteuid(was)


@pytest.mark.usefixtures("unprivileged")
@pytest.mark.parametrize(
    ("mode", "refused"),
    [(0o000, ["all/b"]), (0o111, ["all/b"]), (0o444, ["all/b/1", "all/b/2"])],
    ids=["nothing", "not to be listed", "not to be entered"],
)
def test_what_may_not_be_looked_into_is_refused_and_the_rest_arrives(
    mode: int, refused: list[str], folder: Path
) -> None:
    shut(folder / "b", mode)
    found = harvest(folder)
    assert [each.key for each in found if isinstance(each, Refusal)] == refused
    assert [each.key for each in found if isinstance(each, Payload)] == ["all/a/deep/er/3", "all/a.d/4", "all/c"]
    assert {each.reason for each in found if isinstance(each, Refusal)} == {"Permission denied"}


@pytest.mark.usefixtures("unprivileged")
def test_a_path_below_a_shut_folder_is_refused(folder: Path) -> None:
    shut(folder / "a", 0o000)
    assert [type(each) for each in harvest(folder / "a" / "deep", folder / "c", folder / "absent")] == [
        Refusal,
        Payload,
        Refusal,
    ]


def test_the_command_says_so(folder: Path, tmp_path: Path) -> None:
    """By its exit code too; a name that is too long is refused to everybody."""
    home = str(tmp_path / "home")
    done = CliRunner().invoke(touchstone, ["--home", home, "ingest", "file", "n" * 300, str(folder / "absent")])
    assert done.exit_code == 1
    assert "too long" in done.output
