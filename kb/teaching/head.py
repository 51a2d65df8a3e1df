"""The head of every sheet, and what stands behind an answer."""

from __future__ import annotations

from typing import Any

from kb.extraction import Finding
from kb.languages import foreign
from kb.publication import Publication
from kb.record import is_retracted
from kb.rights import Policy, quotation
from kb.teaching.types import Evidence, Head, HeadNotice
from kb.wording import NOTICES, authors, volume_and_pages

_AUTHORS = 6


def head(publication: Publication) -> Head:
    """The head of `publication`: how it is called, where it stands, and every notice on it."""
    record = publication.record
    year = str(record.year) if record.year is not None else "year not stated"
    place = ", ".join(filter(None, (record.container, year)))
    return Head(
        title=record.title,
        by=authors(record.contributors, _AUTHORS),
        where="; ".join(filter(None, (place, volume_and_pages(record)))),
        identifiers=record.identifiers,
        notices=tuple(HeadNotice(NOTICES[each.kind], each.text, each.link) for each in record.notices),
        retracted=is_retracted(record.notices),
        language=foreign(record.language),
    )


def evidence(finding: Finding[Any], publication: Publication, policy: Policy) -> Evidence:
    """Where `finding` was read; the words of the abstract as far as `policy` lets them out."""
    words = publication.quote(finding)
    if words is not None and finding.place == "abstract":
        words = quotation(words, policy)
    return Evidence(
        quote=words, place=finding.place, document=finding.document, state=finding.state, derived=finding.derived
    )
