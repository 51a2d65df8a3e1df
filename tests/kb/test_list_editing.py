"""Editing reading lists: what each edit does, and that none loses or doubles what it was not told to. Invented."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.lists import Item, ListSection, ReadingList, digest, editing, for_readers
from kb.lists.differences import differences


def made(*sections: str, **more: object) -> ReadingList:
    """A list of sections, each a title and its items: "Begin: a b"."""
    parts = [each.partition(":") for each in sections]
    told = tuple(
        ListSection(title=title, items=tuple(Item(study=study) for study in items.split())) for title, _, items in parts
    )
    whole = {"id": "weaving", "title": "Weaving", "note": "N", "updated": date(2026, 1, 2), "sections": told}
    return ReadingList(**whole | more)  # type: ignore[arg-type]


def shape(reading_list: ReadingList) -> list[str]:
    return [f"{each.title}:{''.join(f' {item.study}' for item in each.items)}" for each in reading_list.sections]


Edit = Callable[[ReadingList], ReadingList]
LIST = made("A: a b", "B: c", "C:")


@pytest.mark.parametrize(
    ("edit", "after"),
    [
        (lambda it: editing.add(it, Item(study="d"), "1:B"), ["A: a b", "B: c d", "C:"]),
        (lambda it: editing.add(it, Item(study="d")), ["A: a b", "B: c", "C: d"]),
        (lambda it: editing.add(it, Item(study="d"), "1:nowhere"), ["A: a b", "B: c", "C: d"]),
        (lambda it: editing.add(it, Item(study="b"), "1:C"), ["A: a b", "B: c", "C:"]),
        (lambda it: editing.remove(it, "1:a"), ["A: b", "B: c", "C:"]),
        (lambda it: editing.remove(it, "2:a"), ["A: a b", "B: c", "C:"]),
        (lambda it: editing.step(it, "1:b", -1), ["A: b a", "B: c", "C:"]),
        (lambda it: editing.step(it, "1:a", -1), ["A: a b", "B: c", "C:"]),
        (lambda it: editing.step(it, "1:b", 1), ["A: a", "B: b c", "C:"]),
        (lambda it: editing.step(it, "1:c", -1), ["A: a b c", "B:", "C:"]),
        (lambda it: editing.step(it, "1:c", 7), ["A: a b", "B: c", "C:"]),
        (lambda it: editing.move(it, "1:a", "1:B", 1), ["A: b", "B: a c", "C:"]),
        (lambda it: editing.move(it, "1:a", "1:A", 2), ["A: b a", "B: c", "C:"]),
        (lambda it: editing.move(it, "1:a", "1:B", 99), ["A: b", "B: c a", "C:"]),
        (lambda it: editing.move(it, "1:a", "1:B", -5), ["A: b", "B: a c", "C:"]),
        (lambda it: editing.move(it, "1:a", "1:nowhere", 1), ["A: a b", "B: c", "C:"]),
        (lambda it: editing.add_section(it, "D"), ["A: a b", "B: c", "C:", "D:"]),
        (lambda it: editing.rename_section(it, "1:A", "Z"), ["Z: a b", "B: c", "C:"]),
        (lambda it: editing.step_section(it, "1:A", 1), ["B: c", "A: a b", "C:"]),
        (lambda it: editing.step_section(it, "1:A", -1), ["A: a b", "B: c", "C:"]),
        (lambda it: editing.remove_section(it, "1:B"), ["A: a b c", "C:"]),
        (lambda it: editing.remove_section(it, "1:A"), ["B: a b c", "C:"]),
        (lambda it: editing.remove_section(it, "1:C"), ["A: a b", "B: c"]),
    ],
)
def test_what_an_edit_does(edit: Edit, after: list[str]) -> None:
    assert shape(edit(LIST)) == after


def test_a_first_section_is_made_where_there_is_none_and_the_last_one_keeps_its_items() -> None:
    first = editing.add(made(), Item(study="a"))
    assert shape(first) == [f"{editing.FIRST_SECTION}: a"]
    assert editing.remove_section(first, f"1:{editing.FIRST_SECTION}") == first
    assert shape(editing.remove_section(made("A:"), "1:A")) == []


def test_the_same_publication_under_its_other_spelling_is_not_put_there_again() -> None:
    doi = editing.add(made("A:"), Item(study="doi:10.5555/Weavers"))
    assert editing.add(doi, Item(study="doi:https://doi.org/10.5555/weavers")) == doi


def test_what_is_said_of_an_item_changes_that_one_alone() -> None:
    twice = made("A: a", "B: a b")
    said = editing.change(twice, "2:a", note="Here", private_note="Ask Dora", priority="essential", minutes=9)
    (first,), (second, third) = (each.items for each in said.sections)
    assert (first, third) == (Item(study="a"), Item(study="b"))
    assert (second.note, second.private_note, second.priority, second.minutes) == ("Here", "Ask Dora", "essential", 9)
    assert editing.change(twice, "3:a", note="Here") == twice


def test_readers_see_no_private_notes_and_not_who_curates() -> None:
    item = Item(study="a", note="Here", private_note="Ask Dora")
    mine = made("A:", curators=(1, 2))
    seen = for_readers(editing.add(mine, item))
    assert b"Dora" not in msgspec.json.encode(seen)
    assert seen.curators == ()
    assert seen.items[0].note == "Here"


def test_curators_come_and_go_but_the_last() -> None:
    two = editing.with_curator(editing.with_curator(made("A:", curators=(1,)), 2), 2)
    assert two.curators == (1, 2)
    one = editing.without_curator(two, 1)
    assert one.curators == (2,)
    assert editing.without_curator(one, 2) == one


def test_a_duplicate_is_private_and_takes_private_notes_only_for_their_curators() -> None:
    mine = editing.add(made("A:", curators=(1,)), Item(study="a", private_note="Ask Dora"))
    for by, note in ((1, "Ask Dora"), (2, None)):
        copy = editing.duplicate(mine, "weaving-2", "Next year", by, date(2027, 1, 2))
        assert (copy.id, copy.title, copy.updated) == ("weaving-2", "Next year", date(2027, 1, 2))
        assert (copy.visibility, copy.curators) == ("private", (by,))
        assert copy.items[0].private_note == note


def test_a_list_of_before_is_read_as_a_public_one() -> None:
    old = (
        b'{"id":"w","title":"T","note":"N","updated":"2026-01-02","topics":[],'
        b'"sections":[{"title":"A","note":null,"items":[{"study":"a","priority":"further","note":null}]}]}'
    )
    read = msgspec.json.decode(old, type=ReadingList)
    assert (read.visibility, read.curators, read.items[0].private_note) == ("public", (), None)


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        (lambda it: editing.add(it, Item(study="d"), "1:B"), ("added: D",)),
        (lambda it: editing.remove(it, "1:a"), ("removed: A",)),
        (lambda it: editing.step(it, "1:b", -1), ("order of the publications changed",)),
        (lambda it: editing.step(it, "1:b", 1), ("moved to “B”: B",)),
        (lambda it: editing.change(it, "1:a", note="x", minutes=3), ("note, minutes changed: A",)),
        (lambda it: editing.add_section(it, "D"), ("section “D” added",)),
        (lambda it: editing.step_section(it, "1:C", -1), ("order of the sections changed",)),
        (lambda it: editing.rename_section(it, "1:A", "A", "x"), ("note of section “A” changed",)),
        (lambda it: editing.remove_section(it, "1:C"), ("section “C” gone",)),
        (
            lambda it: editing.entitle(it, "T", "x", "private"),
            ("title now “T”", "note of the list changed", "now private"),
        ),
        (lambda it: editing.with_curator(it, 4), ("curators changed",)),
        (lambda it: it, ()),
    ],
)
def test_what_became_of_a_list_is_told(edit: Edit, told: tuple[str, ...]) -> None:
    assert differences(LIST, edit(LIST), str.upper) == told


# For whatever list and whatever is asked of it

studies = st.sampled_from("abcdefg")
items = st.builds(Item, study=studies, note=st.sampled_from([None, "x", "y"]))
sections = st.builds(ListSection, title=st.sampled_from(["A", "B", "C"]), items=st.lists(items, max_size=4).map(tuple))
any_list = st.lists(sections, max_size=4).map(lambda those: msgspec.structs.replace(LIST, sections=tuple(those)))
item_names = st.tuples(st.integers(0, 3), studies).map(lambda each: f"{each[0]}:{each[1]}") | st.text(max_size=3)
section_names = st.sampled_from(["1:A", "1:B", "2:A", "2:B", "1:C", "3:A", "", "9:Q"])
steps = st.integers(-3, 3)
keeping: st.SearchStrategy[Edit] = st.one_of(
    st.builds(lambda key, by: lambda it: editing.step(it, key, by), item_names, steps),
    st.builds(lambda key, to, at: lambda it: editing.move(it, key, to, at), item_names, section_names, steps),
    st.builds(lambda key, by: lambda it: editing.step_section(it, key, by), section_names, steps),
    st.builds(lambda key: lambda it: editing.remove_section(it, key), section_names),
    st.builds(lambda key: lambda it: editing.rename_section(it, key, "New"), section_names),
    st.just(lambda it: editing.add_section(it, "A")),
    st.just(lambda it: editing.entitle(it, "T", "N", "unlisted")),
    st.just(lambda it: editing.with_curator(it, 3)),
    st.just(lambda it: editing.without_curator(it, 3)),
    st.just(lambda it: editing.duplicate(it, "other", "T", 3, date(2027, 1, 1))),
)


@given(any_list, st.lists(keeping, max_size=8))
def test_no_edit_loses_or_doubles_an_item(reading_list: ReadingList, edits: list[Edit]) -> None:
    after = reading_list
    for edit in edits:
        after = edit(after)
    assert Counter(after.items) == Counter(reading_list.items)


@given(any_list, item_names)
def test_removing_takes_one_item_at_the_most_and_leaves_the_rest_in_order(reading_list: ReadingList, key: str) -> None:
    keys = [key for each in editing.item_keys(reading_list) for key in each]
    left = list(reading_list.items)
    if key in keys:
        del left[keys.index(key)]
    assert list(editing.remove(reading_list, key).items) == left


@given(any_list, items, section_names)
def test_adding_adds_one_item_or_none(reading_list: ReadingList, item: Item, section: str) -> None:
    after = editing.add(reading_list, item, section)
    new = Counter(after.items) - Counter(reading_list.items)
    assert Counter(reading_list.items) - Counter(after.items) == Counter()
    assert new == (Counter() if item.study in {each.study for each in reading_list.items} else Counter([item]))


@given(any_list)
def test_every_item_and_section_has_a_name_of_its_own(reading_list: ReadingList) -> None:
    keys = [key for each in editing.item_keys(reading_list) for key in each]
    assert len(set(keys)) == len(keys) == len(reading_list.items)
    assert len(set(editing.section_keys(reading_list))) == len(reading_list.sections)


@given(any_list, item_names, st.sampled_from([-1, 1]))
def test_a_step_and_a_step_back_are_nothing(reading_list: ReadingList, key: str, by: int) -> None:
    there = editing.step(reading_list, key, by)
    # the same study twice changes names when the two pass each other
    if there != reading_list and len({each.study for each in reading_list.items}) == len(reading_list.items):
        assert editing.step(there, key, -by) == reading_list


@given(any_list, any_list)
def test_two_lists_differ_where_their_digests_do(one: ReadingList, other: ReadingList) -> None:
    assert (digest(one) == digest(other)) is (one == other)
    assert not differences(one, one)
    if one.sections != other.sections:
        assert differences(one, other)
