"""What curators say of single facts: on top of what was read, whatever is read later. The trial is invented."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

import msgspec
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from kb.amendments import FIELDS, Correction, amended, canonical, field_of
from kb.amendments.drafting import draft, place_of
from kb.amendments.values import read
from kb.amendments.words import located
from kb.base import open_desk, open_for_writing
from kb.errors import CorrectionError, PublicationNotFoundError
from kb.extraction import Arm, Dose, Extraction, Finding, Method, Outcome, Sample, findings
from kb.people import Person
from kb.publication import Publication, merge
from kb.record import Payload, Record
from kb.store import Store, open_store
from kb.store.amending import Corrections
from kb.vocabulary import Vocabulary
from kb.votes import votes
from tests.conftest import NOW
from touchstone import touchstone

TEXT = (
    "METHODS: Forty weavers with low back pain were randomly assigned to massage or to usual care, "
    "30 minutes twice a week for five weeks. RESULTS: Pain was lower in the massage group than in the "
    "usual care group. CONCLUSION: Pain fell."
)
CLAIM = "Pain was lower in the massage group than in the usual care group"
BETTER = Outcome(
    "pain", "down", "between_groups", "pain", polarity="low", arm="massage group", versus="usual care group"
)


def said(words: str, value: Any, rule: str = "invented", text: str = TEXT) -> Finding[Any]:
    start = text.index(words)
    return Finding(value, start, start + len(words), rule)


READING = Extraction(
    version="1",
    design=said("randomly assigned", "rct"),
    method=Method(
        arms=(
            said("massage", Arm("massage", "intervention", n=said("Forty", 40))),
            said("usual care", Arm("usual care", "comparator", "usual_care", dose=Dose(weeks=said("five weeks", 5.0)))),
        ),
        dose=Dose(minutes=said("30 minutes", 30.0), weeks=said("five weeks", 5.0)),
        techniques=(said("massage", "massage_unspecified"),),
        comparators=(said("usual care", "usual_care"),),
    ),
    sample=Sample(n=said("Forty", 40), conditions=(said("low back pain", "low_back_pain"),)),
    outcomes=(said(CLAIM, BETTER), said("Pain fell", Outcome("pain", "down", "within_group", "pain", polarity="low"))),
    conclusion=said("Pain fell", "Pain fell"),
)
VALUES = {
    "design": '"cohort"',
    "flags": '"pilot"',
    "method.randomised": "true",
    "method.arms": '{"name": "weaving", "role": "comparator"}',
    "method.arms.n": "12",
    "method.techniques": '"swedish"',
    "method.comparators": '"waiting_list"',
    "sample.n": "48",
    "sample.age_range": "[20, 40]",
    "outcomes": '{"name": "sleep", "change": "up", "basis": "between_groups", "concept": "sleep"}',
    "harms": '"none_occurred"',
}


def publication(
    record: Record, said: tuple[Correction, ...] = (), reading: Extraction = READING, id: str = "weaver-2011"
) -> Publication:
    merged, sources = merge((record,))
    return Publication(
        id=id,
        revision=1,
        record=merged,
        sources=sources,
        members=(record,),
        machine=reading,
        facts=amended(reading, said, record.abstract),
        corrections=said,
    )


def kept(drafts: list[Correction]) -> tuple[Correction, ...]:
    return tuple(msgspec.structs.replace(each, id=i, who="Cora", at=NOW) for i, each in enumerate(drafts, 1))


@pytest.fixture
def say(invented: Record, vocabulary: Vocabulary):  # type: ignore[no-untyped-def]
    """Say something of a publication as it is after all that was said before; returns it as it is then."""

    def saying(before: Publication, path: str, what: Any, value: str | None = None, **more: str) -> Publication:
        evidence = {"words": "Pain fell"} if what in ("correct", "add") else {}
        new = draft(before, vocabulary, path=path, what=what, value=value, **(evidence | more))
        return publication(invented, kept([*before.corrections, new]), before.machine)

    return saying


def _paths(type: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Path and type of the value of every finding that an extraction may have."""
    for name, hint in get_type_hints(type).items():
        here = f"{path}.{name}" if path else name
        inner = [each for each in (hint, *get_args(hint)) if get_origin(each) is Finding or each is Finding]
        if inner:
            (value,) = get_args(inner[0])
            yield here, value
            if value is Arm:
                yield from _paths(Arm, here)
        elif isinstance(hint, type_) and issubclass(hint, msgspec.Struct):
            yield from _paths(hint, here)


