"""What must never be shown: an effect that no sentence compares, of the wrong group, or proven by nothing.

All sentences are invented.
"""

from __future__ import annotations

import pytest

from ingest.extractors import extract
from kb.extraction import Extraction, Outcome
from kb.record import Record
from kb.vocabulary import Vocabulary
from kb.wording import tone

METHODS = "METHODS: Forty weavers with neck pain were randomly assigned to massage or a control group that rested."


def of(text: str, vocabulary: Vocabulary, title: str = "Massage for neck pain") -> Extraction:
    return extract(Record(source="test", key="1", format="test", title=title, abstract=text), vocabulary)


def row(result: str, vocabulary: Vocabulary) -> Outcome:
    """The only row of a trial of massage against rest with that result."""
    (found,) = of(f"{METHODS} RESULTS: {result}", vocabulary).outcomes
    return found.value


@pytest.mark.parametrize(
    "result",
    [
        "There is insufficient evidence that massage is more effective than rest for pain.",
        "Convincing proof that massage reduces pain more than rest is still lacking.",
        "It remains unclear if massage was more effective than rest for pain.",
        "Previous trials found that pain was lower with massage than with rest.",
        "At baseline, pain was higher in the massage group than in the control group.",
        "In the massage group 42% (8/19) reported improvement in pain compared with 47% (9/19) in the control group.",
    ],
)
def test_no_row_is_made_of_doubt_of_the_start_or_of_shares(result: str, vocabulary: Vocabulary) -> None:
    assert of(f"{METHODS} RESULTS: {result}", vocabulary).outcomes == ()


def test_a_greater_share_that_is_proven_is_a_row(vocabulary: Vocabulary) -> None:
    result = "In the massage group 72% reported improvement in pain compared with 41% in the control group (p = 0.01)."
    assert row(result, vocabulary).benefit == "better"


@pytest.mark.parametrize(
    ("result", "basis", "change"),
    [
        ("Pain was reduced compared with baseline in both groups.", "within_group", "down"),
        ("Pain was lower in the massage group than in the control group.", "between_groups", "down"),
        ("Pain was higher in weavers with neck pain than in healthy controls.", "unclear", "up"),
        ("Pain was higher in women than in men.", "unclear", "up"),
        ("In both groups, pain decreased as compared to therapy.", "within_group", "down"),
        ("The improvement in pain differed between the groups.", "between_groups", "not_stated"),
        (
            "Pain was lower in the massage group than in the control group (difference 0.3, 95% CI -0.3 to 1.0).",
            "between_groups",
            "none",
        ),
        (
            "Pain was lower in the massage group than in the control group (difference 0.6, 95% CI 0.3 to 1.0).",
            "between_groups",
            "down",
        ),
        ("Women reported higher pain than men.", "unclear", "up"),
        ("Pain was lower than in normal care.", "between_groups", "down"),
        ("Pain was lower in the massage group than in the control group (p = 0.15).", "between_groups", "none"),
        ("A non-significant reduction in pain was found compared with the control group.", "between_groups", "none"),
        (
            "Pain was lower in the massage group than in the control group, although this was not significant.",
            "between_groups",
            "none",
        ),
        (
            "In the massage group 52% reported improvement in pain compared with 47% in the control group (p = 0.6).",
            "between_groups",
            "none",
        ),
        (
            "Pain was lower in the massage group than in the control group, but did not reach significance.",
            "between_groups",
            "none",
        ),
    ],
)
def test_what_is_compared_and_proven(result: str, basis: str, change: str, vocabulary: Vocabulary) -> None:
    found = row(result, vocabulary)
    assert (found.basis, found.change) == (basis, change)


def test_a_doubt_of_the_difference_is_none_of_the_change_before_it(vocabulary: Vocabulary) -> None:
    result = "Pain decreased in both groups, but no significant difference between the groups was found."
    told = of(f"{METHODS} RESULTS: {result}", vocabulary).outcomes
    assert [(each.value.change, each.value.basis) for each in told] == [
        ("down", "within_group"),
        ("none", "between_groups"),
    ]


@pytest.mark.parametrize(
    ("result", "colour"),
    [
        ("Pain was lower in the massage group than in the control group.", "better"),
        ("Pain was lower in the control group than in the massage group.", "unclear"),
        ("Controls had lower pain than the massage group.", "unclear"),
        ("Compared with massage, rest reduced pain more.", "unclear"),
        ("Women in the control group were more likely to report pain than women in the massage group.", "unclear"),
        ("The massage group had higher pain than the control group.", "worse"),
    ],
)
def test_the_good_of_the_other_group_is_no_good_of_massage(result: str, colour: str, vocabulary: Vocabulary) -> None:
    facts = of(f"{METHODS} RESULTS: {result}", vocabulary)
    assert [tone(each.value, facts.method, vocabulary) for each in facts.outcomes] == [colour]


