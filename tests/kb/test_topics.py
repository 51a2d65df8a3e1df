"""What is told of a topic: every sentence has a source, every number a search that finds exactly that, and what is not
stated is counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from ingest.curation.words import LIMIT, longest_run, words
from kb.base import KnowledgeBase, open_kb
from kb.extraction import Arm, Dose, Extraction, Finding, Method, Outcome
from kb.publication import Publication, merge
from kb.record import Notice, Record
from kb.search import Query
from kb.topics import Axis, Texts, doses, gap_map, load_texts, strip
from kb.vocabulary import Vocabulary
from kb.votes import Says, is_study

FIBROMYALGIA = (("condition", "fibromyalgia"), ("counted", "yes"))


@pytest.fixture
def kb(curated_home: Path) -> Iterator[KnowledgeBase]:
    kb = open_kb(curated_home)
    yield kb
    kb.close()


@pytest.fixture(scope="module")
def texts() -> Texts:
    return load_texts()


def study(id: str, *outcomes: Outcome, notices: tuple[Notice, ...] = (), **facts: Any) -> Publication:
    """An invented study."""
    record = Record(source="invented", key=id, format="medline", title=id, abstract="Invented.", notices=notices)
    read = Extraction(version="1", outcomes=tuple(Finding(each, 0, 1) for each in outcomes), **facts)
    merged, sources = merge([record])
    return Publication(id=id, revision=1, record=merged, sources=sources, members=(record,), machine=read, facts=read)


def pain(change: Any = "down", basis: Any = "between_groups", **more: Any) -> Outcome:
    return Outcome("pain", change, basis, concept="pain", polarity="low", **more)


# Texts


def test_texts_are_of_concepts_and_every_one_has_its_sources(texts: Texts, vocabulary: Vocabulary) -> None:
    for id, each in texts.texts.items():
        assert vocabulary.concept(id) is not None
        assert each.paragraphs
        assert each.sources
    sources = [source for each in texts.texts.values() for source in each.sources]
    sources += [each.source for each in (*texts.cautions, *texts.special, *texts.core_sets.values())]
    assert all(each.url.startswith("https://") for each in sources)
    assert len(texts.cautions) == 2


def test_the_core_set_of_fibromyalgia_is_that_of_omeract(texts: Texts, vocabulary: Vocabulary) -> None:
    """PMC3419373: six domains for all trials, two for some."""
    core = texts.core_sets["fibromyalgia"]
    assert [(each.clinical or each.name, each.asked) for each in core.domains] == [
        ("pain", "all"),
        ("tenderness", "all"),
        ("fatigue", "all"),
        ("patient global", "all"),
        ("multidimensional function", "all"),
        ("sleep disturbance", "all"),
        ("dyscognition", "some"),
        ("depression", "some"),
    ]


def test_core_sets_are_of_conditions_and_made_of_outcomes(texts: Texts, vocabulary: Vocabulary) -> None:
    for id, core in texts.core_sets.items():
        condition = vocabulary.concept(id)
        assert condition is not None
        assert condition.kind == "condition"
        held = [vocabulary.concept(id) for each in core.domains for id in each.outcomes]
        assert all(each is not None and each.kind == "outcome" for each in held)


def test_texts_are_short_and_have_one_source_or_two(texts: Texts) -> None:
    for id, each in texts.texts.items():
        assert 40 <= len(" ".join(each.paragraphs).split()) <= 110, id
        assert len(each.sources) <= 2, id


# What counts


@pytest.mark.parametrize(
    ("design", "notices", "counted"),
    [
        ("rct", (), True),
        (None, (), True),
        ("case_report", (), True),
        ("protocol", (), False),
        ("systematic_review", (), False),
        ("narrative_review", (), False),
        ("qualitative", (), False),
        ("rct", (Notice("retracted", "Invented."),), False),
    ],
)
def test_what_counts_as_a_study(design: Any, notices: tuple[Notice, ...], counted: bool) -> None:
    assert is_study(study("s", notices=notices, design=Finding(design, 0, 1) if design else None)) is counted


# The core-outcome strip


def test_the_strip_tells_a_direction_from_a_mention_and_from_nothing(texts: Texts, vocabulary: Vocabulary) -> None:
    core = texts.core_sets["fibromyalgia"]
    disputed = Finding(Outcome("fatigue", "down", "between_groups", concept="fatigue"), 0, 1, state="disputed")
    told = study(
        "told",
        pain(),
        Outcome("nights", "none", "between_groups", concept="sleep_hours"),
        Outcome("mood", "not_stated", "within_group", concept="depression", said="improved"),
        Outcome("thinking", "not_stated", "unclear", concept="dyscognition"),
    )
    facts = Extraction(version="1", outcomes=(*told.facts.outcomes, disputed))
    told = Publication(**{name: getattr(told, name) for name in told.__struct_fields__} | {"facts": facts})
    silent = Record(source="invented", key="silent", format="medline", title="silent")
    unread = Publication(
        id="silent",
        revision=1,
        record=silent,
        sources=(),
        members=(silent,),
        machine=Extraction("1"),
        facts=Extraction("1"),
    )
    shown = strip([told, unread], core, vocabulary)
    assert shown.unread == 1
    assert [(each.publication.id, each.states) for each in shown.rows] == [
        ("told", ("direction", "absent", "absent", "absent", "absent", "named", "named", "alone"))
    ]
    assert shown.totals[0] == {"direction": 1, "alone": 0, "named": 0, "absent": 0}
    assert shown.totals[5] == {"direction": 0, "alone": 0, "named": 1, "absent": 0}


def test_the_strip_of_two_known_trials(kb: KnowledgeBase, texts: Texts) -> None:
    """Sunshine 1996 and Field 2002, as their abstracts were coded by hand."""
    core = texts.core_sets["fibromyalgia"]
    ids = kb.find(Query(filters=FIBROMYALGIA)).ids
    shown = strip(kb.publications(ids), core, kb.vocabulary)
    rows = {each.publication.id.split("-")[0]: each.states for each in shown.rows}
    domains = [each.clinical or each.name for each in core.domains]
    absent = {
        name: {d for d, state in zip(domains, rows[name], strict=True) if state == "absent"}
        for name in ("sunshine", "field")
    }
    assert absent["sunshine"] == {"patient global", "multidimensional function", "dyscognition"}
    assert absent["field"] == {"fatigue", "patient global", "multidimensional function", "dyscognition"}
    assert all(sum(each.values()) == len(shown.rows) for each in shown.totals)


# Doses


def dosed(id: str, says: Outcome, minutes: float | None, sessions: float | None, **method: Any) -> Publication:
    def stated(value: float | None) -> Finding[float] | None:
        return None if value is None else Finding(value, 0, 1)

    dose = Dose(minutes=stated(minutes), sessions=stated(sessions))
    tested = Method(dose=dose, techniques=(Finding("massage_unspecified"),), **method)
    against = msgspec.structs.replace(says, comparator="usual_care")
    return study(id, against, design=Finding("rct"), method=tested)


def test_doses_count_what_is_not_stated(vocabulary: Vocabulary) -> None:
    told = doses(
        [
            dosed("many", pain(), 30, 20),
            dosed("few", pain("up"), 60, 2),
            dosed("minutes", pain(basis="within_group"), 45, None),
            dosed("sessions", pain("none"), None, 2),
            dosed("silent", pain(), None, None),
        ],
        "pain",
        vocabulary,
    )
    assert [(each.publication.id, each.says) for each in told.rows] == [
        ("few", Says.WORSE),
        ("sessions", Says.NOT_STATED),
        ("many", Says.BETTER),
        ("minutes", Says.WITHIN),
    ]
    assert (told.studies, told.minutes, told.sessions, told.both, told.neither) == (5, 3, 3, 2, 1)


def test_the_dose_of_the_one_treated_group_is_the_study_s(vocabulary: Vocabulary) -> None:
    treated = Finding(Arm("massage", "intervention", dose=Dose(minutes=Finding(20.0, 0, 1))), 0, 1)
    other = Finding(Arm("rest", "comparator", dose=Dose(minutes=Finding(90.0, 0, 1))), 0, 1)
    [row] = doses([study("s", pain(), method=Method(arms=(other, treated)))], "pain", vocabulary).rows
    assert row.dose.minutes is not None
    assert row.dose.minutes.value == 20
    assert doses([study("s", pain(), method=Method(arms=(treated, treated)))], "pain", vocabulary).rows == ()


def test_a_stated_schedule_gives_computed_totals(kb: KnowledgeBase) -> None:
    """30 minutes twice a week for 5 weeks are 10 sessions and 300 minutes, marked as computed."""
    found = kb.find(Query(filters=(*FIBROMYALGIA, ("outcome", "pain")))).ids
    told = doses(kb.publications(found), "pain", kb.vocabulary)
    field = next(each.dose for each in told.rows if each.publication.id.startswith("field-2002"))
    assert field.sessions is not None
    assert field.contact_minutes is not None
    assert (field.sessions.value, field.sessions.derived) == (10, True)
    assert (field.contact_minutes.value, field.contact_minutes.derived) == (300, True)


# The gap map


def test_every_cell_is_what_its_search_finds(kb: KnowledgeBase) -> None:
    rows = [Axis(each, (("technique", each),)) for each in ("massage_unspecified", "myofascial_release", "reiki")]
    columns = [
        Axis("pain", (("outcome", "pain"), ("outcome", "pain_relief"))),
        Axis("thinking", (("outcome", "dyscognition"),)),
    ]
    gaps = gap_map(FIBROMYALGIA, rows, columns, kb.counts)
    for row, numbers in zip(gaps.rows, gaps.counts, strict=True):
        for column, number in zip(gaps.columns, numbers, strict=True):
            assert kb.search(Query(filters=gaps.filters(row, column))).total == number
    assert gaps.counts[0][0] > 0
    assert gaps.empty == sum(not number for numbers in gaps.counts for number in numbers) >= 3


def test_counts_are_those_of_studies(kb: KnowledgeBase) -> None:
    every = kb.search(Query(filters=(("condition", "fibromyalgia"),)))
    counted = {each.value: each.count for facet in every.facets if facet.field == "counted" for each in facet.values}
    assert counted["yes"] + counted["no"] == every.total
    assert kb.counts([FIBROMYALGIA, (), ()]) == (counted["yes"], kb.count(), kb.count())
    assert kb.counts([]) == ()
    shown = list(kb.publications(kb.find(Query(filters=FIBROMYALGIA)).ids))
    assert len(shown) == counted["yes"]
    assert all(map(is_study, shown))


def test_our_sentences_are_plain(texts: Texts) -> None:
    """Short sentences: thirty words are about what a reader of 12 to 14 holds together."""
    ours = [sentence for each in texts.texts.values() for sentence in each.paragraphs]
    ours += [text for each in (*texts.cautions, *texts.special) for text in (each.text, each.short)]
    for text in ours:
        for sentence in re.split(r"(?<=[.:;])\s", text):
            assert len(sentence.split()) <= 30, sentence


def test_commentary_is_in_our_words_and_says_whose_thoughts_it_tells(vocabulary: Vocabulary, shared: Path) -> None:
    posts = words(" ".join(each.read_text("utf-8") for each in (shared / "seed").glob("*.txt")))
    for id, each in load_texts().commentary.items():
        assert vocabulary.concept(id), id
        assert each.origin
        assert len(longest_run([words(paragraph) for paragraph in each.paragraphs], posts)) < LIMIT


def test_what_harm_was_found_of_some_topics_stands_on_their_pages_alone(vocabulary: Vocabulary) -> None:
    texts = load_texts()
    assert all(vocabulary.concept(id) for each in texts.special for id in each.topics)
    assert texts.cautions_on(["fibromyalgia"]) == texts.cautions
    (added,) = texts.cautions_on(["preterm_birth"])[2:]
    assert "twisted bowel" in added.text
    assert len(texts.cautions_on(["chiropractic", "manual_therapy"])) == 3
