"""Curated studies: one TOML file each, its facts read by a person in a document that the file names.

The words of that document are not stored, so no finding has a place in a text: each names the document
instead and is `checked`. A file is taken whole or not at all, and what is wrong with it is told with its
field, since whoever writes it by hand has no compiler. `corpus/README.md` describes the format.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple, TypeVar

import msgspec

from ingest.parsers import fields
from ingest.parsers.corpus_checks import identifiers, included, polarities, problems
from ingest.parsers.corpus_entry import ArmEntry, DoseEntry, Entry, OutcomeEntry, Study
from ingest.parsers.decoding import normalise
from ingest.parsers.unreadable import Unreadable, excerpt
from kb.extraction import Arm, ComparatorClass, Dose, Extraction, Finding, Method, Outcome, Sample
from kb.publication import slug
from kb.record import Payload, Record, identifier
from kb.vocabulary import Vocabulary

T = TypeVar("T")

_HEADER = re.compile(r"^\[[ \t]*citation[ \t]*\][ \t]*(?:#.*)?$", re.MULTILINE)
_INDEX = re.compile(r"\[(\d+)\]")
_REMEDY = "Correct the file and ingest it again; corpus/README.md describes every field."
_LONGEST = 100_000  # characters; our longest study has fewer than 10,000


def recognises(text: str) -> bool:
    """Whether `text` has the header of a table `citation`; a file with a mistake elsewhere is still a study."""
    return _HEADER.search(text) is not None


def parse(payload: Payload, text: str, vocabulary: Vocabulary) -> Iterator[Record | Unreadable]:
    """The study in `text` as a record, or an `Unreadable` that tells what is wrong with it.

    Behind the record comes one for each title under which it is also cited, with its identifiers and
    nothing else to say.
    """
    try:
        entry = decode(text)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        yield Unreadable(payload.key, _reason(error), excerpt(text), _REMEDY)
        return
    found = tuple(problems(entry, vocabulary))
    if found:
        yield Unreadable(payload.key, "; ".join(found), excerpt(text), _REMEDY)
        return
    record = _record(entry, vocabulary)
    yield record
    yield from (_also(record, title) for title in entry.citation.also_titled)


def decode(text: str) -> Entry:
    """The entry in `text`; raises msgspec.MsgspecError or ValueError for what is none, as `parse` tells."""
    if len(text) > _LONGEST:
        raise ValueError(f"the file has {len(text):,} characters, more than the {_LONGEST:,} a study may have")
    return msgspec.convert(_normalised(msgspec.toml.decode(text)), Entry, strict=True, builtin_types=(date,))


def _normalised(value: Any) -> Any:
    """`value` with every string in it as it is stored."""
    if isinstance(value, str):
        return normalise(value)
    if isinstance(value, list):
        return [_normalised(each) for each in value]
    return {name: _normalised(each) for name, each in value.items()} if isinstance(value, dict) else value


def _reason(error: Exception) -> str:
    """The decoder's message, the field first and rows counted from 1: `study.outcomes 2.change: Invalid ...`."""
    if isinstance(error, RecursionError):
        return "its brackets are nested too deep"
    message, found, path = str(error).rpartition(" - at `$")
    if not found:
        return str(error)
    field = _INDEX.sub(lambda index: f" {int(index[1]) + 1}", path.rstrip("`").lstrip("."))
    return f"{field or 'the file'}: {message}"


def _record(entry: Entry, vocabulary: Vocabulary) -> Record:
    citation = entry.citation
    named = (identifier(scheme, value) for scheme, value in identifiers(entry))
    people = (fields.person(each) for each in citation.authors)
    record = Record(
        source="corpus",
        key="",
        format="corpus",
        title=fields.title_of(citation.title),
        identifiers=tuple(each for each in named if each is not None),
        contributors=tuple(each for each in people if each is not None),
        container=citation.journal,
        year=citation.year,
        volume=citation.volume,
        issue=citation.issue,
        pages=fields.pages_of(citation.pages) if citation.pages else None,
        language=citation.language,
        publication_types=citation.types,
        notices=fields.with_types((), citation.types),
        summary=entry.summary,
        curated=_Reader(entry, vocabulary).extraction(),
        includes=tuple(dict.fromkeys(each for text in entry.study.includes if (each := included(text)) is not None)),
    )
    return msgspec.structs.replace(record, key=record.value_of("pmid") or record.value_of("doi") or slug(record))


