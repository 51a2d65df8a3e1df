"""What `benchmarks/search.py` tries beside speed: the same answers as plain Whoosh, hostile questions, many at once."""

from __future__ import annotations

import multiprocessing
import random
import shutil
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, islice, pairwise
from math import isclose
from pathlib import Path
from threading import Thread
from typing import Any

import msgspec
import numpy as np

from benchmarks.search_corpus import Question
from benchmarks.search_peers import OURS
from kb.index import ENGINES, IndexReader
from kb.index.document import SCHEMA, Document
from kb.index.index import State
from kb.index.placing import raised
from kb.index.tree import And, Found, Node, Not, Or, Phrase, Prefix, Request, Word
from kb.index.whoosh_engine import WhooshEngine
from kb.index.whoosh_plain import PlainWhooshEngine
from kb.index.whoosh_query import compiled
from kb.question import read, rungs
from kb.text import stems
from kb.vocabulary import Vocabulary, load_vocabulary

MOST = 300.0  # milliseconds that a hostile question may take
COMMITS, THREADS, PROCESSES = 20, 16, 4
NEAR = 1e-9  # of a score: what sums of floating numbers differ by when added in another order

Asked = dict[str, list[Question]]


def parity(scratch: Path, held: Sequence[Document], asked: Asked, most: int) -> int:
    """Whether our engine answers as plain Whoosh does, on one segment and on many with deleted documents.

    The twenty ids must be the same in the same order. Where they are not, each pair of ids at one place must be a tie:
    in both engines their scores, with what the design adds, differ by less than `NEAR` of them.
    """
    vocabulary, wrong = load_vocabulary(), 0
    rounds = zip(*asked.values(), _named(vocabulary, len(asked["phrase"])), strict=True)
    trees = list(islice((_tree(each) for each in chain.from_iterable(rounds)), most))
    for name, parts in (("one segment", [held]), ("many segments", _parts(held))):
        ours = WhooshEngine(scratch / name, writable=True)
        before: Sequence[Document] = ()
        for part in parts:
            ours.apply(part, [each.id for each in before[1::50]])
            before = part
        plain = PlainWhooshEngine(scratch / name, writable=False)
        outcome = Counter(_compared(each, ours, plain) for each in trees)
        told = ", ".join(f"{each}: {number} ({number / len(trees):.2%})" for each, number in outcome.most_common())
        print(f"{name} ({len(ours._segments())}), {len(held)} documents, {len(trees)} questions: {told}", flush=True)
        wrong += outcome["different"]
        ours.close()
        plain.close()
    return int(wrong > 0)


def hostile(folder: Path) -> int:
    """The questions that killed other engines, read and answered; and trees that are worse than any that is read."""
    vocabulary, engine = load_vocabulary(), ENGINES[OURS](folder, writable=False)
    took: list[tuple[float, str]] = []

    def tried(name: str, made: Callable[[], Sequence[Node]]) -> None:
        best = float("inf")
        for repeat in range(3):
            began = time.perf_counter()
            engine._reading.forget()  # type: ignore[attr-defined]
            for node in made():
                engine.search(Request(tree=node, limit=20 + repeat))
            best = min(best, (time.perf_counter() - began) * 1e3)
        took.append((best, name))

    for text in _hostile_texts(vocabulary):
        tried(repr(text[:60]), lambda text=text: [each.tree for each in rungs(read(text, vocabulary))])  # type: ignore[misc]
    for name, made in _hostile_trees():
        tried(name, lambda made=made: [made])  # type: ignore[misc]
    engine.close()
    took.sort(reverse=True)
    print(f"{len(took)} hostile questions, all facets and the tally counted; the slowest of them:")
    print("\n".join(f"{each:>10.1f} ms  {name}" for each, name in took[:12]))
    return int(took[0][0] > MOST)


