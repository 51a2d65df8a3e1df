"""`/lists/new`, `/lists/<id>/edit` and "Add to a list": what curators do with reading lists.

Every form works without script and by keyboard alone; after a step up or down the same button has the focus again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from flask import Blueprint, Flask, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kb.desk import Desk
from kb.errors import ListChangedError, ListEditError
from kb.lists import ListSection, Placed, ReadingList, digest, editing, placed
from kb.lists.differences import differences
from kb.lists.pasting import Outcome
from kb.people import Person
from kb.store.curating import may_edit, study
from kb.vocabulary import Vocabulary
from kb.wording import concept_name
from web.adding import adding
from web.editing import ACTIONS, Action, needed, still_there, text, typed, visibility, whole
from web.port import KnowledgeBase
from web.visitor import needs, safe_next, visitor

_TOPICS = ("condition", "technique", "outcome")
Answer = Response | str | tuple[str, int]


def blueprint(kb: KnowledgeBase, desk: Desk) -> Blueprint:
    """The pages over the lists of `desk`."""
    pages = Blueprint("curating", __name__)
    _making(pages, kb, desk)
    _editing(pages, kb, desk)
    _adding(pages, kb, desk)

    @pages.record_once
    def offer(state: object) -> None:
        app: Flask = state.app  # type: ignore[attr-defined]
        app.jinja_env.globals["adding"] = lambda: adding(desk)

    return pages


def _making(pages: Blueprint, kb: KnowledgeBase, desk: Desk) -> None:
    """A new list, from nothing or like another one."""

    @pages.get("/lists/new")
    @needs("curator")
    def new() -> str:
        return render_template("list_new.html", like=_like(kb, desk), sent={}, wrong=None)

    @pages.post("/lists/new")
    @needs("curator")
    def make() -> Answer:
        model, wanted = _like(kb, desk), request.form.get("publication")
        first = kb.publication(wanted) if wanted else None
        try:
            title = needed(request.form, "title", "The title")
            if model is not None:
                made = desk.lists.duplicate(visitor(), model, title)
            else:
                note = needed(request.form, "note", "The note")
                made = desk.lists.make(visitor(), title, note, visibility(request.form))
        except ListEditError as error:
            return render_template("list_new.html", like=model, sent=request.form, wrong=str(error)), 400
        if first is not None:
            desk.lists.add(visitor(), made.id, first)
        return redirect(url_for("curating.edit", id=made.id), 303)


def _like(kb: KnowledgeBase, desk: Desk) -> ReadingList | None:
    """The list to be duplicated: one that the visitor edits, or one that readers see."""
    wanted = request.values.get("like")
    if not wanted:
        return None
    every = (*desk.lists.of(visitor()), *kb.lists())
    return next((each for each in every if each.id == wanted), None) or abort(404)


def _editing(pages: Blueprint, kb: KnowledgeBase, desk: Desk) -> None:
    """The page on which a list is edited."""

    @pages.get("/lists/<id>/edit")
    @needs("curator")
    def edit(id: str) -> str:
        return _page(kb, desk, desk.lists.one(visitor(), id))

    @pages.post("/lists/<id>/edit")
    @needs("curator")
    def change(id: str) -> Answer:
        form = request.form.to_dict()
        try:
            return _done(kb, desk, id, form)
        except ListChangedError as error:
            return _page(kb, desk, desk.lists.one(visitor(), id), wrong=str(error), clash=form), 409
        except ListEditError as error:
            return _page(kb, desk, desk.lists.one(visitor(), id), wrong=str(error), kept=form), 400


def _done(kb: KnowledgeBase, desk: Desk, id: str, form: dict[str, str]) -> Answer:
    """What is answered when an edit was made; raises `ListEditError` where it was not."""
    wanted, sent, shown = form.get("do", ""), dict(form), form.get("digest", "")
    read: tuple[Outcome, ...] = ()
    if wanted == "undo":
        desk.lists.undo(visitor(), id, shown)
        return redirect(url_for("curating.edit", id=id), 303)
    if wanted == "back":
        desk.lists.back(visitor(), id, shown, whole(form, "entry", "The change", 10**9) or 0)
        return redirect(url_for("curating.edit", id=id), 303)
    if wanted == "drop":
        if form.get("sure") != "yes":
            raise ListEditError("Tick that you are sure: the list is taken away from all its readers.")
        desk.lists.drop(visitor(), id, shown)
        return redirect(url_for("changes.page"), 303)
    if wanted == "paste":
        read = desk.lists.read(form.get("pasted", ""))
        sent["studies"] = _new_ones(desk, desk.lists.one(visitor(), id), read)
    if wanted == "add-curator":
        sent["person"] = str(_called(desk, text(form, "name")))
    if wanted == "about":
        sent["ids"] = " ".join(_concepts(kb.vocabulary, text(form, "topics")))
    action = ACTIONS.get("add" if wanted == "paste" else wanted) or abort(400)
    after = desk.lists.edit(visitor(), id, shown, lambda it: action.change(it, sent), action.told)
    if wanted == "paste":
        return _page(kb, desk, after, read=read)
    if not may_edit(visitor(), after):  # they took themselves off it
        return redirect(url_for("lists.index"), 303)
    return redirect(url_for("curating.edit", id=id, at=_focus(action, form, after)), 303)


def _adding(pages: Blueprint, kb: KnowledgeBase, desk: Desk) -> None:
    """One action on a publication's page or a card: it goes to the list that was used last, or to a chosen one."""

    @pages.get("/lists/add")
    @needs("curator")
    def choose() -> str:
        publication = kb.publication(request.args.get("publication", ""))
        mine = [(each, publication.id in desk.lists.on(each)) for each in desk.lists.of(visitor())]
        back = safe_next(request.args.get("back"))
        return render_template("list_add.html", publication=publication, mine=mine, back=back)

    @pages.post("/lists/add")
    @needs("curator")
    def add() -> Response:
        publication = kb.publication(request.form.get("publication", ""))
        desk.lists.add(visitor(), request.form.get("list", ""), publication)
        return redirect(f"{safe_next(request.form.get('back'))}#add-{publication.id}", 303)


