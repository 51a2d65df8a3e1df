"""The measures of a ranking, on vectors worked by hand. All documents are invented."""

from __future__ import annotations

import gzip
import json
from math import log2
from pathlib import Path

import pytest

from benchmarks.ir_measures import Document, Question, bootstrap, difference, ndcg, read, recall

# The gains at ranks 1 to 4 are divided by 1, log2(3), 2 and log2(5).
THIRD = 1 / 2
SECOND = 1 / log2(3)
FOURTH = 1 / log2(5)
# Järvelin and Kekäläinen's own grades 3, 2, 3, 0, 0, 1, 2, 2, 3, 0 under the discount used here.
THEIRS = dict(zip("abcdefghij", (3, 2, 3, 0, 0, 1, 2, 2, 3, 0), strict=True))
THEIRS_GAINED = 3 + 2 * SECOND + 3 * THIRD + 1 / log2(7) + 2 / 3 + 2 / log2(9) + 3 / log2(10)
THEIRS_BEST = 3 + 3 * SECOND + 3 * THIRD + 2 * FOURTH + 2 / log2(6) + 2 / log2(7) + 1 / 3


@pytest.mark.parametrize(
    ("ranking", "grades", "k", "expected"),
    [
        ("a", {"a": 1}, 10, 1.0),
        ("ba", {"a": 1}, 10, SECOND),
        ("bca", {"a": 1}, 10, THIRD),
        ("bca", {"a": 1}, 2, 0.0),
        ("", {"a": 1}, 10, 0.0),
        # A grade of two counts twice, not three times: the gain is linear.
        ("ba", {"a": 2, "b": 1}, 10, (1 + 2 * SECOND) / (2 + SECOND)),
        ("ab", {"a": 2, "b": 1, "c": 1}, 10, (2 + SECOND) / (2 + SECOND + THIRD)),
        # Only as many as are ranked belong to the ideal.
        ("a", {"a": 1, "b": 1, "c": 1}, 1, 1.0),
        # Not judged, judged as zero and judged below zero are all the same.
        ("xyza", {"a": 1, "y": 0, "z": -1}, 10, FOURTH),
        ("abcdefghij", THEIRS, 10, THEIRS_GAINED / THEIRS_BEST),
    ],
)
def test_ndcg(ranking: str, grades: dict[str, int], k: int, expected: float) -> None:
    assert ndcg(list(ranking), grades, k) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(
    ("ranking", "grades", "k", "expected"),
    [
        ("ab", {"a": 1, "b": 2}, 100, 1.0),
        ("axb", {"a": 1, "b": 2}, 2, 0.5),
        ("xyz", {"a": 1}, 100, 0.0),
        ("", {"a": 1}, 100, 0.0),
        ("abc", {"a": 1, "b": 0, "c": -1, "d": 3, "e": 1}, 100, 1 / 3),
    ],
)
def test_recall(ranking: str, grades: dict[str, int], k: int, expected: float) -> None:
    assert recall(list(ranking), grades, k) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("measure", [ndcg, recall])
def test_a_question_without_a_relevant_document_has_no_measure(measure: object) -> None:
    assert callable(measure)
    with pytest.raises(ValueError, match="Without a relevant document"):
        measure(["a"], {"a": 0})


def test_a_document_is_ranked_once() -> None:
    with pytest.raises(ValueError, match="ranked twice"):
        ndcg(["a", "a"], {"a": 1})


def test_a_bootstrap_is_the_same_with_the_same_seed_and_holds_its_mean() -> None:
    values = [0.0, 0.25, 0.5, 0.75, 1.0] * 20
    found = bootstrap(values, seed=7)
    assert found == bootstrap(values, seed=7)
    assert found != bootstrap(values, seed=8)
    assert (found.mean, found.n) == (pytest.approx(0.5), 100)
    # The standard error is sqrt(0.125 / 100) = 0.0354; the normal interval is 0.5 ± 0.0693.
    assert (found.low, found.high) == (pytest.approx(0.4307, abs=0.01), pytest.approx(0.5693, abs=0.01))


@pytest.mark.parametrize(("these", "those", "expected"), [([1.0, 0.5], [0.5, 0.0], 0.5), ([0.2] * 9, [0.2] * 9, 0.0)])
def test_a_difference_is_taken_question_by_question(these: list[float], those: list[float], expected: float) -> None:
    found = difference(these, those, seed=1)
    assert (found.mean, found.low, found.high) == pytest.approx((expected, expected, expected))


def test_what_cannot_be_compared_or_averaged_is_refused() -> None:
    with pytest.raises(ValueError, match="shorter"):
        difference([0.1, 0.2], [0.1], seed=1)
    with pytest.raises(ValueError, match="No question"):
        bootstrap([], seed=1)


def test_a_collection_is_read_from_its_folder(tmp_path: Path) -> None:
    folder = tmp_path / "weavers"
    folder.mkdir()
    documents = [{"id": "d1", "title": "Weavers", "text": "At the loom."}, {"id": "d2", "title": "", "text": "Näht."}]
    with gzip.open(folder / "docs.jsonl.gz", "wt", encoding="utf-8") as out:
        out.writelines(json.dumps(each) + "\n" for each in documents)
    (folder / "queries.tsv").write_text("q1\tWho weaves?\nq2\tWho\tspins?\n\nq3\tNobody?\n", encoding="utf-8")
    (folder / "qrels.tsv").write_text("q1\td1\t2\nq1\td2\t0\nq2\td2\t1\nq3\td1\t0\n", encoding="utf-8")
    found = read(folder)
    assert found.name == "weavers"
    assert found.documents == (Document("d1", "Weavers", "At the loom."), Document("d2", "", "Näht."))
    assert found.questions == (
        Question("q1", "Who weaves?", {"d1": 2, "d2": 0}),
        Question("q2", "Who\tspins?", {"d2": 1}),
    )


def test_a_broken_table_says_where(tmp_path: Path) -> None:
    with gzip.open(tmp_path / "docs.jsonl.gz", "wt", encoding="utf-8"):
        pass
    (tmp_path / "qrels.tsv").write_text("q1\td1\t1\nq1 d2 1\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"qrels\.tsv, line 2"):
        read(tmp_path)
