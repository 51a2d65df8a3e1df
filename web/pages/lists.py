"""`/lists` and `/lists/<id>`: reading lists, each publication with why it is there and what to ask it.

Readers see what is for readers, without an account. Curators see their own lists whole, with their private notes.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

import msgspec
from flask import Blueprint, abort, g, render_template, request

from kb.desk import Desk
from kb.errors import ListNotFoundError
from kb.lists import Item, Placed, ReadingList, for_readers, identifier_of, placed
from kb.record import Identifier, is_retracted
from kb.rights import told
from kb.wording import concept_name
from web.directions import Lines, directions
from web.handed import files, in_styles
from web.nearby import Nearby, nearby
from web.port import KnowledgeBase
from web.readback import url_of
from web.since import news, same_question
from web.together import together


class Shown(msgspec.Struct, frozen=True):
    """An item of a list. `study` is None where it is not held here; `link` leads to it then, if its identifier does."""

    item: Item
    study: Nearby | None
    outcomes: tuple[Lines, ...]
    link: Identifier | None


class ShownSection(msgspec.Struct, frozen=True):
    """A part of a list; its note is Markdown. `first` is the number of its first item: they are counted through."""

    title: str
    first: int
    note: str | None
    items: tuple[Shown, ...]


def blueprint(kb: KnowledgeBase, desk: Desk | None) -> Blueprint:
    """The pages over `kb`, and over `desk` for those who may edit a list."""
    pages = Blueprint("lists", __name__)

    @pages.get("/lists")
    def index() -> str:
        public = [each for each in kb.lists() if each.visibility == "public"]
        mine = desk.lists.of(g.visitor) if desk and g.visitor else ()
        return render_template(
            "lists.html",
            lists=public,
            mine=mine,
            count=kb.count(),
            revision=kb.revision,
        )

    @pages.get("/lists/<id>")
    def one(id: str) -> str:
        mine = mine_of(id, desk)
        return render_template("list.html", mine=mine is not None, **_view(mine or list_of(id, kb), kb))

    return pages


def list_of(id: str, kb: KnowledgeBase) -> ReadingList:
    """The list of this id as readers see it; else a page that says that there is none."""
    found = next((each for each in kb.lists() if each.id == id), None)
    if found is None:
        abort(404)
    return found


def list_for(id: str, kb: KnowledgeBase, desk: Desk | None) -> ReadingList:
    """The list as readers see it, for its curators also while it is private."""
    mine = mine_of(id, desk)
    return for_readers(mine) if mine is not None else list_of(id, kb)


def mine_of(id: str, desk: Desk | None) -> ReadingList | None:
    """The list, whole, where the visitor may edit it."""
    if desk is None or g.visitor is None:
        return None
    try:
        return desk.lists.one(g.visitor, id)
    except ListNotFoundError:
        return None


def _view(reading_list: ReadingList, kb: KnowledgeBase) -> dict[str, object]:
    held = kb.listed(reading_list)
    parts = placed(reading_list, held)
    before = accumulate((len(each.items) for each in parts), initial=1)
    sections = tuple(
        ShownSection(
            title=each.section.title,
            first=first,
            note=each.section.note,
            items=tuple(_shown(item, kb) for item in each.items),
        )
        for each, first in zip(parts, before, strict=False)
    )
    items, once = reading_list.items, {each.id: each for each in held.values()}
    return {
        "list": reading_list,
        "sections": sections,
        "total": len(items),
        "essential": sum(each.priority == "essential" for each in items),
        "minutes": _minutes([each for each in items if each.priority == "essential"]),
        "retracted": sum(is_retracted(each.record.notices) for each in once.values()),
        "together": together(tuple(once.values()), reading_list.topics, kb),
        **_topics(reading_list, kb),
        "news": news(reading_list, kb),
        "files": files("exports.of_list", id=reading_list.id) + in_styles("exports.of_list", id=reading_list.id),
        "missing": sum(each.study is None for section in sections for each in section.items),
        "count": kb.count(),
        "revision": kb.revision,
        "url": request.url,
    }


def _topics(reading_list: ReadingList, kb: KnowledgeBase) -> dict[str, str | None]:
    """The search for all that is known of a list's topics."""
    query = same_question(reading_list, kb)
    names = [concept_name(each, kb.vocabulary) for each in reading_list.topics]
    return {"about": ", ".join(names), "search_url": url_of(query) if query else None}


def _minutes(items: Sequence[Item]) -> int | None:
    """How long these take; None unless it is stated of each."""
    stated = [each.minutes for each in items if each.minutes is not None]
    return sum(stated) if len(stated) == len(items) else None


def _shown(each: Placed, kb: KnowledgeBase) -> Shown:
    if each.publication is None:
        return Shown(each.item, None, (), identifier_of(each.item.study))
    facts = told(each.publication.facts, kb.shown(each.publication))
    return Shown(each.item, nearby(each.publication, kb), directions(facts, kb.vocabulary), None)
