"""From publication to index document: what is searchable is read here and nowhere else.

A change of fields or content raises `SCHEMA`; every index of another schema rebuilds itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TypeGuard, TypeVar, get_args

import msgspec

from kb.extraction import Finding
from kb.index.tree import TextField
from kb.publication import Publication
from kb.record import is_retracted
from kb.text import written
from kb.vocabulary import Concept, Kind, Vocabulary
from kb.votes import Vote, counts, votes

T = TypeVar("T")

SCHEMA = 3
LEAD = 30  # words of the text that stand for a title where there is none

TEXT_FIELDS: tuple[TextField, ...] = get_args(TextField)
FACETS = ("condition", "technique", "design", "outcome", "comparator", "population", "harms", "year", "counted")


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """What an engine indexes of one publication.

    `texts` go by field, in parts that no phrase crosses; `written` are the title's words in small letters, for
    spelling. `facets` go with their values, in the order of
    `FACETS`. `concepts` are all that title, abstract or summary so much as name, with how often: a question's
    concept is matched through them, by sense and under all names. `level` is the design's of OCEBM 2011;
    papers that share a `study` are one in the tally; None: this is its study's only paper.
    """

    id: str
    texts: tuple[tuple[TextField, tuple[str, ...]], ...]
    written: tuple[str, ...] = ()
    facets: tuple[tuple[str, tuple[str, ...]], ...] = ()
    concepts: tuple[tuple[str, int], ...] = ()
    identifiers: tuple[str, ...] = ()
    year: int | None = None
    n: int | None = None
    level: int | None = None
    study: str | None = None
    votes: tuple[Vote, ...] = ()


def document(publication: Publication, vocabulary: Vocabulary, study: str | None = None) -> Document:
    """The index document of `publication`, which is a paper of `study`, where that has several."""
    record, facts = publication.record, publication.facts
    known = tuple(each for held in _concepts(publication, vocabulary).values() for each in held)
    design = vocabulary.design(facts.design.value) if _stands(facts.design) else None
    spoken = tuple(each for each in (record.title, record.abstract, record.summary) if each)
    names = tuple(dict.fromkeys((*(each.name for each in known), *record.subject_headings)))
    authors = tuple(each.family for each in record.contributors)
    container = (record.container,) if record.container else ()
    texts: dict[TextField, tuple[str, ...]] = {
        "text": (*spoken, *names, " ".join(authors), *container),
        "title": (record.title or " ".join((spoken[0] if spoken else "").split()[:LEAD]),),
        "author": authors,
        "container": container,
    }
    return Document(
        id=publication.id,
        texts=tuple(texts.items()),
        written=written(record.title),
        facets=tuple(facets(publication, vocabulary).items()),
        concepts=tuple(sorted(_named(spoken, known, vocabulary).items())),
        identifiers=tuple(f"{each.scheme}:{each.value}" for each in record.identifiers),
        year=record.year,
        n=facts.sample.n.value if _stands(facts.sample.n) else None,
        level=design.level if design and not is_retracted(record.notices) else None,
        study=study,
        votes=votes(publication, vocabulary),
    )


def facets(publication: Publication, vocabulary: Vocabulary) -> dict[str, tuple[str, ...]]:
    """The values of a publication in each facet, in the order of `FACETS`."""
    record, facts = publication.record, publication.facts
    concepts = {kind: _ids(held) for kind, held in _concepts(publication, vocabulary).items()}
    return {
        "condition": concepts["condition"],
        "technique": concepts["technique"],
        "design": (facts.design.value,) if _stands(facts.design) else (),
        "outcome": concepts["outcome"],
        "comparator": tuple(dict.fromkeys(each.value for each in facts.method.comparators if _stands(each))),
        "population": concepts["population"],
        "harms": (facts.harms.value if facts.harms else "not_stated",),
        "year": (str(record.year),) if record.year is not None else (),
        "counted": ("yes" if counts(publication) else "no",),
    }


def _concepts(publication: Publication, vocabulary: Vocabulary) -> dict[Kind, tuple[Concept, ...]]:
    """What the facts speak of."""
    facts = publication.facts
    spoken: dict[Kind, Iterable[str]] = {
        "condition": (each.value for each in facts.sample.conditions if _stands(each)),
        "technique": (each.value for each in facts.method.techniques if _stands(each)),
        "outcome": (each.value.concept for each in facts.outcomes if _stands(each) and each.value.concept),
        "population": (each.value for each in facts.sample.populations if _stands(each)),
    }
    return {kind: _with_broader(ids, vocabulary) for kind, ids in spoken.items()}


def _stands(finding: Finding[T] | None) -> TypeGuard[Finding[T]]:
    """Whether a fact is stated, and nobody disputes it."""
    return finding is not None and finding.state != "disputed"


def _named(texts: Iterable[str], known: Iterable[Concept], vocabulary: Vocabulary) -> Counter[str]:
    """How often each concept is named; what the facts speak of, at least once; a narrower one counts for its wider."""
    named = Counter({each.id: 1 for each in known})
    for mention in (each for text in texts for each in vocabulary.mentions(text)):
        instrument = vocabulary.instrument(mention.concept)
        named.update(_ids(_with_broader((instrument.outcome if instrument else mention.concept,), vocabulary)))
    return named


def _ids(concepts: Iterable[Concept]) -> tuple[str, ...]:
    return tuple(each.id for each in concepts)


def _with_broader(ids: Iterable[str], vocabulary: Vocabulary) -> tuple[Concept, ...]:
    """The concepts and what they are a kind of: who asks for back pain means chronic low back pain too."""
    found: dict[str, Concept] = {}
    for id in ids:
        concept = vocabulary.concept(id)
        while concept is not None and concept.id not in found:
            found[concept.id] = concept
            concept = vocabulary.concept(concept.broader) if concept.broader else None
    return tuple(found.values())
