"""What a study may say in a tally: in each cell, one verdict of what its abstract states of the manual treatment.

Honest by construction. Only a comparison of groups, in a design that compares treatments, and credited to the
treated group by its name or by that of whom it was compared with, is better or worse; a change within one group is
`within_only`, whatever became better. "No difference" and "no significant
difference" give no direction (Cochrane Handbook 12.2.1.3: directions are counted, never significance) and
are `not_stated`, with all that is unclear. A marker is no benefit and has no vote. What is retracted, a
protocol, or a review (beside the trials it counts already) has none at all.

A study has one vote in a cell, whenever and however often it measured: results of several times are not to be counted
as if they were several studies, one time is to be chosen (Cochrane Handbook 5.1, 9.3.4). Chosen is the end of
treatment. What was found later, after the treatment had ended, is counted beside it, so that a benefit that is gone
by then is seen to be gone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import IntFlag

import msgspec

from kb.extraction import DesignKind, Method, Outcome, Timepoint
from kb.overlay import standing
from kb.publication import Publication
from kb.record import is_retracted
from kb.sides import TREATED, called, credited
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


class Says(IntFlag):
    """What the rows of one cell say; rows, and papers of one study, are put together by `|`."""

    BETTER = 1
    WORSE = 2
    MIXED = 4
    NOT_STATED = 8
    WITHIN = 16
    LATER = 32  # groups were compared at a follow-up too
    LATER_ELSE = 64  # and something there is not better


VERDICTS = (Says.BETTER, Says.WORSE, Says.MIXED, Says.NOT_STATED, Says.WITHIN)
_NEAREST: tuple[Timepoint, ...] = ("end", "immediate", "follow_up")  # to the end of treatment; not stated counts as it


class Cell(msgspec.Struct, frozen=True, order=True):
    """A place of the tally: an outcome, and the group of comparators it was compared with ("not_stated" if so)."""

    outcome: str
    comparator: str


class Verdicts(msgspec.Struct, frozen=True):
    """How many studies say what in one cell. Each study is in one of the five, however many papers it has.

    `later` of them compared groups at a follow-up too (or only there), `later_better` were better there throughout.
    """

    cell: Cell
    better: int
    worse: int
    mixed: int
    not_stated: int
    within_only: int
    later: int = 0
    later_better: int = 0


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
    named = [each for each in tested if (name := called(each)) and name.split()[0] not in TREATED]
    mentions = (mention for name in named for mention in vocabulary.mentions(name))
    return not named or any(mention.kind == "technique" for mention in mentions)


def votes(publication: Publication, vocabulary: Vocabulary) -> tuple[Vote, ...]:
    """The votes of a publication, a cell at most once, in the order of the cells."""
    return study_votes((publication,), vocabulary)


def study_votes(papers: Iterable[Publication], vocabulary: Vocabulary) -> tuple[Vote, ...]:
    """What the papers of one study say together, a cell at most once, in the order of the cells.

    Who compared groups for an outcome did not look only at before and after: such rows of the same study are left out.
    """
    told: dict[Cell, dict[Timepoint, Says]] = {}
    for cell, when, says in (each for paper in papers for each in _rows(paper, vocabulary)):
        times = told.setdefault(cell, {})
        times[when] = times.get(when, Says(0)) | says
    said = {cell: _at_the_end(times) | _later(times) for cell, times in told.items()}
    compared = {cell.outcome for cell, says in said.items() if says != Says.WITHIN}
    kept = {cell: says for cell, says in said.items() if says != Says.WITHIN or cell.outcome not in compared}
    return tuple(Vote(cell, kept[cell]) for cell in sorted(kept))


def counted(studies: Iterable[Sequence[Publication]], vocabulary: Vocabulary) -> tuple[Verdicts, ...]:
    """The verdicts of studies, each given as its papers, in the order of the cells."""
    said: dict[Cell, Counter[Says]] = {}
    for papers in studies:
        for vote in study_votes(papers, vocabulary):
            said.setdefault(vote.cell, Counter())[vote.says] += 1
    return tuple(verdicts(cell, said[cell]) for cell in sorted(said))


def verdicts(cell: Cell, said: Mapping[Says, int]) -> Verdicts:
    """The verdicts of a cell in which so many studies say this and that."""
    numbers: Counter[Says] = Counter()
    for says, studies in said.items():
        numbers[verdict(says)] += studies
    later = {says: studies for says, studies in said.items() if says & Says.LATER}
    still = sum(studies for says, studies in later.items() if not says & Says.LATER_ELSE)
    better, worse, mixed, unclear, within = (numbers[each] for each in VERDICTS)
    return Verdicts(cell, better, worse, mixed, unclear, within, sum(later.values()), still)


def _at_the_end(times: Mapping[Timepoint, Says]) -> Says:
    """What is said of the end of treatment; where nothing was compared then, of the nearest time at which it was."""
    compared = (times[each] for each in _NEAREST if times.get(each, Says.WITHIN) != Says.WITHIN)
    return next(compared, Says.WITHIN)


def _later(times: Mapping[Timepoint, Says]) -> Says:
    """Whether groups were compared at a follow-up, and whether anything there is not better."""
    said = times.get("follow_up", Says(0)) & ~Says.WITHIN
    return (Says.LATER if said == Says.BETTER else Says.LATER | Says.LATER_ELSE) if said else Says(0)


def _rows(publication: Publication, vocabulary: Vocabulary) -> Iterator[tuple[Cell, Timepoint, Says]]:
    """What a publication says in each cell at each time: what is told without a time is told of the end."""
    design = _design(publication)
    if not tallied(publication, vocabulary) or design in _COMPARES_PEOPLE:
        return
    facts = standing(publication.facts)
    found: dict[tuple[Cell, Timepoint], Counter[Says]] = {}
    for outcome in (each.value for each in facts.outcomes):
        if outcome.concept is None or outcome.benefit == "contextual":
            continue
        known = vocabulary.comparator(outcome.comparator) if outcome.comparator else None
        cell = Cell(domain(outcome.concept, vocabulary), known.group if known else "not_stated")
        when: Timepoint = "end" if outcome.timepoint == "not_stated" else outcome.timepoint
        found.setdefault((cell, when), Counter())[_says(outcome, facts.method, design, vocabulary)] += 1
    yield from ((cell, when, _together(rows)) for (cell, when), rows in found.items())


def _design(publication: Publication) -> DesignKind | None:
    design = publication.facts.design
    return design.value if design and design.state != "disputed" else None


def _together(rows: Counter[Says]) -> Says:
    """What several measures of one domain at one time say: the direction that seven in ten of them share, else mixed.

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


def _says(outcome: Outcome, method: Method, design: DesignKind | None, vocabulary: Vocabulary) -> Says:
    if outcome.basis == "within_group" or design in ONE_GROUP:
        return Says.WITHIN
    if outcome.basis == "unclear" or design not in _COMPARES or not credited(outcome, method, vocabulary):
        return Says.NOT_STATED
    named = {"better": Says.BETTER, "worse": Says.WORSE, "mixed": Says.MIXED}
    return named.get(outcome.benefit, Says.NOT_STATED)
