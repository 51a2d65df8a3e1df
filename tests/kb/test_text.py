"""Words, stems and marked passages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.snippet import WIDTH, marked, passage
from kb.text import stem, stems, words
from kb.vocabulary import Vocabulary, load_vocabulary


@pytest.mark.parametrize(
    ("one", "other"),
    [("massage", "massages"), ("Häuser", "hauser"), ("randomised", "randomising"), ("patients", "patient’s")],
)
def test_words_that_are_compared_as_one(one: str, other: str) -> None:
    assert stem(one) == stem(other)


def test_words_are_where_they_are_written() -> None:
    text = "Self-massage, 30 min (p < .05)."
    assert [text[word.start : word.end] for word in words(text)] == ["Self", "massage", "30", "min", "p", "05"]


@given(st.text(max_size=300))
def test_words_of_any_text_lie_in_order_inside_it(text: str) -> None:
    at = 0
    for word in words(text):
        assert at <= word.start < word.end <= len(text)
        at = word.end


LONG = "Weavers were asked to rest. " * 20 + "Massage helped weavers with fibromyalgia. " + "Nothing else. " * 20


def test_a_passage_shows_most_of_what_was_asked(vocabulary: Vocabulary) -> None:
    spans = passage(LONG, {"massage_unspecified", "fibromyalgia"}, set(stems("weavers")), vocabulary)
    shown = [span.text for span in spans if span.marked]
    assert shown[shown.index("Massage") :][:3] == ["Massage", "weavers", "fibromyalgia"]
    assert spans[0].text == "… "
    assert spans[-1].text == " …"


VOCABULARY = load_vocabulary()
TEXTS = st.lists(st.sampled_from(["massage", "of", "weavers", "fibromyalgia.", "\n", "ﬁ", "cardiac massage", "é"])).map(
    " ".join
)


@given(TEXTS)
def test_a_marked_text_is_the_text(text: str) -> None:
    spans = marked(text, {"massage_unspecified", "fibromyalgia"}, set(stems("weavers of")), VOCABULARY)
    assert "".join(span.text for span in spans) == text


@given(TEXTS)
def test_a_passage_is_a_part_of_the_text(text: str) -> None:
    spans = passage(text, {"massage_unspecified"}, set(stems("weavers")), VOCABULARY)
    shown = "".join(span.text for span in spans if span.text not in ("… ", " …"))
    assert shown in text
    assert len(shown) <= WIDTH
