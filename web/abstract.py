"""The abstract of a page: cut at the passages that facts quote, and for each passage all that it says.

A reader may come from either side. A fact leads to its words; the number behind marked words leads to the first fact
that rests on them, and a list names every one.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from kb.marking import Step, Stretch, blocks, mark
from kb.record import Record
from web.factsheet import FactGroup
from web.ledger import LedgerRow


class Paragraph(msgspec.Struct, frozen=True):
    """A labelled part of the abstract, cut at the passages that the facts quote."""

    label: str | None
    steps: tuple[Step, ...]


class Said(msgspec.Struct, frozen=True):
    """A fact that a passage says: its anchor, and the fact in words."""

    id: str
    text: str


class Support(msgspec.Struct, frozen=True):
    """What a passage says: the stored words, and every fact that rests on them. Its number leads to the first."""

    quote: str | None
    facts: tuple[Said, ...]

    @property
    def text(self) -> str:
        """All its facts in a line."""
        return "; ".join(each.text for each in self.facts)


def paragraphs(record: Record, numbers: Mapping[Stretch, int]) -> tuple[Paragraph, ...]:
    """The abstract in its labelled parts."""
    abstract = record.abstract or ""
    return tuple(
        Paragraph(each.label, mark(abstract, numbers, each.start, each.end))
        for each in blocks(abstract, record.sections)
    )


def supports(groups: tuple[FactGroup, ...], rows: tuple[LedgerRow, ...]) -> dict[int, Support]:
    """Passage number -> what it says, for the reader who starts from the words."""
    said = [(each.id, f"{each.name}: {each.benefit}, {each.basis}", each.source) for each in rows]
    said += [(each.id, f"{each.label.lower()}: {each.value}", each.source) for group in groups for each in group.facts]
    supports: dict[int, Support] = {}
    for id, text, source in said:
        if source.passage is not None:
            before = supports.get(source.passage, Support(source.quote, ()))
            supports[source.passage] = Support(before.quote, (*before.facts, Said(id, text)))
    return dict(sorted(supports.items()))
