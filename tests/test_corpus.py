"""The curated corpus that ships: whole, ours in its words, not one-sided, and as its documents have it.

What is compared with documents needs the shared material and is skipped where it is absent.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.curation import (
    EntryFile,
    File,
    ListFile,
    census,
    comparison,
    disagreements,
    problems,
    read_folder,
    read_material,
)
from ingest.curation.checks import records_of
from kb.extraction import Extraction
from kb.lists import lookup_key
from kb.publication import slug
from kb.vocabulary import Vocabulary
from tests.conftest import NOW, ROOT

Files = tuple[File, ...]


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
    assert compared.texts >= 80
    assert compared.labelled >= 35


def test_a_name_does_not_say_the_opposite_of_its_sign(facts: list[Extraction], vocabulary: Vocabulary) -> None:
    """Nobody reads "function down: better": a scale on which less is better is not named for the good thing."""
    better = {
        name.casefold(): concept.polarity
        for concept in vocabulary.concepts("outcome")
        if concept.polarity in ("low", "high")
        for name in (concept.name, *concept.synonyms)
    }
    rows = [each.value for read in facts for each in read.outcomes if each.value.change in ("up", "down")]
    named = [(row, better.get(row.name.partition(",")[0].casefold())) for row in rows]
    assert sum(sign is not None for _, sign in named) >= 300
    told = [row.name for row, sign in named if sign and row.polarity in ("low", "high") and row.polarity != sign]
    assert told == []


def test_no_record_takes_the_place_of_another(files: Files) -> None:
    keys = [(record.source, record.key) for file in files for record in records_of(file)]
    assert [each for each in keys if keys.count(each) > 1] == []


def test_there_is_something_to_find(files: Files) -> None:
    counts = census(files)
    assert counts.studies >= 120
    assert counts.conditions["fibromyalgia"] >= 25
    assert counts.citations >= 400
    assert counts.lists >= 3


def test_a_list_on_reading_has_what_it_is_to_teach(files: Files) -> None:
    """A trial that looks only within its groups, a protocol, a review, and two trials that disagree."""
    designs, held = {}, [each for each in files if isinstance(each, EntryFile)]
    for each in held:
        names = [f"{one.scheme}:{one.value}" for one in each.record.identifiers] + [slug(each.record)]
        designs |= dict.fromkeys(names, each.entry.study.design)
    (lists,) = (each for each in files if isinstance(each, ListFile) and each.path.stem.startswith("how-to-read"))
    read = [designs[lookup_key(each.study)] for each in lists.reading_list.items]
    assert {"protocol", "systematic_review", "rct", "single_group_pre_post"} <= set(read)


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
