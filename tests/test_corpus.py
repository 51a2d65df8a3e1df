"""The curated studies: each is read whole, named once, in our own words, and agrees with its document."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.errors import UnreadablePayloadError
from ingest.parsers import parse
from kb.extraction import Finding, findings
from kb.record import Payload, Record
from kb.vocabulary import Vocabulary, load_vocabulary
from tests.conftest import NOW, ROOT

FILES = sorted((ROOT / "corpus" / "studies").glob("*.toml"))
LONGEST_RUN = 8  # words in a row that a text of ours may not share with its document
CLAIMS = re.compile(
    r"\b(?:effective(?:ness)?|efficac\w+|proven?|proves|works?|cures?|safe(?:ly)?|recommend\w*)\b", re.I
)


def read(path: Path, vocabulary: Vocabulary) -> Record:
    (record,) = parse(Payload(source="corpus", key=path.name, body=path.read_bytes(), fetched_at=NOW), vocabulary)
    assert isinstance(record, Record), record
    return record


VOCABULARY = load_vocabulary()
RECORDS = {path.stem: read(path, VOCABULARY) for path in FILES}
each_study = pytest.mark.parametrize("study", RECORDS)


def test_there_are_studies_enough() -> None:
    assert len(RECORDS) >= 20
    conditions = Counter(each.value for r in RECORDS.values() if r.curated for each in r.curated.sample.conditions)
    assert conditions["fibromyalgia"] >= 5


def test_no_study_stands_twice() -> None:
    named = Counter(each for record in RECORDS.values() for each in record.identifiers if each.scheme != "registration")
    assert [each for each, times in named.items() if times > 1] == []
    assert len({record.key for record in RECORDS.values()}) == len(RECORDS)


@each_study
def test_a_study_is_cited_summarised_and_checked(study: str) -> None:
    record = RECORDS[study]
    assert record.contributors
    assert record.year
    assert record.summary
    assert record.abstract is None
    assert not CLAIMS.search(record.summary), CLAIMS.search(record.summary)
    assert record.curated
    assert record.curated.design
    facts = [finding for _, finding in findings(record.curated)]
    assert all(fact.state == "checked" and fact.document and fact.start is None for fact in facts)


@each_study
def test_a_protocol_has_no_outcomes_and_a_trial_has_arms(study: str) -> None:
    facts = RECORDS[study].curated
    assert facts
    assert facts.design
    if facts.design.value == "protocol":
        assert facts.outcomes == ()
    if facts.design.value in ("rct", "crossover_rct"):
        assert len(facts.method.arms) >= 2
    names = {arm.value.name for arm in facts.method.arms}
    for row in (each.value for each in facts.outcomes):
        assert row.versus is None or row.basis == "between_groups", row
        assert row.basis != "between_groups" or len(names) >= 2, row


# Invented: no such study exists.
ENTRY = """
summary = "Invented weavers were massaged."
[citation]
title = "An invented trial"
authors = ["Weaver, W"]
year = 2001
pmid = "990000031"
[document]
id = "PMID990000031"
kind = "abstract"
checked = 2026-01-02
what = "all"
[study]
design = "rct"
n = 24
techniques = ["swedish"]
[study.dose]
minutes = 30
per_week = 2
weeks = 5
[[study.outcomes]]
name = "hours of sleep"
concept = "sleep_hours"
change = "up"
basis = "within_group"
"""


def read_entry(text: str) -> Record:
    (record,) = parse(Payload(source="corpus", key="entry.toml", body=text.encode(), fetched_at=NOW), VOCABULARY)
    assert isinstance(record, Record)
    return record


def test_an_entry_is_read_with_its_totals_derived_and_its_polarity_looked_up() -> None:
    record = read_entry(ENTRY)
    assert (record.source, record.key) == ("corpus", "pmid:990000031")
    assert record.curated
    dose = record.curated.method.dose
    assert dose.sessions == Finding(10.0, state="checked", derived=True, document="PMID990000031")
    assert dose.contact_minutes
    assert (dose.contact_minutes.value, dose.contact_minutes.derived) == (300.0, True)
    (row,) = record.curated.outcomes
    assert row.value.benefit == "better"


@pytest.mark.parametrize(
    ("stated", "written", "reason"),
    [
        ("year = 2001", "yeer = 2001", "yeer"),
        ("year = 2001", "year = '2001'", "year"),
        ("n = 24", "n = ", "nvalid"),
        ('kind = "abstract"', "", "kind"),
        ("990000031", "99000003x", "has not the shape of a pmid"),
        ('"swedish"', '"sweedish"', "'sweedish' is no technique"),
        ('"sleep_hours"', '"fibromyalgia"', "'fibromyalgia' is no outcome"),
        ('"rct"', '"trial"', "design"),
    ],
)
def test_what_is_wrong_with_an_entry_is_named(stated: str, written: str, reason: str) -> None:
    with pytest.raises(UnreadablePayloadError, match=reason) as caught:
        read_entry(ENTRY.replace(stated, written, 1))
    assert "entry.toml" in str(caught.value)
    assert "corpus/README.md" in caught.value.remedy


# With the documents at hand.


def documents(shared: Path) -> Iterator[tuple[set[str], str, dict[str, object] | None]]:
    """(names, text, gold facts if any) of every abstract beside the project."""
    for name in ("domain_gold_dev", "domain_gold_more"):
        for line in (shared / "eval" / f"{name}.jsonl").read_text().splitlines():
            row = json.loads(line)
            yield {str(row["id"]), f"PMID{row.get('pmid')}", str(row.get("pmid"))}, row["text"], row["gold"]
    for line in (shared / "eval" / "domain_abstracts.jsonl").read_text().splitlines():
        row = json.loads(line)
        yield {str(row["id"])}, " ".join(text for _, parts in row["sections"] for text in parts), None
    seed = (shared / "seed" / "forum_post_with_abstract.txt").read_text()
    yield {"seed text"}, seed, None


def words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower())


@each_study
def test_every_study_has_its_document_and_shares_no_sentence_with_it(study: str, shared: Path) -> None:
    record = RECORDS[study]
    assert record.curated
    named = {finding.document for _, finding in findings(record.curated)}
    texts = [text for names, text, _ in documents(shared) if names & named]
    assert texts, f"the document {named} is not among the shared ones"
    ours = [record.summary or "", *(row.value.name for row in record.curated.outcomes)]
    for text in texts:
        runs = {tuple(words(text)[at : at + LONGEST_RUN]) for at in range(len(words(text)))}
        for line in ours:
            spoken = words(line)
            shared_runs = [
                run
                for at in range(len(spoken) - LONGEST_RUN + 1)
                if (run := tuple(spoken[at : at + LONGEST_RUN])) in runs
            ]
            assert shared_runs == []


@each_study
def test_facts_agree_with_the_labelled_ones(study: str, shared: Path) -> None:
    facts = RECORDS[study].curated
    assert facts
    document = next(finding.document for _, finding in findings(facts))
    gold = next((gold for names, _, gold in documents(shared) if document in names and gold), None)
    if gold is None:
        pytest.skip("no labelled facts for this document")
    known = {gold["n_total"], *(gold.get("n_total_alternatives") or [])}  # type: ignore[misc]
    assert value(facts.sample.n) in known
    dose = gold["dose"]
    assert isinstance(dose, dict)
    stated = facts.method.dose
    for slot, ours in (
        ("session_min", stated.minutes),
        ("sessions_per_week", stated.per_week),
        ("weeks", stated.weeks),
    ):
        if ours is not None and dose.get(slot) is not None:
            assert ours.value == dose[slot], slot


def value(finding: Finding[int] | None) -> int | None:
    return finding.value if finding else None
