"""How long a reader waits for a page of answers: `touchstone serve` over many invented publications, asked over HTTP.

    python benchmarks/serving.py [--documents 50000] [--questions 300] [--users 1 8] [--workers 2]
                                 [--keep FOLDER] [--json FILE] [--profile]

The publications come in by `touchstone ingest file`; `--keep` leaves the home there for other runs. Then the server is
started, and users in this process, each with one connection that stays open, ask in turn: lay questions, two concepts,
narrowed, page 2, browsing; each is a whole page with facets and tally. No question is asked twice, so that no answer
kept helps.

"First byte" is from sending to the headers' arrival, "whole" to the last byte; CPU is that of the server's processes.
Who asks needs processor time too, on the same cores; with other work on the machine, trust the CPU.
`--profile` asks the same in one process, under cProfile.
"""

from __future__ import annotations

import argparse
import cProfile
import http.client
import os
import pstats
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.serving_corpus import KINDS, Asked, questions  # noqa: E402
from benchmarks.serving_home import build, serving  # noqa: E402
from kb.base import open_kb  # noqa: E402
from kb.vocabulary import load_vocabulary  # noqa: E402
from web import create_app  # noqa: E402

WARM = 20  # questions a worker that are asked before it counts
GOAL = 100.0  # milliseconds to the first byte, at p50, one user
SHOWN = 40  # lines of a profile


class Got(msgspec.Struct, frozen=True):
    """An answer: milliseconds to its first byte and to its last, its bytes, and what was wrong with it."""

    kind: str
    first: float
    whole: float
    size: int
    error: str = ""


class Round(msgspec.Struct, frozen=True):
    """All answers that so many users were given, the seconds it took, the server's CPU seconds, the machine's load."""

    users: int
    wall: float
    cpu: float
    load: float
    got: tuple[Got, ...]


def main() -> int:
    """Run the command; 1 where a page was not given."""
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--documents", type=int, default=50_000)
    cli.add_argument("--questions", type=int, default=300, help="for every number of users")
    cli.add_argument("--users", type=int, nargs="+", default=[1, 8])
    cli.add_argument("--workers", type=int, default=2)
    cli.add_argument("--seed", type=int, default=1)
    cli.add_argument("--keep", type=Path, help="where the home is left for other runs, and taken from")
    cli.add_argument("--json", type=Path)
    cli.add_argument("--profile", action="store_true")
    given = cli.parse_args()
    print(f"python {' '.join(sys.argv)}\n{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}", flush=True)
    with tempfile.TemporaryDirectory() as scratch:
        home = (given.keep or Path(scratch)) / f"home-{given.documents}-{given.seed}"
        built = build(home, given.documents, given.seed)
        print(built.told(), flush=True)
        if given.profile:
            return profile(home, questions(WARM + given.questions, load_vocabulary(), given.seed))
        rounds = list(measure(home, given))
    if given.json:
        given.json.write_bytes(msgspec.json.format(msgspec.json.encode({"built": built, "rounds": rounds})))
    return int(any(each.error for one in rounds for each in one.got))


def measure(home: Path, given: argparse.Namespace) -> Iterator[Round]:
    """A round for every number of users, each told as it ends."""
    warm = WARM * given.workers
    every = questions(warm + given.questions * len(given.users), load_vocabulary(), given.seed)
    with serving(home, given.workers) as (process, port):
        ask(port, every[:warm], max(given.users))
        for at, users in enumerate(given.users):
            start = warm + at * given.questions
            began, before = time.perf_counter(), _cpu(process.pid)
            got = ask(port, every[start : start + given.questions], users)
            wall, cpu = time.perf_counter() - began, _cpu(process.pid) - before
            one = Round(users, wall, cpu, os.getloadavg()[0], got)
            print("\n".join(_told(one)), flush=True)
            yield one


def ask(port: int, several: Sequence[Asked], users: int) -> tuple[Got, ...]:
    """Every question once, by `users` at a time; each has a connection and takes every `users`th question."""
    with ThreadPoolExecutor(users) as pool:
        return tuple(each for one in pool.map(lambda at: _user(port, several[at::users]), range(users)) for each in one)


def profile(home: Path, several: Sequence[Asked]) -> int:
    """Where the time of a page goes."""
    kb = open_kb(home)
    pages = create_app(kb).test_client()
    for each in several[:WARM]:
        pages.get(each.path)
    profiler = cProfile.Profile()
    profiler.enable()
    for each in several[WARM:]:
        assert pages.get(each.path, headers={"Accept-Encoding": "gzip"}).status_code == 200
    profiler.disable()
    kb.close()
    for order in ("cumulative", "tottime"):
        pstats.Stats(profiler).strip_dirs().sort_stats(order).print_stats(SHOWN)
    return 0


def _user(port: int, several: Sequence[Asked]) -> list[Got]:
    connection, got = http.client.HTTPConnection("127.0.0.1", port, timeout=60), []
    for each in several:
        began = time.perf_counter()
        try:
            connection.request("GET", each.path, headers={"Accept-Encoding": "gzip"})
            answer = connection.getresponse()
            first, body = time.perf_counter(), answer.read()
            error = "" if answer.status == 200 else f"{answer.status} {each.path}"
        except (OSError, http.client.HTTPException) as fault:
            first, body, error = time.perf_counter(), b"", f"{type(fault).__name__}: {fault}"
            connection.close()
        got.append(Got(each.kind, (first - began) * 1e3, (time.perf_counter() - began) * 1e3, len(body), error))
    connection.close()
    return got


def _told(one: Round) -> Iterator[str]:
    asked, errors = len(one.got), [each.error for each in one.got if each.error]
    yield f"\n{one.users} at a time: {asked} questions, {len(errors)} errors, {asked / one.wall:.1f} a second, "
    yield f"{one.cpu / asked * 1e3:.0f} ms of the server's CPU a question, load of the machine {one.load:.1f}"
    yield f"{'ms, p50 / p95':<16}{'first byte':>20}{'whole':>20}{'bytes, gzip':>14}"
    for kind in (*KINDS, "all"):
        got = [each for each in one.got if kind in (each.kind, "all")]
        cells = (f"{_at(each, 0.5):.0f} / {_at(each, 0.95):.0f}" for each in _columns(got))
        yield f"{kind:<16}{''.join(f'{cell:>20}' for cell in cells)}{_at([each.size for each in got], 0.5):>14,.0f}"
    if one.users == 1:
        half = _at([each.first for each in one.got], 0.5)
        yield f"goal, first byte under {GOAL:.0f} ms for half of one user's pages: {'met' if half < GOAL else 'MISSED'}"
    yield from errors[:5]


def _columns(got: Sequence[Got]) -> tuple[list[float], list[float]]:
    return [each.first for each in got], [each.whole for each in got]


def _cpu(parent: int) -> float:
    """The CPU seconds of a process and of those that it started, so far."""
    listed = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    numbers = [Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()[11:13] for each in (parent, *listed)]
    return sum(map(int, (each for pair in numbers for each in pair))) / os.sysconf("SC_CLK_TCK")


def _at(values: Sequence[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


if __name__ == "__main__":
    sys.exit(main())
