"""A reading list, an edition or the answer to a question as a file (`web.handed`); only what may leave leaves."""

from __future__ import annotations

from itertools import islice
from urllib.parse import urlencode

import msgspec
from flask import Blueprint, Response, abort, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from kb.desk import Desk
from kb.exporters.collection import of_list as collected
from kb.exporters.collection import of_references
from web.handed import ENDINGS, MOST, handed
from web.pages.lists import list_for
from web.port import KnowledgeBase
from web.urls import from_parameters, to_parameters


def blueprint(kb: KnowledgeBase, desk: Desk | None) -> Blueprint:
    """The files over `kb`, and over `desk` for who may edit a list that others do not see."""
    pages = Blueprint("exports", __name__)

    @pages.get(f"/lists/<id>.<{ENDINGS}:ending>")
    def of_list(id: str, ending: str) -> Response:
        reading_list = list_for(id, kb, desk)
        references = {key: kb.released(each) for key, each in kb.listed(reading_list).items()}
        about = f"A reading list from Touchstone, of {reading_list.updated.isoformat()}."
        return handed(collected(reading_list, references, about), ending, id, kb.vocabulary)

    @pages.get(f"/lists/<id>/editions/<name>.<{ENDINGS}:ending>")
    def of_edition(id: str, name: str, ending: str) -> Response:
        """From what the edition holds, and from nothing that came later."""
        edition = kb.editions.read(id, name)
        if edition is None:
            abort(404)
        at = edition.named.at.date().isoformat()
        about = (
            f"Edition {name} of a reading list from Touchstone, frozen on {at} at revision {edition.named.revision}."
        )
        made = collected(edition.reading_list, edition.references, about)
        return handed(made, ending, f"{id}-{name}", kb.vocabulary)

    @pages.get(f"/search.<{ENDINGS}:ending>")
    def of_search(ending: str) -> AnyResponse:
        """What answers a question, in its order; a question has one address here, as `/search` has."""
        sent = tuple(each for each in request.args.items(multi=True) if each[0] != "style")
        query = msgspec.structs.replace(from_parameters(sent), page=1)
        if to_parameters(query) != sent:
            style = [("style", each) for each in request.args.getlist("style")[:1]]
            asked = urlencode([*to_parameters(query), *style])
            return redirect(f"{url_for('exports.of_search', ending=ending)}?{asked}".rstrip("?"))
        ids = kb.find(query).ids
        first = f"The first {MOST} of " if len(ids) > MOST else ""
        about = f"{first}{len(ids)} of {kb.count()} publications here, at revision {kb.revision}."
        references = map(kb.released, kb.publications(tuple(islice(ids, MOST))))
        title = query.text or "All publications"
        return handed(
            of_references(title, about, references), ending, "touchstone-search", kb.vocabulary, any_style=False
        )

    return pages
