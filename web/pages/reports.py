"""`/publications/<id>/report` and `/reports`: what a reader without an account says is wrong, and the answer to it.

No name and no address is asked for. What is sent waits for a curator; until then its page tells only that there is
something, for nobody has read it. A field that no person sees tells simple programs from people.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kb.amendments import FIELDS, LONGEST_REPORT, Answer, Report, field_of
from kb.amendments.telling import in_words
from kb.desk import Desk
from kb.errors import ReportError, TooManyReportsError
from kb.extraction import findings
from kb.publication import Publication
from kb.rights import told
from web.port import KnowledgeBase
from web.visitor import needs, place, visitor

_SHOWN = 100  # answered reports
_LONGEST_FACT = 200  # characters
_Refused = tuple[str, int] | tuple[str, int, dict[str, str]]


def blueprint(kb: KnowledgeBase, desk: Desk) -> Blueprint:
    """The pages over `kb`, whose reports `desk` keeps."""
    pages = Blueprint("reports", __name__)

    @pages.get("/publications/<id>/report")
    def form(id: str) -> Response | str:
        publication = kb.publication(id)
        if publication.id != id:
            return redirect(url_for("reports.form", id=publication.id), 301)
        return _form(publication, kb, None)

    @pages.post("/publications/<id>/report")
    def send(id: str) -> Response | _Refused:
        publication = kb.publication(id)
        thanks = redirect(url_for("reports.form", id=publication.id, sent="yes"), 303)
        if request.form.get("website"):
            return thanks
        fact = dict(_facts(publication, kb)).get(request.form.get("fact", ""))
        try:
            desk.reports.send(publication.id, fact, request.form.get("words", ""), place())
        except TooManyReportsError as error:
            wait = {"Retry-After": str(int(error.wait.total_seconds()))}
            return _form(publication, kb, str(error)), 429, wait
        except ReportError as error:
            return _form(publication, kb, str(error)), 400
        return thanks

    _for_curators(pages, kb, desk)
    return pages


def _for_curators(pages: Blueprint, kb: KnowledgeBase, desk: Desk) -> None:
    def listed(wrong: str | None = None) -> str:
        reports = desk.store.reports()
        answered = [each for each in reports if each.outcome is not None][:_SHOWN]
        waiting = [each for each in reports if each.outcome is None]
        return render_template(
            "reports.html",
            waiting=waiting,
            answered=answered,
            titles=_titles([*waiting, *answered], kb),
            most=LONGEST_REPORT,
            wrong=wrong,
        )

    @pages.get("/reports")
    @needs("curator")
    def index() -> str:
        return listed()

    @pages.post("/reports/<int:id>")
    @needs("curator")
    def answer(id: int) -> Response | tuple[str, int]:
        outcome: Answer | None = next((each for each in get_args(Answer) if each == request.form.get("outcome")), None)
        if outcome is None:
            abort(400)
        try:
            desk.reports.answer(visitor(), id, outcome, request.form.get("words", ""))
        except ReportError as error:
            return listed(str(error)), 400
        return redirect(url_for("reports.index"), 303)


def _titles(reports: Sequence[Report], kb: KnowledgeBase) -> dict[str, str]:
    """What the publications of `reports` are called, by the id that a report names; that id where it has joined
    another, whose page it leads to."""
    named = tuple(dict.fromkeys(each.publication for each in reports))
    return dict(zip(named, named, strict=True)) | {each.id: each.record.title for each in kb.publications(named)}


def _form(publication: Publication, kb: KnowledgeBase, wrong: str | None) -> str:
    return render_template(
        "report.html",
        publication=publication,
        facts=_facts(publication, kb),
        sent=request.args.get("sent") == "yes",
        form=request.form,
        most=LONGEST_REPORT,
        wrong=wrong,
        count=kb.count(),
        revision=kb.revision,
    )


def _facts(publication: Publication, kb: KnowledgeBase) -> list[tuple[str, str]]:
    """The facts that can be reported: path, and the fact in words as strangers may see it."""
    facts = told(publication.facts, kb.shown(publication))
    return [
        (path, _short(f"{FIELDS[field_of(path)].label}: {in_words(field_of(path), each.value, kb.vocabulary)}"))
        for path, each in findings(facts)
        if field_of(path) in FIELDS
    ]


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST_FACT else words[:_LONGEST_FACT].rsplit(" ", 1)[0] + " …"
