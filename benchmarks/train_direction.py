"""Learn `direction_*.npz` from `direction_train.jsonl`: questions to trials with answers and their evidence.

    python benchmarks/train_direction.py [--shared ../shared]          fit on all and save
    python benchmarks/train_direction.py check [--shared ../shared]    figures in five parts by publication

Three models: which sentence answers (from the abstracts), whether it tells a difference, and which way (from
the evidence, wherever it stood). `direction_val.jsonl` is not read here.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.tasks.rows import Row, rows  # noqa: E402
from benchmarks.training import fit, save  # noqa: E402
from ingest.extractors.direction import Models, direction, passages, sense, sentence  # noqa: E402
from ingest.extractors.direction.question import question  # noqa: E402
from ingest.extractors.sentences import sentences  # noqa: E402

PARTS = 5
LABELS = ("decreased", "no_difference", "increased")
BITS = 15
# What a made example counts beside a real one.
MADE = 0.3
_WAY = re.compile(r"(?<=[:,])(?:up|down)\b")
_TURNS = ("main:up", "main:down", "far:", "own:", "vs:", "ratio:")
_STAYS = ("cue:good", "cue:bad")
# Inverse strengths, chosen by `check` among thirds and triples.
RANK, DIFFERS, WAY = 0.03, 0.02, 0.02


class Example(NamedTuple):
    """A labelled question; the features of each piece of evidence, also with the arms exchanged (`exchanged`);
    those by which each sentence is ranked, with whether it is evidence, also for an outcome of another
    publication, of which none is (`foreign`).
    """

    row: Row
    evidence: list[list[str]]
    exchanged: list[list[str]]
    ranked: list[tuple[list[str], str]]
    foreign: list[tuple[list[str], str]]


def example(row: Row, other: Row) -> Example:
    """`row` as features; `other` is of another publication."""
    asked = question(row["outcome"], row["intervention"], row["comparator"])
    text = row.get("abstract") or ""
    told = [sentence.Told(text[each.start : each.end], each.section or "-") for each in sentences(text)]
    ranked = [
        (ranks, "yes" if is_evidence(each.text, row["evidence"]) else "no")
        for each, ranks in zip(told, sentence.features(told, asked), strict=True)
    ]
    elsewhere = asked._replace(outcome=question(other["outcome"], row["intervention"], row["comparator"]).outcome)
    foreign = [(ranks, "no") for ranks in sentence.features(told, elsewhere)]
    reverse = asked._replace(intervention=asked.comparator, comparator=asked.intervention)
    evidence = list(dict.fromkeys(row["evidence"]))
    found, exchanged = ([sense.features(each, way) for each in evidence] for way in (asked, reverse))
    return Example(row, found, exchanged, ranked, foreign)


def is_evidence(text: str, evidence: Sequence[str]) -> bool:
    """Whether `text` holds the beginning of a piece of evidence, or lies within one; as the scorer decides."""
    here = _letters(text)
    return any(_letters(each)[:60] in here or here in _letters(each) for each in evidence if _letters(each))


def _letters(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())


def learn(examples: Sequence[Example]) -> Models:
    """The three models."""
    ranked = [each for one in examples for each in one.ranked if any(yes == "yes" for _, yes in one.ranked)]
    ranked += [each for one in examples for each in one.foreign]
    told = [
        (found, "no" if one.row["label"] == "no_difference" else "yes") for one in examples for found in one.evidence
    ]
    ways = [each for one in examples if one.row["label"] != "no_difference" for each in _ways(one)]
    return Models(
        fit(*zip(*ranked, strict=True), bits=BITS, c=RANK),
        fit(*zip(*told, strict=True), bits=BITS, c=DIFFERS, balanced=True),
        fit(
            [each[0] for each in ways],
            [each[1] for each in ways],
            counts=[each[2] for each in ways],
            bits=BITS,
            c=WAY,
            balanced=True,
        ),
    )


def _ways(one: Example) -> Iterator[tuple[list[str], str, float]]:
    """The evidence of a difference, and the same with the arms exchanged and with every way turned round."""
    label, other = ("yes", "no") if one.row["label"] == "increased" else ("no", "yes")
    for found, exchanged in zip(one.evidence, one.exchanged, strict=True):
        yield found, label, 1.0
        if exchanged != found:
            yield exchanged, other, MADE
        if any(each.startswith(_TURNS) for each in found) and not any(each.startswith(_STAYS) for each in found):
            yield turned(found), other, MADE


def turned(found: Sequence[str]) -> list[str]:
    """The features with "up" for "down" and the reverse; words as they stand cannot be turned and are left out."""
    kept = [each for each in found if " " not in each and ":" in each]
    return [_WAY.sub(lambda way: "down" if way[0] == "up" else "up", each) for each in kept]


def check(examples: Sequence[Example]) -> None:
    """Print the macro F1 with the evidence given and from the abstract, each publication held out once."""
    given, read, found = [], [], []
    for part in range(PARTS):
        held = [each for each in examples if crc32(str(each.row["pmid"]).encode()) % PARTS == part]
        learnt = learn([each for each in examples if crc32(str(each.row["pmid"]).encode()) % PARTS != part])
        for row in (each.row for each in held):
            names = (row["outcome"], row["intervention"], row["comparator"])
            given.append((row["label"], passages(row["evidence"], *names, learnt) or ""))
            text = row.get("abstract")
            answer = direction(text, sentences(text), *names, learnt) if text else None
            if text and answer:
                read.append((row["label"], answer.label))
                found.append(is_evidence(text[answer.start : answer.end], row["evidence"]))
    print(f"evidence given {macro_f1(given):.4f}, abstract {macro_f1(read):.4f}, found {sum(found) / len(found):.4f}")


def macro_f1(pairs: Sequence[tuple[str, str]]) -> float:
    """The mean F1 of the three labels over pairs (wanted, said)."""
    scores = []
    for label in LABELS:
        both = sum(wanted == said == label for wanted, said in pairs)
        scores.append(2 * both / max(1, sum((wanted == label) + (said == label) for wanted, said in pairs)))
    return sum(scores) / len(scores)


def main() -> int:
    """Fit and save, or check."""
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("command", nargs="?", choices=("fit", "check"), default="fit")
    cli.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    given = cli.parse_args()
    source = given.shared / "eval" / "direction_train.jsonl"
    labelled = [row for row in rows(source) if row["evidence"]]
    half = len(labelled) // 2  # publications stand together, so that half the file away is another
    examples = [example(row, labelled[i - half]) for i, row in enumerate(labelled)]
    if given.command == "check":
        check(examples)
    else:
        for name, model in learn(examples)._asdict().items():
            print(save(model, f"direction_{name}"))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
