"""How our citations compare with those of an independent processor of citation styles, string by string.

    python benchmarks/citing.py FOLDER [--style apa ...]

FOLDER holds `*.csl.json`, items of CSL-JSON with an `id` and what they are read by, and for each style
`expected*__<style>.json` (or `.json.gz`): an object of what citeproc-js makes of each item alone, by id, as text or
as HTML (then italics count). Styles: `apa`, `american-medical-association`, `nlm-citation-sequence`. Each item goes
through the parser as any import does.

Printed for each style: how many are the same as they stand, but for space; how many once the differences that are
meant to be are taken away; and every such class with why it is, its number and three examples. A class is counted
where the two would differ without it. What is left over is shown as it is; in AMA these are groups, which it puts
behind the people and never under "et al".
"""

from __future__ import annotations

import argparse
import gzip
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import msgspec

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.citing_differences import (  # noqa: E402
    CLASSES,
    STYLES,
    Difference,
    Item,
    bare,
    differing,
    persons_named,
)
from ingest.parsers import csl_json  # noqa: E402
from kb.citing import Citation, citations  # noqa: E402
from kb.record import Payload, Record  # noqa: E402
from kb.vocabulary import load_vocabulary  # noqa: E402

WHEN = datetime(2026, 1, 1, tzinfo=UTC)
EXAMPLES = 3
Pair = tuple[str, str]


class Comparison(msgspec.Struct):
    """One style: `same` of `items` as they stand, `equal` once `classes` are taken away, the rest in `left`.

    `persons` counts the items of which a group was read as the person that it is.
    """

    style: str
    items: int = 0
    persons: int = 0
    same: int = 0
    equal: int = 0
    classes: dict[str, list[Pair]] = msgspec.field(default_factory=lambda: defaultdict(list))
    left: list[tuple[str, Pair]] = msgspec.field(default_factory=list)

    @property
    def share(self) -> float:
        """The share that is equal but for what is meant to differ; 0 without items."""
        return self.equal / self.items if self.items else 0.0


def compare(folder: Path) -> Iterator[Comparison]:
    """A comparison for each style of which `folder` has expected strings; raises OSError where it has no items."""
    items = [item for path in _some(folder, "*.csl.json") for item in msgspec.json.decode(path.read_bytes())]
    named = [persons_named(each) for each in items]
    changed = {item["id"] for item, other in zip(items, named, strict=True) if item != other}
    records = {False: _records(items), True: _records(named)}
    for style, name in STYLES.items():
        read = records[name != "APA 7"]  # APA writes a group and a person apart, and the strings have groups
        for path in sorted(folder.glob(f"expected*__{style}.json*")):
            expected = msgspec.json.decode(_bytes(path), type=dict[str, str])
            found = Comparison(style, persons=len(changed & expected.keys()) if name != "APA 7" else 0)
            for item in items:
                if item["id"] in expected and item["id"] in read:
                    _count(found, item, expected[item["id"]], _cited(read[item["id"]], name))
            yield found


def _count(found: Comparison, item: Item, want: str, citation: Citation) -> None:
    got = _marked(citation) if "<i>" in want else citation.text
    want, got = bare(want), bare(got)
    found.items += 1
    found.same += want == got
    classes = [each for each in CLASSES if found.style in each.styles]
    if equal := _without(classes, want, got, item):
        found.equal += 1
    if want != got:
        for each in classes:
            others = [other for other in classes if other is not each]
            if equal and not _without(others, want, got, item):
                found.classes[each.name].append((want, got))
    if not equal:
        found.left.append((str(item["id"]), _taken_away(classes, want, got, item)))


def _without(classes: list[Difference], want: str, got: str, item: Item) -> bool:
    want, got = _taken_away(classes, want, got, item)
    return want == got


def _taken_away(classes: list[Difference], want: str, got: str, item: Item) -> Pair:
    for each in classes:
        want, got = each.away(want, got, item)
    return want, got


def _records(items: list[Item]) -> Mapping[str, Record]:
    vocabulary = load_vocabulary()
    found: dict[str, Record] = {}
    for item in items:
        payload = Payload(source="benchmark", key=item["id"], body=msgspec.json.encode([item]), fetched_at=WHEN)
        found |= {str(item["id"]): each for each in csl_json.parse(payload, vocabulary) if isinstance(each, Record)}
    return found


def _cited(record: Record, style: str) -> Citation:
    return next(each for each in citations(record) if each.style == style)


def _marked(citation: Citation) -> str:
    return "".join(f"<i>{each.text}</i>" if each.italic else each.text for each in citation.pieces)


def _some(folder: Path, pattern: str) -> list[Path]:
    if not (found := sorted(folder.glob(pattern))):
        raise FileNotFoundError(f"no {pattern} in {folder}")
    return found


def _bytes(path: Path) -> bytes:
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


def report(found: Comparison) -> Iterator[str]:
    """The comparison in lines."""
    share = f"{100 * found.share:.2f} %"
    yield f"{found.style}: {found.same} of {found.items} the same, {found.equal} ({share}) but for what is meant:"
    if found.persons:
        yield f"  {found.persons:5} items have a person as a group (`Weber É`), who was read as a person"
    for each in CLASSES:
        if pairs := found.classes.get(each.name):
            yield f"  {len(pairs):5} {each.name}: {each.why}"
            yield from (f"        {differing(*pair)}" for pair in pairs[:EXAMPLES])
    yield f"  {len(found.left):5} left over"
    yield from (f"        {key}: {differing(*pair)}" for key, pair in found.left)


def main() -> None:
    """Print every style's comparison."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="items and expected strings")
    parser.add_argument("--style", nargs="+", choices=list(STYLES), default=list(STYLES))
    asked = parser.parse_args()
    for each in compare(asked.folder):
        if each.style in asked.style:
            print("\n".join(report(each)))


if __name__ == "__main__":
    main()
