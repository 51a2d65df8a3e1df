"""What of a changed answer is worth telling, and the words for it. Pure.

Told are counts, notices and reviews. A new publication alone is none of these: it is named beside the count that it
changed. Every count is told with its denominator, old and new, and none of them as a verdict on a treatment.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

import msgspec

from kb.alerts.types import Answer, Flag
from kb.publication import Publication
from kb.tally import GROUPS, Against
from kb.vocabulary import Vocabulary
from kb.votes import Cell, Verdicts
from kb.wording import NOTICES, concept_name

_NAMED = 10  # publications that a line names

T = TypeVar("T")


class CellChange(msgspec.Struct, frozen=True):
    """What was counted in a cell, and what is."""

    old: Verdicts
    new: Verdicts


class Changes(msgspec.Struct, frozen=True):
    """The differences of two answers; all ids in order."""

    cells: tuple[CellChange, ...]
    studies: tuple[str, ...]
    no_studies: tuple[str, ...]
    reviews: tuple[str, ...]
    no_reviews: tuple[str, ...]
    flags: tuple[Flag, ...]
    no_flags: tuple[Flag, ...]

    @property
    def worth_telling(self) -> bool:
        """Whether a count, a notice or a review is another than it was."""
        return bool(self.cells or self.reviews or self.no_reviews or self.flags or self.no_flags)

    @property
    def ids(self) -> tuple[str, ...]:
        """The publications that are spoken of."""
        flagged = (each.id for each in (*self.flags, *self.no_flags))
        return tuple(sorted({*self.studies, *self.no_studies, *self.reviews, *self.no_reviews, *flagged}))


def compare(old: Answer, new: Answer) -> Changes:
    """How `new` differs from `old`."""
    before, now = ({each.cell: each for each in answer.tally} for answer in (old, new))
    cells = (
        CellChange(before.get(cell, _nothing(cell)), now.get(cell, _nothing(cell))) for cell in sorted({*before, *now})
    )
    return Changes(
        cells=tuple(each for each in cells if _changed(each)),
        studies=_only(new.studies, old.studies),
        no_studies=_only(old.studies, new.studies),
        reviews=_only(new.reviews, old.reviews),
        no_reviews=_only(old.reviews, new.reviews),
        flags=_only(new.flags, old.flags),
        no_flags=_only(old.flags, new.flags),
    )


def told(
    old: Answer,
    new: Answer,
    publications: Callable[[Sequence[str]], Iterable[Publication]],
    vocabulary: Vocabulary,
) -> tuple[str, ...]:
    """What is worth telling, in lines; none where nothing is. `publications` gives those of some ids that are held."""
    changes = compare(old, new)
    if not changes.worth_telling:
        return ()
    return lines(changes, {each.id: label(each) for each in publications(changes.ids)}, vocabulary)


def lines(changes: Changes, names: Mapping[str, str], vocabulary: Vocabulary) -> tuple[str, ...]:
    """The changes in words; `names` are those of the publications that are still held."""
    return tuple(_lines(changes, names, vocabulary))


def label(publication: Publication) -> str:
    """A publication in two words: "Weaver 2011"."""
    people = [each.family for each in publication.record.contributors if each.role != "editor"]
    first = f"{people[0]}{' et al.' if len(people) > 2 else ''}" if people else "authors not stated"
    return f"{first} {publication.record.year or '(year not stated)'}"


def _lines(changes: Changes, names: Mapping[str, str], vocabulary: Vocabulary) -> Iterator[str]:
    for flag_kind in sorted({each.kind for each in changes.flags}):
        yield f"{NOTICES[flag_kind].lower()}: {_named(_of(changes.flags, flag_kind), names)}"
    for flag_kind in sorted({each.kind for each in changes.no_flags}):
        gone = _named(_of(changes.no_flags, flag_kind), names)
        yield f"no longer among what is found with the notice “{NOTICES[flag_kind].lower()}”: {gone}"
    order = {group: place for place, group in enumerate(GROUPS)}
    for each in sorted(changes.cells, key=lambda c: (c.new.cell.outcome, order.get(c.new.cell.comparator, len(order)))):
        yield from _cell(each, vocabulary)
    if changes.cells and changes.studies:
        yield f"new: {_named(changes.studies, names)}"
    if changes.cells and changes.no_studies:
        yield f"no longer counted: {_named(changes.no_studies, names)}"
    if changes.cells and not changes.studies and not changes.no_studies:
        yield "no study came or went: what is here was read anew, or corrected"
    if changes.reviews:
        yield f"new review: {_named(changes.reviews, names)}"
    if changes.no_reviews:
        yield f"review no longer among what is found: {_named(changes.no_reviews, names)}"


def _changed(change: CellChange) -> bool:
    """Whether a vote is another. What was found at a follow-up is no vote, and older answers do not remember it."""
    old, new = change.old, change.new
    return _compared(old) != _compared(new) or old.within_only != new.within_only


def _cell(change: CellChange, vocabulary: Vocabulary) -> Iterator[str]:
    cell, old, new = change.new.cell, change.old, change.new
    outcome = concept_name(cell.outcome, vocabulary)
    against = GROUPS.get(cell.comparator, Against(cell.comparator.replace("_", " "), "")).plain
    if _compared(old) != _compared(new):
        yield f"{outcome}, compared with {against}: {_said(old)}, now {_said(new)}"
    if old.within_only != new.within_only:
        yield (
            f"{outcome}, looked at before and after only, which is no comparison: "
            f"{_studies(old.within_only)}, now {new.within_only}"
        )


def _said(verdicts: Verdicts) -> str:
    better, worse, mixed, unclear = _compared(verdicts)
    if not sum(_compared(verdicts)):
        return "no study"
    others = ((worse, "worse"), (mixed, "mixed"), (unclear, "without a clear direction"))
    said = ", ".join([f"{better} better", *(f"{n} {words}" for n, words in others if n)])
    return f"{said} of {better + worse + mixed + unclear}"


def _compared(verdicts: Verdicts) -> tuple[int, int, int, int]:
    return verdicts.better, verdicts.worse, verdicts.mixed, verdicts.not_stated


def _studies(n: int) -> str:
    return f"{n} stud{'y' if n == 1 else 'ies'}"


def _named(ids: Sequence[str], names: Mapping[str, str]) -> str:
    known = sorted(names[each] for each in ids if each in names)
    more = len(ids) - len(known[:_NAMED])
    told = known[:_NAMED] + ([f"{more} more"] if more and known else [f"{more}"] if more else [])
    return ", ".join(told)


def _of(flags: Iterable[Flag], kind: str) -> tuple[str, ...]:
    return tuple(each.id for each in flags if each.kind == kind)


def _nothing(cell: Cell) -> Verdicts:
    return Verdicts(cell, 0, 0, 0, 0, 0)


def _only(those: Iterable[T], others: Iterable[T]) -> tuple[T, ...]:
    return tuple(sorted(set(those) - set(others)))  # type: ignore[type-var]
