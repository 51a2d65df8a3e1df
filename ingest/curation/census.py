"""What is in the corpus, in numbers: by design, condition and technique, and how much of it was read by whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import msgspec

from ingest.curation.checks import waiting
from ingest.curation.files import CitationFile, EntryFile, File, ListFile
from kb.extraction import findings


class Census(msgspec.Struct, frozen=True, kw_only=True):
    """Counts of studies by id, the commonest first; a study of two conditions is counted under both.

    A person has read `confirmed` of the facts in their documents, all but those of entries in which something still
    waits for it; `read_twice` of the studies, with `facts_twice` of the facts, were compared by a second one.
    """

    studies: int
    whole_articles: int
    citations: int
    lists: int
    facts: int
    confirmed: int
    read_twice: int
    facts_twice: int
    designs: dict[str, int]
    conditions: dict[str, int]
    techniques: dict[str, int]

    def text(self) -> str:
        """The counts, for a person."""
        tables = (("design", self.designs), ("condition", self.conditions), ("technique", self.techniques))
        held = f"{self.studies} studies ({self.whole_articles} read whole, the others as abstracts)"
        share = f" ({self.confirmed / self.facts:.0%})" if self.facts else ""
        read = f"{self.facts} facts, {self.confirmed}{share} read in their documents by a person"
        again = f"{self.facts_twice} of them ({self.read_twice} studies) read again by a second"
        lines = (f"by {name}: " + ", ".join(f"{id} {n}" for id, n in counts.items()) for name, counts in tables)
        return "\n".join(
            (f"{held}, {self.citations} citations without facts, {self.lists} lists", f"{read}; {again}", *lines)
        )


def census(files: Iterable[File]) -> Census:
    """Count what was read; what could not be read is not counted."""
    held = tuple(files)
    entries = [each for each in held if isinstance(each, EntryFile)]
    facts = {each.path: _facts(each) for each in entries}
    twice = [each for each in entries if each.entry.document.read_again is not None]
    studies = [each.entry.study for each in entries]
    return Census(
        studies=len(entries),
        whole_articles=sum(each.entry.document.kind == "article" for each in entries),
        citations=sum(len(each.records) for each in held if isinstance(each, CitationFile)),
        lists=sum(isinstance(each, ListFile) for each in held),
        facts=sum(facts.values()),
        confirmed=sum(facts[each.path] for each in entries if not waiting(each.text)),
        read_twice=len(twice),
        facts_twice=sum(facts[each.path] for each in twice),
        designs=_counted(each.design or "not_stated" for each in studies),
        conditions=_counted(id for each in studies for id in each.conditions),
        techniques=_counted(id for each in studies for id in each.techniques),
    )


def _facts(file: EntryFile) -> int:
    """How many facts an entry states; what is computed from others is none."""
    return sum(not each.derived for _, each in findings(file.record.curated)) if file.record.curated else 0


def _counted(ids: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(ids).items(), key=lambda each: (-each[1], each[0])))
