"""`/lists/<id>/editions`: a list frozen for a term. Its page is made once, and served as these bytes for good."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from kb.desk import Desk
from kb.errors import EditionError
from kb.exporters.collection import of_list
from kb.exporters.document import document
from kb.exporters.handouts import STYLE, citing
from kb.lists import ReadingList
from kb.lists.editions import LONGEST, Edition, edition_name, freeze
from web.handed import files, in_styles
from web.pages.lists import list_for, mine_of
from web.port import KnowledgeBase
from web.visitor import needs, visitor

_TRIES = 3


def blueprint(kb: KnowledgeBase, desk: Desk | None) -> Blueprint:
    """The pages that anybody reads, and with `desk` the way to make one for who may edit the list."""
    pages = Blueprint("editions", __name__)

    @pages.get("/lists/<id>/editions")
    def index(id: str) -> str:
        return _index(list_for(id, kb, desk), kb, mine=mine_of(id, desk) is not None)

    @pages.get("/lists/<id>/editions/<name>")
    def page(id: str, name: str) -> AnyResponse:
        """The bytes as they were made. The list itself may be gone: its editions stay."""
        body = kb.editions.page(id, name)
        if body is None:
            abort(404)
        answer = Response(body, content_type="text/html; charset=utf-8")
        answer.set_etag(sha256(body).hexdigest())
        return answer.make_conditional(request)

    if desk is not None:
        _freezing(pages, kb, desk)
    return pages


def _freezing(pages: Blueprint, kb: KnowledgeBase, desk: Desk) -> None:
    @pages.post("/lists/<id>/editions")
    @needs("curator")
    def freeze(id: str) -> AnyResponse | tuple[str, int]:
        desk.lists.one(visitor(), id)  # who may edit a list may freeze it, and nobody else
        reading_list, typed = list_for(id, kb, desk), request.form.get("name", "")
        if reading_list.visibility == "private":
            wrong = "An edition has readers: make the list public or unlisted first."
            return _index(reading_list, kb, wrong, typed, mine=True), 409
        if (name := edition_name(typed)) is None:
            wrong = f"A name is made of letters, digits and hyphens, {LONGEST} of them at the most."
            return _index(reading_list, kb, wrong, typed, mine=True), 400
        try:
            edition = _made(reading_list, name, kb, desk)
            desk.editions.freeze(visitor(), edition, _page(edition, kb).encode())
        except EditionError as error:
            return _index(reading_list, kb, f"{error} {error.remedy}", typed, mine=True), 409
        return redirect(url_for("editions.page", id=id, name=name), 303)


def _index(
    reading_list: ReadingList, kb: KnowledgeBase, wrong: str | None = None, typed: str = "", *, mine: bool
) -> str:
    return render_template(
        "editions.html",
        list=reading_list,
        mine=mine,
        editions=kb.editions.of_list(reading_list.id),
        longest=LONGEST,
        wrong=wrong,
        typed=typed,
        count=kb.count(),
        revision=kb.revision,
    )


def _made(reading_list: ReadingList, name: str, kb: KnowledgeBase, desk: Desk) -> Edition:
    """The list as it is at one revision: what an ingest run changes meanwhile is looked at once more."""
    for _ in range(_TRIES):
        revision = kb.revision
        references = {key: kb.released(each) for key, each in kb.listed(reading_list).items()}
        if kb.revision == revision:
            return freeze(desk.editions.named(reading_list.id, name, revision), reading_list, references)
    raise EditionError("Publications are being taken in just now. Try again in a few minutes.")


def _page(edition: Edition, kb: KnowledgeBase) -> str:
    named = edition.named
    collection = of_list(edition.reading_list, edition.references, "")
    return render_template(
        "edition.html",
        document=document(collection, kb.vocabulary, citing(STYLE)),
        named=named,
        day=_day(named.at),
        files=files("exports.of_edition", id=named.list, name=named.name)
        + in_styles("exports.of_edition", id=named.list, name=named.name),
        url=url_for("editions.page", id=named.list, name=named.name, _external=True),
        visitor=None,  # nothing of who made it
        has_accounts=False,
    )


def _day(at: datetime) -> str:
    return f"{at.day} {at:%B %Y}"
