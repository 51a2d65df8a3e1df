"""How each task is scored, and what others reach: the figures of the table.

A figure is read from what the scorer prints. Baselines, peers and goals are those of the README beside the
labels, where they were measured on a hidden set of the same kind.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec

from benchmarks.tasks.rows import Row, name_of, rows

_NUMBER = r"([01]\.\d+)"


class Figure(msgspec.Struct, frozen=True):
    """A line of the table; `pattern` finds it in the scorer's words."""

    name: str
    pattern: str
    goal: float | None = None
    baseline: float | None = None
    peer: float | None = None


class Scored(msgspec.Struct, frozen=True):
    """A task on files of labels; without a `script` it is plain accuracy on `label`.

    Predictions are made from the rows without the fields that it `hides`.
    """

    task: str
    files: tuple[str, ...]
    script: tuple[str, ...]
    figures: tuple[Figure, ...]
    hides: tuple[str, ...] = ()


SCORES: tuple[Scored, ...] = (
    Scored(
        "roles",
        ("roles_dev.jsonl",),
        ("score.py", "roles"),
        (
            Figure("5 classes, micro F1", rf"^n \d+ accuracy/micro {_NUMBER}", 0.925, 0.915),
            Figure("4 classes, micro F1", rf"4-class.*?accuracy/micro {_NUMBER}", 0.955, 0.931),
        ),
    ),
    Scored(
        "sample_size",
        ("sample_size.jsonl",),
        ("score.py", "sample_size"),
        (
            Figure("stated n (learnt from these)", rf"stated totals \d+ accuracy {_NUMBER}", 0.92, 0.835, 0.86),
            Figure("stated n, precision (learnt from these)", rf"precision {_NUMBER}", 0.95),
            Figure("n as the sum of arms (learnt from these)", rf"sum of arms \d+ accuracy {_NUMBER}", 0.75, 0.0),
            Figure("both arms (learnt from these)", rf"both found {_NUMBER}", 0.75, 0.297),
        ),
    ),
    Scored(
        "direction",
        ("direction_val.jsonl",),
        ("score.py", "direction"),
        (
            Figure("all, macro F1", rf"^all: n \d+ accuracy/micro [\d.]+ macroF1 {_NUMBER}"),
            Figure("abstract only, macro F1", rf"in abstract: n.*?macroF1 {_NUMBER}", 0.78, 0.724, 0.780),
            Figure("evidence sentence found", rf"in abstract: .*\n  evidence sentence right {_NUMBER}", 0.90),
        ),
    ),
    Scored(
        "direction",
        ("direction_val.jsonl",),
        ("score.py", "direction"),
        (
            Figure(
                "evidence given, macro F1", rf"^all: n \d+ accuracy/micro [\d.]+ macroF1 {_NUMBER}", 0.80, 0.720, 0.84
            ),
            Figure("evidence given, in abstract", rf"in abstract: n.*?macroF1 {_NUMBER}"),
        ),
        hides=("abstract",),
    ),
    Scored(
        "design",
        ("design.jsonl",),
        ("score.py", "design"),
        (
            Figure("RCT or not, F1 (PubMed)", rf"robotreviewer.* F1 {_NUMBER}", 0.95, 0.901, 0.918),
            Figure("RCT or not, F1 (hard negatives)", rf"robotsearch.* F1 {_NUMBER}", 0.98, 0.984, 0.955),
        ),
    ),
    Scored(
        "primary_endpoint",
        ("primary_endpoint.jsonl",),
        (),
        (Figure("met or not, accuracy", rf"accuracy {_NUMBER}", 0.92, 0.828, 0.928),),
    ),
    Scored(
        "pico",
        ("pico_ebmnlp_dev.jsonl",),
        ("score.py", "pico"),
        (Figure("tokens, macro F1 (the model learnt from these)", rf"macroF1 {_NUMBER}"),),
    ),
    Scored(
        "domain",
        ("domain_gold_dev.jsonl", "domain_gold_more.jsonl"),
        ("score_domain.py",),
        (
            Figure("n right or rightly silent", rf"silent .*= {_NUMBER}", 0.93, 0.75),
            Figure("design", rf"^design .*= {_NUMBER}"),
            Figure("arm sizes, where stated", rf"^arm sizes.*= {_NUMBER}"),
            Figure("dose fields, where stated", rf"dose fields.*?= {_NUMBER}", 0.90),
            Figure("harms", rf"^harms .*= {_NUMBER}"),
            Figure("outcome rows, F1", rf"outcome rows.* F1 {_NUMBER}", 0.80),
            Figure("outcome rows, precision", rf"outcome rows.* P {_NUMBER}"),
            Figure("basis, of the rows found", rf"basis .*?= {_NUMBER}", 0.85),
            Figure("timepoint, of the rows found", rf"timepoint .*?= {_NUMBER}"),
        ),
    ),
)


