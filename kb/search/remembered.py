"""What is remembered of an answer, so that it can be told later whether it changed (`kb.alerts`)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

from kb.alerts.types import Answer, Flag
from kb.index.tree import Order
from kb.question import read
from kb.record import NoticeKind
from kb.search.answers import Query
from kb.search.asking import Asked, Filters
from kb.search.index import Index
from kb.search.spelling import Spelling
from kb.vocabulary import Vocabulary

_STUDIES: Filters = (("counted", "yes"),)
_REVIEWS: Filters = (("design", "systematic_review"), ("design", "overview_or_evidence_map"))
_ORDER: Order = "newest"  # the cheapest: the order is forgotten


def remembered(query: Query, index: Index, vocabulary: Vocabulary) -> Answer:
    """What a reader of the answer could count, and could be warned of; the order asked for makes no difference."""
    reading = read(query.text, vocabulary, literal=query.literal, mend=Spelling(index, vocabulary).mend)
    asked = Asked(reading, query.filters, _ORDER, index, _no_texts)
    if not asked.total:
        return Answer()

    def ids(carrying: Filters) -> tuple[str, ...]:
        return tuple(sorted(asked.answer(asked.total, carrying=carrying)))

    flags = (Flag(id, kind) for kind in get_args(NoticeKind) for id in ids((("notices", kind),)))
    return Answer(
        tally=tuple(sorted(asked.found.tally, key=lambda each: each.cell)),
        studies=ids(_STUDIES),
        reviews=ids(_REVIEWS),
        flags=tuple(sorted(flags)),
    )


def _no_texts(_: Sequence[str]) -> tuple[str, ...]:
    """Words to learn from are asked for where an answer is ordered by relevance alone."""
    return ()
