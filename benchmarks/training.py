"""Fitting the models of `ingest/extractors/models`: features in, a `.npz` of bytes out.

Needs what running them does not: `.venv/bin/python -m pip install -e ".[train]"`. The `train_*.py` scripts
beside it say which labelled data each is learnt from; these are not part of the project.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.extractors.models import Linear, rows

MODELS = Path(__file__).resolve().parents[1] / "ingest" / "extractors" / "models"


def fit(
    examples: Sequence[Sequence[str]],
    labels: Sequence[str],
    *,
    bits: int,
    c: float,
    balanced: bool = False,
    counts: Sequence[float] | None = None,
) -> Linear:
    """A logistic regression (L2, inverse strength `c`) of `labels` on the features, its weights rounded to bytes.

    `counts` say how much each example counts, if not all alike.
    """
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    columns = [rows(each, 2**bits - 1) for each in examples]
    ends = np.cumsum([0, *map(len, columns)])
    flat = np.fromiter((each for row in columns for each in row), dtype=np.int32)
    matrix = csr_matrix((np.ones(len(flat), dtype=np.float32), flat, ends), shape=(len(examples), 2**bits))
    matrix.sum_duplicates()
    regression = LogisticRegression(C=c, max_iter=400, class_weight="balanced" if balanced else None)
    regression.fit(matrix, list(labels), sample_weight=counts)
    weights, bias = regression.coef_, regression.intercept_
    if len(regression.classes_) == 2:  # one row of log-odds: for the second class, against the first
        weights, bias = np.vstack([-weights / 2, weights / 2]), np.array([-bias[0] / 2, bias[0] / 2])
    return in_bytes([str(each) for each in regression.classes_], weights.T, bias)


def in_bytes(labels: list[str], weights: NDArray[np.float64], bias: NDArray[np.float64]) -> Linear:
    """A model of these weights (row, class), rounded to bytes."""
    scale = np.maximum(np.abs(weights).max(axis=0), 1e-6) / 127
    rounded = np.round(weights / scale).astype(np.int8)
    return Linear(labels, rounded, scale.astype(np.float32), bias.astype(np.float32))


def save(model: Linear, name: str) -> Path:
    """Write `model` to the models' folder as `name`."""
    path = MODELS / f"{name}.npz"
    arrays: dict[str, Any] = model.arrays()
    np.savez_compressed(path, **arrays)
    return path
