"""How good a ranking is: nDCG and recall at a rank, with their uncertainty, and the collections they are taken on.

A ranking is the identifiers of documents, best first; judgements are the grades of one question's documents, where
zero (or no grade at all) means not relevant. A question without a relevant document has no measure.

- nDCG: K. Järvelin, J. Kekäläinen, "Cumulated gain-based evaluation of IR techniques", ACM TOIS 20(4), 2002. The gain
  is the grade itself and the discount log2(1 + rank), as in trec_eval's `ndcg_cut`; the ideal ranking is that of all
  judged documents of the question.
- Recall at k: the share of the relevant documents that are among the first k (trec_eval's `recall`).
- Interval: the percentile bootstrap over questions: B. Efron, R. Tibshirani, "An Introduction to the Bootstrap", 1993,
  chapter 13; for retrieval T. Sakai, "Evaluating evaluation metrics based on the bootstrap", SIGIR 2006. Two systems
  are compared by the interval of their differences, question by question.

A collection is a folder of three files: `docs.jsonl.gz` (one object of id, title and text on a line), `queries.tsv`
(identifier, tab, question) and `qrels.tsv` (question, document, grade).
"""

from __future__ import annotations

import gzip
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from math import log2
from pathlib import Path

import msgspec
import numpy as np

Grades = Mapping[str, int]  # by document


class Document(msgspec.Struct, frozen=True):
    """A document of a collection."""

    id: str
    title: str
    text: str


class Question(msgspec.Struct, frozen=True):
    """A question of a collection, with the grades of its judged documents."""

    id: str
    text: str
    grades: dict[str, int]


class Collection(msgspec.Struct, frozen=True):
    """Documents, and the questions that can be measured on them: those with a relevant document."""

    name: str
    documents: tuple[Document, ...]
    questions: tuple[Question, ...]


class Estimate(msgspec.Struct, frozen=True):
    """A mean over questions and the bounds of its confidence interval."""

    mean: float
    low: float
    high: float
    n: int


def ndcg(ranking: Sequence[str], grades: Grades, k: int = 10) -> float:
    """The normalized discounted cumulated gain of the first `k` of `ranking`, between 0 and 1."""
    best = _gain(sorted((grade for grade in grades.values() if grade > 0), reverse=True)[:k])
    if not best:
        raise ValueError("Without a relevant document there is no ideal ranking.")
    return _gain([max(grades.get(each, 0), 0) for each in _distinct(ranking[:k])]) / best


def recall(ranking: Sequence[str], grades: Grades, k: int = 100) -> float:
    """The share of the relevant documents that are among the first `k` of `ranking`."""
    relevant = {document for document, grade in grades.items() if grade > 0}
    if not relevant:
        raise ValueError("Without a relevant document there is no recall.")
    return len(relevant.intersection(ranking[:k])) / len(relevant)


def bootstrap(values: Sequence[float], *, seed: int, level: float = 0.95, samples: int = 2000) -> Estimate:
    """The mean of `values` (one a question) with its percentile bootstrap interval; one seed, one answer."""
    if not values:
        raise ValueError("No question was measured.")
    given = np.asarray(values, dtype=np.float64)
    drawn = np.random.default_rng(seed)
    means = [float(given[drawn.integers(0, given.size, given.size)].mean()) for _ in range(samples)]
    low, high = np.quantile(means, ((1 - level) / 2, (1 + level) / 2))
    return Estimate(float(given.mean()), float(low), float(high), given.size)


def difference(these: Sequence[float], those: Sequence[float], *, seed: int, level: float = 0.95) -> Estimate:
    """How much `these` exceed `those` in the mean, both being measures of the same questions in the same order."""
    return bootstrap([a - b for a, b in zip(these, those, strict=True)], seed=seed, level=level)


def read(folder: Path) -> Collection:
    """The collection in `folder`."""
    with gzip.open(folder / "docs.jsonl.gz") as lines:
        documents = tuple(msgspec.json.decode(line, type=Document) for line in lines if line.strip())
    judged: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for question, document, grade in _rows(folder / "qrels.tsv", 3):
        judged[question][document] = int(grade)
    questions = (Question(id, text, judged.get(id, {})) for id, text in _rows(folder / "queries.tsv", 2))
    return Collection(
        folder.name, documents, tuple(each for each in questions if any(grade > 0 for grade in each.grades.values()))
    )


def _gain(grades: Sequence[int]) -> float:
    return sum(grade / log2(1 + rank) for rank, grade in enumerate(grades, start=1))


def _distinct(ranking: Sequence[str]) -> Sequence[str]:
    if len(set(ranking)) < len(ranking):
        raise ValueError("A document is ranked twice.")
    return ranking


def _rows(path: Path, columns: int) -> Iterator[list[str]]:
    """The rows of a table without a heading; a tab in the last column belongs to it."""
    with path.open(encoding="utf-8", newline="\n") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            row = line.rstrip("\r\n").split("\t", columns - 1)
            if len(row) != columns:
                raise ValueError(f"{path.name}, line {number}: {columns} columns were expected.")
            yield row
