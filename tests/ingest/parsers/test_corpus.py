"""A curated file becomes a record whose facts name their document, or a message that says what to mend.

The study of these tests is invented.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.parsers import Unreadable, corpus
from kb.extraction import Extraction, findings
from kb.publication import merge
from kb.record import Contributor, Identifier, Payload, Record
from kb.vocabulary import Vocabulary
from tests.conftest import NOW

STUDY = '''
summary = """
Weavers were invented, and so was
what became of them."""

[citation]  # the invented literature
title = "Massage of invented weavers."
also_titled = ["Massaging the invented weaver"]
authors = ["Weaver, Wilma", "Loom LT"]
journal = "Journal of Invented Trials"
year = 2011
volume = "3"
issue = "2"
pages = "101-9"
pmid = "990000001"
doi = "https://doi.org/10.5555/Weavers"
language = "eng"
types = ["Journal Article"]

[document]
id = "invented page 7"
kind = "article"
checked = 2026-01-02
what = "everything"

[study]
design = "rct"
flags = ["pilot"]
randomised = true
n = 30
n_completed = 28
conditions = ["fibromyalgia"]
techniques = ["swedish"]
harms = "none_occurred"
registration = "INVENTED-0001"

[study.dose]
minutes = 30
per_week = 2
weeks = 5

[[study.arms]]
name = "massage"
role = "intervention"
n = 15

[[study.arms]]
name = "loom"
role = "comparator"
comparator = "usual_care"

[[study.outcomes]]
name = "overall  impact"
instrument = "fiq"
change = "down"
basis = "between_groups"
arm = "massage"
versus = "loom"
timepoint = "end"
p = "p = .04"

[[study.outcomes]]
name = "sleep"
concept = "sleep"
change = "not_stated"
said = "improved"
basis = "within_group"
arm = "massage"
'''

Read = Callable[[str], list[Record | Unreadable]]


@pytest.fixture(scope="module")
def read(vocabulary: Vocabulary) -> Read:
    return lambda text: list(corpus.parse(payload(text), text, vocabulary))


def payload(text: str) -> Payload:
    return Payload(source="files", key="weavers.toml", body=text.encode("utf-8", "replace"), fetched_at=NOW)


def record(items: list[Record | Unreadable]) -> Record:
    assert isinstance(items[0], Record), items[0]
    return items[0]


def facts(items: list[Record | Unreadable]) -> Extraction:
    curated = record(items).curated
    assert curated is not None
    return curated


def test_the_citation_becomes_the_record(read: Read) -> None:
    made = record(read(STUDY))
    assert (made.source, made.key, made.format) == ("corpus", "990000001", "corpus")
    assert made.title == "Massage of invented weavers"
    assert made.summary == "Weavers were invented, and so was what became of them."
    assert made.contributors == (Contributor("Weaver", "Wilma"), Contributor("Loom", "LT"))
    assert (made.container, made.year, made.volume, made.issue) == ("Journal of Invented Trials", 2011, "3", "2")
    assert (made.pages, made.language, made.publication_types) == ("101-109", "eng", ("Journal Article",))
    assert made.identifiers == (
        Identifier("pmid", "990000001"),
        Identifier("doi", "10.5555/weavers"),
        Identifier("registration", "INVENTED-0001"),
    )
    assert made.abstract is None


def test_every_fact_names_its_document_and_no_place_in_a_text(read: Read) -> None:
    curated = facts(read(STUDY))
    found = list(findings(curated))
    assert curated.version == "person"
    assert {(each.state, each.document, each.start, each.end) for _, each in found} == {
        ("checked", "invented page 7", None, None)
    }
    assert {path for path, each in found if each.derived} == {"method.dose.sessions", "method.dose.contact_minutes"}


def test_outcomes_are_completed_from_vocabulary_and_arms(read: Read) -> None:
    impact, sleep = (each.value for each in facts(read(STUDY)).outcomes)
    assert (impact.name, impact.polarity, impact.comparator, impact.benefit) == (
        "overall impact",
        "low",
        "usual_care",
        "better",
    )
    assert (sleep.polarity, sleep.comparator, sleep.benefit) == ("high", None, "better")


def test_comparators_are_those_of_the_study_and_of_its_arms(read: Read) -> None:
    changed = STUDY.replace('flags = ["pilot"]', 'comparators = ["no_treatment", "usual_care"]')
    assert [each.value for each in facts(read(STUDY)).method.comparators] == ["usual_care"]
    assert [each.value for each in facts(read(changed)).method.comparators] == ["no_treatment", "usual_care"]


def test_a_title_of_others_joins_the_publication_and_loses_to_its_own(read: Read) -> None:
    records = [each for each in read(STUDY) if isinstance(each, Record)]
    assert [each.title for each in records] == ["Massage of invented weavers", "Massaging the invented weaver"]
    assert records[0].identifiers == records[1].identifiers
    merged, _ = merge(records[::-1])
    assert (merged.title, merged.curated) == (records[0].title, records[0].curated)


@pytest.mark.parametrize(
    ("identifiers", "key"),
    [
        ('doi = "10.5555/weavers"', "10.5555/weavers"),
        ("", "weaver-2011-massage-invented-weavers"),
    ],
)
def test_the_key_is_the_best_identifier_there_is(read: Read, identifiers: str, key: str) -> None:
    without = STUDY.replace('pmid = "990000001"\n', "").replace('also_titled = ["Massaging the invented weaver"]\n', "")
    without = without.replace('doi = "https://doi.org/10.5555/Weavers"', identifiers)
    assert record(read(without)).key == key


def test_another_title_needs_an_identifier_to_join_by(read: Read) -> None:
    without = STUDY.replace('pmid = "990000001"\n', "").replace('doi = "https://doi.org/10.5555/Weavers"\n', "")
    (told,) = read(without)
    assert isinstance(told, Unreadable)
    assert told.reason == "citation.also_titled: joins by an identifier, and none is stated"


@pytest.mark.parametrize(
    ("dose", "sessions", "contact_minutes"),
    [
        ("per_week = 2\nweeks = 5", (10, True), None),
        ("minutes = 30\nper_week = 2\nweeks = 5\nsessions = 8", (8, False), (240, True)),
        ("minutes = 30\nsessions = 8", (8, False), (240, True)),
        ("minutes = 30\nweeks = 5", None, None),
        ("per_week = 0.5\nweeks = 4", (2, True), None),
    ],
)
def test_totals_are_stated_or_computed_or_absent(
    read: Read, dose: str, sessions: tuple[float, bool] | None, contact_minutes: tuple[float, bool] | None
) -> None:
    made = facts(read(STUDY.replace("minutes = 30\nper_week = 2\nweeks = 5", dose))).method.dose
    assert (made.sessions and (made.sessions.value, made.sessions.derived)) == sessions
    assert (made.contact_minutes and (made.contact_minutes.value, made.contact_minutes.derived)) == contact_minutes


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("n = 30", "n = ", "line"),
        ("n = 30", "people = 30", "study: Object contains unknown field `people`"),
        ("n = 30", 'n = "30"', "study.n: Expected `int | null`, got `str`"),
        ("n = 30", "n = 0", "study.n: "),
        ("minutes = 30", "minutes = inf", "study.dose.minutes: "),
        ("minutes = 30", "minutes = nan", "study.dose.minutes: "),
        ('design = "rct"', 'design = "trial"', "study.design: Invalid enum value 'trial'"),
        ('comparator = "usual_care"', 'comparator = "care"', "study.arms 2.comparator: Invalid enum value 'care'"),
        ('change = "down"', 'change = "better"', "study.outcomes 1.change: Invalid enum value 'better'"),
        ('change = "down"\n', "", "study.outcomes 1: Object missing required field `change`"),
        ('name = "sleep"', 'name = " "', "study.outcomes 2.name: "),
        ("year = 2011", "", "citation: Object missing required field `year`"),
        ("checked = 2026-01-02", 'checked = "soon"', "document.checked: "),
        ('pmid = "990000001"', 'pmid = "PMC1"', "citation.pmid: 'PMC1' has not its shape"),
        ('registration = "INVENTED-0001"', 'registration = "no"', "study.registration: 'no' has not its shape"),
        ('"Loom LT"', '","', "citation.authors: an author without a name"),
        ('["fibromyalgia"]', '["fibromyalga"]', "study.conditions: the vocabulary has no 'fibromyalga'; did you mean"),
        ('["swedish"]', '["fibromyalgia"]', "study.techniques: the vocabulary has no 'fibromyalgia'"),
        (
            'concept = "sleep"',
            'concept = "qqqq"',
            "study.outcomes 2.concept: the vocabulary has no 'qqqq'; the ids are",
        ),
        ('instrument = "fiq"', 'instrument = "fiqq"', "study.outcomes 1.instrument: the vocabulary has no 'fiqq'"),
        ('concept = "sleep"', 'concept = "sleep"\ninstrument = "psqi"', "study.outcomes 2.polarity: "),
        ("n_completed = 28", "n_completed = 31", "study.n_completed: 31 is more than n = 30"),
        ('name = "loom"', 'name = "massage"', "study.arms: two groups have one name"),
        ('versus = "loom"', 'versus = "looms"', "study.outcomes 1.versus: 'looms' is none of the arms (massage, loom)"),
        ('versus = "loom"\n', "", "study.outcomes 1.basis: "),
        ('basis = "within_group"', 'basis = "within_group"\nversus = "loom"', "study.outcomes 2.versus: "),
        ('change = "not_stated"', 'change = "up"', "study.outcomes 2.said: "),
    ],
)
def test_what_is_wrong_is_told_with_its_field(read: Read, old: str, new: str, told: str) -> None:
    assert old in STUDY
    (problem,) = read(STUDY.replace(old, new, 1))
    assert isinstance(problem, Unreadable)
    assert told in problem.reason
    assert problem.key == "weavers.toml"
    assert problem.remedy


REVIEW = STUDY.replace('design = "rct"', 'design = "systematic_review"\nincludes = [{}]', 1)


def test_a_person_says_which_studies_a_review_includes(read: Read) -> None:
    made = record(read(REVIEW.format('"pmid:990000002", "doi:10.5555/Dyers", "pmid: 990000002", "pmcid:PMC1"')))
    expected = (Identifier("pmid", "990000002"), Identifier("doi", "10.5555/dyers"), Identifier("pmcid", "PMC1"))
    assert made.includes == expected
    assert made.references == ()


@pytest.mark.parametrize("named", ["990000002", "pmid:dyers", "isbn:1", "registration:NCT00000001"])
def test_what_a_review_includes_has_the_shape_of_an_identifier(read: Read, named: str) -> None:
    (told,) = read(REVIEW.format(f'"{named}"'))
    assert isinstance(told, Unreadable)
    assert told.reason.startswith(f"study.includes: {named!r} is no identifier")


def test_only_a_review_includes_studies(read: Read) -> None:
    (told,) = read(STUDY.replace('design = "rct"', 'design = "rct"\nincludes = ["pmid:1"]', 1))
    assert isinstance(told, Unreadable)
    assert told.reason == "study.includes: only a review includes studies, and this is 'rct'"


def test_all_problems_are_told_at_once(read: Read) -> None:
    (problem,) = read(STUDY.replace('"fiq"', '"fiqq"').replace('["swedish"]', '["swedisch"]'))
    assert isinstance(problem, Unreadable)
    assert problem.reason.count("the vocabulary has no") == 2


def test_a_measure_whose_polarity_the_vocabulary_leaves_open_may_state_it(read: Read) -> None:
    text = STUDY.replace('concept = "sleep"', 'concept = "sleep"\ninstrument = "psqi"\npolarity = "low"')
    assert facts(read(text)).outcomes[1].value.polarity == "low"


@pytest.mark.parametrize(
    ("text", "is_ours"),
    [
        (STUDY, True),
        ("[ citation ]\ntitle = ", True),
        ("PMID- 1\nTI  - A title\n", False),
        ("citation needed [citation] in the middle of a line", False),
        ("[citation needed]", False),
        ("", False),
    ],
)
def test_a_study_is_told_by_its_table(text: str, is_ours: bool) -> None:
    assert corpus.recognises(text) is is_ours


@given(
    minutes=st.floats(0.5, 500),
    per_week=st.integers(1, 21),
    weeks=st.integers(1, 104),
    stated=st.none() | st.integers(1),
)
def test_a_derived_total_is_the_product_of_its_parts(
    vocabulary: Vocabulary, minutes: float, per_week: int, weeks: int, stated: int | None
) -> None:
    sessions = "" if stated is None else f"sessions = {min(stated, 999)}"
    parts = f"minutes = {minutes!r}\nper_week = {per_week}\nweeks = {weeks}\n{sessions}"
    text = STUDY.replace("minutes = 30\nper_week = 2\nweeks = 5", parts)
    dose = facts(list(corpus.parse(payload(text), text, vocabulary))).method.dose
    total = per_week * weeks if stated is None else min(stated, 999)
    assert dose.sessions is not None
    assert dose.contact_minutes is not None
    assert (dose.sessions.value, dose.sessions.derived) == (total, stated is None)
    assert dose.contact_minutes.value == pytest.approx(total * minutes)


@given(st.text(alphabet=st.sampled_from('[]{}="\n.,#citaon studye0123456789'), max_size=300))
def test_any_text_is_one_study_or_one_refusal(vocabulary: Vocabulary, text: str) -> None:
    (item,) = corpus.parse(payload(text), text, vocabulary)
    assert isinstance(item, Unreadable)
    assert item.reason


@given(st.integers(0, len(STUDY)), st.text(max_size=20), st.integers(0, 40))
def test_a_damaged_study_is_refused_or_still_encodes(vocabulary: Vocabulary, at: int, inserted: str, lost: int) -> None:
    text = STUDY[:at] + inserted + STUDY[at + lost :]
    for item in corpus.parse(payload(text), text, vocabulary):
        assert msgspec.json.decode(msgspec.json.encode(item), type=type(item)) == item


@pytest.mark.parametrize(
    "text", ["a = " + "[" * 90_000, "a = 9" + "9" * 5_000, "#" * 200_000], ids=["nested", "number", "long"]
)
def test_hostile_files_are_refused(read: Read, text: str) -> None:
    (item,) = read(text)
    assert isinstance(item, Unreadable)
