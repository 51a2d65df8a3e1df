"""The families of pages. Each file offers `blueprint(kb)`; a new one is a file and a row here."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint

from kb.desk import Desk
from web.pages import (
    about,
    account,
    brief,
    changes,
    corrections,
    curating,
    editions,
    exports,
    feeds,
    health,
    lists,
    offline,
    people,
    publication,
    reports,
    search,
    suggest,
    tally,
    teach,
    topics,
    watch,
)
from web.port import KnowledgeBase

PAGES: dict[str, Callable[[KnowledgeBase], Blueprint]] = {
    "search": search.blueprint,
    "publication": publication.blueprint,
    "teach": teach.blueprint,
    "tally": tally.blueprint,
    "topics": topics.blueprint,
    "brief": brief.blueprint,
    "feeds": feeds.blueprint,
    "about": about.blueprint,
    "health": health.blueprint,
    "suggest": suggest.blueprint,
    "offline": offline.blueprint,
}
# Open to all, and with more for those who sign in: their second argument is None where nobody can.
SHARED_PAGES: dict[str, Callable[[KnowledgeBase, Desk | None], Blueprint]] = {
    "lists": lists.blueprint,
    "editions": editions.blueprint,
    "exports": exports.blueprint,
}
PEOPLE_PAGES: dict[str, Callable[[KnowledgeBase, Desk], Blueprint]] = {
    "account": account.blueprint,
    "people": people.blueprint,
    "changes": changes.blueprint,
    "curating": curating.blueprint,
    "corrections": corrections.blueprint,
    "reports": reports.blueprint,
    "watch": watch.blueprint,
}
