"""Finds names in text: word by word through a tree of names, the longest name at each place.

Every step follows the tree, whose depth is that of the longest name, so the time grows with the text and
nothing else. A name whose sense is excluded lies in the tree as well, without a concept: "cardiac
massage" is found, taken out, and gives no mention.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from kb.errors import KnowledgeBaseError
from kb.vocabulary.concepts import Comparator, Concept, Design, Instrument, Mention, MentionKind
from kb.vocabulary.words import Word, words

_SHORT = 120  # characters; names of groups and titles come up again and again
_LONG = 8  # longer texts that are remembered: who shows a hit asks of its abstract for its passage and for each reason

_Row = Concept | Instrument | Comparator | Design
_Target = tuple[str, MentionKind] | None


class _Node:
    __slots__ = ("named", "next", "target")

    def __init__(self) -> None:
        self.next: dict[str, _Node] = {}
        self.named = False
        self.target: _Target = None


class AmbiguousNameError(KnowledgeBaseError):
    """A name is claimed by two rows of the data."""

    remedy = "Take the name out of one of the two rows of the vocabulary's data files."

    def __init__(self, name: str, first: _Target, second: _Target) -> None:
        claims = " and ".join(f"{each[1]} {each[0]}" if each else "an excluded sense" for each in (first, second))
        super().__init__(f"the name {name!r} is claimed by {claims}")


class Matcher:
    """The names of all rows as a tree; with `asked`, those too that only a question gives them."""

    def __init__(self, rows: Iterable[_Row], *, asked: bool = False) -> None:
        self._root = _Node()
        self._short = lru_cache(maxsize=4_096)(self._mentions)
        self._long = lru_cache(maxsize=_LONG)(self._mentions)
        for row in rows:
            kind = _kind(row)
            questions = row.asked_as if asked and isinstance(row, (Concept, Comparator)) else ()
            for name in (row.name, *row.synonyms, *questions):
                self._add(name, (row.id, kind))
            for name in row.excludes if isinstance(row, Concept) else ():
                self._add(name, None)

    def mentions(self, text: str, *, question: bool = False) -> tuple[Mention, ...]:
        """Every mention, left to right, not overlapping; at each place the longest name."""
        return (self._short if len(text) <= _SHORT else self._long)(text, question)

    def _mentions(self, text: str, question: bool) -> tuple[Mention, ...]:
        sequence = words(text, question=question)
        found: list[Mention] = []
        at = 0
        while at < len(sequence):
            word = sequence[at]
            if word.key not in self._root.next and word.abbreviation not in self._root.next:
                at += 1
                continue
            length, target = _longest(self._root, sequence, at)
            if target is not None:
                found.append(Mention(*target, sequence[at].start, sequence[at + length - 1].end))
            at += length or 1
        return tuple(found)

    def _add(self, name: str, target: _Target) -> None:
        for keys in _writings(name):
            node = self._root
            for key in keys:
                node = node.next.setdefault(key, _Node())
            if node.named and node.target != target:
                raise AmbiguousNameError(name, node.target, target)
            node.named, node.target = True, target


def _longest(root: _Node, sequence: list[Word], start: int) -> tuple[int, _Target]:
    """Number of words of the longest name that begins at `start` (0: none), and what it names."""
    best: tuple[int, _Target] = (0, None)
    paths = [(root, start)]
    while paths:
        node, at = paths.pop()
        if node.named and at - start > best[0]:
            best = (at - start, node.target)
        if at == len(sequence) or (at > start and not sequence[at].joined):
            continue
        word = sequence[at]
        for key in (word.key, word.abbreviation):
            if key is not None and key in node.next:
                paths.append((node.next[key], at + 1))
    return best


def _writings(name: str) -> Iterator[tuple[str, ...]]:
    """The keys of a name; a hyphen in it may be a hyphen, a space or nothing ("cross-over", "crossover")."""
    for writing in {name, name.replace("-", "")}:
        yield tuple(word.abbreviation or word.key for word in words(writing))


def _kind(row: _Row) -> MentionKind:
    match row:
        case Concept():
            return row.kind
        case Instrument():
            return "instrument"
        case Comparator():
            return "comparator"
        case Design():
            return "design"
