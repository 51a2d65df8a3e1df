"""From publication to index document: what is searchable is read here and nowhere else.

A change of fields, boosts or content raises `SCHEMA`; every index of another schema rebuilds itself.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from kb.publication import Publication
from kb.vocabulary import Concept, Vocabulary

SCHEMA = 1

# Text field -> boost. A word of the title says more than the same word in the abstract; `subjects` holds
# the names of the concepts the facts speak of and the indexers' headings.
TEXT_FIELDS: dict[str, float] = {
    "title": 3.0,
    "subjects": 1.5,
    "abstract": 1.0,
    "summary": 1.0,
    "authors": 1.0,
    "container": 0.5,
}
FACETS = ("condition", "technique", "design", "outcome", "year")
# Searched, but neither shown nor counted: every concept that title, abstract or summary so much as names.
# A question's concept is matched through it, and so by sense ("cardiac massage" names no technique) and
# under all its names, while the words themselves only decide the order.
MENTIONED = "mentioned"


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """What an engine indexes of one publication. `facets` go with their values, in the order of `FACETS`."""

    id: str
    texts: tuple[tuple[str, str], ...]
    facets: tuple[tuple[str, tuple[str, ...]], ...]
    mentioned: tuple[str, ...]
    identifiers: tuple[str, ...]
    year: int | None
    n: int | None


def document(publication: Publication, vocabulary: Vocabulary) -> Document:
    """The index document of `publication`."""
    record, facts = publication.record, publication.facts
    conditions = _with_broader((each.value for each in facts.sample.conditions), vocabulary)
    techniques = _with_broader((each.value for each in facts.method.techniques), vocabulary)
    measured = (each.value.concept for each in facts.outcomes if each.value.concept)
    outcomes = _with_broader(measured, vocabulary)
    concepts = (*conditions, *techniques, *outcomes)
    texts = {
        "title": record.title,
        "subjects": ". ".join([*(each.name for each in concepts), *record.subject_headings]),
        "abstract": record.abstract,
        "summary": record.summary,
        "authors": " ".join(each.family for each in record.contributors),
        "container": record.container,
    }
    return Document(
        id=publication.id,
        texts=tuple((field, text) for field, text in texts.items() if text),
        facets=(
            ("condition", _ids(conditions)),
            ("technique", _ids(techniques)),
            ("design", (facts.design.value,) if facts.design else ()),
            ("outcome", _ids(outcomes)),
            ("year", (str(record.year),) if record.year is not None else ()),
        ),
        mentioned=_ids(_mentioned(texts.values(), concepts, vocabulary)),
        identifiers=tuple(f"{each.scheme}:{each.value}" for each in record.identifiers),
        year=record.year,
        n=facts.sample.n.value if facts.sample.n else None,
    )


def _mentioned(texts: Iterable[str | None], known: Iterable[Concept], vocabulary: Vocabulary) -> tuple[Concept, ...]:
    mentions = [each for text in texts if text for each in vocabulary.mentions(text)]
    named = (each.concept for each in mentions)
    measured = (found.outcome for each in mentions if (found := vocabulary.instrument(each.concept)))
    return _with_broader((*(each.id for each in known), *named, *measured), vocabulary)


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
