"""Reading questions: concepts, words, phrases, exclusions; and that no text at all is an error."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.index.tree import Named, Not, Phrase, Word
from kb.question import LONGEST, read, tree
from kb.text import stem, stems
from kb.vocabulary import Vocabulary, load_vocabulary


@pytest.mark.parametrize(
    ("question", "concepts"),
    [
        ("does massage help people with fibromyalgia sleep?", {"massage_unspecified", "fibromyalgia"}),
        ("FMS and massage", {"massage_unspecified", "fibromyalgia"}),
        ("fm massage", {"massage_unspecified", "fibromyalgia"}),
        ("fibrositis", {"fibromyalgia"}),
        ("Swedish massage for anxiety", {"swedish", "anxiety"}),
    ],
)
def test_concepts_are_understood_under_all_their_names(
    question: str, concepts: set[str], vocabulary: Vocabulary
) -> None:
    assert concepts <= {each.concept for each in read(question, vocabulary).concepts}


@pytest.mark.parametrize("question", ["cardiac massage", "uterine massage", "carotid sinus massage"])
def test_other_senses_are_words_and_no_concept(question: str, vocabulary: Vocabulary) -> None:
    reading = read(question, vocabulary)
    assert "massage_unspecified" not in {each.concept for each in reading.concepts}
    assert Word(stem("massage")) in reading.required


def test_words_that_only_make_a_sentence_are_dropped(vocabulary: Vocabulary) -> None:
    assert read("does massage help people with fibromyalgia?", vocabulary).required == ()


def test_words_left_over_are_required(vocabulary: Vocabulary) -> None:
    assert read("massage by Weaver", vocabulary).required == (Word(stem("weaver")),)


def test_quoted_words_are_a_phrase_and_minus_excludes(vocabulary: Vocabulary) -> None:
    reading = read('"gliding strokes" -loom -"warp and weft" self-taught', vocabulary)
    assert reading.required[0] == Phrase(stems("gliding strokes"))
    assert set(reading.excluded) == {Phrase(stems("warp and weft")), Word(stem("loom"))}
    assert Word(stem("taught")) in reading.required
    assert Not(Word(stem("loom"))) in tree(reading, vocabulary).parts  # type: ignore[union-attr]


def test_literal_reads_no_concept(vocabulary: Vocabulary) -> None:
    reading = read("massage fibromyalgia", vocabulary, literal=True)
    assert reading.concepts == ()
    assert reading.required == (Word(stem("massage")), Word(stem("fibromyalgia")))


def test_a_chip_can_be_taken_away(vocabulary: Vocabulary) -> None:
    chips = {each.concept: each.without for each in read("does massage help fibromyalgia?", vocabulary).concepts}
    assert chips == {"massage_unspecified": "does help fibromyalgia?", "fibromyalgia": "does massage help ?"}


@pytest.mark.parametrize(
    ("question", "identifier"),
    [("11814384", "pmid:11814384"), ("PMID: 990000001", "pmid:990000001"), ("10.5555/Weavers", "doi:10.5555/weavers")],
)
def test_an_identifier_is_looked_up(question: str, identifier: str, vocabulary: Vocabulary) -> None:
    assert read(question, vocabulary).required == (Named(identifier),)


HOSTILE = [
    "",
    '"',
    'massage "unfinished',
    "the of and",
    "author:",
    "field: : ::",
    "massage " * 1_250,
    "a\x00b\x07",
    "*",
    "?????*",
    "[a TO z]",
    "NOT NOT NOT NOT massage",
    "((((((((",
    "-",
    "--massage",
    '-""',
    "massage~5",
    "\ud800",
    "ﬁbromyalgia ﷽ 𝓶𝓪𝓼𝓼𝓪𝓰𝓮",
    "'; DROP TABLE record; --",
    "<script>alert(1)</script>",
    "10.1234/",
    "0",
]


@pytest.mark.parametrize("question", HOSTILE)
def test_nothing_a_person_types_is_an_error(question: str, vocabulary: Vocabulary) -> None:
    tree(read(question, vocabulary), vocabulary)


def test_a_long_question_is_cut_and_says_so(vocabulary: Vocabulary) -> None:
    (note,) = read("massage " * 1_250, vocabulary).notes
    assert str(LONGEST) in note


def test_a_question_without_words_says_that_everything_is_shown(vocabulary: Vocabulary) -> None:
    assert "everything is shown" in " ".join(read("what is the", vocabulary).notes)


VOCABULARY = load_vocabulary()


@given(st.text(max_size=400))
def test_any_text_is_read(question: str) -> None:
    reading = read(question, VOCABULARY)
    tree(reading, VOCABULARY)
    tree(reading, VOCABULARY, every_word=False)
