"""The port: what every search engine must do. The same contract tests run over each of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from kb.index.document import Document
from kb.index.tree import Found, Node, Request


class Engine(Protocol):
    """An open engine over one folder. It holds no truth: everything in it can be made again from the store.

    `apply` is one commit and is repeatable; a reader sees it whole after `refresh`, and never half. A
    damaged folder ends in `kb.errors.IndexUnavailableError`, from any method.
    """

    def apply(self, documents: Iterable[Document], removed: Iterable[str] = ()) -> None:
        """Index `documents`, each in place of one of the same id, and forget `removed`."""

    def refresh(self) -> None:
        """See the last commit."""

    def search(self, request: Request) -> Found:
        """Answer a request, in the order that `kb.index.ranking` tells."""

    def count(self, nodes: Sequence[Node]) -> tuple[int, ...]:
        """How many documents match each of `nodes`."""

    def written(self) -> Mapping[str, int]:
        """The words of the titles, as written in small letters, and how many documents have each in theirs."""

    def ids(self) -> frozenset[str]:
        """The ids of all documents."""

    def close(self) -> None:
        """Let go of the folder."""


class EngineFactory(Protocol):
    """Opens an engine over `folder`; a writable one makes the folder if it is not there."""

    def __call__(self, folder: Path, *, writable: bool) -> Engine: ...