type_ = type


def test_every_fact_can_be_corrected_and_its_value_is_of_the_type_that_it_has() -> None:
    assert {path: field.type for path, field in FIELDS.items()} == dict(_paths(Extraction))


def test_what_is_corrected_stands_with_its_words_and_the_reading_is_kept(say: Any, invented: Record) -> None:
    now = say(publication(invented), "sample.n", "correct", "48", words="Forty  weavers")
    finding = now.facts.sample.n
    assert finding == Finding(48, 9, 22, "correction 1", "corrected")
    assert now.quote(finding) == "Forty weavers"
    assert now.machine == READING


@pytest.mark.parametrize(
    ("what", "state", "value"), [("confirm", "checked", 40), ("dispute", "disputed", 40), ("correct", "corrected", 48)]
)
def test_the_state_tells_what_a_person_said(what: Any, state: str, value: int, say: Any, invented: Record) -> None:
    finding = say(publication(invented), "sample.n", what, "48").facts.sample.n
    assert (finding.state, finding.value) == (state, value)


def test_the_latest_word_wins_and_the_one_before_stands_again_when_it_is_undone(say: Any, invented: Record) -> None:
    first = say(publication(invented), "outcomes.1", "correct", VALUES["outcomes"])
    second = say(first, "outcomes.1", "dispute")
    third = say(second, "outcomes.1", "confirm")
    assert [each.facts.outcomes[1].state for each in (first, second, third)] == ["corrected", "disputed", "checked"]
    assert third.facts.outcomes[1].value.name == "sleep"
    assert publication(invented, third.corrections[:2]).facts == second.facts
    assert len(third.facts.outcomes) == 2


def test_a_missed_outcome_is_added_with_the_polarity_that_the_vocabulary_has(say: Any, invented: Record) -> None:
    now = say(publication(invented), "outcomes", "add", VALUES["outcomes"])
    assert [each.value.name for each in now.facts.outcomes] == ["pain", "pain", "sleep"]
    assert now.facts.outcomes[2].value.benefit == "better"
    wrong = say(now, "outcomes.2", "dispute")
    assert [each.state for each in wrong.facts.outcomes] == ["machine", "machine", "disputed"]


def test_facts_of_a_group_follow_the_group_by_its_name(say: Any, invented: Record) -> None:
    now = say(publication(invented), "method.arms.1.n", "add", "20")
    now = say(now, "method.arms.0.n", "correct", "20")
    now = say(now, "method.arms.1", "correct", '{"name": "the usual", "role": "comparator"}')
    now = say(now, "method.arms.1.dose.weeks", "dispute")
    one, other = (each.value for each in now.facts.method.arms)
    assert (one.n.value, one.n.state) == (20, "corrected")
    assert (other.name, other.n.value, other.dose.weeks.state) == ("the usual", 20, "disputed")
    turned = msgspec.structs.replace(
        READING, method=msgspec.structs.replace(READING.method, arms=READING.method.arms[::-1])
    )
    again = publication(invented, now.corrections, turned)
    assert [each.value for each in again.facts.method.arms] == [other, one]


def test_a_group_that_was_added_has_facts_too(say: Any, invented: Record) -> None:
    now = say(publication(invented), "method.arms", "add", VALUES["method.arms"])
    now = say(now, "method.arms.2.n", "add", "12")
    assert now.facts.method.arms[2].value.n.value == 12


def test_a_disputed_outcome_has_no_vote(say: Any, invented: Record, vocabulary: Vocabulary) -> None:
    before = publication(invented)
    assert votes(before, vocabulary) != ()
    now = say(say(before, "outcomes.0", "dispute"), "outcomes.1", "dispute")
    assert votes(now, vocabulary) == ()
    assert votes(publication(invented, ()), vocabulary) == votes(before, vocabulary)


def test_whatever_is_read_later_what_a_person_stated_stands_once(say: Any, invented: Record) -> None:
    now = say(publication(invented), "outcomes.0", "correct", VALUES["outcomes"])
    now = say(now, "outcomes.2" if len(now.facts.outcomes) > 2 else "outcomes.1", "dispute")
    figures = msgspec.structs.replace(READING.outcomes[1].value, p="p = .03")
    later = msgspec.structs.replace(
        READING,
        outcomes=(
            said("Pain fell", figures),
            said(CLAIM, Outcome("sleep", "up", "between_groups", "sleep", polarity="high")),
        ),
    )
    again = publication(invented, now.corrections, later).facts.outcomes
    assert [(each.value.name, each.state) for each in again] == [("pain", "disputed"), ("sleep", "corrected")]
    gone = publication(invented, now.corrections, Extraction(version="2")).facts.outcomes
    assert [(each.value.name, each.state) for each in gone] == [("sleep", "corrected")]


