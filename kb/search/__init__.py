"""Asking the knowledge base: `search` gives a page of an answer, `find` all ids of it.

The read-back (chips and notes) is part of the answer: a reader always sees how the question was understood, and
every chip can be taken away. All of it is made once, around the engines, which only match, score and count.
"""

from __future__ import annotations

from kb.search.answers import Chip, Facet, FacetValue, Hit, Matches, Query, Reason, Results, Suggestion
from kb.search.asking import Filters, counts
from kb.search.remembered import remembered
from kb.search.searching import PAGE, find, leading, search
from kb.search.similar import similar
from kb.search.spelling import Spelling
from kb.search.suggest import suggest

__all__ = [
    "PAGE",
    "Chip",
    "Facet",
    "FacetValue",
    "Filters",
    "Hit",
    "Matches",
    "Query",
    "Reason",
    "Results",
    "Spelling",
    "Suggestion",
    "counts",
    "find",
    "leading",
    "remembered",
    "search",
    "similar",
    "suggest",
]
