"""Asking the knowledge base: what is found first, what is read back, and that every question gets a page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from kb.base import KnowledgeBase, open_for_writing, open_kb
from kb.errors import BusyError, HomeMissingError, SettingsError
from kb.extraction import Extraction, Finding, Method, Outcome, Sample
from kb.record import Payload, Record
from kb.search import PAGE, Query
from tests.conftest import NOW
from tests.kb.test_question import HOSTILE

PAYLOAD = Payload(source="file", key="invented", body=b"invented", fetched_at=NOW)


def reading(condition: str, technique: str, outcome: str, n: int) -> Extraction:
    ledger = Outcome(name=outcome, concept=outcome, change="down", basis="between_groups")
    return Extraction(
        version="1",
        design=Finding("rct", 0, 7),
        sample=Sample(n=Finding(n, 0, 1), conditions=(Finding(condition, 0, 1),)),
        method=Method(techniques=(Finding(technique, 0, 1),)),
        outcomes=(Finding(ledger, 0, 1),),
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with two different trials and thirty alike, all invented."""
    home = tmp_path_factory.mktemp("home")
    record = Record(source="invented", key="0", format="medline", title="", year=2000)
    trials = [
        ("sleep", "Massage and sleep of weavers with fibromyalgia", "Weavers slept longer.", "fibromyalgia", "swedish"),
        ("heart", "Cardiac massage in potters", "Cardiac massage was done.", "low_back_pain", "acupressure"),
        *((f"p{n}", f"Potters {n} and neck pain", "Kilns.", "neck_pain", "massage_unspecified") for n in range(30)),
    ]
    with open_for_writing(home) as kb:
        kb.store.keep(PAYLOAD)
        for number, (id, title, abstract, condition, technique) in enumerate(trials):
            each = msgspec.structs.replace(record, key=id, title=title, abstract=abstract, year=2000 + number % 7)
            machine = reading(condition, technique, "pain", number)
            kb.store.put(each, publication=id, machine=machine, payload=PAYLOAD.digest, at=NOW)
        kb.refresh()
    return home


@pytest.fixture(params=["with meaning where it is installed", "with words alone"])
def kb(home: Path, request: pytest.FixtureRequest) -> Iterator[KnowledgeBase]:
    settings = home / "touchstone.toml"
    settings.write_text(f"semantic = {str('meaning' in request.param).lower()}")
    kb = open_kb(home)
    yield kb
    kb.close()
    settings.unlink()


def ids(kb: KnowledgeBase, text: str, **options: object) -> list[str]:
    """The answer to a question; what has only some of it follows it and is left out here."""
    return [hit.publication.id for hit in kb.search(Query(text=text, **options)).hits if hit.whole]  # type: ignore[arg-type]


def test_a_question_in_lay_words_finds_the_study_and_is_read_back(kb: KnowledgeBase) -> None:
    results = kb.search(Query(text="does massage help people with FMS sleep?"))
    assert [hit.publication.id for hit in results.hits if hit.whole] == ["sleep"]
    assert {(chip.kind, chip.text) for chip in results.chips} == {
        ("technique", "massage"),
        ("condition", "FMS"),
        ("outcome", "sleep"),
    }
    assert "".join(span.text for span in results.hits[0].title if span.marked) == "Massagesleepfibromyalgia"


def test_massage_does_not_find_cardiac_massage(kb: KnowledgeBase) -> None:
    assert "heart" not in ids(kb, "massage")
    assert ids(kb, "cardiac massage") == ["heart"]


def test_the_wider_concept_finds_the_narrower(kb: KnowledgeBase) -> None:
    assert "sleep" in ids(kb, "massage fibromyalgia")


def test_where_nothing_has_all_words_it_says_so(kb: KnowledgeBase) -> None:
    results = kb.search(Query(text="massage fibromyalgia zebras"))
    assert [hit.publication.id for hit in results.hits if hit.whole] == ["sleep"]
    assert results.notes == ("None of these has “zebras” too: counted are those without it.",)
    assert results.without == ("zebras",)


def test_of_several_words_that_nothing_has_together_all_are_named(kb: KnowledgeBase) -> None:
    results = kb.search(Query(text="massage sleep zebras, kilns"))
    assert results.without == ("zebras", "kilns")
    assert "all of “zebras”, “kilns” too" in results.notes[0]


def test_words_that_only_rank_are_told_apart_from_those_that_nothing_has(kb: KnowledgeBase) -> None:
    results = kb.search(Query(text="massage for weavers with fibromyalgia and zebras"))
    assert (results.total, results.without, results.ranking) == (1, ("zebras",), ("weavers",))
    assert {each.text for each in results.chips} == {"massage", "fibromyalgia"}
    assert results.notes == ("None of these has “zebras” too: counted are those without it.",)


def test_every_word_that_is_required_is_a_chip(kb: KnowledgeBase) -> None:
    results = kb.search(Query(text="massage for weavers"))
    assert {(each.kind, each.text) for each in results.chips} == {("technique", "massage"), ("word", "weavers")}
    assert [each.without for each in results.chips if each.kind == "word"] == ["massage for"]


