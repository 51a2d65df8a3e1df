"""A first draft of an entry: what the extractors propose, each fact with the words that it was read from.

The proposal is no entry yet: `checked` is missing, and behind every fact stands `# ?` with a quotation. Whoever reads
the document corrects the fact or leaves it, and deletes the quotation; `touchstone corpus check` refuses what is left.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from msgspec.structs import replace

from ingest.curation.words import words
from kb.extraction import Arm, Dose, Extraction, Finding, Outcome
from kb.record import Contributor, Record, is_retracted

_SAY = "Ours, in one or two sentences: what was done in whom, and what was found."
_OF_GROUPS = frozenset("the a an group groups arm of and with therapy treatment".split())
_RETRACTED = "Retracted Publication"
_OUTCOME = ("concept", "instrument", "change", "said", "basis", "arm", "versus", "timepoint", "p", "interval", "effect")


def draft(record: Record, facts: Extraction) -> str:
    """The text of a file for `corpus/studies`, to be confirmed; `facts` are what was extracted from `record`."""
    return "\n".join((*_citation(record), *_document(record), *_Draft(record).study(facts), ""))


def _citation(record: Record) -> Iterator[str]:
    yield f'summary = """\n# ? {_SAY}"""\n'
    yield "[citation]"
    authors = [_author(each) for each in record.contributors if each.role == "author"]
    fields: tuple[tuple[str, Any], ...] = (
        ("title", record.title),
        ("authors", authors),
        ("journal", record.container),
        ("year", record.year),
        ("volume", record.volume),
        ("issue", record.issue),
        ("pages", record.pages),
        ("language", record.language),
        ("types", [*record.publication_types, *_retracted(record)]),
        *((each, record.value_of(each)) for each in ("pmid", "pmcid", "doi")),
    )
    yield from (_line(name, value) for name, value in fields if value)


def _retracted(record: Record) -> tuple[str, ...]:
    """PubMed's type of what was retracted, where only a notice says it: the entry keeps it, and is not counted."""
    said = _RETRACTED in record.publication_types or not is_retracted(record.notices)
    return () if said else (_RETRACTED,)


def _author(contributor: Contributor) -> str:
    return f"{contributor.family}, {contributor.given}" if contributor.given else contributor.family


def _document(record: Record) -> Iterator[str]:
    link = next((each.url for each in record.identifiers if each.url), "")
    yield "\n[document]"
    yield _line("id", link)
    yield _line("kind", "abstract")
    yield "# ? checked = the date on which you compared the facts, as 2026-01-31"
    yield 'what = "every fact below"'


def _line(name: str, value: object) -> str:
    """`name = value` in TOML, whose strings, numbers, truths and lists are those of JSON."""
    whole = int(value) if isinstance(value, float) and value.is_integer() else value
    return f"{name} = {json.dumps(whole, ensure_ascii=False)}"


def _called(name: str | None, arms: Sequence[str]) -> str | None:
    """The one of `arms` that `name` speaks of ("the massage group" of "Swedish massage"), else `name`."""
    shared = [len(_telling(each) & _telling(name or "")) for each in arms]
    most = max(shared, default=0)
    return arms[shared.index(most)] if most and shared.count(most) == 1 else name


def _telling(name: str) -> frozenset[str]:
    """The words of a group's name that other groups have not."""
    return frozenset(words(name)) - _OF_GROUPS


class _Draft:
    """The facts of a record on their way to lines, each with its words behind it."""

    def __init__(self, record: Record) -> None:
        self.record = record

    def study(self, facts: Extraction) -> Iterator[str]:
        """The tables below `[study]`."""
        yield "\n[study]"
        yield from self.line("design", facts.design)
        yield from self.list("flags", facts.flags)
        yield from self.line("randomised", facts.method.randomised)
        yield from self.line("blinding", facts.method.blinding)
        for name in ("n", "n_analysed", "n_completed", "trials"):
            yield from self.line(name, getattr(facts.sample, name))
        yield from self.list("conditions", facts.sample.conditions)
        yield from self.list("techniques", facts.method.techniques)
        yield from self.list("populations", facts.sample.populations)
        yield from self.line("age", facts.sample.age)
        yield from self.line("sex", facts.sample.sex)
        yield from self.line("harms", facts.harms)
        yield from self.line("registration", facts.registration)
        yield from self.dose(facts.method.dose)
        for arm in facts.method.arms:
            yield from self.arm(arm)
        names = [each.value.name for each in facts.method.arms]
        for outcome in facts.outcomes:
            yield from self.outcome(outcome, names)

    def dose(self, dose: Dose) -> Iterator[str]:
        """What is stated of the dose; what follows from it is computed when the entry is read."""
        parts = {name: getattr(dose, name) for name in ("minutes", "per_week", "weeks", "sessions")}
        stated = {name: found for name, found in parts.items() if found is not None and not found.derived}
        if stated:
            yield "\n[study.dose]"
        for name, found in stated.items():
            yield from self.line(name, found)

    def arm(self, found: Finding[Arm]) -> Iterator[str]:
        """A group, with its number of people if that is known."""
        arm = found.value
        yield "\n[[study.arms]]"
        yield from self.line("name", found, arm.name)
        yield from (_line(name, value) for name in ("role", "comparator") if (value := getattr(arm, name)))
        yield from self.line("n", arm.n)

    def outcome(self, found: Finding[Outcome], arms: Sequence[str]) -> Iterator[str]:
        """A row of the ledger, which calls a group as `arms` do if it can only be one of them."""
        row = replace(found.value, arm=_called(found.value.arm, arms), versus=_called(found.value.versus, arms))
        yield "\n[[study.outcomes]]"
        yield from self.line("name", found, row.name)
        for name in _OUTCOME:
            value = getattr(row, name)
            if name in ("arm", "versus") and value not in arms and (value or row.basis == "between_groups"):
                yield f"{_line(name, value or '')}  # ? one of the arms: {'; '.join(arms) or 'none was read'}"
            elif value and (name, value) != ("timepoint", "not_stated"):
                yield _line(name, value)

    def line(self, name: str, found: Finding[Any] | None, value: object = None) -> Iterator[str]:
        """A fact and its words."""
        if found is not None:
            yield f"{_line(name, found.value if value is None else value)}  # ? {self.words((found,))}"

    def list(self, name: str, found: tuple[Finding[Any], ...]) -> Iterator[str]:
        """Several facts of one kind in a line."""
        if found:
            yield f"{_line(name, [each.value for each in found])}  # ? {self.words(found)}"

    def words(self, found: Iterable[Finding[Any]]) -> str:
        """What the facts were read from, on one line."""
        quotes = (each.quote(self.record.abstract, self.record.title) for each in found)
        return " ... ".join(f'"{" ".join(each.split())}"' for each in dict.fromkeys(quotes) if each)
