"""Quality and speed of the extractors on labelled abstracts, scored by the scripts that lie beside the labels.

    python benchmarks/extraction.py [--shared ../shared]

The labelled abstracts are not part of the project. Predictions are written to a temporary folder, in the
shapes that the scorers document at their heads.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from bisect import bisect_right
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from ingest.extractors import extract  # noqa: E402
from kb.extraction import Extraction, Finding  # noqa: E402
from kb.record import Record  # noqa: E402
from kb.vocabulary import Vocabulary, load_vocabulary  # noqa: E402

Row = dict[str, Any]
RANDOMISED = ("rct", "crossover_rct", "cluster_rct")
DESIGNS = {
    "single_group_pre_post": "single_group",
    "controlled_allocation_unclear": "controlled_trial",
    "quasi_randomised": "controlled_trial",
    "overview_or_evidence_map": "systematic_review",
}
DIRECTIONS = {"up": "increased", "down": "decreased", "none": "no_difference"}
BASES = {"between_groups": "between", "within_group": "within", "unclear": "unclear"}
HARMS = {
    "reported": "reported",
    "none_serious": "none_reported_explicitly",
    "none_occurred": "none_reported_explicitly",
    None: "not_mentioned",
}
SLOTS = {"session_min": "minutes", "sessions_per_week": "per_week", "weeks": "weeks", "sessions_total": "sessions"}


def value(finding: Finding[Any] | None) -> Any:
    """The value of a fact that may be absent."""
    return None if finding is None else finding.value


def domain(row: Row, found: Extraction) -> Row:
    """A prediction for `score_domain.py`."""
    starts, at = [], 0
    for sentence in row["sentences"]:
        at = max(at, row["text"].find(sentence, at))
        starts.append(at)
    design = value(found.design)
    dose = {slot: getattr(found.method.dose, name) for slot, name in SLOTS.items()}
    return {
        "id": row["id"],
        "design": DESIGNS.get(design, design),
        "n_total": value(found.sample.n),
        "arms": [{"name": each.value.name, "n": value(each.value.n)} for each in found.method.arms],
        "dose": {slot: None if each is None or each.derived else each.value for slot, each in dose.items()},
        "harms": HARMS[value(found.harms)],
        "outcomes": [
            {
                "outcome": each.value.name,
                "direction": DIRECTIONS.get(each.value.change) or each.value.said or "differs",
                "comparison": BASES[each.value.basis],
                "timepoint": each.value.timepoint,
                # A quote that names its measure in the sentence before ends in the sentence that claims.
                "sentence": bisect_right(starts, (each.end or 1) - 1) - 1,
            }
            for each in found.outcomes
        ],
    }


def design(row: Row, found: Extraction) -> Row:
    """A prediction for `score.py design`."""
    return {**keys(row), "is_rct": value(found.design) in RANDOMISED}


def sample_size(row: Row, found: Extraction) -> Row:
    """A prediction for `score.py sample_size`."""
    sizes = [each.value.n.value for each in found.method.arms if each.value.n is not None]
    return {**keys(row), "n_total": value(found.sample.n), "n_arms": sizes}


def keys(row: Row) -> Row:
    """The fields by which the scorers know a record."""
    return {name: row.get(name) for name in ("id", "pmid", "doi", "title") if row.get(name)}


def rows(path: Path) -> Iterator[Row]:
    """The objects of a JSON lines file."""
    return (msgspec.json.decode(line) for line in path.read_bytes().splitlines() if line.strip())


def predict(golds: list[Path], shape: Callable[[Row, Extraction], Row], out: Path, vocabulary: Vocabulary) -> None:
    """Write the predictions for `golds` to `out`, and say how fast they came."""
    records = [row for path in golds for row in rows(path)]
    began = time.perf_counter()
    found = [extract(record(row), vocabulary) for row in records]
    seconds = time.perf_counter() - began
    print(f"\n{', '.join(path.stem for path in golds)}: {len(records) / seconds:.0f} records a second", flush=True)
    predictions = (shape(row, each) for row, each in zip(records, found, strict=True))
    out.write_bytes(b"\n".join(msgspec.json.encode(each) for each in predictions))


def record(row: Row) -> Record:
    """The record of a labelled row: its title and its text."""
    text = row.get("text") or row.get("abstract") or None
    key = str(row.get("id") or row.get("pmid") or row.get("doi"))
    return Record(source="benchmark", key=key, format="benchmark", title=row.get("title") or "", abstract=text)


def main() -> int:
    """Predict and score every task whose labels are there; 0 also where none are."""
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    labels = cli.parse_args().shared / "eval"
    if not labels.is_dir():
        print(f"skipped: no labelled abstracts in {labels}")
        return 0
    vocabulary = load_vocabulary()
    gold = [labels / "domain_gold_dev.jsonl", labels / "domain_gold_more.jsonl"]
    tasks: list[tuple[list[str], list[Path], Callable[[Row, Extraction], Row]]] = [
        (["score_domain.py"], gold, domain),
        (["score.py", "design"], [labels / "design.jsonl"], design),
        (["score.py", "sample_size"], [labels / "sample_size.jsonl"], sample_size),
    ]
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "predictions.jsonl"
        for (script, *task), golds, shape in tasks:
            predict(golds, shape, out, vocabulary)
            sources = ",".join(str(each) for each in golds)
            subprocess.run([sys.executable, str(labels / script), *task, sources, str(out)], check=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