def test_a_dose_asked_for_leaves_the_answer_whole(kb: KnowledgeBase) -> None:
    plain = kb.search(Query(text="massage neck pain"))
    asked = kb.search(Query(text="how many sessions of massage of what pressure for neck pain"))
    assert asked.total == plain.total == 30


def test_a_hit_is_not_said_to_be_without_a_word_that_stands_in_its_title(kb: KnowledgeBase) -> None:
    results = kb.search(Query(text="massage kilns"))
    hits = {hit.publication.id: hit for hit in kb.search(Query(text="massage potters")).hits}
    assert results.total == 30
    assert (hits["heart"].lacks, hits["heart"].otherwise) == (("massage",), ("massage",))


@pytest.mark.parametrize("question", ["massage fibromyalgia", "zebras", "massage fibromyalgia weavers"])
def test_where_nothing_is_left_out_no_word_is_named(question: str, kb: KnowledgeBase) -> None:
    results = kb.search(Query(text=question))
    assert results.without == ()
    assert results.notes == ()


def test_literal_words_must_occur(kb: KnowledgeBase) -> None:
    assert ids(kb, "FMS", literal=True) == []


def test_facets_count_what_choosing_them_shows(kb: KnowledgeBase) -> None:
    results = kb.search(Query(text="potters", filters=(("condition", "neck_pain"), ("nonsense", "x"))))
    assert results.total == 30
    (conditions,) = (facet for facet in results.facets if facet.field == "condition")
    assert {value.value: value.count for value in conditions.values}["low_back_pain"] == 1
    for facet in results.facets:
        for value in facet.values:
            if not value.chosen and facet.field != "condition":
                chosen = (("condition", "neck_pain"), (facet.field, value.value))
                assert kb.search(Query(text="potters", filters=chosen)).total == value.count


def test_pages_are_whole_and_a_page_that_is_not_there_is_the_last(kb: KnowledgeBase) -> None:
    first, second = (ids(kb, "potters", page=page) for page in (1, 2))
    assert (len(first), len(second), len({*first, *second})) == (PAGE, 11, 31)
    assert kb.search(Query(text="potters", page=99)).query.page == 2
    assert kb.search(Query(text="potters", page=-3)).query.page == 1


def test_without_a_question_the_newest_come_first(kb: KnowledgeBase) -> None:
    results = kb.search(Query())
    assert results.total == 32
    years = [hit.publication.record.year or 0 for hit in results.hits]
    assert years == sorted(years, reverse=True)


def test_what_has_only_some_of_the_question_follows_the_answer_and_is_not_counted(kb: KnowledgeBase) -> None:
    first = kb.search(Query(text="massage weavers"))
    assert (first.total, first.more) == (1, 31)
    assert [hit.whole for hit in first.hits] == [True] + [False] * 19
    conditions = {value.value: value.count for value in first.facets[0].values}
    assert conditions == {"fibromyalgia": 1}
    pages = [kb.search(Query(text="massage weavers", page=page)) for page in (1, 2)]
    assert len({hit.publication.id for page in pages for hit in page.hits}) == 32


@pytest.mark.parametrize("question", ["potters", "potters kilns", "massage", "neck pain weavers", "massage zebras"])
def test_a_cursor_walks_through_the_answer_and_loses_nothing(kb: KnowledgeBase, question: str) -> None:
    shown: list[str] = []
    after: str | None = ""
    while after is not None:
        page = kb.search(Query(text=question, after=after))
        shown += [hit.publication.id for hit in page.hits]
        after = page.next
    assert shown == list(kb.find(Query(text=question)).ids)
    assert len(shown) == len(set(shown)) == page.total
    assert kb.search(Query(text=question, after="nobody")).hits == ()


@pytest.mark.parametrize("question", ["potters", "potters kilns", "massage", "neck pain weavers", "massage zebras"])
def test_the_pages_of_a_question_show_all_of_its_answer_and_nothing_twice(kb: KnowledgeBase, question: str) -> None:
    first = kb.search(Query(text=question))
    pages = [kb.search(Query(text=question, page=page)) for page in range(1, first.pages + 1)]
    shown = [hit for page in pages for hit in page.hits]
    assert len({hit.publication.id for hit in shown}) == len(shown)
    assert sum(hit.whole for hit in shown) == first.total
    assert all(hit.lacks for hit in shown if not hit.whole)
    assert first.notes or not any(hit.lacks for hit in shown if hit.whole)
    assert first.more >= 0


