"""The arrays answer as plain Whoosh does: the same documents, in the same order, with the same scores and counts."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.facets import FACETS
from kb.index.document import Document
from kb.index.engine import Engine
from kb.index.tree import (
    All,
    Among,
    And,
    Best,
    Boost,
    Concept,
    Has,
    Maybe,
    Named,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Range,
    Request,
    Word,
)
from kb.index.whoosh_engine import WhooshEngine
from kb.index.whoosh_plain import PlainWhooshEngine
from kb.votes import VERDICTS, Cell, Says, Vote

AT_FOLLOW_UP = (Says(0), Says.LATER, Says.LATER | Says.LATER_ELSE)
STEMS = ["loom", "kiln", "clay", "warp", "weft", "glaze", "pot", "potter", "weav", "shuttl"]
FIELDS = ("text", "title", "author", "container")


def invented(number: int, random: Random) -> Document:
    """A document of a few words, some of them again and again."""
    weights = [10, 8, 6, 5, 4, 3, 3, 2, 1, 1]
    title = " ".join(random.choices(STEMS, weights, k=random.randint(1, 4)))
    text = " ".join(random.choices(STEMS, weights, k=random.randint(0, 60)))
    cells = [Cell(outcome, group) for outcome in ("sleep", "pain") for group in ("active", "inactive")]
    return Document(
        id=f"d{number:04}",
        texts=(("text", (title, text)), ("title", (title,)), ("author", ("loom",)), ("container", (title[:4],))),
        written=tuple(dict.fromkeys(title.split())),
        facets=tuple((facet, tuple(random.sample(["a", "b", "c"], random.randint(0, 2)))) for facet in FACETS),
        concepts=tuple((each, random.randint(1, 4)) for each in random.sample(["sleep", "pain", "touch"], 2)),
        identifiers=(f"pmid:{number}",),
        year=random.choice([None, *range(1990, 2000)]),
        n=random.choice([None, 10, 20, 300]),
        level=random.choice([None, 1, 2, 3, 4, 5]),
        study=random.choice([None, None, "one", "two"]),
        votes=tuple(
            Vote(cell, random.choice(VERDICTS) | random.choice(AT_FOLLOW_UP)) for cell in random.sample(cells, 2)
        ),
    )


@pytest.fixture(scope="module", params=["one segment", "many segments"])
def engines(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Engine]]:
    """The arrays and plain Whoosh over the very same index; in one segment, or in many with some deleted."""
    folder = tmp_path_factory.mktemp("index")
    random = Random(7)
    writer = WhooshEngine(folder, writable=True)
    if request.param == "one segment":
        writer.apply(invented(number, random) for number in range(300))
    else:
        for start, size in ((0, 200), (200, 90), (290, 7), (297, 3)):
            writer.apply(invented(number, random) for number in range(start, start + size))
        writer.apply([invented(5, random), invented(250, random)], removed=["d0007", "d0295"])
    opened: list[Engine] = [WhooshEngine(folder, writable=False), PlainWhooshEngine(folder, writable=False)]
    yield opened
    for each in (writer, *opened):
        each.close()


stem = st.sampled_from(STEMS)
leaves: st.SearchStrategy[Node] = st.one_of(
    st.builds(Word, stem, st.sampled_from(FIELDS)),  # type: ignore[arg-type]
    st.builds(Phrase, st.lists(stem, min_size=1, max_size=3).map(tuple), st.sampled_from(FIELDS)),  # type: ignore[arg-type]
    st.builds(Prefix, st.sampled_from(["p", "po", "lo", "x"]), st.sampled_from(FIELDS)),  # type: ignore[arg-type]
    st.builds(Concept, st.sampled_from(["sleep", "pain", "absent"])),
    st.builds(Has, st.sampled_from(FACETS), st.sampled_from(["a", "b", "x"])),
    st.builds(Among, st.lists(st.sampled_from(["d0003", "d0007", "d0250", "x"]), max_size=3).map(tuple)),
    st.builds(Named, st.sampled_from(["pmid:3", "pmid:9999"])),
    st.builds(Range, st.sampled_from(["year", "n"]), st.sampled_from([None, 1993, 15]), st.sampled_from([None, 1996])),  # type: ignore[arg-type]
    st.just(All()),
)


def grown(parts: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    several = st.lists(parts, max_size=4).map(tuple)
    return st.one_of(
        st.builds(And, several),
        st.builds(Or, several),
        st.builds(Best, several),
        st.builds(Maybe, parts, parts),
        st.builds(Not, parts),
        st.builds(Boost, parts, st.sampled_from([0.2, 0.0, 3.0])),
    )


trees = st.recursive(leaves, grown, max_leaves=8)
choices = st.dictionaries(st.sampled_from(FACETS), st.sampled_from([("a",), ("a", "b"), ("x",)]), max_size=2)
orders = st.sampled_from(["relevance", "level", "newest", "oldest", "largest"])


@given(tree=trees, chosen=choices, order=orders, offset=st.sampled_from([0, 15]))
def test_any_tree_has_the_same_answer(
    engines: list[Engine], tree: Node, chosen: dict[str, tuple[str, ...]], order: str, offset: int
) -> None:
    request = Request(tree=tree, chosen=tuple(chosen.items()), order=order, offset=offset)  # type: ignore[arg-type]
    ours, plain = (each.search(request) for each in engines)
    assert (ours.total, ours.counts, ours.tally) == (plain.total, plain.counts, plain.tally)
    assert ours.scores == pytest.approx(plain.scores)
    # Sums of floats depend on their order: documents whose scores are equal but for that may change places.
    if order != "relevance" or len({round(each, 9) for each in plain.scores}) == len(plain.scores):
        assert ours.ids == plain.ids


def test_words_of_titles_are_the_same(engines: list[Engine]) -> None:
    ours, plain = (each.written() for each in engines)
    assert dict(ours) == dict(plain)
