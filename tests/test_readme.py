"""The README is true: its map names what is there, and its table every command there is."""

from __future__ import annotations

import re
from collections.abc import Iterator

import click
import pytest

from tests.conftest import ROOT
from touchstone import touchstone

README = (ROOT / "README.md").read_text(encoding="utf-8")


def commands(group: click.Group, path: str = "touchstone") -> Iterator[str]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{path} {name}")
        else:
            yield f"{path} {name}"


@pytest.mark.parametrize("command", sorted(commands(touchstone)))
def test_every_command_is_in_the_table(command: str) -> None:
    assert f"| `{command}" in README


def test_every_command_in_the_table_exists() -> None:
    told = set(re.findall(r"^\| `(touchstone [a-z ]*[a-z])", README, re.MULTILINE))
    assert told == set(commands(touchstone))


def test_every_place_on_the_map_exists() -> None:
    rows = README.partition("## The map")[2].partition("An abstract's journey")[0]
    places = [
        place for row in re.findall(r"^\| (`.*?) \|", rows, re.MULTILINE) for place in re.findall(r"`(.+?)`", row)
    ]
    assert len(places) > 10
    assert [place for place in places if not (ROOT / place).exists()] == []


def test_every_room_is_on_the_map() -> None:
    rooms = {
        path.parent.relative_to(ROOT).as_posix()
        for room in ("kb", "ingest", "web")
        for path in (ROOT / room).glob("*/*.py")
    }
    unnamed = {room for room in rooms - {"web/pages"} if f"`{room}/`" not in README}
    assert unnamed == set()


def test_pictures_and_links_are_there() -> None:
    for link in re.findall(r"\]\((?!http)([^)#]+)\)", README):
        assert (ROOT / link).exists(), link


def test_every_attack_has_its_test() -> None:
    named = set(re.findall(r"`(test_\w+)`", (ROOT / "docs" / "security.md").read_text(encoding="utf-8")))
    written = {
        name
        for file in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"^def (test_\w+)", file.read_text(encoding="utf-8"), re.M)
    }
    assert named
    assert named <= written
