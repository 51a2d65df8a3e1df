"""Suggestions for the question box: as a list while somebody types, and the commonest for those without script."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from flask import url_for

from kb.errors import IndexUnavailableError
from kb.search import Query, Suggestion
from web.port import KnowledgeBase
from web.reader import number
from web.urls import address

MOST = 60  # names in the page itself: some 500 bytes of it as sent
_FACETS = ("condition", "technique", "outcome")


class Offer(msgspec.Struct, frozen=True):
    """A suggestion as sent: `question` is for the box, `url` where it leads, `label` what a reader sees of it."""

    text: str
    name: str
    kind: str
    count: int
    question: str
    url: str
    label: str


def offers(suggestions: Sequence[Suggestion]) -> tuple[Offer, ...]:
    """The suggestions with their addresses, in their order."""
    return tuple(
        Offer(
            each.text,
            each.name,
            each.kind,
            each.count,
            each.question,
            address(url_for("search.results"), Query(text=each.question)),
            _label(each),
        )
        for each in suggestions
    )


def _label(each: Suggestion) -> str:
    """`fibrositis: fibromyalgia, condition, 10 publications`; a name that is the concept's own is said once."""
    name = each.name if each.text == each.name else f"{each.text}: {each.name}"
    return f"{name}, {each.kind}, {number(each.count)} publication{'s' if each.count != 1 else ''}"


class Commonest:
    """Calling it gives the names of the concepts that most publications here speak of, the commonest first.

    They are remembered while the knowledge base stays as it is. Without an index there are none: a page of an error has
    the box too.
    """

    def __init__(self, kb: KnowledgeBase) -> None:
        self._kb = kb
        self._remembered: tuple[int | None, tuple[str, ...]] = (None, ())

    def __call__(self) -> tuple[str, ...]:
        revision = self._kb.revision
        if revision != self._remembered[0]:
            try:
                self._remembered = (revision, self._names())
            except IndexUnavailableError:
                return ()
        return self._remembered[1]

    def _names(self) -> tuple[str, ...]:
        facets = self._kb.search(Query()).facets
        values = [each for facet in facets if facet.field in _FACETS for each in facet.values]
        return tuple(dict.fromkeys(each.name for each in sorted(values, key=lambda each: -each.count)))[:MOST]
