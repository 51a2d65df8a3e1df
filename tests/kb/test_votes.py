"""What a study may say in a tally: only comparisons of groups, only for the treated, and each study once."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.extraction import Arm, DesignKind, Extraction, Finding, Method, Outcome, State
from kb.publication import Publication
from kb.record import Notice, Record
from kb.vocabulary import load_vocabulary
from kb.votes import Cell, Says, Vote, counted, is_study, study_votes, tallied, verdict, votes

VOCABULARY = load_vocabulary()
RECORD = Record(source="invented", key="1", format="medline", title="Invented")
PAIN = Outcome(
    name="pain",
    concept="pain",
    polarity="low",
    change="down",
    basis="between_groups",
    arm="massage group",
    comparator="usual_care",
)
INACTIVE, NOT_STATED = Cell("pain", "inactive"), Cell("pain", "not_stated")


ARMS = (Finding(Arm("massage", role="intervention")), Finding(Arm("usual care", role="comparator")))
METHOD = Method(techniques=(Finding("massage_unspecified"),), arms=ARMS)


def published(
    *outcomes: Outcome,
    design: DesignKind | None = "rct",
    record: Record = RECORD,
    method: Method = METHOD,
    **facts: object,
) -> Publication:
    read = Extraction(
        version="1",
        design=Finding(design) if design else None,
        method=method,
        outcomes=tuple(Finding(each) for each in outcomes),
        **facts,  # type: ignore[arg-type]
    )
    return Publication(id="p", revision=1, record=record, sources=(), members=(record,), machine=read, facts=read)


def cast(*outcomes: Outcome, **options: object) -> tuple[Vote, ...]:
    return votes(published(*outcomes, **options), VOCABULARY)  # type: ignore[arg-type]


def changed(**changes: object) -> Outcome:
    return msgspec.structs.replace(PAIN, **changes)


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        (PAIN, Vote(INACTIVE, Says.BETTER)),
        (changed(change="up"), Vote(INACTIVE, Says.WORSE)),
        (changed(change="mixed"), Vote(INACTIVE, Says.MIXED)),
        (changed(change="none"), Vote(INACTIVE, Says.NOT_STATED)),
        (changed(change="not_stated"), Vote(INACTIVE, Says.NOT_STATED)),
        (changed(change="not_stated", said="improved"), Vote(INACTIVE, Says.BETTER)),
        (changed(said="worsened"), Vote(INACTIVE, Says.NOT_STATED)),  # the measure says the one, the words the other
        (changed(basis="within_group"), Vote(INACTIVE, Says.WITHIN)),
        (changed(basis="unclear"), Vote(INACTIVE, Says.NOT_STATED)),
        (changed(comparator=None), Vote(NOT_STATED, Says.BETTER)),
        (changed(comparator="other_massage_style"), Vote(Cell("pain", "massage_vs_massage"), Says.BETTER)),
        (changed(concept="sleep_hours", polarity="high", change="up"), Vote(Cell("sleep", "inactive"), Says.BETTER)),
    ],
)
def test_a_row_says_what_it_states_and_no_more(outcome: Outcome, expected: Vote) -> None:
    assert cast(outcome) == (expected,)


def test_who_compared_did_not_look_only_at_before_and_after() -> None:
    within = changed(basis="within_group", comparator=None)
    assert cast(PAIN, within) == (Vote(INACTIVE, Says.BETTER),)
    assert cast(within) == (Vote(NOT_STATED, Says.WITHIN),)
    other = changed(name="sleep", concept="sleep", basis="within_group", comparator=None)
    assert [each.says for each in cast(PAIN, other)] == [Says.BETTER, Says.WITHIN]


END, LATER = changed(timepoint="end"), changed(timepoint="follow_up")
GONE = Says.LATER | Says.LATER_ELSE
NONE = {"change": "none"}


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([END, changed(timepoint="follow_up", **NONE)], Says.BETTER | GONE),  # a benefit that is gone
        ([PAIN, LATER, changed(timepoint="follow_up", **NONE)], Says.BETTER | GONE),  # there after one month, not six
        ([END, LATER], Says.BETTER | Says.LATER),
        ([changed(timepoint="end", **NONE), LATER], Says.NOT_STATED | Says.LATER),
        ([changed(timepoint="immediate"), changed(timepoint="end", **NONE)], Says.NOT_STATED),
        ([changed(timepoint="immediate")], Says.BETTER),
        ([LATER], Says.BETTER | Says.LATER),
        ([changed(timepoint="end", basis="within_group"), LATER], Says.BETTER | Says.LATER),
        ([END, changed(timepoint="follow_up", basis="within_group")], Says.BETTER),
    ],
)
def test_the_vote_is_of_the_end_of_treatment_and_what_came_later_stands_beside_it(
    rows: list[Outcome], says: Says
) -> None:
    assert cast(*rows) == (Vote(INACTIVE, says),)
    assert study_votes([published(each) for each in rows], VOCABULARY) == cast(*rows)  # in several papers too


def test_studies_that_looked_again_are_counted_with_those_still_better() -> None:
    gone, still = published(END, changed(timepoint="follow_up", **NONE)), published(END, LATER)
    (row,) = counted([(gone,), (still,), (published(END),)], VOCABULARY)
    assert (row.better, row.not_stated, row.later, row.later_better) == (3, 0, 2, 1)


def test_the_papers_of_a_study_speak_together() -> None:
    worse = published(changed(change="up"))
    assert study_votes((published(PAIN), worse), VOCABULARY) == (Vote(INACTIVE, Says.BETTER | Says.WORSE),)
    before_after = published(changed(basis="within_group", comparator=None))
    assert study_votes((published(PAIN), before_after), VOCABULARY) == (Vote(INACTIVE, Says.BETTER),)
    gone = msgspec.structs.replace(RECORD, notices=(Notice("retracted", "Invented"),))
    assert study_votes((published(PAIN), published(changed(change="up"), record=gone)), VOCABULARY) == cast(PAIN)


def test_a_marker_and_an_outcome_without_a_concept_have_no_vote() -> None:
    assert cast(changed(concept="cortisol", polarity="context"), changed(concept=None)) == ()


@pytest.mark.parametrize(
    "design",
    [
        *("protocol", "systematic_review", "overview_or_evidence_map", "narrative_review", "qualitative"),
        *("case_control", "cross_sectional", "survey"),
    ],
)
def test_reviews_protocols_and_comparisons_of_people_have_none(design: DesignKind) -> None:
    assert cast(PAIN, design=design) == ()


def test_retracted_work_has_none() -> None:
    record = msgspec.structs.replace(RECORD, notices=(Notice(kind="retracted", text="Invented."),))
    assert cast(PAIN, record=record) == ()


def test_a_disputed_row_has_none() -> None:
    rows = (Finding(PAIN, state="disputed"),)
    disputed = msgspec.structs.replace(published(), facts=msgspec.structs.replace(published().facts, outcomes=rows))
    assert votes(disputed, VOCABULARY) == ()


@pytest.mark.parametrize("design", ["single_group_pre_post", "case_series", "case_report"])
def test_a_study_of_one_group_says_what_changed_within_it(design: DesignKind) -> None:
    assert cast(PAIN, design=design) == (Vote(INACTIVE, Says.WITHIN),)


def test_where_no_design_is_read_a_comparison_has_no_direction() -> None:
    assert cast(PAIN, design=None) == (Vote(INACTIVE, Says.NOT_STATED),)


@pytest.mark.parametrize(
    ("arm", "versus", "says"),
    [
        ("massage group", None, Says.BETTER),
        ("the massage therapy group", "controls", Says.BETTER),
        ("treatment group", None, Says.BETTER),
        (None, "the control group", Says.BETTER),
        (None, "usual care", Says.BETTER),
        ("usual care group", None, Says.NOT_STATED),
        ("control patients", None, Says.NOT_STATED),
        ("the control group", "the treatment group", Says.NOT_STATED),
        (None, "the massage group", Says.NOT_STATED),
        ("group A", "group B", Says.NOT_STATED),
        ("group A", None, Says.NOT_STATED),
        ("usual-care group", None, Says.NOT_STATED),
        ("Swedish massage", "progressive muscle relaxation", Says.BETTER),
        ("Swedish massage", "no Swedish massage", Says.BETTER),
        ("massage", "active controls", Says.BETTER),
        ("usual care and massage", "usual care", Says.BETTER),
        ("massage", "Swedish massage", Says.NOT_STATED),
        (None, "progressive muscle relaxation", Says.BETTER),
        (None, None, Says.BETTER),  # "pain was lower than with usual care": of the treated
    ],
)
def test_only_what_is_known_to_be_the_treated_group_is_credited(
    arm: str | None, versus: str | None, says: Says
) -> None:
    assert cast(changed(arm=arm, versus=versus)) == (Vote(INACTIVE, says),)


def test_a_technique_that_is_only_spoken_of_is_not_what_is_tested() -> None:
    exercise = (Finding(Arm("aerobic exercise", role="intervention")), ARMS[1])
    assert cast(PAIN, method=msgspec.structs.replace(METHOD, arms=exercise)) == ()
    assert cast(PAIN, method=Method(arms=ARMS)) == ()


WORSE = changed(change="up")


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([PAIN] * 7 + [WORSE] * 3, Says.BETTER),
        ([PAIN] * 2 + [WORSE] * 1, Says.MIXED),
        ([PAIN, WORSE], Says.MIXED),
        ([PAIN, changed(change="none")], Says.BETTER | Says.NOT_STATED),
        ([changed(change="none"), changed(basis="within_group")], Says.NOT_STATED | Says.WITHIN),
    ],
)
def test_measures_of_one_domain_say_what_seven_in_ten_share(rows: list[Outcome], says: Says) -> None:
    assert cast(*rows) == (Vote(INACTIVE, says),)


@pytest.mark.parametrize(
    ("says", "expected"),
    [
        (Says.BETTER | Says.NOT_STATED | Says.WITHIN, Says.BETTER),
        (Says.WORSE | Says.WITHIN, Says.WORSE),
        (Says.BETTER | Says.WORSE, Says.MIXED),
        (Says.MIXED | Says.BETTER, Says.MIXED),
        (Says.NOT_STATED | Says.WITHIN, Says.NOT_STATED),
        (Says.WITHIN, Says.WITHIN),
        (Says(0), Says(0)),
    ],
)
def test_a_study_has_one_verdict(says: Says, expected: Says) -> None:
    assert verdict(says) == expected


outcomes = st.builds(
    Outcome,
    name=st.just("pain"),
    concept=st.sampled_from(["pain", "sleep", "cortisol", None]),
    polarity=st.sampled_from(["low", "high", "context", None]),
    change=st.sampled_from(["up", "down", "none", "mixed", "not_stated"]),
    basis=st.sampled_from(["between_groups", "within_group", "unclear"]),
    comparator=st.sampled_from(["usual_care", "relaxation", None]),
    said=st.sampled_from(["improved", "worsened", None]),
    arm=st.sampled_from(["massage", "usual care", None]),
)


@given(st.lists(outcomes, max_size=8))
def test_without_a_comparison_nothing_is_better_or_worse(rows: list[Outcome]) -> None:
    alone = [row for row in rows if row.basis != "between_groups"]
    assert not any(vote.says & (Says.BETTER | Says.WORSE | Says.MIXED) for vote in cast(*alone))
    cells = [vote.cell for vote in cast(*rows)]
    assert len(set(cells)) == len(cells)


papers = st.lists(st.tuples(st.lists(outcomes, max_size=5), st.booleans()), max_size=4)


@given(papers)
def test_a_study_has_one_vote_a_cell_and_what_is_retracted_or_not_compared_gives_no_direction(
    told: list[tuple[list[Outcome], bool]],
) -> None:
    gone = msgspec.structs.replace(RECORD, notices=(Notice("retracted", "Invented"),))
    study = [published(*rows, record=gone if retracted else RECORD) for rows, retracted in told]
    cast = study_votes(study, VOCABULARY)
    assert len({each.cell for each in cast}) == len(cast)
    standing = [row for rows, retracted in told if not retracted for row in rows]
    compared = {"better": Says.BETTER, "worse": Says.WORSE, "mixed": Says.MIXED}
    may = {compared[row.benefit] for row in standing if row.basis == "between_groups" and row.benefit in compared}
    said = {each for each in compared.values() for vote in cast if vote.says & each}
    assert said <= may | ({Says.MIXED} if may else set())
    both = {cell.outcome for cell, says in ((each.cell, each.says) for each in cast) if says == Says.WITHIN}
    assert not both & {each.cell.outcome for each in cast if each.says != Says.WITHIN}


@pytest.mark.parametrize(
    ("tested", "state", "counted"),
    [
        ("massage", "machine", True),
        ("manual therapy", "machine", True),
        ("exercise", "machine", False),
        ("a device", "machine", False),
        ("a device", "checked", True),
        ("a device", "disputed", False),
    ],
)
def test_only_a_study_of_a_manual_treatment_is_tallied(tested: str, state: State, counted: bool) -> None:
    """A machine may have read "massage" in a sentence on the other group; a person said what was tested."""
    arms = (Finding(Arm(tested, role="intervention")), Finding(Arm("usual care", role="comparator")))
    method = Method(techniques=(Finding("massage_unspecified", state=state),), arms=arms)
    assert tallied(published(PAIN, method=method), VOCABULARY) is counted


def test_what_names_no_technique_is_not_tallied() -> None:
    assert not tallied(published(PAIN, method=Method(arms=ARMS)), VOCABULARY)


def test_what_is_only_cited_counts_as_no_study() -> None:
    titled = Method(techniques=(Finding("massage_unspecified", place="title"),))
    bare = published(design=None, method=titled)
    assert bare.only_cited
    assert not is_study(bare)
    read = published(PAIN)
    assert not read.only_cited
    assert is_study(read)
