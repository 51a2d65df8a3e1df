"""What must hold of every reading, and its price, over real abstracts of every kind that lies in ../shared.

    python benchmarks/reading.py anchors     is every value said by the words it is pinned to?
    python benchmarks/reading.py same        are two readings, in processes with other hash seeds, the same bytes?
    python benchmarks/reading.py speed       abstracts a second on one core, and the memory taken

Anchors are checked beyond their offsets: a count's quote holds the number, a group's quote is its name, an
outcome's quote holds the words of its name and figures.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import os
import re
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import msgspec

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.tasks.rows import Row, rows  # noqa: E402
from ingest.extractors import extract  # noqa: E402
from ingest.extractors.numbers import numbers  # noqa: E402
from kb.extraction import Arm, Extraction, Finding, Outcome, findings  # noqa: E402
from kb.record import Record  # noqa: E402
from kb.vocabulary import load_vocabulary  # noqa: E402

_COUNTS = re.compile(r"^sample\.(n|n_analysed|n_completed|trials)$|\.n$|^method\.dose\.")


def abstracts(shared: Path) -> Iterator[Record]:
    """Every abstract of the labelled files and of the real files of the domain, each text once."""
    seen: set[str] = set()
    for where, title, text in _texts(shared):
        if text.strip() and text not in seen:
            seen.add(text)
            yield Record(source="benchmark", key=where, format="benchmark", title=title, abstract=text)


def _texts(shared: Path) -> Iterator[tuple[str, str, str]]:
    for path in sorted((shared / "eval").glob("*.jsonl")):
        for i, row in enumerate(rows(path)):
            yield f"{path.stem}:{i}", row.get("title") or "", _text(row)
    raw = (shared / "eval" / "raw_medline.txt").read_text("utf-8")
    for i, found in enumerate(re.finditer(r"^AB  - (.*?)(?=^\S)", raw, re.MULTILINE | re.DOTALL)):
        yield f"raw_medline:{i}", "", re.sub(r"\s+", " ", found[1])
    for path in sorted((shared / "cases" / "domain" / "csv").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for i, line in enumerate(csv.DictReader(file)):
                yield f"{path.stem}:{i}", line["title"], line["abstract"]
    for row in msgspec.json.decode((shared / "cases" / "domain" / "jats_domain_records.json").read_bytes()):
        yield row["file"], row["title"], _text(row)


def _text(row: Row) -> str:
    if text := row.get("text") or row.get("abstract"):
        return str(text)
    if sections := row.get("sections"):
        return " ".join(f"{label}: {' '.join(body) if isinstance(body, list) else body}" for label, body in sections)
    sentences = row.get("sentences") or row.get("evidence") or ()
    return " ".join(each if isinstance(each, str) else " ".join(each) for each in sentences)


def anchors(shared: Path) -> int:
    """Count the findings whose words do not say them; 0 is the only good answer."""
    vocabulary = load_vocabulary()
    checked, wrong = 0, Counter[str]()
    for record in abstracts(shared):
        facts = extract(record, vocabulary)
        for path, finding in findings(facts):
            checked += 1
            fault = _fault(path, finding, facts, record)
            if fault:
                wrong[fault] += 1
                if wrong[fault] <= 5:
                    print(f"{record.key} {path}: {fault}: {finding.value!r} in {_quote(finding, record)!r}"[:400])
    print(f"{checked} findings checked, {wrong.total()} whose words do not say them")
    return wrong.total()


def _quote(finding: Finding[object], record: Record) -> str:
    return _plain(finding.quote(record.abstract, record.title) or "")


def _plain(text: str) -> str:
    """`text` with every kind of space and hyphen as a plain one: values are written so, quotes stand as they stand."""
    return re.sub("[\u2010\u2011]", "-", re.sub(r"\s", " ", text))


def _fault(path: str, finding: Finding[object], facts: Extraction, record: Record) -> str | None:
    text = (record.abstract or "") if finding.place == "abstract" else record.title
    if finding.start is None or finding.end is None or not 0 <= finding.start < finding.end <= len(text):
        return "no place in the text"
    quote, value = _quote(finding, record), finding.value
    if isinstance(value, Arm):
        return None if value.name in quote else "a group not called so"
    if isinstance(value, Outcome):
        said = [word for word in re.findall(r"\w+", value.name) if word not in quote]
        figures = [
            each for each in (value.p, value.interval, value.effect, value.means) if each and each not in _plain(text)
        ]
        return "an outcome not named" if said else "a figure not there" if figures else None
    if _COUNTS.search(path) and isinstance(value, int | float) and not finding.derived and value > 1:
        converted = {value, value / 60, value * 7, value / 7, 1.0, 2.0}
        return (
            None if converted & {each.value for each in numbers(quote)} or re.search(r"[a-z]", quote) else "no number"
        )
    if isinstance(value, str) and path.split(".")[-1] in ("conclusion", "age", "sex", "blinding", "people", "setting"):
        return None if _plain(value) == quote else "not as written"
    return None


def digest(shared: Path) -> str:
    """SHA-256 over the JSON of all readings."""
    vocabulary, total = load_vocabulary(), hashlib.sha256()
    for record in abstracts(shared):
        total.update(msgspec.json.encode(extract(record, vocabulary)))
    return total.hexdigest()


def same(shared: Path) -> int:
    """Digests from two processes with different hash seeds; 0 where they agree."""
    command = [sys.executable, __file__, "--shared", str(shared), "digest"]
    found = [
        subprocess.run(command, env={**os.environ, "PYTHONHASHSEED": seed}, check=True, capture_output=True, text=True)
        for seed in ("1", "2")
    ]
    said = [each.stdout.strip() for each in found]
    print("\n".join(said), "the same" if said[0] == said[1] else "DIFFERENT")
    return int(said[0] != said[1])


def speed(shared: Path, most: int = 1000) -> int:
    """Abstracts a second and peak memory over `most` abstracts, spread over all kinds."""
    every = [each for each in abstracts(shared) if len(each.abstract or "") > 600]
    chosen = every[:: max(1, len(every) // most)][:most]
    vocabulary = load_vocabulary()
    extract(chosen[0], vocabulary)  # what is loaded once is loaded now
    began = time.process_time()
    for record in chosen:
        extract(record, vocabulary)
    seconds = time.process_time() - began
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    length = sum(len(each.abstract or "") for each in chosen) / len(chosen)
    print(f"{len(chosen)} abstracts of {length:.0f} characters: {len(chosen) / seconds:.0f} a second, {memory:.0f} MB")
    return 0


def main() -> int:
    """Run the command; 0 also where ../shared is not there."""
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    cli.add_argument("command", choices=("anchors", "same", "speed", "digest"))
    given = cli.parse_args()
    if not (given.shared / "eval").is_dir():
        print(f"skipped: no abstracts in {given.shared}")
        return 0
    if given.command == "digest":
        print(digest(given.shared))
        return 0
    return {"anchors": anchors, "same": same, "speed": speed}[given.command](given.shared)


if __name__ == "__main__":
    sys.exit(main())
