"""One abstract, from bytes to the page: the whole house, by its command and its pages. The literature is invented."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kb.base import open_kb
from touchstone import touchstone
from web import create_app

DATA = Path(__file__).with_name("data")
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    return lambda *words: CliRunner().invoke(touchstone, ["--home", str(tmp_path / "home"), *map(str, words)])


ID = "weaver-2011-invented-trial-sleep-shoulder"


def test_from_a_forum_post_to_the_page(run: Run, tmp_path: Path) -> None:
    first = run("ingest", "file", DATA / "forum_post.txt")
    assert (first.exit_code, "1 created" in first.output) == (0, True), first.output
    again = run("ingest", "file", DATA / "forum_post.txt")
    assert "0 created, 0 updated, 1 unchanged" in again.output

    found = json.loads(run("search", "does massage help weavers with FMS sleep?", "--json").output)
    assert [hit["publication"]["id"] for hit in found["hits"]] == [ID]

    shown = json.loads(run("show", ID, "--json").output)
    abstract = shown["record"]["abstract"]
    assert abstract.startswith("METHOD: Thirty two")
    assert shown["record"]["commentary"][0].startswith("Somebody asked about weavers")
    assert shown["facts"]["sample"]["n"]["value"] == 32
    assert {path: shown["facts"]["method"]["dose"][path]["value"] for path in ("minutes", "per_week", "weeks")} == {
        "minutes": 40,
        "per_week": 3,
        "weeks": 6,
    }
    sessions = shown["facts"]["method"]["dose"]["sessions"]
    assert (sessions["value"], sessions["derived"]) == (18, True)
    rows = {
        (row["value"]["name"], row["value"]["basis"]): (row, benefit)
        for row, benefit in zip(shown["facts"]["outcomes"], shown["benefits"], strict=True)
    }
    assert rows["anxiety", "within_group"][0]["value"]["change"] == "down"
    assert rows["hours of sleep", "within_group"][1] == "better"
    assert next(benefit for (name, _), (_, benefit) in rows.items() if "cortisol" in name) == "contextual"
    assert (
        next(
            row["value"]["change"]
            for (name, basis), (row, _) in rows.items()
            if (name.lower(), basis) == ("pain", "between_groups")
        )
        == "down"
    )

    pages = create_app(open_kb(tmp_path / "home")).test_client()
    answer = pages.get("/search?q=massage+fibromyalgia+sleep")
    assert answer.status_code == 200
    assert f"/publications/{ID}" in answer.text
    page = pages.get(f"/publications/{ID}")
    assert page.status_code == 200
    assert page.text.count("<mark") >= 8
    assert "Somebody asked about weavers" in page.text


def test_a_bad_record_is_named_and_the_others_arrive(run: Run) -> None:
    done = run("ingest", "file", DATA / "three.nbib")
    assert done.exit_code == 1
    assert "2 created" in done.output
    assert "no PMID" in done.output
    listed = run("ingest", "quarantine", "list")
    assert "no PMID" in listed.output
    assert "touchstone ingest quarantine retry" in listed.output
    assert run("ingest", "quarantine", "retry").exit_code == 1
    assert len(json.loads(run("ingest", "quarantine", "list", "--json").output)) == 1


def test_the_same_trial_from_two_sources_is_one_publication(run: Run, tmp_path: Path) -> None:
    cited = tmp_path / "cited.txt"
    cited.write_text(
        "Potter, P. (2014). Invented trial: massage of potters with neck pain. Journal of Invented Trials, 6, 10-19. "
        "METHOD: Sixty potters were randomly assigned. RESULTS: Pain was lower with massage than with usual care."
    )
    assert run("ingest", "file", cited, DATA / "three.nbib").exit_code == 1
    found = json.loads(run("search", "potters", "--json").output)
    (hit,) = (each for each in found["hits"] if each["whole"])
    assert {member["source"] for member in hit["publication"]["members"]} == {"pubmed", "citation"}
    assert hit["publication"]["record"]["abstract"].startswith("BACKGROUND")


def test_check_mends_a_lost_index(run: Run, tmp_path: Path) -> None:
    run("ingest", "file", DATA / "forum_post.txt")
    (tmp_path / "home" / "index" / "CURRENT").unlink()
    assert run("search", "massage").exception is not None
    mended = run("check")
    assert (mended.exit_code, "index: mended" in mended.output) == (0, True)
    assert "index: whole" in run("check").output
    assert "1 of 1 publications" in run("search", "massage").output


def test_rebuild_and_reextract_change_nothing_that_is_whole(run: Run) -> None:
    run("ingest", "file", DATA / "forum_post.txt")
    assert run("rebuild").output == "index: 1 publications\n"
    assert "1 unchanged" in run("ingest", "reextract").output


def test_a_file_that_is_not_there_is_named(run: Run, tmp_path: Path) -> None:
    done = run("ingest", "file", tmp_path / "absent.nbib", DATA / "forum_post.txt")
    assert done.exit_code == 1
    assert "No such file" in done.output
    assert "1 created" in done.output


def test_the_seed_is_read_as_it_should_be(run: Run, shared: Path) -> None:
    """The record that the project grew from (facts of Field 2002)."""
    run("ingest", "file", shared / "seed" / "forum_post_with_abstract.txt")
    assert "1 unchanged" in run("ingest", "file", shared / "seed" / "forum_post_with_abstract.txt").output
    (hit,) = json.loads(run("search", "fibromyalgia massage sleep", "--json").output)["hits"]
    shown = json.loads(run("show", hit["publication"]["id"], "--json").output)
    facts, abstract = shown["facts"], shown["record"]["abstract"]
    method, dose = facts["method"], facts["method"]["dose"]
    assert facts["design"]["value"] == "rct"
    assert facts["sample"]["n"]["value"] == 24
    assert [each["value"] for each in facts["sample"]["conditions"]] == ["fibromyalgia"]
    assert [(arm["value"]["name"], arm["value"]["role"]) for arm in method["arms"]] == [
        ("massage therapy", "intervention"),
        ("relaxation therapy", "comparator"),
    ]
    assert [dose[each]["value"] for each in ("minutes", "per_week", "weeks", "sessions", "contact_minutes")] == [
        30,
        2,
        5,
        10,
        300,
    ]
    assert dose["sessions"]["derived"]
    assert dose["contact_minutes"]["derived"]
    rows = [
        (
            row["value"].get("concept"),
            row["value"]["change"],
            row["value"]["basis"],
            row["value"].get("timepoint"),
            benefit,
        )
        for row, benefit in zip(facts["outcomes"], shown["benefits"], strict=True)
    ]
    assert ("anxiety", "down", "within_group", "immediate", "better") in rows
    assert any(
        row[1:4] == ("down", "within_group", "immediate") and row[0] in ("depression", "depressed_mood") for row in rows
    )
    assert any(row[0] == "sleep_hours" and row[1:3] == ("up", "within_group") for row in rows)
    assert any(row[0] == "sleep_movements" and row[1:3] == ("down", "within_group") for row in rows)
    assert any(row[0] == "substance_p" and row[1] == "down" and row[4] == "contextual" for row in rows)
    assert any(row[0] == "pain" and row[1] == "down" for row in rows)
    assert any(row[0] in ("tender_points", "tenderness", "tender_point_count") and row[1] == "down" for row in rows)
    assert all(
        quote and quote in abstract for path, quote in shown["quotes"].items() if "." in path or path == "design"
    )