def measured(scored: Scored, labels: Path, golds: Sequence[Path], predictions: Path) -> dict[str, float]:
    """The task's figures by name."""
    if scored.script:
        script, *task = scored.script
        command = [sys.executable, str(labels / script), *task, ",".join(map(str, golds)), str(predictions)]
        said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    else:
        said = f"accuracy {_accuracy(golds, predictions):.4f}"
    matches = {each.name: re.search(each.pattern, said, re.MULTILINE) for each in scored.figures}
    return {name: float(match[1]) for name, match in matches.items() if match}


def _accuracy(golds: Sequence[Path], predictions: Path) -> float:
    said = {name_of(row): row["label"] for row in rows(predictions)}
    wanted = [(name_of(row), row["label"]) for path in golds for row in rows(path)]
    right: int = sum(said.get(name) == label for name, label in wanted)
    return right / len(wanted)


def wrong(task: str, gold: Row, said: Row) -> tuple[float, str]:
    """How wrong a prediction is (0: right), and in what."""
    match task:
        case "roles":
            pairs = [(i, a, b) for i, (a, b) in enumerate(zip(gold["labels"], said["labels"], strict=True)) if a != b]
            lines = (f"  {b} for {a}: {gold['sentences'][i]}" for i, a, b in pairs)
            return len(pairs), "\n".join(lines)
        case "sample_size":
            arms = [each[0] for each in (gold["n_intervention"], gold["n_control"]) if each]
            totals = gold["n_total"] or [sum(arms)] * (len(arms) == 2)
            missed = bool(totals) and said["n_total"] not in totals
            apart = len(arms) == 2 and not set(arms) <= set(said["n_arms"])
            return 2 * missed + apart, f"  n {said['n_total']} for {totals}, arms {said['n_arms']} for {arms}"
        case "design":
            missed = gold["is_rct"] is not None and gold["is_rct"] != said["is_rct"]
            return float(missed), f"  randomised trial: {said['is_rct']} for {gold['is_rct']}"
        case "pico":
            pairs_ = zip(gold["labels"], said["labels"], strict=True)
            count = sum(x != y for a, b in pairs_ for x, y in zip(a, b, strict=True))
            return count, f"  {count} tokens"
        case "domain":
            return _domain_errors(gold, said)
        case _:
            asked = f" of {gold['outcome']}: {gold['intervention']} / {gold['comparator']}" if "outcome" in gold else ""
            return float(gold["label"] != said["label"]), f"  {said['label']} for {gold['label']}{asked}"


def _domain_errors(gold: Row, said: Row) -> tuple[float, str]:
    facts = gold["gold"]
    lines = [
        f"  {name}: {said[name]} for {facts[name]}"
        for name in ("design", "n_total")
        if said[name] != facts[name] and said[name] not in (facts.get(f"{name}_alternatives") or [])
    ]
    wanted = {(each["sentence"], each["direction"]) for each in facts["outcomes"] if not each.get("optional")}
    told = {(each["sentence"], each["direction"]) for each in said["outcomes"]}
    lines += [f"  no row: {each}" for each in sorted(wanted - told)]
    lines += [f"  invented: {each}" for each in sorted(told - wanted)]
    return len(lines), "\n".join(lines)
