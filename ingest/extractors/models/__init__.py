"""What was learnt from labelled abstracts, as numbers: linear models over hashed features.

Where wording has no end of variants a table of rules stops paying, and weights learnt from examples go on.
They stay small and quick: a feature is a string, its CRC-32 names a row of weights (a byte a class), a score
is the sum of the rows. Nothing heavier than NumPy is needed to run them, the same text gives the same
scores on every machine, and no sentence of the examples can be read out of them.

Each `.npz` beside this file is made by `benchmarks/train_<name>.py`, which names its data.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

__all__ = ["Linear", "load", "rows"]


class Linear:
    """Weights of shape (2**bits, classes) in steps of `scale` (a float a class), and a bias a class."""

    def __init__(
        self,
        labels: Sequence[str],
        weights: NDArray[np.int8],
        scale: NDArray[np.float32],
        bias: NDArray[np.float32],
    ) -> None:
        self.labels = tuple(labels)
        self._weights, self._scale, self._bias = weights, scale, bias
        self._mask = len(weights) - 1

    def scores(self, features: Iterable[str]) -> NDArray[np.float32]:
        """A score a class (log-odds up to a constant) for an example with these features."""
        total = self._weights[rows(features, self._mask)].sum(axis=0, dtype=np.int32)
        return np.asarray(total * self._scale + self._bias, dtype=np.float32)

    def probabilities(self, features: Iterable[str]) -> NDArray[np.float32]:
        """The softmax of the scores."""
        scores = self.scores(features)
        odds = np.exp(scores - scores.max())
        return np.asarray(odds / odds.sum(), dtype=np.float32)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """What a file of the model holds, by name."""
        return {"labels": np.array(self.labels), "weights": self._weights, "scale": self._scale, "bias": self._bias}

    def label(self, features: Iterable[str]) -> str:
        """The class with the highest score, the first of equals."""
        return self.labels[int(self.scores(features).argmax())]


def rows(features: Iterable[str], mask: int) -> list[int]:
    """The rows of the weights that `features` name; `mask` is their number less one, a power of two less one."""
    return [crc32(each.encode()) & mask for each in dict.fromkeys(features)]


@cache
def load(name: str) -> Linear:
    """The model `name`, read when it is first asked for."""
    with np.load(Path(__file__).with_name(f"{name}.npz"), allow_pickle=False) as stored:
        return Linear([str(each) for each in stored["labels"]], stored["weights"], stored["scale"], stored["bias"])
