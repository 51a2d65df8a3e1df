"""How much of other programs' files is read as expected, and how fast.

    python benchmarks/formats.py [CASES_FOLDER] [--format ris ...] [--json] [--errors]

A folder of cases holds a folder a format; in it lie files as other programs wrote them, some beside
`<stem>.norm.json`, the list of items that they must become. An item passes when title, authors (family names in
order), year, journal, DOI and abstract agree after folding case, space and markup; the journal counts only where
the expectation has one. Files without an expectation must not crash, and what is read and refused of them is
counted. Items are compared in order where their numbers agree, else each with the record most like it. The
libraries' figures are those that were measured on the same cases (../shared/cases/README.md).
"""

from __future__ import annotations

import argparse
import html
import re
import sys
import time
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from ingest.errors import UnreadablePayloadError  # noqa: E402
from ingest.parsers import parse  # noqa: E402
from kb.record import Payload, Record  # noqa: E402
from kb.vocabulary import Vocabulary, load_vocabulary  # noqa: E402

Item = dict[str, Any]
FIELDS = ("title", "authors", "year", "journal", "volume", "issue", "pages", "doi", "pmid", "abstract")
DECIDING = ("title", "authors", "year", "journal", "doi", "abstract")
BEST = {
    "ris": "rispy, lax: 73/98",
    "nbib": "Bio.Medline: 14/16",
    "pubmedxml": "own lxml: 13/13",
    "bibtex": "bibtexparser 2: 27/34",
    "endnotexml": "own lxml: 11/12",
}
WHEN = datetime(2026, 1, 1, tzinfo=UTC)


class Outcome(msgspec.Struct):
    """What a format's files gave. `fields` counts (agreeing, expected) a field, over the items expected."""

    files: int = 0
    items: int = 0
    passed: int = 0
    read: int = 0
    refused: int = 0
    crashed: int = 0
    seconds: float = 0.0
    fields: dict[str, list[int]] = msgspec.field(default_factory=dict)
    by_source: dict[str, list[int]] = msgspec.field(default_factory=dict)


def fold(value: object) -> str:
    """`value` without case, markup, accents, punctuation and space."""
    text = html.unescape(re.sub(r"<[^<>]{0,80}>", "", str(value or "")))
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(each for each in plain if each.isalnum())


def pages(value: object) -> str:
    """Pages with a full end: 221-8 is 221-228."""
    first, _, last = re.sub(r"\s*[-\u2010-\u2015]+\s*", "-", str(value or "")).partition("-")
    if last and first.isdigit() and last.isdigit() and len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    return fold(f"{first}-{last}" if last and last != first else first)


def item(record: Record) -> Item:
    """A record in the shape of an expectation."""
    people = [each for each in record.contributors if each.role != "editor"] or record.contributors
    return {
        "title": record.title,
        "authors": [each.family for each in people],
        "year": record.year,
        "journal": record.container,
        "volume": record.volume,
        "issue": record.issue,
        "pages": record.pages,
        "doi": record.value_of("doi"),
        "pmid": record.value_of("pmid"),
        "abstract": record.abstract,
    }


def agrees(field: str, wanted: Item, found: Item, record: Record | None) -> bool:
    """Whether a field is as expected."""
    want, got = wanted.get(field), found.get(field)
    if field == "authors":
        return [fold(each) for each in want or ()] == [fold(each) for each in got or ()]
    if field == "pages":
        return pages(want) == pages(got)
    if field == "journal" and record is not None:
        names = (record.container, record.container_abbreviation)
        return not want or any(
            fold(want) == fold(name) or fold(str(want).partition(":")[0]) == fold(str(name).partition(":")[0])
            for name in names
            if name
        )
    return fold(want) == fold(got)


def score(folder: Path, vocabulary: Vocabulary, errors: bool) -> Outcome:
    """Read every file of a format's folder."""
    outcome = Outcome()
    for path in sorted(folder.iterdir()):
        expectation = path.stem.endswith((".norm", ".expected")) or path.name in ("README.md", "FEATURES.txt")
        if path.is_file() and not expectation:
            _file(path, outcome, vocabulary, errors)
    return outcome


