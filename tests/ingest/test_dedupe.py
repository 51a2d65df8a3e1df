"""Which citations are one publication. All literature is invented."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.dedupe import Verdict, cite, compare, judge, may_join, place
from kb.record import Contributor, Identifier, Record, Scheme

SAME, VERSION, UNSURE, DIFFERENT = Verdict.SAME, Verdict.VERSION, Verdict.UNSURE, Verdict.DIFFERENT
TITLE = "Massage of the lower back in invented weavers with chronic pain: a randomised trial"
PAPER: dict[str, Any] = {
    "title": TITLE,
    "container": "Journal of Invented Trials",
    "year": 2011,
    "volume": "3",
    "issue": "2",
    "pages": "101-109",
}
PEOPLE = ("Weaver", "Loom", "Dyer")
SUPPLEMENT = {"doi": "10.5555/supplement"}


def record(people: tuple[str, ...] = PEOPLE, ids: dict[Scheme, str] | None = None, **fields: Any) -> Record:
    return Record(
        source="s",
        key="k",
        format="medline",
        identifiers=tuple(Identifier(scheme, value) for scheme, value in (ids or {}).items()),
        contributors=tuple(Contributor(each, "A") for each in people),
        **(PAPER | fields),
    )


def verdict(one: Record, other: Record) -> Verdict:
    """What two records are to each other, which must not depend on their order."""
    there, back = compare(cite(one), cite(other)), compare(cite(other), cite(one))
    assert there is back
    return there


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        ({"pmid": "1"}, {"pmid": "1"}, SAME),
        ({"pmcid": "PMC1"}, {"pmcid": "PMC1"}, SAME),
        ({"pmcid": "PMC1"}, {"pmcid": "PMC2"}, DIFFERENT),
        ({"pmid": "1", "doi": "10.5555/a"}, {"doi": "10.5555/a"}, SAME),
        ({"doi": "10.5555/a%28b%29"}, {"doi": "10.5555/a(b)"}, SAME),
        ({"pmid": "1"}, {"pmid": "2"}, UNSURE),  # PubMed holds some articles twice
        ({"pmid": "1", "doi": "10.1101/2020.1"}, {"pmid": "2", "doi": "10.5555/a"}, VERSION),
        ({"doi": "10.5555/a"}, {"doi": "10.5555/mistyped"}, SAME),
    ],
)
def test_identifiers(ours: dict[Scheme, str], theirs: dict[Scheme, str], expected: Verdict) -> None:
    assert verdict(record(ids=ours), record(ids=theirs)) is expected


@pytest.mark.parametrize(
    "damage",
    [
        {"title": TITLE.upper() + "."},
        {"title": "Massage of the lower-back in invented weavers with chronic pain - a randomized trial"},
        {"title": "Massage of the lower back in invented weavers with chronic pain"},
        {"title": "RETRACTED: " + TITLE},
        {"title": "<i>Massage</i> of the lower back in invented weavers with chronic pain&#58; a randomised trial"},
        {"title": "Mssage of the lowre back in invented weavers with chronic pain: a randomised trial"},
        {"container": "J Invent Trials"},
        {"container": None},
        {"container": "J Invent Trials", "pages": None},
        {"year": 2012, "pages": "101"},
        {"year": 2010, "volume": None, "issue": None, "pages": None},
        {"year": 2009, "volume": None, "issue": None, "pages": None},  # long ahead of print
        {"volume": "3 Suppl", "issue": None},
        {"pages": "S101-9"},
        {"pages": "110-109"},
        {"pages": "01-Apr"},
        {"pages": "311-318", "issue": None},  # typed from memory
        {"pages": "e101"},
        {"pages": "1-9"},  # ahead of its place
        {"people": ("Weaver",)},
        {"people": ()},
        {"people": ("Wæver", "Loom", "Dyer")},
        {"title": TITLE[:50], "pages": None},  # cut off inside a word
        {"title": TITLE.replace("lower", "loewr").replace("chronic", "chrnic"), "pages": None},
        {"people": ("Wilma", "Lorenz", "Dora"), "pages": None},  # given names for family names
        {"volume": "2", "pages": None},  # the number in the volume's place
        {"title": "Rückenmassage bei erfundenen Webern", "people": PEOPLE},  # in its own language, on the same pages
    ],
)
def test_damage_keeps_a_publication_one(damage: dict[str, Any]) -> None:
    assert verdict(record(), record(**damage)) is SAME


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ({}, {"title": "Sleep of dyers", "pages": "7"}, DIFFERENT),
        ({"title": TITLE + " part 1"}, {"title": TITLE + " part 2", "pages": "110-115"}, DIFFERENT),
        ({"title": TITLE + " Part I"}, {"title": TITLE + ", part 1"}, SAME),
        ({"title": TITLE + " II"}, {"title": TITLE + " III", "pages": "110-115"}, DIFFERENT),
        ({"title": "Weavers in 2001"}, {"title": "Weavers in 2002"}, UNSURE),  # on one page
        ({}, {"title": "Reply: " + TITLE}, DIFFERENT),
        ({}, {"title": "Erratum: " + TITLE}, DIFFERENT),
        ({}, {"title": "Correction to: " + TITLE}, DIFFERENT),
        ({}, {"title": "Comment on " + TITLE}, DIFFERENT),
        ({}, {"title": "Retraction notice to: " + TITLE}, DIFFERENT),
        ({}, {"publication_types": ("Published Erratum",)}, DIFFERENT),
        ({}, {"container": "Conference of Invented Trials", "volume": "1", "pages": "S7"}, VERSION),
        ({}, {"container": "medRxiv", "volume": None, "pages": None}, VERSION),
        ({}, {"container": "Revista Inventada", "volume": "9", "pages": "4-8"}, VERSION),
        ({}, {"pages": "S77"}, VERSION),  # the abstract, in the same volume
        ({}, {"pages": "311-318", "issue": "4"}, VERSION),
        ({"pages": "201-209"}, {"pages": "T201-T209"}, VERSION),  # a translation beside the original
        ({}, {"people": ("Cobbler", "Potter"), "pages": "300"}, DIFFERENT),
        ({"pages": None}, {"title": TITLE.replace("weavers", "potters"), "pages": None}, UNSURE),
        ({"title": "Editorial", "pages": "1-2"}, {"title": "Editorial", "pages": "71-72", "issue": "3"}, DIFFERENT),
        (
            {"container": "Cochrane Database Syst Rev", "year": 2013, "issue": "6", "pages": "CD0001"},
            {"container": "Cochrane Database Syst Rev", "year": 2015, "issue": "9", "pages": "CD0001"},
            VERSION,
        ),
    ],
)
def test_neighbours_and_versions_are_no_duplicates(
    one: dict[str, Any], other: dict[str, Any], expected: Verdict
) -> None:
    assert verdict(record(**one), record(**other)) is expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ({"pages": "S1"}, {"title": "Sleep of invented dyers", "pages": "S2"}, DIFFERENT),
        ({"pages": "S1"}, {"title": "Sleep of invented dyers", "pages": "S1"}, DIFFERENT),
        ({"pages": "S1"}, {"title": "The " + TITLE, "pages": "S2"}, UNSURE),
        ({"pages": None}, {"title": "Sleep of invented dyers", "people": ("Cobbler", "Potter")}, DIFFERENT),
        ({"title": TITLE + " 1"}, {"title": TITLE + " 2", "pages": "S2"}, DIFFERENT),
        ({"pages": "1-9"}, {"pages": "101-109"}, SAME),
    ],
)
def test_a_supplement_shares_its_doi_among_strangers(
    one: dict[str, Any], other: dict[str, Any], expected: Verdict
) -> None:
    assert verdict(record(ids=SUPPLEMENT, **one), record(ids=SUPPLEMENT, **other)) is expected


def test_updates_of_a_cochrane_review_are_versions() -> None:
    one, other = ({"doi": f"10.1002/14651858.cd000001.pub{number}"} for number in (2, 3))
    assert verdict(record(ids=one, pages=None), record(ids=other, pages=None)) is VERSION


def test_different_dois_and_different_pages_never_merge() -> None:
    one, other = record(ids={"doi": "10.5555/a"}), record(ids={"doi": "10.5555/b"}, pages="300-310")
    assert verdict(one, other) is DIFFERENT


FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "title": st.sampled_from([TITLE, TITLE + " II", "Reply", "按摩", "", "x", "Sleep of dyers: " + TITLE]),
        "container": st.sampled_from([None, "J Invent Trials", "Conference of Invented Trials", "bioRxiv", "X"]),
        "year": st.sampled_from([None, 2011, 2012, 1999]),
        "volume": st.sampled_from([None, "3", "Suppl", "4(1)"]),
        "pages": st.sampled_from([None, "101-109", "1", "e7", "S101", "in press", "CD1"]),
        "people": st.sampled_from([(), PEOPLE, ("Loom",), ("按",)]),
        "ids": st.sampled_from([{}, {"pmid": "1"}, {"pmid": "2"}, SUPPLEMENT, {"doi": "10.5555/b"}]),
    },
)


@given(FIELDS, FIELDS)
def test_the_order_of_two_does_not_matter(one: dict[str, Any], other: dict[str, Any]) -> None:
    verdict(record(**one), record(**other))


@given(FIELDS)
def test_a_record_that_tells_anything_is_itself(fields: dict[str, Any]) -> None:
    given_ = record(**fields)
    assert verdict(given_, given_) in (SAME, UNSURE)


def test_the_surest_comes_first_and_doubts_are_named() -> None:
    by_doi, by_title = cite(record(ids={"doi": "10.5555/a"}, pages=None)), cite(record(pages=None))
    abstract = cite(record(container="Conference of Invented Trials", volume="1", pages="S7"))
    placed = place(
        cite(record(ids={"doi": "10.5555/a"})), [("title", [by_title]), ("doi", [by_doi]), ("abstract", [abstract])]
    )
    assert placed.same == ("doi", "title")
    assert [(each.publication, each.verdict) for each in placed.near] == [("abstract", VERSION)]


def test_a_chain_does_not_pull_strangers_together() -> None:
    first, second = cite(record(ids={"pmid": "1"})), cite(record(ids={"pmid": "2"}, pages="300-310"))
    between = cite(record(pages=None))
    assert compare(between, first) is compare(between, second) is SAME
    assert judge(second, [first, between]) is UNSURE
    assert not may_join([first], [between, second])


def test_what_a_person_joined_goes_on_to_take_in_its_own() -> None:
    first, second = cite(record(ids={"pmid": "1"})), cite(record(ids={"pmid": "2"}, pages="300-310"))
    assert judge(cite(record(ids={"pmid": "2"}, year=2012)), [first, second]) is SAME


GOALS = {"asysd": (0.985, 0.995), "tafenoquine": (0.985, 0.995), "drift": (0.98, 0.998)}


@pytest.mark.parametrize("name", GOALS)
def test_the_labelled_sets(shared: Path, name: str) -> None:
    from benchmarks.dedup import scores

    sets = [each for each in (shared / "cases" / "dedup").glob("*") if name in each.name]
    if not sets:
        pytest.skip("the set is not here")
    for score in scores(sets, [], errors=False):
        assert score.sensitivity >= GOALS[name][0], score.text()
        assert score.precision >= GOALS[name][1], score.text()
