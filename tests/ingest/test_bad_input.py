"""Bad input, by the command: each ends in a clear entry, an exit code, and the good record of the run arrives.

All literature is invented.
"""

from __future__ import annotations

import gzip
import json
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from touchstone import touchstone

GOOD = Path(__file__).parents[1] / "data" / "forum_post.txt"
CITED = (
    "Dyer, D., & Thread, T. (2003). Invented trial: hand massage of dyers. Journal of Invented Trials, 1, 1-2. "
    "METHOD: Ten dyers\u2019 hands were massaged. RESULTS: Pain decreased \u2013 in all of them."
)
MEDLINE = "PMID- 990000021\nTI  - Invented trial of dyers.\nFAU - Dyer, Dora\nDP  - 2003\n"
XML = (
    "<PubmedArticle><MedlineCitation><PMID>99000003{0}</PMID><Article><ArticleTitle>Invented {0}</ArticleTitle>"
    "<Journal><JournalIssue><PubDate><Year>2003</Year></PubDate></JournalIssue></Journal></Article></MedlineCitation>"
    "</PubmedArticle>"
)
BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefghi", "bcdefghij", strict=True)
)
EXTERNAL = '<!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/passwd">]>'


def articles(*numbers: int, title: str = "") -> str:
    body = "".join(XML.format(each) for each in numbers)
    return f"<PubmedArticleSet>{title}{body}</PubmedArticleSet>"


# name: the bytes; how many of its records arrive; a word of the reason (None: all of it arrives)
CASES: dict[str, tuple[bytes, int, str | None]] = {
    "empty": (b"", 0, "empty"),
    "binary": (bytes(range(256)) * 64, 0, ""),
    "PDF": (b"%PDF-1.7\n" + bytes(range(256)) * 8, 0, "PDF"),
    "50 MB of one line": (b"word " * 10_500_000, 0, "a line of more than"),
    "Windows-1252": (CITED.encode("cp1252"), 1, None),
    "UTF-16": (CITED.encode("utf-16"), 1, None),
    "UTF-16 without a mark": (CITED.encode("utf-16-le"), 1, None),
    "mixed encodings": (CITED.encode() + " Sch\u00f6n.".encode("cp1252"), 1, None),
    "DTD bomb": ((BOMB + "]>" + articles(1, title="&j;")).encode(), 0, ""),
    "external entity": ((EXTERNAL + articles(1, title="&secret;")).encode(), 0, ""),
    "truncated XML": (articles(1, 2).encode()[:-120], 1, "breaks at line"),
    "MEDLINE without PMID": (
        MEDLINE.replace("PMID- 990000021\n", "").encode() + b"\n" + MEDLINE.encode(),
        1,
        "no PMID",
    ),
    "two records with one PMID": ((MEDLINE + "\n" + MEDLINE.replace("2003", "2004")).encode(), 1, None),
    "a citation without a year": (b"Dyer, D., & Thread, T. Invented hands. Journal of Invented Trials, 1, 1-2.", 0, ""),
    "HTML for text": (b"<!DOCTYPE html><html><body><p>Hands of dyers.</p></body></html>", 0, "HTML"),
}


@pytest.mark.parametrize("case", CASES)
def test_bad_input_is_named_kept_and_in_nobodys_way(case: str, tmp_path: Path) -> None:
    body, arriving, reason = CASES[case]
    bad = tmp_path / "bad.file"
    bad.write_bytes(body)

    def run(*words: str) -> tuple[int, str]:
        done = CliRunner().invoke(touchstone, ["--home", str(tmp_path / "home"), *words])
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return done.exit_code, done.output

    code, output = run("ingest", "file", str(bad), str(GOOD), "--json")
    report = json.loads(output)
    assert code == (0 if reason is None else 1)
    entries = json.loads(run("ingest", "quarantine", "list", "--json")[1])
    if reason is None:
        assert entries == report["problems"] == []
    else:
        assert all(entry["reason"] and entry["remedy"] and str(bad) in entry["key"] for entry in entries)
        assert any(reason in entry["reason"] for entry in entries), entries
        assert "touchstone ingest quarantine retry" in run("ingest", "quarantine", "list")[1]
        assert "root:" not in output
    code, found = run("search", "--json")
    ids = [hit["publication"]["id"] for hit in json.loads(found)["hits"]]
    assert len(ids) == 1 + arriving
    assert "weaver-2011-invented-trial-sleep-shoulder" in ids


def test_a_file_beyond_all_measure_is_refused_unread(tmp_path: Path) -> None:
    huge, bomb = tmp_path / "huge.nbib", tmp_path / "bomb.zip"
    with huge.open("wb") as file:
        file.truncate(2**30)  # a gigabyte that takes no room
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.nbib", bytes(50_000_000))
    tracemalloc.start()
    done = CliRunner().invoke(
        touchstone, ["--home", str(tmp_path / "home"), "ingest", "file", str(huge), str(bomb), str(GOOD)]
    )
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert done.exit_code == 1
    assert "1 created" in done.output
    assert "the file has 1,073,741,824 bytes, more than the 67,108,864 allowed" in done.output
    assert peak < 100_000_000


def test_a_gzip_archive_is_unpacked_within_bounds(tmp_path: Path) -> None:
    good, bomb, cut = tmp_path / "update.xml.gz", tmp_path / "bomb.gz", tmp_path / "cut.gz"
    good.write_bytes(gzip.compress(articles(1).encode()) + gzip.compress(b"\n"))
    bomb.write_bytes(gzip.compress(bytes(70_000_000)))
    cut.write_bytes(gzip.compress(articles(2).encode())[:-10])
    done = CliRunner().invoke(
        touchstone, ["--home", str(tmp_path / "home"), "ingest", "file", str(good), str(bomb), str(cut)]
    )
    assert done.exit_code == 1
    assert "1 created" in done.output
    assert "over 67,108,864 unpacked bytes" in done.output
    assert "ends too early" in done.output
