"""The families of pages. Each file offers `blueprint(kb)`; a new one is a file and a row here."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint

from kb.desk import Desk
from web.pages import (
    about,
    account,
    brief,
    feeds,
    health,
    lists,
    offline,
    people,
    publication,
    search,
    suggest,
    tally,
    topics,
    watch,
)
from web.port import KnowledgeBase

PAGES: dict[str, Callable[[KnowledgeBase], Blueprint]] = {
    "search": search.blueprint,
    "publication": publication.blueprint,
    "tally": tally.blueprint,
    "topics": topics.blueprint,
    "lists": lists.blueprint,
    "brief": brief.blueprint,
    "feeds": feeds.blueprint,
    "about": about.blueprint,
    "health": health.blueprint,
    "suggest": suggest.blueprint,
    "offline": offline.blueprint,
}
PEOPLE_PAGES: dict[str, Callable[[KnowledgeBase, Desk], Blueprint]] = {
    "account": account.blueprint,
    "people": people.blueprint,
    "watch": watch.blueprint,
}
