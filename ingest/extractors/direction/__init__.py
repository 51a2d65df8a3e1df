"""Which way an outcome went under an intervention compared with a comparator, and the sentence that says so.

For a reader who asks of one abstract what the ledger of outcomes was not asked: any outcome, any two arms, in
the reader's words. `question` turns the words into stems, `sentence` ranks the sentences by how likely each
answers, `marking` writes those in terms of the question, and `sense` reads whether the outcome differs and
which way (`cues`, `values`, `figures` find what it reads). The weights are learnt from questions that doctors
answered (Evidence Inference 2.0, DeYoung et al. 2020, doi 10.18653/v1/2020.bionlp-1.13).

"No difference" includes what was not shown to differ: it is what the authors' words or p-values say of
significance, as in the labels that taught it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ingest.extractors.direction import sense, sentence
from ingest.extractors.direction.question import Question, question
from ingest.extractors.models import Linear, load
from ingest.extractors.sentences import Sentence

__all__ = ["TOLD", "Direction", "Label", "Models", "direction", "passages"]

Label = Literal["increased", "decreased", "no_difference"]

# The likeliest sentences have a say each, by their odds: a second one often tells the same outcome.
_HEARD = 3
# Of questions that doctors answered from the abstract about one in eight lies below; of an outcome taken from
# another publication 99 in 100 do.
TOLD = 0.3


class Direction(NamedTuple):
    """`label` is of the outcome itself, be that good or bad; `text[start:end]` is the sentence that says it.

    `likely` is how likely that sentence is an answer at all (0 to 1): below `TOLD` the text had better be said
    not to tell of the outcome.
    """

    label: Label
    start: int
    end: int
    likely: float


class Models(NamedTuple):
    """What was learnt: which sentence answers, whether it tells a difference, and which way."""

    sentence: Linear
    differs: Linear
    way: Linear


def direction(
    text: str,
    sentences: Sequence[Sentence],
    outcome: str,
    intervention: str,
    comparator: str,
    models: Models | None = None,
) -> Direction | None:
    """What `text`, an abstract with its `sentences`, says of `outcome`; None where there is no sentence."""
    if not sentences:
        return None
    learnt = models or _models()
    asked = question(outcome, intervention, comparator)
    told = [sentence.Told(text[each.start : each.end], each.section or "-") for each in sentences]
    ranks = np.array([_log_odds(learnt.sentence, each) for each in sentence.features(told, asked)])
    heard = np.argsort(-ranks, kind="stable")[:_HEARD]
    best = sentences[int(heard[0])]
    odds = np.exp(ranks[heard] - ranks[heard[0]])
    label = _label(odds @ _answers([told[i].text for i in heard], asked, learnt))
    return Direction(label, best.start, best.end, float(1 / (1 + np.exp(-ranks[heard[0]]))))


def passages(
    texts: Sequence[str], outcome: str, intervention: str, comparator: str, models: Models | None = None
) -> Label | None:
    """What `texts` say together, where they are known to be of `outcome`; None where there are none."""
    asked = question(outcome, intervention, comparator)
    unlike = list(dict.fromkeys(texts))
    return _label(_answers(unlike, asked, models or _models()).sum(axis=0)) if unlike else None


@cache
def _models() -> Models:
    return Models(*(load(f"direction_{name}") for name in Models._fields))


def _answers(texts: Iterable[str], asked: Question, learnt: Models) -> NDArray[np.float64]:
    """Of each text, shape (n, 2): the log-odds that the outcome differs, and that it is the greater if it does."""
    found = [sense.features(each, asked) for each in texts]
    return np.array([[_log_odds(learnt.differs, each), _log_odds(learnt.way, each)] for each in found])


def _label(answer: NDArray[np.float64]) -> Label:
    if answer[0] < 0:
        return "no_difference"
    return "increased" if answer[1] > 0 else "decreased"


def _log_odds(model: Linear, features: Iterable[str]) -> float:
    """Of "yes" against "no"; the classes stand in the order of the alphabet."""
    no, yes = model.scores(features)
    return float(yes - no)
