"""The ledger of outcomes. All abstracts here are invented, but for the seed, which is read from beside the project."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.extractors.outcomes import outcomes
from ingest.extractors.sentences import Sentence, sentences
from kb.extraction import Arm, Finding, Outcome
from kb.vocabulary import Concept, Instrument, Vocabulary, load_vocabulary

SEED = Path(__file__).resolve().parents[4] / "shared" / "seed" / "forum_post_with_abstract.txt"


def measured(id: str, polarity: str, *synonyms: str) -> Concept:
    return Concept(id=id, kind="outcome", name=id.replace("_", " "), synonyms=synonyms, polarity=polarity)


VOCABULARY = Vocabulary(
    (
        measured("pain", "low", "back pain", "pain intensity"),
        measured("anxiety", "low"),
        measured("depression", "low", "depressed mood"),
        measured("fatigue", "low"),
        measured("stiffness", "low"),
        measured("sleep", "high", "sleep quality"),
        measured("function", "high", "physical function"),
        measured("quality_of_life", "high"),
        measured("pain_threshold", "high"),
        measured("cortisol", "context"),
    ),
    (Instrument(id="ndi", name="Neck Disability Index", synonyms=("NDI",), outcome="function", polarity="low"),),
)
ARMS = (
    Finding(Arm("massage group", role="intervention"), 0, 1),
    Finding(Arm("relaxation group", role="comparator", comparator="relaxation"), 0, 1),
)


def ledger(text: str, section: str = "results", arms: tuple[Finding[Arm], ...] = ()) -> tuple[Finding[Outcome], ...]:
    """The rows of one sentence or more, all of one section."""
    spans = [(found.start(), found.end()) for found in re.finditer(r"[^.]+(?:\.(?=\d)[^.]+)*\.?", text)]
    told = tuple(Sentence(start + (text[start] == " "), end, section) for start, end in spans)  # type: ignore[arg-type]
    return outcomes(text, told, arms, VOCABULARY)


def brief(found: tuple[Finding[Outcome], ...]) -> list[tuple[str, str]]:
    """Name and what is said of it, one pair a row."""
    return [(each.value.name, each.value.said or each.value.change) for each in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # verbs, behind their subject and before their object
        ("Pain decreased in the massage group.", [("Pain", "down")]),
        ("Pain, fatigue and stiffness decreased.", [("Pain", "down"), ("fatigue", "down"), ("stiffness", "down")]),
        ("Massage reduced pain and improved sleep.", [("pain", "down"), ("sleep", "improved")]),
        ("Sleep improved.", [("Sleep", "improved")]),
        ("Anxiety was significantly reduced after the session.", [("Anxiety", "down")]),
        ("Fatigue was found to decrease over time.", [("Fatigue", "down")]),
        ("Symptoms of anxiety worsened.", [("Symptoms of anxiety", "worsened")]),
        ("The massage group improved in pain and sleep.", [("pain", "improved"), ("sleep", "improved")]),
        # nouns, before and behind their names
        (
            "Both groups showed a decrease in anxiety and depressed mood.",
            [("anxiety", "down"), ("depressed mood", "down")],
        ),
        ("A significant pain reduction was observed.", [("pain", "down")]),
        ("Pain showed a significant decrease.", [("Pain", "down")]),
        ("A gain was seen, with a reduction of 3 points in pain.", [("pain", "down")]),
        (
            "There were reductions in pain and an improvement of sleep.",
            [("pain", "down"), ("sleep", "improved")],
        ),
        # adjectives
        ("The massage group had fewer night awakenings.", [("night awakenings", "down")]),
        ("Raters gave lower disease and pain ratings.", [("disease ratings", "down"), ("pain ratings", "down")]),
        ("Pain intensity was lower in the massage group.", [("Pain intensity", "down")]),
        ("Increased pain threshold was found.", [("pain threshold", "up")]),
        ("Sleep quality was better after massage.", [("Sleep quality", "improved")]),
        # no change, no difference
        ("Patients did not improve in pain.", [("pain", "none")]),
        ("There was no change in fatigue or stiffness.", [("fatigue", "none"), ("stiffness", "none")]),
        ("No significant differences in pain were found.", [("pain", "none")]),
        ("Pain scores were similar in the two groups.", [("Pain scores", "none")]),
        ("The change in anxiety was not significant.", [("anxiety", "none")]),
        ("Pain did not differ between the groups.", [("Pain", "none")]),
        ("There was no benefit in reducing pain.", [("pain", "none")]),
        ("Sleep improved, but not fatigue.", [("Sleep", "improved"), ("fatigue", "none")]),
        # a difference without a direction
        ("Sleep differed significantly between the groups.", [("Sleep", "differs")]),
        ("Significant differences were found in pain and sleep.", [("pain", "differs"), ("sleep", "differs")]),
        # names the vocabulary does not know, as written; lists with a figure in between
        ("Defecation frequency increased (p = 0.04).", [("Defecation frequency", "up")]),
        ("The six-minute walk test improved.", [("six-minute walk test", "improved")]),
        (
            "Massage reduced pain during movement (MD -1.8 (-3.5 to -0.1)) and at rest (MD -2.0).",
            [("pain during movement", "down"), ("pain at rest", "down")],
        ),
        # claims of worth, and interactions
        (
            "Massage was more effective than rest for pain and sleep quality.",
            [("pain", "improved"), ("sleep quality", "improved")],
        ),
        ("Massage was as effective as exercise for pain.", [("pain", "none")]),
        ("Both were equally effective in reducing pain.", [("pain", "none")]),
        ("Massage outperformed usual care on pain.", [("pain", "improved")]),
        ("Massage had a beneficial effect on sleep.", [("sleep", "improved")]),
        ("Massage had a significant effect on anxiety.", [("anxiety", "differs")]),
        ("Massage did not affect fatigue.", [("fatigue", "none")]),
        ("A group by time interaction was found for pain.", [("pain", "differs")]),
        ("Massage was associated with lower anxiety.", [("anxiety", "down")]),
        ("The massage group reported significantly lower back pain.", [("back pain", "down")]),
        (
            "Massage recipients were more likely to report improvement in pain.",
            [("improvement in pain", "up")],
        ),
        # what is excepted, denied twice, set apart
        ("All measures except stiffness improved.", [("All measures", "improved"), ("stiffness", "none")]),
        ("Neither pain nor sleep changed.", [("pain", "none"), ("sleep", "none")]),
        ("Pain, but not stiffness, decreased.", [("Pain", "down"), ("stiffness", "none")]),
        ("Pain decreased in the massage group, not in the control group.", [("Pain", "down"), ("Pain", "none")]),
        # lists that go on behind a phrase, or in brackets
        (
            "There were no differences in pain at night, sleep in winter and anxiety.",
            [("pain at night", "none"), ("sleep", "none"), ("anxiety", "none")],
        ),
        (
            "Massage led to less pain, better sleep and fewer complaints.",
            [("pain", "down"), ("sleep", "improved"), ("complaints", "down")],
        ),
        (
            "Significant improvements were seen in the massage group (pain, p = .01; sleep, p = .02).",
            [("pain", "improved"), ("sleep", "improved")],
        ),
        # what stays, what is commoner, whose results are better, counts of people
        ("Pain decreased at first but did not differ from rest.", [("Pain", "down"), ("Pain", "none")]),
        ("Nausea was less common with massage.", [("Nausea", "down")]),
        ("Pain was non-significantly lower with massage.", [("Pain", "none")]),
        ("Massage produced similar pain relief.", [("pain relief", "none")]),
        ("Better results in pain were found with massage.", [("pain", "improved")]),
        ("Fewer patients in the massage group needed analgesics.", [("analgesics", "down")]),
        ("We could not detect any difference in pain between the groups.", [("pain", "none")]),
        ("Significant differences in favour of massage were found in pain.", [("pain", "improved")]),
        ("Differences were not significant with regard to pain.", [("pain", "none")]),
        ("Massage and rest did not differ in pain.", [("pain", "none")]),
        ("Massage and rest did not differ in reducing pain.", [("pain", "none")]),
        # figures alone
        ("Pain was 3.2 in the massage group versus 5.1 in the control group (p = .01).", [("Pain", "down")]),
        ("Pain was 5.1 in the control group versus 3.2 in the massage group (p = .01).", [("Pain", "down")]),
        ("Pain was 3.2 with massage versus 3.4 with rest (p = .45).", [("Pain", "none")]),
        ("Pain was 3.2, 3.4 and 3.5 in the arms, respectively (p = .45).", [("Pain", "none")]),
        ("Pain was 6.1 before treatment versus 3.2 after it (p = .01).", [("Pain", "down")]),
        # a lesser change of one arm is the opposite against the other
        ("The control group showed a smaller reduction in pain than the massage group.", [("pain", "up")]),
    ],
)
def test_names_and_directions(text: str, expected: list[tuple[str, str]]) -> None:
    expected = [(name, "not_stated" if said == "differs" else said) for name, said in expected]
    assert brief(ledger(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Pain was measured with a scale.",
        "We aimed to reduce pain.",
        "Massage may improve sleep.",
        "Massage could help to reduce pain.",
        "The groups were similar in age and sex.",
        "No differences in pain were found between the groups at baseline.",
        "Higher anxiety was associated with more pain.",
        "Changes in pain correlated with changes in sleep.",
        "Further studies with larger samples are needed.",
        "There were no side effects.",
        "More patients than expected came.",
        "Massage was more effective than rest.",
        "Three patients were treated in the lower back.",
        "Pain has a mean difference of 3 points.",
        "No differences were found.",
        "Massage may not have a lasting effect on pain.",
        "Pain was 3.2 in the massage group versus 5.1 in the control group.",
        "Massage was effective in women.",
        "Pain was considered mild if it decreased by half.",
        "More patients were randomised.",
    ],
)
def test_no_result_gives_no_row(text: str) -> None:
    assert brief(ledger(text)) == []


@pytest.mark.parametrize(
    ("text", "basis"),
    [
        ("Pain was lower in the massage group than in the control group.", "between_groups"),
        ("Compared with the control group, the massage group reported less pain.", "between_groups"),
        ("Pain decreased in the massage group versus usual care.", "between_groups"),
        ("Pain did not differ between the two groups.", "between_groups"),
        ("No group differences in pain were found.", "between_groups"),
        ("The massage group showed greater improvement in pain.", "between_groups"),
        ("Pain fell further from baseline in the massage group than in the control group.", "between_groups"),
        ("Pain was significantly lower in the massage group.", "between_groups"),
        ("Massage was as effective as exercise for pain.", "between_groups"),
        ("Massage improved pain (SMD -0.5).", "between_groups"),
        ("A group by time interaction was found for pain.", "between_groups"),
        ("No differences in pain were found before and after treatment.", "within_group"),
        ("Only the massage group improved in pain.", "within_group"),
        ("Both groups showed a decrease in pain.", "within_group"),
        ("Pain decreased from baseline in the massage group.", "within_group"),
        ("Pain was lower in the massage group compared to baseline.", "within_group"),
        ("Pain was lower than before treatment.", "within_group"),
        ("Pain fell from 6.1 to 3.2.", "within_group"),
        ("Pain decreased pre to post.", "within_group"),
        ("The massage group reported a decrease in pain.", "within_group"),
        ("Pain decreased by more than 30 percent after massage.", "within_group"),
        ("Therapists rated lower pain in the massage group.", "unclear"),
        ("No significant differences in pain were found.", "unclear"),
        ("Pain decreased.", "unclear"),
    ],
)
def test_basis_is_between_groups_only_where_arms_are_compared(text: str, basis: str) -> None:
    assert [each.value.basis for each in ledger(text)] == [basis]


def test_two_claims_of_a_sentence_have_their_own_basis() -> None:
    found = ledger("Both groups improved in pain, and there was no difference between the groups.")
    assert [(each.value.name, each.value.basis, each.value.benefit) for each in found] == [
        ("pain", "within_group", "better"),
        ("pain", "between_groups", "no_difference"),
    ]


def test_a_nameless_difference_is_of_the_measures_told_before() -> None:
    text = "Pain decreased in both groups. No significant difference between the groups was found."
    last = ledger(text)[-1]
    assert (last.value.name, last.value.change, last.value.basis) == ("Pain", "none", "between_groups")
    assert last.quote(text, "") == text, "the quote reaches back to the name"


def test_an_effect_that_lasts_is_of_the_measures_told_before() -> None:
    found = ledger("Pain decreased in the massage group. These effects were maintained at follow-up.")
    told = [(each.value.name, each.value.benefit, each.value.timepoint) for each in found]
    assert told == [("Pain", "better", "not_stated"), ("Pain", "better", "follow_up")]


def test_a_nameless_gain_is_of_the_measures_named_before_it() -> None:
    text = "When pain was compared, a significantly greater improvement was found in the massage group."
    assert brief(ledger(text)) == [("pain", "improved")]


def test_a_nameless_doubt_qualifies_and_is_no_row() -> None:
    found = ledger("Pain was lower than in the control group, but the difference was not significant (p = 0.2).")
    assert brief(found) == [("Pain", "none")]


@pytest.mark.parametrize(
    ("text", "benefit"),
    [
        ("Pain decreased.", "better"),
        ("Pain increased.", "worse"),
        ("Pain threshold increased.", "better"),
        ("Pain relief increased.", "better"),
        ("Quality of life decreased.", "worse"),
        ("Sleep disturbance decreased.", "better"),
        ("Cortisol levels decreased.", "contextual"),
        ("Cortisol levels improved.", "contextual"),
        ("Physical function improved.", "better"),
        ("Physical function (NDI) decreased.", "worse"),
        ("NDI scores decreased.", "better"),
        ("Stiffness did not change.", "no_difference"),
        ("Pain coping increased.", "not_stated"),
        ("Visits to a doctor decreased.", "not_stated"),
        ("Pain differed significantly between the groups.", "not_stated"),
    ],
)
def test_benefit_follows_the_measure_and_is_never_guessed(text: str, benefit: str) -> None:
    assert [each.value.benefit for each in ledger(text)] == [benefit]


@pytest.mark.parametrize(
    ("text", "timepoint"),
    [
        ("Pain decreased immediately after the first session.", "immediate"),
        ("Pain decreased after each session.", "immediate"),
        ("Pain decreased after treatment.", "end"),
        ("Pain was reduced at 6 weeks.", "end"),
        ("Post-treatment pain was reduced.", "end"),
        ("Pain was still reduced at follow-up.", "follow_up"),
        ("Pain was reduced 3 months later.", "follow_up"),
        ("Pain was reduced.", "not_stated"),
    ],
)
def test_timepoint(text: str, timepoint: str) -> None:
    assert [each.value.timepoint for each in ledger(text)] == [timepoint]


PLANS = {
    "end": "Pain was assessed at baseline and after 6 weeks.",
    "follow_up": "Pain was measured at baseline and three months after the intervention.",
    "immediate": "Pain was recorded before and immediately after the session.",
    "several": "Pain was assessed at baseline, post-treatment and at a three-month follow-up.",
    "none": "Pain was assessed.",
}


def planned(plan: str, results: str, weeks: float | None = None) -> list[str]:
    """The timepoints read in `results` behind the plan of that name."""
    text = f"{PLANS[plan]} {results}"
    at = len(PLANS[plan])
    ends = [at, *(found.end() + at for found in re.finditer(r"[^.]+\.", text[at:]))]
    told = [Sentence(0, at, "methods")]
    told += [Sentence(start + 1, end, "results") for start, end in pairwise(ends)]
    return [each.value.timepoint for each in outcomes(text, tuple(told), (), VOCABULARY, weeks)]


@pytest.mark.parametrize(
    ("plan", "weeks", "results", "expected"),
    [
        ("end", None, "Pain decreased.", ["end"]),
        ("end", 6, "Pain decreased.", ["end"]),
        ("end", 2, "Pain decreased.", ["follow_up"]),
        ("follow_up", None, "Pain decreased.", ["follow_up"]),
        ("immediate", None, "Pain decreased.", ["immediate"]),
        ("several", None, "Pain decreased.", ["not_stated"]),
        ("none", None, "Pain decreased.", ["not_stated"]),
        ("none", 8, "Pain decreased.", ["end"]),
        # the result's own words come first, read against the length of the treatment
        ("end", 6, "Pain decreased at follow-up.", ["follow_up"]),
        ("none", 6, "Pain decreased at 24 weeks.", ["follow_up"]),
        ("none", 6, "Pain decreased at 6 weeks.", ["end"]),
        ("none", 6, "Pain decreased at 2 weeks.", ["not_stated"]),
        # a result without a time is of the time told last
        ("several", None, "Pain decreased after treatment. Sleep improved.", ["end", "end"]),
        ("several", None, "Pain decreased at follow-up. Sleep improved.", ["follow_up", "follow_up"]),
    ],
)
def test_timepoint_by_the_plan(plan: str, weeks: float | None, results: str, expected: list[str]) -> None:
    assert planned(plan, results, weeks) == expected


def test_arm_versus_comparator_and_figures() -> None:
    text = (
        "The massage group had lower pain (mean difference -1.8, 95% CI -3.1 to -0.5, p = 0.01) "
        "than the relaxation group."
    )
    (found,) = ledger(text, arms=ARMS)
    row = found.value
    assert (row.arm, row.versus, row.comparator) == ("massage group", "relaxation group", "relaxation")
    assert (row.p, row.interval, row.effect) == ("p = 0.01", "95% CI -3.1 to -0.5", "mean difference -1.8")


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("Pain decreased from 6.1 (SD 1.2) to 3.4 (SD 1.0).", "from 6.1 (SD 1.2) to 3.4 (SD 1.0)"),
        ("Pain was lower in the massage group (3.2 vs 5.1, p = .01).", "3.2 vs 5.1"),
        ("Anxiety was lower (32.1 ± 4.0 vs 40.2 ± 5.1; P = 0.02).", "32.1 ± 4.0 vs 40.2 ± 5.1"),
        ("Pain improved at 6 weeks compared with 12 controls.", None),
        ("Pain and sleep improved (from 6 to 3; from 4 to 7).", None),
    ],
)
def test_means_as_written(text: str, means: str | None) -> None:
    assert ledger(text)[0].value.means == means


def test_a_comparison_within_a_group_has_no_comparator() -> None:
    (found,) = ledger("Pain decreased in the relaxation group from baseline.", arms=ARMS)
    assert (found.value.arm, found.value.versus, found.value.comparator) == ("relaxation group", None, None)


def test_an_effect_behind_the_heading_of_its_interval() -> None:
    (found,) = ledger("Massage reduced pain (mean difference (95% CI) -1.8 (-3.5 to -0.1)).")
    assert found.value.effect == "mean difference (95% CI) -1.8"


def test_both_groups_are_named_without_what_stands_before() -> None:
    (found,) = ledger("After 5 weeks of intervention both groups improved in pain.")
    assert found.value.arm == "both groups"


def test_one_row_for_each_group_with_its_own_in() -> None:
    found = ledger("Pain fell by 14% in the massage group and by 9% in the relaxation group.")
    assert [each.value.arm for each in found] == ["massage group", "relaxation group"]


def test_figures_of_several_claims_are_not_mixed() -> None:
    found = ledger("Pain (p = .01) and sleep (p = .30) improved, and cortisol decreased (p = .04).")
    assert [each.value.p for each in found] == ["p = .01", "p = .30", "p = .04"]


def test_figures_are_left_out_where_several_could_be_meant() -> None:
    found = ledger("Pain and sleep improved (p = .01; p = .02, respectively).")
    assert [each.value.p for each in found] == [None, None]


def test_ids_come_from_the_vocabulary() -> None:
    rows = [each.value for each in ledger("Depressed mood and NDI scores decreased, and bowel sounds increased.")]
    assert [(row.concept, row.instrument, row.polarity) for row in rows] == [
        ("depression", None, "low"),
        ("function", "ndi", "low"),
        (None, None, None),
    ]


def test_a_treatment_is_no_outcome() -> None:
    vocabulary = Vocabulary((Concept(id="tuina", kind="technique", name="tuina"),))
    text = "The benefit in tuina was significant."
    assert outcomes(text, (Sentence(0, len(text), "results"),), (), vocabulary) == ()


@pytest.mark.parametrize("section", ["background", "objective", "methods", None])
def test_only_results_are_read(section: str | None) -> None:
    text = "Pain decreased in both groups."
    assert outcomes(text, (Sentence(0, len(text), section),), (), VOCABULARY) == ()  # type: ignore[arg-type]


def test_conclusions_add_only_known_measures_that_no_result_tells_of() -> None:
    text = "Pain decreased. Massage reduced pain and bowel trouble and improved sleep."
    told = (Sentence(0, 15, "results"), Sentence(16, len(text), "conclusions"))
    assert brief(outcomes(text, told, (), VOCABULARY)) == [("Pain", "down"), ("sleep", "improved")]
    alone = brief(outcomes(text, told[1:], (), VOCABULARY))
    assert alone == [("pain", "down"), ("bowel trouble", "down"), ("sleep", "improved")]


WORDS = st.lists(
    st.sampled_from(
        "pain sleep anxiety the massage group groups both and , ; but not no was were lower than decreased improved "
        "reduction in of between difference differences similar (p = .01) . more less to may at rest NDI 12 %".split()
    ),
    max_size=40,
).map(" ".join)


@given(st.one_of(WORDS, st.text(max_size=300)))
def test_any_text_gives_quotes_that_hold_the_name(text: str) -> None:
    told = (Sentence(0, len(text), "results"),)
    found = outcomes(text, told, ARMS, VOCABULARY)
    for each in found:
        quote = each.quote(text, "")
        assert quote, "a quote inside the text"
        assert all(word in quote for word in re.findall(r"\w+", each.value.name))
        assert each.value.arm is None or each.value.arm in text
        assert each.rule.startswith("outcome:")
    assert found == outcomes(text, told, ARMS, VOCABULARY)


def test_long_hostile_text_is_read_in_linear_time() -> None:
    text = "pain and (" * 30_000 + " decreased"
    assert isinstance(outcomes(text, (Sentence(0, len(text), "results"),), (), VOCABULARY), tuple)


@pytest.mark.skipif(not SEED.exists(), reason="the seed abstract is kept beside the project")
def test_the_seed_abstract() -> None:
    text = SEED.read_text("utf-8")
    text = text[text.index("METHOD: To determine") :]
    found = outcomes(text, sentences(text), (), load_vocabulary())
    rows = {each.value.concept or each.value.name: each.value for each in found}
    told = {
        id: (row.change, row.benefit, row.basis, row.timepoint, (row.arm or "").lower()) for id, row in rows.items()
    }
    both, massage = "both groups", "massage therapy group"
    assert told["anxiety"] == ("down", "better", "within_group", "immediate", both)
    assert told["depression"] == ("down", "better", "within_group", "immediate", both)
    assert told["sleep_hours"] == ("up", "better", "within_group", "end", massage)
    assert told["sleep_movements"] == ("down", "better", "within_group", "end", massage)
    assert told["substance_p"][:2] == ("down", "contextual")
    assert told["pain"] == ("down", "better", "unclear", "not_stated", massage)
    assert told["disease ratings"][0] == "down"
    assert told["tenderness"] == ("down", "better", "unclear", "not_stated", massage)
    assert len(found) == 8
    assert all(each.start is not None and each.end is not None and each.end <= len(text) for each in found)
