"""`/publications/<id>`: one publication, every fact with the words that say it."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from kb.conclusion_check import prompts
from kb.extraction import findings
from kb.marking import Step, Stretch, blocks, mark
from kb.publication import Publication
from kb.record import Record
from kb.rights import Policy, outside, repeats, told
from kb.vocabulary import Vocabulary
from kb.wording import HARMS, authors, volume_and_pages
from web.card import design, notice_name, size
from web.factsheet import FactGroup, facts
from web.ledger import LedgerRow, ledger
from web.port import KnowledgeBase
from web.source import passages


class Paragraph(msgspec.Struct, frozen=True):
    """A labelled part of the abstract, cut at the passages that the facts quote."""

    label: str | None
    steps: tuple[Step, ...]


class Support(msgspec.Struct, frozen=True):
    """What a passage says: all its facts in words, and the anchor of the first."""

    id: str
    text: str


def blueprint(kb: KnowledgeBase) -> Blueprint:
    """The page over `kb`."""
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
                count=kb.count(),
                revision=kb.revision,
                url=request.base_url,
            )
        )

    return pages


def _view(publication: Publication, vocabulary: Vocabulary, policy: Policy) -> dict[str, object]:
    publication = msgspec.structs.replace(publication, facts=told(publication.facts, policy))
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
        "notices": tuple((notice_name(each), each) for each in record.notices),
        "design": design(publication, vocabulary),
        "size": size(publication.facts),
        "harms": HARMS[harms.value if harms else None],
        "groups": groups,
        "rows": rows,
        "unchecked": sum(each.state == "machine" for each in read),
        "fact_count": len(read),
        "documents": tuple(dict.fromkeys(each.document for each in read if each.document)),
        "paragraphs": _paragraphs(record, numbers) if policy == "full" else (),
        "excerpt": outside(record.abstract, policy) if policy != "full" else None,
        "withheld": policy != "full" and record.abstract is not None,
        "commentary": tuple(
            each for each in record.commentary if policy == "full" or not repeats(each, record.abstract)
        ),
        "supports": _supports(groups, rows),
        "prompts": prompts(record.abstract, publication.facts, vocabulary),
    }


def _paragraphs(record: Record, numbers: Mapping[Stretch, int]) -> tuple[Paragraph, ...]:
    abstract = record.abstract or ""
    return tuple(
        Paragraph(each.label, mark(abstract, numbers, each.start, each.end))
        for each in blocks(abstract, record.sections)
    )


def _supports(groups: tuple[FactGroup, ...], rows: tuple[LedgerRow, ...]) -> dict[int, Support]:
    """Passage number -> what it says, for the reader who starts from the words."""
    said = [(each.id, f"{each.name}: {each.benefit}, {each.basis}", each.source) for each in rows]
    said += [
        (each.id, f"{each.label.lower()}: {each.value}", each.source)
        for group in groups
        for each in group.facts
        if each.source is not None
    ]
    supports: dict[int, Support] = {}
    for id, text, source in said:
        if source.passage is not None:
            first = supports.get(source.passage)
            supports[source.passage] = Support(first.id, f"{first.text}; {text}") if first else Support(id, text)
    return supports
