"""Fitting a linear-chain conditional random field whose labels only go forward, many short chains at once.

The scores are those of `ingest.extractors.roles`: a chain's score is the sum, over its items, of the item's
own score for its label, what its neighbours' features say of it, and what it scores as the first or the last
of a run of its label; and a score for each step from label to label. Fitted by L-BFGS on the likelihood with
an L2 penalty (Lafferty et al. 2001; Sha and Pereira 2003). Needs SciPy: the `train` extra.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
_FORBIDDEN = -1e4


class Chains(NamedTuple):
    """Chains laid end to end: a sparse matrix (item, feature), the length of each chain, the label of each item."""

    matrix: Any
    lengths: NDArray[np.int64]
    labels: NDArray[np.int64]
    weights: Floats


class _Scores(NamedTuple):
    """Of shape (chain, place, label): an item's own score, and what it adds where its run begins or ends."""

    own: Floats
    first: Floats
    last: Floats


def fitted(chains: Chains, classes: int, *, penalty: float, iterations: int) -> tuple[Floats, Floats]:
    """Weights (feature, 5 blocks of labels: own, next, previous, first, last) and scores of steps (from, to)."""
    from scipy.optimize import minimize

    width = chains.matrix.shape[1]
    split = width * 5 * classes
    transposed = chains.matrix.T.tocsr()

    def loss(point: Floats) -> tuple[float, Floats]:
        weights = point[:split].reshape(width, 5 * classes).astype(np.float32)
        cost, flat, steps = _cost(chains, chains.matrix @ weights, point[split:].reshape(classes, classes))
        gradient = np.concatenate([(transposed @ flat.astype(np.float32)).ravel(), steps.ravel()])
        return cost + penalty / 2 * float(point @ point), gradient + penalty * point

    options = {"maxiter": iterations, "maxcor": 6, "ftol": 1e-5}
    start = np.zeros(split + classes**2)
    point = minimize(loss, start, jac=True, method="L-BFGS-B", options=options).x
    return point[:split].reshape(width, 5 * classes), point[split:].reshape(classes, classes)


def _cost(chains: Chains, flat: Floats, steps: Floats) -> tuple[float, Floats, Floats]:
    """The negative log-likelihood and its gradients by the items' scores (item, block and label) and by the steps."""
    classes = len(steps)
    chain, place = _places(chains.lengths)
    truth = np.zeros((len(chains.lengths), chains.lengths.max(), classes))
    truth[chain, place, chains.labels] = 1
    scores = _laid_out(chains, flat, classes)
    total, nodes, pairs = _expected(scores, chains.lengths, steps)
    true_pairs = truth[:, :-1, :, None] * truth[:, 1:, None, :]
    true_ends, ends = _ends(truth, true_pairs, chains.lengths), _ends(nodes, pairs, chains.lengths)
    seen = (truth * scores.own).sum((1, 2)) + (true_pairs * steps).sum((1, 2, 3))
    seen += (true_ends[0] * scores.first).sum((1, 2)) + (true_ends[1] * scores.last).sum((1, 2))
    weight = chains.weights[:, None, None]
    own = np.zeros((len(truth), truth.shape[1] + 2, classes))
    own[:, 1:-1] = weight * (nodes - truth)
    first, last = (weight * (found - true) for found, true in zip(ends, true_ends, strict=True))
    blocks = [own[chain, place + 1], own[chain, place + 2], own[chain, place], first[chain, place], last[chain, place]]
    by_step = ((pairs - true_pairs) * weight[..., None]).sum((0, 1))
    return float((chains.weights * (total - seen)).sum()), np.concatenate(blocks, axis=1), by_step


def _places(lengths: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    chain = np.repeat(np.arange(len(lengths)), lengths)
    return chain, np.arange(len(chain)) - np.repeat(np.cumsum(lengths) - lengths, lengths)


def _laid_out(chains: Chains, flat: Floats, classes: int) -> _Scores:
    chain, place = _places(chains.lengths)
    longest = chains.lengths.max()
    room = np.zeros((len(chains.lengths), longest + 2, 5 * classes))
    room[chain, place + 1] = flat
    own, after, before, first, last = np.split(room, 5, axis=2)
    return _Scores(own[:, 1:-1] + after[:, :-2] + before[:, 2:], first[:, 1:-1], last[:, 1:-1])


def _expected(scores: _Scores, lengths: NDArray[np.int64], steps: Floats) -> tuple[Floats, Floats, Floats]:
    """Per chain the log of the sum over all labellings, and the chances of labels and of pairs of labels."""
    chain, end = np.arange(len(lengths)), lengths - 1
    classes, longest = len(steps), scores.own.shape[1]
    same = np.eye(classes, dtype=bool)
    change = scores.last[:, :-1, :, None] + scores.first[:, 1:, None, :]
    ways = np.where(same, 0.0, change) + scores.own[:, 1:, None, :] + steps
    ways = np.where(np.tri(classes, k=-1, dtype=bool), _FORBIDDEN, ways)
    ahead, behind = np.zeros_like(scores.own), np.zeros_like(scores.own)
    ahead[:, 0] = scores.own[:, 0] + scores.first[:, 0]
    for i in range(1, longest):
        ahead[:, i] = _log_sum(ahead[:, i - 1, :, None] + ways[:, i - 1], 1)
    behind[chain, end] = scores.last[chain, end]
    for i in range(longest - 2, -1, -1):
        inside = i < end
        behind[inside, i] = _log_sum(ways[inside, i] + behind[inside, i + 1, None, :], 2)
    total = _log_sum(ahead[chain, end] + scores.last[chain, end], 1)
    held = np.arange(longest) < lengths[:, None]
    nodes = np.exp(ahead + behind - total[:, None, None]) * held[..., None]
    pairs = ahead[:, :-1, :, None] + ways + behind[:, 1:, None, :] - total[:, None, None, None]
    return total, nodes, np.where(held[:, 1:, None, None], np.exp(np.minimum(pairs, 0)), 0)


def _ends(nodes: Floats, pairs: Floats, lengths: NDArray[np.int64]) -> tuple[Floats, Floats]:
    """The chances (chain, place, label) that a run of the label begins there, and that it ends there."""
    chain, end = np.arange(len(lengths)), lengths - 1
    changes = pairs * ~np.eye(pairs.shape[-1], dtype=bool)
    first, last = np.zeros_like(nodes), np.zeros_like(nodes)
    first[:, 0], first[:, 1:] = nodes[:, 0], changes.sum(2)
    last[:, :-1] = changes.sum(3)
    last[chain, end] = nodes[chain, end]
    return first, last


def _log_sum(values: Floats, axis: int) -> Floats:
    most = values.max(axis, keepdims=True)
    return np.asarray((most + np.log(np.exp(values - most).sum(axis, keepdims=True))).squeeze(axis))
