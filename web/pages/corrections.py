"""`/publications/<id>/correct`: a curator looks at each fact beside the abstract, and says whether it is so."""

from __future__ import annotations

from typing import Any, get_args

import msgspec
from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kb.amendments import FIELDS, What, canonical, field_of
from kb.amendments.drafting import draft, place_of
from kb.amendments.telling import in_words, spoken
from kb.desk import Desk
from kb.errors import CorrectionError
from kb.extraction import findings
from kb.publication import Publication
from kb.vocabulary import Vocabulary
from kb.wording import STATES
from web.correcting import as_json, inputs
from web.port import KnowledgeBase
from web.visitor import needs, visitor

_SAYING: tuple[tuple[What, str], ...] = (
    ("correct", "It is otherwise: as below"),
    ("confirm", "It is right as it stands"),
    ("dispute", "It is wrong, and what is right cannot be said"),
)
_TOLD = {
    "kept": "Kept.",
    "undone": "Undone: the fact is again as it was before.",
    "now": "Searches and counts follow it already.",
    "later": "This page has it; searches and counts follow in a moment, or with the next run.",
}


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A fact to be looked at."""

    path: str
    label: str
    value: str
    seen: str
    quote: str | None
    document: str | None
    state: str
    state_in_words: str
    by: str | None


def blueprint(kb: KnowledgeBase, desk: Desk) -> Blueprint:
    """The page over `kb`, whose corrections `desk` keeps."""
    pages = Blueprint("corrections", __name__)

    @pages.get("/publications/<id>/correct")
    @needs("curator")
    def page(id: str) -> Response | str:
        publication = kb.publication(id)
        if publication.id != id:
            return redirect(url_for("corrections.page", id=publication.id), 301)
        return _page(publication, kb, desk, None)

    @pages.post("/publications/<id>/correct")
    @needs("curator")
    def say(id: str) -> Response | tuple[str, int]:
        publication = kb.publication(id)
        try:
            _keep(publication, kb.vocabulary, desk)
        except CorrectionError as error:
            return _page(publication, kb, desk, str(error)), 400
        return _done(publication.id, desk, "kept")

    @pages.post("/publications/<id>/corrections/<int:number>/undo")
    @needs("curator")
    def undo(id: str, number: int) -> Response:
        if not desk.corrections.undo(visitor(), id, number):
            abort(404)
        return _done(id, desk, "undone")

    return pages


def _done(id: str, desk: Desk, done: str) -> Response:
    follows = "now" if desk.index.follow() else "later"
    return redirect(url_for("corrections.page", id=id, done=done, follows=follows), 303)


def _keep(publication: Publication, vocabulary: Vocabulary, desk: Desk) -> None:
    """Keep what was sent; raises `CorrectionError`."""
    path, what = request.form.get("path", ""), request.form.get("what", "")
    field = FIELDS.get(field_of(path))
    if what not in get_args(What) or field is None:
        raise CorrectionError("Choose a fact, and say what is to be said of it.")
    said = draft(
        publication,
        vocabulary,
        path=path,
        what=what,  # type: ignore[arg-type]  # it is one of them, as was just seen
        value=as_json(field, request.form),
        seen=request.form.get("seen"),
        **{name: request.form.get(name, "") for name in ("words", "document", "note")},
    )
    desk.corrections.keep(visitor(), publication.id, publication.revision, said)


def _page(publication: Publication, kb: KnowledgeBase, desk: Desk, wrong: str | None) -> str:
    return render_template(
        "correct.html",
        publication=publication,
        lines=_lines(publication, kb.vocabulary),
        form=_form(publication, kb.vocabulary),
        missing=_missing(publication),
        said=spoken(desk.store.corrections(publication.id), kb.vocabulary),
        told=" ".join(_TOLD[each] for each in (request.args.get("done"), request.args.get("follows")) if each in _TOLD),
        sent=request.form,
        wrong=wrong,
    )


def _lines(publication: Publication, vocabulary: Vocabulary) -> tuple[Line, ...]:
    who = {each.rule: each.who for each in publication.corrections}
    return tuple(
        Line(
            path=path,
            label=FIELDS[field_of(path)].label,
            value=in_words(field_of(path), each.value, vocabulary),
            seen=canonical(each.value),
            quote=publication.quote(each),
            document=each.document,
            state=each.state,
            state_in_words=STATES[each.state],
            by=who.get(each.rule),
        )
        for path, each in findings(publication.facts)
        if field_of(path) in FIELDS
    )


def _form(publication: Publication, vocabulary: Vocabulary) -> dict[str, Any] | None:
    """The form for the fact that is asked for; None where none is, or there is none of this path."""
    add = request.form.get("what") == "add" or "add" in request.args
    path = request.form.get("path") or request.args.get("add" if add else "fact", "")
    field, fact = FIELDS.get(field_of(path)), place_of(publication.facts, path)
    if field is None or (fact is None) != add:
        return None
    return {
        "add": add,
        "path": path,
        "label": field.label,
        "value": in_words(field_of(path), fact.value, vocabulary) if fact else None,
        "seen": canonical(fact.value) if fact else None,
        "inputs": inputs(field, fact.value if fact else None, request.form, vocabulary),
        "saying": _SAYING,
        "stretch": fact.stretch if fact else None,
        "quote": publication.quote(fact) if fact and fact.stretch else None,
    }


def _missing(publication: Publication) -> tuple[tuple[str, str], ...]:
    """What can be added: path and label of each list, and of each fact that is not stated."""
    stated = {path for path, _ in findings(publication.facts)}
    free = [(path, each.label) for path, each in FIELDS.items() if each.many or path not in stated]
    whole = [each for each in free if not each[0].startswith("method.arms.")]
    groups = [
        (path.replace("method.arms.", f"method.arms.{i}."), f"{FIELDS[path].label}: {arm.value.name}")
        for i, arm in enumerate(publication.facts.method.arms)
        for path in FIELDS
        if path.startswith("method.arms.") and path.replace("method.arms.", f"method.arms.{i}.") not in stated
    ]
    return (*sorted(whole, key=lambda each: each[0] != "outcomes"), *groups)
