"""The first look at each word: hashed features of the word and its neighbours, all of a text at once.

A feature is a combination of columns at shifts (`TEMPLATES`); its values are mixed to a row of the weights by
multiplication, the bits that overflow being dropped, so that no string is built for it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ingest.extractors.pico.text import EDGE, ROW, Text

BITS = 18
_Part = tuple[str, int]


def _at(name: str, *shifts: int) -> tuple[tuple[_Part, ...], ...]:
    return tuple(((name, shift),) for shift in shifts)


TEMPLATES: tuple[tuple[_Part, ...], ...] = (
    *_at("word", -2, -1, 0, 1, 2),
    *_at("stem", 0),
    *_at("suffix3", 0),
    *_at("suffix4", 0),
    *_at("prefix3", 0),
    *_at("prefix5", 0),
    *_at("shape", -1, 0, 1),
    *_at("middle", -3, -2, -1, 0, 1, 2, 3),
    *_at("fine", -1, 0, 1),
    (("word", -1), ("word", 0)),
    (("word", 0), ("word", 1)),
    (("fine", -1), ("fine", 0)),
    (("fine", 0), ("fine", 1)),
    (("middle", -1), ("middle", 1)),
    (("middle", -2), ("middle", -1)),
    (("middle", 1), ("middle", 2)),
    (("middle", -1), ("middle", 0), ("middle", 1)),
    (("coarse", -2), ("coarse", -1), ("coarse", 0)),
    (("coarse", 0), ("coarse", 1), ("coarse", 2)),
    (("context", 0),),
    (("context", 0), ("word", 0)),
    (("context", 0), ("fine", 0)),
    (("context", 0), ("coarse", -1), ("coarse", 0)),
    (("context", 0), ("coarse", 0), ("coarse", 1)),
    (("last", 0),),
    (("last", 0), ("since", 0)),
    (("last", 0), ("last_but_one", 0)),
    (("last", 0), ("middle", 0)),
    (("next", 0), ("until", 0)),
    (("next", 0), ("middle", 0)),
    (("last", 0), ("next", 0)),
    (("context", 0), ("last", 0)),
    (("bracket", 0), ("shape", 0)),
    (("bracket", 0), ("context", 0), ("last", 0)),
    (("times", 0), ("nth", 0)),
    (("in_title", 0), ("context", 0)),
    (("times", 0), ("middle", 0)),
    (("in_title", 0), ("times", 0), ("coarse", 0)),
    (("nth", 0), ("context", 0), ("coarse", 0)),
    (("opening", 0),),
    (("opening_class", 0), ("middle", 0)),
)
# Odd numbers without pattern: a factor for the first, second and third part of a feature, and one to mix them.
_FACTORS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], dtype=np.uint64)
_MIX = np.uint64(0xD6E8FEB86659FD93)
_SALTS = (np.arange(1, len(TEMPLATES) + 1, dtype=np.uint64) * np.uint64(0xA0761D6478BD642F))[:, None]


def rows(text: Text) -> NDArray[np.intp]:
    """The rows of the weights, shape (templates, words)."""
    multiplied = _FACTORS[:, None, None] * (text.columns + np.uint64(1))
    width = multiplied.shape[2] - 2 * EDGE
    mixed = np.empty((len(TEMPLATES), width), dtype=np.uint64)
    for into, parts in zip(mixed, TEMPLATES, strict=True):
        into[:] = 0
        for column, (name, shift) in zip(multiplied, parts, strict=False):
            into += column[ROW[name], EDGE + shift : EDGE + shift + width]
    mixed = mixed[:, text.places - EDGE] ^ _SALTS
    mixed ^= mixed >> np.uint64(31)
    mixed *= _MIX
    return np.asarray(mixed >> np.uint64(64 - BITS), dtype=np.intp)
