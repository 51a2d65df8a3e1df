"""Roles that no label settles. All texts are invented."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.extractors.labels import ROLES, Role
from ingest.extractors.roles import assign, features

WEAVERS = (
    "Back pain is common among weavers, and little is known about rubbing.",
    "The aim of this study was to evaluate the effect of rubbing on back pain.",
    "Forty weavers were randomly assigned to rubbing or to a waiting list.",
    "Pain was measured with a visual analogue scale before and after four weeks.",
    "Pain was significantly lower in the rubbing group than on the waiting list (p < 0.01).",
    "Sleep did not differ between the groups (p = 0.40).",
    "These findings suggest that rubbing may reduce back pain, and further trials are needed.",
)
THEIRS: tuple[Role, ...] = ("background", "objective", "methods", "methods", "results", "results", "conclusions")


def test_wording_and_order_tell_the_roles_of_an_abstract() -> None:
    found = assign(WEAVERS, [ROLES] * len(WEAVERS))
    assert found[2:] == THEIRS[2:]
    assert set(found[:2]) <= {"background", "objective"}


@pytest.mark.parametrize("at", range(2, len(WEAVERS)))
def test_the_role_of_a_sentence_on_its_own(at: int) -> None:
    assert assign([WEAVERS[at]], [ROLES]) == (THEIRS[at],)


def test_a_part_of_two_roles_is_cut_in_two() -> None:
    assert assign(WEAVERS[2:6], [("methods", "results")] * 4) == ("methods", "methods", "results", "results")


def test_what_is_settled_stays_and_informs_the_rest() -> None:
    allowed: list[tuple[Role, ...]] = [("results",), ("methods",), (), ROLES, ("conclusions",)]
    found = assign(["Pain fell.", "We rubbed.", "NCT00000000.", "It rose.", "It may help."], allowed)
    assert (*found[:3], found[4]) == ("results", "methods", None, "conclusions")
    assert found[3] in ("methods", "results", "conclusions")


def test_nothing_to_settle() -> None:
    assert assign([], []) == ()
    assert assign(["Paid by the guild."], [()]) == (None,)
    assert assign(["We rubbed.", "It helped."], [("methods",), ("results",)]) == ("methods", "results")


@given(st.lists(st.tuples(st.text(max_size=30), st.sets(st.sampled_from(ROLES))), max_size=12))
def test_every_sentence_has_a_role_it_may_have(given_parts: list[tuple[str, set[Role]]]) -> None:
    allowed = [tuple(role for role in ROLES if role in each) for _, each in given_parts]
    found = assign([text for text, _ in given_parts], allowed)
    assert all(role in each if each else role is None for role, each in zip(found, allowed, strict=True))


@given(st.lists(st.sampled_from(WEAVERS) | st.text(max_size=30), max_size=15))
def test_roles_never_step_back(texts: list[str]) -> None:
    ranks = [ROLES.index(each) for each in assign(texts, [ROLES] * len(texts)) if each]
    assert ranks == sorted(ranks)


def test_numbers_count_by_their_shape() -> None:
    assert features("Pain fell by 2.5 (p = .03).", 0, 3) == features("PAIN fell by 13.75 (p = .8).", 0, 3)
    assert features("Pain fell.", 0, 3) != features("Pain fell.", 2, 3)


def test_the_roles_of_an_abstract_take_a_few_milliseconds_at_most() -> None:
    texts = [*WEAVERS, *WEAVERS[4:]]
    assign(texts, [ROLES] * len(texts))
    began = time.process_time()
    for _ in range(20):
        assign(texts, [ROLES] * len(texts))
    assert (time.process_time() - began) / 20 < 0.02
