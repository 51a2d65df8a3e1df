"""From publication to index document: what is searchable is read here and nowhere else.

A change of fields or content raises `SCHEMA`; every index of another schema rebuilds itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import get_args

import msgspec

from kb.facets import concepts, facets, with_broader
from kb.index.tree import TextField
from kb.overlay import stands
from kb.publication import Publication
from kb.record import is_retracted
from kb.text import stems, written
from kb.vocabulary import Concept, Kind, Vocabulary
from kb.votes import Vote, is_study, study_votes

SCHEMA = 7
_KINDS: tuple[Kind, ...] = ("condition", "technique", "outcome", "population")
LEAD = 30  # words of the text that stand for a title where there is none

TEXT_FIELDS: tuple[TextField, ...] = get_args(TextField)


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """What an engine indexes of one publication.

    `texts` go by field, in parts that no phrase crosses; `written` are the title's words in small letters, for
    spelling. `facets` go with their values, in the order of `kb.facets.FACETS`. `concepts` are all that title, abstract
    or summary so much as name, with how often: a question's concept is matched through them, by sense and under all
    names. `level` is the design's of OCEBM 2011; papers that share a `study` are one in the tally; None: this is its
    study's only paper.
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


def document(
    publication: Publication, vocabulary: Vocabulary, study: str | None = None, papers: Sequence[Publication] = ()
) -> Document:
    """The index document of `publication`, which is one of the `papers` of `study`, where that has several.

    It says what all of them say together: a number of the tally, which counts studies, leads to each of their papers.
    """
    record, facts = publication.record, publication.facts
    said = study_votes(papers or (publication,), vocabulary) if is_study(publication) else ()
    known = tuple(each for kind in _KINDS for each in concepts(publication, kind, vocabulary))
    known += _composed({each.id for each in known}, vocabulary)
    design = vocabulary.design(facts.design.value) if stands(facts.design) else None
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
        facets=tuple(facets(publication, vocabulary, said).items()),
        concepts=tuple(sorted(_named(spoken, known, vocabulary).items())),
        identifiers=tuple(f"{each.scheme}:{each.value}" for each in record.identifiers),
        year=record.year,
        n=facts.sample.n.value if stands(facts.sample.n) else None,
        level=design.level if design and not is_retracted(record.notices) else None,
        study=study,
        votes=said,
    )


def _composed(ids: Collection[str], vocabulary: Vocabulary) -> tuple[Concept, ...]:
    """The conditions that two facts together are: of people with cancer, whose pain was measured, cancer pain."""
    return tuple(
        each
        for each in vocabulary.concepts("condition")
        if each.id not in ids and each.broader in ids and each.measured_as in ids and _says_both(each, vocabulary)
    )


def _says_both(concept: Concept, vocabulary: Vocabulary) -> bool:
    """Whether its name is made of the wider condition and of what is measured, as that of low back pain is not."""
    parts = (vocabulary.concept(id) for id in (concept.broader, concept.measured_as) if id)
    of, measured = (frozenset(stems(each.name)) if each else frozenset() for each in parts)
    return of | measured <= set(stems(concept.name)) and not measured <= of


def _named(texts: Iterable[str], known: Iterable[Concept], vocabulary: Vocabulary) -> Counter[str]:
    """How often each concept is named; what the facts speak of, at least once; a narrower one counts for its wider."""
    named = Counter({each.id: 1 for each in known})
    for mention in (each for text in texts for each in vocabulary.mentions(text)):
        instrument = vocabulary.instrument(mention.concept)
        named.update(_ids(with_broader((instrument.outcome if instrument else mention.concept,), vocabulary)))
    return named


def _ids(concepts: Iterable[Concept]) -> tuple[str, ...]:
    return tuple(each.id for each in concepts)
