"""Lists of names: "pain, fatigue and stiffness", "lower disease and pain ratings", "pain in motion and at rest"."""

from __future__ import annotations

from collections.abc import Iterable

from ingest.extractors.outcomes.names import Name, ends_phrase, has_head, name_of
from ingest.extractors.outcomes.phrases import Clause
from ingest.extractors.outcomes.words import ACTIVITY, AUXILIARY, CONJUNCTION, CUES, PERSON, REPORTING, TIME

# Heads that the last item of a list lends to the others.
_SHARED_HEADS = frozenset(
    "ratings rating scores score levels level intensity frequency severity quality values functioning function "
    "threshold thresholds symptoms pressure variables strength measures outcomes parameters".split()
)
_WIDE_HEADS = frozenset("quality symptoms values variables measures outcomes parameters".split())
_ADJECTIVAL = ("al", "ic", "ive", "ary", "ous")
_WHEN = frozenset("at during with on in".split())
# "... pain, in sleep and in mood": said again before an item.
_LONG_LIST = 25
_OF_PLACE = frozenset("in at during on after with for".split())
_AGAIN = frozenset("of in for on".split())


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
            else:
                i += clause.word(i) in _AGAIN
            items.append([])
        elif _begins_claim(clause, i, items[-1]):
            items.pop()
            break
        elif ends_phrase(clause, i):
            if len(items) > 1 and _is_verb(clause, i) and any(_is_verb(clause, k) for k in range(at)):
                items.pop()  # "a decrease in pain, and sleep was ...": a new subject, no item
            beyond = _beyond_phrase(clause, i, stop, len(items) > 1) if items[-1] else None
            if beyond is None:
                break
            items.append([])
            i = beyond
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


def _beyond_phrase(clause: Clause, i: int, stop: int, listed: bool) -> int | None:
    """Where the list goes on behind a phrase of place or time at `i` ("pain at night, sleep in winter and mood").

    Only to a measure that the vocabulary knows, or within a list that has begun, to the next of its commas.
    """
    if clause.word(i) not in _OF_PLACE:
        return None
    for k in range(i + 1, min(stop, i + 7)):
        if _separates(clause, k):
            return _next_item(clause, k, stop, listed)
        if k in clause.groups or _is_verb(clause, k) or clause.word(k) in PERSON or clause.word(k) == "between":
            return None
    return None


def _next_item(clause: Clause, k: int, stop: int, listed: bool) -> int | None:
    """The item behind the separator at `k`."""
    at = _past_separators(clause, k, stop)
    at += clause.word(at) in _AGAIN
    if not _goes_on(clause, at) or _begins_claim(clause, at, []) or not _no_verb(clause, at, stop):
        return None
    listed = listed or "and" in {clause.word(j) for j in range(at, min(stop, at + _LONG_LIST))}
    named = clause.word(k) == "," and listed and not clause.word(at).endswith("ing")
    return at if named or not clause.known.isdisjoint((at, at + 1)) else None


def _no_verb(clause: Clause, at: int, stop: int) -> bool:
    """Whether no verb follows the item at `at`: "pain in rest, and sleep was ..." begins a sentence of its own."""
    for k in range(at, min(stop, at + 6)):
        if _separates(clause, k):
            return True
        if _is_verb(clause, k):
            return False
    return True


def _active(clause: Clause, k: int) -> bool:
    """Part of "during movement" and the like."""
    return clause.word(k) in ACTIVITY or (clause.word(k) in _WHEN and clause.word(k + 1) in ACTIVITY)


def _goes_on(clause: Clause, i: int) -> bool:
    """Whether a list goes on at `i`, behind a comma or "and"."""
    if clause.word(i) in _AGAIN:
        return (i + 1) not in clause.groups and clause.word(i + 1) not in TIME
    return clause.word(i) == "the" or not ends_phrase(clause, i)


def _begins_claim(clause: Clause, i: int, current: list[int]) -> bool:
    """ "Reductions in pain and improvement of sleep": the second noun is a claim of its own."""
    cues = CUES.get(clause.word(i), ())
    if any(cue.part == "adjective" for cue in cues) and not current:
        return True  # "less pain, better sleep"
    return bool(cues) and i not in clause.known and not has_head(clause, current)


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
    wide = clause.word(head) in _WIDE_HEADS  # "cognitive and affective variables", not "pain and sleep quality"
    single = [
        len(each.words) == 1
        and clause.word(each.words[0]) not in _SHARED_HEADS
        and (not wide or clause.word(each.words[0]).endswith(_ADJECTIVAL))
        for each in names
    ]
    return tuple(Name((*each.words, head)) if one else each for each, one in zip(names, single, strict=True))
