"""Words of a text: as a benchmark gives them, and as they are cut from an abstract here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain, islice

from ingest.extractors.pico.tagger import Label, load
from ingest.extractors.pico.text import headed

# Words with what joins their parts ("double-blind", "0.05", "patient's"); any other mark by itself.
WORD = re.compile(r"\w+(?:[-'’./]\w+)*|\S")


def tag(sentences: Sequence[Sequence[str]]) -> list[list[Label]]:
    """A label a word; `sentences` are those of one abstract in order, the first beginning with its title.

    Sentences that were left together are parted first, so that the labels do not depend on how they were cut.
    """
    single = [part for sentence in sentences for part in parted(sentence)]
    flat = chain.from_iterable(load().labels(single, headed(single)))
    return [list(islice(flat, len(sentence))) for sentence in sentences]


def parted(words: Sequence[str]) -> list[Sequence[str]]:
    """`words` cut behind each full stop that a capital or a number follows."""
    parts, begin = [], 0
    for i in range(1, len(words) - 1):
        follows = words[i + 1][:1]
        if words[i] == "." and (follows.isupper() or (follows.isdigit() and not words[i - 1][:1].isdigit())):
            parts.append(words[begin : i + 1])
            begin = i + 1
    return [*parts, words[begin:]]
