"""Words and meaning in one order, and what short questions learn; over a small engine, with meanings told by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from kb.facets import FACETS
from kb.index.document import Document
from kb.index.tree import All, Boost, Found, Node, Or, Request, Word
from kb.index.whoosh_engine import WhooshEngine
from kb.question import read
from kb.search.asking import Asked
from kb.search.feedback import related
from kb.search.fusion import CANDIDATES, page
from kb.search.index import Meaning
from kb.text import stem
from kb.vocabulary import Vocabulary

TEXTS = {
    "loom": "Looms and weavers. Looms.",
    "loom-shuttle": "Looms with shuttles of beech.",
    "shuttle": "Shuttles of beech are light.",
    "kiln": "Kilns and potters.",
    "clay": "Potters dig clay.",
}


class Told:
    """Meaning as a table of cosines."""

    def __init__(self, cosines: Mapping[str, float]) -> None:
        self._cosines = cosines

    def nearest(self, most: int) -> Sequence[tuple[str, float]]:
        return sorted(self._cosines.items(), key=lambda item: -item[1])[:most]

    def near(self, ids: Sequence[str]) -> Sequence[float | None]:
        return [self._cosines.get(id) for id in ids]


class Small:
    """An engine as the search wants it."""

    def __init__(self, engine: WhooshEngine, meaning: Meaning | None = None) -> None:
        self._engine, self._meaning = engine, meaning

    @property
    def revision(self) -> int:
        return 1

    def search(self, request: Request) -> tuple[Found, int]:
        return self._engine.search(request), 1

    def count(self, nodes: Sequence[Node]) -> tuple[int, ...]:
        return self._engine.count(nodes)

    def written(self) -> Mapping[str, int]:
        return self._engine.written()

    def meaning(self, question: str) -> Meaning | None:
        return self._meaning


@pytest.fixture
def engine(tmp_path: Path) -> WhooshEngine:
    return filled(tmp_path, TEXTS)


def filled(folder: Path, texts: Mapping[str, str]) -> WhooshEngine:
    engine = WhooshEngine(folder, writable=True)
    engine.apply(
        Document(
            id=id,
            texts=(("text", (text,)), ("title", (text,)), ("author", ()), ("container", ())),
            facets=tuple((facet, ()) for facet in FACETS),
        )
        for id, text in texts.items()
    )
    return engine


def asked(question: str, vocabulary: Vocabulary, index: Small, **options: bool) -> Asked:
    texts = TEXTS
    return Asked(
        read(question, vocabulary, **options),  # type: ignore[arg-type]
        (),
        "relevance",
        index,
        lambda ids: [texts[id] for id in ids],
    )


LOOMS = Request(tree=Word(stem("looms")))


def test_without_meaning_the_order_is_that_of_words(engine: WhooshEngine) -> None:
    assert page(LOOMS, Small(engine), None) == ("loom", "loom-shuttle")


def test_meaning_may_turn_the_order_within_what_matches_and_adds_nothing_to_it(engine: WhooshEngine) -> None:
    for_shuttles = Told({"loom": 0.1, "loom-shuttle": 0.9, "kiln": 1.0})
    near = page(Request(tree=Or((LOOMS.tree, Boost(Word(stem("beech")), 0.1)))), Small(engine), for_shuttles)
    assert near[0] == "loom-shuttle"
    assert "kiln" not in near


def test_what_has_no_meaning_yet_is_not_lost(engine: WhooshEngine) -> None:
    assert set(page(LOOMS, Small(engine), Told({"loom-shuttle": 0.9}))) == {"loom", "loom-shuttle"}


def test_another_order_than_relevance_knows_no_meaning(engine: WhooshEngine) -> None:
    newest = Request(tree=LOOMS.tree, order="newest")
    assert page(newest, Small(engine), Told({"loom-shuttle": 1.0})) == engine.search(newest).ids


@pytest.mark.parametrize("size", [1, 7, 20, 95])
def test_pages_hold_everything_once_beyond_the_candidates_too(tmp_path: Path, size: int) -> None:
    many = filled(tmp_path, {f"d{number:03}": f"looms {'kiln ' * (number % 9)}" for number in range(CANDIDATES + 60)})
    index, meaning = Small(many), Told({f"d{number:03}": number / 200 for number in range(0, 150, 2)})
    every = page(Request(tree=LOOMS.tree, limit=1_000), index, meaning)
    assert len(set(every)) == len(every) == CANDIDATES + 60
    by_offset: list[str] = []
    by_cursor: list[str] = []
    while len(by_offset) < len(every):
        by_offset += page(Request(tree=LOOMS.tree, offset=len(by_offset), limit=size), index, meaning)
        after = by_cursor[-1] if by_cursor else None
        by_cursor += page(Request(tree=LOOMS.tree, after=after, limit=size), index, meaning)
    assert tuple(by_offset) == tuple(by_cursor) == every


def test_what_is_near_in_meaning_is_shown_and_not_counted(engine: WhooshEngine, vocabulary: Vocabulary) -> None:
    found = asked("looms", vocabulary, Small(engine, Told({"kiln": 0.9, "loom": 0.8})))
    assert (found.total, found.more) == (2, 0)
    assert set(found.page(0, 20)) == {"loom", "loom-shuttle", "kiln"}
    assert found.whole(found.page(0, 20)) == {"loom", "loom-shuttle"}
    assert set(found.answer(20)) == {"loom", "loom-shuttle"}


@pytest.mark.parametrize(
    ("question", "total"),
    [("looms -clay", 2), ("title:looms", 2), ("loom*", 2), ("looms OR nothing", 2), ('"looms and weavers"', 1)],
)
def test_a_query_is_taken_at_its_word(engine: WhooshEngine, vocabulary: Vocabulary, question: str, total: int) -> None:
    found = asked(question, vocabulary, Small(engine, Told({"kiln": 0.9})))
    assert (found.total, found.more, "kiln" in found.page(0, 20)) == (total, 0, False)


def test_only_these_words_means_so(engine: WhooshEngine, vocabulary: Vocabulary) -> None:
    found = asked("looms", vocabulary, Small(engine, Told({"kiln": 0.9})), literal=True)
    assert found.page(0, 20) == ("loom", "loom-shuttle")


def test_a_short_question_learns_from_what_answers_it(engine: WhooshEngine, vocabulary: Vocabulary) -> None:
    found = asked("shuttles looms", vocabulary, Small(engine))
    assert (found.total, found.answer(20)) == (1, ("loom-shuttle",))
    learnt = related(LOOMS, 1, Small(engine), lambda ids: [TEXTS[id] for id in ids])
    assert isinstance(learnt, Or)
    stems = {part.part.stem for part in learnt.parts if isinstance(part, Boost) and isinstance(part.part, Word)}
    assert {stem("looms"), stem("shuttles"), stem("beech")} <= stems
    assert stem("kilns") not in stems


def test_nothing_is_learnt_from_nothing(engine: WhooshEngine) -> None:
    assert related(Request(tree=Word("absent")), 1, Small(engine), lambda ids: []) is None
    assert related(Request(tree=All()), 1, Small(engine), lambda ids: [TEXTS[id] for id in ids]) is None
