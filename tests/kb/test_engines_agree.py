"""All engines give the same answer to the same question: trees at random over some hundred documents at random."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from itertools import pairwise
from random import Random

import pytest

from kb.facets import FACETS
from kb.index import ENGINES, EXTRAS
from kb.index.document import Document
from kb.index.engine import Engine
from kb.index.tree import (
    All,
    And,
    Boost,
    Concept,
    Found,
    Has,
    Maybe,
    Named,
    Node,
    Not,
    Or,
    Order,
    Phrase,
    Prefix,
    Range,
    Request,
    TextField,
    Word,
)
from kb.text import stems
from kb.votes import Cell, Says, Vote

WORDS = "warp weft loom kiln clay glaze thread spun woven dyed fired baked threaded looms o'clock Ærø ﷺ".split()
STEMS = sorted({stem for word in WORDS for stem in stems(word)})
VALUES = ("red", "green", "blue", "Light Blue")
CELLS = tuple(Cell(outcome, comparator) for outcome in ("sleep", "pain") for comparator in ("active", "inactive"))
AT_FOLLOW_UP = (Says(0), Says.LATER, Says.LATER | Says.LATER_ELSE)
ORDERS: tuple[Order, ...] = ("relevance", "level", "newest", "oldest", "largest")
FIELDS: tuple[TextField, ...] = ("text", "title", "container")


def document(number: int, random: Random) -> Document:
    title, *rest = (" ".join(random.choices(WORDS, k=random.randint(1, 6))) for _ in range(random.randint(1, 4)))
    year = random.choice((None, *range(1990, 2000)))
    facets = {each: tuple(random.sample(VALUES, random.randint(0, 2))) for each in FACETS}
    return Document(
        id=f"p{number * 7919 % 1000:03}",
        texts=(("text", (title, *rest)), ("title", (title,)), ("container", tuple(rest[:1]))),
        facets=tuple((facets | {"year": (str(year),) if year else ()}).items()),
        concepts=tuple((value, random.randint(1, 3)) for value in facets["condition"]),
        identifiers=(f"pmid:{number}", f"doi:10.5555/Sample {number % 50}"),
        year=year,
        n=random.choice((None, 2**40, *range(8))),
        level=random.choice((None, 1, 2, 3, 4, 5)),
        study=random.choice((None, None, f"study {number % 20}")),
        votes=tuple(
            Vote(cell, Says(random.randint(1, 31)) | random.choice(AT_FOLLOW_UP))
            for cell in CELLS
            if random.random() < 0.4
        ),
    )


@pytest.fixture(scope="module")
def engines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Engine]]:
    """Every engine that is installed over the same documents, which came in several commits, some of them again."""
    random = Random(2)
    documents = [document(number, random) for number in range(240)]
    again = [document(number, random) for number in range(0, 240, 9)]
    removed = [each.id for each in documents[::11]]
    installed = [name for name in ENGINES if name not in EXTRAS or find_spec(EXTRAS[name])]
    opened = [ENGINES[name](tmp_path_factory.mktemp(name), writable=True) for name in installed]
    for engine in opened:
        for start, end in pairwise((0, 100, 200, 240)):
            engine.apply(documents[start:end])
        engine.apply(again, removed)
    yield opened
    for engine in opened:
        engine.close()


def leaf(random: Random) -> Node:
    field = random.choice(FIELDS)
    match random.randint(0, 9):
        case 0 | 1 | 2:
            return Word(random.choice(STEMS), field)
        case 3:
            return Phrase(tuple(random.choices(STEMS, k=random.randint(1, 3))), field)
        case 4:
            return Prefix(random.choice(STEMS)[: random.randint(1, 3)], field)
        case 5:
            return Concept(random.choice(VALUES))
        case 6:
            return Has(random.choice(FACETS), random.choice((*VALUES, "1995")))
        case 7:
            return Named(f"doi:10.5555/Sample {random.randint(0, 60)}")
        case 8:
            low, high = random.choice((None, -5, 0, 2, 1992)), random.choice((None, -5, 0, 5, 1996, 2**70))
            return Range(random.choice(("year", "n")), low, high)  # type: ignore[arg-type]
        case _:
            return All()


def grown(random: Random, depth: int) -> Node:
    if depth == 0:
        return leaf(random)
    part = grown(random, depth - 1)
    match random.randint(0, 6):
        case 0 | 1:
            return And((part, *(grown(random, depth - 1) for _ in range(random.randint(0, 2)))))
        case 2 | 3:
            return Or((part, *(grown(random, depth - 1) for _ in range(random.randint(0, 2)))))
        case 4:
            return Maybe(part, grown(random, depth - 1))
        case 5:
            return Not(part)
        case _:
            return Boost(part, random.choice((0.5, 2.0)))


def choice(random: Random) -> tuple[tuple[str, tuple[str, ...]], ...]:
    chosen = random.sample(FACETS, random.choice((0, 0, 1, 2)))
    return tuple((facet, tuple(random.sample((*VALUES, "1995"), random.randint(1, 2)))) for facet in chosen)


def agreed(engines: list[Engine], request: Request) -> Found:
    first, *others = [engine.search(request) for engine in engines]
    for other in others:
        assert other == first, request
    return first


@pytest.mark.parametrize("seed", range(80))
def test_engines_find_count_and_tally_the_same(engines: list[Engine], seed: int) -> None:
    random = Random(seed)
    asked = Request(tree=grown(random, random.randint(0, 3)), chosen=choice(random), limit=1000)
    first, *others = [engine.search(asked) for engine in engines]
    for other in others:
        assert sorted(other.ids) == sorted(first.ids), asked
        assert (other.total, other.counts, other.tally) == (first.total, first.counts, first.tally), asked


@pytest.mark.parametrize("seed", range(30))
def test_engines_order_and_cut_pages_the_same(engines: list[Engine], seed: int) -> None:
    """Where nothing has a score, for scores are each engine's own."""
    random = Random(seed)
    tree = Not(Not(grown(random, random.randint(0, 2))))
    for order in ORDERS:
        whole = agreed(engines, Request(tree=tree, order=order, limit=1000, counted=False)).ids
        start, size = random.randint(0, 220), random.randint(0, 30)
        page = agreed(engines, Request(tree=tree, order=order, offset=start, limit=size, counted=False))
        assert page.ids == whole[start : start + size]
        if whole:
            at = random.randrange(len(whole))
            page = agreed(engines, Request(tree=tree, order=order, after=whole[at], limit=size, counted=False))
            assert page.ids == whole[at + 1 : at + 1 + size]


@pytest.mark.parametrize("seed", range(30))
def test_a_page_is_a_part_of_the_whole_in_every_order(engines: list[Engine], seed: int) -> None:
    random = Random(seed)
    tree = grown(random, random.randint(0, 2))
    for order in ORDERS:
        start, size = random.randint(0, 60), random.randint(1, 30)
        for engine in engines:
            whole = engine.search(Request(tree=tree, order=order, limit=1000, counted=False))
            page = engine.search(Request(tree=tree, order=order, offset=start, limit=size, counted=False))
            assert page.ids == whole.ids[start : start + size], (engine, order, tree)
            assert len(whole.ids) == whole.total == page.total


def test_engines_know_the_same_documents(engines: list[Engine]) -> None:
    first, *others = [engine.ids() for engine in engines]
    assert len(first) > 200
    assert all(other == first for other in others)
