"""Quality and speed of the extractors on labelled abstracts, scored by the scripts that lie beside the labels.

    python benchmarks/extraction.py [--shared ../shared] [--only TASK]    the table: baseline, peer, ours, goal
    python benchmarks/extraction.py predict TASK IN.jsonl OUT.jsonl      predictions for any file of the task's shape
    python benchmarks/extraction.py errors TASK                          the twenty worst errors, for reading

The labelled abstracts are not part of the project. Where a model was learnt from some of them, what is scored
here was held out from its learning (`benchmarks/train_*.py` name their data), but for `sample_size`, of which
`train_sample.py --held-out` gives the honest figures. The scripts need no more than Touchstone itself.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import msgspec

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.scores import SCORES, measured, wrong  # noqa: E402
from benchmarks.tasks import TASKS  # noqa: E402
from benchmarks.tasks.rows import name_of, rows  # noqa: E402
from kb.vocabulary import load_vocabulary  # noqa: E402


def predict(task: str, golds: Sequence[Path], out: Path, hides: Sequence[str] = ()) -> float:
    """Write predictions for `golds`, made without the fields that `hides` names, to `out`; returns records a second."""
    vocabulary = load_vocabulary()
    records = [{name: row[name] for name in row if name not in hides} for path in golds for row in rows(path)]
    began = time.perf_counter()
    predictions = [TASKS[task](row, vocabulary) for row in records]
    seconds = time.perf_counter() - began
    out.write_bytes(b"".join(msgspec.json.encode(each) + b"\n" for each in predictions))
    return len(records) / seconds


def table(labels: Path, only: str | None) -> None:
    """Predict and score every task, and print a line a figure."""
    print(f"{'task':<18}{'figure':<48}{'baseline':>10}{'peer':>8}{'ours':>9}{'goal':>8}")
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "predictions.jsonl"
        for task in [only] if only else TASKS:
            for scored in (each for each in SCORES if each.task == task):
                golds = [labels / name for name in scored.files]
                speed = predict(task, golds, out, scored.hides)
                ours = measured(scored, labels, golds, out)
                for figure in scored.figures:
                    cells = (figure.baseline, figure.peer, ours.get(figure.name), figure.goal)
                    shown = (f"{each:.3f}" if each is not None else "-" for each in cells)
                    print(f"{task:<18}{figure.name:<48}" + "{:>10}{:>8}{:>9}{:>8}".format(*shown))
                print(f"{'':<18}{', '.join(scored.files)}: {speed:.0f} records a second", flush=True)


def errors(task: str, labels: Path, most: int = 20) -> None:
    """Print the worst errors of a task: what was wanted, what was read, and the text."""
    vocabulary = load_vocabulary()
    golds = [labels / name for each in SCORES if each.task == task and not each.hides for name in each.files]
    found = []
    for row in (row for path in golds for row in rows(path)):
        cost, said = wrong(task, row, TASKS[task](row, vocabulary))
        if cost:
            found.append((-cost, name_of(row), said, row))
    found.sort(key=lambda each: each[:2])
    for _, name, said, row in found[:most]:
        text = row.get("text") or row.get("abstract") or " ".join(map(str, row.get("sentences", ())))
        print(f"== {name}  {row.get('title', '')}\n{said}\n{text[:2500]}\n")
    print(f"{len(found)} records with an error")


def main() -> int:
    """Run the command; 0 also where no labels are there."""
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    cli.add_argument("--only", choices=TASKS)
    commands = cli.add_subparsers(dest="command")
    told = commands.add_parser("predict")
    told.add_argument("task", choices=TASKS)
    told.add_argument("source", type=Path)
    told.add_argument("out", type=Path)
    commands.add_parser("errors").add_argument("task", choices=TASKS)
    given = cli.parse_args()
    if given.command == "predict":
        print(f"{predict(given.task, [given.source], given.out):.0f} records a second")
        return 0
    labels = given.shared / "eval"
    if not labels.is_dir():
        print(f"skipped: no labelled abstracts in {labels}")
    elif given.command == "errors":
        errors(given.task, labels)
    else:
        table(labels, given.only)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
