"""A publication as plain text, for the terminal: what is stated, what is not, and the words that say it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from kb.extraction import Finding, Outcome, findings
from kb.publication import Publication
from kb.record import Record
from kb.vocabulary import Vocabulary

_SIGNS = {"up": "up", "down": "down", "none": "no difference", "mixed": "mixed", "not_stated": "direction not stated"}
_BASES = {
    "between_groups": "between groups",
    "within_group": "before-after within a group",
    "unclear": "basis unclear",
}


def citation(record: Record) -> str:
    """Authors, year, title, container: one line to know a publication by (not a citation style)."""
    families = [each.family for each in record.contributors]
    names = ", ".join(families) if len(families) <= 3 else f"{families[0]} et al."
    place = " ".join(filter(None, (record.container, record.volume and f"{record.volume}:", record.pages)))
    parts = (names, f"{record.year or 'undated'}", record.title, place)
    return ". ".join(each.rstrip(".") for each in parts if each)


def plain(publication: Publication, vocabulary: Vocabulary) -> str:
    """The whole record as text, each fact with its quote."""
    return "\n".join(_lines(publication, vocabulary))


def as_json(publication: Publication) -> bytes:
    """The publication as JSON, with the quote of every finding and the benefit of every outcome beside it."""
    quotes = {path: publication.quote(each) for path, each in findings(publication.facts)}
    benefits = [each.value.benefit for each in publication.facts.outcomes]
    body = msgspec.to_builtins(publication) | {"quotes": quotes, "benefits": benefits}
    return msgspec.json.format(msgspec.json.encode(body), indent=2)


def _lines(publication: Publication, vocabulary: Vocabulary) -> Iterator[str]:
    record, facts = publication.record, publication.facts
    sample, method, dose = facts.sample, facts.method, facts.method.dose

    def row(label: str, finding: Finding[Any] | None, value: str | None = None) -> str:
        return f"  {label:<16}{_stated(finding, value, publication)}"

    yield citation(record)
    yield f"  {publication.id}"
    yield from (f"  {each.url}" for each in record.identifiers if each.url)
    yield from (f"  {notice.kind.upper()}: {notice.text}" for notice in record.notices)
    yield "METHOD"
    design = vocabulary.design(facts.design.value) if facts.design else None
    yield row("design", facts.design, design.name if design else None)
    yield row("randomised", method.randomised, "yes" if method.randomised and method.randomised.value else "no")
    yield from (row("arm", each, f"{each.value.name} ({each.value.role or 'role not stated'})") for each in method.arms)
    yield row("minutes", dose.minutes)
    yield row("times a week", dose.per_week)
    yield row("weeks", dose.weeks)
    yield row("sessions", dose.sessions)
    yield row("contact minutes", dose.contact_minutes)
    yield "SAMPLE"
    yield row("n", sample.n)
    for label, concepts in (("condition", sample.conditions), ("population", sample.populations)):
        yield from (row(label, each, _name(each.value, vocabulary)) for each in concepts)
    yield "OUTCOMES"
    yield from (row(_SIGNS[each.value.change], each, _outcome(each.value)) for each in facts.outcomes)
    yield "HARMS"
    yield row("harms", facts.harms, facts.harms.value.replace("_", " ") if facts.harms else None)
    yield from (f"COMMENTARY (not evidence)\n  {each}" for each in record.commentary)


def _stated(finding: Finding[Any] | None, value: str | None, publication: Publication) -> str:
    if finding is None:
        return "not stated"
    shown = value or (f"{finding.value:g}" if isinstance(finding.value, float) else str(finding.value))
    mark = " (derived)" if finding.derived else ""
    source = publication.quote(finding)
    said = f'  "{source}"' if source else f"  [{finding.document}]"
    return f"{shown}{mark}  {finding.state}{said}"


def _outcome(outcome: Outcome) -> str:
    arm = f", {outcome.arm}" if outcome.arm else ""
    versus = f" versus {outcome.versus}" if outcome.versus else ""
    basis = f"{_BASES[outcome.basis]}{arm}{versus}, {outcome.timepoint.replace('_', ' ')}"
    return f"{outcome.name}: {outcome.benefit.replace('_', ' ')} ({basis})"


def _name(id: str, vocabulary: Vocabulary) -> str:
    concept = vocabulary.concept(id)
    return concept.name if concept else id
