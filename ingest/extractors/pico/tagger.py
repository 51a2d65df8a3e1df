"""Labels of words by two looks: a linear model over hashed features, then a small network over what it said.

A model of one look at a time cannot know that a name, plain in one sentence, is the same in the next; the second
look can (stacking: Wolpert 1992, doi 10.1016/S0893-6080(05)80023-1). Both run on whole abstracts in NumPy.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ingest.extractors.labels import Role
from ingest.extractors.pico import context, features
from ingest.extractors.pico.lexicon import Lexicon
from ingest.extractors.pico.text import Text, text

Label = Literal["O", "I-PAR", "I-INT", "I-OUT"]
LABELS: tuple[Label, ...] = ("O", "I-PAR", "I-INT", "I-OUT")
# O is the most frequent by far and is said too often where F1 of the others is to be best. From 0.5 to 0.9 the F1
# hardly changes (`benchmarks/train_pico.py report`).
EAGERNESS = 0.7
_FILE = Path(__file__).parents[1] / "models" / "pico.npz"


class Weights(NamedTuple):
    """What a file of the model holds; L labels, V words, D numbers, H hidden units."""

    keys: NDArray[np.uint32]  # (V,) CRC-32 of the known words, sorted
    classes: NDArray[np.uint16]  # (V, 3)
    vectors: NDArray[np.int8]  # (V, 32) in steps of 1/64
    first: NDArray[np.int8]  # (2**BITS, L)
    first_scale: NDArray[np.float32]  # (L,)
    first_bias: NDArray[np.float32]  # (L,)
    hidden: NDArray[np.float16]  # (D, H)
    hidden_bias: NDArray[np.float16]  # (H,)
    output: NDArray[np.float16]  # (H, L)
    output_bias: NDArray[np.float16]  # (L,)


class Tagger:
    """The model, ready to run."""

    def __init__(self, weights: Weights) -> None:
        self.lexicon = Lexicon(weights.keys, weights.classes)
        known = weights.vectors.astype(np.float32) / 64
        self.vectors = np.vstack([known, np.zeros((1, known.shape[1]), dtype=np.float32)])
        # The four bytes of a row travel as one number; they are parted again before they are summed.
        self._first = np.ascontiguousarray(weights.first).view(np.uint32)[:, 0]
        self._scale, self._bias = weights.first_scale, weights.first_bias
        self._hidden, self._hidden_bias, self._output, self._output_bias = (
            each.astype(np.float32) for each in weights[-4:]
        )

    def text(self, sentences: Sequence[Sequence[str]], roles: Sequence[Role | None]) -> Text:
        """The columns of an abstract, its title being the first sentence."""
        return text(sentences, roles, self.lexicon)

    def first_look(self, here: Text) -> NDArray[np.float32]:
        """A score a word and label."""
        drawn = (
            np.ascontiguousarray(self._first[features.rows(here)])
            .view(np.int8)
            .reshape(len(features.TEMPLATES), -1, len(LABELS))
        )
        return np.asarray(drawn.sum(axis=0, dtype=np.int32) * self._scale + self._bias, dtype=np.float32)

    def scores(self, here: Text) -> NDArray[np.float32]:
        """A score a word and label, in the light of the whole text; shape (words, labels)."""
        known = context.numbers(here, self.first_look(here), self.vectors)
        hidden = np.maximum(known @ self._hidden + self._hidden_bias, 0)
        return np.asarray(hidden @ self._output + self._output_bias)

    def labels(self, sentences: Sequence[Sequence[str]], roles: Sequence[Role | None]) -> list[list[Label]]:
        """A label a word of each sentence."""
        if not any(sentences):
            return [[] for _ in sentences]
        scores = self.scores(self.text(sentences, roles))
        scores[:, 0] -= EAGERNESS
        flat = iter(scores.argmax(axis=1).tolist())
        return [[LABELS[next(flat)] for _ in each] for each in sentences]


@cache
def load() -> Tagger:
    """The shipped model, read when it is first asked for."""
    with np.load(_FILE, allow_pickle=False) as stored:
        arrays: dict[str, Any] = {name: stored[name] for name in Weights._fields}
    return Tagger(Weights(**arrays))