def threads(scratch: Path, source: Path, new: Sequence[Document], asked: Asked) -> int:
    """Ask from sixteen threads of one process and from four more while this one commits.

    What must be answered at each revision is told beforehand by one thread on a copy. An answer is right when it is
    that of its revision, or of a later one: a reader may see a commit before the note of it is written.
    """
    several = [each for kind in asked.values() for each in kind[:3]]
    requests = list(map(_request, several))
    commits = [(new[at % len(new)], f"d{at * 7:07d}") for at in range(COMMITS)]
    shutil.copytree(source, scratch / "alone")
    told = list(_followed(scratch / "alone", commits, requests))
    (scratch / "told.json").write_bytes(msgspec.json.encode([several, told]))
    index = scratch / "index"
    shutil.copytree(source, index / f"{OURS}-000001")
    _note(index, 0)
    (index / "CURRENT").write_text(f"{OURS}-000001")
    context = multiprocessing.get_context("spawn")
    answers: Any = context.SimpleQueue()
    numbers = [THREADS, *[1] * PROCESSES]
    readers = [context.Process(target=_reading, args=(scratch, number, answers)) for number in numbers]
    for each in readers:
        each.start()
    writer = ENGINES[OURS](index / f"{OURS}-000001", writable=True)
    for revision, (document, removed) in enumerate(commits, 1):
        time.sleep(0.4)
        writer.apply([document], [removed])
        _note(index, revision)
    time.sleep(1)
    (scratch / "stop").touch()
    outcomes = [Counter(answers.get()) for _ in readers]
    for reader in readers:
        reader.join()
    writer.close()
    for number, outcome in zip(numbers, outcomes, strict=True):
        print(f"a process with {number} threads: {dict(outcome.most_common())}")
    together = sum(outcomes, Counter())
    print(f"together: {dict(together)}; {COMMITS} commits, {len(requests)} questions")
    return int(any(each not in ("as told", "as told of a later revision") for each in together))


def _request(asked: Question) -> Request:
    return Request(tree=asked.tree(), counted=asked.counted != "none")


def _tree(asked: Question | Node) -> Node:
    return asked.tree() if isinstance(asked, Question) else asked


def _named(vocabulary: Vocabulary, count: int) -> list[Node]:
    """Questions as people ask them, read."""
    chance = random.Random(count)
    pairs = [(chance.choice(vocabulary.concepts("technique")), chance.choice(vocabulary.concepts("condition")))
             for _ in range(count)]  # fmt: skip
    return [rungs(read(f"does {one.name} help {two.name}", vocabulary))[-1].tree for one, two in pairs]


