"""What answers can be narrowed by: which values a publication has of each facet, and what these are called.

To add a facet, add a line to `_TABLE` and raise `kb.index.document.SCHEMA`. All but the last are counted with every
answer and offered for a choice; `says` has a value for each number of the tally, so that a number leads to the
publications behind it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import msgspec

from kb.extraction import Finding
from kb.overlay import stands
from kb.publication import Publication
from kb.record import is_retracted
from kb.rights import full_text
from kb.tally import GROUPS
from kb.vocabulary import Concept, Kind, Vocabulary
from kb.votes import Cell, Says, Vote, tallied, verdict, votes
from kb.wording import NOTICES, concept_name

Values = Callable[[Publication, Vocabulary, Sequence[Vote]], tuple[str, ...]]
Naming = Callable[[str, Vocabulary], str]

VERDICTS: dict[Says, tuple[str, str]] = {  # as a value of a facet, and in words
    Says.BETTER: ("better", "better"),
    Says.WORSE: ("worse", "worse"),
    Says.MIXED: ("mixed", "mixed"),
    Says.NOT_STATED: ("no_direction", "no clear direction"),
    Says.WITHIN: ("before_after", "before–after only"),
}
_SAID = dict(VERDICTS.values())
_HARMS = {
    "reported": "reported",
    "none_serious": "none serious",
    "none_occurred": "none",
    "not_stated": "not mentioned",
}
_COUNTED = {
    "yes": "yes",
    "no": "no: a review, a protocol, a qualitative study, another treatment, retracted, or only cited here",
}
_HELD = {"read": "an abstract, or facts that a person read", "citation": "only the citation"}
_FREE = {"yes": "free to read", "not_known": "not known to be free"}
_NOTICES: dict[str, str] = {str(kind): words for kind, words in NOTICES.items()} | {"none": "none known here"}
_SIZES = {
    "over_300": "more than 300",
    "50_to_300": "50 to 300",
    "under_50": "fewer than 50",
    "not_stated": "not stated",
}


class Definition(msgspec.Struct, frozen=True):
    """A facet: its heading, the values that a publication has, and what a value is called."""

    heading: str
    values: Values
    name: Naming


def named(facet: str, value: str, vocabulary: Vocabulary) -> str:
    """A value of a facet in words; the value itself where nothing is known of it."""
    return _TABLE[facet].name(value, vocabulary)


def heading(facet: str) -> str:
    """What a facet is called."""
    return _TABLE[facet].heading


def facets(
    publication: Publication, vocabulary: Vocabulary, said: Sequence[Vote] | None = None
) -> dict[str, tuple[str, ...]]:
    """The values of a publication in each facet, in the order of `FACETS`.

    `said` is what its study says, where that has other papers too; None: what it says itself.
    """
    cast = votes(publication, vocabulary) if said is None else said
    return {name: each.values(publication, vocabulary, cast) for name, each in _TABLE.items()}


def concepts(publication: Publication, kind: Kind, vocabulary: Vocabulary) -> tuple[Concept, ...]:
    """The concepts of one kind that the facts speak of, each with all that it is a kind of."""
    facts = publication.facts
    spoken: dict[Kind, Iterable[Finding[str]]] = {
        "condition": facts.sample.conditions,
        "technique": facts.method.techniques,
        "population": facts.sample.populations,
    }
    ids: Iterable[str | None] = (each.value for each in spoken.get(kind, ()) if stands(each))
    if kind == "outcome":
        ids = (each.value.concept for each in facts.outcomes if stands(each))
    return with_broader((each for each in ids if each), vocabulary)


def with_broader(ids: Iterable[str], vocabulary: Vocabulary) -> tuple[Concept, ...]:
    """The concepts and what they are a kind of: who asks for back pain means chronic low back pain too."""
    found: dict[str, Concept] = {}
    for id in ids:
        concept = vocabulary.concept(id)
        while concept is not None and concept.id not in found:
            found[concept.id] = concept
            concept = vocabulary.concept(concept.broader) if concept.broader else None
    return tuple(found.values())


def cell_value(outcome: str, group: str, says: Says) -> str:
    """The value of the facet `says` that a number of the tally stands for; ids have no full stop."""
    return f"{outcome}.{group}.{VERDICTS[says][0]}"


def _concepts(kind: Kind) -> Definition:
    headings = {"condition": "Condition", "technique": "Technique", "outcome": "Outcome measured"}
    return Definition(
        headings.get(kind, "Who took part"),
        lambda publication, vocabulary, _: tuple(each.id for each in concepts(publication, kind, vocabulary)),
        concept_name,
    )


def _design(publication: Publication, vocabulary: Vocabulary, said: Sequence[Vote]) -> tuple[str, ...]:
    design = publication.facts.design
    return (design.value,) if stands(design) else ()


def _design_name(value: str, vocabulary: Vocabulary) -> str:
    known = vocabulary.design(value)
    return known.name if known else value


def _comparators(publication: Publication, vocabulary: Vocabulary, said: Sequence[Vote]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.value for each in publication.facts.method.comparators if stands(each)))


def _comparator_name(value: str, vocabulary: Vocabulary) -> str:
    known = vocabulary.comparator(value)
    return known.name if known else value


def _found(publication: Publication, vocabulary: Vocabulary, said: Sequence[Vote]) -> tuple[str, ...]:
    """Every verdict on each outcome: one against each kind of comparison, for these are never mixed."""
    return tuple(dict.fromkeys(f"{each.cell.outcome}.{VERDICTS[verdict(each.says)][0]}" for each in said))


def _found_name(value: str, vocabulary: Vocabulary) -> str:
    outcome, _, said = value.rpartition(".")
    return f"{concept_name(outcome, vocabulary)}: {_SAID.get(said, said)}" if outcome else value


def _says(publication: Publication, vocabulary: Vocabulary, said: Sequence[Vote]) -> tuple[str, ...]:
    return tuple(cell_value(each.cell.outcome, each.cell.comparator, verdict(each.says)) for each in said)


def _says_name(value: str, vocabulary: Vocabulary) -> str:
    outcome, group, said = [*value.split("."), "", ""][:3]
    cell = Cell(outcome, group)
    against = GROUPS[group].plain if group in GROUPS else group.replace("_", " ")
    told = f"{concept_name(cell.outcome, vocabulary)}, compared with {against}"
    return f"{told}: {_SAID.get(said, said)}" if said else value


def _size(publication: Publication, vocabulary: Vocabulary, said: Sequence[Vote]) -> tuple[str, ...]:
    """The bands of an effect-direction plot (Boon & Thomson 2021, doi 10.1002/jrsm.1458); a citation states none."""
    n = publication.facts.sample.n
    if publication.only_cited:
        return ()
    if not stands(n):
        return ("not_stated",)
    return ("under_50" if n.value < 50 else "50_to_300" if n.value <= 300 else "over_300",)


def _harms(publication: Publication, vocabulary: Vocabulary, said: Sequence[Vote]) -> tuple[str, ...]:
    """What is said of harms: of a citation there is nothing that could be silent."""
    harms = publication.facts.harms
    return () if publication.only_cited else (harms.value if stands(harms) else "not_stated",)


def _notices(publication: Publication, vocabulary: Vocabulary, said: Sequence[Vote]) -> tuple[str, ...]:
    """The kinds of notices; one of a retraction that was taken back is not among them."""
    held = publication.record.notices
    kinds = dict.fromkeys(each.kind for each in held)
    gone = ("retracted", "retracted_and_replaced", "withdrawn")
    told = tuple(each for each in kinds if each not in gone or is_retracted(held))
    return told or ("none",)


def _worded(words: Mapping[str, str]) -> Naming:
    return lambda value, vocabulary: words.get(value, value)


_TABLE: dict[str, Definition] = {
    "condition": _concepts("condition"),
    "technique": _concepts("technique"),
    "outcome": _concepts("outcome"),
    "found": Definition("What was found", _found, _found_name),
    "comparator": Definition("Compared with", _comparators, _comparator_name),
    "design": Definition("Study design", _design, _design_name),
    "population": _concepts("population"),
    "size": Definition("How many people", _size, _worded(_SIZES)),
    "harms": Definition("Harms", _harms, _worded(_HARMS)),
    "held": Definition(
        "What is held here", lambda each, *_: ("citation" if each.only_cited else "read",), _worded(_HELD)
    ),
    "free": Definition(
        "Full text", lambda each, *_: ("yes" if full_text(each.record) else "not_known",), _worded(_FREE)
    ),
    "notices": Definition("Retractions, corrections", _notices, _worded(_NOTICES)),
    "year": Definition(
        "Year",
        lambda each, *_: (str(each.record.year),) if each.record.year is not None else (),
        lambda value, _: value,
    ),
    "counted": Definition(
        "Counts as a study",
        lambda each, vocabulary, _: ("yes" if tallied(each, vocabulary) else "no",),
        _worded(_COUNTED),
    ),
    "says": Definition("Found", _says, _says_name),
}
FACETS = tuple(_TABLE)
COUNTED = FACETS[:-1]
