"""What the studies on a reading list say together: the tally that an answer has, over publications named one by one.

A list is a choice, and its tally says what was chosen: the page says so beside the numbers.
"""

from __future__ import annotations

from collections import Counter as Count
from collections.abc import Collection, Iterable, Iterator

import msgspec

from kb.facets import with_broader
from kb.overlay import stands
from kb.publication import Publication
from kb.tally import sums
from kb.topics import load_texts
from kb.votes import counted, tallied
from kb.wording import HARMS
from web.counter import Counter, counter_among
from web.port import KnowledgeBase
from web.tally import Harms, Strip, Table, table_of


class Together(msgspec.Struct, frozen=True):
    """`of` publications of the list are counted; `table`, `strip` and `counter` are for the macros of `_tally.html`."""

    of: int
    table: Table
    strip: Strip
    counter: tuple[Counter, ...]


def together(publications: Collection[Publication], topics: Collection[str], kb: KnowledgeBase) -> Together | None:
    """What those that a tally may count say; None where there are none."""
    studies = [each for each in publications if tallied(each, kb.vocabulary)]
    if not studies:
        return None
    cells = counted(by_study(studies, kb), kb.vocabulary)
    about = [each.id for each in with_broader(topics, kb.vocabulary)]
    return Together(
        len(studies),
        table_of(cells, kb.vocabulary),
        Strip(sums(cells), _harms(studies), load_texts().cautions_on(about)),
        counter_among(studies, kb.vocabulary),
    )


def by_study(publications: Iterable[Publication], kb: KnowledgeBase) -> Iterator[list[Publication]]:
    """The papers of a study together, so that each study is counted once."""
    left, seen = {each.id: each for each in publications}, set[str]()
    for each in left.values():
        if each.id not in seen:
            papers = {each.id, *(it.publication.id for it in kb.relations(each) if it.kind == "study")} & left.keys()
            seen |= papers
            yield [left[id] for id in sorted(papers)]


def _harms(publications: Iterable[Publication]) -> Harms:
    stated = (each.facts.harms for each in publications)
    said = Count(each.value if stands(each) else None for each in stated)
    told = tuple((HARMS[value], count) for value, count in said.items() if value is not None)
    mentioned = sum(count for _, count in told)
    return Harms(mentioned, said.total(), said.total(), told, ())
