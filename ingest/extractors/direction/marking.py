"""A sentence as the question sees it: each word, or the sign of what it names.

Runs of words that name the outcome, the intervention or the comparator become one mark each, so that what
was learnt of one trial's wording holds for another's. Where a sentence names an arm by its part alone ("the
control group"), the general words stand for it.
"""

from __future__ import annotations

from typing import NamedTuple

from ingest.extractors.direction.figures import signed
from ingest.extractors.direction.question import Question, lettered, stem, tokens

OUTCOME, INTERVENTION, COMPARATOR, NUMBER = "OUT", "INT", "CMP", "#"
ARMS = (INTERVENTION, COMPARATOR)

# Words that are read of one sentence: beyond, a text is a table or no sentence at all.
LONGEST = 600

_TREATED = frozenset("intervention interventions experimental treatment treated active cases study test trial".split())
_COMPARED = frozenset(
    "control controls placebo sham usual standard conventional comparison comparator untreated vehicle".split()
)
OF_GROUP = frozenset(
    "group groups arm arms patients participants subjects women men children infants condition school schools".split()
)
_ALONE = frozenset("placebo sham control controls untreated".split())


class Word(NamedTuple):
    """A `sign` (a word in lower case, or a mark) and the number as written, if it is one."""

    sign: str
    figure: str = ""


def marked(text: str, asked: Question) -> list[Word]:
    """The words of `text` in order, runs of one mark as one."""
    written = [each.group() for each in tokens(signed(lettered(text)))][:LONGEST]
    signs = [_sign(each, asked) for each in written]
    for i, sign in enumerate(signs):
        if sign == INTERVENTION and {"non", "without"} & set(signs[max(0, i - 2) : i]):
            signs[i] = COMPARATOR
    _stand_in(signs, written, INTERVENTION, _TREATED)
    if COMPARATOR not in signs:
        _stand_in(signs, written, COMPARATOR, _COMPARED)
    words: list[Word] = []
    for sign, each in zip(signs, written, strict=True):
        if not (words and words[-1].sign == sign and sign in (*ARMS, OUTCOME)):
            words.append(Word(sign, each if sign == NUMBER else ""))
    return words


def _sign(written: str, asked: Question) -> str:
    if asked.comparator.names(written):
        return COMPARATOR
    if asked.intervention.names(written):
        return INTERVENTION
    if asked.outcome.names(written):
        return OUTCOME
    return NUMBER if written[0].isdigit() else written.lower()


def _stand_in(signs: list[str], written: list[str], mark: str, general: frozenset[str]) -> None:
    for i, each in enumerate(written):
        word = each.lower()
        behind = written[i + 1].lower() if i + 1 < len(written) else ""
        if word in general and signs[i] == word and (word in _ALONE or behind in OF_GROUP):
            signs[i] = mark


def wider(words: list[Word], asked: Question) -> list[Word]:
    """`words` with what means nearly the outcome marked as it, where nothing names the outcome itself."""
    if not asked.outcome.wider or any(each.sign == OUTCOME for each in words):
        return words
    return [Word(OUTCOME) if stem(each.sign) in asked.outcome.wider else each for each in words]
