"""The second look at each word: what the first look made of it, of its neighbours and of the same word elsewhere.

A name once seen for what it is ("received X") is the same thing wherever the text has it, and a sentence that
speaks of outcomes speaks of them at its end too. So the scores of the first look, about the word, over its
sentence and over all places that have the word, are the numbers from which the second judges.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ingest.extractors.pico.text import CONTEXTS, Text

_AROUND = 5  # words on either side whose scores count
_CLIP = 6.0  # log-odds beyond which a score says no more
_DOUBT = 0.7  # of a word that stands nowhere else little is known: its mean is drawn towards 0

_Floats = NDArray[np.float32]


def numbers(text: Text, scores: _Floats, vectors: _Floats) -> _Floats:
    """What is known of each word, shape (words, numbers); `scores` (words, labels) of the first look, O first."""
    odds = np.exp(scores - scores.max(axis=1, keepdims=True))
    chances = (odds / odds.sum(axis=1, keepdims=True))[:, 1:]
    logits = np.clip(scores[:, 1:] - scores[:, :1], -_CLIP, _CLIP) / 3
    parts = [
        _window(text, np.hstack([logits, chances, np.ones((len(scores), 1), dtype=np.float32)]), _AROUND),
        _elsewhere(text, "word", chances),
        _window(text, _elsewhere(text, "stem", chances), 2),
        _by_sentence(text, chances),
        _standing(text, len(vectors) - 1),
        _window(text, vectors[text.of("vector").astype(np.intp)], 1),
    ]
    return np.hstack(parts, dtype=np.float32)


def _window(text: Text, values: _Floats, around: int) -> _Floats:
    """`values` of each word and its neighbours; zeros beyond its sentence."""
    wide = np.zeros((len(text.sentence), values.shape[1]), dtype=np.float32)
    wide[text.places] = values
    shifted = [wide[text.places + each] for each in range(-around, around + 1)]
    return np.hstack(shifted)


def _elsewhere(text: Text, column: str, chances: _Floats) -> _Floats:
    """The mean of `chances` over the other places with the same value of `column`, and how many they are."""
    _, which, times = np.unique(text.of(column), return_inverse=True, return_counts=True)
    others = (times[which] - 1)[:, None]
    mean = (_sums(which, chances, len(times))[which] - chances) / (others + _DOUBT)
    return np.hstack([mean, np.minimum(others, 5) / 5], dtype=np.float32)


def _by_sentence(text: Text, chances: _Floats) -> _Floats:
    """Means and greatest of `chances` over the sentence, those beside it, those before it, the title and the text."""
    which, count = text.sentence[text.places], len(text.lengths)
    means = _sums(which, chances, count) / np.maximum(text.lengths, 1)[:, None]
    most = np.zeros((count, chances.shape[1]), dtype=np.float32)
    filled = text.lengths > 0
    begins = (np.cumsum(text.lengths) - text.lengths)[filled]
    most[filled] = np.maximum.reduceat(chances, begins)
    none = np.zeros((1, chances.shape[1]), dtype=np.float32)
    before = np.vstack([none, np.maximum.accumulate(most)[:-1]])
    everywhere = np.tile(np.hstack([means[0], chances.mean(axis=0), most.max(axis=0)]), (count, 1))
    beside = (np.vstack([none, means[:-1]]), np.vstack([means[1:], none]))
    return np.asarray(np.hstack([means, *beside, most, before, everywhere], dtype=np.float32)[which])


def _standing(text: Text, unknown: int) -> _Floats:
    """Where the word stands: its section, its place in text and sentence, how often it is said."""
    sentence, count = text.sentence[text.places], len(text.lengths)
    inside = text.places - text.start[text.places]
    length = text.lengths[sentence]
    context = np.zeros((len(inside), CONTEXTS), dtype=np.float32)
    context[np.arange(len(inside)), text.of("context").astype(np.intp)] = 1
    nth = text.of("nth")
    columns = (
        sentence / max(1, count - 1),
        np.minimum(inside, 20) / 20,
        np.minimum(length - inside, 20) / 20,
        np.minimum(length, 60) / 60,
        text.of("bracket"),
        nth == 0,
        nth == 1,
        text.of("times") / 4,
        text.of("in_title"),
        text.of("function") != 0,
        text.of("vector") == unknown,
    )
    return np.hstack([context, np.stack(columns, axis=1)], dtype=np.float32)


def _sums(which: NDArray[np.intp], values: _Floats, count: int) -> _Floats:
    return np.stack([np.bincount(which, each, count) for each in values.T], axis=1).astype(np.float32)