def test_a_dispute_is_of_what_was_read_then(say: Any, invented: Record) -> None:
    now = say(publication(invented), "sample.n", "dispute")
    better = msgspec.structs.replace(READING, sample=Sample(n=said("Forty", 41)))
    assert publication(invented, now.corrections, better).facts.sample.n.state == "machine"


@pytest.mark.parametrize(
    ("path", "what", "value", "more", "told"),
    [
        ("outcomes.9", "confirm", None, {}, "no fact at"),
        ("version", "confirm", None, {}, "There is no fact"),
        ("__class__", "correct", '"x"', {}, "There is no fact"),
        ("../../etc/passwd", "correct", '"x"', {}, "There is no fact"),
        ("method.arms.7.n", "add", "3", {}, "no such group"),
        ("sample.n", "add", "41", {}, "is stated already"),
        ("sample.n", "correct", "40", {}, "says already"),
        ("sample.n", "correct", '"many"', {}, "whole number"),
        ("sample.n", "correct", "4.5", {}, "whole number"),
        ("sample.n", "correct", "-3", {}, "between 0"),
        ("sample.n", "correct", "1e400", {}, "whole number"),
        ("sample.n", "correct", "[" * 7000, {}, "whole number"),
        ("sample.n", "correct", "{", {}, "whole number"),
        ("sample.n", "correct", "", {}, "no value that can be read"),
        ("sample.n", "correct", "4" * 9000, {}, "too long"),
        ("method.dose.minutes", "correct", "1e308", {}, "between 0"),
        ("sample.age_range", "add", "[60, 20]", {}, "more than the second"),
        ("sample.female", "add", "58", {}, "between 0 and 1"),
        ("design", "correct", '"magic"', {}, "magic"),
        ("method.techniques", "add", '"pain"', {}, "no technique 'pain'"),
        ("method.techniques", "add", '"massage_unspecified"', {}, "stated already"),
        ("sample.conditions", "add", '"<script>"', {}, "no condition"),
        ("outcomes", "add", '{"name": "x", "change": "better", "basis": "unclear"}', {}, "better"),
        ("outcomes", "add", '{"name": "", "change": "up", "basis": "unclear"}', {}, "is empty"),
        ("outcomes", "add", '{"name": "x", "change": "up", "basis": "unclear", "benefit": "better"}', {}, "no part"),
        (
            "outcomes",
            "add",
            '{"name": "x", "change": "up", "basis": "unclear", "concept": "massage"}',
            {},
            "no outcome",
        ),
        (
            "outcomes",
            "add",
            '{"name": "x", "change": "up", "basis": "unclear", "instrument": "x"}',
            {},
            "no instrument",
        ),
        ("outcomes", "add", '{"name": "a\\u202eb", "change": "up", "basis": "unclear"}', {}, "cannot be shown"),
        ("outcomes", "add", '{"name": "a\\u0000b", "change": "up", "basis": "unclear"}', {}, "cannot be shown"),
        ("outcomes", "add", '{"name": "\\ud800", "change": "up", "basis": "unclear"}', {}, "no value"),
        ("method.arms.0", "correct", '{"name": "m", "n": {"value": 3}}', {}, "facts of their own"),
        ("sample.n", "correct", "41", {"words": ""}, "Say which words"),
        ("sample.n", "correct", "41", {"words": "Forty-one weavers"}, "do not stand"),
        ("sample.n", "correct", "41", {"words": "<b>Forty</b>"}, "do not stand"),
        ("sample.n", "correct", "41", {"words": "Forty" * 500}, "at most"),
        ("sample.n", "correct", "41", {"note": "a\u202eb"}, "cannot be shown"),
        ("sample.n", "confirm", None, {"seen": "39"}, "changed while"),
    ],
)
def test_what_does_not_fit_is_refused_with_what_is_wrong(
    path: str, what: Any, value: str | None, more: dict[str, str], told: str, say: Any, invented: Record
) -> None:
    with pytest.raises(CorrectionError, match=told):
        say(publication(invented), path, what, value, **more)


