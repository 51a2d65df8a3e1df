"""Suggestions while typing: concepts whose names begin so, never what others asked.

A question is a sentence, and what is being typed are its last words. Of "does massage help low back p" the longest
tail that begins a name is "low back p": those words are completed, and all before them stays as it is.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice, takewhile
from typing import NamedTuple, get_args

from kb.index.tree import Concept
from kb.question.fillers import FILLERS
from kb.search.answers import Suggestion
from kb.search.index import Index
from kb.text import fold, stem
from kb.vocabulary import Kind, Vocabulary

LONGEST_TYPED = 1_000  # characters; nobody types more, and nothing is offered for it
_SHORTEST = 2  # letters
_CANDIDATES = 60  # concepts whose publications are counted
_WORDS = 7  # of a tail: no name in the vocabulary has more
_KINDS = tuple(f"{kind}:" for kind in get_args(Kind))  # field words, which only concepts of their kind may follow
_START = re.compile(r"(?<![^\s\"“„(:-])(?<!\w-)[^\W_]")  # of a word, and not of "up" in "follow-up"


class _Part(NamedTuple):
    folded: str
    inside: bool
    place: int  # of the name among all: a concept's own name comes first
    name: str
    id: str


def suggest(typed: str, index: Index, vocabulary: Vocabulary, most: int = 8) -> tuple[Suggestion, ...]:
    """At most `most` concepts with a name that the end of `typed` begins, or a word of it.

    Own names come before other names, and the most studied first. Each concept once, by its own name where that fits,
    and never one that no publication here names. A space at the end says that the word is whole: "back " begins
    "back pain", and not "backache".
    """
    for start in _tails(typed):
        before, begun = typed[:start], " ".join(fold(f"{typed[start:]}.").split())[:-1]  # the space at the end stays
        named = [(id, *fits) for id, fits in _begun(begun, vocabulary).items() if _may_follow(before, id, vocabulary)]
        counts = index.count([Concept(id) for id, *_ in named[:_CANDIDATES]]) if named else ()
        known = [
            (begins, _suggestion(vocabulary, id, name, count, before))
            for (id, begins, name), count in zip(named, counts, strict=False)
            if count
        ]
        if known:
            known.sort(key=lambda each: (not each[0], each[1].text != each[1].name, -each[1].count, each[1].text))
            return tuple(each for _, each in known[:most])
    return ()


def _tails(typed: str) -> Iterator[int]:
    """Where the tails of `typed` begin that may be a name, the longest first."""
    if len(typed) <= LONGEST_TYPED:
        yield from [match.start() for match in _START.finditer(typed)][-_WORDS:]


def _begun(begun: str, vocabulary: Vocabulary) -> dict[str, tuple[bool, str]]:
    """Of each concept that `begun` fits: whether the name itself begins so, or only a word of it, and the name."""
    found: dict[str, tuple[bool, str]] = {}
    fillers = [stem(each) in FILLERS for each in begun.split()]
    if len(begun.strip()) < _SHORTEST or (begun.endswith(" ") and all(fillers)):
        return found
    parts = _parts(vocabulary)
    fitting = takewhile(lambda each: each.folded.startswith(begun), islice(parts, bisect_left(parts, (begun,)), None))
    for part in sorted(fitting, key=lambda each: (each.inside, each.place)):
        if not (part.inside and fillers[0]):  # "in the" is no beginning of "wear and tear in the knee"
            found.setdefault(part.id, (not part.inside, part.name))
    return found


def _may_follow(before: str, id: str, vocabulary: Vocabulary) -> bool:
    concept = vocabulary.concept(id)
    return concept is not None and (not before.endswith(_KINDS) or before.endswith(f"{concept.kind}:"))


def _suggestion(vocabulary: Vocabulary, id: str, text: str, count: int, before: str) -> Suggestion:
    concept = vocabulary.concept(id)
    assert concept is not None
    return Suggestion(text, concept.name, concept.kind, count, before + _closed(text, before))


def _closed(name: str, before: str) -> str:
    """`name` as it stands after `before`: a phrase that was opened is closed, one after `-` or `condition:` is made."""
    if before.count('"') % 2:
        return f'{name}"'
    return f'"{name}"' if " " in name and before.endswith(("-", ":")) else name


@lru_cache(maxsize=4)
def _parts(vocabulary: Vocabulary) -> Sequence[_Part]:
    """Every name, and what is left of it from each of its words on, in alphabetical order: to be bisected."""
    return sorted(
        _Part(folded[start:], start > 0, place, name, id)
        for place, (name, id) in enumerate(vocabulary.names())
        for folded in [fold(name)]
        for start in [0, *(match.end() for match in re.finditer(" ", folded))]
    )
