"""What a study may say in a tally: in each cell, one verdict of what its abstract states of the manual treatment.

Honest by construction. Only a comparison of groups, in a design that compares treatments, and credited to the
treated group by its name or by that of whom it was compared with, is better or worse; a change within one group is
`within_only`, whatever became better. "No difference" and "no significant
difference" give no direction (Cochrane Handbook 12.2.1.3: directions are counted, never significance) and
are `not_stated`, with all that is unclear. A marker is no benefit and has no vote. What is retracted, a
protocol, or a review (beside the trials it counts already) has none at all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from enum import IntFlag
from typing import Literal

import msgspec

from kb.extraction import DesignKind, Method, Outcome
from kb.overlay import standing
from kb.publication import Publication
from kb.record import is_retracted
from kb.vocabulary import Vocabulary

_NO_STUDY: frozenset[DesignKind] = frozenset(
    ("protocol", "systematic_review", "overview_or_evidence_map", "narrative_review", "qualitative")
)
_COMPARES_PEOPLE: frozenset[DesignKind] = frozenset(("case_control", "cross_sectional", "survey"))  # and no treatments
ONE_GROUP: frozenset[DesignKind] = frozenset(("single_group_pre_post", "case_series", "case_report"))
_COMPARES: frozenset[DesignKind] = frozenset(
    ("rct", "crossover_rct", "cluster_rct", "controlled_allocation_unclear", "quasi_randomised", "cohort")
)
_SHARED = 0.7
_OF_GROUPS = frozenset(
    "the a an group groups arm arms given received therapy treatment alone patients participants".split()
)
# How the name of a group begins that is a control's, or the treated one's, whatever else is said of it.
_CONTROL = frozenset("control controls comparison placebo sham untreated".split())
_TREATED = frozenset("experimental intervention treatment treated active study".split())


class Says(IntFlag):
    """What the rows of one cell say; rows, and papers of one study, are put together by `|`."""

    BETTER = 1
    WORSE = 2
    MIXED = 4
    NOT_STATED = 8
    WITHIN = 16


class Cell(msgspec.Struct, frozen=True, order=True):
    """A place of the tally: an outcome, and the group of comparators it was compared with ("not_stated" if so)."""

    outcome: str
    comparator: str


class Verdicts(msgspec.Struct, frozen=True):
    """How many studies say what in one cell. Each study is in one of the five, however many papers it has."""

    cell: Cell
    better: int
    worse: int
    mixed: int
    not_stated: int
    within_only: int


class Vote(msgspec.Struct, frozen=True):
    """What one publication says in one cell."""

    cell: Cell
    says: Says


def is_study(publication: Publication) -> bool:
    """Whether it is a study of something: not retracted nor only cited, no review, protocol or qualitative study."""
    gone = is_retracted(publication.record.notices)
    return not gone and not publication.only_cited and _design(publication) not in _NO_STUDY


def tallied(publication: Publication, vocabulary: Vocabulary) -> bool:
    """Whether a tally may count it: a study, and of a manual treatment."""
    return is_study(publication) and is_manual(publication.facts.method, vocabulary)


def is_manual(method: Method, vocabulary: Vocabulary) -> bool:
    """Whether a manual technique is what is tested, and not one that is only spoken of beside another treatment.

    A person who named the techniques knew that; of a machine's reading the treated groups must name one.
    """
    techniques = {each.state for each in method.techniques} - {"disputed"}
    if techniques != {"machine"}:
        return bool(techniques)
    arms = [each.value for each in method.arms if each.state != "disputed"]
    tested = [each.name for each in arms if each.role == "intervention"]
    named = [each for each in tested if (called := _called(each)) and called.split()[0] not in _TREATED]
    mentions = (mention for name in named for mention in vocabulary.mentions(name))
    return not named or any(mention.kind == "technique" for mention in mentions)


def votes(publication: Publication, vocabulary: Vocabulary) -> tuple[Vote, ...]:
    """The votes of a publication, a cell at most once, in the order of the cells."""
    return study_votes((publication,), vocabulary)


def study_votes(papers: Iterable[Publication], vocabulary: Vocabulary) -> tuple[Vote, ...]:
    """What the papers of one study say together, a cell at most once, in the order of the cells.

    Who compared groups for an outcome did not look only at before and after: such rows of the same study are left out.
    """
    said: dict[Cell, Says] = {}
    for each in (each for paper in papers for each in _votes(paper, vocabulary)):
        said[each.cell] = said.get(each.cell, Says(0)) | each.says
    compared = {cell.outcome for cell, says in said.items() if says != Says.WITHIN}
    kept = {cell: says for cell, says in said.items() if says != Says.WITHIN or cell.outcome not in compared}
    return tuple(Vote(cell, kept[cell]) for cell in sorted(kept))


def counted(studies: Iterable[Sequence[Publication]], vocabulary: Vocabulary) -> tuple[Verdicts, ...]:
    """The verdicts of studies, each given as its papers, in the order of the cells."""
    said: dict[Cell, Counter[Says]] = {}
    for papers in studies:
        for vote in study_votes(papers, vocabulary):
            said.setdefault(vote.cell, Counter())[verdict(vote.says)] += 1
    return tuple(Verdicts(cell, *(said[cell][each] for each in Says)) for cell in sorted(said))


def _votes(publication: Publication, vocabulary: Vocabulary) -> tuple[Vote, ...]:
    design = _design(publication)
    if not tallied(publication, vocabulary) or design in _COMPARES_PEOPLE:
        return ()
    facts = standing(publication.facts)
    found: dict[Cell, Counter[Says]] = {}
    for outcome in (each.value for each in facts.outcomes):
        if outcome.concept is None or outcome.benefit == "contextual":
            continue
        known = vocabulary.comparator(outcome.comparator) if outcome.comparator else None
        cell = Cell(domain(outcome.concept, vocabulary), known.group if known else "not_stated")
        found.setdefault(cell, Counter())[_says(outcome, facts.method, design, vocabulary)] += 1
    return tuple(Vote(cell, _together(found[cell])) for cell in sorted(found))


def _design(publication: Publication) -> DesignKind | None:
    design = publication.facts.design
    return design.value if design and design.state != "disputed" else None


def _together(rows: Counter[Says]) -> Says:
    """What several measures of one domain say: the direction that seven in ten of them share, else mixed.

    After Boon & Thomson 2021, "The effect direction plot revisited" (doi 10.1002/jrsm.1458). Rows without a direction
    are left beside it.
    """
    directed = {each: rows[each] for each in (Says.BETTER, Says.WORSE, Says.MIXED) if rows[each]}
    said = Says(0)
    if directed:
        first = max(directed, key=lambda each: directed[each])
        said = first if directed[first] >= _SHARED * sum(directed.values()) else Says.MIXED
    for each in (Says.NOT_STATED, Says.WITHIN):
        if rows[each]:
            said |= each
    return said


def domain(outcome: str, vocabulary: Vocabulary) -> str:
    """The widest concept that `outcome` is a kind of: a study of two kinds of sleep has one vote on sleep."""
    concept = vocabulary.concept(outcome)
    return domain(concept.broader, vocabulary) if concept and concept.broader else outcome


def verdict(says: Says) -> Says:
    """The one verdict of a study whose rows say all of `says`.

    Better and worse together are mixed; one direction with rows that state none keeps its direction; a change
    within a group counts only where nothing was compared.
    """
    if says & Says.MIXED or says & (Says.BETTER | Says.WORSE) == Says.BETTER | Says.WORSE:
        return Says.MIXED
    for each in (Says.BETTER, Says.WORSE, Says.NOT_STATED, Says.WITHIN):
        if says & each:
            return each
    return Says(0)


def credited(outcome: Outcome, method: Method, vocabulary: Vocabulary) -> bool:
    """Whether the treated group is known to be the subject of a comparison.

    "Lower in usual care than with massage" is no good news of massage, whatever became lower; and of "lower in group
    A" nobody knows whose news it is. Where no group is named, it is told of the treated one that it did so against
    a comparator.
    """
    arm, versus = _called(outcome.arm or ""), _called(outcome.versus or "")
    told_of, against = _side(arm, method, vocabulary), _side(versus, method, vocabulary)
    if told_of == "comparator" or against == "intervention":
        return False
    unnamed = not arm and outcome.comparator is not None
    return told_of == "intervention" or against == "comparator" or unnamed


def _side(name: str, method: Method, vocabulary: Vocabulary) -> Literal["intervention", "comparator"] | None:
    """Which side of a comparison a group of this name is on: by the arms, by how it is called, by what it names."""
    sides = {_called(each.value.name): each.value.role for each in method.arms if each.state != "disputed"}
    if not name or sides.get(name):
        return sides.get(name)
    if name.split()[0] in _CONTROL:
        return "comparator"
    if name.split()[0] in _TREATED:
        return "intervention"
    kinds = {mention.kind for mention in vocabulary.mentions(name)}
    return "comparator" if "comparator" in kinds else "intervention" if "technique" in kinds else None


def _says(outcome: Outcome, method: Method, design: DesignKind | None, vocabulary: Vocabulary) -> Says:
    if outcome.basis == "within_group" or design in ONE_GROUP:
        return Says.WITHIN
    if outcome.basis == "unclear" or design not in _COMPARES or not credited(outcome, method, vocabulary):
        return Says.NOT_STATED
    named = {"better": Says.BETTER, "worse": Says.WORSE, "mixed": Says.MIXED}
    return named.get(outcome.benefit, Says.NOT_STATED)


def _called(name: str) -> str:
    """What a group is called, without the word for a group unless that is all: "the control group" is "control"."""
    words = name.casefold().replace("-", " ").split()
    return " ".join([word for word in words if word not in _OF_GROUPS] or words)