def test_without_an_abstract_the_document_is_named(invented: Record, vocabulary: Vocabulary) -> None:
    bare = publication(msgspec.structs.replace(invented, abstract=None, sections=()))
    with pytest.raises(CorrectionError, match="in which document"):
        draft(bare, vocabulary, path="sample.n", what="correct", value="41")
    new = draft(bare, vocabulary, path="sample.n", what="correct", value="41", document="Table 1")
    finding = amended(READING, kept([new]), None).sample.n
    assert finding is not None
    assert (finding.document, finding.start) == ("Table 1", None)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Forty\n\tweavers", "Forty weavers"),
        ("“Pain fell.”", "Pain fell."),
        ("pain fell", None),
        (".*", None),
        ("", None),
        ("“”", None),
        ("(a+)+$", None),
    ],
)
def test_words_are_found_as_they_stand(words: str, found: str | None) -> None:
    at = located(words, TEXT)
    assert (TEXT[at[0] : at[1]] if at else None) == found


def test_of_words_that_stand_twice_the_nearest_are_meant() -> None:
    assert located("usual care", TEXT, 150) == (TEXT.rindex("usual care"), TEXT.rindex("usual care") + 10)


def test_what_is_no_value_any_more_says_nothing() -> None:
    old = Correction(path="sample.n", what="correct", value='"many"', made_on="x", id=1)
    gone = Correction(path="sample.shoes", what="correct", value="3", made_on="x", id=2)
    in_group = Correction(path="method.arms.shoes", what="correct", value="3", made_on="x", id=3, arm="massage")
    assert amended(READING, (old, gone, in_group), TEXT) == READING


@given(data=st.data())
def test_in_whatever_order_things_are_said_without_them_the_reading_is_back(
    vocabulary: Vocabulary, data: st.DataObject
) -> None:
    record = Record(source="invented", key="1", format="medline", title="T", abstract=TEXT)
    now = publication(record)
    for _ in range(data.draw(st.integers(1, 6))):
        paths = [path for path, _ in findings(now.facts)]
        path = data.draw(st.sampled_from([*paths, *FIELDS]))
        value = VALUES.get(field_of(path), '"x"')
        what = data.draw(st.sampled_from(("confirm", "correct", "dispute", "add")))
        try:
            new = draft(now, vocabulary, path=path, what=what, value=value, words="Pain fell")
        except CorrectionError:
            continue
        now = publication(record, kept([*now.corrections, new]))
        place = place_of(now.facts, path) if what != "add" else None
        assert place is None or place.state != "machine"
        states = [each.rule for _, each in findings(now.facts)]
        assert f"correction {len(now.corrections)}" in states, "what was just said is to be seen"
    assert now.machine == READING
    assert amended(now.machine, (), TEXT) == READING
    for path, each in findings(now.facts):
        assert read(FIELDS[field_of(path)], canonical(each.value), vocabulary) is not None
        assert each.stretch is None or each.stretch[1] <= len(TEXT)
    gone = amended(Extraction(version="2"), now.corrections, None)
    assert all(each.state != "machine" for _, each in findings(gone))


# In the store.

PAYLOAD = Payload(source="file", key="invented.nbib", body=b"PMID- 990000001", fetched_at=NOW, format="medline")


@pytest.fixture
def home(tmp_path: Path, invented: Record) -> Path:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "touchstone.toml").write_text("semantic = false\n")
    with open_for_writing(tmp_path / "home") as kb:
        kb.store.keep(PAYLOAD)
        put(kb.store, invented)
        kb.refresh()
    return tmp_path / "home"


def put(store: Store, record: Record, id: str = "weaver-2011", reading: Extraction = READING) -> None:
    store.put(record, publication=id, machine=reading, payload=PAYLOAD.digest, at=NOW)


@pytest.fixture
def store(home: Path) -> Store:
    return open_store(home / "store.sqlite", writable=True)


@pytest.fixture
def cora(home: Path) -> Person:
    accounts = open_desk(home, lambda: NOW).accounts
    accounts.accept(accounts.invite(None, "cora", "curator"), "four invented words together", "Cora")
    (person,) = accounts.people()
    return person


def correct(store: Store, by: Person, vocabulary: Vocabulary, id: str = "weaver-2011", value: str = "48") -> int:
    now = store.publication(id)
    new = draft(now, vocabulary, path="sample.n", what="correct", value=value, words="Forty weavers")
    return Corrections(store, lambda: NOW).keep(by, now.id, now.revision, new)


