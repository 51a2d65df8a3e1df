"""A publication as plain text, for the terminal: what is stated, what is not, and the words that say it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from kb.conclusion_check import prompts
from kb.extraction import Finding, Outcome, findings
from kb.factsheet import Row, sheet
from kb.publication import Publication
from kb.record import Record
from kb.vocabulary import Vocabulary
from kb.wording import BASES, TIMEPOINTS, result, sign, statistics

WIDTH = 26  # of the column of labels: the longest and a space


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
    yield citation(record)
    yield f"  {publication.id}"
    yield from (f"  {each.url}" for each in record.identifiers if each.url)
    yield from (f"  {notice.kind.upper()}: {notice.text}" for notice in record.notices)
    if publication.only_cited:
        yield "ONLY THE CITATION IS HELD HERE; what is below was read in the title"
        rows = [row for group in sheet(facts, vocabulary) for row in group.rows if row.finding is not None]
        yield from (f"  {row.label:<{WIDTH}}{_stated(row, publication)}" for row in rows)
        return
    for group in sheet(facts, vocabulary):
        yield group.name.upper()
        yield from (f"  {row.label:<{WIDTH}}{_stated(row, publication)}" for row in group.rows)
    yield "OUTCOMES"
    if not facts.outcomes:
        yield "  not stated"
    for each in facts.outcomes:
        yield f"  {outcome_line(each.value, vocabulary)}{_evidence(each, publication)}"
    asked = prompts(record.abstract, facts, vocabulary)
    yield from (f"ASK THE CONCLUSION\n  {each.question}" for each in asked)
    yield from (f"COMMENTARY (not evidence)\n  {each}" for each in record.commentary)


def outcome_line(outcome: Outcome, vocabulary: Vocabulary) -> str:
    """One row of the ledger in a line: sign, name, what it did compared with what, basis, whose, when, figures."""
    told = (
        BASES[outcome.basis] if outcome.basis != "unclear" else "basis unclear",
        outcome.arm,
        TIMEPOINTS.get(outcome.timepoint),
        statistics(outcome),
    )
    return f"{sign(outcome)} {outcome.name}: {result(outcome, vocabulary)} ({', '.join(filter(None, told))})"


def _stated(row: Row, publication: Publication) -> str:
    if row.finding is None:
        return "not stated"
    return f"{row.value}{' (derived)' if row.finding.derived else ''}{_evidence(row.finding, publication)}"


def _evidence(finding: Finding[Any], publication: Publication) -> str:
    words = publication.quote(finding)
    return f"  {finding.state}  " + (f'"{words}"' if words else f"[{finding.document}]")
