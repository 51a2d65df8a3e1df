"""How well the search ranks, beside its peers, on collections of questions with judgements.

    python benchmarks/relevance.py ../shared/retrieval [--json FILE] [--only NAME] [--words] [--vectors FOLDER]

FOLDER holds collections, or is one: `docs.jsonl.gz`, `queries.tsv`, `qrels.tsv` (`benchmarks.ir_measures` reads
them). Each document becomes a publication without facts, indexed by our engine in a temporary folder; each question
goes the way of a person's: read, misspellings mended, answered tier by tier. Peers: BM25 as `bm25s` has it, SQLite's
FTS5 with its Porter stems, and MiniLM alone; those that are not installed are left out. Meaning costs 28 ms a document:
`--words` leaves it out, `--vectors` keeps it for the next run. `--pooled` puts all collections into one index.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any

import click
import msgspec

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.ir_measures import Collection, Document, Estimate, Question, bootstrap, ndcg, read, recall  # noqa: E402
from kb.extraction import Extraction  # noqa: E402
from kb.index.document import document  # noqa: E402
from kb.index.engine import Engine  # noqa: E402
from kb.index.meanings import FOLDER, Meanings, MeaningWriter  # noqa: E402
from kb.index.tree import Found, Node, Request  # noqa: E402
from kb.index.whoosh_engine import WhooshEngine  # noqa: E402
from kb.publication import Publication  # noqa: E402
from kb.question import read as read_question  # noqa: E402
from kb.record import Record  # noqa: E402
from kb.search.asking import Asked  # noqa: E402
from kb.search.index import Meaning  # noqa: E402
from kb.search.spelling import Spelling  # noqa: E402
from kb.semantic import Model, VectorWriter, load_model  # noqa: E402
from kb.vocabulary import Vocabulary, load_vocabulary  # noqa: E402

DEPTH = 100  # the recall's rank; nDCG is at 10
SEED = 1

Rank = Callable[[str], Sequence[str]]


class Line(msgspec.Struct, frozen=True):
    """One system on one collection; `cpu` in milliseconds a question."""

    collection: str
    system: str
    ndcg: Estimate
    recall: Estimate
    cpu: float


class BenchIndex:
    """An engine as the search wants it, without a store."""

    def __init__(self, engine: Engine, meanings: Meanings | None) -> None:
        self._engine, self._meanings = engine, meanings
        self._written: Mapping[str, int] | None = None

    @property
    def revision(self) -> int:
        """See `kb.search.index.Index`."""
        return 0

    def search(self, request: Request) -> tuple[Found, int]:
        """See `kb.search.index.Index`."""
        return self._engine.search(request), 0

    def count(self, nodes: Sequence[Node]) -> tuple[int, ...]:
        """See `kb.search.index.Index`."""
        return self._engine.count(nodes)

    def written(self) -> Mapping[str, int]:
        """See `kb.search.index.Index`."""
        if self._written is None:
            self._written = self._engine.written()
        return self._written

    def meaning(self, question: str) -> Meaning | None:
        """See `kb.search.index.Index`."""
        return self._meanings.of(question) if self._meanings else None


def publication(id: str, title: str, text: str) -> Publication:
    """A document of a collection as the house holds one."""
    record = Record(source="benchmark", key=id, format="csv_table", title=title, abstract=text or None)
    nothing = Extraction(version="none")
    return Publication(id=id, revision=1, record=record, sources=(), members=(record,), machine=nothing, facts=nothing)


def indexed(collection: Collection, folder: Path, vocabulary: Vocabulary) -> Engine:
    """The collection in our engine."""
    engine = WhooshEngine(folder, writable=True)
    engine.apply(document(publication(each.id, each.title, each.text), vocabulary) for each in collection.documents)
    return engine


def meant(collection: Collection, folder: Path, model: Model) -> Meanings:
    """The meanings of the collection, those that are not in `folder` yet made."""
    writer = MeaningWriter(folder, model)
    known = VectorWriter(folder / FOLDER, model.name).ids()
    writer.add([publication(each.id, each.title, each.text) for each in collection.documents if each.id not in known])
    return Meanings(folder, model)


def ours(collection: Collection, engine: Engine, vocabulary: Vocabulary, meanings: Meanings | None) -> Rank:
    """Our search over the collection."""
    texts = {each.id: f"{each.title} {each.text}" for each in collection.documents}
    index = BenchIndex(engine, meanings)
    spelling = Spelling(index, vocabulary)

    def rank(question: str) -> Sequence[str]:
        reading = read_question(question, vocabulary, mend=spelling.mend)
        return Asked(reading, (), "relevance", index, lambda ids: [texts[id] for id in ids]).page(0, DEPTH)

    return rank


def fts5(collection: Collection) -> Rank:
    """SQLite's full-text search: any word of the question, its BM25."""
    base = sqlite3.connect(":memory:")
    base.execute("create virtual table texts using fts5(id unindexed, body, tokenize='porter unicode61')")
    rows = ((each.id, f"{each.title} {each.text}") for each in collection.documents)
    base.executemany("insert into texts values (?, ?)", rows)

    def rank(question: str) -> Sequence[str]:
        words = "".join(letter if letter.isalnum() else " " for letter in question).split()
        asked = " OR ".join(f'"{word}"' for word in words)
        found = base.execute("select id from texts where texts match ? order by rank limit ?", (asked, DEPTH))
        return [id for (id,) in found]

    return rank


