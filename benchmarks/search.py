"""How fast the index answers, beside plain Whoosh, Tantivy and SQLite FTS5, all in one run over the same documents.

    python benchmarks/search.py [--documents 50000] [--questions 40] [--keep FOLDER] [--json FILE]
    python benchmarks/search.py --parity [1000] | --hostile | --threads      (with the same options)

Builds an index a peer (plain Whoosh opens our engine's), asks all of them every question in turn, three times with
another limit each time, so that none gains by an answer kept, and takes the least of the three: what it prints is the
median and the 95th percentile over the questions of a class. CPU is that of the process, all threads; on a machine
with other work, wall time is the less to be trusted. Size, memory and opening are measured in a fresh process, and
the time from a new document to its being found over twenty of them. `--keep` leaves the indexes there for other runs.

The texts are those of the collections beside the project, where these are (`--shared`), else invented ones.
`--parity`: whether our engine and plain Whoosh give the same twenty best, on one segment and on many. `--hostile`:
the questions that killed other engines. `--threads`: sixteen threads and four processes that ask while another writes.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import os
import platform
import sqlite3
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median

import msgspec

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.search_corpus import documents, questions  # noqa: E402
from benchmarks.search_measures import Built, Fresh, Took, add, ask, build, fresh, in_a_fresh_process  # noqa: E402
from benchmarks.search_peers import INDEX_OF, OURS, PEERS, available  # noqa: E402
from benchmarks.search_trials import hostile, parity, threads  # noqa: E402
from kb.vocabulary import load_vocabulary  # noqa: E402

ADDED = 20
SAMPLE = 5_000  # documents that questions are taken from


def main() -> int:
    """Run the command; 1 where a trial failed."""
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--documents", type=int, default=50_000)
    cli.add_argument("--questions", type=int, default=40, help="of every class")
    cli.add_argument("--seed", type=int, default=1)
    cli.add_argument("--shared", type=Path, default=ROOT.parent / "shared", help="the folder of the collections")
    cli.add_argument("--keep", type=Path, help="where indexes are left for other runs, and taken from")
    cli.add_argument("--json", type=Path)
    cli.add_argument("--parity", type=int, nargs="?", const=1_000, metavar="QUESTIONS")
    cli.add_argument("--hostile", action="store_true")
    cli.add_argument("--threads", action="store_true")
    cli.add_argument("--fresh", nargs=2, help=argparse.SUPPRESS)
    given = cli.parse_args()
    if given.fresh:
        print(msgspec.json.encode(fresh(given.fresh[0], Path(given.fresh[1]))).decode())
        return 0
    print(f"python {' '.join(sys.argv)}\n{_versions()}\n{given.documents} documents", flush=True)
    absent = [each for each in PEERS if each not in available()]
    print("\n".join(f"skipped: {each} is not there" for each in absent))
    with tempfile.TemporaryDirectory() as scratch:
        return _run(given, Path(scratch))


def _run(given: argparse.Namespace, scratch: Path) -> int:
    folder = (given.keep or scratch) / f"{given.documents}-{given.seed}"
    folder.mkdir(parents=True, exist_ok=True)
    held = list(documents(given.documents + ADDED, load_vocabulary(), given.shared, given.seed))
    old, new = held[:-ADDED], held[-ADDED:]
    if given.parity:
        return parity(scratch, old, questions(old[:SAMPLE], -(-given.parity // 10), given.seed), given.parity)
    asked = questions(old[:SAMPLE], given.questions, given.seed)
    if given.hostile or given.threads:
        build(folder, old, only=OURS)
        return hostile(folder / OURS) if given.hostile else threads(scratch, folder / OURS, new, asked)
    (folder / "questions.json").write_bytes(msgspec.json.encode(asked))
    built = build(folder, old)
    held.clear()
    old.clear()
    took = ask(folder, asked)
    opened = {name: in_a_fresh_process(name, folder) for name in available()}
    added = {name: add(name, folder / name, new) for name in available() if name not in INDEX_OF}
    print("\n".join([*_building(folder, built), *_opening(opened, added), *_answering(took)]))
    if given.json:
        everything = {"built": built, "opened": opened, "added": added, "took": took, "versions": _versions()}
        given.json.write_bytes(msgspec.json.format(msgspec.json.encode(everything)))
    return 0


def _versions() -> str:
    known = {each.metadata["Name"]: each.version for each in importlib.metadata.distributions()}
    held = ", ".join(f"{each} {known[each]}" for each in ("whoosh3", "numpy", "tantivy", "msgspec") if each in known)
    return f"Python {platform.python_version()}, {held}, SQLite {sqlite3.sqlite_version}, {os.cpu_count()} cores"


def _building(folder: Path, built: dict[str, Built]) -> Iterator[str]:
    yield f"\n{'building':<34}{'docs/CPU s':>12}{'docs/s':>12}{'bytes/doc':>12}{'arrays':>12}"
    for name, each in built.items():
        files = [file for file in (folder / name).rglob("*") if file.is_file()]
        arrays = sum(file.stat().st_size for file in files if file.suffix == ".arrays")
        others = sum(file.stat().st_size for file in files) - arrays
        figures = [each.documents / each.cpu, each.documents / each.wall, others / each.documents]
        figures += [arrays / each.documents] if arrays else []
        yield f"{name:<34}{''.join(f'{figure:>12.0f}' for figure in figures)}"


def _opening(opened: dict[str, Fresh], added: dict[str, list[float]]) -> Iterator[str]:
    heads = ("opening ms", "opened MB", "asked MB", "mapped MB", "add ms p50", "p95")
    yield f"\n{'in a fresh process':<34}{''.join(f'{each:>12}' for each in heads)}"
    for name, each in opened.items():
        figures = [each.opening, each.opened - each.before, each.asked - each.before, each.mapped]
        figures += [_at(added[name], 0.5), _at(added[name], 0.95)] if name in added else []
        yield f"{name:<34}{''.join(f'{figure:>12.1f}' for figure in figures)}"


def _answering(took: dict[str, dict[str, Took]]) -> Iterator[str]:
    for part in ("cpu", "wall"):
        yield f"\n{part.upper() if part == 'cpu' else part} ms a question, p50 / p95 (x: how many times ours, by p50)"
        yield f"{'':<34}{''.join(f'{name:>27}' for name in available())}"
        for kind, peers in took.items():
            ours = median(getattr(peers[OURS], part))
            cells = (_cell(getattr(peers[name], part), ours) for name in available())
            yield f"{kind:<34}{''.join(f'{cell:>27}' for cell in cells)}"


def _cell(several: Sequence[float], ours: float) -> str:
    return f"{median(several):.2f} / {_at(several, 0.95):.2f} {median(several) / ours:6.2f}x"


def _at(values: Sequence[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


if __name__ == "__main__":
    sys.exit(main())
