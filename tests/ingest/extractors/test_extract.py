"""The whole extraction: the seed's facts, what must always hold, and what is never invented."""

from __future__ import annotations

import time
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.extractors import VERSION, extract
from kb.extraction import Extraction, findings
from kb.record import Record
from kb.vocabulary import Vocabulary, load_vocabulary

VOCABULARY = load_vocabulary()


def record(abstract: str | None, title: str = "") -> Record:
    return Record(source="invented", key="1", format="medline", title=title, abstract=abstract)


@pytest.fixture
def seed(shared: Path) -> str:
    text = (shared / "seed" / "forum_post_with_abstract.txt").read_text("utf-8")
    return text[text.index("METHOD: To determine") :]


def test_the_seed(seed: str, vocabulary: Vocabulary) -> None:
    found = extract(record(seed), vocabulary)
    read = {
        path: (each.value, each.derived, (each.quote(seed, "") or "").lower())
        for path, each in findings(found)
        if not path.startswith("outcomes") and not isinstance(each.value, msgspec.Struct)
    }
    assert read == {
        "design": ("rct", False, "randomly assigned"),
        "method.randomised": (True, False, "randomly assigned"),
        "method.dose.minutes": (30, False, "30-minute treatments"),
        "method.dose.per_week": (2, False, "twice a week"),
        "method.dose.weeks": (5, False, "five weeks"),
        "method.dose.sessions": (10, True, "twice a week for five weeks"),
        "method.dose.contact_minutes": (300, True, "30-minute treatments twice a week for five weeks"),
        "method.techniques.0": ("massage_unspecified", False, "massage therapy"),
        "method.comparators.0": ("relaxation", False, "relaxation therapy"),
        "sample.n": (24, False, "twenty four adult fibromyalgia patients"),
        "sample.conditions.0": ("fibromyalgia", False, "fibromyalgia"),
        "sample.populations.0": ("adults", False, "adult"),
        "sample.people": (
            "twenty four adult fibromyalgia patients",
            False,
            "twenty four adult fibromyalgia patients",
        ),
    }
    assert [(each.value.name, each.value.role, each.value.comparator) for each in found.method.arms] == [
        ("massage therapy", "intervention", None),
        ("relaxation therapy", "comparator", "relaxation"),
    ]
    assert found.outcomes
    assert found.harms is None


def test_without_an_abstract_only_what_the_title_says(vocabulary: Vocabulary) -> None:
    title = "Swedish massage for fibromyalgia: a randomized controlled trial with 40 women over five weeks"
    found = extract(record(None, title), vocabulary)
    said = {path: (each.value, each.place, each.quote(None, title)) for path, each in findings(found)}
    assert said == {
        "design": ("rct", "title", "randomized controlled trial"),
        "method.randomised": (True, "title", "randomized"),
        "method.techniques.0": ("swedish", "title", "Swedish massage"),
        "sample.conditions.0": ("fibromyalgia", "title", "fibromyalgia"),
        "sample.populations.0": ("women", "title", "women"),
    }


def test_nothing_said_nothing_found(vocabulary: Vocabulary) -> None:
    assert extract(record(None), vocabulary) == Extraction(version=VERSION)


def test_one_group_holds_everybody(vocabulary: Vocabulary) -> None:
    found = extract(record("METHODS: Twelve women were measured before and after massage."), vocabulary)
    assert [each.value.n.value if each.value.n else None for each in found.method.arms] == [12]


def test_a_protocol_has_no_outcomes(vocabulary: Vocabulary) -> None:
    abstract = (
        "METHODS: Forty patients with neck pain will be randomised to massage or usual care. "
        "RESULTS: Pain decreased in pilot work. No adverse events occurred."
    )
    found = extract(record(abstract), vocabulary)
    assert found.design is not None
    assert found.design.value == "protocol"
    assert (found.outcomes, found.harms) == ((), None)


@pytest.mark.parametrize(
    "abstract",
    [
        "RESULTS: Of ten joiners 0 were women.",
        "METHODS: Of the joiners 0 of 0 were women (0 women and 0 men, M:F 0/0).",
        # The long s is an s and the dotless i an i to a pattern that disregards case.
        "METHODS: Pain was measured after ſix and eıght weeks. RESULTS: Pain decreased after ſix and eıght weeks.",
    ],
)
def test_odd_numbers_and_letters_are_read_without_fail(abstract: str, vocabulary: Vocabulary) -> None:
    found = extract(record(abstract, "Rubbing of 0 joiners"), vocabulary)
    assert found.sample.female is None


PIECES = st.sampled_from(
    [
        "METHODS: ",
        "RESULTS: ",
        "Conclusion. ",
        "Forty patients with neck pain ",
        "were randomly assigned to massage (n = 20) or usual care (n = 20). ",
        "twice a week ",
        "for five weeks",
        "30-minute treatments ",
        "12 in each group",
        "a 40-year-old woman ",
        "the massage group ",
        "Pain decreased ",
        "(p < .05)",
        "no adverse events occurred. ",
        "NCT00000001",
        "one hundred and ",
        "hundred",
        "vs. ",
        "\n",
        "\u2009",
        "0 women and 0 men ",
        "0 of 0 were women",
        "after ſix weeks, ",
        "(",
        ")",
        ";",
    ]
)
ABSTRACTS = st.lists(PIECES | st.text(max_size=12), max_size=25).map("".join)


@given(ABSTRACTS, st.text(max_size=30))
def test_every_finding_lies_in_its_text_and_the_same_text_gives_the_same_bytes(abstract: str, title: str) -> None:
    given_record = record(abstract, title)
    found = extract(given_record, VOCABULARY)
    for path, each in findings(found):
        text = abstract if each.place == "abstract" else title
        assert each.start is not None, path
        assert each.end is not None, path
        assert 0 <= each.start < each.end <= len(text), path
        assert each.rule, path
    again = extract(given_record, VOCABULARY)
    assert msgspec.json.encode(found) == msgspec.json.encode(again)


@pytest.mark.parametrize(
    "hostile",
    [
        "a " * 10_000,
        "1 " * 10_000,
        "(" * 20_000,
        "n = " * 5_000,
        "one hundred and " * 1_500,
        "METHODS: " * 2_000,
        "assigned to the, or the, and the " * 600,
        "patients with patients who " * 700,
        "no no adverse " * 1_400,
        "RESULTS: pain improved, 5% had than " * 600,
        "x" * 200_000,
    ],
)
def test_hostile_text_ends_soon(hostile: str, vocabulary: Vocabulary) -> None:
    began = time.process_time()
    extract(record(hostile), vocabulary)
    assert time.process_time() - began < 5


@pytest.mark.parametrize(
    "piece",
    [
        "1-",
        "a-",
        "1/",
        "1+",
        "a'",
        "10-",
        "1-'",
        "1-+",
        "1-1'",
        "massage-1",
        "1-week-",
        "randomised to group ",
        "randomised to 1=",
    ],
)
def test_runs_without_an_end_are_read_in_linear_time(piece: str, vocabulary: Vocabulary) -> None:
    extract(record("Pain fell in 12 women."), vocabulary)  # what is loaded once is loaded now
    taken = []
    for length in (5_000, 20_000):
        began = time.process_time()
        extract(record((piece * length)[:length]), vocabulary)
        taken.append(time.process_time() - began)
    assert taken[1] < 2
    assert taken[1] < 9 * taken[0] + 0.2  # four times as long; sixteen times the work were quadratic