def _file(path: Path, outcome: Outcome, vocabulary: Vocabulary, errors: bool) -> None:
    outcome.files += 1
    began = time.perf_counter()
    try:
        read = list(parse(Payload(source="file", key=path.name, body=path.read_bytes(), fetched_at=WHEN), vocabulary))
    except UnreadablePayloadError as error:
        outcome.refused += 1
        read = []
        if errors:
            print(f"  {path.name}: refused: {error.reason}")
    except Exception as error:  # a crash is what is counted here
        outcome.crashed += 1
        read = []
        print(f"  {path.name}: CRASH: {type(error).__name__}: {error}")
    outcome.seconds += time.perf_counter() - began
    records = [each for each in read if isinstance(each, Record)]
    outcome.read += len(records)
    outcome.refused += len(read) - len(records)
    expected = path.with_name(f"{path.stem}.norm.json")
    if expected.exists():
        _compare(path, msgspec.json.decode(expected.read_bytes()), records, outcome, errors)


def _compare(path: Path, wanted: Sequence[Item], records: Sequence[Record], outcome: Outcome, errors: bool) -> None:
    left = list(records)
    in_order = len(wanted) == len(records)
    source = outcome.by_source.setdefault(path.name.partition("__")[0], [0, 0])
    for want in wanted:
        best = left[0] if in_order else max(left, key=lambda each: _likeness(want, item(each)), default=None)
        found = item(best) if best is not None else {}
        if best is not None:
            left.remove(best)
        wrong = []
        for field in (each for each in FIELDS if each in want):
            counts = outcome.fields.setdefault(field, [0, 0])
            right = best is not None and agrees(field, want, found, best)
            counts[0] += right
            counts[1] += 1
            if not right:
                wrong.append(field)
        passed = not set(wrong) & set(DECIDING)
        outcome.items += 1
        outcome.passed += passed
        source[0] += passed
        source[1] += 1
        if errors and not passed:
            for field in wrong:
                asked, got = (str(each.get(field))[:150] for each in (want, found))
                print(f"  {path.name}: {field}: wanted {asked!r}, read {got!r}")


def _likeness(want: Item, found: Item) -> int:
    return sum(agrees(field, want, found, None) for field in DECIDING if want.get(field)) + 2 * agrees(
        "title", want, found, None
    )


def lines(outcomes: dict[str, Outcome]) -> Iterator[str]:
    """The table for a person."""
    heads = f"{'files':>7}{'read':>7}{'refused':>9}{'crashed':>9}{'rec/s':>8}"
    yield f"{'format':<14}{'as expected':>12}{heads}  best library"
    for name, each in outcomes.items():
        share = f"{each.passed}/{each.items}" if each.items else "-"
        speed = each.read / each.seconds if each.seconds else 0
        counts = f"{each.files:>7}{each.read:>7}{each.refused:>9}{each.crashed:>9}{speed:>8.0f}"
        yield f"{name:<14}{share:>12}{counts}  {BEST.get(name, '-')}"
        fields = ", ".join(f"{field} {a}/{b}" for field, (a, b) in each.fields.items())
        sources = ", ".join(f"{source} {a}/{b}" for source, (a, b) in each.by_source.items())
        if each.items:
            yield f"{'':<14}{sources}; {fields}"


def main() -> int:
    """Run the command; 1 where a file crashed a parser."""
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("cases", type=Path, nargs="?", default=ROOT.parent / "shared" / "cases")
    cli.add_argument("--format", action="append", help="only these formats")
    cli.add_argument("--json", action="store_true")
    cli.add_argument("--errors", action="store_true", help="say what differs")
    given = cli.parse_args()
    if not given.cases.is_dir():
        print(f"skipped: no cases in {given.cases}")
        return 0
    vocabulary = load_vocabulary()
    aside = {"dedup", "domain", "csl"} - set(given.format or ())
    folders = [each for each in sorted(given.cases.iterdir()) if each.is_dir() and each.name not in aside]
    chosen = [each for each in folders if not given.format or each.name in given.format]
    outcomes = {each.name: score(each, vocabulary, given.errors) for each in chosen}
    print(msgspec.json.encode(outcomes).decode() if given.json else "\n".join(lines(outcomes)))
    return int(any(each.crashed for each in outcomes.values()))


if __name__ == "__main__":
    sys.exit(main())
