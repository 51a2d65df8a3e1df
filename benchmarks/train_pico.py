"""Learn `ingest/extractors/models/pico.npz`: which words name participants, interventions and outcomes.

    python benchmarks/train_pico.py report      learn from four fifths, print token F1 on the fifth held out
    python benchmarks/train_pico.py ship        learn from all, write the model

Data: `pico_ebmnlp_dev.jsonl` (959 abstracts of EBM-NLP, a label a word); for the vectors of words the unlabelled
text of the other files beside it. The fifth is chosen by a hash of the PMID and kept from the vectors too.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.network import Network, fit_network  # noqa: E402
from benchmarks.tasks.rows import Row, rows  # noqa: E402
from benchmarks.training import MODELS  # noqa: E402
from benchmarks.word_vectors import LABELLED, Vectors, learn, texts  # noqa: E402
from ingest.extractors.pico import context, features  # noqa: E402
from ingest.extractors.pico.tagger import EAGERNESS, LABELS, Tagger, Weights  # noqa: E402
from ingest.extractors.pico.text import Text, headed  # noqa: E402
from ingest.extractors.pico.words import parted  # noqa: E402

FOLDS = 5
_STRENGTH = 50.0  # of the L2 penalty of the first look
_ROUNDS = 45
_SEEDS = (0, 1)  # networks whose mean is shipped


class Document(NamedTuple):
    """An abstract as the model sees it: `y` (words,) are the numbers of the labels."""

    text: Text
    rows: NDArray[np.intp]
    y: NDArray[np.intp]


class First(NamedTuple):
    """Weights of the first look, shape (2**BITS, labels), and their bias."""

    weights: NDArray[np.float32]
    bias: NDArray[np.float32]

    def scores(self, document: Document) -> NDArray[np.float32]:
        """A score a word and label."""
        return np.asarray(self.weights[document.rows].sum(axis=0) + self.bias)


def fold(row: Row) -> int:
    """The fifth to which an abstract belongs."""
    return crc32(row["pmid"].encode()) % FOLDS


def train(folder: Path, held_out: bool) -> None:
    """Learn and write, or report."""
    data = list(rows(folder / LABELLED))
    folds = [fold(row) for row in data]
    hidden = frozenset(row["pmid"] for row, each in zip(data, folds, strict=True) if held_out and each == 0)
    vectors = learn(texts(folder, hidden))
    reader = Tagger(_empty(vectors))
    documents = [_document(row, reader) for row in data]
    learning = [i for i, each in enumerate(folds) if not (held_out and each == 0)]
    # The second look must see first looks at abstracts from which the first did not learn.
    looks: dict[int, NDArray[np.float32]] = {}
    for each in sorted({folds[i] for i in learning}):
        first = _fit_first([documents[i] for i in learning if folds[i] != each])
        looks |= {i: first.scores(documents[i]) for i in learning if folds[i] == each}
        print(f"fold {each}", flush=True)
    first = _fit_first([documents[i] for i in learning])
    known = np.concatenate([context.numbers(documents[i].text, looks[i], reader.vectors) for i in learning])
    wanted = np.concatenate([documents[i].y for i in learning])
    network = fit_network(known, wanted, len(LABELS), seeds=_SEEDS)
    weights = _packed(vectors, first, network)
    if held_out:
        _report(Tagger(weights), [each for each, k in zip(documents, folds, strict=True) if k == 0])
    else:
        np.savez_compressed(MODELS / "pico.npz", **weights._asdict())


def _document(row: Row, reader: Tagger) -> Document:
    single = [part for sentence in row["sentences"] for part in parted(sentence)]
    here = reader.text(single, headed(single))
    wanted = np.array([LABELS.index(label) for sentence in row["labels"] for label in sentence])
    return Document(here, features.rows(here), wanted)


def _fit_first(documents: Sequence[Document]) -> First:
    """A logistic regression by L-BFGS."""
    from scipy.optimize import minimize
    from scipy.sparse import csr_matrix

    columns = np.concatenate([each.rows.T for each in documents]).astype(np.int32)
    y = np.concatenate([each.y for each in documents])
    count, width = columns.shape
    ends = np.arange(0, count * width + 1, width, dtype=np.int32)
    matrix = csr_matrix((np.ones(count * width, dtype=np.float32), columns.ravel(), ends), (count, 2**features.BITS))
    turned = matrix.T.tocsr()
    wanted = np.eye(len(LABELS), dtype=np.float32)[y]
    bias = np.log(wanted.mean(axis=0))

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        weights = flat.reshape(-1, len(LABELS)).astype(np.float32)
        scores = matrix @ weights + bias
        scores -= scores.max(axis=1, keepdims=True)
        odds = np.exp(scores)
        total = odds.sum(axis=1, keepdims=True)
        missed = np.log(total).sum(dtype=np.float64) - (scores * wanted).sum(dtype=np.float64)
        slope = turned @ (odds / total - wanted) + _STRENGTH * weights
        return missed + _STRENGTH / 2 * float((weights**2).sum()), slope.ravel().astype(np.float64)

    start = np.zeros(2**features.BITS * len(LABELS))
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": _ROUNDS, "maxcor": 6})
    return First(found.x.reshape(-1, len(LABELS)).astype(np.float32), bias.astype(np.float32))


def _packed(vectors: Vectors, first: First, network: Network) -> Weights:
    scale = (np.abs(first.weights).max(axis=0) / 127).astype(np.float32)
    small = np.round(first.weights / scale).astype(np.int8)
    return Weights(*vectors, small, scale, first.bias, *(each.astype(np.float16) for each in network))


def _empty(vectors: Vectors) -> Weights:
    """A model that only reads."""
    none, half = np.zeros(len(LABELS), dtype=np.float32), np.zeros((1, 1), dtype=np.float16)
    return Weights(*vectors, np.zeros((2, len(LABELS)), dtype=np.int8), none, none, half, half, half, half)


def _report(tagger: Tagger, documents: Sequence[Document]) -> None:
    """Print token F1 of each class and their mean, at the eagerness that is shipped and about it."""
    y = np.concatenate([each.y for each in documents])
    scores = np.concatenate([tagger.scores(each.text) for each in documents])
    for eagerness in (0.0, EAGERNESS - 0.2, EAGERNESS, EAGERNESS + 0.2):
        said = (scores - np.array([eagerness, 0, 0, 0])).argmax(axis=1)
        f1 = [2 * ((said == k) & (y == k)).sum() / ((said == k).sum() + (y == k).sum()) for k in (1, 2, 3)]
        named = ", ".join(f"{name} {each:.3f}" for name, each in zip(LABELS[1:], f1, strict=True))
        print(f"eagerness {eagerness:.1f}: macro F1 {np.mean(f1):.4f} ({named}) of {len(documents)} abstracts")


def main() -> None:
    """Run the command."""
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("what", choices=("report", "ship"))
    cli.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    given = cli.parse_args()
    train(given.shared / "eval", held_out=given.what == "report")


if __name__ == "__main__":
    main()
