"""A home of invented publications to be asked, and the pages served from a home, for benchmarks that ask over HTTP.

Publications are written as MEDLINE exports and come in as anybody's would, by `touchstone ingest file`: nothing is put
past the parsers, the matching and the extractors, so that what is asked is what a user would have.
"""

from __future__ import annotations

import http.client
import resource
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

import msgspec

from benchmarks.serving_corpus import citations
from kb.base import open_for_writing, open_kb
from kb.vocabulary import load_vocabulary

ROOT = Path(__file__).resolve().parents[1]
A_FILE = 5_000  # citations


class Built(msgspec.Struct, frozen=True):
    """How the home was made."""

    documents: int
    wall: float
    cpu: float
    store: int
    index: int

    def told(self) -> str:
        """In words."""
        return (
            f"{self.documents} publications came in, {self.wall:.0f} s, {self.documents / self.wall:.0f} a second, "
            f"{self.cpu / self.documents * 1e3:.1f} ms of CPU each; store {self.store / 2**20:.0f} MB, "
            f"index {self.index / 2**20:.0f} MB"
        )


def build(home: Path, count: int, seed: int) -> Built:
    """Make a home of `count` invented publications, unless it is there."""
    notes = home / "built.json"
    if notes.exists():
        with open_for_writing(home) as held:
            held.refresh()
        return msgspec.json.decode(notes.read_bytes(), type=Built)
    home.mkdir(parents=True, exist_ok=True)
    (home / "touchstone.toml").write_text("semantic = false\n")
    with tempfile.TemporaryDirectory() as folder:
        written, number = citations(count, load_vocabulary(), seed), 0
        while several := "".join(islice(written, A_FILE)):
            (Path(folder) / f"{number:04}.nbib").write_text(several, encoding="utf-8")
            number += 1
        began, before = time.perf_counter(), _children()
        subprocess.run(touchstone(home, "ingest", "file", folder), cwd=ROOT, check=True)
        wall, cpu = time.perf_counter() - began, _children() - before
    index = sum(each.stat().st_size for each in (home / "index").rglob("*") if each.is_file())
    kb = open_kb(home)
    built = Built(kb.count(), wall, cpu, (home / "store.sqlite").stat().st_size, index)
    kb.close()
    notes.write_bytes(msgspec.json.encode(built))
    return built


@contextmanager
def serving(home: Path, workers: int) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """`touchstone serve` on a port that was free, until the block ends."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = touchstone(home, "serve", "--port", str(port), "--workers", str(workers))
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL) as process:
        try:
            while process.poll() is None and not _answers(port):
                time.sleep(0.1)
            yield process, port
        finally:
            process.terminate()


def touchstone(home: Path, *words: str) -> list[str]:
    """The command of that name, with words, over a home."""
    return [sys.executable, "-m", "touchstone", "--home", str(home), *words]


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def _children() -> float:
    """The CPU seconds of the processes that were started here and have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
