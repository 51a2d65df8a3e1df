"""The index of a home: a view of the store "as of revision N", in a folder that can be thrown away.

    index/CURRENT            the name of the generation in use
    index/<generation>/      an engine's files, vectors/ if any, and state.json: engine, schema, revision

Catching up, updating and rebuilding are one loop: index what changed since the revision noted. The note
is written after the engine's commit, so a crash between the two only means that some documents are
indexed again. A rebuild fills a new generation and then points CURRENT at it: readers of the old one are
never disturbed.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from threading import Lock
from typing import TypeVar

import msgspec

from kb.errors import IndexUnavailableError
from kb.index.document import SCHEMA
from kb.index.engine import Engine, EngineFactory
from kb.index.meanings import FOLDER as MEANINGS
from kb.index.meanings import Meaning, Meanings, MeaningWriter
from kb.index.studies import Studies
from kb.index.tree import Found, Node, Request
from kb.semantic import Model
from kb.store import Store
from kb.vocabulary import Vocabulary

BATCH = 8_000  # publications a commit
T = TypeVar("T")


class State(msgspec.Struct, frozen=True):
    """What a generation holds: which engine's files, of which schema, as of which revision of the store."""

    engine: str
    schema: int
    revision: int


class IndexReader:
    """Answers from the current generation, and follows the writer from commit to commit.

    One thread at a time: a Whoosh searcher shared by threads gives errors and, worse, wrong answers
    without any. Python's lock makes this no slower; more processes make it quicker.
    """

    def __init__(self, folder: Path, engine: str, factory: EngineFactory, model: Model | None = None) -> None:
        self._folder, self._name, self._factory, self._model = folder, engine, factory, model
        self._meanings: Meanings | None = None
        self._open: tuple[str, State, Engine] | None = None
        self._written: tuple[State | None, Mapping[str, int]] = (None, {})
        self._lock = Lock()

    def search(self, request: Request) -> tuple[Found, int]:
        """The answer, and the store's revision as of which it holds."""
        return self._asked(lambda state, engine: (engine.search(request), state.revision))

    def count(self, nodes: Sequence[Node]) -> tuple[int, ...]:
        """How many documents match each of `nodes`."""
        return self._asked(lambda _, engine: engine.count(nodes))

    def written(self) -> Mapping[str, int]:
        """The words of the titles, and how many documents have each; made once a revision."""
        return self._asked(self._words)

    def meaning(self, question: str) -> Meaning | None:
        """The meaning of a question, where the `semantic` extra is installed."""
        if self._model is None:
            return None
        meanings = self._asked(lambda *_: self._meanings)
        return meanings.of(question) if meanings else None

    @property
    def revision(self) -> int:
        """The revision that the index holds."""
        return self._asked(lambda state, _: state.revision)

    def _asked(self, ask: Callable[[State, Engine], T]) -> T:
        with self._lock:
            try:
                return ask(*self._current())
            except IndexUnavailableError:
                # The writer may just have replaced a file that was about to be opened; a new look tells.
                self._close()
                return ask(*self._current())

    def _words(self, state: State, engine: Engine) -> Mapping[str, int]:
        if self._written[0] != state:
            self._written = (state, engine.written())
        return self._written[1]

    def _current(self) -> tuple[State, Engine]:
        generation, state = _read_state(self._folder, self._name)
        if self._open is None or self._open[0] != generation:
            self._close()
            self._open = (generation, state, self._factory(self._folder / generation, writable=False))
            self._meanings = Meanings(self._folder / generation, self._model) if self._model else None
        elif self._open[1] != state:
            self._open[2].refresh()
            self._open = (generation, state, self._open[2])
        return self._open[1], self._open[2]

    def close(self) -> None:
        """Let go of the files."""
        with self._lock:
            self._close()

    def _close(self) -> None:
        if self._open is not None:
            self._open[2].close()
            self._open = None


