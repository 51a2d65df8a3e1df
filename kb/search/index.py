"""What a search needs of an index: `kb.index.IndexReader` gives it, and a benchmark brings one of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from kb.index.tree import Found, Node, Request


class Meaning(Protocol):
    """How near publications are to a question in meaning, whatever their words: cosines, larger is nearer."""

    def nearest(self, most: int) -> Sequence[tuple[str, float]]:
        """The ids of the `most` nearest, the nearest first."""

    def near(self, ids: Sequence[str]) -> Sequence[float | None]:
        """How near each of `ids` is; None where that is not known."""


class Index(Protocol):
    """A generation of an index."""

    def search(self, request: Request) -> tuple[Found, int]:
        """The answer, and the store's revision as of which it holds."""

    def count(self, nodes: Sequence[Node]) -> tuple[int, ...]:
        """How many documents match each of `nodes`."""

    def written(self) -> Mapping[str, int]:
        """The words of the titles, and how many documents have each."""

    @property
    def revision(self) -> int:
        """The store's revision as of which it answers now."""

    def meaning(self, question: str) -> Meaning | None:
        """The meaning of a question, where the `semantic` extra is installed."""
