"""A question is an address: `Query` to URL parameters and back, in one canonical short form.

Whatever a form, an old bookmark or a hostile client sends becomes some `Query`; nothing here is an
error. The canonical form leaves out what is empty or default, and orders the rest, so that the same
question always has the same address.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import get_args
from urllib.parse import urlencode

from kb.facets import FACETS
from kb.index.tree import Order
from kb.question import LONGEST
from kb.search import Query

MAX_TEXT = 2 * LONGEST  # longer than a question is read, so that the answer says that it was cut
MAX_VALUE = 120
MAX_FILTERS = 200
MAX_PAGE = 500

SORTS: tuple[Order, ...] = get_args(Order)

_UNPRINTABLE = re.compile(r"[\x00-\x20\x7f-\xa0\ud800-\udfff\ufffe\uffff]+")


def from_parameters(pairs: Iterable[tuple[str, str]]) -> Query:
    """The question that URL parameters ask. Of a single-valued parameter the first counts."""
    first: dict[str, str] = {}
    filters: set[tuple[str, str]] = set()
    for name, raw in pairs:
        value = _clean(raw, MAX_TEXT if name == "q" else MAX_VALUE)
        if name in FACETS and value:
            filters.add((name, value))
        elif value:
            first.setdefault(name, value)
    return Query(
        text=first.get("q", ""),
        filters=_in_order(filters),
        sort=next((each for each in SORTS if each == first.get("sort")), "relevance"),
        page=_page(first.get("page", "1")),
        literal=first.get("literal") == "1",
    )


def to_parameters(query: Query) -> tuple[tuple[str, str], ...]:
    """The canonical parameters of `query`: `from_parameters` gives the same question back."""
    pairs = [("q", query.text), *_in_order(set(query.filters))]
    if query.sort != "relevance":
        pairs.append(("sort", query.sort))
    if query.page > 1:
        pairs.append(("page", str(query.page)))
    if query.literal:
        pairs.append(("literal", "1"))
    return tuple((name, value) for name, value in pairs if value)


def address(path: str, query: Query) -> str:
    """`path` with the canonical parameters of `query`."""
    parameters = urlencode(to_parameters(query))
    return f"{path}?{parameters}" if parameters else path


def typed(pairs: Iterable[tuple[str, str]]) -> str:
    """What is being typed into the box: the first `q`, with the space at its end, which says that a word is whole."""
    return next((_printable(value, MAX_TEXT).lstrip() for name, value in pairs if name == "q"), "")


def _clean(text: str, limit: int) -> str:
    return _printable(text, limit).strip()[:limit].rstrip()


def _printable(text: str, limit: int) -> str:
    return unicodedata.normalize("NFC", _UNPRINTABLE.sub(" ", text[: 4 * limit]))


def _in_order(filters: set[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(filters, key=lambda each: (FACETS.index(each[0]), each[1]))[:MAX_FILTERS])


def _page(text: str) -> int:
    return min(max(int(text), 1), MAX_PAGE) if re.fullmatch(r"[0-9]{1,6}", text) else 1
