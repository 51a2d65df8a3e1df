"""The curated corpus that ships: whole, ours in its words, not one-sided, and as its documents have it.

What is compared with documents needs the shared material and is skipped where it is absent.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.curation import (
    CitationFile,
    EntryFile,
    Misread,
    census,
    comparison,
    disagreements,
    problems,
    read_folder,
    read_material,
)
from kb.extraction import Extraction
from kb.vocabulary import Vocabulary
from tests.conftest import NOW, ROOT

Files = tuple[EntryFile | CitationFile | Misread, ...]


@pytest.fixture(scope="module")
def files(vocabulary: Vocabulary) -> Files:
    return tuple(read_folder(ROOT / "corpus", vocabulary, NOW))


@pytest.fixture(scope="module")
def facts(files: Files) -> list[Extraction]:
    return [each.record.curated for each in files if isinstance(each, EntryFile) and each.record.curated]


def test_nothing_is_wrong_with_the_corpus(files: Files) -> None:
    assert list(problems(files)) == []


def test_the_corpus_agrees_with_its_documents(files: Files, shared: Path) -> None:
    material = read_material((shared,))
    assert list(disagreements(files, material)) == []
    compared = comparison(files, material)
    assert compared.texts >= 20
    assert compared.labelled >= 15


def test_there_is_something_to_find(files: Files) -> None:
    counts = census(files)
    assert counts.studies >= 35
    assert counts.conditions["fibromyalgia"] >= 10
    assert counts.citations >= 400


def test_the_corpus_is_not_one_sided(facts: list[Extraction]) -> None:
    designs = {each.design.value for each in facts if each.design}
    assert designs >= {"systematic_review", "protocol", "rct", "crossover_rct", "single_group_pre_post", "case_report"}
    assert {each.harms.value for each in facts if each.harms} >= {"reported", "none_occurred"}
    between = [row.value for each in facts for row in each.outcomes if row.value.basis == "between_groups"]
    benefits = [each.benefit for each in between]
    assert set(benefits) >= {"better", "worse", "no_difference", "not_stated", "contextual"}
    assert benefits.count("no_difference") >= len(benefits) / 5


def test_the_example_of_the_readme_is_read(vocabulary: Vocabulary, tmp_path: Path) -> None:
    example = (ROOT / "corpus" / "README.md").read_text("utf-8").partition("```toml\n")[2].partition("```")[0]
    studies = tmp_path / "studies"
    studies.mkdir()
    (studies / "weaver-2011-example.toml").write_text(example, "utf-8")
    (made,) = read_folder(tmp_path, vocabulary, NOW)
    assert isinstance(made, EntryFile)
    assert made.record.curated is not None
    assert [each.value.benefit for each in made.record.curated.outcomes] == ["better", "better"]
    assert list(problems((made,))) == []