class IndexWriter:
    """Keeps the index abreast of the store. Used by one process at a time, never by the web."""

    def __init__(
        self, folder: Path, engine: str, factory: EngineFactory, vocabulary: Vocabulary, model: Model | None = None
    ) -> None:
        self._folder, self._name, self._factory = folder, engine, factory
        self._vocabulary, self._model = vocabulary, model

    def refresh(self, store: Store, progress: Callable[[int, int], None] | None = None) -> int:
        """Index what changed; rebuild where the index is lost, damaged or of another schema.

        Returns how many publications were indexed. `progress` is called with (done, total).
        """
        try:
            generation, state = _read_state(self._folder, self._name)
            engine = self._factory(self._folder / generation, writable=True)
        except IndexUnavailableError:
            return self.rebuild(store, progress)
        try:
            return self._follow(store, engine, generation, state.revision, progress)
        except IndexUnavailableError:
            return self.rebuild(store, progress)
        finally:
            engine.close()

    def rebuild(self, store: Store, progress: Callable[[int, int], None] | None = None) -> int:
        """Make the index anew from the store, beside the old one, and then use it."""
        generation = _next_generation(self._folder, self._name)
        shutil.rmtree(self._folder / generation, ignore_errors=True)
        self._keep_meanings(generation)
        engine = self._factory(self._folder / generation, writable=True)
        try:
            count = self._follow(store, engine, generation, 0, progress)
        finally:
            engine.close()
        _write(self._folder / "CURRENT", generation.encode())
        for old in self._folder.iterdir():
            if old.is_dir() and old.name != generation:
                shutil.rmtree(old, ignore_errors=True)
        return count

    def _keep_meanings(self, generation: str) -> None:
        """Take the meanings of the generation in use along: to make them again costs most of a rebuild."""
        try:
            current = self._folder / (self._folder / "CURRENT").read_text().strip() / MEANINGS
        except OSError:
            return
        if self._model and current.is_dir():
            shutil.copytree(current, self._folder / generation / MEANINGS)

    def followed(self) -> int:
        """The store's revision up to which the index has followed it; 0 where there is no usable index."""
        try:
            return _read_state(self._folder, self._name)[1].revision
        except IndexUnavailableError:
            return 0

    def problems(self, store: Store) -> tuple[str, ...]:
        """What differs between index and store; empty when the one is a true view of the other."""
        try:
            generation, state = _read_state(self._folder, self._name)
            engine = self._factory(self._folder / generation, writable=False)
        except IndexUnavailableError as error:
            return (str(error),)
        try:
            indexed, stored = engine.ids(), frozenset(store.ids())
        finally:
            engine.close()
        found = (
            [f"index: holds revision {state.revision} of {store.revision}"] if state.revision != store.revision else []
        )
        found += [f"index: {each} is missing" for each in sorted(stored - indexed)]
        found += [f"index: {each} is not in the store" for each in sorted(indexed - stored)]
        return tuple(found)

    def _follow(
        self,
        store: Store,
        engine: Engine,
        generation: str,
        since: int,
        progress: Callable[[int, int], None] | None,
    ) -> int:
        changed, studies = store.changes(since), Studies(store)
        for batch, done in _batches(changed):
            ids = studies.touched([publication for _, publication in batch])
            engine.apply(studies.documents(ids, self._vocabulary), store.gone(ids))
            self._note(generation, batch[-1][0])
            if progress:
                progress(done, len(changed))
        if not changed:
            self._note(generation, since)
        if self._model:
            MeaningWriter(self._folder / generation, self._model).follow(store)
        return len(changed)

    def _note(self, generation: str, revision: int) -> None:
        state = State(self._name, SCHEMA, revision)
        _write(self._folder / generation / "state.json", msgspec.json.encode(state))


def _batches(changed: Sequence[tuple[int, str]]) -> Iterator[tuple[Sequence[tuple[int, str]], int]]:
    for at in range(0, len(changed), BATCH):
        batch = changed[at : at + BATCH]
        yield batch, at + len(batch)


def _read_state(folder: Path, engine: str) -> tuple[str, State]:
    try:
        generation = (folder / "CURRENT").read_text().strip()
        state = msgspec.json.decode((folder / generation / "state.json").read_bytes(), type=State)
    except (OSError, ValueError) as error:
        raise IndexUnavailableError(f"there is no usable index in {folder}") from error
    if (state.engine, state.schema) != (engine, SCHEMA):
        raise IndexUnavailableError(f"the index is {state.engine} schema {state.schema}, not {engine} schema {SCHEMA}")
    return generation, state


def _next_generation(folder: Path, engine: str) -> str:
    folder.mkdir(parents=True, exist_ok=True)
    numbers = [int(each.name.rpartition("-")[2]) for each in folder.glob(f"{engine}-[0-9]*") if each.is_dir()]
    return f"{engine}-{max(numbers, default=0) + 1:06d}"


def _write(path: Path, content: bytes) -> None:
    """Write a small file so that a reader, or a power cut, finds the old content or the new, never a part."""
    draft = path.with_name(path.name + ".new")
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
