"""What is asked, and what a reader gets: the types that travel from here to pages and terminal."""

from __future__ import annotations

from typing import Literal

import msgspec

from kb.index.tree import Order
from kb.publication import Publication
from kb.snippet import Span
from kb.votes import Verdicts

Where = Literal["title", "abstract", "summary", "authors", "journal", "facts"]


class Query(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked. `filters` are (facet, value) pairs: values of one facet are alternatives, facets all hold.

    With `literal` the question is searched word by word and no concept is read into it. `after` is a cursor through
    the answer alone: "" for its beginning, then the `next` of the page before, however many have come meanwhile.
    """

    text: str = ""
    filters: tuple[tuple[str, str], ...] = ()
    sort: Order = "relevance"
    page: int = 1
    after: str | None = None
    literal: bool = False


class Chip(msgspec.Struct, frozen=True):
    """A part of the question as understood: `text` said it, `also` are its other names, `without` the question less it.

    `senses` are what the same word may mean and was not taken to mean. `excluded`: it is what must not be; `either`: it
    is an alternative to the chip before. `concept` is what the text was read as, where that is one of the vocabulary's.
    What is compared with is told by its class alone. `wider` is the broader concept's name, and the question with it.
    """

    kind: str
    name: str
    text: str
    also: tuple[str, ...]
    without: str
    senses: tuple[str, ...] = ()
    excluded: bool = False
    concept: str | None = None
    either: bool = False
    wider: tuple[str, str] | None = None


class Reason(msgspec.Struct, frozen=True):
    """Why a hit is one: what was asked, as which words it was found (none: in the facts alone), and where."""

    asked: str
    words: tuple[str, ...]
    where: tuple[Where, ...]


class Hit(msgspec.Struct, frozen=True):
    """A publication of the answer, its title and a passage cut at the words of the question, and why it is one.

    `whole`: it has all that was answered for, and is counted. One that is not `lacks` what it is not found by;
    `otherwise` are those of these whose words stand in it all the same, in another sense or as part of another name.
    """

    publication: Publication
    title: tuple[Span, ...]
    snippet: tuple[Span, ...]
    snippet_of: Literal["abstract", "summary"] | None
    reasons: tuple[Reason, ...] = ()
    whole: bool = True
    lacks: tuple[str, ...] = ()
    otherwise: tuple[str, ...] = ()


class FacetValue(msgspec.Struct, frozen=True):
    """A value of a facet, and how many publications choosing it shows."""

    value: str
    name: str
    count: int
    chosen: bool


class Facet(msgspec.Struct, frozen=True):
    """A facet and its values, the commonest first (years: the newest first)."""

    field: str
    name: str
    values: tuple[FacetValue, ...]


class Results(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to a query, as of `revision` of the store. `query` is as answered: its page exists.

    `total`, facets and tally are of the publications that answer it; `more` have only some of what was asked, and
    are shown among them or after. `without` are the words of the question that nothing has together with its
    concepts, where what has these alone is counted; `ranking` are those that only rank, for its concepts settle it.
    `instead` is a question that was perhaps meant. `next` is the cursor of what comes after a page that was asked for
    by a cursor.
    """

    query: Query
    total: int
    pages: int
    hits: tuple[Hit, ...]
    chips: tuple[Chip, ...]
    notes: tuple[str, ...]
    facets: tuple[Facet, ...]
    revision: int
    more: int = 0
    tally: tuple[Verdicts, ...] = ()
    instead: str | None = None
    without: tuple[str, ...] = ()
    ranking: tuple[str, ...] = ()
    next: str | None = None


class Matches(msgspec.Struct, frozen=True):
    """The ids of all that a query finds, in the order of its answer, and what a reader should know of how."""

    ids: tuple[str, ...]
    notes: tuple[str, ...]


class Suggestion(msgspec.Struct, frozen=True):
    """A concept that what is being typed may become: the name that fits, the concept's own, how many name it.

    `question` is what was typed, with that name in place of the words that it completes.
    """

    text: str
    name: str
    kind: str
    count: int
    question: str