@pytest.mark.parametrize(
    ("said", "versus"),
    [
        ("Pain was lower in the massage group than in patients who rested.", "rested"),
        ("Pain was lower in subjects given massage than in subjects in the control group.", "control group"),
        ("Pain in the massage group was lower than the mean score in the control group.", "control group"),
        ("Pain was lower in group A than in group B.", "group B"),
        ("Pain was lower in the massage group than in seven weavers of a mill.", None),
    ],
)
def test_who_is_compared_with_is_a_group(said: str, versus: str | None, vocabulary: Vocabulary) -> None:
    assert row(said, vocabulary).versus == versus


def test_a_study_of_one_group_compares_no_groups(vocabulary: Vocabulary) -> None:
    text = "METHODS: A single-group pre-post study of massage. RESULTS: Pain was higher than in office workers."
    (found,) = of(text, vocabulary).outcomes
    assert (found.value.basis, found.value.comparator) == ("unclear", None)


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ("Adverse events were not reported.", None),
        ("The occurrence of harms was generally not reported.", None),
        ("No adverse events occurred in the control group.", None),
        ("No side effects were seen with placebo.", None),
        ("No adverse events occurred in the control group or with the massage.", "none_occurred"),
        ("Massage is a simple treatment without side effects.", None),
        ("Massage may be used without risk of adverse effects.", None),
        ("There were no postoperative complications.", None),
        ("No information on adverse events was available.", None),
        ("Few trials mentioned adverse events.", None),
        ("Adverse events were recorded at every visit.", None),
        ("Adverse events were recorded in three weavers.", "reported"),
        ("No adverse events were reported.", "none_occurred"),
    ],
)
def test_silence_on_harms_is_no_safety(said: str, state: str | None, vocabulary: Vocabulary) -> None:
    found = of(f"{METHODS} RESULTS: {said}", vocabulary).harms
    assert (found.value if found else None) == state


@pytest.mark.parametrize(
    ("methods", "n"),
    [
        ("Of 227 women found, 28 came. Ten women were randomised to massage and 14 women were randomised to rest.", 24),
        ("Of 120 weavers screened, 40 were randomised to massage or rest.", 40),
        ("Weavers were randomised to massage for 9 weeks for each patient, or to rest.", None),
        (
            "Weavers were assigned to massage (n = 50 and n = 39 for men and women) or rest (n = 48 and n = 38).",
            None,
        ),
    ],
)
def test_no_number_that_is_not_there(methods: str, n: int | None, vocabulary: Vocabulary) -> None:
    found = of(f"METHODS: {methods}", vocabulary).sample.n
    assert (found.value if found else None) == n


@pytest.mark.parametrize(
    ("said", "female"),
    [
        ("Pain had gone in 99% of the women.", None),
        ("Pain was found in men and women (51% vs. 48%).", None),
        ("Forty weavers came, of whom 80% were women.", 0.8),
        ("Forty weavers came; 80% of the patients were women.", 0.8),
    ],
)
def test_a_share_of_the_women_is_no_share_of_women(said: str, female: float | None, vocabulary: Vocabulary) -> None:
    found = of(f"METHODS: Weavers and their men came. {said}", vocabulary).sample.female
    assert (found.value if found else None) == female


@pytest.mark.parametrize(
    ("said", "techniques"),
    [
        ("Weavers had massage.", ["massage_unspecified"]),
        ("Weavers were recruited from osteopathy clinics and had massage.", ["massage_unspecified"]),
        ("Chiropractic students rested.", []),
        ("Weavers without previous massage rested.", []),
    ],
)
def test_a_trade_is_no_treatment_that_was_studied(said: str, techniques: list[str], vocabulary: Vocabulary) -> None:
    found = of(f"METHODS: {said}", vocabulary, "Weavers").method.techniques
    assert [each.value for each in found] == techniques


@pytest.mark.parametrize("name", ["energy", "pain_relief"])
def test_other_senses_of_a_measure_are_no_benefit(name: str, vocabulary: Vocabulary) -> None:
    other = {"energy": "Subtle energy levels", "pain_relief": "Epidural analgesia"}[name]
    found = row(f"{other} were higher in the massage group than in the control group.", vocabulary)
    assert (found.concept, found.benefit) == (None, "not_stated")


def test_spasticity_is_no_cerebral_palsy(vocabulary: Vocabulary) -> None:
    assert of("METHODS: Patients with spasticity had massage.", vocabulary, "").sample.conditions == ()
