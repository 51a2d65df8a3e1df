"""How well records of one publication are recognised, on labelled sets, and how fast.

    python benchmarks/dedup.py LABELLED_SET... [--others PUBMED_SUMMARY...] [--scale 100000] [--json] [--errors]

Each record goes the pipeline's way, one after another: keys, candidates, place, join; only the table of keys is in
memory. Sensitivity is the share of the labelled duplicates that were joined, precision the share of the joined that
are labelled so. Where one survivor of each group is labelled (ASySD), a group without its survivor misses one, and
one with two joins one too many; where every member is labelled (SRA), members count. Drift pairs (citations of one
PMID at two times, among `--others`) count by pairs, with and without identifiers. `--scale` takes in that many
invented records, a tenth of them damaged copies, and then a thousand more.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from pathlib import Path

import msgspec

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.invented_citations import invented  # noqa: E402
from benchmarks.labelled import Labelled, read, summaries  # noqa: E402
from ingest.dedupe import Citation, cite, may_join, place  # noqa: E402
from kb.identity import CROWD, MOST, identity_keys  # noqa: E402
from kb.record import Record, Scheme  # noqa: E402

# As measured on these sets: sensitivity / precision.
BESIDE = {
    "asysd": "DOI or exact title .9952/.9580, rules + rapidfuzz .9992/.9968, bib-dedupe .9992/.9992, splink 1/.9906",
    "tafenoquine": "DOI or exact title .9912/1, rules + rapidfuzz 1/1, bib-dedupe 1/1, splink 1/1",
    "copper": "DOI or exact title 1/.9894, rules + rapidfuzz 1/1, bib-dedupe .9929/1, splink .9929/1",
    "respiratory": "DOI or exact title .9136/.9812, rules + rapidfuzz .9887/.9900, bib-dedupe .9449/.9974, "
    "splink 1/.9708",
    "drift": "rules + rapidfuzz, with DOI .9983/1, without identifiers .9817/.9988",
}

DRIFT: tuple[tuple[tuple[Scheme, ...], str], ...] = (
    ((), "without identifiers"),
    (("doi",), "with DOI"),
    (("doi", "pmid", "pmcid"), "with all"),
)


class Score(msgspec.Struct, frozen=True):
    """What a set gave. `right` joined as labelled, of `labelled`; `wrong` joined and not labelled."""

    name: str
    records: int
    labelled: int
    right: int
    wrong: int
    seconds: float
    beside: str = ""

    @property
    def sensitivity(self) -> float:
        """The share of the labelled that were joined."""
        return self.right / self.labelled if self.labelled else 1.0

    @property
    def precision(self) -> float:
        """The share of the joined that are labelled."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    def text(self) -> str:
        """For a person."""
        if not self.labelled:
            return f"{self.name}: {self.records:,} records, none labelled; {self.wrong:,} were joined with another"
        pace = self.seconds * 10_000 / max(self.records, 1)
        return (
            f"{self.name}: {self.records:,} records, {self.labelled:,} labelled; sensitivity {self.sensitivity:.4f}, "
            f"precision {self.precision:.4f} (missed {self.labelled - self.right}, too many {self.wrong}); "
            f"{pace:.1f} s a 10,000\n    {self.beside}"
        )

    def row(self) -> dict[str, object]:
        """For a program."""
        return {**msgspec.structs.asdict(self), "sensitivity": self.sensitivity, "precision": self.precision}


class Memory:
    """The store's table of keys in memory, and the publications that records were placed in."""

    def __init__(self) -> None:
        self._keys: defaultdict[str, list[int]] = defaultdict(list)
        self._parent: list[int] = []
        self._members: dict[int, list[Citation]] = {}

    def add(self, record: Record) -> None:
        """Place a record, as the pipeline does."""
        citation, keys, id = cite(record), identity_keys(record), len(self._parent)
        self._parent.append(id)
        self._members[id] = [citation]
        cited = {str(each): self._members[each] for each in self._recognised(keys)}
        home, *others = [int(each) for each in place(citation, cited.items()).same] or [id]
        for each in others:
            if may_join(self._members[home], self._members[each]):
                self._into(home, each)
        if home != id:
            self._into(home, id)
        for key in keys:
            self._keys[key].append(id)

    def _recognised(self, keys: Iterable[str]) -> list[int]:
        shared: dict[int, int] = {}
        telling: set[int] = set()
        for key in keys:
            homes = {self.home(each) for each in self._keys.get(key, ())}
            for home in homes:
                shared[home] = shared.get(home, 0) + 1
            if len(homes) <= CROWD:
                telling |= homes
        named = (each for each in shared if shared[each] > 1 or each in telling)
        return sorted(named, key=lambda each: (-shared[each], each))[:MOST]

    def _into(self, home: int, gone: int) -> None:
        self._parent[gone] = home
        self._members[home] += self._members.pop(gone)

    def home(self, record: int) -> int:
        """The publication of a record, both by number."""
        while self._parent[record] != record:
            record = self._parent[record]
        return record

    def groups(self) -> list[list[int]]:
        """The records of each publication."""
        found: defaultdict[int, list[int]] = defaultdict(list)
        for each in range(len(self._parent)):
            found[self.home(each)].append(each)
        return list(found.values())