def _page(
    kb: KnowledgeBase,
    desk: Desk,
    reading_list: ReadingList,
    *,
    wrong: str | None = None,
    clash: Mapping[str, str] | None = None,
    kept: Mapping[str, str] | None = None,
    read: tuple[Outcome, ...] = (),
) -> str:
    sent = clash if clash is not None else kept
    return render_template(
        "list_edit.html",
        list=reading_list,
        here=url_for("curating.change", id=reading_list.id),
        digest=digest(reading_list),
        sections=_sections(kb, reading_list),
        last=desk.lists.last(reading_list),
        earlier=tuple(each for each in desk.lists.history(reading_list.id) if each.before is not None)[1:],
        curators=_curators(desk, reading_list),
        topics=", ".join(concept_name(each, kb.vocabulary) for each in reading_list.topics),
        wrong=wrong,
        since=_since(kb, desk, reading_list, clash) if clash is not None else None,
        typed=typed(sent) if sent is not None else (),
        sendable=sent is not None and still_there(sent, reading_list),
        read=read,
        at=request.args.get("at", ""),
    )


def _sections(kb: KnowledgeBase, it: ReadingList) -> list[tuple[str, ListSection, list[tuple[str, Placed]]]]:
    """The sections and their items, each with the key by which a form names it."""
    parts = zip(editing.section_keys(it), editing.item_keys(it), placed(it, kb.listed(it)), strict=True)
    return [(key, part.section, list(zip(keys, part.items, strict=True))) for key, keys, part in parts]


def _since(
    kb: KnowledgeBase, desk: Desk, now: ReadingList, clash: Mapping[str, str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who has done what since the list was shown, and what is other than it was."""
    before, entries = desk.lists.since(now.id, clash.get("digest", ""))
    if before is None:
        return (), ()
    titles = {
        part.item.study: part.publication.record.title
        for reading_list in (before, now)
        for section in placed(reading_list, kb.listed(reading_list))
        for part in section.items
        if part.publication is not None
    }
    told = tuple(f"{each.who}: {each.action}" for each in entries)
    return told, differences(before, now, lambda study: titles.get(study, study))


def _curators(desk: Desk, reading_list: ReadingList) -> tuple[Person, ...]:
    return tuple(each for each in desk.accounts.people() if each.id in reading_list.curators)


def _concepts(vocabulary: Vocabulary, typed: str) -> Iterator[str]:
    """The concepts that are named between commas; raises `ListEditError` for a name that is none."""
    for name in filter(None, map(str.strip, typed.split(","))):
        found = [each for each in vocabulary.mentions(name, question=True) if each.kind in _TOPICS]
        if len(found) != 1 or found[0].start or found[0].end != len(name):
            raise ListEditError(f"“{name}” is no condition, technique or outcome that has a page. Is it spelt so?")
        yield found[0].concept


def _called(desk: Desk, name: str) -> int:
    """The account of this name; raises `ListEditError` where there is none."""
    wanted = " ".join(name.split()).casefold()
    found = next((each for each in desk.accounts.people() if each.name == wanted and not each.disabled), None)
    if found is None:
        raise ListEditError(f"There is no account {wanted!r}.")
    return found.id


def _new_ones(desk: Desk, reading_list: ReadingList, read: tuple[Outcome, ...]) -> str:
    """What was found and is not on the list yet under any of its names, a line each."""
    on = desk.lists.on(reading_list)
    found = [each.publication for each in read if each.publication is not None and each.publication.id not in on]
    return "\n".join(dict.fromkeys(study(each) for each in found))


def _focus(action: Action, form: Mapping[str, str], after: ReadingList) -> str | None:
    """Which button has the focus on the next page: that of the same item, wherever it is now."""
    keys = [key for each in editing.item_keys(after) for key in each]
    if not action.then or form.get("item") not in keys:
        return None
    return f"{action.then}-{keys.index(form['item']) + 1}"
