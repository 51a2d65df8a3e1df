"""A sentence as words and clauses: what the reader of claims walks over.

Bracketed asides ("(n = 20)", "[95% CI ...]") are left out, so that a name and its verb stand together;
their figures are read apart, from the text itself.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import NamedTuple

from ingest.extractors.outcomes.words import AUXILIARY, CUES, PERSON, PREPOSITION, REPORTING, SUBORDINATE

_TOKEN = re.compile(r"\d++(?:[.,·]\d++)*+(?![\w-])|[^\W_]+(?:[-–'’/*&][^\W_]+)*+['’]?|\S")
_ASIDE = re.compile(r"\([^()]{0,400}\)|\[[^\[\]]{0,400}\]")
_WHOSE = frozenset("in for on with after".split())
_MAX_SENTENCE = 3000
_BREAK = frozenset({";", ":", "but", "while", "whereas", "although", "though", "however", "."})


class Token(NamedTuple):
    """A word at `abstract[start:end]`, in lower case."""

    word: str
    start: int
    end: int


class Clause(NamedTuple):
    """Words up to the next strong break, which begins at `end`. `opened_by` is the break before ("but", ";").

    `groups` are the positions of words that name a group, `known` those in a mention of the vocabulary.
    """

    tokens: tuple[Token, ...]
    groups: frozenset[int]
    known: frozenset[int]
    opened_by: str
    end: int

    @property
    def start(self) -> int:
        """Offset of its first character in the abstract."""
        return self.tokens[0].start

    def word(self, i: int) -> str:
        """The word at `i`, or "" outside the clause."""
        return self.tokens[i].word if 0 <= i < len(self.tokens) else ""


def tokens(abstract: str, start: int, end: int) -> list[Token]:
    """The words of `abstract[start:end]` outside brackets; at most 3,000 characters are read."""
    end = min(end, start + _MAX_SENTENCE)
    text = abstract[start:end]
    for _ in range(2):  # inner brackets, then outer ones
        text = _ASIDE.sub(lambda aside: " " * len(aside[0]), text)
    return [Token(m[0].lower().replace("’", "'"), start + m.start(), start + m.end()) for m in _TOKEN.finditer(text)]


def clauses(
    abstract: str, start: int, end: int, mentions: Iterable[tuple[int, int]], arms: Collection[str]
) -> list[Clause]:
    """The clauses of a sentence. `mentions` are the spans in which the vocabulary knows an outcome."""
    found: list[Clause] = []
    spans = list(mentions)
    words, apart = _set_apart(tokens(abstract, start, end))
    here, opened = 0, ""
    for i, token in enumerate([*words, Token(";", end, end)]):
        if token.word in _BREAK or _contrasts(words, i):
            part = words[here:i]
            if part:
                known = {k for k, each in enumerate(part) if any(a < each.end and each.start < b for a, b in spans)}
                found.append(Clause(tuple(part), groups(part, arms), frozenset(known), opened, token.start))
            here, opened = i + 1, "but" if token.word == "," else token.word
    if apart and found:
        known = {k for k, each in enumerate(apart) if any(a < each.end and each.start < b for a, b in spans)}
        found.insert(1, Clause(apart, groups(list(apart), arms), frozenset(known), "but", apart[-1].end))
    return found


def _contrasts(words: list[Token], i: int) -> bool:
    """Whether the comma at `i` opens "..., not in the control group"."""
    return i + 2 < len(words) and words[i].word == "," and words[i + 1].word == "not" and words[i + 2].word in _WHOSE


def _set_apart(words: list[Token]) -> tuple[list[Token], tuple[Token, ...]]:
    """ "Pain, but not fatigue, decreased": the words without the inserted "not fatigue", and these."""
    for i in range(1, len(words) - 2):
        if words[i].word == "but" and words[i + 1].word == "not":
            stop = next((k for k in range(i + 2, min(len(words), i + 9)) if _ends_insertion(words, k)), None)
            if stop is None or stop == i + 2:
                return words, ()
            behind = stop + (words[stop].word == ",")
            before = i - (words[i - 1].word == ",")
            return words[:before] + words[behind:], tuple(words[i + 1 : stop])
    return words, ()


def _ends_insertion(words: list[Token], k: int) -> bool:
    """Whether the sentence's verb stands at `k`, or behind a comma there."""
    at = k + (words[k].word == ",")
    if at >= len(words):
        return False
    word = words[at].word
    return word in AUXILIARY or any(cue.part == "verb" for cue in CUES.get(word, ()))


_ARM_BEFORE = frozenset("treatment both two three study intervention control active experimental all".split())
_NOT_OF_GROUP = PREPOSITION | REPORTING | SUBORDINATE | AUXILIARY | frozenset(", and or of there no only in".split())


def groups(words: list[Token], arms: Collection[str]) -> frozenset[int]:
    """Positions of the words that name a group of the study: "the massage group", "both groups", "controls"."""
    found: set[int] = set()
    for i, token in enumerate(words):
        word = token.word
        before = words[i - 1].word if i else ""
        if word in ("group", "groups") or (word in ("arm", "arms") and before in _ARM_BEFORE):
            found.add(i)
            for k in range(i - 1, max(-1, i - 6), -1):
                if words[k].word in _NOT_OF_GROUP or words[k].word in CUES:
                    break
                found.add(k)
                if words[k].word in ("both", "all", "either"):
                    break
            if i + 1 < len(words) and len(words[i + 1].word) == 1 and words[i + 1].word.isalnum():
                found.add(i + 1)
        elif word in arms or (word in PERSON and before in _ARM_BEFORE) or word == "controls":
            found.add(i)
    return frozenset(found)