def bm25s(collection: Collection) -> Rank:
    """The library of that name, with its own analysis and Snowball stems."""
    import bm25s as library
    import Stemmer

    stemmer = Stemmer.Stemmer("english")

    def tokens(texts: list[str]) -> Any:
        return library.tokenize(texts, stopwords="en", stemmer=stemmer, show_progress=False)

    index = library.BM25()
    index.index(tokens([f"{each.title} {each.text}" for each in collection.documents]), show_progress=False)
    ids = [each.id for each in collection.documents]

    def rank(question: str) -> Sequence[str]:
        found, scores = index.retrieve(tokens([question]), k=min(DEPTH, len(ids)), show_progress=False)
        return [ids[number] for number, score in zip(found[0], scores[0], strict=True) if score > 0]

    return rank


def measured(collection: Collection, system: str, rank: Rank) -> Line:
    """The measures of a system."""
    start = process_time()
    rankings = [(rank(each.text), each.grades) for each in collection.questions]
    cpu = (process_time() - start) * 1_000 / len(rankings)
    return Line(
        collection.name,
        system,
        bootstrap([ndcg(ranking, grades) for ranking, grades in rankings], seed=SEED),
        bootstrap([recall(ranking, grades, DEPTH) for ranking, grades in rankings], seed=SEED),
        cpu,
    )


def minilm(meanings: Meanings) -> Rank:
    """Meaning alone."""

    def rank(question: str) -> Sequence[str]:
        meaning = meanings.of(question)
        return [id for id, _ in meaning.nearest(DEPTH)] if meaning else []

    return rank


def lines(collection: Collection, vocabulary: Vocabulary, model: Model | None, kept: Path | None) -> Iterator[Line]:
    """Every system that is installed, on one collection."""
    with TemporaryDirectory(prefix="relevance-") as folder:
        engine = indexed(collection, Path(folder), vocabulary)
        yield measured(collection, "touchstone", ours(collection, engine, vocabulary, None))
        if model:
            meanings = meant(collection, (kept or Path(folder)) / collection.name, model)
            yield measured(collection, "with meaning", ours(collection, engine, vocabulary, meanings))
            yield measured(collection, "minilm", minilm(meanings))
    yield measured(collection, "fts5", fts5(collection))
    try:
        yield measured(collection, "bm25s", bm25s(collection))
    except ModuleNotFoundError:
        return


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--json", "file", type=click.Path(dir_okay=False, path_type=Path), help="Write the figures here too.")
@click.option("--only", multiple=True, help="Of these collections alone.")
@click.option("--pooled", "together", is_flag=True, help="All collections in one index.")
@click.option("--words", is_flag=True, help="Without meaning.")
@click.option("--vectors", type=click.Path(file_okay=False, path_type=Path), help="Keeps vectors between runs.")
def main(
    folder: Path, file: Path | None, only: tuple[str, ...], together: bool, words: bool, vectors: Path | None
) -> None:
    """Measure the search on the collections in FOLDER."""
    vocabulary, model = load_vocabulary(), None if words else load_model()
    folders = [folder] if (folder / "docs.jsonl.gz").exists() else sorted(folder.glob("*/"))
    found = []
    click.echo(f"{'collection':<12}{'system':<14}{'nDCG@10':<24}{'Recall@100':<24}{'ms CPU':>8}")
    held = [each for each in folders if (each / "docs.jsonl.gz").exists() and (not only or each.name in only)]
    for collection in [pooled([read(each) for each in held])] if together else map(read, held):
        for line in lines(collection, vocabulary, model, vectors):
            found.append(line)
            figures = f"{shown(line.ndcg):<24}{shown(line.recall):<24}{line.cpu:>8.1f}"
            click.echo(f"{line.collection:<12}{line.system:<14}{figures}")
    if file:
        file.write_bytes(msgspec.json.format(msgspec.json.encode(found)))


def pooled(collections: Sequence[Collection], most: int = 300) -> Collection:
    """All documents in one index, and at most so many questions of each collection."""
    documents: list[Document] = []
    questions: list[Question] = []
    for each in collections:
        documents += [msgspec.structs.replace(held, id=f"{each.name}/{held.id}") for held in each.documents]
        for asked in each.questions[:most]:
            grades = {f"{each.name}/{id}": grade for id, grade in asked.grades.items()}
            questions.append(Question(f"{each.name}/{asked.id}", asked.text, grades))
    return Collection("pooled", tuple(documents), tuple(questions))


def shown(estimate: Estimate) -> str:
    """A mean with its 95 % interval."""
    return f"{estimate.mean:.4f} [{estimate.low:.3f}, {estimate.high:.3f}]"


if __name__ == "__main__":
    main()
