"""Which things that a question names are alternatives: what "or" means where it stands in a sentence.

"A or B" asks for either, whatever A and B are: two techniques, a technique and an outcome, or words that the vocabulary
does not know ("dry needling or massage"). "Massage or exercise for back pain" asks which of two treatments to choose;
what speaks of the one answers as what speaks of the other does, so that neither ever excludes. Thus a name that is both
a treatment and something else ("medication" is an outcome too) is the treatment beside a technique with "or" between.

A side of "or" is what is named directly before or behind it, else at most three words in a row that say something.
"Neck or back pain" says its last word once for both: the words before "or" take it where that gives a name. Commas
continue a list of one kind, as of techniques and other treatments. An "or" with a word of the sentence at its side
("whether or not", "good or bad for") joins nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kb.question.fillers import FILLERS, HINTS
from kb.question.sense import Sense
from kb.text import Word, stems, words
from kb.vocabulary import Mention, Vocabulary

_AGAIN = (  # what a side may say again: "for pain or for sleep", "reduce pain or improve sleep"
    r"(?:(?:a|an|the|to|for|in|of|on|by|from|at|just|only|some|with|having|getting|doing|using|gentle|light|improve|reduce|"
    r"relieve|help)\s+){0,3}"
)
_OR = re.compile(rf"\s*,?\s+or\s+{_AGAIN}", re.IGNORECASE)
_COMMA = re.compile(r"\s*,\s*")
_MOST = 3  # words of a side that is no name


def treatments(text: str, mentions: Sequence[Mention], vocabulary: Vocabulary) -> Iterator[Sense]:
    """What else than massage `text` offers as a treatment beside one: the names of comparators in a list with "or"."""
    if _OR.search(text) is None:
        return
    techniques = {each.start: each for each in mentions if each.kind == "technique"}
    others = (each for each in vocabulary.comparator_mentions(text) if each.start not in techniques)
    named = sorted((*techniques.values(), *others), key=lambda each: each.start)
    for chain in _chains(text, named):
        if {each.kind for each in chain} == {"technique", "comparator"}:
            yield from (_words(each.start, each.end) for each in chain if each.kind == "comparator")


def alternatives(text: str, named: Sequence[Sense], vocabulary: Vocabulary) -> Iterator[tuple[Sense, ...]]:
    """`named`, left to right, and what stands as words beside an "or"; each with its alternatives, where it has any."""
    senses = list(named)
    for join in _OR.finditer(text):
        right = next((each for each in senses if each.start == join.end()), None) or _behind(text, join.end(), senses)
        left = next((each for each in senses if each.end == join.start()), None)
        left = left or (_before(text, join.start(), right, senses, vocabulary) if right else None)
        if left and right and _joinable(left, right):
            senses += (each for each in (left, right) if each not in senses)
    yield from _lists(text, sorted(senses, key=lambda each: each.start))


def _chains(text: str, named: Sequence[Mention]) -> Iterator[list[Mention]]:
    """Names in a row with commas or "or" between them, and "or" at least once."""
    chain, said = list(named[:1]), False
    for first, second in pairwise(named):
        between = text[first.end : second.start]
        joined = _OR.fullmatch(between) is not None
        if not joined and not _COMMA.fullmatch(between):
            if said:
                yield chain
            chain, said = [], False
        chain.append(second)
        said |= joined
    if said:
        yield chain


def _lists(text: str, named: Sequence[Sense]) -> Iterator[tuple[Sense, ...]]:
    """Those with "or" between the last two, and commas between the others."""
    at = 0
    while at < len(named):
        end, last = at + 1, at + 1
        while end < len(named):
            before, each = named[end - 1], named[end]
            between = text[before.end : each.start]
            if not _joinable(before, each):
                break
            end += 1
            if _OR.fullmatch(between):
                last = end
            elif not _COMMA.fullmatch(between) or not _alike(before, each):
                break
        yield tuple(named[at:last])
        at = last


def _joinable(one: Sense, other: Sense) -> bool:
    """What was compared with is no alternative to what it was compared with."""
    return (one.kind == "comparator") == (other.kind == "comparator")


def _alike(one: Sense, other: Sense) -> bool:
    """Of one kind, or both treatments."""
    return one.kind == other.kind or {one.kind, other.kind} == {"technique", "word"}


def _behind(text: str, at: int, named: Sequence[Sense]) -> Sense | None:
    """The words from `at` on that are a side of "or", if there are any."""
    until = min((each.start for each in named if each.start >= at), default=len(text))
    run = _run(text[at:until], [*words(text[at:until])], backwards=False)
    return _words(at, at + run[-1].end) if run and not run[0].start else None


def _before(text: str, until: int, right: Sense, named: Sequence[Sense], vocabulary: Vocabulary) -> Sense | None:
    """The words up to `until` that are a side of "or"; with the last words of the other side, a name where they are."""
    at = max((each.end for each in named if each.end <= until), default=0)
    run = _run(text[at:until], [*words(text[at:until])], backwards=True)
    if not run or at + run[-1].end != until:
        return None
    tails = [text[right.start + each.start : right.end] for each in list(words(text[right.start : right.end]))[1:]]
    for first in run if right.kind != "word" else ():
        for tail in tails:
            whole = f"{text[at + first.start : until]} {tail}"
            for each in vocabulary.mentions(whole, question=True):
                if (each.start, each.end, each.kind) == (0, len(whole), right.kind):
                    return Sense(each.concept, each.kind, at + first.start, until, at + first.start)
    return _words(at + run[0].start, until)


def _run(text: str, said: list[Word], *, backwards: bool) -> list[Word]:
    """The first words of `said`, or the last, that stand in a row and say something."""
    run: list[Word] = []
    for each in reversed(said) if backwards else said:
        between = text[each.end : run[-1].start] if backwards and run else text[run[-1].end : each.start] if run else ""
        if len(run) == _MOST or each.stem in FILLERS | HINTS or between.strip(" -/"):
            break
        run.append(each)
    return run[::-1] if backwards else run


def _words(start: int, end: int) -> Sense:
    return Sense("", "word", start, end, start)


def spoken(text: str) -> tuple[str, ...]:
    """The different stems of a side that say something; all where none does."""
    found = tuple(dict.fromkeys(stems(text)))
    return tuple(each for each in found if each not in FILLERS) or found