def _parts(held: Sequence[Document]) -> list[Sequence[Document]]:
    """Commits that shrink, so that their segments stay apart; the last ones replace what other commits brought."""
    cuts = [int(len(held) * (1 - 0.5**number)) for number in range(9)]
    large = [held[low:high] for low, high in pairwise(cuts) if high > low]
    return [*large, *([each] for each in held[cuts[-1] :]), *([each] for each in held[:: max(25, len(held) // 20)])]


def _compared(asked: Node, ours: WhooshEngine, plain: PlainWhooshEngine) -> str:
    request = Request(tree=asked)
    one, two = ours.search(request), plain.search(request)
    if (one.total, one.counts, one.tally) != (two.total, two.counts, two.tally):
        return "different"
    if one.ids == two.ids:
        return "equal"
    scores = (_scores(asked, ours), _scores(asked, plain))
    pairs = [(a, b) for a, b in zip(one.ids, two.ids, strict=True) if a != b]
    tied = all(isclose(held[a], held[b], rel_tol=NEAR) for held in scores for a, b in pairs)
    return "equal but for ties" if tied else "different"


def _scores(asked: Node, engine: WhooshEngine | PlainWhooshEngine) -> dict[str, float]:
    """What every document that matches is ordered by."""
    if isinstance(engine, WhooshEngine):
        assert engine._reading is not None
        table, hits = engine._reading.columns, engine._reading.match(asked)
        documents, scores = hits.documents, hits.scores
    else:
        table, searcher = engine._columns, engine._searcher
        found = dict(searcher.search(compiled(asked, searcher), limit=None).items())
        documents = np.array([engine._numbers[each] for each in found], np.int32)
        scores = np.array(list(found.values()), np.float64)
    keys = raised(table, documents, scores)
    return {table.ids[number]: float(key) for number, key in zip(documents, keys, strict=True)}


def _hostile_texts(vocabulary: Vocabulary) -> Iterator[str]:
    from tests.kb.test_question import HOSTILE

    yield from HOSTILE
    yield from ("massage~5", "NOT massage " * 70, "-massage " * 70, "sup*", "s*", "a* b* c* d* e* f*", "x" * 10_000)
    names = [each.name for each in vocabulary.concepts()][:300]
    yield from (" OR ".join(names), " ".join(names), '"' + '" "'.join(names) + '"', '"the of and in" ' * 20)
    yield from (
        "massage massage massage pain pain " * 2_000,
        "massage AND (pain OR (sleep AND (" * 60,
        "title:s* " * 40,
    )


def _hostile_trees() -> Iterator[tuple[str, Node]]:
    usual = [
        Word(each) for each in stems("of the and in to with for was were a by on or as from after than at that we")
    ]
    nested: Node = usual[0]
    for _ in range(70):
        nested = Not(nested)
    yield "Not in Not, seventy deep", nested
    yield "And of seventy Nots", And(tuple(Not(each) for each in (usual * 4)[:70]))
    yield "Or of the twenty commonest words", Or(tuple(usual))
    yield "Or of three hundred of them", Or(tuple(usual) * 15)
    yield "Prefix of nothing", Prefix("")
    yield "Or of Prefixes a to z", Or(tuple(Prefix(each) for each in "abcdefghijklmnopqrstuvwxyz"))
    yield "Phrase of the commonest words", Phrase(stems("of the"))
    yield "Or of twenty such phrases", Or(tuple(Phrase(("the", each.stem)) for each in usual))


def _followed(folder: Path, commits: Sequence[tuple[Document, str]], requests: list[Request]) -> Iterator[list[Found]]:
    engine = ENGINES[OURS](folder, writable=True)
    yield [engine.search(each) for each in requests]
    for document, removed in commits:
        engine.apply([document], [removed])
        yield [engine.search(each) for each in requests]
    engine.close()


def _note(index: Path, revision: int) -> None:
    """Write which revision the index holds, at one stroke."""
    draft = index / f"{OURS}-000001" / "state.json.new"
    draft.write_bytes(msgspec.json.encode(State(OURS, SCHEMA, revision)))
    draft.replace(draft.with_name("state.json"))


def _reading(scratch: Path, number: int, answers: Any) -> None:
    """A process that asks until it is stopped, with that many threads and one reader."""
    sys.setswitchinterval(0.0005)
    written = (scratch / "told.json").read_bytes()
    several, told = msgspec.json.decode(written, type=tuple[list[Question], list[list[Found]]])
    requests = list(map(_request, several))
    reader = IndexReader(scratch / "index", OURS, ENGINES[OURS])
    seen: Counter[str] = Counter()

    def asking(seed: int) -> None:
        chance = random.Random(seed)
        while not (scratch / "stop").exists():
            at = chance.randrange(len(requests))
            try:
                found, revision = reader.search(requests[at])
            except Exception as error:  # every error is to be counted
                seen[f"{type(error).__name__}: {error}"] += 1
                continue
            later = [answer[at] for answer in told[revision + 1 :]]
            right = "as told" if found == told[revision][at] else "as told of a later revision"
            seen[right if right == "as told" or found in later else "WRONG"] += 1

    asking_threads = [Thread(target=asking, args=(seed,)) for seed in range(number)]
    for each in asking_threads:
        each.start()
    for each in asking_threads:
        each.join()
    reader.close()
    answers.put(dict(seen))
