"""`/publications/<id>`: one publication, every fact with the words that say it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import msgspec
from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from kb.amendments import Report
from kb.amendments.telling import Spoken, spoken
from kb.citing import citations
from kb.conclusion_check import prompts
from kb.corrections import replaced_outcomes
from kb.exporters.collection import of_references
from kb.extraction import findings
from kb.languages import foreign
from kb.overlay import stands
from kb.publication import Publication
from kb.rights import Policy, full_text, outside, quotation, repeats, told
from kb.teaching import unfit
from kb.unstated import unstated
from kb.vocabulary import Vocabulary
from kb.wording import HARMS, authors, volume_and_pages
from web.abstract import paragraphs, supports
from web.card import design, notice_name, size
from web.factsheet import facts
from web.handed import ENDINGS, files, handed, in_styles
from web.ledger import ledger
from web.looked import not_listed
from web.metadata import tags
from web.nearby import neighbours
from web.pages.teach import LABELS
from web.port import KnowledgeBase
from web.source import passages


def blueprint(kb: KnowledgeBase) -> Blueprint:
    """The page over `kb`, and the same publication for reference managers."""
    pages = Blueprint("publication", __name__)

    @pages.get("/publications/<id>")
    def page(id: str) -> Response:
        publication = kb.publication(id)
        if publication.id != id:  # it was joined to another: its old address leads there for good
            return make_response(redirect(url_for("publication.page", id=publication.id), 301))
        return make_response(
            render_template(
                "publication.html",
                **_view(publication, kb.vocabulary, kb.shown(publication)),
                **_around(publication, kb, request.base_url),
                count=kb.count(),
                revision=kb.revision,
                url=request.base_url,
            )
        )

    @pages.get(f"/publications/<id>.<{ENDINGS}:ending>")
    def file(id: str, ending: str) -> Response:
        publication = kb.publication(id)
        if publication.id != id:
            return make_response(redirect(url_for("publication.file", id=publication.id, ending=ending), 301))
        title = publication.record.title
        collection = of_references(title, "One publication, from Touchstone.", (kb.released(publication),))
        return handed(collection, ending, publication.id, kb.vocabulary)

    return pages


def _around(publication: Publication, kb: KnowledgeBase, url: str) -> dict[str, object]:
    """What is not in the abstract: how it is cited, what stands beside it, what was said of it since."""
    released = kb.released(publication)
    whole = released.record.abstract == publication.record.abstract and kb.shown(publication) == "full"
    return {
        "citations": citations(publication.record),
        "files": files("publication.file", id=publication.id) + in_styles("publication.file", id=publication.id),
        "tags": tags(released, url, abstract=whole),
        "neighbours": neighbours(publication, kb),
        "notices": tuple((notice_name(each.notice), each) for each in kb.noticed(publication)),
        "not_listed": not_listed(publication, kb),
        "reports": tuple(_seen(kb.reports(publication.id), publication, kb.shown(publication))),
        "sheets": LABELS,
        "unfit": unfit(publication, kb.vocabulary, kb.shown(publication)),
    }


def _seen(reports: tuple[Report, ...], publication: Publication, policy: Policy) -> Iterator[Report]:
    """Reports as everybody may see them: the words of one that is answered, unless they give an abstract away."""
    for each in reports:
        hidden = each.outcome is None or (policy != "full" and repeats(each.words, publication.record.abstract))
        if each.outcome != "put_away":
            yield msgspec.structs.replace(each, words="") if hidden else each


def _short(said: Spoken, policy: Policy) -> Spoken:
    """A correction as everybody may see it: a value may be in the words of the text."""
    before = quotation(said.before, policy) if said.before else None
    return msgspec.structs.replace(said, value=quotation(said.value, policy), before=before)


def _view(publication: Publication, vocabulary: Vocabulary, policy: Policy) -> dict[str, object]:
    publication = msgspec.structs.replace(
        publication, facts=told(publication.facts, policy), machine=told(publication.machine, policy)
    )
    record = publication.record
    numbers = passages(publication) if policy == "full" else {}
    groups = facts(publication, vocabulary, numbers, policy)
    rows = ledger(publication, vocabulary, numbers, policy)
    read = [each for _, each in findings(publication.facts)]
    harms = publication.facts.harms
    return {
        "publication": publication,
        "record": record,
        "authors": authors(record.contributors, 30),
        "volume_and_pages": volume_and_pages(record),
        "design": design(publication, vocabulary),
        "size": size(publication.facts),
        "harms": HARMS[harms.value if stands(harms) else None],
        "full_text": full_text(record),
        "groups": groups,
        "unstated": unstated(publication.facts),
        "language": foreign(record.language),
        "replaced": replaced_outcomes(publication.machine, publication.facts, vocabulary),
        "rows": rows,
        "spoken": tuple(_short(each, policy) for each in spoken(publication.corrections, vocabulary)),
        "unchecked": sum(each.state == "machine" for each in read),
        "fact_count": len(read),
        "disputed": sum(each.state == "disputed" for each in read),
        "documents": tuple(each for each, _ in Counter(it.document for it in read if it.document).most_common()),
        "paragraphs": paragraphs(record, numbers) if policy == "full" else (),
        "excerpt": outside(record.abstract, policy) if policy != "full" else None,
        "withheld": policy != "full" and record.abstract is not None,
        "commentary": tuple(
            each for each in record.commentary if policy == "full" or not repeats(each, record.abstract)
        ),
        "supports": supports(groups, rows),
        "prompts": prompts(record.abstract, publication.facts, vocabulary),
    }
