"""The list that "Add to a list" means, and what is on it: told once a page, for all its cards."""

from __future__ import annotations

import msgspec
from flask import g

from kb.desk import Desk


class Adding(msgspec.Struct, frozen=True):
    """The list that the visitor used last, and the ids of the publications on it. None: there is none yet."""

    id: str | None
    title: str
    on: frozenset[str]


def adding(desk: Desk) -> Adding:
    """Of whoever is signed in."""
    if "adding" not in g:
        last = desk.lists.last_used(g.visitor)
        g.adding = Adding(last.id, last.title, desk.lists.on(last)) if last else Adding(None, "", frozenset())
    told: Adding = g.adding
    return told
