"""An abstract as columns of numbers: what each word is, and where it stands.

The layout is flat: the words of all sentences one after the other, `EDGE` empty places before each sentence
and after the last, so that a neighbour is a shift of the whole and no sentence sees the words of another.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from ingest.extractors.labels import ROLES, Role
from ingest.extractors.pico.lexicon import COLUMNS, Lexicon

EDGE = 6
TITLE = 12  # the context of a title; 0 to 4 are the roles as labelled, 6 to 10 a fifth of an abstract without labels
CONTEXTS = 13
# Headings in capitals, as they stand before the first sentence of a section.
_WORDS_OF: tuple[tuple[Role, str], ...] = (
    ("background", "BACKGROUND INTRODUCTION CONTEXT RATIONALE"),
    ("objective", "OBJECTIVE OBJECTIVES AIM AIMS PURPOSE"),
    ("methods", "METHODS METHOD DESIGN SETTING MATERIALS MATERIAL PROCEDURES STUDY MEASUREMENTS MEASURES MAIN OUTCOME"),
    ("methods", "PATIENTS SUBJECTS PARTICIPANTS INTERVENTION INTERVENTIONS"),
    ("results", "RESULTS RESULT FINDINGS"),
    ("conclusions", "CONCLUSIONS CONCLUSION INTERPRETATION DISCUSSION LIMITATIONS"),
)
_HEADINGS = {word: role for role, words in _WORDS_OF for word in words.split()}
# Columns beside those of the lexicon.
PLACED = (
    "context",
    "last",  # the function word before
    "last_but_one",
    "since",  # how many words ago it was, 4 at most
    "next",  # the function word behind
    "until",
    "bracket",  # within one
    "times",  # how often the text has the word, 4 at most
    "nth",  # how often it had it before, 2 at most
    "in_title",
    "opening",  # the first word of the sentence
    "opening_class",
)
ROW = {name: i for i, name in enumerate((*COLUMNS, *PLACED))}


class Text(NamedTuple):
    """`columns[ROW[name], i]` of place i; `places` (words) are the places of the words, in order.

    `sentence` and `start` are of each place: the number of its sentence and where that begins; `lengths` of each
    sentence.
    """

    columns: NDArray[np.uint64]
    places: NDArray[np.int64]
    sentence: NDArray[np.int64]
    start: NDArray[np.int64]
    lengths: NDArray[np.int64]

    def of(self, name: str) -> NDArray[np.uint64]:
        """A column, a value a word."""
        return np.asarray(self.columns[ROW[name], self.places])


def text(sentences: Sequence[Sequence[str]], roles: Sequence[Role | None], lexicon: Lexicon) -> Text:
    """The columns of `sentences`, the first being the title; `roles` are the roles of each, None where not known."""
    packed: list[bytes] = []
    for words in sentences:
        packed += [lexicon.edge] * EDGE
        packed += map(lexicon.row, words)
    packed += [lexicon.edge] * EDGE
    own = np.frombuffer(b"".join(packed), dtype=np.uint64).reshape(-1, len(COLUMNS))
    lengths = np.array([len(each) for each in sentences], dtype=np.int64)
    starts = np.cumsum(lengths + EDGE) - lengths
    sentence = np.repeat(np.arange(len(lengths)), lengths + EDGE)
    sentence = np.concatenate([sentence, np.full(EDGE, len(lengths) - 1)])
    start = starts[sentence]
    places = np.flatnonzero(np.arange(len(sentence)) >= start)[: int(lengths.sum())]
    columns = np.zeros((len(ROW), len(own)), dtype=np.uint64)
    columns[: len(COLUMNS)] = own.T
    here = Text(columns, places, sentence, start, lengths)
    columns[ROW["context"]] = _contexts(roles)[sentence]
    _joined(here)
    _bracketed(here)
    _counted(here)
    columns[ROW["opening"]] = columns[ROW["word"], start]
    columns[ROW["opening_class"]] = columns[ROW["middle"], start]
    return here


def headed(sentences: Sequence[Sequence[str]]) -> list[Role | None]:
    """The role of each sentence by the last heading in capitals among the first words of one."""
    found: list[Role | None] = []
    role: Role | None = None
    for i, words in enumerate(sentences):
        told = next((_HEADINGS[word] for word in words[:4] if word in _HEADINGS), None) if i else None
        role = told or role
        found.append(role)
    return found


def _contexts(roles: Sequence[Role | None]) -> NDArray[np.uint64]:
    most = max(1, len(roles))
    found = [ROLES.index(role) if role else 6 + 5 * i // most for i, role in enumerate(roles)]
    return np.array([TITLE, *found[1:]], dtype=np.uint64)


def _joined(here: Text) -> None:
    """The function words about each place; the edge of a sentence counts as one."""
    function, columns = here.columns[ROW["function"]], here.columns
    at = np.arange(len(function))
    joins = function != 0
    last = np.concatenate([[0], np.maximum.accumulate(np.where(joins, at, 0))[:-1]])
    behind = np.minimum.accumulate(np.where(joins, at, len(at) - 1)[::-1])[::-1]
    behind = np.concatenate([behind[1:], [len(at) - 1]])
    columns[ROW["last"]] = function[last]
    columns[ROW["last_but_one"]] = function[last[last]]
    columns[ROW["since"]] = np.minimum(at - last, 4)
    columns[ROW["next"]] = function[behind]
    columns[ROW["until"]] = np.minimum(behind - at, 4)


def _bracketed(here: Text) -> None:
    shape = here.columns[ROW["word"]]
    at = np.arange(len(shape))
    opened = np.maximum.accumulate(np.where(shape == _OPEN, at, -1))
    closed = np.maximum.accumulate(np.where(shape == _SHUT, at, -1))
    here.columns[ROW["bracket"]] = (opened > closed) & (opened >= here.start)


def _counted(here: Text) -> None:
    words = here.of("word")
    _, which, times = np.unique(words, return_inverse=True, return_counts=True)
    order = np.argsort(which, kind="stable")
    before = np.empty(len(words), dtype=np.int64)
    before[order] = np.arange(len(words)) - np.repeat(np.cumsum(times) - times, times)
    titled = np.zeros(len(times), dtype=bool)
    titled[which[: here.lengths[0]]] = True
    here.columns[ROW["times"], here.places] = np.minimum(times, 4)[which]
    here.columns[ROW["nth"], here.places] = np.minimum(before, 2)
    here.columns[ROW["in_title"], here.places] = titled[which]


def _hashed(word: str) -> np.uint64:
    return np.uint64(crc32(f"word={word}".encode()))


_OPEN, _SHUT = _hashed("("), _hashed(")")
