"""What reading everything again would change, worked out without changing anything.

An operator who upgrades wants to know beforehand which records would say something else. Facts are compared by
what they say: a row that merely moved within its abstract is no change to a reader.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

import msgspec

from ingest.extractors import extract
from kb.extraction import Arm, Extraction, Outcome, findings
from kb.plain import outcome_line
from kb.publication import Publication
from kb.vocabulary import Vocabulary

_INDEX = re.compile(r"\.\d+")


class Difference(msgspec.Struct, frozen=True):
    """Facts of `publication` that would go and come, as "where: what". `hidden` are those a person's word covers."""

    publication: str
    gone: tuple[str, ...]
    fresh: tuple[str, ...]
    hidden: bool

    def text(self) -> str:
        """For a person: a line a fact, with - and +."""
        covered = "  (a person's reading stays on top: nothing of it would show)" if self.hidden else ""
        lines = (*(f"  - {each}" for each in self.gone), *(f"  + {each}" for each in self.fresh))
        return "\n".join((f"{self.publication}{covered}", *lines))


class Forecast(msgspec.Struct, frozen=True):
    """What reading `publications` again would do: `differing` would say something else, the rest would not."""

    publications: int
    differing: tuple[Difference, ...]

    def text(self) -> str:
        """For a person."""
        total = f"{len(self.differing)} of {self.publications} publications would say something else"
        return "\n".join((*(each.text() for each in self.differing), total + "; nothing was changed"))


def forecast(publications: Iterable[Publication], vocabulary: Vocabulary) -> Forecast:
    """Read every text again and compare with the reading that is stored."""
    compared = [_difference(each, extract(each.record, vocabulary), vocabulary) for each in publications]
    return Forecast(len(compared), tuple(each for each in compared if each is not None))


def _difference(publication: Publication, after: Extraction, vocabulary: Vocabulary) -> Difference | None:
    old, new = Counter(_said(publication.machine, vocabulary)), Counter(_said(after, vocabulary))
    gone, fresh = tuple((old - new).elements()), tuple((new - old).elements())
    if not gone and not fresh:
        return None
    curated = publication.record.curated
    covered = {_top(each) for each in _said(curated, vocabulary)} if curated else set[str]()
    return Difference(publication.id, gone, fresh, all(_top(each) in covered for each in (*gone, *fresh)))


def _top(said: str) -> str:
    return said.partition(":")[0]


def _said(extraction: Extraction, vocabulary: Vocabulary) -> Iterator[str]:
    for path, finding in findings(extraction):
        value = finding.value
        if isinstance(value, Outcome):
            shown = outcome_line(value, vocabulary)
        elif isinstance(value, Arm):
            shown = ", ".join(filter(None, (value.name, value.role, value.comparator)))
        elif isinstance(value, msgspec.Struct):
            shown = ", ".join(str(each) for each in msgspec.structs.astuple(value) if each is not None)
        else:
            shown = str(value)
        yield f"{_INDEX.sub('', path)}: {shown}{' (derived)' if finding.derived else ''}"
