"""Learns which numbers of an abstract count the whole sample and which an arm: the model `sample`.

    python benchmarks/train_sample.py [--shared ../shared]                   learn from all, and save
    python benchmarks/train_sample.py --held-out OUT.jsonl [--shared ...]    predictions for `score.py sample_size`

Learnt from the 449 labelled trials of `sample_size.jsonl`, whose spans say which characters are a total and which
an arm. The shipped weights are learnt from all of them, so what `extraction.py` shows for these files is no measure
of new abstracts: `--held-out` is, where each trial is read with weights learnt without it and its eighth of the rest.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from unittest.mock import patch

import msgspec

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.tasks.rows import Row, rows  # noqa: E402
from benchmarks.tasks.sample_size import predict  # noqa: E402
from benchmarks.training import fit, save  # noqa: E402
from ingest.extractors import counted  # noqa: E402
from ingest.extractors.count_features import candidates, features  # noqa: E402
from ingest.extractors.models import Linear  # noqa: E402
from ingest.extractors.reading import read  # noqa: E402
from kb.vocabulary import Vocabulary, load_vocabulary  # noqa: E402

BITS, C, FOLDS = 14, 0.2, 8
MEANINGS = {"total-participants": "whole", "intervention-participants": "arm", "control-participants": "arm"}


def examples(row: Row, vocabulary: Vocabulary) -> Iterator[tuple[list[str], str]]:
    """The features of each number of a labelled abstract, and what it counts."""
    reading = read(row["text"], "", (), vocabulary)
    found = candidates(reading)
    for number, said in zip(found, features(reading, found), strict=True):
        spans = (each for each in row["spans"] if each["start"] < number.end and number.start < each["end"])
        yield said, next((MEANINGS[each["label"]] for each in spans if each["label"] in MEANINGS), "other")


def learn(learnt: Sequence[Row], vocabulary: Vocabulary) -> Linear:
    """A model of the labelled abstracts `learnt`."""
    pairs = [pair for row in learnt for pair in examples(row, vocabulary)]
    return fit([said for said, _ in pairs], [label for _, label in pairs], bits=BITS, c=C)


def held_out(labelled: Sequence[Row], vocabulary: Vocabulary) -> Iterator[Row]:
    """Predictions for each of `labelled`, read with weights learnt from the other seven eighths."""
    for fold in range(FOLDS):
        model = learn([row for row in labelled if int(row["pmid"]) // 2 % FOLDS != fold], vocabulary)
        counted.counted.cache_clear()
        with patch.object(counted, "load", return_value=model):
            yield from (predict(row, vocabulary) for row in labelled if int(row["pmid"]) // 2 % FOLDS == fold)


def main() -> int:
    """Learn and save, or predict what was held out."""
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    cli.add_argument("--held-out", type=Path, metavar="OUT")
    given = cli.parse_args()
    vocabulary = load_vocabulary()
    labelled = list(rows(given.shared / "eval" / "sample_size.jsonl"))
    if given.held_out:
        given.held_out.write_bytes(
            b"".join(msgspec.json.encode(each) + b"\n" for each in held_out(labelled, vocabulary))
        )
    else:
        print(save(learn(labelled, vocabulary), "sample"))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