def take_in(records: Iterable[Record]) -> tuple[Memory, float]:
    """Place all records; the seconds it took."""
    memory, began = Memory(), time.perf_counter()
    for each in records:
        memory.add(each)
    return memory, time.perf_counter() - began


def score(found: Labelled, errors: bool) -> Score:
    """Take a set in, and compare with its labels."""
    memory, seconds = take_in(found.records)
    count = {"survivor": _by_survivor, "members": _by_member, "pairs": _by_pair}[found.rule]
    labelled, right, wrong, bad = count(memory.groups(), found.labels)
    for group in bad if errors else ():
        print("\n".join(_line(found.records[each], found.labels[each]) for each in group), end="\n\n")
    beside = next((text for name, text in BESIDE.items() if name in found.name), "")
    return Score(found.name, len(found.records), labelled, right, wrong, seconds, beside)


_Counted = tuple[int, int, int, list[list[int]]]


def _by_survivor(groups: list[list[int]], labels: Sequence[str | None]) -> _Counted:
    survivors = [sum(labels[each] is None for each in group) for group in groups]
    labelled = sum(each is not None for each in labels)
    missed, wrong = survivors.count(0), sum(each - 1 for each in survivors if each > 1)
    bad = [group for group, count in zip(groups, survivors, strict=True) if count != 1]
    return labelled, labelled - missed, wrong, bad


def _by_member(groups: list[list[int]], labels: Sequence[str | None]) -> _Counted:
    joined = {each for group in groups if len(group) > 1 for each in group}
    marked = {at for at, each in enumerate(labels) if each is not None}
    bad = [group for group in groups if any((each in joined) != (each in marked) for each in group)]
    return len(marked), len(joined & marked), len(joined - marked), bad


def _by_pair(groups: list[list[int]], labels: Sequence[str | None]) -> _Counted:
    of_label: defaultdict[str | None, list[int]] = defaultdict(list)
    for at, label in enumerate(labels):
        of_label[label].append(at)
    true = {pair for members in of_label.values() for pair in combinations(members, 2)}
    joined = {pair for group in groups for pair in combinations(group, 2)}
    return len(true), len(true & joined), len(joined - true), [list(pair) for pair in true ^ joined]


def _line(record: Record, label: str | None) -> str:
    who = record.contributors[0].family if record.contributors else "-"
    place_ = (record.container, record.year, record.volume, record.issue, record.pages, record.value_of("doi"))
    return f"{label or '-':10} {record.title[:110]} | {who} | {' | '.join(str(each or '-') for each in place_)}"


def scores(paths: Sequence[Path], others: Sequence[Path], errors: bool) -> Iterator[Score]:
    """Score each set; drift pairs with all identifiers, with DOIs alone, and without."""
    for path in paths:
        found = read(path)
        if found.rule != "pairs":
            yield score(found, errors)
            continue
        found = found.among(each for other in others for each in summaries(other))
        for kept, name in DRIFT:
            yield score(found.reduced_to(kept, f"{found.name}, {name}"), errors)


def scale(count: int) -> Iterator[str]:
    """Take in `count` invented records, and then a thousand more."""
    records = invented(count + 1_000)
    memory, seconds = take_in(next(records) for _ in range(count))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    groups = len(memory.groups())
    yield f"{count:,} invented records: {seconds:.1f} s, peak memory {peak:.0f} MB, {groups:,} publications"
    more = list(records)
    began = time.perf_counter()
    for each in more:
        memory.add(each)
    yield f"{len(more):,} more: {time.perf_counter() - began:.2f} s"


def main() -> None:
    """Run the command."""
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("sets", nargs="*", type=Path)
    cli.add_argument("--others", nargs="*", type=Path, default=[])
    cli.add_argument("--scale", type=int)
    cli.add_argument("--json", action="store_true")
    cli.add_argument("--errors", action="store_true")
    given = cli.parse_args()
    found = list(scores(given.sets, given.others, given.errors))
    if given.json:
        print(msgspec.json.format(msgspec.json.encode([each.row() for each in found])).decode())
    else:
        print("\n".join(each.text() for each in found))
    for line in scale(given.scale) if given.scale else ():
        print(line)


if __name__ == "__main__":
    main()
