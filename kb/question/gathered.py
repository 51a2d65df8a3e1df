"""What of a question was understood, gathered on the way through its form: the chips that a reader is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.question.parts import Understood
from kb.vocabulary import Vocabulary

_OPERATORS = re.compile(r"(?:(?:(?<!\S)(?:AND|OR|NOT)\s+|(?<![\w)\"])-))*$")  # before what they are said of
_SAID = ("word", "phrase")  # kinds of what is required and is no concept


class Gathered:
    """Stretches of `question` with what they say. While `excluding` they are what must not be; `either` is of the
    next one alone, which has OR before it.
    """

    def __init__(self, question: str) -> None:
        self._question = question
        self._named: dict[tuple[str, str, bool, bool], list[tuple[int, int]]] = {}
        self._alternatives: set[tuple[int, int]] = set()
        self.excluding = self.either = False

    def add(self, kind: str, said: str, start: int, end: int, *, field: bool = False, either: bool = False) -> None:
        """`question[start:end]` says `said`: a concept's id, the value of a `field` word, or words."""
        if either or self.either:
            self._alternatives.add((start, end))
            self.either = False
        self._named.setdefault((kind, said, field, self.excluding), []).append((start, end))

    def understood(self, vocabulary: Vocabulary) -> Iterator[Understood]:
        """What was understood, in the order of the question, each once."""
        for (kind, said, field, excluded), at in sorted(self._named.items(), key=lambda each: each[1][0]):
            known = None if field or kind in _SAID else said
            concept = vocabulary.concept(known) if known else None
            broader = vocabulary.concept(concept.broader) if concept and concept.broader else None
            yield Understood(
                kind,
                known,
                said if field else self._question[slice(*at[0])],
                self._question,
                tuple((self._joined(start), end) for start, end in at),
                excluded=excluded,
                either=at[0] in self._alternatives,
                broader=broader.name if broader else None,
            )

    def _joined(self, start: int) -> int:
        """Where the operators begin that stand before `start` and are said of what stands there."""
        if not self._question[:start].rstrip().endswith(("-", "AND", "OR", "NOT")):
            return start
        found = _OPERATORS.search(self._question, 0, start)
        return found.start() if found else start
