"""A network of one hidden layer, learnt by Adam with dropout: little enough for NumPy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

_Floats = NDArray[np.float32]
_HIDDEN = 64
_EPOCHS = 12
_BATCH = 256
_RATE = 2e-3
_DECAY = 1e-4
_DROPPED = (0.1, 0.3)  # of the numbers given, of the hidden units
_MOMENTUM, _SCATTER = 0.9, 0.998


class Network(NamedTuple):
    """relu(x @ hidden + hidden_bias) @ output + output_bias."""

    hidden: _Floats
    hidden_bias: _Floats
    output: _Floats
    output_bias: _Floats


def fit_network(x: _Floats, y: NDArray[np.intp], labels: int, *, seeds: Sequence[int]) -> Network:
    """The mean of a network a seed, as one network; `x` (examples, numbers) as they come, unscaled."""
    mean, spread = x.mean(axis=0), x.std(axis=0) + 0.02
    scaled = (x - mean) / spread
    found = [_fit(scaled, np.eye(labels, dtype=np.float32)[y], np.random.default_rng(seed)) for seed in seeds]
    hidden = np.asarray(np.hstack([each.hidden for each in found]) / spread[:, None], dtype=np.float32)
    bias = np.concatenate([each.hidden_bias for each in found]) - mean @ hidden
    output = np.asarray(np.vstack([each.output for each in found]) / len(found), dtype=np.float32)
    output_bias = np.mean([each.output_bias for each in found], axis=0)
    return Network(hidden, bias, output, np.asarray(output_bias, dtype=np.float32))


def _fit(x: _Floats, wanted: _Floats, chance: np.random.Generator) -> Network:
    layers = [
        (chance.standard_normal((x.shape[1], _HIDDEN)) * np.sqrt(1.5 / x.shape[1])).astype(np.float32),
        np.zeros(_HIDDEN, dtype=np.float32),
        (chance.standard_normal((_HIDDEN, wanted.shape[1])) * 0.1).astype(np.float32),
        np.zeros(wanted.shape[1], dtype=np.float32),
    ]
    first, second = [np.zeros_like(each) for each in layers], [np.zeros_like(each) for each in layers]
    steps, step = _EPOCHS * (len(x) // _BATCH), 0
    for _ in range(_EPOCHS):
        order = chance.permutation(len(x))
        for begin in range(0, len(x) - _BATCH + 1, _BATCH):
            step += 1
            batch = order[begin : begin + _BATCH]
            rate = _RATE * (1 - step / steps)
            for i, slope in enumerate(_slopes(layers, x[batch], wanted[batch], chance)):
                first[i] += (1 - _MOMENTUM) * (slope - first[i])
                second[i] += (1 - _SCATTER) * (slope**2 - second[i])
                sure = np.sqrt(second[i] / (1 - _SCATTER**step)) + 1e-8
                layers[i] = np.asarray(layers[i] - rate / (1 - _MOMENTUM**step) * first[i] / sure, dtype=np.float32)
    return Network(*layers)


def _slopes(layers: list[_Floats], x: _Floats, wanted: _Floats, chance: np.random.Generator) -> tuple[_Floats, ...]:
    hidden, hidden_bias, output, output_bias = layers
    kept_x, kept_h = (1 - each for each in _DROPPED)
    kept = chance.random(x.shape, dtype=np.float32) < kept_x
    x = np.asarray(x * kept / kept_x, dtype=np.float32)
    inner = x @ hidden + hidden_bias
    gate = (inner > 0) * ((chance.random(inner.shape, dtype=np.float32) < kept_h) / np.float32(kept_h))
    inner = inner * gate
    scores = inner @ output + output_bias
    odds = np.exp(scores - scores.max(axis=1, keepdims=True))
    off = (odds / odds.sum(axis=1, keepdims=True) - wanted) / np.float32(len(x))
    back = off @ output.T * gate
    decay = np.float32(_DECAY)
    return x.T @ back + decay * hidden, back.sum(axis=0), inner.T @ off + decay * output, off.sum(axis=0)
