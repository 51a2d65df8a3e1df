"""The meanings of an index's documents, kept beside the engine's files in the folder of a generation.

Only where the `semantic` extra is installed and not turned off. They follow the store by its revisions as the engine
does, by a note of their own: the extra may come later, or be turned off for a while.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kb.publication import Publication
from kb.semantic import Model, Vectors, VectorWriter
from kb.store import Store

FOLDER = "vectors"
_NOTE = "followed"
_BATCH = 100  # publications between two writings: some seconds of work, the most that a kill costs
_REMEMBERED = 256  # questions whose vectors are kept

Vector = NDArray[np.float32]


class Meaning:
    """How near publications are to one question. See `kb.search.index.Meaning`."""

    def __init__(self, vector: Vector, vectors: Vectors) -> None:
        self._vector, self._vectors = vector, vectors

    def nearest(self, most: int) -> Sequence[tuple[str, float]]:
        """The ids of the `most` nearest, the nearest first."""
        return self._vectors.nearest(self._vector, most)

    def near(self, ids: Sequence[str]) -> Sequence[float | None]:
        """How near each of `ids` is; None where that is not known."""
        return self._vectors.likeness(self._vector, ids)


class Meanings:
    """Reads the meanings of a generation, and gives those of questions."""

    def __init__(self, generation: Path, model: Model) -> None:
        self._vectors = Vectors(generation / FOLDER, model.name)
        self._vector: Callable[[str], Vector] = lru_cache(_REMEMBERED)(lambda text: model.vectors([text])[0])

    def of(self, question: str) -> Meaning | None:
        """The meaning of a question; None while no document has one. Sees what was written since the last."""
        self._vectors.refresh()
        return Meaning(self._vector(question), self._vectors) if len(self._vectors) else None


class MeaningWriter:
    """Writes the meanings of a generation. What it has followed of the store it notes beside them."""

    def __init__(self, generation: Path, model: Model) -> None:
        self._folder, self._model = generation / FOLDER, model
        self._writer = VectorWriter(self._folder, model.name)

    def follow(self, store: Store) -> None:
        """Give every publication that was changed since the last time its meaning, in place of an older one."""
        changed = store.changes(self._followed())
        for start in range(0, len(changed), _BATCH):
            batch = changed[start : start + _BATCH]
            self.add(tuple(store.publications([id for _, id in batch])))
            (self._folder / _NOTE).write_text(f"{self._model.name}\n{batch[-1][0]}", encoding="utf-8")

    def add(self, publications: Sequence[Publication]) -> None:
        """Give each of `publications` its meaning."""
        if publications:
            texts = [passage(each) for each in publications]
            self._writer.add([each.id for each in publications], self._model.vectors(texts))

    def _followed(self) -> int:
        """The store's revision up to which this model's meanings are there; 0 where there are none, or another's."""
        try:
            model, revision = (self._folder / _NOTE).read_text(encoding="utf-8").split("\n")
        except (OSError, ValueError):
            return 0
        return int(revision) if model == self._model.name and self._writer.ids() else 0


def passage(publication: Publication) -> str:
    """What a publication means is read in its title and the beginning of its abstract, or of our summary."""
    record = publication.record
    title = record.title if record.title.endswith((".", "?", "!")) else f"{record.title}."
    return f"{title} {record.abstract or record.summary or ''}".strip()
