"""A publication as it is cited: APA 7, AMA 11, Vancouver. Pure, and our own: what is not stated is left out; `csl`
cites in any other style.

Each style is a file that names its rules, where they can be read by anybody, and the processor that it was held
against: `benchmarks/citing.py` compares with citeproc-js (citation styles of citationstyles.org), string by string.
What differs from it on purpose is written there, class by class. Titles keep the capitals that they were stored
with: a program cannot tell a name from a word. Whatever is no journal article is cited by what it has in common
with one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import msgspec

from kb.citing.ama import ama
from kb.citing.apa import apa
from kb.citing.pages import whole_pages
from kb.citing.pieces import Piece
from kb.citing.vancouver import vancouver
from kb.record import Record

__all__ = ["NAMES", "STYLES", "Citation", "Piece", "citations", "whole_pages"]

STYLES: Mapping[str, Callable[[Record], Iterator[Piece]]] = {"APA 7": apa, "AMA 11": ama, "Vancouver": vancouver}
NAMES: Mapping[str, str] = {"apa": "APA 7", "ama": "AMA 11", "vancouver": "Vancouver"}  # in an address


class Citation(msgspec.Struct, frozen=True):
    """A publication in one style."""

    style: str
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """The citation without italics."""
        return "".join(each.text for each in self.pieces)


def citations(record: Record) -> tuple[Citation, ...]:
    """The record in every style."""
    return tuple(Citation(style, tuple(each for each in write(record) if each.text)) for style, write in STYLES.items())
