"""Which sentence of an abstract answers the question: the features of a learnt ranking.

The words of the outcome weigh by how few sentences have them; being the fullest counts beside being full.
Cues of a result and the sentence's role tell the answer from the aim that asks the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import log
from typing import NamedTuple

from ingest.extractors.direction.cues import SENSES
from ingest.extractors.direction.question import Question, stem, tokens

_RESULT = re.compile(
    r"(?P<p>\b[pP]\s?[=<>≤]|\b[pP][ -]values?)|(?P<ci>\bCI\b|confidence interval)|(?P<sig>\bsignifican\w{0,6})"
    r"|(?P<diff>\bdiffer\w{0,8})|(?P<than>\bthan\b)|(?P<vs>\bvs?\.?\b|\bversus\b|\bcompared\b)"
    r"|(?P<change>\b(?:increas|decreas|reduc|improv|lower|higher|greater|fewer|more|less|better)\w{0,5})"
    r"|(?P<same>\b(?:similar|comparable|no|not)\b)|(?P<respectively>\brespectively\b)|(?P<number>\d)"
    r"|(?P<aim>\b(?:aim|objective|purpose|hypothes|to (?:assess|evaluate|compare|determine|investigate|examine))"
    r"\w{0,5})"
    r"|(?P<measure>\b(?:primary|secondary|outcomes?|endpoints?|end points?|measured|assessed|were randomi[sz]ed)\b)",
    re.IGNORECASE,
)


_TELLING = frozenset(("p", "ci", "sig", "diff", "than", "vs", "change", "same", "respectively"))
_BESIDE = frozenset("significant significantly significance p vs versus than".split())
_ANY = re.compile(
    r"\b(?:any|all|other|both|either|secondary|primary|these)\s(?:of\s(?:the\s)?)?(?:\w{1,14}\s){0,2}"
    r"(?:outcomes?|measures?|parameters?|variables?|endpoints?|groups|scores?|scales?)\b",
    re.IGNORECASE,
)


# Facts that tell more together than each alone.
_PAIRS = (
    "cover role|most role|most cover|wide cover|arms most|arms cover|arms role|place most|before cover|length cover"
    "|full most|full role|full tells|share cover|tells cover|tells role|tells most|any cover|tail role|head most"
    "|near cover|near most|near role|near tells"
)
_CROSSED = tuple((each.split()[0], each.split()[1]) for each in _PAIRS.split("|"))


class Told(NamedTuple):
    """What a sentence is to the ranking: its words and its role."""

    text: str
    role: str


class _Cover(NamedTuple):
    """The share of a name that each sentence of an abstract has, and the greatest of them."""

    shares: list[float]
    most: float

    def place(self, i: int) -> str:
        """How a sentence stands to the one that has most of the name."""
        share = self.shares[i]
        return "most" if share == self.most else "near" if share > 0.75 * self.most else "less"


def features(sentences: Sequence[Told], asked: Question) -> list[list[str]]:
    """The features of each sentence of an abstract, for the question `asked`."""
    words = [[each.group() for each in tokens(told.text) if each.group()[0].isalnum()] for told in sentences]
    stems = [[stem(each) for each in row] for row in words]
    short = [any(asked.outcome.shortened(each) for each in row) for row in words]
    telling = _cover(asked.outcome.stems, stems, short)
    whole = _cover(asked.outcome.full, stems, short)
    found = []
    for i, told in enumerate(sentences):
        cues = {each.lastgroup for each in _RESULT.finditer(told.text)}
        facts = _of_names(i, telling, whole) | _of_place(i, len(sentences), told) | _of_words(words[i], stems[i], asked)
        facts["tells"] = min(len(cues & _TELLING), 4)
        row = [f"{name}:{value}" for name, value in facts.items()]
        row += [f"{one}:{facts[one]}:{other}:{facts[other]}" for one, other in _CROSSED]
        row += [f"{cue}{also}" for cue in cues for also in ("", f":{facts['most']}", f":{told.role}")]
        found.append(row)
    return found


def _of_names(i: int, telling: _Cover, whole: _Cover) -> dict[str, object]:
    """How much of the outcome the sentence names, by itself and beside the others."""
    here = telling.shares[i]
    return {
        "cover": _bin(here),
        "most": telling.place(i),
        "rank": min(sum(each > here for each in telling.shares), 4),
        "ratio": _bin(here / telling.most if telling.most else 0.0),
        "before": _bin(telling.shares[i - 1] if i else 0.0),
        "share": _bin(whole.shares[i]),
        "full": whole.place(i),
    }


def _of_place(i: int, count: int, told: Told) -> dict[str, object]:
    return {
        "role": told.role,
        "place": 5 * i // count,
        "tail": min(count - i, 4),
        "any": bool(_ANY.search(told.text)),
    }


def _of_words(words: Sequence[str], stems: Sequence[str], asked: Question) -> dict[str, object]:
    """Which names stand in the sentence, and how near to a word of change the outcome stands."""
    arms = tuple(any(term.names(each) for each in words) for term in (asked.intervention, asked.comparator))
    at = [i for i, each in enumerate(stems) if each in asked.outcome.stems]
    cues = [i for i, each in enumerate(words) if each.lower() in SENSES or each.lower() in _BESIDE]
    apart = min((abs(i - k) for i in at for k in cues), default=99)
    return {
        "arms": arms,
        "near": 0 if apart < 4 else 1 if apart < 9 else 2 if apart < 20 else 3,
        "head": asked.outcome.stems[-1] in stems if asked.outcome.stems else False,
        "run": _run(asked.outcome.stems, stems),
        "wide": bool(asked.outcome.wider.intersection(stems)),
        "length": min(len(words) // 10, 5),
    }


def _cover(term: Sequence[str], sentences: Sequence[Sequence[str]], short: Sequence[bool]) -> _Cover:
    weights = _weights(term, sentences)
    shares = [_covered(term, weights, frozenset(row), said) for row, said in zip(sentences, short, strict=True)]
    return _Cover(shares, max(shares, default=0.0))


def _weights(term: Sequence[str], sentences: Sequence[Sequence[str]]) -> dict[str, float]:
    """How much each stem of `term` tells: what stands in few sentences tells most."""
    sets = [set(each) for each in sentences]
    return {each: log((len(sets) + 1.0) / (sum(each in row for row in sets) + 0.5)) + 0.2 for each in term}


def _covered(term: Sequence[str], weights: dict[str, float], stems: frozenset[str], shortened: bool) -> float:
    """The share of a name's weight that a sentence has; its abbreviation names nearly all."""
    whole = sum(weights.values())
    share = sum(weights[each] for each in term if each in stems) / whole if whole else 0.0
    return max(share, 0.85) if shortened else share


def _run(term: Sequence[str], stems: Sequence[str]) -> int:
    """The longest run of the outcome's stems that stands in the sentence in their order, up to three."""
    kept = " " + " ".join(each for each in stems) + " "
    for size in (3, 2):
        if any(f" {' '.join(term[i : i + size])} " in kept for i in range(len(term) - size + 1)):
            return size
    return 0


def _bin(share: float) -> int:
    """A share of 1 in six steps."""
    return 0 if share <= 0 else 1 + int(share * 4.001)
