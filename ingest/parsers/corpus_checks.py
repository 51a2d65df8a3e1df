"""What is wrong with a curated study that has the right form: ids, identifiers, and rows that contradict themselves.

Each problem is a sentence that begins with its field, rows counted from 1 as people count.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from ingest.parsers import fields
from ingest.parsers.corpus_entry import Entry, OutcomeEntry, Study
from kb.extraction import DesignKind, Polarity
from kb.record import Identifier, Scheme, identifier
from kb.vocabulary import Kind, Vocabulary

_REVIEWS: frozenset[DesignKind] = frozenset(("systematic_review", "overview_or_evidence_map", "narrative_review"))
_CITED: dict[str, Scheme] = {"pmid": "pmid", "pmcid": "pmcid", "doi": "doi"}


def problems(entry: Entry, vocabulary: Vocabulary) -> Iterator[str]:
    """Everything that the types of `corpus_entry` let pass and that is wrong all the same."""
    for scheme, value in identifiers(entry):
        if identifier(scheme, value) is None:
            yield f"{'study' if scheme == 'registration' else 'citation'}.{scheme}: {value!r} has not its shape"
    if entry.citation.also_titled and not any(scheme != "registration" for scheme, _ in identifiers(entry)):
        yield "citation.also_titled: joins by an identifier, and none is stated"
    if not all(fields.person(each) for each in entry.citation.authors):
        yield "citation.authors: an author without a name"
    yield from _unknown_concepts(entry.study, vocabulary)
    yield from _counts(entry.study)
    yield from _inclusions(entry.study)
    names = [each.name for each in entry.study.arms]
    if len(set(names)) < len(names):
        yield "study.arms: two groups have one name, so that no row can say which it means"
    for number, outcome in enumerate(entry.study.outcomes, start=1):
        for problem in (*_unknown_measures(outcome, vocabulary), *_contradictions(outcome, names)):
            yield f"study.outcomes {number}.{problem}"


def identifiers(entry: Entry) -> Iterator[tuple[Scheme, str]]:
    """The identifiers that the file states, unchecked."""
    citation = entry.citation
    stated: tuple[tuple[Scheme, str | None], ...] = (
        ("pmid", citation.pmid),
        ("pmcid", citation.pmcid),
        ("doi", citation.doi),
        ("registration", entry.study.registration),
    )
    return ((scheme, value) for scheme, value in stated if value is not None)


def included(text: str) -> Identifier | None:
    """A trial that a review includes, as a file names it: "pmid:12345", "pmcid:PMC1" or "doi:10.1234/abc"."""
    name, _, value = text.partition(":")
    scheme = _CITED.get(name.strip())
    return identifier(scheme, value) if scheme else None


def polarities(outcome: OutcomeEntry, vocabulary: Vocabulary) -> list[Polarity]:
    """What the vocabulary says of the instrument and of the concept, each answer once, the instrument's first."""
    rows = (
        vocabulary.instrument(outcome.instrument) if outcome.instrument else None,
        vocabulary.concept(outcome.concept) if outcome.concept else None,
    )
    return list(dict.fromkeys(each.polarity for each in rows if each is not None and each.polarity is not None))


def _unknown_concepts(study: Study, vocabulary: Vocabulary) -> Iterator[str]:
    kinds: tuple[tuple[str, Kind, tuple[str, ...]], ...] = (
        ("conditions", "condition", study.conditions),
        ("techniques", "technique", study.techniques),
        ("populations", "population", study.populations),
    )
    for name, kind, ids in kinds:
        for each in ids:
            yield from _unless_known(f"study.{name}", each, _ids(kind, vocabulary), name)


def _unknown_measures(outcome: OutcomeEntry, vocabulary: Vocabulary) -> Iterator[str]:
    if outcome.concept is not None:
        yield from _unless_known("concept", outcome.concept, _ids("outcome", vocabulary), "outcomes")
    if outcome.instrument is not None:
        known = [each.id for each in vocabulary.instruments()]
        yield from _unless_known("instrument", outcome.instrument, known, "instruments")
    if outcome.polarity is None and len(polarities(outcome, vocabulary)) > 1:
        yield "polarity: instrument and concept differ in which way is better; state that of the measure"


def _unless_known(field: str, id: str, known: list[str], file: str) -> Iterator[str]:
    if id not in known:
        near = get_close_matches(id, known, n=3)
        hint = f"did you mean {' or '.join(near)}?" if near else f"the ids are in kb/vocabulary/data/{file}.toml"
        yield f"{field}: the vocabulary has no {id!r}; {hint}"


def _ids(kind: Kind, vocabulary: Vocabulary) -> list[str]:
    return [each.id for each in vocabulary.concepts(kind)]


def _counts(study: Study) -> Iterator[str]:
    parts = (("n_analysed", study.n_analysed), ("n_completed", study.n_completed))
    for name, part in parts:
        if study.n is not None and part is not None and part > study.n:
            yield f"study.{name}: {part} is more than n = {study.n}"


def _inclusions(study: Study) -> Iterator[str]:
    if study.includes and study.design is not None and study.design not in _REVIEWS:
        yield f"study.includes: only a review includes studies, and this is {study.design!r}"
    for each in study.includes:
        if included(each) is None:
            yield f'study.includes: {each!r} is no identifier like "pmid:12345" or "doi:10.1234/abc"'


def _contradictions(outcome: OutcomeEntry, arms: list[str]) -> Iterator[str]:
    yield from (f"{name}: empty; leave out what is not stated" for name in _empty(outcome))
    if outcome.basis == "between_groups" and None in (outcome.arm, outcome.versus):
        yield "basis: a comparison between groups names an arm, and what it is versus"
    if outcome.basis == "within_group" and outcome.versus is not None:
        yield "versus: a change within a group is compared with no other"
    if outcome.said is not None and outcome.change != "not_stated":
        yield "said: only where the change of the measure is not stated"
    for name, called in (("arm", outcome.arm), ("versus", outcome.versus)):
        if called is not None and arms and called not in arms:
            yield f"{name}: {called!r} is none of the arms ({', '.join(arms)})"


def _empty(outcome: OutcomeEntry) -> Iterator[str]:
    return (name for name in outcome.__struct_fields__ if getattr(outcome, name) == "")
