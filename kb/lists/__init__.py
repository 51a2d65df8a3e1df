"""Reading lists: publications in sections and an order, each with what a curator says of it.

A list names a publication by an identifier or its id here, so that it can travel to another knowledge base, and stays
whole where one of its publications is not held there. What it says is the curator's and no evidence.
"""

from __future__ import annotations

from kb.lists.files import read_list
from kb.lists.types import (
    VISIBILITIES,
    Item,
    ListSection,
    Placed,
    PlacedSection,
    ReadingList,
    Visibility,
    digest,
    for_readers,
    identifier_of,
    lookup_key,
    placed,
)

__all__ = [
    "VISIBILITIES",
    "Item",
    "ListSection",
    "Placed",
    "PlacedSection",
    "ReadingList",
    "Visibility",
    "digest",
    "for_readers",
    "identifier_of",
    "lookup_key",
    "placed",
    "read_list",
]
