"""Lists of names: "pain, fatigue and stiffness", "lower disease and pain ratings", "pain in motion and at rest"."""

from __future__ import annotations

from collections.abc import Iterable

from ingest.extractors.outcomes.names import Name, ends_phrase, has_head, name_of
from ingest.extractors.outcomes.phrases import Clause
from ingest.extractors.outcomes.words import ACTIVITY, AUXILIARY, CONJUNCTION, CUES, REPORTING, TIME

# Heads that the last item of a list lends to the others.
_SHARED_HEADS = frozenset(
    "ratings rating scores score levels level intensity frequency severity quality values functioning function "
    "threshold thresholds symptoms pressure variables strength measures outcomes parameters".split()
)
_WHEN = frozenset("at during with on in".split())


def names_behind(clause: Clause, at: int, stop: int) -> tuple[tuple[Name, ...], int]:
    """The names of the list that begins at `at`, and the position after it."""
    items: list[list[int]] = [[]]
    i = after = at
    while i < stop:
        if _separates(clause, i):
            i = _past_separators(clause, i, stop)
            if items[-1] and clause.word(i) in _WHEN and clause.word(i + 1) in ACTIVITY:
                items, i = [*items, [*(k for k in items[-1] if not _active(clause, k)), i, i + 1]], i + 2
                after = i
            elif not _goes_on(clause, i):
                break
            items.append([])
        elif _begins_claim(clause, i, items[-1]):
            items.pop()
            break
        elif ends_phrase(clause, i):
            if len(items) > 1 and _is_verb(clause, i) and any(_is_verb(clause, k) for k in range(at)):
                items.pop()  # "a decrease in pain, and sleep was ...": a new subject, no item
            break
        else:
            items[-1].append(i)
            i = after = i + 1
    return _names(clause, items), after


def names_before(clause: Clause, at: int, stop: int) -> tuple[Name, ...]:
    """The names of the list in the subject `[at, stop)`; group and time phrases in it are stepped over.

    Behind such a phrase only what the vocabulary knows is taken for a further name: "pain in the neck and
    shoulder" is one measure.
    """
    items: list[list[int]] = [[]]
    i, stepped = at, stop
    while i < stop:
        if _separates(clause, i):
            items.append([])
        elif _begins_claim(clause, i, items[-1]):
            items.pop()
            break
        elif ends_phrase(clause, i):
            aside = clause.word(i) == "including"
            while i < stop and clause.word(i) != "," and (aside or clause.word(i) not in CONJUNCTION):
                i += 1
            stepped = min(stepped, i)
            continue
        else:
            items[-1].append(i)
        i += 1
    return _names(clause, (each for each in items if each and (each[0] < stepped or clause.known.intersection(each))))


def _separates(clause: Clause, i: int) -> bool:
    return clause.word(i) == "," or clause.word(i) in CONJUNCTION


def _past_separators(clause: Clause, i: int, stop: int) -> int:
    while i < stop and (_separates(clause, i) or clause.word(i) in ("as", "well", "also")):
        i += 1
    return i


def _active(clause: Clause, k: int) -> bool:
    """Part of "during movement" and the like."""
    return clause.word(k) in ACTIVITY or (clause.word(k) in _WHEN and clause.word(k + 1) in ACTIVITY)


def _goes_on(clause: Clause, i: int) -> bool:
    """Whether a list goes on at `i`, behind a comma or "and"."""
    if clause.word(i) in ("of", "in", "for", "on"):
        return (i + 1) not in clause.groups and clause.word(i + 1) not in TIME
    return clause.word(i) == "the" or not ends_phrase(clause, i)


def _begins_claim(clause: Clause, i: int, current: list[int]) -> bool:
    """ "Reductions in pain and improvement of sleep": the second noun is a claim of its own."""
    return clause.word(i) in CUES and i not in clause.known and not has_head(clause, current)


def _is_verb(clause: Clause, i: int) -> bool:
    word = clause.word(i)
    return word in AUXILIARY or word in REPORTING or (word in CUES and CUES[word][0].part == "verb")


def _names(clause: Clause, items: Iterable[list[int]]) -> tuple[Name, ...]:
    names = [name for name in (name_of(clause, item) for item in items) if name is not None]
    return _with_shared_head(clause, names)


def _with_shared_head(clause: Clause, names: list[Name]) -> tuple[Name, ...]:
    """Lend the last item's head to one-word items before it: "disease" becomes "disease ratings"."""
    head = names[-1].words[-1] if names and len(names[-1].words) > 1 else -1
    if clause.word(head) not in _SHARED_HEADS:
        return tuple(names)
    single = [len(each.words) == 1 and clause.word(each.words[0]) not in _SHARED_HEADS for each in names]
    return tuple(Name((*each.words, head)) if one else each for each, one in zip(names, single, strict=True))
