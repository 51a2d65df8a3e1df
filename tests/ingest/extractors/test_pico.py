"""Participants, interventions and outcomes as words. All texts are invented."""

from __future__ import annotations

from itertools import chain

import pytest

from ingest.extractors.pico import people, tag
from ingest.extractors.reading import read
from kb.vocabulary import Vocabulary

SENTENCES = (
    "Hand massage for pain in women with fibromyalgia : a randomized controlled trial .",
    "OBJECTIVE To determine the effect of hand massage on pain and sleep quality in women with fibromyalgia .",
    "METHODS Sixty women with fibromyalgia were randomly assigned to receive hand massage or usual care .",
    "Pain intensity and sleep quality were measured before and after treatment .",
    "RESULTS Pain intensity decreased significantly in the hand massage group compared with the usual care group .",
    "CONCLUSIONS Hand massage reduces pain in women with fibromyalgia .",
)


def labelled(sentences: list[list[str]], label: str) -> set[str]:
    return {
        word
        for words, labels in zip(sentences, tag(sentences), strict=True)
        for word, each in zip(words, labels, strict=True)
        if each == label
    }


def test_words_of_each_kind() -> None:
    sentences = [each.split() for each in SENTENCES]
    assert {"women", "fibromyalgia"} <= labelled(sentences, "I-PAR")
    assert "massage" in labelled(sentences, "I-INT")
    assert {"sleep", "quality"} <= labelled(sentences, "I-OUT")
    assert {"randomly", "assigned", "significantly", "METHODS"} <= labelled(sentences, "O")


def test_a_label_a_word_whatever_the_sentences() -> None:
    sentences = [[], ["Massage"], ["."], ["a", ".", "B", "(", "c"], ["x" * 500] * 400, []]
    assert [len(each) for each in tag(sentences)] == [0, 1, 1, 5, 400, 0]
    assert tag([]) == []
    assert tag([[]]) == [[]]


def test_how_sentences_were_cut_does_not_matter() -> None:
    apart = [each.split() for each in SENTENCES]
    together = [[*apart[0], *apart[1]], *apart[2:]]
    assert list(chain(*tag(apart))) == list(chain(*tag(together)))


@pytest.mark.parametrize(
    ("abstract", "said"),
    [
        (
            "METHODS: Sixty women with fibromyalgia were randomly assigned to massage. RESULTS: Pain decreased.",
            "Sixty women with fibromyalgia",
        ),
        (
            "METHODS: Forty-two patients with chronic low back pain were randomized to receive massage or exercise.",
            "Forty-two patients with chronic low back pain",
        ),
        (
            "METHODS: To study massage in migraine patients, thirty adult migraine patients were randomly assigned.",
            "thirty adult migraine patients",
        ),
        (
            "METHODS: A total of 1,024 patients with migraine were randomly assigned to massage or usual care.",
            "1,024 patients with migraine",
        ),
    ],
)
def test_the_people_are_pinned_to_their_words(abstract: str, said: str, vocabulary: Vocabulary) -> None:
    found = people(read(abstract, "", (), vocabulary))
    assert found is not None
    assert found.value == said
    assert found.quote(abstract, "") == found.value


@pytest.mark.parametrize(
    "abstract",
    [
        "",
        "BACKGROUND: Many women have fibromyalgia. CONCLUSIONS: Patients with fibromyalgia need help.",
        "METHODS: The pressure of rollers was measured on foam.",
        "METHODS: A total of 360 women will be included.",
    ],
)
def test_no_people_where_none_are_said_to_be_studied(abstract: str, vocabulary: Vocabulary) -> None:
    assert people(read(abstract, "", (), vocabulary)) is None
