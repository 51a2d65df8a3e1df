"""The measuring of `benchmarks/search.py`: building, asking, opening, adding."""

from __future__ import annotations

import itertools
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import msgspec

from benchmarks.search_corpus import Question
from benchmarks.search_peers import INDEX_OF, PEERS, available
from kb.index.document import Document
from kb.index.index import BATCH

REPEATS = 3


class Built(msgspec.Struct, frozen=True):
    """How a peer's index was made, in seconds of CPU and of wall."""

    documents: int
    cpu: float
    wall: float


class Fresh(msgspec.Struct, frozen=True):
    """What a process measured that opened an index and asked all questions once; megabytes and milliseconds."""

    opening: float
    before: float
    opened: float
    asked: float
    mapped: float


class Took(msgspec.Struct):
    """The least milliseconds of every question of a class."""

    cpu: list[float]
    wall: list[float]


def build(folder: Path, held: Sequence[Document], only: str | None = None) -> dict[str, Built]:
    """Make the index of every peer that has none, or of `only` that one."""
    notes = folder / "built.json"
    done = msgspec.json.decode(notes.read_bytes(), type=dict[str, Built]) if notes.exists() else {}
    for name in available():
        if name in done or name in INDEX_OF or only not in (None, name):
            continue
        shutil.rmtree(folder / name, ignore_errors=True)
        peer = PEERS[name](folder / name, True)
        cpu, wall = time.process_time(), time.perf_counter()
        for at in range(0, len(held), BATCH):
            peer.apply(held[at : at + BATCH])
            print(f"\r{name}: {at + BATCH} of {len(held)}", end="", file=sys.stderr, flush=True)
        peer.close()
        cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
        print(file=sys.stderr)
        done[name] = Built(len(held), cpu, wall)
        notes.write_bytes(msgspec.json.encode(done))
    return done


def ask(folder: Path, asked: dict[str, list[Question]]) -> dict[str, dict[str, Took]]:
    """Ask every peer every question, one after the other."""
    peers = {name: PEERS[name](folder / INDEX_OF.get(name, name), False) for name in available()}
    took: dict[str, dict[str, Took]] = {kind: {} for kind in asked}
    for repeat, (kind, several) in itertools.product(range(REPEATS), asked.items()):
        for at, question in enumerate(several):
            for name, peer in peers.items():
                cpu, wall = time.process_time(), time.perf_counter()
                peer.search(question, 20 + repeat)
                cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
                none = [float("inf")] * len(several)
                best = took[kind].setdefault(name, Took(none, list(none)))
                best.cpu[at], best.wall[at] = min(best.cpu[at], cpu * 1e3), min(best.wall[at], wall * 1e3)
    for peer in peers.values():
        peer.close()
    return took


def fresh(name: str, folder: Path) -> Fresh:
    """Open an index and ask all questions once; for a process that has done nothing else."""
    asked = msgspec.json.decode((folder / "questions.json").read_bytes(), type=dict[str, list[Question]])
    before = _memory()
    began = time.perf_counter()
    peer = PEERS[name](folder / INDEX_OF.get(name, name), False)
    opening, opened = (time.perf_counter() - began) * 1e3, _memory()
    for question in itertools.chain.from_iterable(asked.values()):
        peer.search(question, 20)
    own, mapped = _memory()
    return Fresh(opening, before[0], opened[0], own, mapped - before[1])


def add(name: str, folder: Path, new: Sequence[Document]) -> list[float]:
    """The milliseconds from each of `new` to its being seen by a reader that was open, on a copy of the index."""
    took = []
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(shutil.copytree(folder, Path(scratch) / "index"))
        writer, reader = PEERS[name](copy, True), PEERS[name](copy, False)
        for each in new:
            words = tuple(dict(each.texts)["author"][:1])
            began = time.perf_counter()
            writer.apply([each])
            reader.refresh()
            found = reader.search(Question("new", words), 9_999)
            took.append((time.perf_counter() - began) * 1e3)
            assert each.id in found, f"{name} does not find what was added"
        writer.close()
        reader.close()
    return took


def in_a_fresh_process(name: str, folder: Path) -> Fresh:
    """What `fresh` says in a process of its own."""
    command = [sys.executable, sys.argv[0], "--fresh", name, str(folder)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return msgspec.json.decode(done.stdout, type=Fresh)


def _memory() -> tuple[float, float]:
    """The megabytes of this process that are its own, and those of mapped files."""
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return int(status["RssAnon"].split()[0]) / 1024, int(status["RssFile"].split()[0]) / 1024