@pytest.mark.parametrize(
    ("question", "concept"),
    [("masage weavers", "massage"), ("fibromialgia", "fibromyalgia"), ("fibromyalgai", "fibromyalgia")],
)
def test_a_concept_misspelt_by_a_letter_is_understood_and_said(kb: KnowledgeBase, question: str, concept: str) -> None:
    results = kb.search(Query(text=question))
    assert concept in {chip.text for chip in results.chips}
    assert f"was read as “{concept}”" in results.notes[0]
    assert "sleep" in {hit.publication.id for hit in results.hits if hit.whole}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("massage for bak", "back"),
        ("nek", "neck"),
        ("Pian", "pain"),
        ("slep", "sleep"),
        ("painn", "pain"),
        ("masage", "massage"),
        ("amssage", "massage"),
        ("shoudler", "shoulder"),
    ],
)
def test_a_slip_in_a_common_word_is_mended(typed: str, meant: str, kb: KnowledgeBase) -> None:
    slip = typed.split()[-1]
    assert kb.search(Query(text=typed)).notes[:1] == (f"“{slip}” was read as “{meant}”.",)


@pytest.mark.parametrize(
    "typed",
    [
        *("dangers of massage", "can massage make pain worse", "the passage", "sheep", "a plain pan", "pin", "paint"),
        *("black", "heard", "dosage", "rash", "lungs", "wounds", "nice", "hack", "gain", "horse", "trial", "message"),
        *("BAK", "PIAN", "xk", "bk", "qat"),
    ],
)
def test_an_ordinary_word_is_never_mended(typed: str, kb: KnowledgeBase) -> None:
    results = kb.search(Query(text=typed))
    assert not [note for note in results.notes if "was read as" in note]
    assert results.instead is None


def test_did_you_mean_comes_from_the_titles(kb: KnowledgeBase) -> None:
    assert kb.search(Query(text="poters")).instead == "potters"
    assert kb.search(Query(text="potters")).instead is None
    assert kb.search(Query(text="poters", literal=True)).instead is None


def test_a_hit_says_why_it_is_one(kb: KnowledgeBase) -> None:
    (hit,) = (each for each in kb.search(Query(text="does massage help FMS? weavers")).hits if each.whole)
    assert [(each.asked, each.words, each.where) for each in hit.reasons] == [
        ("massage", ("Massage",), ("title",)),
        ("FMS", ("fibromyalgia",), ("title",)),
        ("weavers", ("weavers",), ("title", "abstract")),
    ]


def test_a_concept_that_only_the_facts_have_says_so(kb: KnowledgeBase) -> None:
    (hit,) = (each for each in kb.search(Query(text="acupressure")).hits if each.whole)
    assert [(each.asked, each.words, each.where) for each in hit.reasons] == [("acupressure", (), ("facts",))]


def test_what_nothing_here_was_compared_with_is_named_and_can_be_taken_away(kb: KnowledgeBase) -> None:
    results = kb.search(Query(text="massage compared with relaxation"))
    chip = next(each for each in results.chips if each.kind == "compared with")
    assert (chip.name, chip.without) == ("relaxation training", "massage")
    assert results.without == ("compared with relaxation",)
    assert results.total == kb.search(Query(text="massage")).total


def test_either_of_two_concepts_answers_and_each_hit_says_which(kb: KnowledgeBase) -> None:
    results = kb.search(Query(text="fibromyalgia or neck pain"))
    assert results.total == 31
    assert {each.text for each in results.chips} == {"fibromyalgia", "neck pain"}
    found = {each.words for hit in results.hits for each in hit.reasons}
    assert ("neck pain",) in found


def test_a_chip_names_the_senses_that_were_not_meant(kb: KnowledgeBase) -> None:
    (chip,) = kb.search(Query(text="massage")).chips
    assert "cardiac massage" in chip.senses


def test_suggestions_are_concepts_that_are_studied_here(kb: KnowledgeBase) -> None:
    assert [(each.text, each.name, each.kind) for each in kb.suggest("fibro")] == [
        ("fibromyalgia", "fibromyalgia", "condition")
    ]
    assert kb.suggest("FMS")[0].name == "fibromyalgia"
    assert [each.count for each in kb.suggest("neck")][:1] == [30]
    assert kb.suggest("reflexology") == ()
    assert kb.suggest("m") == ()
    assert [each.question for each in kb.suggest("is massage any good for fibro")] == [
        "is massage any good for fibromyalgia"
    ]


def test_more_like_this_is_never_the_publication_itself(kb: KnowledgeBase) -> None:
    alike = [each.id for each in kb.similar(kb.publication("p3"), 4)]
    assert len(alike) == 4
    assert all(each.startswith("p") and each != "p3" for each in alike)


@pytest.mark.parametrize("question", HOSTILE)
def test_every_question_gets_a_page(question: str, kb: KnowledgeBase) -> None:
    results = kb.search(Query(text=question))
    assert 0 <= results.total <= 32


def test_only_one_process_writes(home: Path) -> None:
    with open_for_writing(home), pytest.raises(BusyError), open_for_writing(home):
        pass


def test_a_home_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(HomeMissingError, match="nowhere"):
        open_kb(tmp_path / "nowhere")


@pytest.mark.parametrize("text", ["port = 'eighty'", "colour = 1", "= =", 'engine = "lucene"'])
def test_settings_that_are_none_are_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "touchstone.toml").write_text(text)
    with pytest.raises(SettingsError), open_for_writing(tmp_path):
        pass
