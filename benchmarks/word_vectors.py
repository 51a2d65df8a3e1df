"""Which words are used alike: vectors of words and classes of words, learnt from unlabelled abstracts.

A word's neighbours, one and two places to either side and within eight, weighed by pointwise mutual information
and reduced by a singular value decomposition (Levy & Goldberg 2014), then clustered in three grains. What is kept
of a word is a checksum of its spelling, its vector and its classes: no text can be read out of it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from benchmarks.tasks.rows import Row, rows
from ingest.extractors.pico.lexicon import key
from ingest.extractors.pico.words import WORD

LABELLED = "pico_ebmnlp_dev.jsonl"
_TOKENISED = ("roles_train", "roles_dev", "roles_piboso_train", "roles_piboso_dev")
_WHOLE = ("design", "pico_breast", "outcomes_evidenceoutcomes", "sample_size", "primary_endpoint", "direction_train")
_RAW = "raw_medline.txt"
_LEAST = 4  # times that a word must occur
_NEIGHBOURS = 4000  # the most frequent words, by which the others are known
_NAMES_ONLY = 100  # the most frequent of these tell nothing from afar
_DIMENSIONS = 32
_GRAINS = (32, 128, 512)


class Vectors(NamedTuple):
    """As `ingest.extractors.pico.tagger.Weights` has them."""

    keys: NDArray[np.uint32]
    classes: NDArray[np.uint16]
    vectors: NDArray[np.int8]


def texts(folder: Path, without: frozenset[str]) -> Iterable[list[str]]:
    """The words of every abstract in `folder` once, but for the PMIDs of `without`."""
    seen = set(without)
    for row in _records(folder):
        pmid = str(row.get("pmid") or "")
        if pmid and pmid in seen:
            continue
        seen.add(pmid)
        if isinstance(row["sentences"][0], list):
            yield [word for sentence in row["sentences"] for word in sentence]
        else:
            yield WORD.findall(" ".join(row["sentences"]))


def _records(folder: Path) -> Iterable[Row]:
    yield from rows(folder / LABELLED)
    for name in _TOKENISED:
        yield from rows(folder / f"{name}.jsonl")
    for name in _WHOLE:
        for row in rows(folder / f"{name}.jsonl"):
            if text := row.get("text") or row.get("abstract"):
                yield {"pmid": row.get("pmid"), "sentences": [f"{row.get('title') or ''} . {text}"]}
    for record in re.split(r"\n\s*\n", (folder / _RAW).read_text(encoding="utf-8")):
        pmid = re.search(r"^PMID- (\d+)", record, re.MULTILINE)
        abstract = re.search(r"^AB  - (.*?)(?=^\w+ *- )", record, re.DOTALL | re.MULTILINE)
        if pmid and abstract:
            yield {"pmid": pmid[1], "sentences": [abstract[1]]}


def learn(documents: Iterable[Sequence[str]]) -> Vectors:
    """Vectors and classes of the words of `documents`."""
    from scipy.sparse import hstack
    from sklearn.cluster import MiniBatchKMeans
    from sklearn.utils.extmath import randomized_svd

    keyed = [[key(word) for word in document] for document in documents]
    counts = Counter(word for document in keyed for word in document)
    words = [word for word, count in counts.most_common() if count >= _LEAST]
    number = {word: i for i, word in enumerate(words)}
    line = np.array([number.get(word, -1) for document in keyed for word in [*document, *[""] * 8]])
    near = [_informed(line, len(words), (shift,), 0) for shift in (-2, -1, 1, 2)]
    far = _informed(line, len(words), [sign * shift for shift in range(3, 9) for sign in (1, -1)], _NAMES_ONLY)
    left, strengths, _ = randomized_svd(hstack([*near, far * 0.7]).tocsr(), 2 * _DIMENSIONS, n_iter=4, random_state=0)
    vectors = left * np.sqrt(strengths)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9
    classes = np.stack(
        [
            MiniBatchKMeans(grain, random_state=0, n_init=3, batch_size=4096, max_iter=60).fit_predict(vectors)
            for grain in _GRAINS
        ],
        axis=1,
    )
    keys = np.array([crc32(word.encode()) for word in words], dtype=np.uint32)
    keys, kept = np.unique(keys, return_index=True)
    whole = np.round(vectors[kept, :_DIMENSIONS] * 64).astype(np.int8)
    return Vectors(keys, classes[kept].astype(np.uint16), whole)


def _informed(line: NDArray[np.int64], words: int, shifts: Sequence[int], first: int) -> Any:
    """Positive pointwise mutual information of words and their neighbours at `shifts`, shape (words, neighbours)."""
    from scipy.sparse import coo_matrix

    pairs = []
    for shift in shifts:
        beside = np.roll(line, -shift)
        kept = (line >= 0) & (beside >= first) & (beside < _NEIGHBOURS)
        pairs.append(np.stack([line[kept], beside[kept]]))
    row, column = np.concatenate(pairs, axis=1)
    weight = np.full(len(row), 1.0 if len(shifts) == 1 else 0.5)
    counted = coo_matrix((weight, (row, column)), shape=(words, _NEIGHBOURS)).tocsr().tocoo()
    of_word = np.asarray(counted.sum(axis=1)).ravel()
    of_neighbour = np.asarray(counted.sum(axis=0)).ravel() ** 0.75
    expected = of_word[counted.row] * of_neighbour[counted.col] / of_neighbour.sum()
    informed = np.maximum(np.log(counted.data / expected), 0) * counted.data / (counted.data + 1)
    return coo_matrix((informed, (counted.row, counted.col)), shape=counted.shape).tocsr()
