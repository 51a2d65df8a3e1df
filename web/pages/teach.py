"""`/publications/<id>/teach/<sheet>`: teaching sheets from a record, to be printed or taken along as a Word file.

They are for everybody, without an account. A page shows of an abstract what the publication's page shows; a Word file
leaves the installation, so that it holds what exports hold.
"""

from __future__ import annotations

import msgspec
from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for

from kb.publication import Publication
from kb.rights import Policy
from kb.teaching import SHEETS, Name, Sheet, make, unfit
from kb.teaching.word import MEDIA_TYPE, write
from kb.teaching.words import EVIDENCE, KEY, NAMED, RESULTS, RETRACTED, cells, told, unsaid
from web.port import KnowledgeBase

LABELS: dict[Name, str] = {
    "worksheet": "Worksheet",
    "key": "Teacher’s key",
    "journal-club": "Journal club",
    "consort": "Tick list",
    "spin": "Find the spin",
}
_KEY = "-key"


class File(msgspec.Struct, frozen=True):
    """A Word file of a sheet: the end of its address, and what it is called."""

    name: str
    label: str


def blueprint(kb: KnowledgeBase) -> Blueprint:
    """The pages over `kb`."""
    pages = Blueprint("teach", __name__)

    @pages.get("/publications/<id>/teach")
    def first(id: str) -> Response:
        return make_response(redirect(url_for("teach.page", id=kb.publication(id).id, name="worksheet")))

    @pages.get("/publications/<id>/teach/<name>")
    def page(id: str, name: str) -> Response:
        known, publication = _name(name), kb.publication(id)
        if publication.id != id:
            return make_response(redirect(url_for("teach.page", id=publication.id, name=known), 301))
        policy = kb.shown(publication)
        sheet, gone = make(known, publication, kb.vocabulary, policy), unfit(publication, kb.vocabulary, policy)
        return make_response(
            render_template(
                "teach.html",
                id=publication.id,
                sheet=sheet,
                files=_files(make(known, publication, kb.vocabulary, _released(publication, kb))),
                labels={each: label for each, label in LABELS.items() if each not in gone or each == known},
                words={"key": KEY, "retracted": RETRACTED, "evidence": EVIDENCE, "unsaid": unsaid(sheet)},
                named=NAMED,
                columns=RESULTS,
                cells=cells,
                told=told,
                revision=kb.revision,
                url=request.base_url,
            )
        )

    @pages.get("/publications/<id>/teach/<name>.docx")
    def file(id: str, name: str) -> Response:
        keyed = name.endswith(_KEY)
        known, publication = _name(name.removesuffix(_KEY)), kb.publication(id)
        if publication.id != id:
            return make_response(redirect(url_for("teach.file", id=publication.id, name=name), 301))
        sheet = make(known, publication, kb.vocabulary, _released(publication, kb))
        if name not in [each.name for each in _files(sheet)]:
            abort(404)
        address = url_for("teach.page", id=publication.id, name=known, _external=True)
        answer = Response(write(sheet, address, key=keyed), content_type=MEDIA_TYPE)
        answer.headers.set("Content-Disposition", "attachment", filename=f"{publication.id}-{name}.docx")
        return answer

    return pages


def _name(name: str) -> Name:
    """The sheet of this name; a page that is not there where there is none."""
    known = next((each for each in SHEETS if each == name), None)
    return known or abort(404)


def _released(publication: Publication, kb: KnowledgeBase) -> Policy:
    """How much of the abstract a file may hold: all where all of it leaves, else short quotes."""
    return "full" if kb.released(publication).record.abstract == publication.record.abstract else "link_only"


def _files(sheet: Sheet) -> tuple[File, ...]:
    """The Word files of a sheet: its blanks, and apart from them the key that hides behind them; none of one without
    anything to fill in."""
    if sheet.unfit:
        return ()
    whole = File(sheet.name, "As a Word file (DOCX)")
    hidden = File(f"{sheet.name}{_KEY}", "Its key as a Word file (DOCX)")
    return (whole, hidden) if sheet.parts and sheet.key else (whole,)