def _also(record: Record, title: str) -> Record:
    """`record` as others cite it; its key sorts behind that of the record itself, whose title is the one shown."""
    return Record(
        source=record.source,
        key=f"{record.key}, also {fields.title_of(title)}",
        format=record.format,
        title=fields.title_of(title),
        identifiers=record.identifiers,
        contributors=record.contributors,
        year=record.year,
    )


class _Reader(NamedTuple):
    """An entry on its way to findings; what every one of them needs is the name of the document."""

    entry: Entry
    vocabulary: Vocabulary

    def said(self, value: T) -> Finding[T]:
        return Finding(value, state="checked", document=self.entry.document.id)

    def stated(self, value: T | None) -> Finding[T] | None:
        return None if value is None else self.said(value)

    def each(self, values: Iterable[T]) -> tuple[Finding[T], ...]:
        return tuple(self.said(value) for value in values)

    def extraction(self) -> Extraction:
        study = self.entry.study
        return Extraction(
            version="person",
            design=self.stated(study.design),
            flags=self.each(study.flags),
            registration=self.stated(study.registration),
            method=self.method(study),
            sample=self.sample(study),
            outcomes=self.each(self.outcome(each) for each in study.outcomes),
            harms=self.stated(study.harms),
        )

    def method(self, study: Study) -> Method:
        classes = (*study.comparators, *(each.comparator for each in study.arms))
        named: dict[ComparatorClass, None] = dict.fromkeys(each for each in classes if each is not None)
        return Method(
            randomised=self.stated(study.randomised),
            blinding=self.stated(study.blinding),
            arms=self.each(self.arm(each) for each in study.arms),
            dose=self.dose(study.dose),
            techniques=self.each(study.techniques),
            comparators=self.each(named),
        )

    def arm(self, arm: ArmEntry) -> Arm:
        return Arm(arm.name, arm.role, arm.comparator, self.stated(arm.n))

    def dose(self, dose: DoseEntry) -> Dose:
        """The dose as stated, and the totals that its parts give."""
        sessions = self.stated(dose.sessions) or self.product(dose.per_week, dose.weeks)
        return Dose(
            minutes=self.stated(dose.minutes),
            per_week=self.stated(dose.per_week),
            weeks=self.stated(dose.weeks),
            sessions=sessions,
            contact_minutes=self.product(sessions.value if sessions else None, dose.minutes),
        )

    def product(self, one: float | None, other: float | None) -> Finding[float] | None:
        if one is None or other is None:
            return None
        return msgspec.structs.replace(self.said(one * other), derived=True)

    def sample(self, study: Study) -> Sample:
        return Sample(
            n=self.stated(study.n),
            n_analysed=self.stated(study.n_analysed),
            n_completed=self.stated(study.n_completed),
            trials=self.stated(study.trials),
            conditions=self.each(study.conditions),
            populations=self.each(study.populations),
            age=self.stated(study.age),
            sex=self.stated(study.sex),
        )

    def outcome(self, row: OutcomeEntry) -> Outcome:
        """The row with its polarity and, where it names another group, that group's class of comparator."""
        known = polarities(row, self.vocabulary)
        classes = {each.name: each.comparator for each in self.entry.study.arms}
        filled = {
            "polarity": row.polarity or (known[0] if known else None),
            "comparator": row.comparator or classes.get(row.versus or ""),
        }
        return Outcome(**(msgspec.structs.asdict(row) | filled))
