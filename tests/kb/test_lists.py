"""Reading lists: read from files, kept in the store, and their publications found however they are named. Invented."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from kb.base import open_for_writing, open_kb
from kb.errors import ListFormatError
from kb.lists import identifier_of, lookup_key, placed, read_list
from tests.conftest import NOW
from touchstone import touchstone

LIST = """
title = "How to read about weavers"
updated = 2026-01-02
topics = ["fibromyalgia"]
note = "Invented."
[[sections]]
title = "Begin here"
[[sections.items]]
study = "pmid:990000001"
priority = "essential"
minutes = 15
[[sections.items]]
study = "doi:https://doi.org/10.5555/WEAVERS"
[[sections.items]]
study = "weaver-2011-massage-invented-weavers"
[[sections.items]]
study = "pmid:990000099"
"""
WEAVERS = """PMID- 990000001
TI  - Massage of invented weavers
FAU - Weaver, Wilma
DP  - 2011
LID - 10.5555/weavers [doi]
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "lists" / "weaving.toml"
    path.parent.mkdir()
    path.write_text(LIST, "utf-8")
    return path


def test_a_list_is_taken_in_and_finds_its_publications(file: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    (tmp_path / "weavers.nbib").write_text(WEAVERS, "utf-8")
    run = CliRunner().invoke
    assert run(touchstone, ["--home", str(home), "ingest", "file", str(tmp_path / "weavers.nbib")]).exit_code == 0
    taken = run(touchstone, ["--home", str(home), "lists", "take", str(file.parent)])
    assert taken.output == "weaving: 4 publications, not held: pmid:990000099\n"
    kb = open_kb(home)
    (reading_list,) = kb.lists()
    (section,) = placed(reading_list, kb.listed(reading_list))
    found = [each.publication.id if each.publication else None for each in section.items]
    assert found == [*["weaver-2011-massage-invented-weavers"] * 3, None]
    kb.close()
    told = run(touchstone, ["--home", str(home), "lists"])
    assert told.output == "weaving: How to read about weavers (4 publications, 2026-01-02)\n"


def test_a_list_of_the_same_name_is_replaced_and_lists_are_in_order(file: Path, tmp_path: Path) -> None:
    first = read_list(file)
    file.write_text(LIST.replace("How to read", "A newer way to read"), "utf-8")
    other = file.with_name("other.toml")
    other.write_text(LIST.replace("How to read", "Another way to read"), "utf-8")
    with open_for_writing(tmp_path / "home") as kb:
        for each in (first, read_list(file), read_list(other)):
            kb.store.put_list(each, NOW)
        assert [each.title[:7] for each in kb.store.lists()] == ["A newer", "Another"]


def test_a_publication_that_was_joined_into_another_is_found_by_its_old_id(file: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    (tmp_path / "weavers.nbib").write_text(WEAVERS, "utf-8")
    other = (
        WEAVERS.replace("990000001", "990000002").replace("Massage of", "Kneading").replace("10.5555/w", "10.5555/x")
    )
    (tmp_path / "others.nbib").write_text(other, "utf-8")
    run = CliRunner().invoke
    for each in ("weavers.nbib", "others.nbib"):
        assert run(touchstone, ["--home", str(home), "ingest", "file", str(tmp_path / each)]).exit_code == 0
    kept, gone = "weaver-2011-kneading-invented-weavers", "weaver-2011-massage-invented-weavers"
    joined = run(touchstone, ["--home", str(home), "ingest", "join", kept, gone])
    assert joined.exit_code == 0, joined.output
    kb = open_kb(home)
    file.write_text(LIST, "utf-8")
    held = kb.listed(read_list(file))
    assert held[gone].id == kept
    assert held["pmid:990000001"].id == kept
    kb.close()


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("title", "titel", "missing required field `title`"),
        ("priority =", "prio =", "unknown field `prio`"),
        ('"essential"', '"maybe"', "Invalid enum value 'maybe'"),
        ("2026-01-02", '"yesterday"', "yesterday"),
        ("minutes = 15", "minutes = 0", "minutes"),
    ],
)
def test_what_is_wrong_with_a_file_is_told(old: str, new: str, told: str, file: Path, tmp_path: Path) -> None:
    file.write_text(LIST.replace(old, new, 1), "utf-8")
    with pytest.raises(ListFormatError) as error:
        read_list(file)
    assert str(file) in str(error.value)
    home = tmp_path / "home"
    refused = CliRunner().invoke(touchstone, ["--home", str(home), "lists", "take", str(file)])
    assert refused.exit_code != 0
    assert not home.exists(), "nothing is made for a list that cannot be read"


def test_a_list_is_dropped_and_its_publications_stay(file: Path, tmp_path: Path) -> None:
    home, run = str(tmp_path / "home"), CliRunner().invoke
    assert run(touchstone, ["--home", home, "lists", "take", str(file)]).exit_code == 0
    dropped = run(touchstone, ["--home", home, "lists", "drop", "weaving", "nothing"])
    assert dropped.exit_code == 1
    assert "dropped: weaving" in dropped.output
    assert run(touchstone, ["--home", home, "lists"]).output == ""


def test_two_files_of_one_name_are_not_one_list(file: Path, tmp_path: Path) -> None:
    other = tmp_path / "elsewhere" / file.name
    other.parent.mkdir()
    other.write_text(LIST, "utf-8")
    told = CliRunner().invoke(touchstone, ["--home", str(tmp_path / "home"), "lists", "take", str(file), str(other)])
    assert told.exit_code == 1
    assert "have one name" in told.output


@pytest.mark.parametrize("body", ["a = " + "[" * 100_000, "#" * 1_000_001])
def test_hostile_files_are_refused(body: str, file: Path) -> None:
    file.write_text(body, "utf-8")
    with pytest.raises(ListFormatError):
        read_list(file)


def test_the_example_of_the_readme_is_a_list(tmp_path: Path) -> None:
    root = Path(__file__).resolve().parents[2]
    example = (root / "corpus" / "README.md").read_text("utf-8").rpartition("```toml\n")[2].partition("```")[0]
    path = tmp_path / "example.toml"
    path.write_text(example, "utf-8")
    assert read_list(path).items[0].study == "doi:10.5555/weavers"


def test_what_an_item_is_looked_up_by() -> None:
    assert lookup_key("doi:10.5555/Weavers") == "doi:10.5555/weavers"
    assert lookup_key("pmcid:PMC7") == "pmcid:PMC7"
    assert lookup_key("weaver-2011-massage") == "weaver-2011-massage"
    assert identifier_of("weaver-2011-massage") is None
    assert identifier_of("pmid:none") is None