def test_a_correction_is_kept_with_who_and_when_and_in_the_trail(
    store: Store, home: Path, cora: Person, vocabulary: Vocabulary
) -> None:
    before = store.publication("weaver-2011")
    number = correct(store, cora, vocabulary)
    now = store.publication("weaver-2011")
    assert (now.facts.sample.n.value, now.machine) == (48, READING)  # type: ignore[union-attr]
    assert [(each.id, each.who, each.at) for each in now.corrections] == [(number, "Cora", NOW)]
    assert now.revision == store.revision > before.revision, "the index looks at it again"
    last = open_desk(home, lambda: NOW).accounts.trail("publication:weaver-2011")[0]
    assert (last.who, last.action) == ("Cora", "correct sample.n")
    assert Corrections(store, lambda: NOW).undo(cora, "weaver-2011", number)
    assert store.publication("weaver-2011").facts == before.facts
    assert [each.undone for each in store.corrections("weaver-2011")] == [NOW]
    assert not Corrections(store, lambda: NOW).undo(cora, "weaver-2011", number), "once"
    assert [each.action for each in open_desk(home, lambda: NOW).accounts.trail("publication:weaver-2011")] == [
        "undo: sample.n",
        "correct sample.n",
    ]


def test_two_who_correct_at_once_are_told(store: Store, cora: Person, vocabulary: Vocabulary) -> None:
    now = store.publication("weaver-2011")
    new = draft(now, vocabulary, path="sample.n", what="correct", value="48", words="Forty")
    corrections = Corrections(store, lambda: NOW)
    corrections.keep(cora, now.id, now.revision, new)
    with pytest.raises(CorrectionError, match="changed while"):
        corrections.keep(cora, now.id, now.revision, new)
    with pytest.raises(PublicationNotFoundError):
        corrections.keep(cora, "nobody", 1, new)


def test_corrections_survive_another_reading_and_another_record(
    store: Store, invented: Record, cora: Person, vocabulary: Vocabulary
) -> None:
    correct(store, cora, vocabulary)
    store.reread("weaver-2011", Extraction(version="2"), NOW)
    assert store.publication("weaver-2011").facts.sample.n.value == 48  # type: ignore[union-attr]
    put(store, msgspec.structs.replace(invented, volume="4"), reading=Extraction(version="3"))
    assert store.publication("weaver-2011").facts.sample.n.value == 48  # type: ignore[union-attr]


def test_corrections_survive_the_extractors_of_another_version(
    home: Path, store: Store, cora: Person, vocabulary: Vocabulary
) -> None:
    correct(store, cora, vocabulary)
    told = CliRunner().invoke(touchstone, ["--home", str(home), "ingest", "reextract"])
    assert told.exit_code == 0, told.output
    now = store.publication("weaver-2011")
    assert now.machine.version != READING.version
    assert (now.facts.sample.n.value, now.facts.sample.n.state) == (48, "corrected")  # type: ignore[union-attr]


def test_corrections_go_with_a_publication_that_is_joined_and_back_when_it_is_split(
    store: Store, invented: Record, cora: Person, vocabulary: Vocabulary
) -> None:
    other = msgspec.structs.replace(invented, key="990000002", identifiers=())
    put(store, other, "loom-2012")
    correct(store, cora, vocabulary, "loom-2012")
    store.join("weaver-2011", "loom-2012", machine=READING, said_by="person", reason="invented", at=NOW)
    now = store.publication("weaver-2011")
    assert (now.facts.sample.n.value, now.corrections[0].who) == (48, "Cora")  # type: ignore[union-attr]
    store.split("pubmed", "990000002", founded="loom-2012", left=READING, apart=READING, at=NOW)
    assert store.publication("loom-2012").facts.sample.n.value == 48  # type: ignore[union-attr]
    assert store.publication("weaver-2011").corrections == ()


def test_the_index_follows_a_correction_unless_another_process_writes(
    home: Path, store: Store, cora: Person, vocabulary: Vocabulary
) -> None:
    desk = open_desk(home, lambda: NOW)
    correct(store, cora, vocabulary)
    assert desk.index.follow(patience=60)
    with open_for_writing(home) as kb:
        assert kb.index.followed() == kb.store.revision
        assert kb.index.problems(kb.store) == ()
        correct(store, cora, vocabulary, value="49")
        assert not desk.index.follow()
        assert kb.index.followed() < kb.store.revision
        assert kb.refresh() == 1
