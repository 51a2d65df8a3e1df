"""Learns which numbers of an abstract count the whole sample and which an arm: the model `sample`.

    python benchmarks/train_sample.py [--shared ../shared] [--half 0|1]

Learnt from the 449 labelled trials of `sample_size.jsonl`, whose spans say which characters are a total and which
an arm. With `--half` only those whose PubMed id leaves that remainder by two are learnt from, and the other
half is scored; that is how `C` and `BITS` were chosen. The shipped weights are learnt from all.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.tasks.rows import Row, rows  # noqa: E402
from benchmarks.training import fit, save  # noqa: E402
from ingest.extractors.count_features import candidates, features  # noqa: E402
from ingest.extractors.reading import read  # noqa: E402
from kb.vocabulary import Vocabulary, load_vocabulary  # noqa: E402

BITS, C = 14, 0.2
MEANINGS = {"total-participants": "whole", "intervention-participants": "arm", "control-participants": "arm"}


def examples(row: Row, vocabulary: Vocabulary) -> Iterator[tuple[list[str], str]]:
    """The features of each number of a labelled abstract, and what it counts."""
    reading = read(row["text"], "", (), vocabulary)
    found = candidates(reading)
    for number, said in zip(found, features(reading, found), strict=True):
        spans = (each for each in row["spans"] if each["start"] < number.end and number.start < each["end"])
        yield said, next((MEANINGS[each["label"]] for each in spans if each["label"] in MEANINGS), "other")


def main() -> int:
    """Learn, and save or score."""
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    cli.add_argument("--half", type=int, choices=(0, 1))
    given = cli.parse_args()
    vocabulary = load_vocabulary()
    labelled = list(rows(given.shared / "eval" / "sample_size.jsonl"))
    learnt = [row for row in labelled if given.half is None or int(row["pmid"]) % 2 == given.half]
    pairs = [pair for row in learnt for pair in examples(row, vocabulary)]
    model = fit([said for said, _ in pairs], [label for _, label in pairs], bits=BITS, c=C)
    if given.half is None:
        print(save(model, "sample"), Counter(label for _, label in pairs))
        return 0
    held = [pair for row in labelled if int(row["pmid"]) % 2 != given.half for pair in examples(row, vocabulary)]
    told = Counter((label, model.label(said)) for said, label in held)
    for label in model.labels:
        right, wanted = told[label, label], sum(count for (is_, _), count in told.items() if is_ == label)
        chosen = sum(count for (_, said), count in told.items() if said == label)
        print(f"{label:<8} precision {right / chosen:.3f} recall {right / wanted:.3f} of {wanted}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
