"""What Whoosh is told of a document: its fields, and how their postings are written.

Only what Whoosh 2.7.4 has too is used, so that the maintained line (`whoosh3`, imported as `whoosh`) can be
left by changing one line. Analysis is ours (`kb.text`), and so is what a posting holds: the positions of a
word as 16-bit numbers, which arrays take over as they are; written so, they also cost half of what Whoosh's
own format does. Text comes in parts, and positions leap between two of them, so that no phrase crosses.
"""

from __future__ import annotations

import warnings
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from kb.index.columns import row
from kb.index.document import TEXT_FIELDS, Document
from kb.text import stems

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # Whoosh 2.7.4's own source warns of its escapes when first compiled
    from whoosh import fields, formats

LAST = 60_000  # the highest position that is told apart
MOST = 0xFFFF  # of one word in one text: frequencies have 16 bits, too
_GAP = 16  # positions between two parts of a text

Posting = tuple[bytes, int, float, bytes]


class Positions(formats.Positions):  # type: ignore[misc]  # Whoosh 2.7.4 is untyped
    """Postings of text in parts: frequency and positions."""

    def word_values(self, value: tuple[str, ...], analyzer: Any, **options: Any) -> Iterator[Posting]:
        places: defaultdict[str, list[int]] = defaultdict(list)
        start = 0
        for part in value:
            found = stems(part)
            for at, stem in enumerate(found, start):
                places[stem].append(at if at < LAST else LAST)
            start += len(found) + _GAP
        for stem, spots in places.items():
            del spots[MOST:]
            yield stem.encode(), len(spots), float(len(spots)), array("H", spots).tobytes()

    def encode(self, poslist: list[int]) -> bytes:
        return array("H", poslist).tobytes()

    def decode_positions(self, valuestring: bytes) -> list[int]:
        return array("H", valuestring).tolist()

    def decode_frequency(self, valuestring: bytes) -> int:
        return len(valuestring) // 2


class Counts(formats.Existence):  # type: ignore[misc]
    """Postings of terms that come counted, as (term, count) pairs; Whoosh keeps the count as the weight."""

    def word_values(self, value: Iterable[tuple[str, int]], analyzer: Any, **options: Any) -> Iterator[Posting]:
        for term, count in value:
            yield term.encode(), count, float(count), b""


class _Field(fields.FieldType):  # type: ignore[misc]
    def __init__(self, format: Any, *, scorable: bool) -> None:
        self.format, self.scorable, self.analyzer = format, scorable, None
        self.stored = self.unique = self.multitoken_query = False

    def index(self, value: Any, **options: Any) -> Iterator[Posting]:
        found: Iterator[Posting] = self.format.word_values(value, self.analyzer, **options)
        return found


def schema() -> Any:
    """The schema. Terms of `facet` are `facet:value`; `year` and `n` are in no tiers, for they are rarely asked."""
    texts = {name: _Field(Positions(), scorable=True) for name in TEXT_FIELDS}
    return fields.Schema(
        id=fields.ID(unique=True),
        identifier=_Field(Counts(), scorable=False),
        facet=_Field(Counts(), scorable=False),
        written=_Field(Counts(), scorable=False),
        concept=_Field(Counts(), scorable=True),
        year=fields.NUMERIC(bits=32, shift_step=0),
        n=fields.NUMERIC(bits=32, shift_step=0),
        row=fields.STORED,
        **texts,
    )


def values(document: Document) -> dict[str, Any]:
    """The values of a document for `schema`."""
    facets = ((facet, value) for facet, held in document.facets for value in dict.fromkeys(held))
    found: dict[str, Any] = {
        "id": document.id,
        "identifier": tuple((each, 1) for each in dict.fromkeys(document.identifiers)),
        "facet": tuple((f"{facet}:{value}", 1) for facet, value in facets),
        "concept": document.concepts,
        "written": tuple((each, 1) for each in document.written),
        "row": msgspec.json.encode(row(document)),
    }
    numbers = {"year": document.year, "n": document.n}
    found |= {name: min(number, 2**31 - 1) for name, number in numbers.items() if number is not None}
    found.update(document.texts)
    return found
