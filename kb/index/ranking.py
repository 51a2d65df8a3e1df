"""What a hit is worth: one recipe for all engines, its numbers chosen by measurement (docs/search.md).

BM25 (Robertson & Zaragoza 2009, "The Probabilistic Relevance Framework") over all the text of a document,
with Lucene's idf, which is never negative; a word that the title has too scores there once more, at a lower
weight; a phrase scores as one word, and so does a concept under all its names. Where an engine has its own BM25
(Tantivy), it uses that with these weights.

Relevance decides first. Two documents that fit about equally are put in order by their design: the best
design adds `EVIDENCE` of the best score of the answer, the weakest nothing. Then the newer stands first,
then the id decides, so that an answer never varies.
"""

from __future__ import annotations

from math import log1p

K1 = 0.9
B = 0.5
FIELDS: tuple[tuple[str, float], ...] = (("text", 1.0), ("title", 0.3))  # where a word scores, and its weight there
PAIR = 0.2  # two words that stand side by side in the question, and do so in a document
EVIDENCE = 0.02
MEANING = 0.4  # the share of meaning (see `kb.search.fusion`) beside that of words
EXPANSIONS = 64  # stems of a prefix: a broad one took 9 s of plain Whoosh at 50,000 documents

_LEVELS = 5  # OCEBM 2011


def idf(documents: int, having: int) -> float:
    """The worth of a word that `having` of `documents` have (Lucene's form)."""
    return log1p((documents - having + 0.5) / (having + 0.5))


def bm25(worth: float, frequency: float, length: float, average: float) -> float:
    """The score of a word of idf `worth` that stands `frequency` times in a text of `length` words."""
    return worth * frequency / (frequency + K1 * (1 - B + B * length / average))


def evidence(level: int | None) -> float:
    """The worth of a design, 1 for level 1 of OCEBM 2011, 0 for level 5 and for none."""
    return (_LEVELS - level) / (_LEVELS - 1) if level else 0.0
