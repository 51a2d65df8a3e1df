"""The curated corpus: every file is read, is ours in its words, and agrees with the documents it names.

What is compared with documents needs the shared material and is skipped where it is absent.
"""

from __future__ import annotations

import csv
import json
import re
import tarfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest
from lxml import etree

from ingest.parsers import Unreadable, corpus
from ingest.parsers.corpus_entry import Entry
from kb.extraction import Extraction
from kb.record import Payload, Record
from kb.vocabulary import Vocabulary
from tests.conftest import NOW, ROOT, SHARED

FILES = sorted((ROOT / "corpus" / "studies").glob("*.toml"))
LONGEST_RUN = 7  # words in common with a document; the titles of publications apart
GOLD = ("domain_gold_dev", "domain_gold_more")
DOSE = {"minutes": "session_min", "per_week": "sessions_per_week", "weeks": "weeks", "sessions": "sessions_total"}
ADVICE = re.compile(
    r"\b(?:should|must|recommend\w*|advis\w*|suggest\w*|effective\w*|efficac\w*|prove[sdn]?|works?|safe\w*|helps?"
    r"|helpful|beneficial|cure[sd]?|promising|superior)\b",
    re.IGNORECASE,
)

each_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


def entry(path: Path) -> Entry:
    return msgspec.toml.decode(path.read_bytes(), type=Entry)


def records(path: Path, vocabulary: Vocabulary) -> list[Record]:
    text = path.read_text("utf-8")
    payload = Payload(source="corpus", key=path.name, body=text.encode(), fetched_at=NOW)
    found = list(corpus.parse(payload, text, vocabulary))
    assert corpus.recognises(text)
    assert not [each.reason for each in found if isinstance(each, Unreadable)]
    return [each for each in found if isinstance(each, Record)]


@pytest.fixture(scope="module")
def facts(vocabulary: Vocabulary) -> list[Extraction]:
    return [each.curated for path in FILES for each in records(path, vocabulary) if each.curated]


@each_file
def test_every_file_is_read(path: Path, vocabulary: Vocabulary) -> None:
    first, *others = records(path, vocabulary)
    assert first.curated is not None
    assert [each.title for each in others] == list(entry(path).citation.also_titled)


def test_the_example_of_the_readme_is_read(vocabulary: Vocabulary, tmp_path: Path) -> None:
    example = (ROOT / "corpus" / "README.md").read_text("utf-8").partition("```toml\n")[2].partition("```")[0]
    (tmp_path / "example.toml").write_text(example, "utf-8")
    made = records(tmp_path / "example.toml", vocabulary)[0]
    assert made.curated is not None
    assert [each.value.benefit for each in made.curated.outcomes] == ["better", "better"]


@each_file
def test_identifiers_have_their_shapes(path: Path, vocabulary: Vocabulary) -> None:
    citation, (made, *_) = entry(path).citation, records(path, vocabulary)
    stated = {"pmid": citation.pmid, "pmcid": citation.pmcid, "doi": citation.doi and citation.doi.lower()}
    kept = {each.scheme: each.value for each in made.identifiers if each.scheme != "registration"}
    assert kept == {scheme: value for scheme, value in stated.items() if value}


def test_no_publication_is_there_twice(vocabulary: Vocabulary) -> None:
    named = [
        (each.scheme, each.value)
        for path in FILES
        for each in records(path, vocabulary)[0].identifiers
        if each.scheme != "registration"
    ]
    assert len(named) == len(set(named))
    titles = [entry(path).citation.title.casefold() for path in FILES]
    assert len(titles) == len(set(titles))


@each_file
def test_the_name_of_a_file_begins_with_author_and_year(path: Path, vocabulary: Vocabulary) -> None:
    made = records(path, vocabulary)[0]
    assert re.fullmatch(r"[a-z]+(?:-[a-z]+)*-\d{4}(?:-[a-z]+)+", path.stem)
    assert f"-{made.year}-" in path.stem


@each_file
def test_ids_of_concepts_and_instruments_exist(path: Path, vocabulary: Vocabulary) -> None:
    study = entry(path).study
    kinds = {"condition": study.conditions, "technique": study.techniques, "population": study.populations}
    named = [(kind, id) for kind, ids in kinds.items() for id in ids]
    named += [("outcome", each.concept) for each in study.outcomes if each.concept]
    for kind, id in named:
        concept = vocabulary.concept(id)
        assert concept is not None, id
        assert concept.kind == kind, id
    for each in study.outcomes:
        assert each.instrument is None or vocabulary.instrument(each.instrument), each.instrument


@each_file
def test_summaries_are_short_and_give_no_advice(path: Path) -> None:
    summary = entry(path).summary
    assert ADVICE.findall(summary) == []
    assert len(re.findall(r"[.!?](?:\s|$)", summary)) <= 2
    assert len(summary) <= 400


