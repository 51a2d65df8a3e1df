"""What a page says where no retraction is known: which sources would have told, and when they were looked at.

That nothing is attached is no clearance: each source lists what it was told of, and the day matters.
"""

from __future__ import annotations

import msgspec

from kb.publication import Publication
from kb.relations import Looked
from web.port import KnowledgeBase
from web.reader import day

_TELLING = ("retracted", "retracted_and_replaced", "withdrawn", "reinstated", "retraction_notice")


class NotListed(msgspec.Struct, frozen=True):
    """`what` is attached in none of `sources`; without sources nobody would have told."""

    what: str
    sources: tuple[str, ...]


def not_listed(publication: Publication, kb: KnowledgeBase) -> NotListed | None:
    """What to say of `publication`; None where a notice speaks of its retraction already."""
    notices = publication.record.notices
    if any(each.kind in _TELLING for each in notices):
        return None
    what = "a retraction" if notices else "a correction or retraction"
    return NotListed(what, tuple(_told(each) for each in kb.looked(publication)))


def _told(looked: Looked) -> str:
    if looked.fetched is None:
        return looked.source
    return f"{looked.source} ({'from a file taken in on' if looked.by_hand else 'fetched on'} {day(looked.fetched)})"
