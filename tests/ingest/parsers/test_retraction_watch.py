"""The Retraction Watch list: read, and attached to what is here. All papers are invented."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from ingest.parsers import Unreadable, parse
from kb.base import open_kb
from kb.record import Notice, NoticeKind, Payload, Record, is_retracted
from kb.vocabulary import Vocabulary
from tests.conftest import NOW
from touchstone import touchstone

HEADING = (
    "Record ID,Title,Journal,Author,RetractionDate,RetractionDOI,RetractionPubMedID,OriginalPaperDate,"
    "OriginalPaperDOI,OriginalPaperPubMedID,RetractionNature,Reason\n"
)
ROWS = (
    "1,Invented trial of dyers,J Inv,Dora Dyer;Tom T Thread,5/3/2012 0:00,10.5555/notice,0,1/1/2003 0:00,unavailable,"
    "990000001,Retraction,+Duplication of Article;+Notice - Limited;\n"
    "2,Another paper,J Inv,Ann Other,5/3/2012 0:00,,0,1/1/2004 0:00,10.5555/other,0,Expression of concern,+Concerns;\n"
    "3,,J Inv,,,,,,10.5555/x,0,Retraction,\n"
)


def read(text: str, vocabulary: Vocabulary) -> list[Record | Unreadable]:
    return list(parse(Payload(source="file", key="list.csv", body=text.encode(), fetched_at=NOW), vocabulary))


def test_rows(vocabulary: Vocabulary) -> None:
    first, second, third = read(HEADING + ROWS, vocabulary)
    assert isinstance(first, Record)
    assert isinstance(second, Record)
    assert isinstance(third, Unreadable)
    link = "https://doi.org/10.5555/notice"
    told = "Duplication of Article, Notice - Limited"
    assert first.notices == (Notice("retracted", told, link, date(2012, 5, 3), "Retraction Watch"),)
    assert first.value_of("pmid") == "990000001"
    assert first.value_of("doi") is None
    assert [each.family for each in first.contributors] == ["Dyer", "Thread"]
    assert second.notices[0].kind == "expression_of_concern"
    assert first.annotation


def test_a_notice_joins_what_is_here_and_founds_nothing(tmp_path: Path) -> None:
    paper, listed = tmp_path / "paper.nbib", tmp_path / "list.csv"
    paper.write_text("PMID- 990000001\nTI  - Invented trial of dyers.\nFAU - Dyer, Dora\nDP  - 2003\n")
    listed.write_text(HEADING + ROWS.splitlines(keepends=True)[0] + ROWS.splitlines(keepends=True)[1])

    def run(*words: str) -> str:
        done = CliRunner().invoke(touchstone, ["--home", str(tmp_path / "home"), "ingest", *words])
        assert done.exit_code == 0, done.output
        return done.output

    assert "0 created" in run("file", str(listed))
    run("file", str(paper))
    assert "1 RETRACTED: dyer-2003-invented-trial-dyers" in run("file", str(listed))
    assert "0 created, 0 updated, 1 unchanged" in run("file", str(listed))
    kb = open_kb(tmp_path / "home")
    assert kb.count() == 1
    assert is_retracted(kb.publication("dyer-2003-invented-trial-dyers").record.notices)


@pytest.mark.parametrize(
    ("kinds", "retracted"),
    [
        ([], False),
        ([("correction", None)], False),
        ([("retracted", None)], True),
        ([("withdrawn", 2012)], True),
        ([("retracted_and_replaced", 2012)], True),
        ([("retracted", 2012), ("reinstated", 2014)], False),
        ([("reinstated", 2010), ("retracted", 2012)], True),
        ([("retracted", None), ("reinstated", None)], False),
        ([("retraction_notice", None)], False),
    ],
)
def test_the_last_notice_decides(kinds: list[tuple[NoticeKind, int | None]], retracted: bool) -> None:
    notices = [Notice(kind, "x", None, date(year, 1, 1) if year else None) for kind, year in kinds]
    assert is_retracted(notices) == retracted