@each_file
def test_a_trial_has_groups_and_a_protocol_has_no_results(path: Path) -> None:
    study = entry(path).study
    if study.design in ("rct", "crossover_rct", "protocol"):
        assert len(study.arms) >= 2
        assert study.randomised
    assert bool(study.outcomes) is (study.design != "protocol") or study.harms == "reported"


def test_the_corpus_is_not_one_sided(facts: list[Extraction]) -> None:
    assert len(FILES) >= 24
    designs = {each.design.value for each in facts if each.design}
    assert designs >= {"systematic_review", "protocol", "rct", "crossover_rct", "single_group_pre_post", "case_report"}
    assert {each.harms.value for each in facts if each.harms} >= {"reported", "none_occurred"}
    fibromyalgia = [each for each in facts if "fibromyalgia" in {found.value for found in each.sample.conditions}]
    assert len(fibromyalgia) >= 10
    between = [row.value for each in facts for row in each.outcomes if row.value.basis == "between_groups"]
    assert {row.benefit for row in between} >= {"better", "no_difference", "not_stated", "contextual"}


@each_file
def test_nothing_is_said_in_the_words_of_the_document(path: Path, documents: Callable[[Path], str]) -> None:
    theirs = words(documents(path))
    if not theirs:
        pytest.skip("its document is not in the shared material")
    runs = {theirs[start : start + LONGEST_RUN + 1] for start in range(len(theirs) - LONGEST_RUN)}
    for text in our_words(path):
        ours = words(text)
        copied = [ours[i : i + LONGEST_RUN + 1] for i in range(len(ours) - LONGEST_RUN)]
        assert not runs.intersection(copied), text


@each_file
def test_numbers_agree_with_the_labelled_abstracts(path: Path, shared: Path) -> None:
    read, labels = entry(path), gold().get(entry(path).citation.pmid or "")
    if labels is None:
        pytest.skip("not among the labelled abstracts")
    study = read.study
    assert study.n in (labels["n_total"], *labels["n_total_alternatives"])
    assert bool(study.randomised) == labels["randomised"]
    if read.document.kind == "abstract":
        assert {ours: getattr(study.dose, ours) for ours in DOSE} == {
            ours: labels["dose"][theirs] for ours, theirs in DOSE.items()
        }
        sizes = {each["n"] for each in labels["arms"]}
        assert {each.n for each in study.arms} <= {*sizes, None}


def words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", text.casefold()))


def our_words(path: Path) -> Iterator[str]:
    """Everything that is said in a file, its comments too, but for the citation and the names of measures."""
    read = entry(path)
    study = read.study
    yield from (line for line in path.read_text("utf-8").splitlines() if line.startswith("#"))
    yield from (read.summary, read.document.what, study.blinding or "", study.age or "", study.sex or "")
    yield from (each.name for each in study.arms)
    yield from (" ".join(filter(None, (each.name, each.effect))) for each in study.outcomes)


@pytest.fixture(scope="module")
def documents() -> Callable[[Path], str]:
    """The text of the document of a file, empty where it is not among the shared ones."""
    if not SHARED.is_dir():
        pytest.skip("../shared is not here")
    texts = abstracts()
    seed = next((SHARED / "seed").glob("*.txt")).read_text("utf-8")

    def document(path: Path) -> str:
        citation = entry(path).citation
        named = [each for each in (citation.pmid, citation.pmcid) if each]
        talked_of = [seed] if path.stem.startswith("field-2002") else []
        return "\n".join([*(texts[each] for each in named if each in texts), *talked_of])

    return document


@cache
def abstracts() -> dict[str, str]:
    """Texts by PMID and by PMC id: abstracts of the evaluation sets and of a library, whole articles."""
    found: defaultdict[str, str] = defaultdict(str)
    for name in (*GOLD, "domain_abstracts"):
        for line in (SHARED / "eval" / f"{name}.jsonl").read_text("utf-8").splitlines():
            row = json.loads(line)
            for key in {str(row["pmid"]), row["id"]}:
                found[key] += "\n".join(strings([row.get("text", ""), row.get("sections", [])]))
    domain = SHARED / "cases" / "domain"
    with (domain / "csv" / "sr_datasets__musculoskeletal_pain.csv").open(encoding="utf-8", newline="") as library:
        for each in csv.DictReader(library):
            found[each["pmid"]] += each["abstract"]
    with tarfile.open(domain / "jats_evidence_inference.tar.gz") as articles:
        for member in articles:
            content = articles.extractfile(member)
            if content is not None:
                root = etree.fromstring(content.read(), etree.XMLParser(resolve_entities=False, no_network=True))
                found[Path(member.name).stem] += " ".join(str(text) for text in root.itertext())
    return found


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, dict)):
        for each in value.values() if isinstance(value, dict) else value:
            yield from strings(each)


@cache
def gold() -> dict[str, Any]:
    lines = [line for name in GOLD for line in (SHARED / "eval" / f"{name}.jsonl").read_text("utf-8").splitlines()]
    return {str(row["pmid"]): row["gold"] for row in map(json.loads, lines)}
