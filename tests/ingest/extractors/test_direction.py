"""The direction of an outcome that is asked for. All sentences are invented."""

from __future__ import annotations

import pytest

from ingest.extractors.direction import TOLD, direction, passages, sense
from ingest.extractors.direction.cues import cues
from ingest.extractors.direction.figures import APART, CROSSING, NOT_SIGNIFICANT, SIGNIFICANT, signed
from ingest.extractors.direction.marking import marked, wider
from ingest.extractors.direction.question import question, stem
from ingest.extractors.direction.values import compared
from ingest.extractors.sentences import sentences

ASKED = question("pain intensity", "foot massage", "sham ultrasound")


@pytest.mark.parametrize(
    ("sentence", "label"),
    [
        (
            "Pain intensity was significantly lower after foot massage than after sham ultrasound (P = 0.01).",
            "decreased",
        ),
        (
            "Pain intensity was significantly lower in the sham ultrasound group than in the foot massage group.",
            "increased",
        ),
        ("Pain intensity did not differ significantly between the groups (P = 0.41).", "no_difference"),
        ("Foot massage significantly increased pain intensity compared with sham ultrasound (p < 0.001).", "increased"),
        ("There was no significant difference in pain intensity between massage and ultrasound.", "no_difference"),
        ("Pain intensity was similar in both groups.", "no_difference"),
        (
            "The reduction in pain intensity was greater with foot massage than with sham ultrasound (p = 0.02).",
            "decreased",
        ),
        ("Pain intensity was 2.1 in the foot massage group and 4.6 in the sham group (P = 0.003).", "decreased"),
        ("Compared with sham ultrasound, foot massage led to a significant increase in pain intensity.", "increased"),
    ],
)
def test_a_sentence_says_which_way(sentence: str, label: str) -> None:
    assert passages([sentence], "pain intensity", "foot massage", "sham ultrasound") == label


ABSTRACT = (
    "Sleep is often poor after surgery. We aimed to assess whether back massage improves sleep quality and lowers "
    "heart rate. Eighty adults were randomised to back massage or quiet rest. Sleep quality was measured with a diary. "
    "Heart rate was significantly lower in the back massage group than in the quiet rest group (P = 0.004). "
    "There was no significant difference in length of stay between the groups (P = 0.62). "
    "Sleep quality was significantly higher with back massage compared with quiet rest (P < 0.001). "
    "Back massage may help people after surgery."
)


@pytest.mark.parametrize(
    ("outcome", "label", "evidence"),
    [
        ("heart rate", "decreased", "Heart rate was significantly lower"),
        ("hospital length of stay", "no_difference", "There was no significant difference in length"),
        ("quality of sleep", "increased", "Sleep quality was significantly higher"),
    ],
)
def test_an_abstract_says_which_way_and_where(outcome: str, label: str, evidence: str) -> None:
    found = direction(ABSTRACT, sentences(ABSTRACT), outcome, "back massage", "quiet rest")
    assert found is not None
    assert found.label == label
    assert ABSTRACT[found.start : found.end].startswith(evidence)


def test_nothing_to_read_says_nothing() -> None:
    assert direction("", (), "pain", "massage", "rest") is None
    assert passages([], "pain", "massage", "rest") is None


def test_what_an_abstract_does_not_tell_is_unlikely() -> None:
    told, untold = (
        direction(ABSTRACT, sentences(ABSTRACT), outcome, "back massage", "quiet rest")
        for outcome in ("heart rate", "serum creatinine")
    )
    assert told is not None
    assert untold is not None
    assert untold.likely < TOLD < told.likely


@pytest.mark.parametrize("asked", [("", "", ""), ("%", "5 mg", "10 mg"), ("the", "the", "the")])
def test_odd_questions_have_some_answer(asked: tuple[str, str, str]) -> None:
    assert direction(ABSTRACT, sentences(ABSTRACT), *asked) is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [("haemorrhages", "hemorrhage"), ("tumours", "tumor"), ("randomised", "randomized"), ("scores", "score")],
)
def test_forms_and_spellings_share_a_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("Pain intensity fell with foot massage", "OUT fell with INT"),
        ("the control group", "the CMP group"),
        ("patients without foot massage", "patients without CMP"),
        ("PI rose", "OUT rose"),
        ("the intervention group had 12 falls", "the INT group had # falls"),
    ],
)
def test_words_become_marks_of_the_question(text: str, signs: str) -> None:
    assert " ".join(each.sign for each in wider(marked(text, ASKED), ASKED)) == signs


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("(P = 0.04)", SIGNIFICANT),
        ("(p<.001)", SIGNIFICANT),
        ("(P = 0.34)", NOT_SIGNIFICANT),
        ("p > 0.05", NOT_SIGNIFICANT),
        ("P=NS", NOT_SIGNIFICANT),
        ("odds ratio 0.80 (95% CI 0.61 to 1.12)", CROSSING),
        ("odds ratio 0.60 (95% CI 0.41 to 0.82)", APART),
        ("mean difference 2.0 (95% CI -0.4 to 4.4)", CROSSING),
    ],
)
def test_figures_become_signs(text: str, sign: str) -> None:
    assert sign in signed(text).split() or f" {sign} " in signed(text)


@pytest.mark.parametrize(
    ("text", "effective"),
    [
        ("Pain intensity was lower with foot massage than with sham ultrasound", ["down"]),
        ("Pain intensity was lower in the sham ultrasound group", ["up"]),
        ("Pain intensity was lower in the sham group than in the foot massage group", ["up"]),
        ("Foot massage produced a smaller decrease in pain intensity", ["up"]),
        ("Pain intensity was lower", ["down?"]),
    ],
)
def test_a_cue_is_read_for_the_intervention(text: str, effective: list[str]) -> None:
    assert [each.effective for each in cues(marked(text, ASKED))] == effective


def test_a_cue_that_is_denied_is_known() -> None:
    assert [each.denied for each in cues(marked("Foot massage did not reduce pain intensity", ASKED))] == [True]


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("Pain intensity was 2.1 (0.4) with foot massage and 4.6 (0.5) with sham ultrasound", "far:down"),
        ("Pain intensity was 2.1 with sham ultrasound and 4.6 with foot massage", "far:up"),
        ("Pain intensity was lower (2.1 ± 3.3 vs 4.6 ± 1.2)", "vs:down?"),
        ("At 6 weeks pain intensity in 20 patients with foot massage was 5.5, with sham ultrasound 4.0", "far:up"),
    ],
)
def test_values_are_compared_in_the_order_of_the_arms(text: str, way: str) -> None:
    assert way in compared(marked(text, ASKED), "-")


def test_hostile_text_takes_linear_time() -> None:
    for text in ("(" * 20_000, "p " * 10_000, "CI 1 " * 5_000, "group a " * 3_000, "than INT " * 3_000):
        assert sense.features(text, ASKED)
