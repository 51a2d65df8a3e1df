"""The meanings of an index's documents, kept beside the engine's files in the folder of a generation.

Only where the `semantic` extra is installed and not turned off. The vectors follow the store as the engine does;
what has none yet (the extra came later, a run was killed) is given one at the next refresh.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kb.publication import Publication
from kb.semantic import Model, Vectors, VectorWriter

FOLDER = "vectors"
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
    """Writes the meanings of a generation."""

    def __init__(self, generation: Path, model: Model) -> None:
        self._writer, self._model = VectorWriter(generation / FOLDER, model.name), model

    def add(self, publications: Iterable[Publication]) -> None:
        """Give each of `publications` its meaning, in place of an older one."""
        batch: list[Publication] = []
        for each in publications:
            batch.append(each)
            if len(batch) == _BATCH:
                self._write(batch)
                batch = []
        self._write(batch)

    def lacking(self, ids: frozenset[str]) -> Sequence[str]:
        """Those of `ids` that have no meaning yet."""
        return sorted(ids - self._writer.ids())

    def _write(self, batch: Sequence[Publication]) -> None:
        if batch:
            self._writer.add([each.id for each in batch], self._model.vectors([passage(each) for each in batch]))


def passage(publication: Publication) -> str:
    """What a publication means is read in its title and the beginning of its abstract, or of our summary."""
    record = publication.record
    title = record.title if record.title.endswith((".", "?", "!")) else f"{record.title}."
    return f"{title} {record.abstract or record.summary or ''}".strip()
