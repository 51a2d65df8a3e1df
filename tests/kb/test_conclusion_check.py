"""The conclusion held against the ledger. All wording is invented."""

from __future__ import annotations

import msgspec
import pytest

from kb.conclusion_check import prompts
from kb.extraction import Basis, Change, Extraction, Finding, HarmState, Outcome, Sample
from kb.vocabulary import Vocabulary

RESULTS = "Weavers with fibromyalgia were massaged. Pain fell. "


def row(basis: Basis, change: Change = "down", concept: str = "pain") -> Finding[Outcome]:
    return Finding(Outcome(name=concept, change=change, basis=basis, concept=concept, polarity="low"))


def facts(conclusion: str, *rows: Finding[Outcome], design: str = "rct", harms: HarmState | None = None) -> Extraction:
    return Extraction(
        version="1",
        design=Finding(design),  # type: ignore[arg-type]
        sample=Sample(conditions=(Finding("fibromyalgia"),)),
        outcomes=rows,
        harms=Finding(harms) if harms else None,
        conclusion=Finding(conclusion, len(RESULTS), len(RESULTS) + len(conclusion)),
    )


WITHIN, BETWEEN, NULL = row("within_group"), row("between_groups"), row("between_groups", "none")


@pytest.mark.parametrize(
    ("conclusion", "read", "rules"),
    [
        ("Massage was the most effective for pain.", (WITHIN,), ["superiority"]),
        ("Massage was the most effective for pain.", (BETWEEN,), []),
        ("Massage is effective for pain.", (WITHIN,), ["effect"]),
        ("Massage may relieve pain.", (WITHIN,), ["effect"]),
        ("Massage relieved pain.", (BETWEEN,), []),
        ("Massage relieved pain.", (NULL, NULL), ["null"]),
        ("Massage relieved pain.", (NULL, BETWEEN), []),
        ("Massage was not effective for pain.", (NULL,), []),
        ("Massage and rest were equally effective for pain.", (NULL,), []),
        ("It is unclear whether massage is effective.", (WITHIN,), []),
        ("Proof that massage is more effective than rest is lacking.", (NULL,), []),
        ("Further trials of effective massage are needed.", (WITHIN,), []),
        ("Massage improved pain and sleep.", (BETWEEN,), ["unreported"]),
        ("Sleep should be studied.", (BETWEEN,), []),
        ("Massage improved pain in people with asthma.", (BETWEEN,), ["generalisation"]),
        ("Massage is safe.", (BETWEEN,), ["harms"]),
        ("", (WITHIN,), []),
    ],
)
def test_a_claim_is_asked_for_its_ground(
    conclusion: str, read: tuple[Finding[Outcome], ...], rules: list[str], vocabulary: Vocabulary
) -> None:
    found = prompts(RESULTS + conclusion, facts(conclusion, *read), vocabulary)
    assert [each.rule for each in found] == rules
    for each in found:
        assert (RESULTS + conclusion)[each.start : each.end] == each.words
        assert "?" in each.question
        assert each.words in each.question


def test_safety_is_not_asked_where_harms_are_told(vocabulary: Vocabulary) -> None:
    said = "Massage is safe."
    assert prompts(RESULTS + said, facts(said, BETWEEN, harms="none_occurred"), vocabulary) == ()


def test_a_question_says_what_was_read_and_not_what_the_abstract_says(vocabulary: Vocabulary) -> None:
    said = "Massage was the most effective for pain."
    (found,) = prompts(RESULTS + said, facts(said, WITHIN), vocabulary)
    assert "No comparison between groups was read in this abstract." in found.question
    (found,) = prompts(RESULTS + said, facts(said, NULL, NULL), vocabulary)
    assert "All 2 comparisons between groups that were read" in found.question


def test_advice_from_one_group(vocabulary: Vocabulary) -> None:
    said = "Massage should be used in practice."
    asked = prompts(RESULTS + said, facts(said, WITHIN, design="single_group_pre_post"), vocabulary)
    assert [each.rule for each in asked] == ["recommendation"]
    assert prompts(RESULTS + said, facts(said, BETWEEN), vocabulary) == ()


def test_a_persons_correction_of_the_ledger_counts_at_once(vocabulary: Vocabulary) -> None:
    said = "Massage is effective for pain."
    read = facts(said, WITHIN)
    assert prompts(RESULTS + said, read, vocabulary)
    assert prompts(RESULTS + said, msgspec.structs.replace(read, outcomes=(BETWEEN,)), vocabulary) == ()


@pytest.mark.parametrize("design", ["protocol", "survey", "qualitative"])
def test_designs_that_claim_no_effect_are_not_asked(design: str, vocabulary: Vocabulary) -> None:
    said = "Massage is effective."
    assert prompts(RESULTS + said, facts(said, design=design), vocabulary) == ()


def test_without_a_conclusion_there_is_nothing_to_ask(vocabulary: Vocabulary) -> None:
    assert prompts(RESULTS, Extraction(version="1", outcomes=(WITHIN,)), vocabulary) == ()
    assert prompts(None, facts("Massage is effective.", WITHIN), vocabulary) == ()
