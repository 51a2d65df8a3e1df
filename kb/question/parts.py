"""What a question is read as: its parts, and what a reader is shown of how it was understood."""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from kb.index.tree import Best, Boost, Concept, Has, Maybe, Node, Or, Word
from kb.question.fillers import FILLERS
from kb.text import stems

_OPERATOR = re.compile(r"(?<!\S)(?:AND|OR|NOT)(?!\S)")


class Understood(msgspec.Struct, frozen=True):
    """A part of the question with a meaning of its own, or that is required: what says it, and where in `question`.

    `kind` is that of the concept, or the name of a field word; a `word` or `phrase` has no meaning of its own.
    `concept` is the id of a concept, where it is one, and `broader` the name of the one above it. `excluded`: it is
    what must not be; `either`: it is an alternative to what stands before it.
    """

    kind: str
    concept: str | None
    text: str
    question: str
    at: tuple[tuple[int, int], ...]
    excluded: bool = False
    either: bool = False
    broader: str | None = None

    @property
    def without(self) -> str:
        """The question less it; a comma keeps apart what it did: "back NOT sleep pain" is no back pain."""
        left = ""
        at = 0
        for start, end in (*self.at, (len(self.question), len(self.question))):
            piece = " ".join(self.question[at:start].split())
            at = end
            if left and piece:
                beside = {*stems(left)[-1:], *stems(piece)[:1]}
                apart = left[-1].isalnum() and piece[0].isalnum() and not beside & FILLERS
                left += ", " if apart else " "
            left += piece
        return left

    @property
    def wider(self) -> tuple[str, str] | None:
        """The name of the broader concept, and the question with that in its place."""
        if self.broader is None:
            return None
        question = self.question
        for start, end in reversed(self.at):
            question = question[:start] + self.broader + question[end:]
        return self.broader, question


class Part(msgspec.Struct, frozen=True):
    """One of the things that are asked for: documents that match `must`; `says` are its words, which score too,
    or its alternatives.

    A `hint` is never required, a `comparator` or a `word` not where nothing has it, and what is `quoted` always. `text`
    is how the question says it, and `times` how often.
    """

    kind: Literal["concept", "comparator", "word", "quoted", "hint", "group", "filter"]
    must: Node
    says: tuple[Node, ...] = ()
    text: str = ""
    times: int = 1

    @property
    def strict(self) -> Node:
        """The part as something that must hold. A concept scores by its words, or as a concept where that is more."""
        return Maybe(Boost(self.must, 0), self.wide) if self.says else self.wide

    @property
    def wide(self) -> Node:
        """The part as something that may hold, in its words alone too."""
        words = self.says or (self.must,)
        said: Node = words[0] if len(words) == 1 else Or(words)
        weighed = Boost(said, self.times) if self.times > 1 else said
        return Best((self.must, weighed)) if self.says else weighed


class Reading(msgspec.Struct, frozen=True):
    """A question as read. `stems` are the plain words to mark in a hit; `pairs` are words that stand side by side."""

    question: str
    parts: tuple[Part, ...] = ()
    understood: tuple[Understood, ...] = ()
    stems: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    literal: bool = False

    @property
    def plain(self) -> bool:
        """Whether it is a question as one asks a person, and not a query in the language of `kb.question.syntax`."""
        if self.literal or _OPERATOR.search(self.question):
            return False
        of_words = all(isinstance(each.must, (Word, Concept, Has, Or)) for each in self.parts)
        return of_words and all(each.kind not in ("group", "filter") for each in self.parts)

    @property
    def content(self) -> frozenset[Node]:
        """The words of the question that say what it is about, those that name concepts among them; or alternatives."""
        return frozenset(word for each in self.parts if each.kind != "filter" for word in each.says or (each.must,))

    @property
    def worded(self) -> bool:
        """Whether words are left in which no concept was read."""
        return any(each.kind in ("word", "quoted") for each in self.parts)

    @property
    def settled(self) -> bool:
        """Whether its concepts alone make a question, of a treatment and what it is for: other words then only rank.

        "How many sessions of massage for back pain" is answered by what is known of massage for back pain. Where
        no condition is named, a word may stand for one that the vocabulary does not know ("massage weavers").
        """
        kinds = {each.kind for each in self.understood if not each.excluded}
        concepts = sum(each.kind == "concept" for each in self.parts)
        return self.plain and concepts > 1 and {"technique", "condition"} <= kinds

    @property
    def concepts(self) -> tuple[str, ...]:
        """The ids of the concepts that are asked for."""
        said = (each for each in self.understood if each.kind != "comparator")
        return tuple(each.concept for each in said if each.concept and not each.excluded)
